import type { Change } from "../model/judgement.ts";
import type { Session } from "../model/session.ts";
import { visible } from "../model/visible.ts";
import { undoneByGitOps } from "../remedy/patches.ts";
import { type Paint, section, wrapped } from "./layout.ts";

/**
 * The fixes as diffs of the user's manifests, and why there is none where there is none. The diffs stand at the left edge
 * and unbroken, so that the page itself can be handed to `git apply`. No lines without --manifests.
 */
export function diffLines({ fixes, facts }: Session, width: number, paint: Paint): string[] {
  const changes = fixes.flatMap(({ title, changes }) =>
    changes.filter(({ manifest }) => manifest !== undefined).map((change) => ({ ...change, title })),
  );
  if (changes.length === 0) return [];
  const synced = undoneByGitOps(facts.workload?.appliedBy ?? "unknown");
  const how = synced
    ? "GitOps would take a live patch back: commit these diffs, and let it sync. Each is of the file as it is:"
    : "For git apply in the folder of the manifests; each is of the file as it is:";
  const offered = changes.some(({ diff }) => diff !== undefined);
  return [
    ...section("DIFF", wrapped(offered ? how : "Nothing in the manifests can be changed by a diff:", width), paint),
    ...changes.flatMap((change) => ["", ...oneChange(change, width, paint)]),
  ];
}

function oneChange(
  { title, target, diff, manifest }: Change & { readonly title: string },
  width: number,
  paint: Paint,
): string[] {
  const head = section(
    "",
    [...wrapped(title, width).map(paint.bold), ...wrapped(`${target}: ${manifest}`, width)],
    paint,
  );
  if (diff === undefined) return head;
  const lines = visible(diff).replace(/\n$/, "").split("\n");
  return [...head, ...lines.map((line) => painted(line, paint))];
}

function painted(line: string, paint: Paint): string {
  if (line.startsWith("+++") || line.startsWith("---")) return paint.bold(line);
  if (line.startsWith("+")) return paint.green(line);
  if (line.startsWith("-")) return paint.red(line);
  return line.startsWith("@@") ? paint.dim(line) : line;
}
