import { readdirSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { Signal } from "../../src/model/signal.ts";
import { readingOf } from "../verdicts/judged.ts";
import type { Row } from "./row.ts";

const SIGNALS = new URL("../../playbooks/signals/", import.meta.url);
const signals = await Promise.all(
  readdirSync(SIGNALS).map(async (file) => {
    const id = file.replace(/\.ts$/, "");
    const [{ default: signal }, { default: rows }] = await Promise.all([
      import(`../../playbooks/signals/${id}.ts`),
      import(`./rows/${id}.ts`),
    ]);
    return [id, signal as Signal, rows as readonly Row[]] as const;
  }),
);

describe.each(signals)("%s", (id, signal, rows) => {
  it("is named by its file, and asks a question", () => {
    expect(signal.id).toBe(id);
    expect(signal.question).toMatch(/\?$/);
  });

  it.each(rows)("%s", (_, facts, answer) => {
    const reading = readingOf(signal, facts);
    expect(reading.answer, reading.statement).toBe(answer);
    expect(reading.statement).not.toMatch(/NaN|Infinity|undefined|null/);
  });

  it("is unknown where a fact that it needs is missing", () => {
    if (Object.keys(signal.needs).length > 0) expect(readingOf(signal, {}).answer).toBe("unknown");
  });
});
