import type { Scenario } from "../scenario.ts";

/** Where each log goes; where none is on, nothing but that the access log is off. */
export function logAttributes({ logs }: Scenario): { [key: string]: string } {
  if (!logs) return { "access_logs.s3.enabled": "false" };
  const kinds = { access_logs: "access", connection_logs: "connection", health_check_logs: "health-check" } as const;
  return Object.fromEntries(
    Object.entries(kinds).flatMap(([name, kind]) => [
      [`${name}.s3.enabled`, String(logs.on.includes(kind))],
      ...(logs.on.includes(kind)
        ? [
            [`${name}.s3.bucket`, logs.bucket],
            [`${name}.s3.prefix`, logs.prefix],
          ]
        : []),
    ]),
  );
}
