import { highest } from "../../../analysis/series.ts";
import type { Change, Fix } from "../../../model/judgement.ts";
import type { Session } from "../../../model/session.ts";
import { duration, plural, seconds, spike } from "../../../model/words.ts";
import { undoneByGitOps } from "../../../remedy/patches.ts";
import { changesOf } from "../../sections.ts";
import type { TerminalBlock } from "../../terminal.ts";
import { evidence, heading, list, type Section, sentence, steps, text } from "../block.ts";
import { episodesOf, isEstablished } from "../known.ts";

/** What ends it and why, as a diff; the annex has its commands, its arithmetic and the other changes. */
export function resolutionSection(session: Session): Section {
  const [first] = session.fixes;
  const blocks = first
    ? [text(sentence(first.why)), ...changesOf(first), text("TODO: what was applied, when, and by whom.")]
    : [text(nothingOffered(session))];
  return { id: "resolution", title: "Resolution", blocks };
}

/**
 * All that is proposed, with patches, arithmetic and what was refused. `told`: why the first one ends it stands before
 * already, see resolutionSection().
 */
export function fixSection(session: Session, told = false): Section<TerminalBlock> {
  const synced = undoneByGitOps(session.facts.workload?.appliedBy ?? "unknown");
  const { fixes } = session;
  const common = [...new Set(fixes.flatMap(({ preconditions }) => preconditions))].filter(
    (words) => fixes.filter(({ preconditions }) => preconditions.includes(words)).length > 1,
  );
  const blocks = fixes.flatMap((fix, index) => oneFix(fix, { synced, common, why: !told || index > 0 }));
  return {
    id: "fix",
    title: "The fix",
    blocks:
      blocks.length > 0
        ? [
            text("Proposed by lbdoctor from the figures above; none of it has been applied."),
            ...(common.length === 0
              ? []
              : [text({ strong: "Prerequisites shared by several changes:" }), ...steps(common)]),
            ...blocks,
          ]
        : told
          ? []
          : [text(nothingOffered(session))],
  };
}

function nothingOffered(session: Session): string {
  return isEstablished(session)
    ? "This version of lbdoctor proposes no change for this cause. TODO: what was done."
    : "No cause is established, so no change is proposed. TODO: what was done.";
}

interface Telling {
  /** GitOps applies the manifests, so that a changed file is the way and no command is. */
  readonly synced: boolean;
  /** Prerequisites that were told for all. */
  readonly common: readonly string[];
  readonly why: boolean;
}

function oneFix(fix: Fix, { synced, common, why }: Telling): TerminalBlock[] {
  const part = (words: string, items: readonly string[]): TerminalBlock[] =>
    items.length === 0 ? [] : [text({ strong: words }), ...steps(items)];
  const refused = (fix.notOffered ?? []).map(({ title, because, evidence: ids }) => [
    { strong: sentence(title) },
    ` ${sentence(because)}`,
    ...evidence(ids),
  ]);
  return [
    heading(fix.title),
    ...(why ? [text(sentence(fix.why))] : []),
    ...part("Arithmetic:", fix.arithmetic ?? []),
    ...fix.changes.flatMap((change) => oneChange(change, synced)),
    ...part(
      "Prerequisites:",
      fix.preconditions.filter((words) => !common.includes(words)),
    ),
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

/** How it will be verified, with the honest gap. */
export function verificationSection(session: Session): Section<TerminalBlock> {
  const lines = [busiestMinute(session), slowOnes(session)].filter((line) => line !== null);
  return {
    id: "verification",
    title: "Verification",
    blocks: !isEstablished(session)
      ? []
      : [
          text(
            { strong: "Not verified by this document. " },
            `It is based on what could be read at ${session.opening.now}: until an equally large load has passed, a quiet alarm proves nothing.`,
          ),
          ...lines.map((line) => text(line)),
          { kind: "code", language: "sh", text: `lbdoctor verify ${session.opening.id}` },
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
