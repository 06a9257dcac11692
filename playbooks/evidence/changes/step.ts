import {
  type Ask,
  type Asked,
  type ChangeFact,
  changePoints,
  changeWords,
  clock,
  defineStep,
  duration,
  type FactToken,
  type Lookup,
  listEvents,
  lookupEvents,
  lookupsFor,
  mostTelling,
  plural,
  type Series,
  type Span,
  type Step,
  TRAIL_DELAY,
  type TrailEvent,
  unitOf,
} from "../../../src/playbook.ts";
import { readChanges } from "../../signals/trouble-since-change.ts";
import { alarmFact } from "../alarm/fact.ts";
import { alarmChangesFact } from "../alarm-changes/fact.ts";
import { episodesFact, judgedFact } from "../alarm-history/fact.ts";
import { autoscalerFact } from "../autoscaler/fact.ts";
import { type Certificates, certificatesFact } from "../certificates/fact.ts";
import { rolloutsFact } from "../rollouts/fact.ts";
import { loadBalancerFact, suspectFact, targetGroupsFact } from "../target-groups/fact.ts";
import { loadBalancerArn } from "../target-groups/read.ts";
import { workloadFact } from "../workload/fact.ts";
import { readEarlier } from "./earlier.ts";
import { ofEvents } from "./events.ts";
import { changesFact } from "./fact.ts";
import { askReplicas } from "./replicas.ts";
import { ofScalings } from "./scalings.ts";
import { ofAlarm, ofRollouts, ofTrail, timeline } from "./timeline.ts";

/**
 * What was changed around the trouble, by whom, and what of it can touch what fails. It is held against what the playbook's
 * other steps give of these: the load balancer, its target groups and certificates, the rollouts
 * and scalings behind it.
 */
export function changesBeside(beside: readonly FactToken[]): Step {
  const known = new Set(beside.map(({ id }) => id));
  return defineStep({
    id: "changes",
    title: "recorded changes",
    needs: { alarm: alarmFact },
    uses: [alarmChangesFact, episodesFact, judgedFact, ...beside],
    gives: [changesFact],
    async run({ facts: { alarm }, window, now, ask, use, give, find }) {
      const given = async <T>(token: FactToken<T>) => (known.has(token.id) ? await use(token) : undefined);
      // Asked at once, beside everything else that is read; what it is held against may come later.
      const asking = readTrail(lookupsFor({ isLatency: unitOf(alarm).kind === "duration" }), window, ask);
      // The cluster's events need the namespace alone, and nothing that the autoscaler or the rollouts tell.
      const asked = given(workloadFact).then(async (workload) => {
        const events = workload ? listEvents(workload.namespace) : null;
        // Where no step reads the autoscaler, what the workload was told stands for it.
        const counts = workload && !known.has(autoscalerFact.id) ? askReplicas(workload, window, ask) : null;
        return { workload, asked: events, answer: events ? await ask(events) : null, counts: await counts };
      });
      const [alarmChanges, episodes, judged] = [
        await use(alarmChangesFact),
        await use(episodesFact),
        await use(judgedFact),
      ];
      const [loadBalancer, groups, suspect] = [
        await given(loadBalancerFact),
        await given(targetGroupsFact),
        await given(suspectFact),
      ];
      const [rollouts, certificates] = [await given(rolloutsFact), await given(certificatesFact)];
      const autoscaler = await given(autoscalerFact);
      const { workload, asked: eventsAsked, answer: told, counts } = await asked;
      const events = told?.ok ? told.value : [];
      const trail = await asking;
      const scene = {
        alarm,
        window,
        balancer: loadBalancerArn(alarm.arn, alarm.dimensions.LoadBalancer ?? ""),
        dimension: alarm.dimensions.LoadBalancer ?? "",
        loadBalancer: loadBalancer ?? null,
        groups: groups ?? [],
        suspect: suspect ?? null,
        certificates: certificates ? shownAllAlong(certificates, trail.events) : null,
      };
      const scaled = autoscaler ?? (counts && { replicas: counts.replicas, target: null });
      const scalings = ofScalings(scaled ?? null, workload?.name ?? null, rollouts ?? [], scene);
      const others = [
        ...ofAlarm(alarmChanges?.changes ?? [], scene),
        ...ofRollouts(rollouts ?? [], scene),
        ...(workload ? ofEvents(events, workload, rollouts ?? [], scalings, scene) : scalings),
      ];
      const before = timeline([...ofTrail(trail.events, scene), ...others], window);
      const earlier = trail.isRead ? await readEarlier(before, window.start, window.end, ask) : [];
      const changed = {
        changes: timeline([...ofTrail([...earlier, ...trail.events], scene), ...others], window),
        trail: trail.isRead ? window : null,
        missing: trail.missing,
        changePoints: judged
          ? changePoints(wholeSeries(judged.values, judged.unit.kind === "count" && judged.traffic !== null))
          : null,
      };
      const read = episodes && judged ? readChanges({ alarm, changed, episodes, judged }) : [];
      const because = new Map(read.map((one) => [one.change.id, one.because]));
      const changes = changed.changes.map((one) => ({ ...one, because: because.get(one.id) ?? one.because }));
      give(changesFact, { ...changed, changes });
      const late = now - window.end < TRAIL_DELAY ? `; CloudTrail lags by some minutes: the newest may be missing` : "";
      find({
        id: "timeline",
        statement: `${words(changes, trail.isRead, window)}${trail.isRead ? late : ""}`,
        measures: {
          changes: changes.length,
          reaching: changes.filter(({ reaches }) => reaches === "yes").length,
          elsewhere: changes.filter(({ reaches }) => reaches === "no").length,
          changePoints: changed.changePoints?.length ?? null,
        },
        proof: [
          ...[...trail.asked, ...(eventsAsked ? [eventsAsked] : [])].map(({ question }) => question),
          ...(counts ? [counts.question] : []),
        ],
      });
    },
  });
}

