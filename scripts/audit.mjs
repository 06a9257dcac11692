// Known vulnerabilities of all packages, by `npm audit`: fails on each that scripts/audit-exceptions.json does not except
// with a reason and a date that has not passed. A registry that offers no audit is told: nothing was checked then.
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const exceptions = JSON.parse(readFileSync(fileURLToPath(new URL("audit-exceptions.json", import.meta.url)), "utf8"));
const { stdout } = spawnSync("npm", ["audit", "--json"], { encoding: "utf8", maxBuffer: 64 * 2 ** 20 });
const report = parsed(stdout);

if (report?.vulnerabilities === undefined) {
  const why = String(report?.error?.summary || report?.message || "no report came").split("\n")[0];
  console.log(`NOT AUDITED: the registry answers no audit (${why}). Run this where it does before publishing.`);
} else {
  const today = new Date().toISOString().slice(0, 10);
  const advisories = Object.values(report.vulnerabilities).flatMap(({ name, via }) =>
    via.flatMap((one) => (typeof one === "string" ? [] : [{ name, id: one.url.split("/").at(-1), title: one.title }])),
  );
  const open = advisories.filter(({ id }) => !exceptions.some((one) => one.id === id && one.until >= today));
  for (const { name, id, title } of open) console.error(`${name}: ${title} (${id})`);
  for (const one of exceptions.filter(({ until }) => until < today))
    console.error(`the exception for ${one.id} ended on ${one.until}`);
  console.log(`${advisories.length} advisories, ${advisories.length - open.length} excepted, ${open.length} open`);
  process.exitCode = open.length === 0 ? 0 : 1;
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    // npm prints no JSON where it cannot even ask.
    return undefined;
  }
}
