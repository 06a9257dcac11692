import type { Balancer, Load, TunnelAlarm } from "../scenario.ts";

/** Running in, and the window: 33 model minutes are a little over three real ones. */
export const CLOCK = { lead: 3, minutes: 30 } as const;

/** The generic latency alarm of the seeds (000). */
export const LATENCY_ALARM: TunnelAlarm = {
  metric: "TargetResponseTime",
  statistic: "Average",
  threshold: 0.8,
  evaluationPeriods: 2,
  datapointsToAlarm: 2,
  treatMissingData: "notBreaching",
  initially: "OK",
};

export const GATEWAY_ALARM: TunnelAlarm = {
  metric: "HTTPCode_ELB_5XX_Count",
  statistic: "Sum",
  threshold: 5,
  evaluationPeriods: 1,
  datapointsToAlarm: 1,
  treatMissingData: "notBreaching",
  initially: "OK",
};

/** Nodes with a NodePort, and a connection for each request, since gunicorn's sync worker closes it after every answer. */
export const NODE_PORT: Balancer = {
  targetType: "instance",
  algorithm: "round_robin",
  nodes: 4,
  idleTimeout: 60,
  kept: 0,
};

/** Whatever comes in episodes comes three times: seconds after the start. */
export const EPISODES = [6, 15, 24].map((minute) => (CLOCK.lead + minute) * 60);

/** Three bursts of the same rate and length. */
export function bursts(rate: number, seconds: number): Load["bursts"] {
  return EPISODES.map((at) => ({ at, seconds, rate }));
}
