import { readdirSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { Held } from "./row.ts";

const files = readdirSync(new URL("rows/", import.meta.url)).sort();
const held = await Promise.all(
  files.map(async (file) => {
    const { default: held } = (await import(`./rows/${file.replace(/\.ts$/, "")}.ts`)) as { default: Held<unknown> };
    const url = new URL(`../../${held.module}`, import.meta.url);
    return [held.module, await import(url.href), held.rows] as const;
  }),
);

describe.each(held)("%s", (_, module, rows) => {
  it.each(rows)("%s", async (_, ask, answer) => {
    expect(await ask(module)).toEqual(answer);
  });
});
