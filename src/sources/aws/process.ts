import { externalDataInterceptor } from "@smithy/core/config";
import { brief, Told } from "../failure.ts";
import { runLogin } from "../login-command.ts";
import { field } from "../parse.ts";
import { parseJson } from "../size.ts";
import type { AwsOptions } from "./aws.ts";

/** Why the last credential_process gave nothing. The SDK goes on to its other providers then, and tells only of them. */
let trouble: Told | null = null;

/**
 * The credentials, with every credential_process on the way (of the profile, or of one that it builds on) run by us: the
 * SDK would wait for ever for one that hangs, and nobody could end it.
 */
export function watchedProcesses<P extends readonly unknown[], T>(
  provider: (...properties: P) => Promise<T>,
  options: Pick<AwsOptions, "environment" | "limits" | "stop">,
): (...properties: P) => Promise<T> {
  return async (...properties) => {
    trouble = null;
    // Stands in the place of node:child_process's exec in the SDK's own provider (credential-provider-process 3.972).
    externalDataInterceptor.interceptToken("exec", (line: string, done: Done) => {
      // The SDK's next provider runs what has just failed once more.
      const running = trouble ? Promise.reject(trouble) : run(line, options);
      running.then(
        (stdout) => done(null, { stdout }),
        (error: Told) => {
          trouble = error;
          done(error);
        },
      );
    });
    try {
      return await provider(...properties);
    } catch (error) {
      throw trouble ?? error;
    }
  };
}

type Done = (error: Error | null, output?: { readonly stdout: string }) => void;

async function run(line: string, { environment, limits, stop }: Parameters<typeof watchedProcesses>[1]) {
  const [program = ""] = line.trim().split(/\s+/);
  const name = `the AWS profile's credential_process ${brief(program)}`;
  const stdout = await runLogin({ name, program: line, environment, deadline: limits.question, stop });
  const flaw = flawOf(stdout);
  if (flaw !== null) throw new Told("unauthenticated", `${name} printed ${flaw}`);
  return stdout;
}

/** What is wrong with what it printed (AWS SDKs and Tools Reference Guide, Process credential provider); null: nothing. */
function flawOf(stdout: string): string | null {
  let printed: unknown;
  try {
    printed = parseJson(stdout);
  } catch {
    // Not repeated: it may hold a key all the same.
    return "no JSON; run it yourself to see what it prints";
  }
  const keys = ["AccessKeyId", "SecretAccessKey"].map((key) => field(printed, key));
  if (field(printed, "Version") !== 1 || !keys.every((key) => typeof key === "string"))
    return "no credentials; run it yourself to see what it prints";
  const expires = Date.parse(String(field(printed, "Expiration")));
  return expires < Date.now() ? "credentials that have expired; log in again" : null;
}
