import { resolve } from "node:path";
import type { Access, Opening } from "../model/session.ts";
import type { LiveOriginOptions } from "./live-origin.ts";

type Reached = Pick<
  LiveOriginOptions,
  "region" | "profile" | "context" | "kubeconfig" | "prometheusUrl" | "logs" | "athena" | "athenaWorkgroup"
>;

/** What is kept of the options, so that the same sources can be asked again. */
export function kept({ profile, kubeconfig, prometheusUrl, logs, athena, athenaWorkgroup }: Reached): Access {
  return {
    ...(profile !== undefined && { profile }),
    ...(kubeconfig !== undefined && { kubeconfig: resolve(kubeconfig) }),
    ...(logs !== undefined && { logs: resolve(logs) }),
    ...(athena !== undefined && { athena }),
    ...(athenaWorkgroup !== undefined && { athenaWorkgroup }),
    ...(prometheusUrl !== undefined && URL.canParse(prometheusUrl) && { prometheusUrl: withoutLogin(prometheusUrl) }),
  };
}

/** A password must not lie on the disk. */
function withoutLogin(given: string): string {
  const url = new URL(given);
  url.username = "";
  url.password = "";
  return url.href;
}

/**
 * The options by which a session reached its sources, for asking the same account and the same cluster again; an option
 * that is given now is somebody's later thought.
 */
export function again<T extends Reached>({ source, access }: Opening, options: T): T {
  const { region, context } = source.kind === "live" ? source : { region: null, context: null };
  return { ...access, ...(region !== null && { region }), ...(context !== null && { context }), ...options };
}
