import { podCpu } from "../pods.ts";
import type { Row } from "../row.ts";

export default [
  ["72 % in use", podCpu({ fleetInBursts: 2.9 }), "yes"],
  ["78 % in use", podCpu({ fleetInBursts: 3.1 }), "unclear"],
  ["82 % in use", podCpu({ fleetInBursts: 3.3 }), "unclear"],
  ["88 % in use", podCpu({ fleetInBursts: 3.5 }), "no"],
  ["no figure of the hottest pods", podCpu({ plateau: null }), "unknown"],
  ["the hottest pods use nothing", podCpu({ plateau: 0 }), "unknown"],
  ["no figure of the fleet", podCpu({ fleetInBursts: null }), "unknown"],
] satisfies readonly Row[];
