import { existsSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { newFolder, orDiscard } from "../../src/cli/new-folder.ts";
import { emptyFolder } from "./lbdoctor.ts";

it("leaves no folder behind where the work that it was taken for throws, and keeps the reason", async () => {
  const path = join(emptyFolder(), "recording");
  const folder = await newFolder(path);
  const work = async () => {
    writeFileSync(join(path, "half.json"), "{");
    throw new Error("broke off");
  };
  await expect(orDiscard(folder, work())).rejects.toThrow("broke off");
  expect(existsSync(path)).toBe(false);
});

it("empties a folder that was there before, and leaves it there", async () => {
  const path = emptyFolder();
  const folder = await newFolder(path);
  const work = async () => {
    writeFileSync(join(path, "half.json"), "{");
    throw new Error("broke off");
  };
  await expect(orDiscard(folder, work())).rejects.toThrow();
  expect(readdirSync(path)).toEqual([]);
});

it("keeps the folder where the work succeeds", async () => {
  const path = join(emptyFolder(), "recording");
  expect(await orDiscard(await newFolder(path), Promise.resolve("done"))).toBe("done");
  expect(existsSync(path)).toBe(true);
});
