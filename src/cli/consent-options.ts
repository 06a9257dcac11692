import { type Command, InvalidArgumentError, Option } from "commander";
import { CONSENTS, type Consent, isConsent } from "../model/consent.ts";

/** The options by which a person agrees to what is off by default. */
export function consenting(command: Command): Command {
  const means = Object.entries(CONSENTS).map(([name, what]) => `${name}: ${what}`);
  return command
    .addOption(
      new Option("--allow <what>", `allow something that is off by default; repeatable. ${means.join("; ")}`).argParser(
        withOneMore,
      ),
    )
    .option("--allow-exec", "the same as --allow exec");
}

function withOneMore(name: string, before: readonly Consent[] | undefined): readonly Consent[] {
  if (!isConsent(name)) throw new InvalidArgumentError(`Known are ${Object.keys(CONSENTS).join(", ")}.`);
  return [...(before ?? []), name];
}
