import type { Input } from "../src/model/question.ts";
import type { AlarmSpec } from "./alarm-spec.ts";
import type { Behind } from "./behind.ts";
import type { Beside, Canary, Faults, Routing, Seen, Stretch } from "./faults.ts";
import type { CheckSpec } from "./front.ts";
import type { LoadBalancerSpec } from "./load-balancer.ts";
import type { LogsSpec } from "./logs/spec.ts";
import type { NodeSpec } from "./node-spec.ts";
import type { ServerSpec } from "./servers.ts";
import type { AccountChange } from "./trail/spec.ts";
import type { TrueCause } from "./truth.ts";

export type { AlarmSpec } from "./alarm-spec.ts";

/**
 * The parameters of one incident, from which everything else is computed. Times called `at` are seconds after the
 * window's start; durations are seconds, CPU cores, memory bytes, rates requests a second, shares 0–1.
 */
export interface Scenario {
  readonly name: string;
  /** What the incident is, for people. */
  readonly description: string;
  /** What has to change for the alarm to stop; null: nothing, or nothing that could be known. */
  readonly cause: TrueCause | null;
  readonly seed: number;
  /** The moment of the investigation, epoch seconds, a whole minute. */
  readonly now: number;
  /** Length of the window that ends at `now`. */
  readonly window: number;
  /** Seconds between the scrapes of Prometheus; 15 where it is not said, as kube-prometheus-stack nearly has it. */
  readonly scrape?: number;
  readonly place: Place;
  readonly loadBalancer: LoadBalancerSpec;
  readonly alarm: AlarmSpec;
  /** The service that is simulated request by request. */
  readonly focus: FocusService;
  /** The other services of the load balancer, drawn from their distributions. */
  readonly others: readonly OtherService[];
  readonly nodes: readonly NodeSpec[];
  /** Periods in which every request through the load balancer takes longer by about `seconds`. */
  readonly sharedSlowness: readonly { readonly at: number; readonly seconds: number; readonly extra: number }[];
  readonly faults?: Faults;
  readonly canary?: Canary;
  readonly behind?: Behind;
  readonly logs?: LogsSpec;
  /** What people and controllers changed in the account. Absent: nobody keeps a record. */
  readonly changes?: readonly AccountChange[];
  readonly seen?: Seen<Scenario>;
  /** The calls that CloudTrail recorded, reads among them; absent: none. */
  readonly trail?: readonly TrailRecord[];
}

/** One call as CloudTrail records it. */
export interface TrailRecord {
  /** Seconds into the window; before it where negative. */
  readonly at: number;
  /** "ModifyRule" */
  readonly name: string;
  /** "elasticloadbalancing", "ec2", "monitoring" for CloudWatch. */
  readonly source: string;
  readonly readOnly?: boolean;
  /** Who called: an IAM user's ARN, or of a role's session. */
  readonly arn: string;
  /** The error code of a call that was refused. */
  readonly error?: string;
  /** requestParameters and responseElements, as the service writes them. */
  readonly request: Input;
  readonly response?: Input;
}

export interface Place {
  /** Twelve digits, one of those that AWS reserves for documentation. */
  readonly account: string;
  readonly region: string;
  readonly zones: readonly string[];
  readonly cluster: string;
  readonly vpc: string;
  readonly argoCd: boolean;
}

export interface Burst {
  readonly at: number;
  readonly seconds: number;
  /** Requests a second on top of the base rate, from callers who do not wait for each other. */
  readonly rate: number;
  /**
   * Callers of a fixed number, each of whom sends its next request a mean `think` after its last answer: a batch job's
   * parallel workers. Their number bounds how many requests wait, as it does in life.
   */
  readonly callers?: { readonly count: number; readonly think: number };
  /** The burst's own kind of work; the service's where absent. */
  readonly work?: Work;
  /**
   * Kept-alive connections that carry the burst's requests, each renewed after `life` seconds. kube-proxy (and a load
   * balancer that reuses connections) picks a pod for each connection, not for each request. Absent: a pick a request.
   */
  readonly connections?: { readonly count: number; readonly life: number };
  /** They belong to another service, and this one answers them so. */
  readonly answered?: 404;
}

export interface Traffic {
  /** Quiet rate. */
  readonly base: number;
  /** Relative standard deviation of the base rate from minute to minute (slowly wandering). */
  readonly wobble: number;
  readonly bursts: readonly Burst[];
  /** Stretches in which the base rate is multiplied: office hours, quiet hours. */
  readonly levels: readonly { readonly at: number; readonly seconds: number; readonly factor: number }[];
}

/** What one request needs. */
export interface Work {
  /** Mean CPU seconds, log-normal with the coefficient of variation, cut at `cpuMax`. */
  readonly cpu: number;
  readonly cv: number;
  readonly cpuMax: number;
  /** Mean seconds of waiting for a dependency, log-normal. */
  readonly wait: number;
  readonly waitCv: number;
  /** Rare slow calls: this share of the requests waits about `slowSeconds` more. */
  readonly slowShare: number;
  readonly slowSeconds: number;
}

/** Long-poll clients: each asks again as soon as its request was answered. */
export interface LongPoll {
  readonly clients: number;
  /** How long a request is held: `ceiling` less up to `jitter`. */
  readonly ceiling: number;
  /** Ceiling of every second client, where it is another. */
  readonly otherCeiling?: number;
  readonly jitter: number;
  /** Share of polls that are answered early, because there was news. */
  readonly early: number;
  /** Mean pause between an answer and the next request. */
  readonly pause: number;
}

