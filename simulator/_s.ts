import { worldFor } from "./worlds.ts"; import { solve } from "./solve.ts";
const [kind, from, n] = [process.argv[2], Number(process.argv[3]), Number(process.argv[4] ?? 1)];
for (let i = 0; i < n; i++) { const s = await solve(worldFor(kind as any, from + i).scenario); console.log(kind, from+i, s.verdict?.rootCause, s.verdict?.confidence, s.verdict?.headline, "|", s.verdict?.summary); console.log(s.fixes.map(f => f.id + ": " + f.title).join(" ; ")); }
