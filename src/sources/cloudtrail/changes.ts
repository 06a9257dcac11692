import * as z from "../zod.ts";
import { balancerChange } from "./balancer-changes.ts";
import type { CallChange, RecordedCall } from "./call.ts";
import { classicChange, isClassic } from "./classic-changes.ts";
import { networkChange } from "./network-changes.ts";
import { otherChange } from "./other-changes.ts";

/**
 * What a recorded call changed; null for one that is of no interest here (tags, for example). In words what is wrong, where
 * its parameters do not have the shape that the service documents.
 */
export function changeOf(event: RecordedCall): CallChange | null | string {
  if (/Tags?$/.test(event.name)) return null;
  const service = event.source.replace(/\.amazonaws\.com(\.cn)?$/, "");
  try {
    if (service === "elasticloadbalancing") return isClassic(event) ? classicChange(event) : balancerChange(event);
    return service === "ec2" ? networkChange(event) : otherChange(event, service);
  } catch (error) {
    if (!(error instanceof z.core.$ZodError)) throw error;
    const place = error.issues[0]?.path.join(".") || "requestParameters";
    return `its parameters do not have the shape of ${event.name}: ${place}`;
  }
}
