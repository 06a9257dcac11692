import type { Row } from "../row.ts";

const connections = (made: number, requests = 1000) => ({ connections: { made, requests } });

export default [
  ["95 new connections for 1000 requests", connections(95), "yes"],
  ["105 new connections for 1000 requests", connections(105), "unclear"],
  ["480 new connections for 1000 requests", connections(480), "unclear"],
  ["520 new connections for 1000 requests", connections(520), "no"],
  ["no requests", connections(10, 0), "unknown"],
] satisfies readonly Row[];
