import { randomBytes } from "node:crypto";
import { setMaxListeners } from "node:events";
import type { Answer, Question, SourceName } from "../model/question.ts";
import { onArrival } from "../redaction/arrival.ts";
import { Marks } from "../redaction/marks.ts";
import type { AwsOptions } from "./aws/aws.ts";
import { failed, Told } from "./failure.ts";
import type { Cluster } from "./kubernetes/live-cluster.ts";
import { LIMITS, type Limits } from "./limits.ts";
import type { Source } from "./port.ts";
import type { Address } from "./prometheus/live-address.ts";
import { Tally } from "./tally.ts";

export interface LiveOptions {
  readonly region?: string | undefined;
  readonly profile?: string | undefined;
  readonly context?: string | undefined;
  readonly kubeconfig?: string | undefined;
  readonly prometheusUrl?: string | undefined;
  readonly allowExec: boolean;
  readonly environment: NodeJS.ProcessEnv;
  /** Ends everything that is under way. */
  readonly stop?: AbortSignal | undefined;
  readonly limits?: Limits;
}

/** Milliseconds in which the first questions get on their way before anything else is loaded; see LiveSource. */
const HEAD_START = 20;

/**
 * AWS, the cluster and Prometheus as they are now. Each adapter is loaded when it is first used. The login to the cluster
 * and the search for Prometheus take seconds and depend on no answer, so they begin beside the first question: just after
 * it has left, since loading what they need keeps the process busy for longer than sending it takes. Nobody gets an answer
 * before it is masked; see redaction/arrival.ts.
 */
export class LiveSource implements Source {
  readonly tally: Tally;
  /** What stands in the place of text that nothing understands. The salt lives as long as this process. */
  readonly marks: Marks;
  readonly #options: LiveOptions;
  readonly #aws: AwsOptions;
  #awsAnswered = false;
  #begun = false;

  constructor(options: LiveOptions, tally = new Tally(), marks = new Marks(randomBytes(32).toString("hex"))) {
    this.tally = tally;
    this.marks = marks;
    this.#options = options;
    const { region, profile, environment, stop, limits = LIMITS } = options;
    // Every question that is under way listens to it; Node warns of more than ten.
    if (stop) setMaxListeners(0, stop);
    const waiting = (sentence: string) => this.#waiting(sentence);
    this.#aws = { region, profile, environment, limits, stop, tally: this.tally, waiting };
  }

  #waiting: (sentence: string) => void = () => {};

  onWait(told: (sentence: string) => void): void {
    this.#waiting = told;
  }

  readonly #cloudwatch = once(async () => {
    const { LiveCloudWatch } = await import("./cloudwatch/live.ts");
    return new LiveCloudWatch(this.#aws);
  });

  readonly #elbv2 = once(async () => {
    const [{ LiveElbv2 }, { credentials }] = await Promise.all([import("./elbv2/live.ts"), this.#cloudwatch()]);
    return new LiveElbv2(this.#aws, credentials);
  });

  readonly #kubernetes = once(async () => {
    const { LiveKubernetes } = await import("./kubernetes/live.ts");
    const { limits, stop, tally } = this.#aws;
    return new LiveKubernetes({ ...this.#options, limits, stop, tally });
  });

  readonly #prometheus = once(async () => {
    const { LivePrometheus } = await import("./prometheus/live.ts");
    const { limits, stop, tally } = this.#aws;
    return new LivePrometheus({ limits, stop, tally, find: () => this.#findPrometheus() });
  });

  async #findPrometheus(): Promise<Address> {
    const { prometheusUrl, environment } = this.#options;
    if (prometheusUrl !== undefined) {
      const { addressOf } = await import("./prometheus/live-address.ts");
      const { credentials } = await this.#cloudwatch();
      return addressOf(prometheusUrl, environment, credentials);
    }
    const { findPrometheus } = await import("./prometheus/live-find.ts");
    const kubernetes = await this.#kubernetes();
    return findPrometheus((question) => kubernetes.ask(question), await kubernetes.cluster());
  }

  /** Logs in again, and looks for Prometheus again; the requests are counted on. */
  anew(): LiveSource {
    return new LiveSource(this.#options, this.tally, this.marks);
  }

  /** The cluster that is asked, with its credentials. Throws a Told. */
  async cluster(): Promise<Cluster> {
    return (await this.#kubernetes()).cluster();
  }

  /** The Prometheus that is asked. Throws a Told. */
  async prometheus(): Promise<Address> {
    return (await this.#prometheus()).address();
  }

  /** The region that is asked. Throws what the SDK throws where none is set. */
  async region(): Promise<string> {
    return (await this.#cloudwatch()).region();
  }

  async ask(question: Question): Promise<Answer> {
    try {
      const source = await this.#sourceOf(question.source);
      const answer = source.ask(question);
      this.#begin();
      return this.#inContext(question.source, onArrival(question, await answer, this.marks));
    } catch (error) {
      // Settings that cannot be used, met while an adapter was made: a CA file that is not there, for example.
      if (!(error instanceof Told)) throw error;
      return failed(error.failure);
    }
  }

  #begin(): void {
    if (this.#begun) return;
    this.#begun = true;
    const early = () => {
      // Whoever asks later meets the same error, and tells it.
      this.cluster().catch(() => {});
      if (this.#options.prometheusUrl === undefined) this.prometheus().catch(() => {});
    };
    setTimeout(early, HEAD_START);
  }

  #sourceOf(name: SourceName): Promise<Source> {
    switch (name) {
      case "cloudwatch":
        return this.#cloudwatch();
      case "elbv2":
        return this.#elbv2();
      case "kubernetes":
        return this.#kubernetes();
      case "prometheus":
        return this.#prometheus();
    }
  }

  /** Tells a network without a way to the cluster from one that is down: the first is mostly a VPN that is off. */
  #inContext(source: SourceName, answer: Answer): Answer {
    const aws = source === "cloudwatch" || source === "elbv2";
    if (answer.status === "answered") this.#awsAnswered ||= aws;
    if (answer.status === "answered" || aws || !this.#awsAnswered) return answer;
    const { kind, message } = answer.failure;
    // Not where something answers, if only with a refusal: then there is a way.
    if (kind !== "unreachable" || !/cannot be (reached|resolved)/.test(message)) return answer;
    return failed({
      kind,
      message: `${message}; AWS answers, so this network has no way there: is the VPN connected?`,
    });
  }
}

/** Makes it at the first call, and gives the same again. */
function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | null = null;
  return () => {
    made ??= make();
    return made;
  };
}
