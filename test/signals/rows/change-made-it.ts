import { alarmChanges, changes } from "../changes.ts";
import { alarm, always, at, episodes, judged, level } from "../facts.ts";
import type { Row } from "../row.ts";

const MINUTES = 240;

/** Bad from minute 122 on, at a load that is always the same. */
const metric = () => {
  const { judged: values } = judged(level(0.1, 0.8, [[122, 240]], MINUTES));
  const perStep = { ...values.values, values: always(100, MINUTES) };
  return {
    ...alarm(),
    judged: { ...values, traffic: { metric: "RequestCount", counts: "requests", from: "clients", perStep } },
    ...episodes([[122, 240]], {}, MINUTES),
  };
};

/** Peaks before the alarm was made stricter as after it. */
const stricter = () => {
  const spikes = [20, 60, 140, 180].map((start) => [start, start + 5] as const);
  return {
    ...alarm(),
    ...judged(level(0.1, 0.8, spikes, MINUTES)),
    ...alarmChanges([120, { threshold: 1 }]),
    ...episodes(spikes.slice(2), {}, MINUTES),
  };
};

export default [
  ["a change of what fails", { ...metric(), ...alarmChanges(), ...changes([{ at: 120 }]) }, "yes"],
  ["a change of what fails, the alarm's history not known", { ...metric(), ...changes([{ at: 120 }]) }, "yes"],
  ["the alarm was made stricter", { ...stricter(), ...changes([]) }, "yes"],
  ["the alarm was made stricter, CloudTrail not read", { ...stricter(), ...changes([], { trail: null }) }, "yes"],
  ["neither", { ...metric(), ...alarmChanges(), ...changes([]) }, "no"],
  [
    "not the alarm, and CloudTrail not read",
    { ...metric(), ...alarmChanges(), ...changes([], { trail: null }) },
    "unknown",
  ],
  ["not the alarm, and no changes known", { ...metric(), ...alarmChanges() }, "unknown"],
  ["nothing recorded, the alarm's history not known", { ...metric(), ...changes([]) }, "unknown"],
  [
    "a change that may have made it",
    { ...metric(), ...alarmChanges(), ...changes([{ at: 120 }], { changePoints: [at(10)] }) },
    "unclear",
  ],
] satisfies readonly Row[];
