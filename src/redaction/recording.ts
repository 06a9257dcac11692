import type { Answer, Failure, Input, Json, Question } from "../model/question.ts";
import type { Source } from "../sources/port.ts";
import type { Recorded } from "../sources/recording/recording.ts";
import { MASKED, redactConfiguration, redactText } from "./text.ts";
import type { Tokens } from "./tokens.ts";

export interface Rules {
  /** Masked wherever they stand: names of companies, customers, services. */
  readonly words: readonly string[];
  /** Also masks what helps to understand but decides nothing: descriptions, tags, labels, images, paths of rules. */
  readonly strict: boolean;
}

/** Environment variables that say how a server runs; see analysis/workers. The values of all others are masked. */
const SERVER_VARIABLES = new Set(["WEB_CONCURRENCY", "GUNICORN_CMD_ARGS", "GUNICORN_WORKERS", "UVICORN_WORKERS"]);
/** Variables that people name themselves for the same, and the values that betray nothing. */
const COUNT_NAME = /WORKERS?|PROCESSES|THREADS|CONCURRENCY|CHILDREN|INSTANCES/;
const COUNT_VALUE = /^(?:\d{1,4}|auto|max)$/;
/** Annotations that say how and in which revision an object was applied. The values of all others are masked. */
const PLAIN_ANNOTATIONS = new Set(["deployment.kubernetes.io/revision"]);
/** Tags and labels by which Services are proven, and nodes and owners told apart. */
const NEEDED_KEY =
  /^(elbv2\.k8s\.aws|ingress\.k8s\.aws|service\.k8s\.aws|eks:|topology\.kubernetes\.io|node\.kubernetes\.io|app\.kubernetes\.io|pod-template-hash$|app$|helm\.toolkit|kustomize\.toolkit|argocd\.argoproj\.io)/;
const HOST_KEYS = new Set(["DNSName", "hostname", "nodeName", "host", "nodename", "kubernetes.io/hostname", "node"]);

/**
 * Stands before a source and lets nothing through as it is: answers go on with tokens in the place of what must not leave
 * the house, and questions, which are made from such answers, are asked with the originals. So the engine, the kept
 * session and the recording never hold an original, and a replay asks exactly the questions that were recorded.
 */
export class RedactingSource implements Source {
  readonly recorded: Recorded[] = [];
  /** Values that became "(redacted)": secrets and environment values. */
  masked = 0;
  readonly #inner: Source;
  readonly #tokens: Tokens;
  readonly #rules: Rules;

  constructor(inner: Source, tokens: Tokens, rules: Rules) {
    this.#inner = inner;
    this.#tokens = tokens;
    // The longest first: "acme-payments" before "acme".
    this.#rules = { ...rules, words: [...rules.words].filter(Boolean).sort((a, b) => b.length - a.length) };
  }

