import type { ActionKind, Fix } from "../../../model/judgement.ts";
import type { Session } from "../../../model/session.ts";
import { plural, sentence } from "../../../model/words.ts";
import { type Line, type Section, table, text } from "../block.ts";
import { isEstablished } from "../known.ts";

/** More than these are not done (SRE Workbook, chapter 10: few, and each of them owned). */
const MOST = 6;

interface Action {
  readonly title: string;
  readonly kind: ActionKind;
  /** 1 ends the incident or finds its cause; 2 makes the next one shorter or smaller; 3 has it told better. */
  readonly priority: 1 | 2 | 3;
  readonly status: Line;
}

/** At most six things to do, the weightiest first; owners and dates are for people to fill in. */
export function actionsSection(session: Session): Section {
  const all = [
    ...establish(session),
    ...session.fixes.map((fix, index) => ofFix(session, fix, index)),
    ...ofFactors(session),
  ];
  // By weight; the sort is stable, so that fixes and factors keep the order of their lists.
  const chosen = [...all].sort((a, b) => a.priority - b.priority).slice(0, MOST);
  const left = all.length - chosen.length;
  const more =
    left > 0 ? ` ${plural(left, "more", "more")} of lower priority: see the contributing factors and the annex.` : "";
  return {
    id: "actions",
    title: "Action items",
    blocks: [
      ...table(
        ["#", "Action", "Type", "Priority", "Owner and date", "Status"],
        chosen.map(({ title, kind, priority, status }, index) => [
          [String(index + 1)],
          [sentence(title)],
          [kind],
          [`P${priority}`],
          ["TODO"],
          status,
        ]),
      ),
      text(
        `P1 ends the incident or finds its cause, P2 makes the next one shorter or smaller, P3 improves its alerts.${more}`,
      ),
    ],
  };
}

/** Without a cause the first thing to do is to get what decides. */
function establish(session: Session): Action[] {
  if (isEstablished(session)) return [];
  const [remedy] = session.gaps.map((gap) => gap.remedy);
  const title =
    remedy === undefined ? "establish the cause: investigate the next episode" : `establish the cause: ${remedy}`;
  return [{ title, kind: "detect", priority: 1, status: ["open"] }];
}

function ofFix({ factors }: Session, { id, title, kind = "prevent", changes }: Fix, index: number): Action {
  const settled = factors.filter(({ action }) => action?.settledBy?.includes(id));
  const names = settled.flatMap(({ factor }, at): Line => [at === 0 ? "; settles " : ", ", { code: factor }]);
  return {
    title: changes.length === 0 ? `look into ${title}` : title,
    kind,
    priority: index === 0 && kind === "prevent" ? 1 : kind === "detect" ? 3 : 2,
    status: [changes.length === 0 ? "proposed" : "proposed, with commands", ...names],
  };
}

/** What no fix settles, as far as there is something to do about it by itself; what did no harm comes last. */
function ofFactors({ factors, fixes }: Session): Action[] {
  return factors.flatMap(({ factor, action, harmless }): Action[] => {
    const settled = fixes.some(({ id }) => action?.settledBy?.includes(id));
    if (settled || action?.title === undefined) return [];
    const { title, kind } = action;
    const priority = harmless || kind === "detect" ? 3 : 2;
    return [{ title, kind, priority, status: ["open: ", { code: factor }] }];
  });
}
