import type { Input } from "../../src/model/question.ts";
import { LEAD } from "../clock.ts";
import { Random } from "../random.ts";
import type { TrailRecord } from "../scenario.ts";
import { focusPodIp, type Happened } from "../world.ts";
import { arnOf, elsewhere, USER_AGENTS } from "./names.ts";
import { type Recorded, recorded, subjectsHere } from "./requests.ts";
import type { Actor } from "./spec.ts";

/** One event of the trail. */
export interface TrailEvent extends Recorded {
  /** Epoch seconds, a whole one. */
  readonly at: number;
  readonly name: string;
  readonly readOnly: boolean;
  readonly arn: string;
  readonly userAgent: string;
  readonly error?: string;
}

const CONTROLLER: Actor = { kind: "controller", name: "1764230400000000000" };

/** All events of a world, in no order: what people changed, and what the load balancer's controller does all day. */
export function trailEvents(world: Happened): TrailEvent[] {
  const { scenario, start } = world;
  const { changes, trail = [], place } = scenario;
  const window = start + LEAD;
  const given = trail.map((record) => ofRecord(record, window));
  if (!changes) return given;
  const [here, there] = [subjectsHere(world), elsewhere(scenario)];
  const made = changes.map(({ at, by, where, what }): TrailEvent => {
    const call = recorded(world, what, where === "here" ? here : there);
    const who = { arn: arnOf(by, place.account), userAgent: USER_AGENTS[by.kind] };
    return { ...call, ...who, at: Math.round(window + at), name: what.call, readOnly: false };
  });
  return [...given, ...made, ...ofController(world)];
}

function ofRecord({ at, name, source, readOnly = false, arn, error, request, response }: TrailRecord, window: number) {
  const told = { source, request, response: response ?? null, resources: [], userAgent: USER_AGENTS.user };
  return { ...told, at: Math.round(window + at), name, readOnly, arn, ...(error !== undefined && { error }) };
}

/** Targets that come and go, here and at the account's other load balancers, and looks at both. */
function ofController(world: Happened): TrailEvent[] {
  const { scenario, start, truth, arns } = world;
  const random = new Random(scenario.seed, "controller");
  const who = { arn: arnOf(CONTROLLER, scenario.place.account), userAgent: USER_AGENTS.controller };
  const call = (name: string, at: number, request: Input): TrailEvent => {
    const told = { source: "elasticloadbalancing", request, response: null, resources: [] };
    return { ...told, ...who, at: Math.round(start + at), name, readOnly: name.startsWith("Describe") };
  };
  const group = arns.targetGroups[0] ?? "";
  const moved =
    scenario.focus.targetType === "instance"
      ? []
      : truth.pods.flatMap((pod) => {
          const request = {
            targetGroupArn: group,
            targets: [{ id: focusPodIp(world, pod), port: scenario.focus.targetPort }],
          };
          const gone = pod.left ?? pod.ended;
          return [
            ...(pod.created === null ? [] : [call("RegisterTargets", pod.started ?? pod.created, request)]),
            ...(gone === null ? [] : [call("DeregisterTargets", gone, request)]),
          ];
        });
  const other = elsewhere(scenario).targetGroups[0];
  const noise = Array.from({ length: random.integer(60, 220) }, () => {
    const targets = [{ id: `10.0.${random.integer(0, 255)}.${random.integer(4, 250)}`, port: 8080 }];
    const at = random.between(0, truth.length);
    return call(random.pick(["RegisterTargets", "DeregisterTargets"]), at, { targetGroupArn: other, targets });
  });
  const looks = Array.from({ length: random.integer(100, 300) }, () =>
    call(
      random.pick(["DescribeTargetHealth", "DescribeTargetGroups", "DescribeRules"]),
      random.between(0, truth.length),
      {
        targetGroupArn: group,
      },
    ),
  );
  return [...moved, ...noise, ...looks];
}
