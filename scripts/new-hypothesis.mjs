// Lays out the two files of a new hypothesis: npm run new:hypothesis <cause-id>
import { readFile, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";

process.chdir(fileURLToPath(new URL("..", import.meta.url)));
const [id] = process.argv.slice(2);
const words = await readFile("src/model/vocabulary.ts", "utf8");
const causes = [...(/CAUSES = \[([^\]]*)\]/.exec(words)?.[1] ?? "").matchAll(/"([a-z-]+)"/g)].map(([, cause]) => cause);
if (!id || !/^[a-z]+(-[a-z]+)*$/.test(id)) {
  console.error("usage: npm run new:hypothesis <cause-id>, for example sticky-session-skew");
  process.exit(2);
}

const name = id.replace(/-([a-z])/g, (_, letter) => letter.toUpperCase());
const title = id.replaceAll("-", " ");
const definition = `import { defineHypothesis, rejected, undetermined } from "../../src/playbook.ts";

/** The least … for which it counts; why this much, and where that is from. */
const THRESHOLD = 0;

/** What is wrong (where that is known from). What decides: … */
export default defineHypothesis({
  cause: "${id}",
  title: "${title}",
  claim: "…",
  needs: ["episodes"],
  uses: [],
  judge: ({ episodes: { episodes } }) => {
    if (episodes.length === 0) return undetermined("the alarm was not in ALARM in this window");
    if (episodes.length > THRESHOLD) return rejected("…", ["alarm-history.episodes"]);
    return undetermined("…");
  },
});
`;
const page = `# ${title[0].toUpperCase()}${title.slice(1)}

\`${id}\`

## What it is

## How it shows

## How it is judged

## What to do
`;
// Never over somebody's work: "wx" refuses a file that exists.
await writeFile(`playbooks/hypotheses/${id}.ts`, definition, { flag: "wx" });
await writeFile(`playbooks/hypotheses/${id}.md`, page, { flag: "wx" });
console.log(`Made playbooks/hypotheses/${id}.ts and ${id}.md. Then:
${causes.includes(id) ? "" : `- add "${id}" to CAUSES in src/model/vocabulary.ts; ids are stable, choose it well\n`}- import ${name} in playbooks/latency.ts and list it among the hypotheses; in a tie the earlier one is the cause
- name the deciding finding, and give each threshold its reason
- make an incident that confirms it in test/incidents, write its fixture with \`npm run fixtures\`, and name it in expected`);
