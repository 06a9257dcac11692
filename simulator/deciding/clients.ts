import { metricValue } from "../answers/metrics.ts";
import type { Deciding } from "../deciding.ts";
import { coresIn } from "../families/truths.ts";
import { figuresOf } from "../figures.ts";
import type { Scenario } from "../scenario.ts";
import { serverOf } from "../servers.ts";
import { buildWorld, type World } from "../world.ts";
import { FULL_WORKERS } from "./common.ts";

/** A minute of the service's, as its metrics show it. */
interface Minute {
  readonly requests: number;
  /** 460s: requests whose clients did not wait any longer. */
  readonly givenUp: number;
  /** The pods' cores, of those that their workers can use at most. */
  readonly full: number;
}

/** Minutes before a stay in ALARM in which it may have begun. */
const BEFORE = 14;
/** Of a minute's requests: more than the odd client gave up. */
const ODD = 0.03;
/** "Hardly anybody", and "full": what is left to minutes that hold the beginning of something. */
const FEW = 0.1;
const FULL = 0.95;

/**
 * Full workers where clients give up. Each of them may have sent the same again, so that only a full minute in which hardly
 * anybody has given up yet tells that the first requests alone are too many. In a measured storm (fixtures/measured) workers
 * are full as well, and the repetitions keep them so.
 */
export const FULL_BEFORE_GIVEN_UP: Deciding = {
  by: "the workers are full in a whole minute before clients begin to give up, in most episodes; where they give up in the first full minute, repetitions may be what fills it",
  from: FULL_WORKERS.from,
  shown: (scenario) => mostEpisodes(scenario, fullBeforeGivenUp),
};

/** A repetition follows a request that was given up: where more are given up than come in addition, those came second. */
export const GIVEN_UP_FIRST: Deciding = {
  by: "when it begins more clients give up than requests come in addition, before the workers are full, in most episodes; from then on the workers are full of what is given up, at no more first requests than usual",
  from: FULL_WORKERS.from,
  shown: (scenario) => mostEpisodes(scenario, givenUpFirst),
};

function mostEpisodes(scenario: Scenario, shows: (minutes: readonly Minute[]) => boolean): boolean {
  const world = buildWorld(scenario);
  const shown = figuresOf(world).episodes.map(({ alarmAt, okAt }) => {
    const from = Math.floor((alarmAt - world.start) / 60) - BEFORE;
    const to = Math.ceil(((okAt ?? scenario.now) - world.start) / 60);
    return shows(Array.from({ length: to - from }, (_, index) => minuteOf(world, from + index)));
  });
  return shown.filter(Boolean).length > shown.length / 2;
}

function fullBeforeGivenUp(minutes: readonly Minute[]): boolean {
  const begun = minutes.findIndex(({ requests, givenUp }) => givenUp > FEW * requests);
  return minutes.slice(0, begun < 0 ? minutes.length : begun).some(({ full }) => full > FULL);
}

/** Looks at the first minute in which clients give up, against those before it. */
function givenUpFirst(minutes: readonly Minute[]): boolean {
  const begun = minutes.findIndex(({ requests, givenUp }) => givenUp > ODD * requests);
  const first = minutes[begun];
  const before = minutes.slice(Math.max(0, begun - 6), Math.max(0, begun));
  if (!first || before.length === 0) return false;
  const usual = before.reduce((all, { requests }) => all + requests, 0) / before.length;
  return first.givenUp > first.requests - usual && before.every(({ full }) => full < FULL);
}

function minuteOf(world: World, minute: number): Minute {
  const { arns, scenario, start } = world;
  const { focus } = scenario;
  const balancer = { LoadBalancer: arns.loadBalancerDimension };
  const own = { ...balancer, TargetGroup: arns.targetGroupDimensions[0] ?? "" };
  const count = (metric: string, of: Readonly<Record<string, string>>) =>
    metricValue(world, metric, of, "Sum", start + minute * 60, 60) ?? 0;
  const most = focus.replicas * serverOf(focus.server, focus.targetPort).cores * focus.efficiency;
  return {
    requests: count("RequestCount", own),
    givenUp: count("HTTPCode_ELB_4XX_Count", balancer),
    full: coresIn(world, minute).reduce((all, one) => all + one, 0) / most,
  };
}
