import { Random } from "../random.ts";
import { failures, statistic, strays } from "../traffic.ts";
import type { Happened } from "../world.ts";

/** Malformed requests of a minute that the load balancer answered 400; `zone` null: in all zones. */
export function malformedIn({ scenario }: Happened, zone: number | null, minute: number): number {
  const { malformed } = scenario.loadBalancer;
  if (malformed === undefined) return 0;
  const count = new Random(scenario.seed, `malformed ${minute}`).poisson(malformed);
  return zone === null || zone === minute % scenario.place.zones.length ? count : 0;
}

/** The targets' answers by class, of a group's minute in a zone. */
export function classesIn(world: Happened, group: number, zone: number, minute: number) {
  const traffic = world.groups[group];
  const count = traffic ? (statistic([traffic], zone, minute, minute + 1, "SampleCount") ?? 0) : 0;
  const { clientErrors, targetErrors } = world.scenario.loadBalancer;
  const random = new Random(world.scenario.seed, `codes ${group} ${zone} ${minute}`);
  const strayed = traffic ? strays(traffic, zone, minute) : 0;
  const broken = traffic ? failures(traffic, zone, minute) : 0;
  const bad = Math.min(count - strayed, broken + random.poisson((count - broken) * targetErrors));
  const odd = Math.min(count - bad, strayed + random.poisson((count - strayed) * clientErrors));
  return { "2xx": count - bad - odd, "4xx": odd, "5xx": bad };
}
