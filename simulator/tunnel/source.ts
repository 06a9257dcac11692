import type { Answer, Question } from "../../src/model/question.ts";
import type { Source } from "../../src/sources/port.ts";
import { getMetricData } from "../answers/cloudwatch.ts";
import { WorldSource } from "../source.ts";
import type { Measurement } from "./measurement.ts";
import { measuredMetric } from "./metrics.ts";
import { type MeasuredWorld, measuredWorld } from "./world.ts";

/**
 * Answers any question about a measured run, as the vendors' APIs would: metrics from the load balancer's log, series from
 * the control groups' counters, and objects around them from the simulator.
 */
export class MeasuredSource implements Source {
  readonly measured: MeasuredWorld;
  readonly #around: WorldSource;
  readonly #read: ReturnType<typeof measuredMetric>;

  constructor(measurement: Measurement) {
    this.measured = measuredWorld(measurement);
    this.#around = new WorldSource(this.measured.world);
    this.#read = measuredMetric(this.measured.rows);
  }

  async ask(question: Question): Promise<Answer> {
    if (question.operation === "GetMetricData") return getMetricData(this.measured.world, question.input, this.#read);
    return this.#around.ask(question);
  }
}
