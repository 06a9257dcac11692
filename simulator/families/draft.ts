import type { Scenario } from "../scenario.ts";
import type { World } from "../world.ts";
import type { Trouble } from "./settle.ts";

/** A drawn scenario with what has to be true of its world; drawn anew where it is not. */
export interface Draft {
  readonly scenario: Scenario;
  /** When something is wrong. */
  readonly troubles: readonly Trouble[];
  /** How many stays in ALARM there are at least. */
  readonly least: number;
  /** Whether the world shows the cause without doubt; looks at the truth, not at what a diagnosis would see. */
  readonly holds: (world: World) => boolean;
  /** Whether the family has set the threshold itself. */
  readonly thresholdSet?: boolean;
  /** Whether stays in ALARM may fall anywhere. */
  readonly anywhere?: boolean;
  /** Whether rollouts and requests that are given up belong to what is wrong. */
  readonly free?: boolean;
}
