/** What is different behind a Network Load Balancer, whose targets leave slowly and whose connections last. */
import { type Facts, type Fix, objectChange, shellQuoted, whereItLives } from "../../../src/playbook.ts";
import { ATTRIBUTES, isOfService, MERGE_ATTRIBUTES, namedService } from "../of-service.ts";

/**
 * Seconds that a Network Load Balancer was measured to go on sending new connections to an address that it deregisters,
 * whatever its deregistration delay (kubernetes-sigs/aws-load-balancer-controller, issue 2366).
 */
export const SENT_ON = 120;

const DELAY = "deregistration_delay.timeout_seconds";

/** Whether pods' addresses are the targets of a Network Load Balancer: of nodes none leaves with a pod. */
export function isOfFlows({ loadBalancer, topology }: Partial<Facts>): boolean {
  return loadBalancer?.type === "network" && topology?.targetType === "ip";
}

interface DelayChange {
  readonly change: Fix["changes"][number];
  readonly rollback: string;
  readonly before: readonly string[];
  readonly told: string;
}

/**
 * A deregistration delay of `wait` seconds, where the load balancer closes what is left after a shorter one: as long as the
 * pod waits, its connections stay. Null where it does not close them, or that is not known.
 */
export function longerDelay(facts: Partial<Facts>, wait: number): DelayChange | null {
  const { topology, service, targetGroups, workload, suspect } = facts;
  const delay = topology?.deregistrationDelay ?? null;
  const arn = suspect?.group?.arn ?? service?.targetGroup;
  if (!isOfFlows(facts) || topology?.endsConnections !== true || delay === null || delay >= wait || !arn) return null;
  const group = targetGroups?.find((one) => one.arn === arn);
  const told = `the load balancer closes what is left of a leaving target's connections after ${delay} s: ${wait} s leave them as long as the pod waits`;
  if (group && service && isOfService(group)) {
    const by = workload?.appliedBy ?? "unknown";
    const patch = (seconds: number) => ({ metadata: { annotations: { [ATTRIBUTES]: `${DELAY}=${seconds}` } } });
    const change = objectChange(by, namedService(service), "merge", patch(wait), patch(delay));
    const rollback = objectChange(by, namedService(service), "merge", patch(delay)).command;
    return { change, rollback, before: [whereItLives(by), MERGE_ATTRIBUTES], told };
  }
  const command = (seconds: number) =>
    `aws elbv2 modify-target-group-attributes --target-group-arn ${shellQuoted(arn)} --attributes Key=${DELAY},Value=${seconds}`;
  return {
    change: {
      target: `target group ${group?.name ?? arn}`,
      patch: `${DELAY}: ${wait}`,
      command: command(wait),
      lines: [`- ${DELAY}: ${delay}`, `+ ${DELAY}: ${wait}`],
    },
    rollback: command(delay),
    before: [
      "if Terraform or another tool made the target group, make the change there: otherwise the old delay comes back",
    ],
    told,
  };
}
