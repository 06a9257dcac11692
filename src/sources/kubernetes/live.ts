import { setTimeout as sleep } from "node:timers/promises";
import type { Answer, Failure, Input, Question } from "../../model/question.ts";
import { type Asked, failureOf, statusFailure, Told } from "../failure.ts";
import { FIRST_PAUSE, get, jsonOf } from "../http/wire.ts";
import type { Limits } from "../limits.ts";
import { Expired, readPages } from "../paging.ts";
import { field } from "../parse.ts";
import type { Source } from "../port.ts";
import { Lane } from "../rate.ts";
import type { Tally } from "../tally.ts";
import { type Cluster, type ClusterOptions, openCluster } from "./live-cluster.ts";
import { execute, messageOf, type Output, segment, withSlash } from "./live-exec.ts";
import { trimmed } from "./live-trim.ts";

/** Objects of one page; what kubectl asks for, and what keeps a page of pods at a few MB. */
const PAGE = 500;
const AT_ONCE = 10;

export interface KubernetesOptions extends ClusterOptions {
  readonly limits: Limits;
  readonly stop?: AbortSignal | undefined;
  readonly tally: Tally;
  /** Whether the two permitted commands may run in a pod. */
  readonly allowExec: boolean;
}

/** Answers questions from the cluster's API server. GET, and exec of two commands where it is allowed. */
export class LiveKubernetes implements Source {
  readonly #options: KubernetesOptions;
  readonly #lane = new Lane(AT_ONCE);
  #cluster: Promise<Cluster> | null = null;
  /** Named by its address as soon as that is known. */
  #asked: Asked = { source: "kubernetes", name: "the cluster's API" };

  constructor(options: KubernetesOptions) {
    this.#options = options;
  }

  /** The cluster with its credentials, opened once; a login command must not run for each question. */
  cluster(): Promise<Cluster> {
    this.#cluster ??= openCluster(this.#options).then((cluster) => {
      this.#asked = { source: "kubernetes", name: cluster.route.name };
      return cluster;
    });
    return this.#cluster;
  }

  ask(question: Question): Promise<Answer> {
    const { limits, stop } = this.#options;
    return this.#lane.run(() =>
      readPages({
        limits,
        stop,
        asked: this.#asked,
        explain: (error) => failureOf(error, this.#asked),
        read: (token, signal) => this.#read(question, token, signal),
      }),
    );
  }

  async #read({ operation, input }: Question, token: string | undefined, signal: AbortSignal) {
    const { limits, tally, allowExec } = this.#options;
    if (operation === "exec" && !allowExec) throw new Told("forbidden", "exec is not allowed without --allow-exec");
    const cluster = await this.cluster();
    const count = () => {
      tally.count("kubernetes");
    };
    if (operation === "exec") return { page: await this.#exec(cluster, input, signal, count) };
    const url = new URL(pathOf(input), withSlash(cluster.server));
    if (operation === "list") url.search = selection(input, token);
    const { route } = cluster;
    const reply = await get(url, route, limits, signal, count);
    // The snapshot that pages are read from is kept for some minutes (Kubernetes API Concepts, 410 Gone responses).
    if (reply.status === 410 && token !== undefined)
      throw new Expired("timeout", `${route.name} no longer knows the list that was being read (410)`);
    const failure = statusFailure(reply.status, this.#asked, messageOf(reply.body));
    if (failure) throw new Told(failure.kind, absent(failure, input));
    const page = trimmed(jsonOf(reply, route.name));
    const next = field(field(page, "metadata"), "continue");
    return { page, next: typeof next === "string" && next !== "" ? next : undefined };
  }

  /** Repeated only where it was refused for its rate: then no command has begun. */
  async #exec(cluster: Cluster, input: Input, signal: AbortSignal, count: () => void): Promise<Output> {
    for (let attempt = 1; ; attempt += 1) {
      count();
      try {
        return await execute(cluster, input, signal);
      } catch (error) {
        const throttled = error instanceof Told && error.failure.kind === "throttled";
        if (!throttled || attempt >= this.#options.limits.attempts) throw error;
      }
      await sleep(FIRST_PAUSE * 2 ** (attempt - 1), undefined, { signal });
    }
  }
}

/** "api/v1/namespaces/default/pods" */
function pathOf({ apiVersion, resource, namespace, name }: Input): string {
  const group = String(apiVersion).split("/").map(segment).join("/");
  return [
    group.includes("/") ? `apis/${group}` : `api/${group}`,
    ...(namespace === undefined ? [] : ["namespaces", segment(namespace)]),
    segment(resource),
    ...(name === undefined ? [] : [segment(name)]),
  ].join("/");
}

function selection({ labelSelector, fieldSelector }: Input, token: string | undefined): string {
  const wanted = { limit: PAGE, labelSelector, fieldSelector, continue: token };
  const given = Object.entries(wanted).filter(([, value]) => value !== undefined);
  return new URLSearchParams(given.map(([key, value]): [string, string] => [key, String(value)])).toString();
}

/** A kind that the cluster does not know answers 404 as well as an object that is not there. */
function absent({ kind, message }: Failure, { apiVersion, resource, namespace, name }: Input): string {
  if (kind !== "missing") return message;
  if (name !== undefined) return `the cluster has no ${resource} ${namespace}/${name}`;
  return `the cluster does not know ${resource} of ${apiVersion}`;
}
