/**
 * One scenario of the wind tunnel: which servers run, what load meets them, what alarm watches. It is plain data, and is
 * kept with what was measured. Times are model seconds after the start, rates requests a model second, CPU model cores.
 */
export interface TunnelScenario {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  /** What is wrong, as a cause's id where it has one; null: nothing that lbdoctor names. */
  readonly truth: string | null;
  readonly seed: number;
  /** Model minutes of the investigation's window, and of running in before it. */
  readonly minutes: number;
  readonly lead: number;
  readonly fleet: Fleet;
  readonly balancer: Balancer;
  readonly load: Load;
  /** Stretches in which the pods' dependency takes `factor` times as long. */
  readonly slowDependency?: readonly { readonly at: number; readonly seconds: number; readonly factor: number }[];
  readonly rollouts?: readonly Rollout[];
  readonly alarm: TunnelAlarm;
  /** What is changed to mend it, in the terms of its configuration: replaces those parts of the scenario. */
  readonly fix?: {
    readonly says: string;
    readonly with: Partial<Pick<TunnelScenario, "fleet" | "balancer" | "rollouts" | "load">>;
  };
}

export interface Fleet {
  readonly replicas: number;
  /** So many of them come later, in a scale-out. */
  readonly later?: { readonly pods: number; readonly at: number };
  readonly server: TunnelServer;
  readonly cpuRequest: number;
  readonly cpuLimit: number | null;
}

/** `threads` 1 is gunicorn's sync worker, more its gthread worker. `keepAlive`: seconds an idle connection stays open. */
export type TunnelServer =
  | { readonly kind: "gunicorn"; readonly workers: number; readonly threads: number; readonly keepAlive?: number }
  | { readonly kind: "node"; readonly keepAlive: number };

export interface Balancer {
  /** instance: nodes with a NodePort behind which a pod is picked at random; ip: the pods themselves. */
  readonly targetType: "instance" | "ip";
  readonly algorithm: "round_robin" | "least_outstanding_requests";
  readonly nodes: number;
  readonly idleTimeout: number;
  /** Idle connections to targets that are kept; 0: each request has its own. */
  readonly kept: number;
}

export interface Load {
  readonly base: number;
  readonly bursts: readonly { readonly at: number; readonly seconds: number; readonly rate: number }[];
  /** Stretches without any request. */
  readonly pauses?: readonly { readonly at: number; readonly seconds: number }[];
  /** CPU seconds are log-normal with coefficient of variation `cv`, cut at `cpuMax`; `wait`: seconds of the dependency. */
  readonly work: { readonly cpu: number; readonly cv: number; readonly cpuMax: number; readonly wait: number };
  /** Clients who ask again as soon as they are answered, after `hold` seconds. */
  readonly longPoll?: { readonly clients: number; readonly hold: number };
  /** Clients give up after `timeout` seconds, and try again at once, so many times. */
  readonly retry?: { readonly timeout: number; readonly times: number };
}

/** Pods that are there from the start. */
export function firstPods({ replicas, later }: Fleet): number {
  return replicas - (later?.pods ?? 0);
}

/** All pods are replaced, one after the other. */
export interface Rollout {
  readonly at: number;
  /** Seconds between the pods, and until a pod that leaves is no longer sent requests. */
  readonly between: number;
  readonly propagation: number;
  /** Seconds that a leaving pod goes on serving before it is told to stop (preStop), and that it then has to finish. */
  readonly preStop: number;
  readonly grace: number;
}

export interface TunnelAlarm {
  readonly metric: "TargetResponseTime" | "HTTPCode_ELB_5XX_Count";
  readonly statistic: string;
  readonly threshold: number;
  readonly evaluationPeriods: number;
  readonly datapointsToAlarm: number;
  readonly treatMissingData: "missing" | "ignore" | "breaching" | "notBreaching";
  readonly initially: "OK" | "ALARM";
}

/** A scenario that ran, as it is told, watched and to be mended today: none of these changes what happened. */
export function retold({ fix: _, ...ran }: TunnelScenario, today: TunnelScenario): TunnelScenario {
  const { title, description, truth, alarm, fix } = today;
  return { ...ran, title, description, truth, alarm, ...(fix && { fix }) };
}

/** The scenario with its fix in place. */
export function mended({ fix, ...scenario }: TunnelScenario): TunnelScenario {
  return { ...scenario, ...fix?.with };
}
