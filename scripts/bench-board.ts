/** How long the board takes for a key, with 200 findings and 40 target groups; part of `npm run bench`. */
import { measureKeys } from "../test/board/bench.ts";

for (const [columns, rows] of [
  [80, 24],
  [200, 50],
] as const) {
  const { keys, median, p95, worst } = await measureKeys({ columns, rows });
  const figures = `median ${median.toFixed(1)} ms, p95 ${p95.toFixed(1)} ms, worst ${worst.toFixed(1)} ms`;
  console.log(`a key on the board at ${columns} × ${rows}: ${figures} of ${keys} (aim: p95 < 16 ms)`);
}
