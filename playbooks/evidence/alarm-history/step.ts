import {
  type AlarmFact,
  type Asked,
  alarmStates,
  type Beside,
  defineStep,
  describeAlarmHistory,
  describeAlarms,
  duration,
  type EpisodesFact,
  episodesOf,
  expressionData,
  highest,
  type JudgedMetric,
  judgedWanted,
  type MetricWanted,
  metricData,
  minutesOf,
  onClock,
  onSlidingWindows,
  type Question,
  type Series,
  type Step,
  type StepContext,
  type Transition,
  unitOf,
  upperBound,
  windowWords,
} from "../../../src/playbook.ts";
import { refused } from "../alarm/alarm-meant.ts";
import { alarmFact } from "../alarm/fact.ts";
import { inWords } from "./condition.ts";
import { episodesFact, judgedFact } from "./fact.ts";
import { earlier, flapping, statesWords } from "./flapping.ts";
import { HISTORY } from "./span.ts";
import { tailOf } from "./tail.ts";

const BAND_EMPTY = {
  source: "cloudwatch",
  // Not "missing": the engine takes that for an alarm that does not exist.
  kind: "malformed",
  what: "CloudWatch has no anomaly detection band for the alarm's metric in this window",
  remedy: "a new band needs a few hours of data; a later window may have it",
} as const;

/** Answers of one GetMetricData by the ids under which they were asked. */
export type Answers = ReadonlyMap<string, Series>;

/** An alarm with what it judges, as its values settle it; or why it cannot be looked into. */
export type Settled = { readonly alarm: AlarmFact; readonly judged: JudgedMetric } | { readonly because: string };

/** What one kind of alarm reads beside what is judged, and what it makes of that. */
export interface Watching {
  readonly gives: Step["gives"];
  /** What came in meanwhile, and what else was counted. */
  beside(alarm: AlarmFact): Beside;
  /** Everything that is asked at the alarm's period, in this order; what is judged has the id "judged". */
  wanted(alarm: AlarmFact): readonly MetricWanted[];
  /** Other statistics and the metric's own datapoints, from these answers. */
  more(answers: Answers, alarm: AlarmFact): Partial<Pick<JudgedMetric, "statistics" | "datapoints">>;
  /** What an alarm on an expression judges, by its values; as they are where it is not given. */
  settle?(alarm: AlarmFact, values: Series, judged: JudgedMetric): Settled;
  /** Gives further facts as soon as the metric is known. */
  give?(context: Pick<StepContext<never>, "give">, answers: Answers, judged: JudgedMetric, alarm: AlarmFact): void;
  /** Further findings, last; the question is the one of what is asked at the alarm's period. */
  tell?(known: Told, find: StepContext<never>["find"]): void;
}

/** What an alarm's history is told by. */
export interface Told {
  readonly alarm: AlarmFact;
  readonly judged: JudgedMetric;
  /** The same on the clock's grid. */
  readonly clock: JudgedMetric;
  readonly answers: Answers;
  readonly episodes: EpisodesFact;
  readonly question: Question;
}

