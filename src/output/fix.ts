import { EMPTY, type Line, span } from "../drawing/lines.ts";
import type { Session } from "../model/session.ts";
import { visible } from "../model/visible.ts";
import { page, type Style } from "./layout.ts";
import type { Section } from "./postmortem/block.ts";
import { fixSection, verificationSection } from "./postmortem/sections/fix.ts";
import { blockLines, type TerminalBlock } from "./terminal.ts";
import { verdictOf } from "./verdict.ts";

/** Every change of the fix with its commands, prerequisites, checks and rollback, as the postmortem has them. */
export function fixPage(session: Session, style: Style): string {
  const numberOf = (finding: string) => {
    const index = session.findings.findIndex(({ id }) => id === finding);
    return index < 0 ? "" : `[${index + 1}]`;
  };
  const told = ({ blocks }: Section<TerminalBlock>): Line[] =>
    blocks.flatMap((block, index) => [
      ...(index > 0 && block.kind !== "list" ? [EMPTY] : []),
      ...blockLines([block], { width: style.width, numberOf }),
    ]);
  return page(
    [
      [[span(visible(verdictOf(session).headline), "strong")]],
      told(fixSection(session)),
      told(verificationSection(session)),
    ],
    style,
  );
}
