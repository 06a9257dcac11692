import { type Flows, failedHandshakes, flowsIn, flowsOf } from "../flows.ts";
import { typeOf } from "../front.ts";
import type { Happened } from "../world.ts";
import { gauge, unnegotiatedIn } from "./connections.ts";
import { hostCount, LB_SETS, type Metric, minutesOf, TG_SETS, type Where } from "./counts.ts";
import { placeOf } from "./metrics.ts";

/** One datapoint of AWS/NetworkELB or AWS/GatewayELB; null where nothing was published. */
export function flowValue(
  world: Happened,
  name: string,
  dimensions: { readonly [name: string]: string },
  stat: string,
  at: number,
  step: number,
): number | null {
  const where = placeOf(world, dimensions);
  const minutes = minutesOf(world, at, step);
  if (!where || !minutes) return null;
  const known = typeOf(world.scenario) === "gateway" ? GATEWAY : { ...GATEWAY, ...NETWORK };
  return known[name]?.(world, where, stat, minutes.from, minutes.to) ?? null;
}

type Read = (world: Happened, minute: number, zone: number | null) => number;

function minutesFrom(from: number, to: number, read: (minute: number) => number): number[] {
  return Array.from({ length: Math.ceil(to - from) }, (_, index) => read(from + index));
}

/** A count that is always reported, 0 too; `always` false: only where it is not 0. */
function counted(read: Read, always: boolean, sets: readonly Where["set"][] = LB_SETS): Metric {
  return (world, where, stat, from, to) => {
    if (!sets.includes(where.set)) return null;
    const found = minutesFrom(from, to, (minute) => Math.round(read(world, minute, where.zone)));
    const reported = always ? found : found.filter((one) => one > 0);
    return gauge(reported, stat);
  };
}

const line = (pick: (flows: Flows) => Float64Array): Read => {
  return (world, minute, zone) => flowsIn(world, pick(flowsOf(world)), minute, zone);
};

/** What is open moves within a minute: its extremes lie a little apart from its mean. */
const SWING: { readonly [stat: string]: number } = { Minimum: 0.93, Maximum: 1.07 };

const active: Metric = (world, where, stat, from, to) => {
  if (!LB_SETS.includes(where.set)) return null;
  const read = line((flows) => flows.active);
  const found = gauge(
    minutesFrom(from, to, (minute) => read(world, minute, where.zone)),
    stat,
  );
  return found === null ? null : Math.round(found * (SWING[stat] ?? 1));
};

const secure = ({ scenario }: Happened) => scenario.loadBalancer.listener?.protocol === "TLS";
const ofTls = (metric: Metric, tls: boolean): Metric => {
  return (world, where, stat, from, to) => (secure(world) === tls ? metric(world, where, stat, from, to) : null);
};

const fresh = line((flows) => flows.fresh);
/** Bytes and packets of a flow. */
const BYTES = 11_800;
const PACKETS = 22;
const bytes: Read = (world, minute, zone) => fresh(world, minute, zone) * BYTES;
const packets: Read = (world, minute, zone) => fresh(world, minute, zone) * PACKETS;

/** Capacity units of a minute: 800 new flows a second, 100,000 active ones, 1 GB an hour (ELB pricing, TCP). */
const units: Read = (world, minute, zone) =>
  Math.max(
    fresh(world, minute, zone) / 60 / 800,
    line((flows) => flows.active)(world, minute, zone) / 100_000,
    (bytes(world, minute, zone) * 60) / 1e9,
  );

const hosts = (healthy: boolean): Metric => {
  return (world, where, stat, from, to) =>
    TG_SETS.includes(where.set) ? hostCount(world, where, stat, from, to, healthy) : null;
};

/** CloudWatch metrics for Gateway Load Balancers; a Network Load Balancer has them too. */
const GATEWAY: { readonly [name: string]: Metric } = {
  ActiveFlowCount: active,
  NewFlowCount: counted(fresh, true),
  ProcessedBytes: counted(bytes, true),
  ConsumedLCUs: (world, where, stat, from, to) =>
    where.set === "LB"
      ? gauge(
          minutesFrom(from, to, (minute) => units(world, minute, null)),
          stat,
        )
      : null,
  HealthyHostCount: hosts(true),
  UnHealthyHostCount: hosts(false),
};

/** CloudWatch metrics for your Network Load Balancer: which are always reported, and in which sets. */
const NETWORK: { readonly [name: string]: Metric } = {
  ActiveFlowCount_TCP: ofTls(active, false),
  ActiveFlowCount_TLS: ofTls(active, true),
  NewFlowCount_TCP: ofTls(counted(fresh, false), false),
  NewFlowCount_TLS: ofTls(counted(fresh, false), true),
  ProcessedBytes_TCP: ofTls(counted(bytes, false), false),
  ProcessedBytes_TLS: ofTls(counted(bytes, false), true),
  ProcessedPackets: counted(packets, true),
  PeakPacketsPerSecond: (world, where, stat, from, to) =>
    LB_SETS.includes(where.set)
      ? gauge(
          minutesFrom(from, to, (minute) => Math.round((packets(world, minute, where.zone) / 60) * 1.3)),
          stat,
        )
      : null,
  TCP_Client_Reset_Count: counted(
    line((flows) => flows.resets.client),
    true,
  ),
  TCP_ELB_Reset_Count: counted(
    line((flows) => flows.resets.balancer),
    true,
  ),
  TCP_Target_Reset_Count: counted(
    line((flows) => flows.resets.target),
    true,
  ),
  PortAllocationErrorCount: counted(
    line((flows) => flows.unported),
    true,
  ),
  RejectedFlowCount: counted(
    line((flows) => flows.rejected),
    true,
  ),
  RejectedFlowCount_TCP: counted(
    line((flows) => flows.rejected),
    false,
  ),
  UnhealthyRoutingFlowCount: ofTls(
    counted(
      line((flows) => flows.failOpen),
      false,
    ),
    false,
  ),
  ClientTLSNegotiationErrorCount: ofTls(counted(failedHandshakes, false, ["LB"]), true),
  TargetTLSNegotiationErrorCount: ofTls(
    counted((world, minute, zone) => unnegotiatedIn(world, { zone }, minute), false, ["LB"]),
    true,
  ),
};