/** One alarm in plain words: what makes it fire, when it did, and what it judged each time. */
export function alarmHistory(watching: Watching): Step {
  return defineStep({
    id: "alarm-history",
    title: "alarm history",
    needs: { alarm: alarmFact },
    uses: [],
    gives: [judgedFact, ...watching.gives, episodesFact],
    async run(context) {
      const { facts, window, give, find, lack } = context;
      let { alarm } = facts;
      const described = describeAlarms([alarm.name]);
      const tell = () => find({ id: "condition", ...inWords(alarm), proof: [described.question] });
      // What an expression or a band judges is known when its values are; the others need not wait.
      const later = alarm.expression ?? alarm.band;
      if (!later) tell();
      const { questions, history, metrics, values, minutes } = await read(alarm, watching, context);
      const settled = settledBy(alarm, watching, { metrics, values });
      if (settled && "because" in settled) {
        lack({ source: "cloudwatch", ...refused(alarm.name, settled.because) });
        return;
      }
      const since = window.end - HISTORY;
      if (!settled) {
        // When it was in ALARM is told all the same; what rests on the values stays open.
        if (alarm.band) tell();
        if (values?.ok && alarm.band) lack(BAND_EMPTY);
        if (!history.ok) return;
        const told = episodesOf(alarm, window, { transitions: history.value, from: since }, null);
        find({ id: "flapping", ...flapping(told), proof: [questions.past] });
        return;
      }
      alarm = settled.alarm;
      if (later) {
        // What it is judged by is known only now: the threshold of a band, the factor of an expression.
        give(alarmFact, alarm);
        tell();
      }
      const answers: Answers = metrics.ok ? metrics.value : new Map();
      const clock = settled.judged;
      const judged =
        clock && onSlidingWindows(alarm, clock, watching.beside(alarm), minutes?.ok ? minutes.value : null);
      if (clock && judged) {
        give(judgedFact, judged);
        watching.give?.(context, answers, clock, alarm);
      }
      if (!history.ok && !judged) return;
      const transitions = history.ok ? history.value : null;
      const episodes = episodesOf(alarm, window, transitions && { transitions, from: since }, judged);
      const tail = tailOf(episodes, alarm);
      if (tail === null) give(episodesFact, episodes);
      else
        lack({
          source: "cloudwatch",
          kind: "missing",
          what: `the window holds only the last ${duration(tail)} of an episode that began before it`,
          remedy: "use a window that begins before the episode: an earlier --since, or a longer --window",
        });
      find({ id: "flapping", ...flapping(episodes), proof: [history.ok ? questions.past : questions.judged] });
      const windows = judged && windowWords(alarm, judged);
      if (windows)
        find({ id: "windows", statement: windows, measures: {}, proof: [questions.minutes ?? questions.judged] });
      const datapoints = judged?.datapoints ?? null;
      const states = alarmStates({ alarm, window, transitions, historyFrom: since, datapoints });
      if (states.statement !== null) find({ id: "states", ...statesWords(states), proof: [questions.past] });
      if (episodes.earlier.length > 0) find({ id: "earlier", ...earlier(episodes), proof: [questions.past] });
      if (clock && judged && episodes.episodes.length > 0)
        watching.tell?.({ alarm, judged, clock, answers, episodes, question: questions.metrics }, find);
    },
  });
}

/** What is asked, all at once, and the answers. */
async function read(alarm: AlarmFact, watching: Watching, { window, ask }: Pick<StepContext<never>, "window" | "ask">) {
  const past = describeAlarmHistory(alarm.name, { start: window.end - HISTORY, end: window.end });
  const metricsAsked = metricData(window, alarm.period, watching.wanted(alarm));
  const later = alarm.expression ?? alarm.band;
  const valuesOf = alarm.band ? upperBound : expressionData;
  const valuesAsked = later ? valuesOf(window, alarm.period, later) : null;
  const byMinute = minutesOf(alarm, watching.beside(alarm));
  const minutesAsked = byMinute.length > 0 ? metricData(window, 60, byMinute) : null;
  const [history, metrics, values, minutes]: [
    Asked<Transition[]>,
    Asked<Answers>,
    Asked<Series> | null,
    Asked<Answers> | null,
  ] = await Promise.all([
    ask(past),
    ask(metricsAsked),
    valuesAsked && ask(valuesAsked),
    minutesAsked && ask(minutesAsked),
  ]);
  const questions = {
    past: past.question,
    metrics: metricsAsked.question,
    judged: (alarm.expression && valuesAsked ? valuesAsked : metricsAsked).question,
    minutes: minutesAsked?.question ?? null,
  };
  return { questions, history, metrics, values, minutes };
}

/**
 * An alarm with what it judges on the clock's grid; null where the values of its expression or band could not be read,
 * without which nothing that it judges can be told.
 */
function settledBy(
  alarm: AlarmFact,
  watching: Watching,
  { metrics, values }: { readonly metrics: Asked<Answers>; readonly values: Asked<Series> | null },
): Settled | { readonly alarm: AlarmFact; readonly judged: JudgedMetric | null } | null {
  const answers = metrics.ok ? metrics.value : null;
  const own = answers?.get(judgedWanted(alarm).id);
  const plain =
    answers && own ? onClock(alarm, own, answers, watching.beside(alarm), watching.more(answers, alarm)) : null;
  if (!values) return { alarm, judged: plain };
  if (!values.ok) return null;
  if (!alarm.expression) {
    const bound = highest(values.value.values.filter((value) => value !== null));
    return bound === null ? null : { alarm: { ...alarm, threshold: bound }, judged: plain };
  }
  if (!plain) return null;
  const settled = watching.settle?.(alarm, values.value, plain) ?? {
    alarm,
    judged: { ...plain, values: values.value },
  };
  // The values may have settled that it is told in the metric's own unit.
  return "because" in settled ? settled : { ...settled, judged: { ...settled.judged, unit: unitOf(settled.alarm) } };
}
