import type { Measurement, Outcome } from "./measurement.ts";
import type { Row } from "./rows.ts";
import { measuredWorld } from "./world.ts";

/** What users and the alarm got in the window of a run. */
export function outcomeOf(measurement: Measurement): Outcome {
  const { scenario } = measurement;
  const { world, rows } = measuredWorld(measurement);
  const from = scenario.lead * 60;
  const own = rows.filter((row) => row.service === 0 && row.end >= from);
  const { bursts } = scenario.load;
  const stretches = bursts.length > 0 ? bursts : (scenario.slowDependency ?? []);
  const inBurst = own.filter(({ end, total }) =>
    stretches.some(({ at, seconds }) => end - total >= at && end - total < at + seconds),
  );
  const minutes = Array.from({ length: scenario.minutes }, (_, minute) =>
    meanOf(own.filter(({ end }) => Math.floor(end / 60) === scenario.lead + minute)),
  );
  const stays = world.changes.filter(({ at }) => at >= world.start + from);
  return {
    requests: own.length,
    mean: meanOf(own),
    burstMean: meanOf(inBurst),
    worstMinute: minutes.reduce((worst, mean) => (mean === null ? worst : Math.max(worst ?? 0, mean)), null),
    balancerErrors: own.filter(({ status, targetStatus }) => targetStatus === null && status >= 500).length,
    episodes: stays.filter(({ to }) => to === "ALARM").length,
    alarmMinutes: alarmMinutes(world.changes, world.scenario.alarm.initially, world.start + from, world.scenario.now),
  };
}

function meanOf(rows: readonly Row[]): number | null {
  const seconds = rows.flatMap((row) => row.latency ?? []);
  if (seconds.length === 0) return null;
  return Math.round((seconds.reduce((all, one) => all + one, 0) / seconds.length) * 1000) / 1000;
}

function alarmMinutes(
  changes: readonly { readonly at: number; readonly to: string }[],
  initially: string,
  from: number,
  to: number,
): number {
  let state = initially;
  let since = from;
  let seconds = 0;
  for (const { at, to: next } of [...changes, { at: to, to: "end" }]) {
    if (state === "ALARM") seconds += Math.max(0, at - Math.max(since, from));
    state = next;
    since = at;
  }
  return Math.round(seconds / 60);
}
