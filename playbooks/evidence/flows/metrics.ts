import type { MetricWanted, Series, Span } from "../../../src/playbook.ts";
import type { Flows } from "./fact.ts";

/** Protocols of which security groups count what they block. */
const PROTOCOLS = ["TCP", "UDP", "ICMP"] as const;

/**
 * Metrics and statistics of the load balancer itself, by the id under which they are asked; dimensions LoadBalancer, or
 * AvailabilityZone and LoadBalancer ("CloudWatch metrics for your Network Load Balancer").
 */
export const OF_NETWORK: { readonly [id: string]: readonly [metric: string, statistic: string] } = {
  begun: ["NewFlowCount", "Sum"],
  resetByClient: ["TCP_Client_Reset_Count", "Sum"],
  resetByBalancer: ["TCP_ELB_Reset_Count", "Sum"],
  resetByTarget: ["TCP_Target_Reset_Count", "Sum"],
  portErrors: ["PortAllocationErrorCount", "Sum"],
  rejected: ["RejectedFlowCount", "Maximum"],
  failOpen: ["UnhealthyRoutingFlowCount", "Sum"],
  ...Object.fromEntries(
    ["Inbound", "Outbound"].flatMap((way) =>
      PROTOCOLS.map((one) => [`blocked${way}${one}`, [`SecurityGroupBlockedFlowCount_${way}_${one}`, "Sum"]] as const),
    ),
  ),
};

/** A Gateway Load Balancer counts its flows and nothing of what became of them ("CloudWatch metrics for your Gateway …"). */
export const OF_GATEWAY: typeof OF_NETWORK = { begun: ["NewFlowCount", "Sum"] };

/** Of each target group; dimensions LoadBalancer and TargetGroup. What most nodes of the load balancer agree on. */
export const OF_GROUP = {
  healthy: ["HealthyHostCount", "Maximum"],
  unhealthy: ["UnHealthyHostCount", "Minimum"],
} as const;

/** What is asked of one set of dimensions, its ids ending with `suffix`. */
export function wantedOf(
  metrics: typeof OF_NETWORK,
  base: Pick<MetricWanted, "namespace" | "dimensions">,
  suffix = "",
): MetricWanted[] {
  return Object.entries(metrics).map(([id, [metric, statistic]]) => ({
    ...base,
    id: `${id}${suffix}`,
    metric,
    statistic,
  }));
}

/** The answers as one fact. */
export function toFlows(of: (id: string) => Series, window: Span, step: number): Flows {
  const blocked = (way: string) =>
    added(
      PROTOCOLS.map((one) => of(`blocked${way}${one}`)),
      window,
      step,
    );
  return {
    begun: of("begun"),
    resets: { client: of("resetByClient"), balancer: of("resetByBalancer"), target: of("resetByTarget") },
    portErrors: of("portErrors"),
    rejected: of("rejected"),
    blocked: { inbound: blocked("Inbound"), outbound: blocked("Outbound") },
    failOpen: of("failOpen"),
  };
}

/** Counts added up; a period without a datapoint of one of them counts as 0, one without any has none. */
function added(all: readonly Series[], { start }: Span, step: number): Series {
  const longest = all.reduce((best, one) => (one.values.length > best.values.length ? one : best), {
    start,
    step,
    values: [],
  } as Series);
  const at = (series: Series, index: number) =>
    series.values[index + Math.round((longest.start - series.start) / step)] ?? null;
  return {
    ...longest,
    values: longest.values.map((_, index) => {
      const here = all.flatMap((series) => at(series, index) ?? []);
      return here.length === 0 ? null : here.reduce((total, one) => total + one, 0);
    }),
  };
}
