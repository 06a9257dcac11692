import type { AlarmFact } from "../model/facts.ts";

/** What an alarm's dimensions select, and what is wrong with them. */
export interface AlarmScope {
  /** For example "load balancer shop-prod in eu-west-1a", to stand after "of". */
  readonly scopeWords: string;
  /** Why no metric can have these dimensions, so that the alarm watches nothing; null where one can. */
  readonly fault: string | null;
  /** What to change; null without a fault. */
  readonly remedy: string | null;
}

type Watched = Pick<AlarmFact, "namespace" | "metric" | "dimensions">;

/** How the load balancer's dimension of a namespace is called and how its value begins. */
interface Kind {
  readonly called: string;
  readonly dimension: string;
  readonly prefix: string;
}

/** Dimensions: "CloudWatch metrics for your …" in the guides of the four kinds of load balancer. */
const KINDS = new Map<string, Kind>([
  ["AWS/ApplicationELB", { called: "an Application Load Balancer", dimension: "LoadBalancer", prefix: "app/" }],
  ["AWS/NetworkELB", { called: "a Network Load Balancer", dimension: "LoadBalancer", prefix: "net/" }],
  ["AWS/GatewayELB", { called: "a Gateway Load Balancer", dimension: "LoadBalancer", prefix: "gwy/" }],
  ["AWS/ELB", { called: "a Classic Load Balancer", dimension: "LoadBalancerName", prefix: "" }],
]);

/** Published for a target group alone as well (CloudWatch metrics for ALB). */
const OF_A_GROUP_ALONE = /^(RequestCountPerTarget|Lambda(UserError|InternalError|TargetProcessedBytes))$/;
/** Published for each target group only. */
const OF_A_GROUP =
  /^((Un)?HealthyHostCount|(Un)?HealthyState\w+|AnomalousHostCount|MitigatedHostCount|ActiveZonalShiftHostCount|RequestCountPerTarget)$/;
/** Published for the load balancer only: what it does itself has no target group. */
const OF_A_BALANCER =
  /^(HTTPCode_ELB_\w+|\w*ActiveConnectionCount|NewConnectionCount|RejectedConnectionCount|ClientTLSNegotiationErrorCount|ProcessedBytes|ConsumedLCUs|PeakLCUs|ReservedLCUs|CapacityUtilization|RuleEvaluations|ELBAuth\w+|DesyncMitigation\w+|HTTP_\w+_Count|IPv6ProcessedBytes|NonStickyRequestCount|TargetControl\w+|LowReputation\w+)$/;
/** Published for the load balancer as a whole only: its capacity has no zone. */
const OF_THE_WHOLE = /^(ConsumedLCUs|PeakLCUs|ReservedLCUs|CapacityUtilization|RuleEvaluations)$/;

/** What the dimensions of an alarm on a load balancer's metric select; of other namespaces they are only told. */
export function alarmScope({ namespace, metric, dimensions }: Watched): AlarmScope {
  const kind = KINDS.get(namespace);
  if (!kind) return { scopeWords: listedDimensions(dimensions), fault: null, remedy: null };
  const wrong = faultOf(kind, metric, dimensions);
  const scopeWords = wrong ? listedDimensions(dimensions) : words(kind, metric, dimensions);
  return { scopeWords, fault: wrong?.fault ?? null, remedy: wrong?.remedy ?? null };
}

type Dimensions = AlarmFact["dimensions"];
type Wrong = { readonly fault: string; readonly remedy: string } | null;

function faultOf(kind: Kind, metric: string, dimensions: Dimensions): Wrong {
  const isClassic = kind.dimension === "LoadBalancerName";
  const known = [kind.dimension, "AvailabilityZone", ...(isClassic ? [] : ["TargetGroup"])];
  const unknown = Object.keys(dimensions).find((name) => !known.includes(name));
  if (unknown !== undefined)
    return {
      fault: `no metric of ${kind.called} has the dimension ${unknown}`,
      remedy: `use ${known.join(", ")} as its dimensions`,
    };
  const balancer = dimensions[kind.dimension];
  const group = dimensions.TargetGroup;
  return (
    (balancer === undefined ? null : wrongBalancer(kind, balancer)) ??
    (group === undefined ? null : wrongGroup(group)) ??
    wrongSet(kind, metric, dimensions)
  );
}

