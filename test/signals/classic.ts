/** Hand-made facts of a Classic Load Balancer, minute by minute; see facts.ts. */
import { series, type Values } from "./facts.ts";

type Counted = "requests" | "failed" | "made" | "queued" | "spilled" | "refused";

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
