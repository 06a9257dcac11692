import type { Session } from "../../../model/session.ts";
import { listed } from "../../../model/words.ts";
import { type Line, type Section, tasks, text } from "../block.ts";
import { changedTargets, isAboutAlarms } from "../known.ts";

/**
 * What no reader of AWS, Kubernetes and Prometheus can see (reviews, pipelines, conventions), and only where this
 * incident turns on it: what is to be changed has to be found, tried and released by somebody.
 */
export function peopleSection(session: Session): Section {
  const questions = [...ofPods(session), ...ofRollout(session), ...ofAlarms(session)];
  return {
    id: "people",
    title: "For the team to complete",
    blocks: questions.length === 0 ? [] : [text("lbdoctor cannot see these."), ...tasks(questions)],
  };
}

/** A change of the cluster's objects goes through somebody's repository, pipeline and staging. */
function ofPods(session: Session): Line[] {
  const targets = changedTargets(session);
  if (targets.length === 0) return [];
  const by = session.facts.workload?.appliedBy === "kubectl" ? " (applied with kubectl; no other marker)" : "";
  const changes = session.fixes.flatMap((fix) => fix.changes);
  const sized = changes.some(({ lines }) => lines?.some((line) => /\b(?:limits|requests|workers)\b/.test(line)));
  return [
    [`Which repository and file holds ${listed(targets)}${by}, and which pipeline applies it`],
    ["What was tried before production, with which requests: a health check does not touch what is slow"],
    ...(sized ? [["Whether staging's pods, where they are smaller, can carry the same change"]] : []),
  ];
}

/** Only where a rollout falls into the time that was looked at: else its pipeline is beside the point. */
function ofRollout({ facts: { rollouts }, opening: { window } }: Session): Line[] {
  const last = rollouts?.at(-1);
  if (!last?.version || last.at < window.start) return [];
  return [["What else was released with ", { code: last.version }, ", and who confirmed the release"]];
}

function ofAlarms({ fixes }: Session): Line[] {
  if (!fixes.some(isAboutAlarms)) return [];
  return [["Who owns the alarm, and which tool makes it: that one would put a change by hand back"]];
}
