import { solveWorld } from "./solve.ts";
import { buildWorld } from "./world.ts";
import { worldFor } from "./worlds.ts";
const [kind, seed, ...ids] = process.argv.slice(2);
const s: any = await solveWorld(buildWorld(worldFor(kind as any, Number(seed)).scenario));
for (const id of ids) {
  const { default: sig } = await import(`../playbooks/signals/${id}.ts`);
  const need: any = {}; let ok = true;
  for (const [k, t] of Object.entries<any>({ ...sig.needs })) { need[k] = s.facts[t.id]; if (need[k] === undefined) { ok = false; console.log("missing", k); } }
  for (const [k, t] of Object.entries<any>({ ...sig.uses })) if (s.facts[t.id] !== undefined) need[k] = s.facts[t.id];
  if (ok) { const r = sig.read(need); console.log(id, r.answer, "|", r.statement, r.figure); }
}
