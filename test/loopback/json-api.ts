import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { onTestFinished } from "vitest";
import { awsEnvironment } from "./environment.ts";
import { deliver, errorResponse, type Fault } from "./faults.ts";

/** An error as AWS's JSON protocol writes it. */
export class ApiError extends Error {
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

export type Operations = { readonly [operation: string]: (input: never) => object | Promise<object> };

/** What goes wrong with the requests of an operation. */
export type Failing = (operation: string) => Fault | null;

export interface JsonApi {
  readonly url: string;
  /** The operations that came, in order. */
  readonly asked: readonly string[];
}

/**
 * An API of AWS on loopback that speaks its JSON protocol 1.1, answered by these functions. This process asks it until the
 * test ends.
 */
export async function startJsonApi(operations: Operations, failing: Failing = () => null): Promise<JsonApi> {
  const asked: string[] = [];
  const server = createServer(async (request, response) => {
    const operation = String(request.headers["x-amz-target"]).split(".")[1] ?? "";
    const fault = failing(operation);
    const answer = (status: number, body: object) => {
      const right = { status, type: "application/x-amz-json-1.1", body: JSON.stringify(body) };
      deliver(response, (fault && errorResponse(fault, "aws-json")) ?? right, fault);
    };
    asked.push(operation);
    try {
      const run = operations[operation];
      if (!run) throw new ApiError("UnknownOperationException", operation);
      answer(200, await run(JSON.parse(await text(request)) as never));
    } catch (error) {
      const code = error instanceof ApiError ? error.code : "InternalFailure";
      answer(code === "InternalFailure" ? 500 : 400, { __type: code, message: String((error as Error).message) });
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  awsEnvironment(url);
  return { url, asked };
}
