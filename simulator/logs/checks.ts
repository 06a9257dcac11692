import { Random } from "../random.ts";
import { focusPodIp, type Happened } from "../world.ts";
import { type LogLine, stamp } from "./lines.ts";

/** A registered target and what became of its checks. Times are seconds after the simulation's start. */
interface Checked {
  readonly address: string;
  readonly group: string;
  readonly from: number;
  readonly to: number;
  readonly checks: readonly { readonly at: number; readonly seconds: number; readonly failure: Failure | null }[];
}

interface Failure {
  /** What the target answered; "-": nothing. */
  readonly code: string;
  readonly reason: "RequestTimedOut" | "ConnectionTimedOut" | "ConnectionReset" | "ResponseCodeMismatch";
}

/**
 * Lines of the health-check log of checks that began in [from, to), epoch seconds: its 8 documented fields (Health check
 * logs, "Syntax"). Every node of the load balancer checks every target.
 */
export function checkLines(world: Happened, from: number, to: number): LogLine[] {
  const { scenario, start } = world;
  if (!scenario.logs?.on.includes("health-check")) return [];
  const type = scenario.focus.protocol === "HTTPS" ? "https" : "http";
  const lines = [...ofFocus(world), ...ofOthers(world)].flatMap((target) =>
    target.checks
      .filter(({ at }) => at >= target.from && at < target.to)
      .flatMap(({ at, seconds, failure }) =>
        scenario.place.zones.map((_, zone) => {
          const moment = start + at + 0.003 * zone;
          const result = failure ? `FAIL ${failure.code} ${failure.reason}` : "PASS 200 -";
          const text = `${type} ${stamp(moment)} ${seconds.toFixed(9)} ${target.address} ${target.group} ${result}`;
          return { at: moment, zone, text };
        }),
      ),
  );
  return lines.filter(({ at }) => at >= from && at < to).sort((a, b) => a.at - b.at);
}

function ofFocus(world: Happened): Checked[] {
  const { scenario, truth } = world;
  const { focus, nodes } = scenario;
  const { targetGroup: group } = focus;
  if (scenario.seen?.instances) return [];
  if (focus.targetType === "instance")
    return nodes.map(({ ip, instanceId }) => ({
      ...{ address: `${ip}:${focus.nodePort}`, group, from: 0, to: truth.length },
      checks: checksOf(world, instanceId, (at) =>
        truth.pods.some((pod) => pod.ready <= at && (pod.ended ?? Infinity) > at),
      ),
    }));
  return truth.pods.map((pod) => ({
    ...{ address: `${focusPodIp(world, pod)}:${focus.targetPort}`, group },
    from: pod.started ?? 0,
    to: Math.min(pod.left ?? Infinity, pod.ended ?? Infinity, truth.length),
    checks: checksOf(
      world,
      pod.name,
      (at) => pod.ready <= at && !pod.restarts.some((one) => one.at <= at && at < one.until),
    ),
  }));
}

function checksOf({ scenario, truth }: Happened, target: string, listens: (at: number) => boolean): Checked["checks"] {
  const { timeout } = scenario.focus.healthCheck;
  const random = new Random(scenario.seed, `log checks ${target}`);
  return truth.checks.results(target).map(({ at, seconds, lost }) => {
    if (lost === "garbled") return { at, seconds: 0.002, failure: { code: "400", reason: "ResponseCodeMismatch" } };
    if (lost === null && !listens(at)) return { at, seconds: 0.001, failure: { code: "-", reason: "ConnectionReset" } };
    if (lost === "blocked") return { at, seconds: timeout, failure: { code: "-", reason: "ConnectionTimedOut" } };
    if (seconds > timeout) return { at, seconds: timeout, failure: { code: "-", reason: "RequestTimedOut" } };
    return { at, seconds: seconds > 0 ? seconds : random.between(0.001, 0.02), failure: null };
  });
}

function ofOthers({ scenario, truth }: Happened): Checked[] {
  return scenario.others.flatMap(({ targetGroup, nodePort }, index) =>
    scenario.nodes.map(({ ip }) => {
      const random = new Random(scenario.seed, `log checks ${index} ${ip}`);
      const count = Math.floor(truth.length / 15);
      const first = random.between(0, 15);
      const checks = Array.from({ length: count }, (_, check) => ({
        ...{ at: first + check * 15, seconds: random.between(0.001, 0.02), failure: null },
      }));
      return { address: `${ip}:${nodePort}`, group: targetGroup, from: 0, to: truth.length, checks };
    }),
  );
}
