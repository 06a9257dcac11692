import type { Answer, Question } from "../src/model/question.ts";
import type { Source } from "../src/sources/port.ts";
import { accessLogsAnswer } from "./answers/access-logs.ts";
import { acmAnswer } from "./answers/acm.ts";
import { lookupEvents } from "./answers/cloudtrail.ts";
import { describeAlarmHistory, describeAlarms, getMetricData } from "./answers/cloudwatch.ts";
import { ec2Answer } from "./answers/ec2.ts";
import { elbAnswer } from "./answers/elb.ts";
import { elbv2Answer } from "./answers/elbv2.ts";
import { kubernetesAnswer } from "./answers/kubernetes.ts";
import { prometheusAnswer } from "./answers/prometheus.ts";
import { SeriesStore } from "./prometheus/store.ts";
import { buildWorld, type World } from "./world.ts";

/** How those fail that cannot be asked: nobody may read them, or there is no way to them. */
const FORBIDDEN: Answer = {
  status: "failed",
  failure: { kind: "forbidden", message: "not authorized to perform this operation" },
};
const UNREACHABLE: Answer = {
  status: "failed",
  failure: { kind: "unreachable", message: "the connection timed out" },
};
const UNANSWERED: { readonly [source: string]: Answer } = { kubernetes: UNREACHABLE, prometheus: UNREACHABLE };

/**
 * Answers any question about one simulated incident, as the vendors' APIs would: `new WorldSource(buildWorld(scenario))`.
 * The same scenario always gives the same answers.
 */
export class WorldSource implements Source {
  readonly #series: SeriesStore;
  /** The cluster that Kubernetes and Prometheus are of. */
  readonly #cluster: World;

  constructor(readonly world: World) {
    const { seen } = world.scenario;
    this.#cluster = seen?.elsewhere ? buildWorld(seen.elsewhere) : world;
    this.#series = new SeriesStore(this.#cluster);
  }

  async ask(question: Question): Promise<Answer> {
    return this.answer(question);
  }

  /** The same at once, for tests and for printing. */
  answer({ source, operation, input }: Question): Answer {
    if (this.world.scenario.seen?.missing?.includes(source)) return UNANSWERED[source] ?? FORBIDDEN;
    switch (source) {
      case "cloudwatch":
        if (operation === "DescribeAlarms") return describeAlarms(this.world, input);
        if (operation === "DescribeAlarmHistory") return describeAlarmHistory(this.world, input);
        return getMetricData(this.world, input);
      case "access-logs":
        return accessLogsAnswer(this.world, operation, input);
      case "cloudtrail":
        return lookupEvents(this.world, input);
      case "elbv2":
        return elbv2Answer(this.world, operation, input);
      case "elb":
        return elbAnswer(this.world, operation, input);
      case "acm":
        return acmAnswer(this.world, operation, input);
      case "ec2":
        return ec2Answer(this.world, operation, input);
      case "kubernetes":
        return kubernetesAnswer(this.#cluster, operation, input);
      case "prometheus":
        return prometheusAnswer(this.#series, operation, input);
      default:
        return FORBIDDEN;
    }
  }
}
