/** What a playbook imports; its pictures and figures have faces of their own, src/picture.ts and src/figure.ts. */
import type { CauseDefinition, FactorDefinition, FixDefinition, Playbook, Step } from "./model/playbook.ts";
import type { Condition, Reading, Signal, SignalAnswer, SignalDefinition } from "./model/signal.ts";
import type { FactToken, Tokens } from "./model/token.ts";

export {
  type AlarmStates,
  AT_MAXIMUM,
  actsAbove,
  alarmScope,
  alarmStates,
  alarmsNamed,
  type Beside,
  backtest,
  beginningOf,
  belongs,
  blame,
  breaches,
  breachesIn,
  type ConfigMaps,
  cells,
  choosesAmong,
  clusterOf,
  compositeRule,
  coveredBy,
  cpuAndRequests,
  desiredReplicas,
  episodesOf,
  evenness,
  evennessIn,
  type GroupSeries,
  growNodeGroup,
  highest,
  hottest,
  impossible,
  impossibleBeside,
  isProxy,
  isSame,
  judgedWanted,
  judgesExpression,
  keepAliveOf,
  LATE,
  type Line,
  LOOKED_BACK,
  lostWhenBusy,
  lowest,
  mathQueries,
  mean,
  meanIn,
  meanOutside,
  median,
  metricsBeneath,
  minutesOf,
  missingWords,
  NODE_FULL,
  NODE_ROOM,
  nodesBusy,
  noneHealthy,
  type Outcome,
  onClock,
  onSlidingWindows,
  pearson,
  persistence,
  quantile,
  type Reach,
  reachOf,
  reachWords,
  readExpression,
  readNodeGroups,
  requestLatency,
  roomFor,
  seenUtilisation,
  shelfOf,
  strideOf,
  sum,
  sumAt,
  unitOf,
  valueAt,
  valuesIn,
  valuesOutside,
  valuesWhere,
  weightedAverage,
  windowWords,
  within,
  withoutSlowest,
  workersOf,
} from "./analysis/index.ts";
export type { Decision } from "./model/decision.ts";
export type {
  AlarmExpression,
  AlarmFact,
  AutoscalerFact,
  BlameFact,
  ClusterFact,
  ContainerCpu,
  ContainerFact,
  CpuCheckFact,
  DemandFact,
  Episode,
  EpisodeDemand,
  EpisodesFact,
  Facts,
  GroupLoad,
  Hop,
  LatencyFact,
  LoadBalancerFact,
  MountFact,
  NodeFact,
  NodeGroupFact,
  PodCpuFact,
  PodFact,
  PodSeries,
  RolloutFact,
  RuleFact,
  ServiceFact,
  TargetFact,
  TargetGroupFact,
  TopologyFact,
  Transition,
  WorkersFact,
  WorkloadFact,
} from "./model/facts.ts";
export type { Fix, Refusal } from "./model/judgement.ts";
export { badSide, type JudgedMetric, type MetricUnit } from "./model/metric.ts";
export { axisScale, axisWords, shortWords, valueWords } from "./model/metric-words.ts";
export type { Ask, Playbook, Step, StepContext, Told } from "./model/playbook.ts";
export { cpuMax, quantity } from "./model/quantity.ts";
export type { Asked, Question, Typed } from "./model/question.ts";
export { shellQuoted } from "./model/shell.ts";
export type { Condition, Reading, Signal } from "./model/signal.ts";
export { type Epoch, iso, type Series, type Span } from "./model/time.ts";
export { type FactToken, fact, sharedFact } from "./model/token.ts";
export {
  clock,
  coreCount,
  dateAndClock,
  duration,
  listed,
  percent,
  plain,
  plural,
  range,
  seconds,
  sentence,
  spike,
  times,
} from "./model/words.ts";
export {
  type AlarmChange,
  type AlarmForecast,
  type AutoscalerSizing,
  attributesChange,
  autoscalerName,
  beforeDeletion,
  calmerAlarm,
  deleteAlarms,
  evenFacts,
  type Fleet,
  type ForecastFacts,
  forecastAlarm,
  forecastFacts,
  forecastLines,
  forecastQuota,
  type GuiltyGroup,
  groupAlarmName,
  kubectlUndo,
  madeUpTrouble,
  mebibytes,
  millicores,
  type NodeSizing,
  objectChange,
  objectEdit,
  putAlarm,
  putChangedAlarm,
  putGroupAlarm,
  putHealthAlarms,
  type QuotaForecast,
  type Rejudged,
  type ReplicaSizing,
  refuseLeastOutstanding,
  refuseMorePods,
  refuseQuotaAlone,
  refuseReadinessProbe,
  refuseRollback,
  replicasChange,
  replicasUndo,
  rolloutStatus,
  type Steadier,
  shortfall,
  sizeAutoscaler,
  sizeNodes,
  sizeReplicas,
  sizeWorkers,
  steadierAlarm,
  targetGroupAttributes,
  undoneByGitOps,
  undoRollout,
  type WorkerSizing,
  whereItLives,
  workerSetting,
  workloadName,
} from "./remedy/index.ts";
export {
  expressionData,
  METRICS_PER_CALL,
  type MetricWanted,
  metricData,
  onlyMetric,
  upperBound,
} from "./sources/cloudwatch/metrics.ts";
export {
  ALARMS_PER_CALL,
  type AlarmAnswer,
  type AlarmChanged,
  type ContributorChange,
  describeAlarmChanges,
  describeAlarmHistory,
  describeAlarms,
  describeContributorHistory,
} from "./sources/cloudwatch/questions.ts";
export {
  type Attributes,
  describeListeners,
  describeLoadBalancer,
  describeLoadBalancerAttributes,
  describeRules,
  describeTags,
  describeTargetGroupAttributes,
  describeTargetGroups,
  describeTargetHealth,
  TAGGED_PER_CALL,
} from "./sources/elbv2/questions.ts";
export type { Container, PodSpec } from "./sources/kubernetes/pod-spec.ts";
export {
  type Autoscaler,
  execIn,
  getConfigMap,
  listAutoModeBindings,
  listAutoscalers,
  listNodes,
  listPods,
  listPodsAt,
  listReplicaSets,
  listServices,
  listTargetGroupBindings,
  listWorkloads,
  type Metadata,
  type Node,
  type Pod,
  podSnapshot,
  type ReplicaSet,
  type Service,
  selectorOf,
  type TargetGroupBinding,
  type Workload,
  type WorkloadKind,
} from "./sources/kubernetes/questions.ts";
export { prometheusAmong, prometheusCandidates } from "./sources/prometheus/known.ts";
export { escaped, type Labels, query, queryRange, quoted, type RangeLine } from "./sources/prometheus/questions.ts";

