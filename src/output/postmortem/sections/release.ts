import type { Session } from "../../../model/session.ts";
import { type Line, type Section, tasks, text } from "../block.ts";
import { changedTargets } from "../known.ts";

/**
 * What only the people who build and release the service can answer: where its manifests live, how a change comes to
 * production, who may say yes. Whoever makes such a change next needs the answers. Only where a change of a workload's
 * objects is proposed.
 */
export function releaseSection(session: Session): Section {
  return {
    id: "release",
    title: "Releasing a change like this",
    blocks:
      session.facts.workload && changedTargets(session).length > 0
        ? [
            text("Nothing in AWS, the cluster or Prometheus answers these; write the answers down once."),
            ...tasks(ASKED),
          ]
        : [],
  };
}

const ASKED: readonly Line[] = [
  [
    "Which repository and file holds the Deployment and the autoscaler, which the Ingress, and whether they are deployed in different ways",
  ],
  ["How a deployment runs: what triggers it, its build, test and deploy jobs"],
  ["Where the image's tag comes from, and what puts it into the manifest (a placeholder, a substitution)"],
  ["Where the pipeline's runners stand, and whether they reach the cluster's private API when a laptop does not"],
  [
    "Staging first: whether the change was deployed there before, even where its own manifest did not change, and what that does and does not show",
  ],
  ["How staging is separated from production, and whether its smaller pods can carry the same number of workers"],
  ["Which requests were tried on staging: a health check alone does not touch what is slow, a heavy request does"],
  ["What the start-up warm-up calls, and whether it succeeds on a small pod"],
  ["Which version was released, and why that step of the version number"],
  ["Which checks of the pipeline were red, whether the same checks are red without this change, and who owns them"],
  [
    "What blocks a merge: branch protection and repository rulesets are two places, and each can say no while the other is empty",
  ],
  ["Which of the checks really gates the merge"],
  ["Which steps need a person's confirmation (merge, release tag, deletion of objects), and who gave it"],
  [
    "The conventions for authorship and content of commits and pull requests, and what must never stand in them (secrets, customers' names)",
  ],
];
