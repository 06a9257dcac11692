import { isMark } from "../model/mark.ts";
import type { Answer, Failure, Input, Json, Question } from "../model/question.ts";
import { descriptorOf } from "../sources/descriptor-of.ts";
import type { Source } from "../sources/port.ts";
import type { Recorded } from "../sources/recording/recording.ts";
import { onArrival } from "./arrival.ts";
import type { Marks } from "./marks.ts";
import { redactText } from "./text.ts";
import type { Tokens } from "./tokens.ts";
import { NEEDED_KEY } from "./understood.ts";

export interface Rules {
  /** Masked wherever they stand: names of companies, customers, services. */
  readonly words: readonly string[];
  /** Also masks what helps to understand but decides nothing: descriptions, tags, labels, images, paths of rules. */
  readonly strict: boolean;
}

const HOST_KEYS = new Set(["DNSName", "hostname", "nodeName", "host", "nodename", "kubernetes.io/hostname", "node"]);
/** Attributes of a load balancer that name a bucket and the folder in it. */
const BUCKET = /_logs\.s3\.(?:bucket|prefix)$/;

/**
 * Stands before a source and lets nothing through as it is: answers go on with tokens in the place of what must not leave
 * the company, and questions, which are made from such answers, are asked with the originals. So the engine, the kept
 * session and the recording never hold an original, and a replay asks exactly the questions that were recorded.
 */
export class RedactingSource implements Source {
  readonly recorded: Recorded[] = [];
  readonly #inner: Source;
  readonly #tokens: Tokens;
  readonly #marks: Marks;
  readonly #rules: Rules;

  /** `marks`: those of the live source beneath, so that a value has one mark; what is masked already stays as it is. */
  constructor(inner: Source, tokens: Tokens, rules: Rules, marks: Marks) {
    this.#inner = inner;
    this.#tokens = tokens;
    this.#marks = marks;
    // The longest first: "acme-payments" before "acme".
    this.#rules = { ...rules, words: [...rules.words].filter(Boolean).sort((a, b) => b.length - a.length) };
  }

  async ask(question: Question): Promise<Answer> {
    const input = mapStrings(question.input, (text) => this.#tokens.restore(text)) as Input;
    const answer = this.#redact(question, await this.#inner.ask({ ...question, input }));
    this.recorded.push({ question, answer });
    return answer;
  }

  onWait(told: (sentence: string) => void): void {
    this.#inner.onWait?.(told);
  }

  /** How many values of each kind have a token. */
  get counts(): Tokens["counts"] {
    return this.#tokens.counts;
  }

  /** How many texts have a mark in their place: secrets, and what no reader understands. */
  get masked(): number {
    return this.#marks.count;
  }

  /** Any text of a recording: the alarm's name, a description. */
  text(text: string): string {
    return redactText(text, this.#tokens, this.#rules.words, this.#marks);
  }

  #redact(question: Question, raw: Answer): Answer {
    const answer = onArrival(question, raw, this.#marks);
    if (answer.status === "failed") return { status: "failed", failure: this.#failure(answer.failure) };
    const { namesHosts, figures = [] } = descriptorOf(question.source).redaction ?? {};
    const its = { namesHosts: namesHosts?.(question) ?? false, figures };
    const pages = answer.pages.map((page) => this.#value(page, "", its));
    return { status: "answered", pages, ...(answer.cut && { cut: this.#failure(answer.cut) }) };
  }

  /** A failure's sentence names servers: hosts are masked in it whatever their form. */
  #failure({ kind, message }: Failure): Failure {
    const hosts = message.replace(/(?<=(?:at|https?:\/\/)\s?)[\w-]+(?:\.[\w-]+)+/g, (host) =>
      /^[\d.]+$/.test(host) ? host : this.#tokens.mask("host", host),
    );
    return { kind, message: this.text(hosts) };
  }

  #value(value: unknown, key: string, its: Its): unknown {
    if (typeof value === "string") return this.#string(value, key);
    if (Array.isArray(value)) return its.figures.includes(key) ? value : value.map((one) => this.#value(one, key, its));
    if (value === null || typeof value !== "object") return value;
    return Object.fromEntries(
      Object.entries(value as { [key: string]: unknown }).map(([name, inner]) => [
        name,
        this.#member(value as { [key: string]: unknown }, name, inner, key, its),
      ]),
    );
  }

  #member(owner: Owner, name: string, inner: unknown, key: string, its: Its): unknown {
    if (typeof inner === "string") {
      if (name === "Value" && BUCKET.test(String(owner.Key))) return this.#tokens.mask("word", inner);
      if (key === "Tags" && name === "Value") return this.#labelled(String(owner.Key), inner);
      if (key === "labels") return this.#labelled(name, inner);
      if (key === "metadata" && name === "name" && its.namesHosts) return this.#tokens.mask("host", inner);
      if (key === "addresses" && name === "address" && !/IP$/.test(String(owner.type)))
        return this.#tokens.mask("host", inner);
      if (name === "image") return this.#image(inner);
      if (this.#rules.strict && name === "AlarmDescription") return this.#mask(inner);
    }
    if (name === "Values" && owner.Field === "host-header" && Array.isArray(inner)) return this.#hosts(inner);
    if (name === "HostHeaderConfig") return this.#hostConfig(inner);
    if (this.#rules.strict && (name === "PathPatternConfig" || name === "Values") && "Field" in owner)
      return mapStrings(inner as Json, (text) => this.#mask(text));
    return this.#value(inner, name, its);
  }

  #string(text: string, key: string): string {
    if (isMark(text)) return text;
    // Of a log's rows: the path. Whether it names a customer nobody can tell.
    if (this.#rules.strict && key === "key" && text.startsWith("/")) return this.#mask(text);
    // "10.0.1.2:9100" is left to the forms; a name is a host.
    if (HOST_KEYS.has(key) && !/^[\d.:]+$/.test(text)) return this.#tokens.mask("host", text);
    return this.text(text);
  }

  #labelled(name: string, value: string): string {
    if (HOST_KEYS.has(name)) return this.#tokens.mask("host", value);
    return this.#rules.strict && !NEEDED_KEY.test(name) ? this.#mask(value) : this.text(value);
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
    return this.#marks.of("text", value);
  }
}

/** The nodes on which the pods of an answer stand: their names are listed, sorted, in later questions. */
export function nodesIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(nodesIn);
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) =>
    name === "nodeName" && typeof inner === "string" ? [inner] : nodesIn(inner),
  );
}

/** What the source says of the answer. */
interface Its {
  readonly namesHosts: boolean;
  readonly figures: readonly string[];
}

type Owner = { readonly [key: string]: unknown };

function mapStrings(value: Json | undefined, map: (text: string) => string): Json | undefined {
  if (typeof value === "string") return map(value);
  if (Array.isArray(value)) return value.map((one: Json) => mapStrings(one, map) as Json);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, mapStrings(inner, map)]));
}
