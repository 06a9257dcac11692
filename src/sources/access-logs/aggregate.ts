import { type Epoch, iso, type Span } from "../../model/time.ts";
import { Counts, keyOf, Pairs } from "./counts.ts";
import { agentFamily, groupOf, methodOf, pathTemplate, reasonOf, signatureOf, sizeClass } from "./folded.ts";
import { checkLine, connectionLine, NOTHING, requestLine } from "./lines.ts";
import type { Log, LogRow } from "./questions.ts";
import { same } from "./remembered.ts";

/** Counts the lines of one log into the rows of an answer. */
export interface Aggregate {
  /** One line, without its end. */
  add(line: string): void;
  readonly lines: number;
  readonly unreadable: number;
  rows(): LogRow[];
}

/** `loadBalancer`: its ARN, or "app/name/id"; lines of others, which may lie in the same folder, are not counted. */
export function aggregate(log: Log, loadBalancer: string, spans: readonly Span[]): Aggregate {
  switch (log) {
    case "requests":
      return new Requests(spans, loadBalancer.slice(loadBalancer.lastIndexOf(":") + 1).replace(/^loadbalancer\//, ""));
    case "connections":
      return new Connections(spans);
    case "checks":
      return new Checks(spans);
  }
}

abstract class Counter implements Aggregate {
  protected readonly counts = new Counts();
  lines = 0;
  unreadable = 0;
  readonly #spans: readonly Span[];
  #minute = { time: Number.NaN, text: "" };
  #last = 0;

  constructor(spans: readonly Span[]) {
    this.#spans = spans;
  }

  add(line: string): void {
    if (line === "") return;
    this.lines += 1;
    if (!this.count(line)) this.unreadable += 1;
  }

  rows(): LogRow[] {
    return this.counts.rows();
  }

  /** Whether the line could be read. */
  protected abstract count(line: string): boolean;

  /** -1 where the time is in none. Lines of one time follow each other. */
  protected spanOf(time: Epoch): number {
    const last = this.#spans[this.#last];
    if (last && time >= last.start && time < last.end) return this.#last;
    const found = this.#spans.findIndex(({ start, end }) => time >= start && time < end);
    if (found !== -1) this.#last = found;
    return found;
  }

  protected minuteOf(time: Epoch): string {
    const minute = time - (time % 60);
    if (minute !== this.#minute.time) this.#minute = { time: minute, text: iso(minute) };
    return this.#minute.text;
  }
}

class Requests extends Counter {
  readonly #loadBalancer: string;
  readonly #paths = new Pairs();
  readonly #targetPaths = new Pairs();

  constructor(spans: readonly Span[], loadBalancer: string) {
    super(spans);
    this.#loadBalancer = loadBalancer;
  }

  protected count(text: string): boolean {
    const line = requestLine(text);
    if (line === null) return false;
    const span = this.spanOf(line.time);
    if (span === -1 || line.loadBalancer !== this.#loadBalancer) return true;
    const { status, targetStatus } = line;
    const own = targetStatus === null && status !== null;
    const counting = {
      failed: targetStatus !== null && targetStatus >= 500 && targetStatus < 600,
      made: own && status >= 500,
      gaveUp: own && status === 460,
      time: line.targetTime,
    };
    const { counts } = this;
    const cell = counts.cell(span, groupOf(line.group));
    const target = same(line.target);
    const path = this.#paths.keyOf(methodOf(line.method), pathTemplate(line.url));
    counts.add(cell, "all", "", counting);
    counts.add(cell, "minute", this.minuteOf(line.time), counting);
    counts.add(cell, "target", target, counting);
    counts.add(cell, "path", path, counting);
    counts.add(cell, "target-path", this.#targetPaths.keyOf(target, path), counting);
    counts.add(cell, "rule", line.rule, counting);
    counts.add(cell, "client", fullAddress(line.client), counting);
    counts.add(cell, "agent", agentFamily(line.agent), counting);
    counts.add(cell, "size", sizeClass(line.received), counting);
    counts.add(cell, "type", line.type, counting);
    if (own && status >= 400) counts.add(cell, "made", keyOf(signatureOf(line), line.target, reasonOf(line)), counting);
    return true;
  }
}

class Connections extends Counter {
  protected count(text: string): boolean {
    const line = connectionLine(text);
    if (line === null) return false;
    const span = this.spanOf(line.time);
    if (span === -1) return true;
    const failed = line.verifyStatus.startsWith("Failed");
    const counting = { failed, made: false, gaveUp: false, time: line.handshake };
    const cell = this.counts.cell(span, NOTHING);
    this.counts.add(cell, "all", "", counting);
    this.counts.add(cell, "minute", this.minuteOf(line.time), counting);
    this.counts.add(cell, "client", fullAddress(line.client), counting);
    if (failed) this.counts.add(cell, "failure", keyOf(line.verifyStatus, line.listenerPort, line.protocol), counting);
    return true;
  }
}

class Checks extends Counter {
  protected count(text: string): boolean {
    const line = checkLine(text);
    if (line === null) return false;
    const span = this.spanOf(line.time);
    if (span === -1) return true;
    const counting = { failed: !line.passed, made: false, gaveUp: false, time: line.latency };
    const cell = this.counts.cell(span, line.group);
    this.counts.add(cell, "all", "", counting);
    this.counts.add(cell, "minute", this.minuteOf(line.time), counting);
    this.counts.add(cell, "target", line.target, counting);
    if (!line.passed) this.counts.add(cell, "failure", keyOf(line.target, line.statusCode, line.reason), counting);
    return true;
  }
}

/** An IPv6 address with all its eight groups: of the many ways to write one, that by which it is known as one. */
export function fullAddress(address: string): string {
  const gap = address.indexOf("::");
  if (gap === -1) return address;
  const groups = (text: string) => (text === "" ? [] : text.split(":"));
  const [before, after] = [groups(address.slice(0, gap)), groups(address.slice(gap + 2))];
  const zeros = Math.max(0, 8 - before.length - after.length);
  return [...before, ...new Array<string>(zeros).fill("0"), ...after].join(":");
}