/** A count that was not published was none. */
function wholeSeries(series: Series, zeros: boolean): Series {
  return zeros ? { ...series, values: series.values.map((value) => value ?? 0) } : series;
}

/** The certificates of the listeners now; null where some were not read, or a listener had others in the window. */
function shownAllAlong({ listeners }: Certificates, events: readonly TrailEvent[]): ReadonlySet<string> | null {
  const hadOthers = events.some(
    ({ change }) => change?.kind === "certificate" && change.touches.some(({ kind }) => kind === "listener"),
  );
  const shown = listeners.map(({ certificates }) => certificates);
  return hadOthers || shown.includes(null) ? null : new Set(shown.flatMap((arns) => arns ?? []));
}

interface Trail {
  readonly asked: readonly ReturnType<typeof lookupEvents>[];
  readonly events: readonly TrailEvent[];
  readonly isRead: boolean;
  readonly missing: readonly string[];
}

/** The first lookup alone: where it is refused, so would be all, and one gap says it. */
async function readTrail(lookups: readonly Lookup[], span: Span, ask: Ask): Promise<Trail> {
  const [first, ...rest] = lookups.map((lookup) => ({ lookup, asked: lookupEvents(lookup, span) }));
  if (!first) return { asked: [], events: [], isRead: false, missing: [] };
  const begun = await ask(first.asked);
  if (!begun.ok) return { asked: [first.asked], events: [], isRead: false, missing: [] };
  const answers = await Promise.all(rest.map(({ asked }) => ask(asked)));
  const all = [first, ...rest].map((one, index): [typeof one, Asked<TrailEvent[]> | undefined] => [
    one,
    index === 0 ? begun : answers[index - 1],
  ]);
  const events = all.flatMap(([, answer]) => (answer?.ok ? answer.value : []));
  return {
    asked: all.map(([{ asked }]) => asked),
    // One call stands under its source and under its name.
    events: [...new Map(events.map((event) => [event.id, event])).values()],
    isRead: true,
    missing: all.flatMap(([{ lookup }, answer]) => (answer?.ok && !answer.cut ? [] : [lookup.value])),
  };
}

/** So many changes are told in the finding; the timeline has them all. */
const TOLD = 3;

function words(changes: readonly ChangeFact[], isRead: boolean, window: Span): string {
  const of = `in the ${duration(window.end - window.start)} of the window`;
  if (changes.length === 0)
    return isRead ? `no change is recorded ${of}` : "no change is known; CloudTrail could not be read";
  const reaching = changes.filter(({ reaches }) => reaches === "yes");
  const told = mostTelling(reaching.length > 0 ? reaching : changes, TOLD);
  const can =
    reaching.length > 0
      ? `${reaching.length} of them can affect what fails`
      : "none of them is known to affect what fails";
  return `${plural(changes.length, "change")} ${of}, ${can}: ${told.map((one) => `${clock(one.at)} ${changeWords(one)}`).join("; ")}${isRead ? "" : "; CloudTrail could not be read"}`;
}
