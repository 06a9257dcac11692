import { highest } from "../../../analysis/series.ts";
import type { Change, Fix } from "../../../model/judgement.ts";
import type { Session } from "../../../model/session.ts";
import { duration, plural, seconds, spike } from "../../../model/words.ts";
import { undoneByGitOps } from "../../../remedy/patches.ts";
import type { TerminalBlock } from "../../terminal.ts";
import { evidence, heading, list, type Section, sentence, step, text } from "../block.ts";
import { episodesOf, isEstablished } from "../known.ts";

/** What would end it, with its patches, its arithmetic and what was refused. */
export function fixSection(session: Session): Section<TerminalBlock> {
  const synced = undoneByGitOps(session.facts.workload?.appliedBy ?? "unknown");
  const blocks = session.fixes.flatMap((fix) => oneFix(fix, synced));
  return {
    id: "fix",
    title: "The fix",
    blocks:
      blocks.length > 0
        ? [text("Proposed by lbdoctor from the figures above; none of it has been applied."), ...blocks]
        : [text(nothingOffered(session))],
  };
}

function nothingOffered(session: Session): string {
  return isEstablished(session)
    ? "This version of lbdoctor proposes no change for this cause. What to do is in the appendix. What was done: TODO."
    : "No cause is established, so no change is proposed: a fix for a guess hides the cause.";
}

/** `synced`: whether GitOps applies the manifests, so that a changed file is the way and no command is. */
function oneFix(fix: Fix, synced: boolean): TerminalBlock[] {
  const part = (words: string, items: readonly string[]): TerminalBlock[] =>
    items.length === 0 ? [] : [text({ strong: words }), ...list(items.map(step))];
  const refused = (fix.notOffered ?? []).map(({ title, because, evidence: ids }) => [
    { strong: sentence(title) },
    ` ${sentence(because)}`,
    ...evidence(ids),
  ]);
  return [
    heading(fix.title),
    text(sentence(fix.why)),
    ...part("Arithmetic:", fix.arithmetic ?? []),
    ...fix.changes.flatMap((change) => oneChange(change, synced)),
    ...part("Prerequisites:", fix.preconditions),
    ...part("Risk:", fix.risk === "" ? [] : [fix.risk]),
    ...part("Verification:", fix.verify),
    ...part("Rollback:", fix.rollback),
    ...(refused.length === 0 ? [] : [text({ strong: "Considered and rejected:" }), ...list(refused)]),
  ];
}

function oneChange({ target, patch, command, diff, manifest }: Change, synced: boolean): TerminalBlock[] {
  const how = synced ? "commit this, and let it sync" : "the same in the file, for git apply";
  return [
    text({ strong: "Change " }, { code: target }),
    ...code(/^[[{]/.test(patch.trim()) ? "json" : "yaml", patch),
    ...(diff !== undefined && synced ? [] : code("sh", command)),
    ...(manifest === undefined
      ? []
      : [text(`In the folder of manifests: ${manifest}${diff === undefined ? "." : `; ${how}:`}`)]),
    ...code("diff", diff ?? ""),
  ];
}

function code(language: string, words: string): TerminalBlock[] {
  return words.trim() === "" ? [] : [{ kind: "code", language, text: words }];
}

/** How it was or will be verified, with the honest gap. */
export function verificationSection(session: Session): Section<TerminalBlock> {
  const checks = session.fixes.flatMap(({ verify }) => verify);
  const busiest = busiestMinute(session);
  const gap = [busiest, slowOnes(session)].flatMap((line) => (line === null ? [] : [text(line)]));
  return {
    id: "verification",
    title: "Verification",
    blocks: [
      text(
        { strong: "Not verified by this document. " },
        `It was made from what could be read at ${session.opening.now}; nothing in it shows the effect of a change.`,
      ),
      ...(checks.length === 0 ? [] : [text("Done when"), ...list(checks.map(step))]),
      ...gap,
      text(
        "To compare now with then: ",
        { code: `lbdoctor verify ${session.opening.id}` },
        ". Until it has seen an equally large load, a quiet alarm proves nothing and this incident stays open.",
      ),
    ],
  };
}

/** Why single slow requests after a fix do not speak against it, where the alarm judges the average. */
function slowOnes({ facts: { alarm, blame, demand, episodes } }: Session): string | null {
  const slowest = blame?.guilty?.maximum ?? null;
  if (alarm?.statistic !== "Average" || slowest === null || !demand) return null;
  return `A quiet alarm allows single slow requests: it judges the average of ${duration(alarm.period)}. Compare the slowest with ${seconds(slowest)} in these ${spike(episodes)}s; a request takes ${seconds(demand.serviceTime)} on average even without a queue.`;
}

function busiestMinute(session: Session): string | null {
  const demand = session.facts.demand?.byEpisode ?? [];
  const rate = highest(demand.map(({ arrivals }) => arrivals));
  if (rate === null || episodesOf(session).length === 0) return null;
  return `The load to wait for: the busiest minute of these ${spike(session.facts.episodes)}s brought ${plural(Math.round(rate * 60), "request")} to the service.`;
}
