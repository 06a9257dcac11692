import type {
  AlarmFact,
  CallChange,
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
  /** ARNs of the certificates that its listeners show; null where not all of them were read. */
  readonly certificates: ReadonlySet<string> | null;
}

export type Reach = Pick<ChangeFact, "reaches" | "because">;

/**
 * Whether a change can touch what the alarm is about, by the objects that it names. Only what is known to be apart is "no";
 * a network ACL or a web ACL whose place was not read stays possible.
 */
export function reachOf(change: Pick<CallChange, "kind" | "touches" | "settings">, scene: Scene): Reach {
  const { touches } = change;
  const { CertificateArn: watched } = scene.alarm.dimensions;
  if (watched !== undefined) return ofCertificate(watched, touches, scene);
  const apart = apartFromHandshakes(change, scene.alarm);
  if (apart !== null) return { reaches: "no", because: apart };
  const groups = touches.filter(({ kind: of }) => of === "target group");
  // A certificate that a listener is given matters where that listener does.
  const isOfListener = touches.some(({ kind: of }) => of === "listener" || of === "load balancer");
  const others = touches.filter(({ kind: of }) => of !== "target group" && !(of === "certificate" && isOfListener));
  const behind = groups.length > 0 ? groups.map(({ id }) => id) : groupsOfRules(others, scene);
  const read = others.map((one) => ofOne(one, scene));
  const other = read.find(({ reaches }) => reaches === "no");
  // A rule of another load balancer, whatever else it names.
  if (other && read.every(({ reaches }) => reaches === "no")) return other;
  if (behind.length > 0) return ofGroups(behind, scene);
  return (
    read.find(({ reaches }) => reaches === "yes") ??
    read.find(({ reaches }) => reaches === "maybe") ?? { reaches: "maybe", because: "what it touches is not recorded" }
  );
}

/** Changes on which a client's handshake can depend: rules, checks and targets come after it, the network before it. */
const OF_CLIENTS: ReadonlySet<ChangeFact["kind"]> = new Set(["certificate", "alarm", "other"]);

/**
 * Why a TLS handshake of the kind that the alarm counts cannot depend on a change; null where it may. Towards its targets
 * a load balancer shows no certificate, but its listener's policy decides the protocols (User Guide, Security policies).
 */
function apartFromHandshakes(
  { kind, settings }: Pick<CallChange, "kind" | "settings">,
  { metric }: AlarmFact,
): string | null {
  if (metric === "ClientTLSNegotiationErrorCount" && !OF_CLIENTS.has(kind))
    return "clients' TLS handshakes do not depend on it";
  if (
    metric === "TargetTLSNegotiationErrorCount" &&
    kind === "certificate" &&
    !settings.some(({ name }) => name === "sslPolicy")
  )
    return "TLS handshakes with targets do not depend on it";
  return null;
}

/** The alarm watches one certificate, whatever shows it. */
function ofCertificate(watched: string, touches: readonly Touched[], scene: Scene): Reach {
  if (touches.some(({ id }) => id === watched)) return { reaches: "yes", because: "it touches the certificate" };
  const alarm = touches.find(({ kind }) => kind === "alarm");
  return alarm ? ofOne(alarm, scene) : { reaches: "no", because: "it does not touch the certificate" };
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

function ofOne({ kind, id }: Touched, { alarm, balancer, dimension, loadBalancer, certificates }: Scene): Reach {
  switch (kind) {
    case "load balancer":
      return id === balancer || id === alarm.dimensions.LoadBalancerName
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
    case "certificate":
      if (certificates?.has(id)) return { reaches: "yes", because: "it touches a certificate of the listeners" };
      return certificates
        ? { reaches: "no", because: "no listener of the load balancer has that certificate" }
        : { reaches: "maybe", because: "whether a listener has that certificate was not read" };
    case "security group":
      return loadBalancer?.securityGroups?.includes(id)
        ? { reaches: "yes", because: "it touches a security group of the load balancer" }
        : { reaches: "maybe", because: "whether the targets are in that security group was not read" };
    default:
      return { reaches: "maybe", because: `whether that ${kind} is on the path to the targets was not read` };
  }
}
