import type { Scenario } from "./scenario.ts";
import type { Decision, Judged, Judgement, TrueCause } from "./truth.ts";

/** A source of evidence, by its name in questions. */
export type EvidenceSource =
  | "cloudwatch"
  | "elbv2"
  | "elb"
  | "ec2"
  | "acm"
  | "cloudtrail"
  | "kubernetes"
  | "prometheus"
  | "access-logs";

/** What decides the worlds of a kind: by the vocabulary's own words on what tells a cause from its neighbours. */
export interface Deciding {
  /** What only this cause shows; with "nowhere", what looks the same to all sources. */
  readonly by: string;
  /** The sources that hold it: each is needed, but of a list within any one. */
  readonly from: "nowhere" | readonly (EvidenceSource | readonly EvidenceSource[])[];
  /** Whether this draw shows it, where not every draw does: it is large enough, lasts whole periods, stands apart. */
  readonly shown?: (scenario: Scenario) => boolean;
  /** Accepted causes that are as true as the judgement's. */
  readonly alsoTrue?: readonly TrueCause[];
}

/** By kind. A function where a kind draws its trouble from several; null where no world of the kind has a known cause. */
export type Decides = Deciding | ((scenario: Scenario) => Deciding) | null;

/** The judgement with what it is worth in this world: whether its evidence is there, and can be read. */
export function judged(kind: string, decides: Decides, judgement: Judgement, scenario: Scenario): Judged {
  const deciding = typeof decides === "function" ? decides(scenario) : decides;
  const alsoTrue = judgement.accept.filter((cause) => deciding?.alsoTrue?.includes(cause));
  return { ...judgement, alsoTrue, decision: decisionOf(kind, deciding, judgement, scenario) };
}

function decisionOf(kind: string, deciding: Deciding | null, { truth, why }: Judgement, scenario: Scenario): Decision {
  if (truth === null) return { decided: null, by: why, lacks: [] };
  if (!deciding) throw new RangeError(`${kind}: a cause is true, and nothing is said of what decides it`);
  const { by, from, shown } = deciding;
  if (from === "nowhere") return { decided: false, by, lacks: [] };
  const unread = from.flatMap((one) => {
    const any = typeof one === "string" ? [one] : one;
    return any.some((source) => isRead(scenario, source)) ? [] : [any.join(" or ")];
  });
  const lacks = [...unread, ...(shown && !shown(scenario) ? ["the effect"] : [])];
  return { decided: lacks.length === 0, by, lacks };
}

/** Whether a source answers, and what it says is of the service. */
function isRead({ seen, logs }: Scenario, source: EvidenceSource): boolean {
  if (seen?.missing?.includes(source)) return false;
  if (source === "access-logs") return logs?.on.includes("access") ?? false;
  if (source === "kubernetes" || source === "prometheus") return !seen?.hidden && !seen?.elsewhere && !seen?.instances;
  return true;
}
