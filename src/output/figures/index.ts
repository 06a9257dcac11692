import type { Session } from "../../model/session.ts";
import { alarmMetricFigure } from "./alarm-metric.ts";
import { demandFigure } from "./demand.ts";
import { groupSharesFigure } from "./group-shares.ts";
import { podCpuFigure } from "./pod-cpu.ts";
import type { Figure } from "./svg.ts";

export type { Figure } from "./svg.ts";

/** The figures that the session has the facts for, in the order in which the document shows them. */
export function figuresOf(session: Session): Figure[] {
  return [alarmMetricFigure, groupSharesFigure, podCpuFigure, demandFigure].flatMap((draw) => draw(session) ?? []);
}
