import { EMPTY, type Line } from "../drawing/lines.ts";
import type { Change } from "../model/judgement.ts";
import type { Session } from "../model/session.ts";
import { undoneByGitOps } from "../remedy/patches.ts";
import { beside } from "./layout.ts";
import { text } from "./postmortem/block.ts";
import { blockLines, type Room } from "./terminal.ts";

/**
 * The fixes as diffs of the user's manifests, and why there is none where there is none. The diffs stand at the left edge
 * and unbroken, so that the page itself can be handed to `git apply`. No lines without --manifests.
 */
export function diffPart({ fixes, facts }: Session, room: Room): Line[] {
  const changes = fixes.flatMap(({ title, changes }) =>
    changes.filter(({ manifest }) => manifest !== undefined).map((change) => ({ ...change, title })),
  );
  if (changes.length === 0) return [];
  const synced = undoneByGitOps(facts.workload?.appliedBy ?? "unknown");
  const how = synced
    ? "GitOps would take a live patch back: commit these diffs, and let it sync. Each is a diff of the current file:"
    : "For git apply in the manifests' folder; each is a diff of the current file:";
  const offered = changes.some(({ diff }) => diff !== undefined);
  const words = offered ? how : "Nothing in the manifests can be changed by a diff:";
  return [
    ...beside("DIFF", blockLines([text(words)], room)),
    ...changes.flatMap((change) => [EMPTY, ...oneChange(change, room)]),
  ];
}

function oneChange({ title, target, diff, manifest }: Change & { readonly title: string }, room: Room): Line[] {
  const head = beside("", blockLines([text({ strong: title }), text(`${target}: ${manifest}`)], room));
  if (diff === undefined) return head;
  return [...head, ...blockLines([{ kind: "code", language: "diff", text: diff }], room)];
}
