import { total, type Where } from "../answers/counts.ts";
import { metricValue, placeOf } from "../answers/metrics.ts";
import { percentileOf } from "../percentile.ts";
import { CLIENT_CLOSED, type Row } from "./rows.ts";

type Set = Where["set"];
const WITH_TARGETS: readonly Set[] = ["LB", "AZ,LB", "LB,TG", "AZ,LB,TG"];
const BALANCER: readonly Set[] = ["LB", "AZ,LB"];

/** A metric that counts the requests of a kind, and the dimension sets under which it is published. */
interface Counted {
  readonly sets: readonly Set[];
  readonly counts: (row: Row) => number;
}

const one = (test: (row: Row) => boolean) => (row: Row) => (test(row) ? 1 : 0);
const byTarget = (hundred: number): Counted => ({
  sets: WITH_TARGETS,
  counts: one(({ targetStatus }) => Math.floor((targetStatus ?? 0) / 100) === hundred),
});
/** Statuses that the load balancer made itself. nginx's 499, the client that went away, is an ALB's 460. */
const made = (test: (status: number) => boolean): Counted => ({
  sets: BALANCER,
  counts: one(({ status, targetStatus }) => targetStatus === null && test(status)),
});

const COUNTS: { readonly [metric: string]: Counted } = {
  RequestCount: { sets: WITH_TARGETS, counts: () => 1 },
  HTTPCode_Target_2XX_Count: byTarget(2),
  HTTPCode_Target_3XX_Count: byTarget(3),
  HTTPCode_Target_4XX_Count: byTarget(4),
  HTTPCode_Target_5XX_Count: byTarget(5),
  HTTPCode_ELB_4XX_Count: made((status) => status === CLIENT_CLOSED || (status >= 400 && status < 499)),
  HTTPCode_ELB_5XX_Count: made((status) => status >= 500),
  HTTPCode_ELB_500_Count: made((status) => status === 500),
  HTTPCode_ELB_502_Count: made((status) => status === 502),
  HTTPCode_ELB_503_Count: made((status) => status === 503),
  HTTPCode_ELB_504_Count: made((status) => status === 504),
  NewConnectionCount: { sets: BALANCER, counts: (row) => Number(row.newClient) + Number(row.newTarget) },
};

/** Which targets there are is Kubernetes' word and not the log's. */
const HOSTS = ["HealthyHostCount", "UnHealthyHostCount"];

/**
 * Any datapoint of AWS/ApplicationELB, from what the load balancer logged: what the simulator's metricValue is for a
 * simulated world. Null where nothing was published, or where the tunnel does not measure it.
 */
export function measuredMetric(rows: readonly Row[]): typeof metricValue {
  const minutes = new Map<number, Row[]>();
  for (const row of rows) {
    const minute = Math.floor(row.end / 60);
    const list = minutes.get(minute);
    if (list) list.push(row);
    else minutes.set(minute, [row]);
  }
  return (world, name, dimensions, stat, at, step) => {
    const where = placeOf(world, dimensions);
    if (!where) return null;
    if (HOSTS.includes(name)) return metricValue(world, name, dimensions, stat, at, step);
    const { zones } = world.scenario.place;
    const here = (row: Row) =>
      where.groups.includes(row.service) && (where.zone === null || row.connection % zones.length === where.zone);
    const first = (at - world.start) / 60;
    const last = Math.min(first + step / 60, world.minutes);
    const found: Row[][] = [];
    for (let minute = Math.max(0, first); minute < last; minute += 1)
      found.push((minutes.get(minute) ?? []).filter(here));
    if (name === "TargetResponseTime") return WITH_TARGETS.includes(where.set) ? latency(found.flat(), stat) : null;
    if (name === "RequestCountPerTarget") {
      if (!where.set.includes("TG")) return null;
      const targets = metricValue(world, "HealthyHostCount", withBalancer(world, dimensions), "Average", at, 60) ?? 1;
      const sum = total(
        found.map((minute) => minute.length).filter((count) => count > 0),
        stat,
      );
      return sum === null ? null : Math.round((sum / targets) * 100) / 100;
    }
    const counted = COUNTS[name];
    if (!counted?.sets.includes(where.set)) return null;
    const sums = found.map((minute) => minute.reduce((all, row) => all + counted.counts(row), 0));
    return total(
      sums.filter((sum) => sum > 0),
      stat,
    );
  };
}

function withBalancer(world: Parameters<typeof metricValue>[0], dimensions: { readonly [name: string]: string }) {
  return { ...dimensions, LoadBalancer: world.arns.loadBalancerDimension };
}

/** A statistic of the seconds until the targets' answers; null without one. */
function latency(rows: readonly Row[], stat: string): number | null {
  const seconds = rows.flatMap((row) => row.latency ?? []);
  if (seconds.length === 0) return null;
  const percent = /^p(\d+(?:\.\d+)?)$/.exec(stat)?.[1];
  if (percent !== undefined) return percentileOf(seconds, Number(percent));
  const sum = seconds.reduce((all, second) => all + second, 0);
  const values: { readonly [stat: string]: number } = {
    Average: sum / seconds.length,
    Sum: sum,
    SampleCount: seconds.length,
    Minimum: Math.min(...seconds),
    Maximum: Math.max(...seconds),
  };
  const value = values[stat];
  return value === undefined ? null : Math.round(value * 1e4) / 1e4;
}
