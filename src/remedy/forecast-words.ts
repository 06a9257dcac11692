import { highest } from "../analysis/series.ts";
import { percent, plural, seconds, spike } from "../model/words.ts";
import { type AlarmForecast, type ForecastFacts, forecastAlarm, MARGIN } from "./alarm-forecast.ts";
import type { Fleet } from "./what-if.ts";

/** Bursts that callers who wait have made or may have made, and the most of them at once; null where none is. */
function crowdOf({ callers }: ForecastFacts): { readonly bursts: number; readonly count: number } | null {
  const waiting = [...callers.values()].flatMap((one) => (one?.likely ? [one.count] : []));
  const count = highest(waiting);
  return count === null ? null : { bursts: waiting.length, count: Math.round(count) };
}

/** The most callers at once with whom this fleet would keep the alarm quiet; null where it would not even with one. */
function callersAllowed(facts: ForecastFacts, fleet: Fleet, most: number): number | null {
  const quietWith = (count: number) => {
    const callers = new Map(
      [...facts.callers].map(([id, one]) => [
        id,
        one && { ...one, count: Math.min(count, one.count), certain: true, likely: true },
      ]),
    );
    return forecastAlarm({ ...facts, callers }, fleet)?.outlook === "quiet";
  };
  if (!quietWith(1)) return null;
  let [low, high] = [1, most];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (quietWith(middle)) low = middle;
    else high = middle;
  }
  return low;
}

const OUTLOOK: Record<AlarmForecast["outlook"], (cycles: number) => string> = {
  quiet: () => "it would have stayed OK",
  close: () => `too close to call, with an error of ${percent(MARGIN)} either way`,
  fires: (cycles) => `it would still have fired ${plural(Math.max(1, cycles), "time")}`,
};

/** What a fix says of the forecast: the figures, what it rests on, and where it is not quiet, what remains to be done. */
export function forecastLines(facts: ForecastFacts, fleet: Fleet, after: AlarmForecast | null): string[] {
  const { alarm, demand } = facts;
  if (!after)
    return [
      `no forecast of the alarm: it judges ${alarm.statistic}, which cannot be combined from the services' own; the next load of this size has to show it`,
    ];
  const asItWas = highest(demand.byEpisode.map(({ latency }) => latency)) ?? 0;
  const line = `forecast: in the recorded ${spike(facts.episodes)}s the workers would be ${percent(after.utilisation)} busy at most, a request would take ${seconds(after.slowest)} on average at worst (it took ${seconds(asItWas)}), and the alarm's metric would reach ${seconds(after.worst)} of ${seconds(alarm.threshold)}: ${OUTLOOK[after.outlook](after.cycles)}`;
  return [line, ASSUMPTIONS, ...(after.outlook === "quiet" ? [] : remains(facts, fleet, after))];
}

/** For a fix's reason: that it is not enough, where the forecast says so. Begins with a blank. */
export function shortfall(after: AlarmForecast | null): string {
  switch (after?.outlook) {
    case "fires":
      return " By the forecast this alone does not end the alarm: it would still fire. The arithmetic says what else is needed.";
    case "close":
      return ` This may not be enough alone: the forecast (${seconds(after.worst)}, ±${percent(MARGIN)}) is too close to the threshold. The arithmetic says what else would help.`;
    default:
      return "";
  }
}

/** Where the work of one request is this much of the threshold, the rest of it is no room for a queue. */
const MOSTLY_WORK = 0.6;

function remains(facts: ForecastFacts, fleet: Fleet, after: AlarmForecast): string[] {
  const { alarm, request, episodes } = facts;
  const crowd = crowdOf(facts);
  const allowed = crowd && callersAllowed(facts, fleet, crowd.count);
  const lines: string[] = [];
  if (crowd)
    lines.push(
      `${crowd.bursts} of ${plural(episodes.episodes.length, spike(episodes))} ${crowd.bursts === 1 ? "is" : "are"} made by up to ${plural(crowd.count, "caller")} who wait for their answers (rate × latency stays the same): the faster they are answered the more they send, so capacity alone cannot keep up with them. ${allowed === null ? "A limit on them alone would not keep the alarm quiet either" : `What remains is to let fewer of them in at once, with a concurrency limit or a queue in front of the service: with ${allowed} the alarm would stay quiet`}`,
    );
  const doubtful = [...facts.callers.values()].filter((one) => one && !one.likely).length;
  if (doubtful > 0 && after.outlook === "close")
    lines.push(
      `${doubtful} of the ${spike(episodes)}s ${doubtful === 1 ? "is" : "are"} too short or too uneven to tell callers who wait for their answers from independent requests: the alarm stays quiet if they are independent`,
    );
  const alone = request.besides + request.cpu / request.busy;
  if (alone > MOSTLY_WORK * alarm.threshold)
    lines.push(
      `one request without a queue takes ${seconds(alone)}, most of what the alarm allows, and more capacity does not shorten it: what remains is less work in the request, or a threshold above this ${seconds(alone)} floor`,
    );
  if (lines.length === 0)
    lines.push(
      after.outlook === "close"
        ? "the next load of this size has to show it"
        : "what remains is a queue in front of the service, or a new threshold agreed with its owners",
    );
  return lines;
}

/** The assumptions of every forecast, for the fix's arithmetic. */
const ASSUMPTIONS =
  "assumes that requests arrive independently at the recorded rates, and that callers who wait are as many as now and do not pause; first come, first served, one request per worker at a time, and work that does not depend on the load (Erlang C and the diffusion limit of a G/G/c queue; mean value analysis where callers wait)";
