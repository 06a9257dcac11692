/** What is done only where the person has agreed to it, since it costs money or runs something. A closed list. */
export const CONSENTS = {
  exec: "read cgroup files and the process list in one pod by exec",
  athena: "query access logs with Athena, which bills by the data that it scans",
  insights: "query logs with CloudWatch Logs Insights, which bills by the data that it scans",
} as const satisfies Record<string, string>;

export type Consent = keyof typeof CONSENTS;
