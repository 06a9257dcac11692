import { Random } from "../../simulator/random.ts";
import { liveCase } from "./live.ts";
import { recordingCase } from "./recordings.ts";
import { eventCase, kubeconfigCase, sessionCase } from "./words.ts";

/** What is fuzzed, and how many of a hundred cases are of that kind. */
const KINDS = {
  recording: { share: 45, run: recordingCase },
  live: { share: 20, run: liveCase },
  event: { share: 15, run: eventCase },
  kubeconfig: { share: 10, run: kubeconfigCase },
  session: { share: 10, run: sessionCase },
} as const;
export type Kind = keyof typeof KINDS;
const NAMES = Object.keys(KINDS) as Kind[];

/** Milliseconds of the processor that any case may take; what takes more hangs, or would with a little more. */
const LONGEST = 5_000;

/** Which kind a case is of: the same number of the same seed is always the same case. */
export function kindOf(seed: number, index: number): Kind {
  let place = new Random(seed, `kind ${index}`).integer(0, 99);
  for (const kind of NAMES) {
    if (place < KINDS[kind].share) return kind;
    place -= KINDS[kind].share;
  }
  return "recording";
}

/** Runs a case; answers what does not hold in it, or null. */
export async function judge(seed: number, index: number): Promise<string | null> {
  const kind = kindOf(seed, index);
  // The processor's time: the clock also counts what other programs take.
  const before = process.cpuUsage();
  try {
    await KINDS[kind].run(new Random(seed, `${kind} ${index}`));
  } catch (error) {
    return error instanceof Error ? `${error.name}: ${error.message}\n${error.stack ?? ""}` : String(error);
  }
  const { user, system } = process.cpuUsage(before);
  const took = Math.round((user + system) / 1000);
  return took > LONGEST ? `took ${took} ms` : null;
}
