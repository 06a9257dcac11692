import type { Log } from "./questions.ts";

/** What a log is called. */
export const WORDS: { readonly [log in Log]: string } = {
  requests: "access log",
  connections: "connection log",
  checks: "health-check log",
};

/** A MB that leaves its region for the internet, at most (Amazon S3 pricing, data transfer out); inside it costs nothing. */
export const USD_PER_MEGABYTE = 0.00009;