  async ask(question: Question): Promise<Answer> {
    const input = mapStrings(question.input, (text) => this.#tokens.restore(text)) as Input;
    const answer = this.#redact(question, await this.#inner.ask({ ...question, input }));
    this.recorded.push({ question, answer });
    return answer;
  }

  /** How many values of each kind have a token. */
  get counts(): Tokens["counts"] {
    return this.#tokens.counts;
  }

  /** Any text of a recording: the alarm's name, a description. */
  text(text: string): string {
    const out = redactText(text, this.#tokens, this.#rules.words);
    this.masked += out.split(MASKED).length - text.split(MASKED).length;
    return out;
  }

  #redact(question: Question, answer: Answer): Answer {
    if (answer.status === "failed") return { status: "failed", failure: this.#failure(answer.failure) };
    const isNode = question.source === "kubernetes" && question.input.resource === "nodes";
    const pages = answer.pages.map((page) => this.#value(page, "", isNode, question));
    return { status: "answered", pages, ...(answer.cut && { cut: this.#failure(answer.cut) }) };
  }

  /** A failure's sentence names servers: hosts are masked in it whatever their form. */
  #failure({ kind, message }: Failure): Failure {
    const hosts = message.replace(/(?<=(?:at|https?:\/\/)\s?)[\w-]+(?:\.[\w-]+)+/g, (host) =>
      /^[\d.]+$/.test(host) ? host : this.#tokens.mask("host", host),
    );
    return { kind, message: this.text(hosts) };
  }

  #value(value: unknown, key: string, isNode: boolean, question: Question): unknown {
    if (typeof value === "string") return this.#string(value, key);
    if (Array.isArray(value)) {
      // Prometheus's samples: a time and a figure as text.
      if (question.source === "prometheus" && (key === "value" || key === "values")) return value;
      return value.map((one) => this.#value(one, key, isNode, question));
    }
    if (value === null || typeof value !== "object") return value;
    return Object.fromEntries(
      Object.entries(value as { [key: string]: unknown }).map(([name, inner]) => [
        name,
        this.#member(value as { [key: string]: unknown }, name, inner, key, isNode, question),
      ]),
    );
  }

  #member(owner: Owner, name: string, inner: unknown, key: string, isNode: boolean, question: Question): unknown {
    if (typeof inner === "string") {
      if (key === "annotations") return PLAIN_ANNOTATIONS.has(name) ? inner : this.#mask(inner);
      if (key === "data" && question.input.resource === "configmaps")
        // A key may be a variable of its own (envFrom).
        return tellsCount(name, inner) ? inner : this.#configuration(inner, question);
      if (key === "env" && name === "value") {
        const variable = String(owner.name);
        if (tellsCount(variable, inner)) return inner;
        return SERVER_VARIABLES.has(variable) ? this.text(inner) : this.#mask(inner);
      }
      if (key === "Tags" && name === "Value") return this.#labelled(String(owner.Key), inner);
      if (key === "labels") return this.#labelled(name, inner);
      if (key === "metadata" && name === "name" && isNode) return this.#tokens.mask("host", inner);
      if (key === "addresses" && name === "address" && !/IP$/.test(String(owner.type)))
        return this.#tokens.mask("host", inner);
      if (name === "image") return this.#image(inner);
      if (this.#rules.strict && name === "AlarmDescription") return this.#mask(inner);
    }
    if (name === "Values" && owner.Field === "host-header" && Array.isArray(inner)) return this.#hosts(inner);
    if (name === "HostHeaderConfig") return this.#hostConfig(inner);
    if (this.#rules.strict && (name === "PathPatternConfig" || name === "Values") && "Field" in owner)
      return mapStrings(inner as Json, (text) => this.#mask(text));
    return this.#value(inner, name, isNode, question);
  }

  #string(text: string, key: string): string {
    // "10.0.1.2:9100" is left to the forms; a name is a host.
    if (HOST_KEYS.has(key) && !/^[\d.:]+$/.test(text)) return this.#tokens.mask("host", text);
    return this.text(text);
  }

  #labelled(name: string, value: string): string {
    if (HOST_KEYS.has(name)) return this.#tokens.mask("host", value);
    return this.#rules.strict && !NEEDED_KEY.test(name) ? this.#mask(value) : this.text(value);
  }

  #configuration(text: string, { input }: Question): string {
    this.masked += 1;
    const of = input.name === "cluster-autoscaler-status" ? "node groups" : "server";
    return redactConfiguration(text, this.#tokens, this.#rules.words, of);
  }

  #hostConfig(config: unknown): unknown {
    const values = typeof config === "object" && config !== null && "Values" in config ? config.Values : null;
    return Array.isArray(values) ? { Values: this.#hosts(values) } : config;
  }

  #hosts(values: readonly unknown[]): unknown[] {
    return values.map((value) => (typeof value === "string" ? this.#tokens.mask("host", value) : value));
  }

  /** "registry.example.com/team/app:v1": the registry is a host; name and version stay, they tell rollouts apart. */
  #image(image: string): string {
    const [, registry, rest] = /^([\w-]+(?:\.[\w-]+)+(?::\d+)?)\/(.*)$/.exec(image) ?? [];
    if (registry === undefined || rest === undefined) return this.text(image);
    return `${this.#tokens.mask("host", registry)}/${this.text(rest)}`;
  }

  #mask(value: string): string {
    if (value === "" || value === MASKED) return value;
    this.masked += 1;
    return MASKED;
  }
}

function tellsCount(name: string, value: string): boolean {
  return COUNT_NAME.test(name) && COUNT_VALUE.test(value);
}

type Owner = { readonly [key: string]: unknown };

function mapStrings(value: Json | undefined, map: (text: string) => string): Json | undefined {
  if (typeof value === "string") return map(value);
  if (Array.isArray(value)) return value.map((one: Json) => mapStrings(one, map) as Json);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, mapStrings(inner, map)]));
}
