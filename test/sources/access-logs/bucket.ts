import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { onTestFinished } from "vitest";
import type { Response } from "../../../src/served/response.ts";
import { awsEnvironment } from "../../loopback/environment.ts";
import { deliver, errorResponse, type Fault } from "../../loopback/faults.ts";

export interface Bucket {
  /** "LIST prefix", "GET key", in order. */
  readonly requests: string[];
}

/** As errorResponse() has it, in the XML of Amazon S3. */
function s3Error(fault: Fault): Response | null {
  const found = errorResponse(fault, "aws-query");
  if (found?.type !== "text/xml") return found;
  const [, code = ""] = /<Code>(.*?)<\/Code>/.exec(found.body) ?? [];
  return {
    ...found,
    status: fault.startsWith("throttled") ? 503 : 403,
    body: `<?xml version="1.0"?><Error><Code>${code === "Throttling" ? "SlowDown" : code}</Code><Message>user oncall is not authorized to do this</Message></Error>`,
  };
}

/** A bucket on loopback that answers as Amazon S3 does, two keys a page; it ends with the test. */
export async function startBucket(
  objects: ReadonlyMap<string, Buffer>,
  denied = false,
  failing: (operation: "LIST" | "GET") => Fault | null = () => null,
): Promise<Bucket> {
  const requests: string[] = [];
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? "/", "http://localhost");
    const fault = failing(url.searchParams.has("list-type") ? "LIST" : "GET");
    const xml = (status: number, body: string) => {
      const right = { status, type: "application/xml", body: `<?xml version="1.0"?>${body}` };
      deliver(response, fault ? (s3Error(fault) ?? right) : right, fault);
    };
    if (denied) {
      xml(403, "<Error><Code>AccessDenied</Code><Message>no s3:ListBucket</Message></Error>");
    } else if (url.searchParams.get("list-type") === "2") {
      const prefix = url.searchParams.get("prefix") ?? "";
      const from = Number(url.searchParams.get("continuation-token") ?? 0);
      requests.push(`LIST ${prefix}`);
      const keys = [...objects.keys()].filter((key) => key.startsWith(prefix)).sort();
      const page = keys.slice(from, from + 2);
      const more = from + 2 < keys.length;
      xml(
        200,
        `<ListBucketResult><IsTruncated>${more}</IsTruncated>${more ? `<NextContinuationToken>${from + 2}</NextContinuationToken>` : ""}${page.map((key) => `<Contents><Key>${key}</Key><Size>${objects.get(key)?.length}</Size></Contents>`).join("")}</ListBucketResult>`,
      );
    } else {
      const key = decodeURIComponent(url.pathname.replace(/^\/[^/]+\//, ""));
      requests.push(`GET ${key}`);
      const body = objects.get(key);
      if (fault && body)
        deliver(response, s3Error(fault) ?? { status: 200, type: "application/gzip", body: "" }, fault);
      else if (body) response.writeHead(200, { "content-length": body.length }).end(body);
      else xml(404, "<Error><Code>NoSuchKey</Code></Error>");
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  // An IP address has no names of buckets before it: the SDK puts the bucket into the path.
  awsEnvironment(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  return { requests };
}