/**
 * A unit, checked against the facts that it names. The cast forgets which facts those are: the engine hands over exactly
 * the declared ones.
 */
export function defineStep<N extends Tokens>(step: Step<N>): Step {
  return step as unknown as Step;
}

export function defineSignal<N extends Tokens, U extends Tokens>(signal: SignalDefinition<N, U>): Signal {
  return signal as unknown as Signal;
}

export function defineCause<U extends Tokens>(cause: CauseDefinition<U>): CauseDefinition {
  return cause as unknown as CauseDefinition;
}

export function defineFactor<N extends Tokens>(factor: FactorDefinition<N>): FactorDefinition {
  return factor as unknown as FactorDefinition;
}

export function defineFix<U extends Tokens = Record<never, FactToken>>(fix: FixDefinition<U>): FixDefinition {
  return fix as unknown as FixDefinition;
}

export function definePlaybook(playbook: Playbook): Playbook {
  return playbook;
}

/** The signal says yes: the figures are on its side. */
export function yes(statement: string, evidence: readonly string[], figure: number | null = null): Reading {
  return { answer: "yes", statement, evidence, figure };
}

/** The signal says no: the figures are clearly on the other side. */
export function no(statement: string, evidence: readonly string[], figure: number | null = null): Reading {
  return { answer: "no", statement, evidence, figure };
}

/** The evidence is there and says neither. */
export function unclear(statement: string, evidence: readonly string[], figure: number | null = null): Reading {
  return { answer: "unclear", statement, evidence, figure };
}

/** The evidence is not there; `statement` says what is missing, as in "needs the nodes' CPU". */
export function unknown(statement: string, evidence: readonly string[] = []): Reading {
  return { answer: "unknown", statement, evidence, figure: null };
}

/** A condition of a cause's table: the signal gives one of these answers. */
export function is(signal: Signal, ...answers: readonly SignalAnswer[]): Condition {
  return { signal, answers };
}
