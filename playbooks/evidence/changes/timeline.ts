import type {
  AlarmChanged,
  AlarmFact,
  CallChange,
  ChangeFact,
  RolloutFact,
  SettingChange,
  Span,
  TrailEvent,
} from "../../../src/playbook.ts";
import { reachOf, type Scene } from "./reach.ts";

type Unnumbered = Omit<ChangeFact, "id">;

/** Calls of one hand on one object that say nothing but that it went on: what a controller does all day. */
const FOLDED: ReadonlySet<ChangeFact["kind"]> = new Set(["targets", "scaling"]);
/** Seconds in which CloudTrail's call and the alarm's own history tell of the same change: each has its own clock. */
const SAME_CHANGE = 120;

/** All changes in order of time: calls of controllers folded, each with what it was before where an earlier one told it. */
export function timeline(all: readonly Unnumbered[], { start }: Span): ChangeFact[] {
  const ordered = [...joined(folded(all))].sort((a, b) => a.at - b.at);
  // Earlier ones only tell what was before.
  return withBefore(ordered)
    .filter(({ at }) => at >= start)
    .map((one, index) => ({ id: index + 1, ...one }));
}

/** The calls of CloudTrail that changed something; a call that was refused changed nothing. */
export function ofTrail(events: readonly TrailEvent[], scene: Scene): Unnumbered[] {
  return events.flatMap((event): Unnumbered[] => {
    const { change } = event;
    return change === null ? [] : [{ ...ofCall(event, change), ...reachOf(change, scene) }];
  });
}

function ofCall({ at, name, by }: TrailEvent, change: CallChange) {
  return { at, until: at, count: 1, from: "cloudtrail", call: name, by, ...change } as const;
}

/** The names of an alarm's settings as they are told. */
const SETTINGS = ["threshold", "period", "evaluationPeriods", "datapointsToAlarm", "statistic", "comparison"] as const;

/** The alarm's own history: what was before stands in each entry, what came after in the next one, or in the alarm. */
export function ofAlarm(changes: readonly AlarmChanged[], { alarm, window }: Scene): Unnumbered[] {
  return changes.flatMap(({ at, before }, index): Unnumbered[] => {
    if (at < window.start || at > window.end) return [];
    return [
      {
        at,
        until: at,
        count: 1,
        kind: "alarm",
        from: "alarm-history",
        call: null,
        by: null,
        what: `alarm ${alarm.name} changed`,
        settings: SETTINGS.flatMap((name): SettingChange[] => {
          const old = before?.[name];
          if (old === undefined) return [];
          const next = changes.slice(index + 1).find((one) => one.before?.[name] !== undefined)?.before?.[name];
          return [{ name, before: String(old), after: String(next ?? (alarm as AlarmFact)[name]) }];
        }),
        touches: [{ kind: "alarm", id: alarm.name }],
        reaches: "yes",
        because: "it touches the alarm itself",
      },
    ];
  });
}

/** Rollouts of the workload behind what fails, in the window. */
export function ofRollouts(rollouts: readonly RolloutFact[], { window }: Scene): Unnumbered[] {
  return rollouts.flatMap(({ at, replicaSet, version }, index): Unnumbered[] => {
    if (at < window.start || at > window.end) return [];
    const before = rollouts[index - 1]?.version;
    return [
      {
        at,
        until: at,
        count: 1,
        kind: "rollout",
        from: "kubernetes",
        call: null,
        by: null,
        what: `rollout of ${version ?? replicaSet}`,
        settings: version ? [{ name: "version", ...(before && { before }), after: version }] : [],
        touches: [{ kind: "workload", id: replicaSet }],
        reaches: "yes",
        because: "it is the workload behind what fails; a rollout is judged as deploy-regression",
      },
    ];
  });
}

/** Many calls of one hand on one object become one line with their count. */
function folded(all: readonly Unnumbered[]): Unnumbered[] {
  const groups = new Map<string, Unnumbered[]>();
  const single: Unnumbered[] = [];
  for (const one of [...all].sort((a, b) => a.at - b.at)) {
    if (!FOLDED.has(one.kind) || one.from === "kubernetes") single.push(one);
    else {
      const key = [one.kind, one.by?.name, ...one.touches.map(({ id }) => id)].join(" ");
      groups.set(key, [...(groups.get(key) ?? []), one]);
    }
  }
  return [...single, ...[...groups.values()].map(foldedIn)];
}

function foldedIn(group: readonly Unnumbered[]): Unnumbered {
  const [first, last] = [group[0], group.at(-1)] as [Unnumbered, Unnumbered];
  if (group.length === 1) return first;
  const calls = new Set(group.map(({ call }) => call));
  return {
    ...first,
    until: last.at,
    count: group.length,
    call: calls.size === 1 ? first.call : null,
    what:
      first.kind === "targets" && calls.size > 1
        ? `targets registered and deregistered: ${first.what.replace(/^.* (with|from) /, "")}`
        : first.what,
    // Which targets went is told where they only went; where they come and go, it is a controller's work.
    settings:
      first.kind !== "targets" ? last.settings : calls.size === 1 ? group.flatMap(({ settings }) => settings) : [],
    by: first.by && { ...first.by, session: null },
  };
}

/** CloudTrail says who set the alarm, its history what it was before: one change. */
function joined(all: readonly Unnumbered[]): Unnumbered[] {
  const history = all.filter(({ from }) => from === "alarm-history");
  const taken = new Set<Unnumbered>();
  const rest = all.filter((one) => {
    if (one.from !== "cloudtrail" || one.kind !== "alarm") return one.from !== "alarm-history";
    const same = history.find(
      (other) =>
        !taken.has(other) && Math.abs(other.at - one.at) <= SAME_CHANGE && other.touches[0]?.id === one.touches[0]?.id,
    );
    if (same) taken.add(same);
    return true;
  });
  const told = rest.map((one) => {
    if (one.from !== "cloudtrail" || one.kind !== "alarm") return one;
    const same = [...taken].find(
      (other) => Math.abs(other.at - one.at) <= SAME_CHANGE && other.touches[0]?.id === one.touches[0]?.id,
    );
    return same ? { ...one, what: same.what, settings: same.settings } : one;
  });
  return [...told, ...history.filter((one) => !taken.has(one))];
}

/** An earlier change of the same object in the list tells what a setting was. */
function withBefore(ordered: readonly Unnumbered[]): Unnumbered[] {
  const known = new Map<string, string | null>();
  return ordered.map((one) => {
    const object = objectOf(one);
    const settings = one.settings.map((setting): SettingChange => {
      const key = `${object} ${setting.name}`;
      const before = known.get(key);
      known.set(key, setting.after);
      return setting.before === undefined && before !== undefined ? { ...setting, before } : setting;
    });
    return { ...one, settings };
  });
}

/** What a call set or made: of one that made something in another, such as a listener of a load balancer, the new one. */
function objectOf({ call, touches }: Unnumbered): string {
  const made = /^Create(Listener|Rule|TargetGroup)$/.exec(call ?? "")?.[1];
  const kind = made === "TargetGroup" ? "target group" : made?.toLowerCase();
  return (touches.find((one) => one.kind === kind) ?? touches[0])?.id ?? "";
}
