import { randomBytes } from "node:crypto";
import type { Answer, Question } from "../model/question.ts";
import { onArrival } from "../redaction/arrival.ts";
import { Marks } from "../redaction/marks.ts";
import { ACCESS_LOGS } from "../sources/access-logs/descriptor.ts";
import { LIMITS } from "../sources/limits.ts";
import type { Source } from "../sources/port.ts";
import { Tally } from "../sources/tally.ts";

/** A recording with a folder of log files beside it: whatever is asked of the logs is read from the files. */
export class LogsBeside implements Source {
  readonly #recording: Source;
  readonly #folder: string;
  readonly #marks = new Marks(randomBytes(32).toString("hex"));
  #logs: Promise<Source> | null = null;

  constructor(recording: Source, folder: string) {
    this.#recording = recording;
    this.#folder = folder;
  }

  async ask(question: Question): Promise<Answer> {
    if (question.source !== ACCESS_LOGS.id) return this.#recording.ask(question);
    this.#logs ??= import("../sources/access-logs/live.ts").then(
      ({ LiveAccessLogs }) =>
        new LiveAccessLogs({ environment: {}, limits: LIMITS, tally: new Tally() }, { logs: this.#folder }),
    );
    return onArrival(question, await (await this.#logs).ask(question), this.#marks);
  }
}
