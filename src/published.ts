import { Readable } from "node:stream";
import { investigate as investigateWith } from "./api.ts";
import { alarmGiven } from "./app/alarm-given/given.ts";
import { type OriginOptions, originOf } from "./app/origin.ts";
import { version } from "./app/package.ts";
import { jsonReport } from "./output/json.ts";
import type { InvestigationDocument } from "./output/schema.ts";
import type { SourceOptions } from "./sources/descriptor.ts";

/*
 * What `import "lbdoctor"` gives; its types are schema/api.d.ts, which a test holds to this. The same investigation that
 * the command line runs; nothing is printed, and no session is kept.
 */

/** The options of `lbdoctor investigate` by their names there, and what may end it early. */
export interface PublishedOptions
  extends OriginOptions,
    Partial<
      Pick<
        SourceOptions,
        "region" | "profile" | "context" | "kubeconfig" | "prometheusUrl" | "athena" | "athenaWorkgroup"
      >
    > {
  readonly signal?: AbortSignal;
}

/**
 * Investigates an alarm, given by its name, its ARN or its link in the console, and answers the document that `--json`
 * prints. Rejects where options or recording cannot be used; what cannot be read of AWS or the cluster is a gap in the
 * document.
 */
export async function investigate(alarm: string, options: PublishedOptions = {}): Promise<InvestigationDocument> {
  const given = await alarmGiven(alarm, Readable.from([]));
  const run = async ({ source, opening }: Awaited<ReturnType<typeof originOf>>) => {
    const session = await investigateWith({ source, opening: { ...opening, version: version() } });
    return JSON.parse(jsonReport(session)) as InvestigationDocument;
  };
  if (options.fixture !== undefined) return run(await originOf(given.name, options));
  const { liveOrigin } = await import("./app/live-origin.ts");
  const { signal = new AbortController().signal, ...rest } = options;
  const origin = liveOrigin(given, defined(rest), process.env, signal);
  try {
    return await run(origin);
  } finally {
    origin.end();
  }
}

/** Without the options that are there and say nothing. */
function defined<T extends object>(options: T): { readonly [Key in keyof T]: Exclude<T[Key], undefined> } {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as never;
}
