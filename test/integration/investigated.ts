import { investigate } from "../../src/api.ts";
import type { Session } from "../../src/model/session.ts";
import { iso } from "../../src/model/time.ts";
import type { Source } from "../../src/sources/port.ts";

/** An investigation of an alarm at a moment of the past, over seconds before it. */
export async function investigatedAt(
  { alarm, now, window }: { readonly alarm: string; readonly now: number; readonly window: number },
  source: Source,
): Promise<Session> {
  return investigate({
    source,
    opening: {
      id: "integration",
      version: "0",
      alarmName: alarm,
      now: iso(now),
      window: { start: now - window, end: now },
      allowExec: true,
      source: { kind: "live", region: null, account: null, context: null },
    },
  });
}
