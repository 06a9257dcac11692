import { solveWorld } from "./solve.ts"; import { buildWorld } from "./world.ts"; import { worldFor } from "./worlds.ts";
const s: any = await solveWorld(buildWorld(worldFor(process.argv[2] as any, Number(process.argv[3])).scenario));
console.log(Object.keys(s.facts).join(" "));
const m = s.facts["guilty-metric"] ?? s.facts.guiltyMetric ?? s.facts.metric;
for (const k of ["requests", "average", "p50", "p95", "p99", "maximum"]) console.log(k, m?.[k]?.values?.slice(0, 70).map((x: any) => x == null ? "-" : +x.toFixed(1)).join(" "));
