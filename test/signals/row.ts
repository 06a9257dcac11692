import type { SignalAnswer } from "../../src/model/signal.ts";
import type { KnownFacts } from "../verdicts/judged.ts";

/** What a signal must say of hand-made facts: a sentence, the facts by their ids, the answer. */
export type Row = readonly [name: string, facts: KnownFacts, answer: SignalAnswer];
