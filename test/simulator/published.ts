/**
 * The metrics of load balancers that AWS publishes, with their dimension sets (CloudWatch metrics for Application, Network,
 * Gateway and Classic Load Balancers, User Guides), as far as any world could show them.
 */
const LB = ["LB", "AZ,LB"];
const TG = ["LB,TG", "AZ,LB,TG"];
const BOTH = [...LB, ...TG];

type Published = { readonly [metric: string]: readonly string[] };

const APPLICATION: Published = {
  TargetResponseTime: BOTH,
  RequestCount: BOTH,
  RequestCountPerTarget: [...TG, "TG", "AZ,TG"],
  HTTPCode_Target_2XX_Count: BOTH,
  HTTPCode_Target_4XX_Count: BOTH,
  HTTPCode_Target_5XX_Count: BOTH,
  HTTPCode_ELB_4XX_Count: LB,
  HTTPCode_ELB_5XX_Count: LB,
  HTTPCode_ELB_500_Count: LB,
  HTTPCode_ELB_502_Count: LB,
  HTTPCode_ELB_503_Count: LB,
  HTTPCode_ELB_504_Count: LB,
  TargetConnectionErrorCount: BOTH,
  TargetTLSNegotiationErrorCount: BOTH,
  ClientTLSNegotiationErrorCount: LB,
  RejectedConnectionCount: LB,
  NewConnectionCount: LB,
  ActiveConnectionCount: LB,
  ELBAuthError: LB,
  ProcessedBytes: LB,
  ConsumedLCUs: ["LB"],
  HealthyHostCount: TG,
  UnHealthyHostCount: TG,
};

const GATEWAY: Published = {
  ActiveFlowCount: LB,
  NewFlowCount: LB,
  ProcessedBytes: LB,
  ConsumedLCUs: ["LB"],
  HealthyHostCount: TG,
  UnHealthyHostCount: TG,
};

const NETWORK: Published = {
  ...GATEWAY,
  ActiveFlowCount_TCP: LB,
  ActiveFlowCount_TLS: LB,
  NewFlowCount_TCP: LB,
  NewFlowCount_TLS: LB,
  ProcessedBytes_TCP: LB,
  ProcessedBytes_TLS: LB,
  ProcessedPackets: LB,
  PeakPacketsPerSecond: LB,
  TCP_Client_Reset_Count: LB,
  TCP_ELB_Reset_Count: LB,
  TCP_Target_Reset_Count: LB,
  PortAllocationErrorCount: LB,
  RejectedFlowCount: LB,
  RejectedFlowCount_TCP: LB,
  UnhealthyRoutingFlowCount: LB,
  ClientTLSNegotiationErrorCount: ["LB"],
  TargetTLSNegotiationErrorCount: ["LB"],
};

const CLASSIC: Published = {
  Latency: LB,
  RequestCount: LB,
  HTTPCode_Backend_2XX: LB,
  HTTPCode_Backend_4XX: LB,
  HTTPCode_Backend_5XX: LB,
  HTTPCode_ELB_4XX: LB,
  HTTPCode_ELB_5XX: LB,
  BackendConnectionErrors: LB,
  SurgeQueueLength: LB,
  SpilloverCount: LB,
  HealthyHostCount: LB,
  UnHealthyHostCount: LB,
};

export const PUBLISHED: { readonly [namespace: string]: Published } = {
  "AWS/ApplicationELB": APPLICATION,
  "AWS/NetworkELB": NETWORK,
  "AWS/GatewayELB": GATEWAY,
  "AWS/ELB": CLASSIC,
};

/** Every metric of every namespace. */
export const METRICS = [...new Set(Object.values(PUBLISHED).flatMap((metrics) => Object.keys(metrics)))];
/** Every set of dimensions that there could be. */
export const SETS = ["LB", "AZ,LB", "LB,TG", "AZ,LB,TG", "TG", "AZ,TG", "AZ"] as const;
