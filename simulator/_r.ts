import { worldFor } from "./worlds.ts"; import { solveWorld } from "./solve.ts"; import { buildWorld } from "./world.ts"; import { writeFileSync } from "node:fs";
const s: any = await solveWorld(buildWorld(worldFor(process.argv[2] as any, Number(process.argv[3])).scenario));
writeFileSync("/tmp/s.json", JSON.stringify(s)); 
for (const f of s.findings) console.log(f.id, "|", f.statement.slice(0, 300));
