/** Hand-made facts of a Classic Load Balancer, minute by minute; see facts.ts. */
import type { Series } from "../../src/model/time.ts";
import { at } from "./facts.ts";

type Values = readonly (number | null)[];
type Counted = "requests" | "failed" | "made" | "queued" | "spilled" | "refused";

const series = (values: Values = []): Series => ({ start: at(0), step: 60, values });

/** What it answered and queued; what is not given was not published. */
export const classic = (known: Partial<Record<Counted, Values>>) => ({
  classic: {
    requests: series(known.requests),
    failed: series(known.failed),
    made: series(known.made),
    queued: series(known.queued),
    spilled: series(known.spilled),
    refused: series(known.refused),
  },
});