export interface Rollout {
  readonly at: number;
  readonly version: string;
  /** What the new version does to a request's CPU seconds and to its waiting. */
  readonly cpuFactor: number;
  readonly waitFactor: number;
  /** Share of the requests that the new version answers 5xx; 0 where absent. */
  readonly errorShare?: number;
}

export interface HorizontalAutoscaler {
  readonly name: string;
  readonly min: number;
  readonly max: number;
  /** Percent of the CPU request. */
  readonly target: number;
}

export interface FocusService {
  readonly namespace: string;
  readonly service: string;
  readonly deployment: string;
  readonly container: string;
  readonly ingress: string;
  readonly targetGroup: string;
  readonly targetGroupId: string;
  readonly targetType: "instance" | "ip";
  readonly protocol: "HTTP" | "HTTPS";
  readonly algorithm: "round_robin" | "least_outstanding_requests";
  /** Number of clients where stickiness is on; null where it is off. */
  readonly stickyClients: number | null;
  /** Since when stickiness is on; from the beginning where it is not said. */
  readonly stickySince?: number;
  readonly routing?: Routing;
  readonly beside?: Beside;
  readonly host: string;
  readonly nodePort: number;
  readonly port: number;
  /** Where the process listens, and the Service sends. */
  readonly targetPort: number;
  /** What the container declares: information only, and may disagree. */
  readonly containerPort: number;
  readonly healthCheck: CheckSpec;
  /** Labels by which its pods are selected; `app`, and the deployment's name, where it is not said. */
  readonly selector?: { readonly [label: string]: string };
  readonly image: string;
  readonly version: string;
  /** Days before now at which `version` was rolled out. */
  readonly versionDays: number;
  readonly replicas: number;
  readonly server: ServerSpec;
  /** Cores that one busy worker shows: the rest of its time it waits for memory, locks and the kernel. */
  readonly efficiency: number;
  readonly cpuRequest: number;
  /** Null: no CPU limit. */
  readonly cpuLimit: number | null;
  readonly memoryRequest: string;
  readonly memoryLimit: string | null;
  readonly residentMemory: number;
  /**
   * A readiness probe that the kubelet sends and the workers answer; seconds. Absent: none that the load could make fail.
   * Where it fails so many times in a row, the pod gets no requests until it is answered in time again.
   */
  readonly readinessProbe?: { readonly period: number; readonly timeout: number; readonly failureThreshold: number };
  readonly probes: { readonly startup: boolean; readonly liveness: boolean; readonly readiness: boolean };
  /** "operator": an operator made it, and none of the others' fingerprints is on it. */
  readonly appliedBy: "kubectl" | "helm" | "argocd" | "operator";
  readonly spread: boolean;
  /** Seconds from a pod's creation until it serves. */
  readonly startSeconds: number;
  /** Seconds of them in which the node pulls the image, and the pod is Pending. */
  readonly pullSeconds?: number;
  /** Pods that a rolling update may do without; then it makes none in addition. Absent: none, and one more at a time. */
  readonly maxUnavailable?: number;
  readonly traffic: Traffic;
  readonly work: Work;
  readonly longPoll: LongPoll | null;
  /** Periods in which waiting for the dependency takes `factor` times as long. */
  readonly slowDependency: readonly { readonly at: number; readonly seconds: number; readonly factor: number }[];
  readonly rollouts: readonly Rollout[];
  readonly autoscaler: HorizontalAutoscaler | null;
  /** Name of an autoscaler whose target does not exist, and that target. */
  readonly orphanedAutoscaler: { readonly name: string; readonly target: string } | null;
  /** Share of active CFS periods that are throttled by short bursts of helper threads, without slowing work down. */
  readonly spuriousThrottling: number;
  /** One request that is still at work at `now`: starts `ago` before it, on the pod of this index, at this many cores. */
  readonly inFlight: { readonly ago: number; readonly pod: number; readonly cores: number } | null;
}

export interface OtherService {
  readonly namespace: string;
  readonly service: string;
  readonly targetGroup: string;
  readonly targetGroupId: string;
  readonly nodePort: number;
  readonly host: string;
  readonly replicas: number;
  /** Requests a second. */
  readonly rate: number;
  /** Mean response time and its coefficient of variation (log-normal). */
  readonly latency: number;
  readonly cv: number;
  /** CPU seconds of a request. */
  readonly cpu: number;
  /** Cores that a pod uses without requests, where it is more than a trace. */
  readonly idleCpu?: number;
  /** Whether it waits for the focus service's dependency as well. */
  readonly sharesDependency: boolean;
  /** Whether each of its requests calls the focus service once, through the same load balancer, and waits for it. */
  readonly callsFocus?: boolean;
  /** A share of its requests is answered 5xx in a stretch. */
  readonly errors?: readonly (Stretch & { readonly share: number })[];
  /** And 4xx. */
  readonly clientErrors?: readonly (Stretch & { readonly share: number })[];
  /** A share of its requests waits about `wait` seconds more in a stretch. */
  readonly extraWaits?: readonly (Stretch & { readonly share: number; readonly wait: number; readonly cv: number })[];
  /** Share of its requests that are slow, and by how much. */
  readonly slowShare: number;
  readonly slowSeconds: number;
  /** Stretches in which its rate is multiplied. */
  readonly levels: readonly { readonly at: number; readonly seconds: number; readonly factor: number }[];
}
