import {
  defineFix,
  logGroup,
  percent,
  plain,
  plural,
  type ReadLog,
  shellQuoted,
  times,
  worstTargets,
} from "../../../src/playbook.ts";
import { requestLogFact } from "../../evidence/access-logs/fact.ts";
import worse from "../../signals/one-target-worse.ts";

/**
 * The one target that is slow or fails is taken out: its pod is deleted, and where it would come back to the same node,
 * that node gets no new pods first. Taken out of its target group alone it would be registered again by the controller.
 */
export default defineFix({
  id: "take-target-out",
  for: ["bad-target"],
  uses: { log: requestLogFact },
  propose(facts, verdict) {
    const { alarm, suspect, log, workload, topology, targetGroups } = facts;
    const group = suspect?.group;
    if (verdict.rootCause !== "bad-target" || !alarm || !group || !log || !targetGroups) return null;
    // Where the nodes' disks showed it, the log's worst target is not proven to be the one.
    if (worse.read({ alarm, log, suspect, targetGroups }).answer !== "yes") return null;
    const by = alarm.metric.startsWith("HTTPCode_") ? "errors" : "time";
    const [worst] = worstTargets(log, logGroup(group.arn), by);
    if (!worst) return null;
    const { address, port } = partsOf(worst.target);
    const pod = workload?.pods.find(({ ip }) => ip === address);
    const namespace = shellQuoted(workload?.namespace ?? "");
    const rest = (topology?.healthy ?? worst.targets) - 1;
    const deregister = `aws elbv2 deregister-targets --target-group-arn ${shellQuoted(group.arn)} --targets ${shellQuoted(`Id=${address},Port=${port}`)}`;
    const figure =
      by === "time"
        ? `${times(worst.slower ?? 1)} as long as the others for the same paths`
        : `${percent(worst.ofErrors ?? 0)} of the errors`;
    return {
      id: "take-target-out",
      for: ["bad-target"],
      title: `take ${pod ? `pod ${pod.name}` : `target ${worst.target}`} out of ${group.name}`,
      why: `It has ${figure}, in each episode that was read, and no other target has: without it the requests go to those that answer as usual.`,
      risk: riskOf(rest, pod !== undefined),
      changes: pod ? [removal(pod.name, namespace)] : [],
      preconditions: [
        ...(rest < 1
          ? ["start another one first: it is the only target"]
          : [`the other ${plural(rest, "target")} can take ${times((rest + 1) / rest)} their requests`]),
        ...(pod
          ? [
              `its log and its events before it is gone: kubectl logs -n ${namespace} ${shellQuoted(pod.name)} --all-containers, kubectl describe pod -n ${namespace} ${shellQuoted(pod.name)}`,
              ...(pod.node
                ? [
                    `if its node is what is wrong (kubectl describe node ${shellQuoted(pod.node)}; other pods on it are slow too), it gets no new pods first: kubectl cordon ${shellQuoted(pod.node)}`,
                  ]
                : []),
            ]
          : [
              `no pod of this cluster has its address: ${deregister} takes it out where no controller registers it again`,
            ]),
      ],
      verify: [
        `the access log of the next load: no target stands out, and none has ${worst.target}`,
        "the alarm stays OK under the next comparable load (lbdoctor verify)",
      ],
      rollback: pod
        ? [...(pod.node ? [`kubectl uncordon ${shellQuoted(pod.node)}`] : [])]
        : [deregister.replace("deregister-targets", "register-targets")],
      arithmetic: arithmeticOf(log, group.arn, by, rest),
      notOffered: [
        {
          id: "more-pods",
          title: "more pods",
          because: `the bad one would still get its share of the requests, 1 of ${plain(rest + 2)} with one more pod`,
          evidence: ["access-logs.targets"],
        },
        ...(pod
          ? [
              {
                id: "deregister",
                title: "take its address out of the target group only",
                because:
                  "whatever registers the pods with the target group registers it again while the pod is ready (AWS Load Balancer Controller)",
                evidence: ["access-logs.targets"],
              },
            ]
          : []),
      ],
    };
  },
});

function removal(pod: string, namespace: string) {
  const command = `kubectl delete pod -n ${namespace} ${shellQuoted(pod)}`;
  return { target: `pod ${pod}`, patch: command, command, lines: ["- the pod; its controller makes another"] };
}

function riskOf(rest: number, isPod: boolean): string {
  const missing = isPod ? "until the new pod is ready" : "from then on";
  if (rest < 1) return "It is the only target: without it no request is served.";
  return `${missing[0]?.toUpperCase()}${missing.slice(1)} the other ${plural(rest, "target")} carry ${times((rest + 1) / rest)} their requests. What made it bad is gone with the pod: look first.`;
}

function arithmeticOf(log: ReadLog, arn: string, by: "time" | "errors", rest: number): string[] {
  const all = worstTargets(log, logGroup(arn), by);
  return [
    ...all.map(
      ({ episode, target, slower, ofErrors, requests }) =>
        `episode ${episode}: ${target}, ${plural(requests, "request")}, ${by === "time" ? `${times(slower ?? 1)} as long as the others` : `${percent(ofErrors ?? 0)} of the errors`}`,
    ),
    ...(rest < 1
      ? []
      : [
          `${rest + 1} targets, ${rest} without it: ${rest + 1} / ${rest} = ${times((rest + 1) / rest)} the requests each`,
        ]),
  ];
}

/** "10.0.3.7:8080" and "[2001:db8::7]:8080" in their parts. */
function partsOf(target: string): { readonly address: string; readonly port: string } {
  const colon = target.lastIndexOf(":");
  const address = target.slice(0, colon);
  return { address: address.replace(/^\[|\]$/g, ""), port: target.slice(colon + 1) };
}
