import { NAMESPACES, typeOf } from "../front.ts";
import type { Happened } from "../world.ts";
import { certificateArn, certificateOf } from "./acm.ts";
import { classicValue } from "./classic-metrics.ts";
import { flowValue } from "./flow-metrics.ts";
import { metricValue } from "./metrics.ts";

const DAY = 86_400;

/** One datapoint as CloudWatch has it; null where nothing was published. `at`: epoch seconds of the period's start. */
export function publishedValue(
  world: Happened,
  namespace: string,
  name: string,
  dimensions: { readonly [name: string]: string },
  stat: string,
  at: number,
  step: number,
): number | null {
  const type = typeOf(world.scenario);
  if (namespace === "AWS/CertificateManager") return daysToExpiry(world, name, dimensions, at, step);
  if (namespace !== NAMESPACES[type]) return null;
  if (type === "application") return metricValue(world, name, dimensions, stat, at, step);
  if (type === "classic") return classicValue(world, name, dimensions, stat, at, step);
  return flowValue(world, name, dimensions, stat, at, step);
}

/** ACM publishes it twice a day, until the certificate expires (Supported CloudWatch metrics, ACM User Guide). */
function daysToExpiry(
  { scenario }: Happened,
  name: string,
  dimensions: { readonly [name: string]: string },
  at: number,
  step: number,
): number | null {
  const certificate = certificateOf(scenario);
  if (name !== "DaysToExpiry" || !certificate || Object.keys(dimensions).length !== 1) return null;
  if (dimensions.CertificateArn !== certificateArn(scenario, certificate)) return null;
  const published = Math.ceil(at / (DAY / 2)) * (DAY / 2);
  const left = (scenario.now - scenario.window + certificate.expires - published) / DAY;
  return published < at + step && published <= scenario.now && left > 0 ? Math.floor(left) : null;
}
