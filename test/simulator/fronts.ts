import { publishedValue } from "../../simulator/answers/published.ts";
import { NAMESPACES, typeOf } from "../../simulator/front.ts";
import { WorldSource } from "../../simulator/source.ts";
import type { World } from "../../simulator/world.ts";

/** The first page of an answer, which the vendor gives for certain. */
export function page<T>(world: World, source: string, operation: string, input: object): T {
  const { seen, ...rest } = world.scenario;
  const { missing: _, ...kept } = seen ?? {};
  const whole = { ...world, scenario: { ...rest, ...(seen && { seen: kept }) } };
  const answer = new WorldSource(whole).answer({ source, operation, input: input as never });
  if (answer.status === "failed") throw new Error(answer.failure.message);
  return answer.pages[0] as T;
}

/** The dimensions of a set such as "AZ,LB", with the names that they have here. */
export function dimensionsOf(world: World, set: string, zone: string): { readonly [name: string]: string } {
  const { loadBalancerDimension, targetGroupDimensions } = world.arns;
  const parts = set.split(",");
  const balancer = typeOf(world.scenario) === "classic" ? "LoadBalancerName" : "LoadBalancer";
  return {
    ...(parts.includes("AZ") ? { AvailabilityZone: zone } : {}),
    ...(parts.includes("LB") ? { [balancer]: loadBalancerDimension } : {}),
    ...(parts.includes("TG") ? { TargetGroup: targetGroupDimensions[0] ?? "" } : {}),
  };
}

/** A metric's minutes, 0 where there is none. */
export function minutes(world: World, metric: string, statistic = "Sum", set = "LB", zone = ""): number[] {
  const namespace = NAMESPACES[typeOf(world.scenario)];
  const dimensions = dimensionsOf(world, set, zone);
  return Array.from(
    { length: world.minutes },
    (_, minute) => publishedValue(world, namespace, metric, dimensions, statistic, world.start + minute * 60, 60) ?? 0,
  );
}
