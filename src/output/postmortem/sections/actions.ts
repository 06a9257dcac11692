import type { Session } from "../../../model/session.ts";
import { type Line, type Section, tasks, text } from "../block.ts";
import { isEstablished } from "../known.ts";

/** What somebody has to do; owners stay open, for the people to fill in. */
export function actionsSection(session: Session): Section {
  const items = [...fixes(session), ...factors(session), ...gaps(session)];
  const owned = items.map((item): Line => [...item, " — owner: …, by: …"]);
  return {
    id: "actions",
    title: "Action items",
    blocks: [text("Owners and dates: TODO."), ...tasks(owned)],
  };
}

function fixes(session: Session): Line[] {
  const verify: Line[] = isEstablished(session)
    ? [["Verify under an equally large load, then close this incident"]]
    : [["Establish the cause: collect what is listed as open, and investigate again"]];
  return [...session.fixes.map(({ title }): Line => [title]), ...verify];
}

function factors({ factors: found }: Session): Line[] {
  return found.map(({ factor, statement }) => ["Decide on ", { code: factor }, ` (${statement})`]);
}

function gaps({ gaps: all }: Session): Line[] {
  const remedies = [...new Set(all.map(({ remedy }) => remedy))];
  return remedies.map((remedy) => [`Close the gap: ${remedy}`]);
}

/**
 * What no reader of AWS, Kubernetes and Prometheus can see: reviews, pipelines, conventions. The next person needs the
 * answers, so they are asked here.
 */
export function peopleSection(session: Session): Section {
  const { workload, rollouts } = session.facts;
  const by = workload?.appliedBy === "kubectl" ? " (applied with kubectl; no other marker)" : "";
  const version = rollouts?.at(-1)?.version;
  const running = version ? [" (running: ", { code: version }, ")"] : [];
  return {
    id: "people",
    title: "For the team to complete",
    blocks: [
      text("lbdoctor cannot see these."),
      ...tasks([
        [
          `Where the configuration lives: which repository and file holds the Deployment and the autoscaler${by}, which the Ingress, and why they are deployed in different ways`,
        ],
        ["How a deployment runs: what triggers it, its build, test and deploy jobs"],
        [
          "Where the image's tag comes from, and what puts it into the manifest (a placeholder, a substitution)",
          ...running,
        ],
        ["Where the pipeline's runners stand, and whether they reach the cluster's private API when a laptop does not"],
        [
          "Staging first: whether the change was deployed there before, even where its own manifest did not change, and what that does and does not show",
        ],
        ["How staging is separated from production, and whether its smaller pods can carry the same number of workers"],
        [
          "Which requests were tried on staging: a health check alone does not touch what is slow, a heavy request does",
        ],
        ["What the start-up warm-up calls, and whether it succeeds on a small pod"],
        ["Which version was released, and why that step of the version number"],
        [
          "Which checks of the pipeline were red, whether the same checks are red without this change, and who owns them",
        ],
        [
          "What blocks a merge: branch protection and repository rulesets are two places, and each can say no while the other is empty",
        ],
        ["Which of the checks really gates the merge"],
        ["Which steps need a person's confirmation (merge, release tag, deletion of objects), and who gave it"],
        [
          "The conventions for authorship and content of commits and pull requests, and what must never stand in them (secrets, customers' names)",
        ],
      ]),
    ],
  };
}
