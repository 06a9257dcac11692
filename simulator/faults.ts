/** What can go wrong in a world beyond load and code. All of it is optional: a scenario without it is as it was. */

/** Seconds after the window's start, and for how long. */
export interface Stretch {
  readonly at: number;
  readonly seconds: number;
}

export interface Faults {
  /**
   * A share of the requests waits about `wait` seconds more: DNS time-outs, uploads, a stalled disk. `pod`: only in the pod
   * of this index.
   */
  readonly extraWaits?: readonly (Stretch & {
    readonly share: number;
    readonly wait: number;
    readonly cv: number;
    readonly pod?: number;
  })[];
  /** A request costs `factor` times the CPU: garbage collection, a cache that is gone. */
  readonly costlier?: readonly (Stretch & { readonly factor: number })[];
  /** Connections (or, with one of them, a lock) of each pod, one of which a request holds for about `hold` seconds. */
  readonly pool?: { readonly size: number; readonly hold: number; readonly cv: number };
  /** In a fresh pod a request costs up to `factor` times the CPU, fading over `seconds`. */
  readonly warmUp?: { readonly seconds: number; readonly factor: number };
  /** Kills of the serving container of the pod of this index; it serves again after the service's start. */
  readonly kills?: readonly { readonly at: number; readonly pod: number; readonly reason: "OOMKilled" | "Error" }[];
  /**
   * Clients send a request anew that has not been answered `after` seconds, up to `times` times. `hangUp`: they close the
   * connection then, the last time too, and the load balancer notes 460; the pod works on it all the same. Not for
   * callers who wait for their answers. `share`: of the clients that are so impatient; all where it is absent.
   */
  readonly retries?: {
    readonly after: number;
    readonly times: number;
    readonly hangUp?: boolean;
    readonly share?: number;
  };
  /** Many threads spend a CFS period's budget at once: this share of the quota is what the pod gets out of it. */
  readonly spentAtOnce?: number;
  /** A share of the requests is answered 5xx by the pods. `pod`: only by the pod of this index. */
  readonly errors?: readonly (Stretch & { readonly share: number; readonly pod?: number })[];
  /** A pod that is told to end does so at once, and what it has not answered dies with it. */
  readonly leavesAtOnce?: boolean;
  /** Since when, seconds after the window's start; from the beginning where it is not said. */
  readonly leavesAtOnceSince?: number;
  /**
   * Seconds for which requests are still sent to a pod whose container has ended, which refuses them: until the endpoint
   * is gone from the load balancer, or from kube-proxy's tables. Absent: none.
   */
  readonly noticedAfter?: number;
  /** Somebody sets the deployment's replicas. */
  readonly scaled?: readonly { readonly at: number; readonly replicas: number }[];
  /**
   * The pods' servers close connections that were idle for so many seconds. The load balancer keeps about so many to each
   * pod; a request that it sends while one is being closed is lost.
   */
  readonly keepAlive?: { readonly seconds: number; readonly connections: number };
  /** The load balancer's packets to the focus service's targets are dropped. `by`: a security group unless it is said. */
  readonly blocked?: readonly (Stretch & { readonly by?: "security group" | "network ACL" })[];
  /** A share of the requests is answered 4xx by the pods: nobody there knows what they ask for. */
  readonly clientErrors?: readonly (Stretch & { readonly share: number })[];
  /**
   * Connections a second on top of those of the requests, each open for `hold` seconds; and such as the load balancer
   * refuses, because it has not grown yet.
   */
  readonly connections?: readonly (Stretch & {
    readonly rate: number;
    readonly hold: number;
    readonly refused: number;
  })[];
  /** TLS handshakes a second of clients that fail, and the share of those with targets: their requests end in a 502. */
  readonly handshakes?: readonly (Stretch & { readonly rate: number })[];
  readonly targetHandshakes?: readonly (Stretch & { readonly share: number })[];
  /** Log-ins a second that the load balancer cannot finish: it answers 500. */
  readonly authErrors?: readonly (Stretch & { readonly rate: number })[];
  /** Requests a second that the load balancer answers 400 itself. */
  readonly malformed?: readonly (Stretch & { readonly rate: number })[];
  /** The targets do not understand how connections begin, and end them; so do they those of health checks by HTTP. */
  readonly garbled?: readonly Stretch[];
  /** Connections that a pod has at once; it refuses more. */
  readonly backlog?: number;
  /** More comes a second than the targets accept: a Classic Load Balancer queues it, and turns the rest away. */
  readonly flood?: readonly (Stretch & { readonly offered: number; readonly accepted: number })[];
  /** Requests that come over a connection which was idle for so many seconds meet a reset of whoever forgot it first. */
  readonly idleFlows?: { readonly seconds: number; readonly by: "target" | "balancer" };
  /** Instances that are no pods fail their checks; all of them where `target`, an index, is absent. */
  readonly sick?: readonly (Stretch & { readonly target?: number })[];
  /** Seconds that the health check's endpoint takes, log-normal; what takes longer than the check's time-out fails it. */
  readonly slowChecks?: { readonly mean: number; readonly cv: number };
  /** Time of a node's CPUs that is no work: waiting for a disk, or taken by the hypervisor. */
  readonly nodeTimes?: readonly (Stretch & {
    readonly node: number;
    readonly mode: "iowait" | "steal";
    readonly cores: number;
  })[];
}

