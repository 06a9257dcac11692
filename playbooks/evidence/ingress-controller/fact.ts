import {
  type FactToken,
  fact,
  type GroupSeries,
  type Question,
  type Series,
  sharedFact,
} from "../../../src/playbook.ts";
import type { ControllerName } from "./known.ts";

/** What an ingress controller sent to one backend in some time. */
export interface BackendLoad {
  readonly requests: number;
  /** Mean seconds that the backend took for one of them; null where the controller does not tell, or there were none. */
  readonly seconds: number | null;
  /** Those that were answered 5xx; 4xx where the alarm counts those. Null where that could not be read. */
  readonly errors: number | null;
}

/** A Service to which an ingress controller sends requests. */
export interface Backend {
  /** "namespace/name"; the controller's own name of it where no Service is known by it. */
  readonly name: string;
  readonly service: { readonly namespace: string; readonly name: string } | null;
  /** Outside the episodes. */
  readonly usual: BackendLoad;
  readonly episodes: readonly (BackendLoad & { readonly episode: number })[];
}

export interface IngressController {
  readonly controller: ControllerName;
  /** How it is known: "image registry.k8s.io/ingress-nginx/controller:v1.12.1". */
  readonly knownBy: string;
  /** Null: its metrics of each backend are not there. */
  readonly backends: readonly Backend[] | null;
  /** Whether the window's only episode is long, and its halves stand for two. */
  readonly halves?: true;
  /**
   * The load balancer's own view of each episode: its requests, and the seconds by which they took longer than usual, all
   * together; none where it is not read.
   */
  readonly seen: readonly { readonly episode: number; readonly requests: number; readonly seconds: number }[];
}

/** The ingress controller that the pods are; null: none that is known. */
export interface IngressControllerFact {
  readonly found: IngressController | null;
}

export const ingressControllerFact = fact<IngressControllerFact>("ingress-controller", "the ingress controller");

/** What the controller's metrics tell of one backend by the minute. */
export interface BackendSeries extends GroupSeries {
  /** Answers that count as failed. */
  readonly failed: Series;
}

/** The one backend that is slow or fails while others are as ever, as the controller in front of it saw it. */
export interface GuiltyBackend {
  readonly controller: ControllerName;
  readonly service: { readonly namespace: string; readonly name: string };
  /** The ARN of the target group in front of the controller. */
  readonly targetGroup: string;
  /** All backends; the guilty one is called as its Service, "namespace/name". */
  readonly backends: readonly BackendSeries[];
  readonly failedClass: "4xx" | "5xx";
  /** What shows how long each of them took, and what they answered. */
  readonly proof: readonly Question[];
}

export const guiltyBackendFact: FactToken<GuiltyBackend> = {
  ...fact<GuiltyBackend>("guiltyBackend", "the backend to look into"),
  // Only behind an ingress controller is there one.
  optional: true,
};

export const ledToFact = sharedFact("ledTo", "where the trouble leads", true);

export const behindFact = sharedFact("behind", "the services behind the ingress controller", true);

export const frontFact = sharedFact("front", "the ingress controller in front", true);
