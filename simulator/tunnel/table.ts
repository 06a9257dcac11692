import type { Session } from "../../src/model/session.ts";
import type { Measurement, Outcome } from "./measurement.ts";
import { outcomeOf } from "./outcome.ts";
import { isStarved } from "./starvation.ts";

/** What lbdoctor says of a measured run, against what is true. */
type Judgement = "right" | "wrong" | "open" | "unsupported";

export function judgementOf({ scenario }: Measurement, { verdict, outcome }: Session): Judgement {
  if (outcome === "unsupported-alarm") return "unsupported";
  if (!verdict?.rootCause) return "open";
  return verdict.rootCause === scenario.truth ? "right" : "wrong";
}

/** One scenario's lines: the verdict, the run, what was forecast of the fix, and what it did. */
export function rowsOf(measurement: Measurement, session: Session): string[] {
  const { scenario, after } = measurement;
  const { verdict } = session;
  const said = verdict?.rootCause ? `${verdict.confidence} · ${verdict.rootCause}` : "no cause established";
  const forecast = forecastOf(session);
  return [
    `${scenario.id}: ${judgementOf(measurement, session)} (${said}; true: ${scenario.truth ?? "nothing"})`,
    `  before    ${sentence(outcomeOf(measurement))}${busy(isStarved(measurement))}`,
    ...(forecast ? [`  forecast  ${forecast}`] : []),
    ...(after ? [`  after     ${sentence(after)}, with ${after.says}${busy(after.busy)}`] : []),
  ];
}

/** The forecast of the first fix that has one. */
function forecastOf({ fixes }: Session): string | null {
  for (const { title, arithmetic } of fixes) {
    const line = arithmetic?.find((one) => one.startsWith("forecast:"));
    if (line) return `${title}: ${line.slice("forecast:".length).trim()}`;
  }
  return null;
}

function sentence({ requests, mean, burstMean, worstMinute: worst, balancerErrors, ...alarm }: Outcome): string {
  return [
    `${requests} requests`,
    `mean ${seconds(mean)}`,
    `in the bursts ${seconds(burstMean)}`,
    `worst minute ${seconds(worst)}`,
    `${balancerErrors} errors of the load balancer`,
    `${alarm.episodes} episodes`,
    `${alarm.alarmMinutes} min in ALARM`,
  ].join(", ");
}

function seconds(value: number | null): string {
  return value === null ? "-" : `${value.toFixed(2)} s`;
}

function busy(flagged: boolean): string {
  return flagged ? " [others had much of the machine meanwhile: take it with care]" : "";
}
