import { SCANNED_USD_PER_MEGABYTE } from "../../model/logs.ts";
import type { Log } from "./questions.ts";

/** What a log is called. */
export const WORDS: { readonly [log in Log]: string } = {
  requests: "access log",
  connections: "connection log",
  checks: "health-check log",
};

/**
 * What a MB costs at most, in USD. Of files: what leaves its region for the internet (Amazon S3 pricing, data transfer out);
 * inside it costs nothing.
 */
export const PRICES = {
  files: { unit: "MB of logs", usd: 0.00009 },
  insights: { unit: "MB scanned by Logs Insights", usd: SCANNED_USD_PER_MEGABYTE },
  athena: { unit: "MB scanned by Athena", usd: SCANNED_USD_PER_MEGABYTE },
} as const;
