import { worldFor } from "./worlds.ts"; import { solveWorld } from "./solve.ts"; import { buildWorld } from "./world.ts";
for (const spec of process.argv.slice(2)) { const [kind, seed] = spec.split(":"); const { scenario, judgement } = worldFor(kind as any, Number(seed));
 const s = await solveWorld(buildWorld(scenario)); console.log("\n##", spec, s.outcome, "said", s.verdict?.rootCause, "|", scenario.description);
 console.log("  alarm", (s as any).alarm?.name, JSON.stringify((s as any).alarm?.metric ?? "").slice(0,150), s.verdict?.summary?.slice(0,400));
 for (const h of s.hypotheses) if (h.cause === judgement.truth || (h.status !== "rejected" && h.status !== "undetermined")) console.log("  ", h.cause, h.status, "::", h.because.slice(0, 500));
 const open = s.hypotheses.filter(h => h.status === "undetermined").map(h => h.cause); console.log("   open:", open.join(", ")); for (const g of s.gaps) console.log("   gap", g.what.slice(0, 140)); }
