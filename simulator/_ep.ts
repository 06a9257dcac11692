import { solveWorld } from "./solve.ts"; import { buildWorld } from "./world.ts"; import { worldFor } from "./worlds.ts";
const s: any = await solveWorld(buildWorld(worldFor(process.argv[2] as any, Number(process.argv[3])).scenario));
const m = s.facts.guiltyMetric; const st = m.requests.start;
for (const e of s.facts.episodes.episodes) { const i = Math.round((e.burst.start - st) / 60), j = Math.round((e.burst.end - st) / 60);
  console.log("ep", e.id, i, j);
  for (const k of ["requests", "average", "p50"]) console.log(" ", k, m[k].values.slice(Math.max(0, i - 12), j + 14).map((x: any) => x == null ? "-" : +x.toFixed(2)).join(" ")); }
console.log("starts", s.facts.podCpu.pods.map((p: any) => [(p.cpu.start - st) / 60 + p.cpu.values.findIndex((v: any) => v !== null)]).join(" "));
