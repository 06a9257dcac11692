/** Questions that no reader of AWS, Kubernetes and Prometheus can answer: what the postmortem asks people instead. */
export const PEOPLE: readonly (readonly [question: string, asked: RegExp])[] = [
  [
    "I2",
    /Which repository and file holds the Deployment and the autoscaler.*which the Ingress.*deployed in different ways/,
  ],
  ["I3", /How a deployment runs: what triggers it, its build, test and deploy jobs/],
  ["I4", /Where the image's tag comes from, and what puts it into the manifest/],
  ["I6", /Where the pipeline's runners stand, and whether they reach the cluster's private API/],
  ["K1", /Staging first: .*even where its own manifest did not change/],
  ["K3", /How staging is separated from production, and whether its smaller pods can carry the same number of workers/],
  ["K5", /a health check alone does not touch what is slow, a heavy request does/],
  ["K6", /What the start-up warm-up calls, and whether it succeeds on a small pod/],
  ["L1", /Which version was released, and why that step of the version number/],
  ["M3", /Which checks of the pipeline were red, whether the same checks are red without this change/],
  ["M4", /What blocks a merge: branch protection and repository rulesets are two places/],
  ["M5", /Which of the checks really gates the merge/],
  ["M7", /conventions for authorship and content of commits and pull requests, and what must never stand in them/],
];