/** A second container in each of the focus service's pods. */
export interface Beside {
  readonly container: string;
  readonly image: string;
  readonly command: readonly string[];
  /** CPU seconds for each CPU second that the simulated container serves, and cores without requests. */
  readonly ratio: number;
  readonly idle: number;
  readonly cpuRequest: number;
  readonly cpuLimit: number | null;
  /** Its declared port; null: none. */
  readonly port: number | null;
  /** Whether it is listed before the simulated container. */
  readonly first: boolean;
}

/** How the focus service's requests find their pods, beyond the algorithm. */
export interface Routing {
  /** Cross-zone load balancing is off for the target group: each zone's share stays in it. */
  readonly crossZoneOff?: boolean;
  /** Since when, seconds after the window's start; from the beginning where it is not said. */
  readonly crossZoneOffSince?: number;
  /** Only nodes with a pod get requests, and keep them. */
  readonly localPolicy?: boolean;
  /**
   * With it: the health check does not look at the Service, so that nodes without a pod get requests, and drop them since
   * the policy was set, seconds after the window's start.
   */
  readonly localUnseen?: { readonly from: number };
  /** Service sessionAffinity ClientIP: kube-proxy of a node keeps all of one address of the load balancer on one pod. */
  readonly clientIpAffinity?: boolean;
  /** So many connections of the load balancer to the NodePort carry all requests, and are never renewed. */
  readonly keptAlive?: number;
  /** Nodes of the first pods, by index; the scheduler's choice where absent. */
  readonly placement?: readonly number[];
}

/** A weighted rule: the focus service's target group beside that of `others[0]`. */
export interface Canary {
  readonly weight: number;
  readonly stableWeight: number;
}

/** How the sources show the world otherwise than it is. `Other` is a scenario. */
export interface Seen<Other> {
  /** Seconds by which Prometheus' clock is ahead. */
  readonly clock?: number;
  /** Container samples are lost while the pod uses more than so many cores. */
  readonly lostAbove?: number;
  /**
   * Every series twice: an HA pair without deduplication, or two scrape jobs for the same target. "values": somebody has
   * added them up already, and every container's counters are twice what they should be.
   */
  readonly doubled?: "replicas" | "jobs" | "values";
  /**
   * Label schemes of other installations: node-exporter's `instance` is the node's name, cAdvisor without `container`,
   * kube-state-metrics without honorLabels.
   */
  readonly labels?: "node names" | "no container" | "exported";
  /** A second cluster in the same Prometheus, told by a label. */
  readonly secondCluster?: {
    readonly label: string;
    readonly name: string;
    readonly world: Other;
    /** Whether its pods, of the same replica sets, have other names. */
    readonly otherPods: boolean;
  };
  /** Kubernetes and Prometheus are another cluster's. */
  readonly elsewhere?: Other;
  /** The focus service does not run in the cluster: its targets are these instances. */
  readonly instances?: readonly string[];
  /** Kubernetes and Prometheus know nothing of the focus service. */
  readonly hidden?: boolean;
  /** Nobody may run commands in containers. */
  readonly noExec?: boolean;
  /** Sources that do not answer. */
  readonly missing?: readonly string[];
  /** Prometheus keeps neither processes nor threads of containers. */
  readonly noProcesses?: boolean;
}

/** The alarm's last change of configuration, seconds after the window's start. */
export interface AlarmChange {
  readonly at: number;
  /** What it judged by before it; empty: only the actions were changed. */
  readonly before: {
    readonly threshold?: number;
    readonly evaluationPeriods?: number;
    readonly datapointsToAlarm?: number;
  };
}
