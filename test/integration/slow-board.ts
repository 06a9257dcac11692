/**
 * Investigates a recording on the board as the command does, but every answer takes its time: what one sees while the
 * sources are being waited for. Arguments: the recording's folder, milliseconds for an answer, and perhaps the name of a
 * fact that a defect is to make useless.
 */
import { playbooks } from "../../playbooks/index.ts";
import { originOf } from "../../src/app/origin.ts";
import { investigateOnBoard } from "../../src/cli/commands/board.ts";
import type { Step } from "../../src/model/playbook.ts";
import type { Source } from "../../src/sources/port.ts";
import { readRecording } from "../../src/sources/recording/recording.ts";

const [folder = "", pause = "300", useless] = process.argv.slice(2);
const { manifest } = await readRecording(folder);
const { source, opening } = await originOf(manifest.alarm, { fixture: folder });
for (const step of playbooks.flatMap(({ steps }) => steps)) {
  const run = step.run.bind(step);
  const broken: Step["run"] = (context) =>
    run({
      ...context,
      give: (token, value) => context.give(token, token.id === useless ? ({ path: 5 } as never) : value),
    });
  Object.assign(step, { run: broken });
}
let asked = 0;
const slow: Source = {
  async ask(question) {
    asked += 1;
    // Not all alike, so that answers come in another order than they were asked for.
    await new Promise((resolve) => setTimeout(resolve, Number(pause) * (1 + (asked % 3))));
    return source.ask(question);
  },
};
const terminal = { environment: process.env, out: process.stdout, err: process.stderr };
const whole = { ...opening, version: "0" };
const stop = new AbortController();
process.once("SIGTERM", () => stop.abort());
const { how } = await investigateOnBoard(slow, whole, {}, terminal, stop.signal);
process.exit(how === "interrupt" ? 130 : 0);
