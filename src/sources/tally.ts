import type { SourceName } from "../model/question.ts";

/**
 * What a live run cost. CloudWatch bills GetMetricData by metrics requested, 0.01 USD for 1,000 (CloudWatch pricing);
 * whether several statistics of one metric count as one is not documented, so this is the upper bound.
 */
export class Tally {
  /** Requests on the wire, repetitions included. */
  readonly requests: Record<SourceName, number> = { cloudwatch: 0, elbv2: 0, kubernetes: 0, prometheus: 0 };
  /** Metrics asked of GetMetricData; each page of an answer counts anew. */
  metrics = 0;

  /** "36 requests (4 to CloudWatch, …), 51 metrics of CloudWatch, at most 0.0005 USD" */
  inWords(): string {
    const { cloudwatch, elbv2, kubernetes, prometheus } = this.requests;
    const all = cloudwatch + elbv2 + kubernetes + prometheus;
    const price = ((this.metrics / 1000) * 0.01).toFixed(5);
    return `${all} requests: ${cloudwatch} to CloudWatch, ${elbv2} to Elastic Load Balancing, ${kubernetes} to the cluster, ${prometheus} to Prometheus; ${this.metrics} CloudWatch metrics, at most ${price} USD`;
  }
}
