import { spawnSync } from "node:child_process";
import type { Terminal } from "../app/terminal.ts";

/**
 * Writes a text; on a terminal that it does not fit on through $PAGER, else less, as git does: what fits is printed as it
 * is, colours are kept, and the text stays on the screen afterwards (less -FRX). PAGER=cat turns it off.
 */
export function paged(text: string, { out, environment }: Pick<Terminal, "out" | "environment">): void {
  const fits = text.split("\n").length <= (out.rows ?? 24);
  const pager = environment.PAGER ?? "less";
  if (!out.isTTY || fits || pager === "" || pager === "cat" || environment.TERM === "dumb") {
    out.write(text);
    return;
  }
  const env = { LESS: "FRX", LESSCHARSET: "utf-8", ...environment };
  const { error, status } = spawnSync(pager, { input: text, shell: true, env, stdio: ["pipe", "inherit", "inherit"] });
  // A shell says 127 of a program that is not there.
  if (error || status === 127) out.write(text);
}
