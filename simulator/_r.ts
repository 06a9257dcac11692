import { writeFileSync } from "node:fs";
import { solveWorld } from "./solve.ts";
import { buildWorld } from "./world.ts";
import { worldFor } from "./worlds.ts";

const s: any = await solveWorld(buildWorld(worldFor(process.argv[2] as any, Number(process.argv[3])).scenario));
writeFileSync("/tmp/s.json", JSON.stringify(s));
for (const f of s.findings) console.log(f.id, "|", f.statement.slice(0, 300));