function wrongBalancer({ called, dimension, prefix }: Kind, value: string): Wrong {
  if (value.startsWith("arn:")) return wholeArn(dimension, value, /:loadbalancer\/(.+)$/);
  const right = prefix === "" ? "the load balancer's name alone" : `${prefix}NAME/ID, the end of its ARN`;
  const remedy = `give ${dimension} as ${right}`;
  if (prefix === "")
    return value.includes("/") ? { fault: `${dimension} ${value} is not the name of ${called}`, remedy } : null;
  if (value.startsWith(prefix) && value.split("/").length === 3) return null;
  if (/^loadbalancer\//.test(value)) return { fault: `${dimension} begins with "loadbalancer/"`, remedy };
  return { fault: `${dimension} ${value} is not the one of ${called}`, remedy };
}

function wrongGroup(value: string): Wrong {
  if (value.startsWith("arn:")) return wholeArn("TargetGroup", value, /:(targetgroup\/.+)$/);
  if (value.startsWith("targetgroup/") && value.split("/").length === 3) return null;
  return {
    fault: `TargetGroup ${value} is not the one of a target group`,
    remedy: "give TargetGroup as targetgroup/NAME/ID, the end of its ARN",
  };
}

function wholeArn(dimension: string, arn: string, end: RegExp): Wrong {
  const right = end.exec(arn)?.[1];
  return {
    fault: `the dimension ${dimension} holds a whole ARN, so there is no such metric`,
    remedy: `give ${dimension} as ${right ?? "the end of the ARN"} (Terraform: arn_suffix instead of arn)`,
  };
}

/** Whether the metric is published for these dimensions together: CloudWatch answers any other set with nothing. */
function wrongSet({ called, dimension }: Kind, metric: string, dimensions: Dimensions): Wrong {
  const [balancer, group] = [dimensions[dimension], dimensions.TargetGroup];
  if (balancer === undefined && group === undefined)
    return { fault: `it names no load balancer`, remedy: `add the dimension ${dimension}` };
  if (balancer === undefined && !OF_A_GROUP_ALONE.test(metric))
    return {
      fault: `${metric} of ${called} is not published for a target group without its load balancer`,
      remedy: `add the dimension ${dimension}`,
    };
  if (dimension === "LoadBalancerName") return null;
  if (group === undefined && OF_A_GROUP.test(metric))
    return {
      fault: `${metric} of ${called} is published for each target group only`,
      remedy: "add the dimension TargetGroup",
    };
  if (dimensions.AvailabilityZone !== undefined && OF_THE_WHOLE.test(metric))
    return {
      fault: `${metric} of ${called} is not published by zone`,
      remedy: "remove the dimension AvailabilityZone",
    };
  if (group !== undefined && OF_A_BALANCER.test(metric))
    return {
      fault: `${metric} of ${called} is not published for a target group`,
      remedy: "remove the dimension TargetGroup",
    };
  return null;
}

function words({ dimension }: Kind, metric: string, dimensions: Dimensions): string {
  const zone = dimensions.AvailabilityZone;
  const within = zone === undefined ? "" : ` in ${zone}`;
  const group = dimensions.TargetGroup;
  if (group !== undefined) return `target group ${nameIn(group)}${within}`;
  const name = nameIn(dimensions[dimension] ?? "");
  const together = zone === undefined && dimension === "LoadBalancer" && !OF_A_BALANCER.test(metric);
  return `load balancer ${name}${within}${together ? ", all its target groups together" : ""}`;
}

/** The name in "app/NAME/ID" or "targetgroup/NAME/ID"; a classic one is its name. */
function nameIn(value: string): string {
  return value.split("/")[1] ?? value;
}

function listedDimensions(dimensions: Dimensions): string {
  const pairs = Object.entries(dimensions).map(([name, value]) => `${name} ${value}`);
  return pairs.length === 0 ? "no dimension at all" : pairs.join(", ");
}
