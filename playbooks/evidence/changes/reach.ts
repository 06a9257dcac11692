import type {
  AlarmFact,
  ChangeFact,
  LoadBalancerFact,
  Span,
  SuspectFact,
  TargetGroupFact,
  Touched,
} from "../../../src/playbook.ts";

/** What a change is held against. */
export interface Scene {
  readonly alarm: AlarmFact;
  readonly window: Span;
  /** The load balancer's ARN, and its dimension: "app/name/id". */
  readonly balancer: string;
  readonly dimension: string;
  readonly loadBalancer: LoadBalancerFact | null;
  readonly groups: readonly TargetGroupFact[];
  readonly suspect: SuspectFact | null;
}

export type Reach = Pick<ChangeFact, "reaches" | "because">;

/**
 * Whether a change can touch what the alarm is about, by the objects that it names. Only what is known to be apart is "no";
 * a network ACL or a web ACL whose place was not read stays possible.
 */
export function reachOf(touches: readonly Touched[], scene: Scene): Reach {
  const groups = touches.filter(({ kind }) => kind === "target group");
  const others = touches.filter(({ kind }) => kind !== "target group");
  const behind = groups.length > 0 ? groups.map(({ id }) => id) : groupsOfRules(others, scene);
  const read = others.map((one) => ofOne(one, scene));
  const apart = read.find(({ reaches }) => reaches === "no");
  // A rule of another load balancer, whatever else it names.
  if (apart && read.every(({ reaches }) => reaches === "no")) return apart;
  if (behind.length > 0) return ofGroups(behind, scene);
  return (
    read.find(({ reaches }) => reaches === "yes") ??
    read.find(({ reaches }) => reaches === "maybe") ?? { reaches: "maybe", because: "what it touches is not recorded" }
  );
}

/** The target groups to which the rules that are named lead today. */
function groupsOfRules(touches: readonly Touched[], { loadBalancer }: Scene): string[] {
  const rules = loadBalancer?.rules ?? [];
  return touches.flatMap(({ kind, id }) =>
    kind === "rule"
      ? rules.filter(({ arn }) => arn === id).flatMap((one) => one.targetGroups.map(({ arn }) => arn))
      : [],
  );
}

function ofGroups(arns: readonly string[], { groups, suspect, alarm }: Scene): Reach {
  const name = (arn: string) => groups.find((one) => one.arn === arn)?.name ?? arn.split("/").at(-2) ?? arn;
  const wanted = suspect?.group?.arn;
  if (wanted !== undefined && arns.includes(wanted))
    return { reaches: "yes", because: `it touches target group ${name(wanted)}, where the trouble is` };
  if (groups.length > 0 && !arns.some((arn) => groups.some((one) => one.arn === arn)))
    return {
      reaches: "no",
      because: `it touches target group ${name(arns[0] ?? "")}, which does not belong to this load balancer`,
    };
  const isOwn = suspect?.isOwn === true || alarm.dimensions.TargetGroup !== undefined;
  if (wanted !== undefined && isOwn)
    return {
      reaches: "no",
      because: `it touches target group ${name(arns[0] ?? "")}, and the trouble is in ${name(wanted)}`,
    };
  return { reaches: "maybe", because: "which target group is in trouble is not known" };
}

function ofOne({ kind, id }: Touched, { alarm, balancer, dimension, loadBalancer }: Scene): Reach {
  switch (kind) {
    case "load balancer":
      return id === balancer || id === loadBalancer?.name
        ? { reaches: "yes", because: "it touches the load balancer" }
        : { reaches: "no", because: "it touches another load balancer" };
    case "listener":
    case "rule":
      return id.includes(`/${dimension}/`)
        ? { reaches: "yes", because: `it touches a ${kind} of the load balancer` }
        : { reaches: "no", because: `it touches a ${kind} of another load balancer` };
    case "alarm":
      return id === alarm.name || id === alarm.composite
        ? { reaches: "yes", because: "it touches the alarm itself" }
        : { reaches: "no", because: "it touches another alarm" };
    case "security group":
      return loadBalancer?.securityGroups?.includes(id)
        ? { reaches: "yes", because: "it touches a security group of the load balancer" }
        : { reaches: "maybe", because: "whether the targets are in that security group was not read" };
    default:
      return { reaches: "maybe", because: `whether that ${kind} is on the path to the targets was not read` };
  }
}
