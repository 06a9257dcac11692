import { zoneFlows } from "../connections.ts";
import type { Row } from "../row.ts";

export default [
  ["62 % breaks in the zone of 2, beside one of 6", zoneFlows([2, 500, 620], [6, 500, 380]), "yes"],
  ["66 % of a hundred does", zoneFlows([2, 500, 66], [6, 500, 34]), "yes"],
  ["64 % of a hundred does, which chance may do", zoneFlows([2, 500, 64], [6, 500, 36]), "unclear"],
  ["five of five break there", zoneFlows([2, 500, 5], [6, 500, 0]), "unclear"],
  ["58 % does", zoneFlows([2, 500, 580], [6, 500, 420]), "unclear"],
  ["51 % does", zoneFlows([2, 500, 51], [6, 500, 49]), "unclear"],
  ["half, as many as its part of the connections", zoneFlows([2, 500, 50], [6, 500, 50]), "no"],
  ["it breaks in the other", zoneFlows([2, 500, 10], [6, 500, 90]), "no"],
  ["nothing breaks, and its targets are unhealthy", zoneFlows([2, 500, 0, 20], [6, 500, 0, 2]), "yes"],
  ["nothing breaks, and the others' targets are unhealthy", zoneFlows([2, 500, 0, 0], [6, 500, 0, 9]), "no"],
  ["nothing breaks anywhere", zoneFlows([2, 500, 0], [6, 500, 0]), "unknown"],
  ["one zone has no target", zoneFlows([2, 500, 10], [0, 500, 0]), "unknown"],
] satisfies readonly Row[];
