import { expect, test } from "vitest";
import { parseAllDocuments } from "yaml";
import { INCIDENTS } from "../../../simulator/catalogue.ts";
import { solveWorld } from "../../../simulator/solve.ts";
import { buildWorld } from "../../../simulator/world.ts";
import { investigate } from "../../../src/api.ts";
import { PlanSource } from "../../../src/app/plan-source.ts";
import type { Question } from "../../../src/model/question.ts";
import { iso } from "../../../src/model/time.ts";
import { ACM } from "../../../src/sources/acm/descriptor.ts";
import { CLOUDWATCH } from "../../../src/sources/cloudwatch/descriptor.ts";
import { OPTIONAL_POLICIES, type OptionalPolicy, type Permission } from "../../../src/sources/descriptor.ts";
import { SOURCES } from "../../../src/sources/descriptors.ts";
import { EC2 } from "../../../src/sources/ec2/descriptor.ts";
import { ELBV2 } from "../../../src/sources/elbv2/descriptor.ts";
import * as kubernetesQuestions from "../../../src/sources/kubernetes/questions.ts";
import { clusterRoles, everyKindOfQuestion, iamPolicy, permissionsOf } from "../../../src/sources/permissions.ts";
import { usuallyWatched } from "../../../src/sources/placeholders.ts";

const told = (permission: Permission) =>
  permission.kind === "iam"
    ? permission.action
    : `${permission.group}/${permission.resource} ${permission.verbs.join()}`;
const granted = new Set(everyKindOfQuestion().flatMap(permissionsOf).map(told));

/** One alarm for each playbook. */
const WATCHED = [
  "TargetResponseTime",
  "HTTPCode_Target_5XX_Count",
  "HTTPCode_ELB_5XX_Count",
  "HTTPCode_ELB_4XX_Count",
  "UnHealthyHostCount",
  "TCP_Target_Reset_Count",
];
/** What is looked at in AWS alone. */
const IN_AWS = ["RejectedConnectionCount", "ClientTLSNegotiationErrorCount", "DaysToExpiry", "SurgeQueueLength"];

async function plannedQuestions(metric: string): Promise<Question[]> {
  const window = { start: 1_782_460_800, end: 1_782_482_400 };
  const source = new PlanSource("an-alarm", window, usuallyWatched(metric));
  await investigate({
    source,
    opening: {
      id: "plan",
      version: "",
      alarmName: "an-alarm",
      now: iso(window.end),
      window,
      allowExec: true,
      source: { kind: "live", region: null, account: null, context: null },
    },
  });
  return source.asked;
}

test("the shipped IAM policy is the one that the questions need", async () => {
  await expect(`${JSON.stringify(iamPolicy(), null, 2)}\n`).toMatchFileSnapshot("../../../policies/iam-policy.json");
});

test.each(OPTIONAL_POLICIES)(
  "the shipped IAM policy %s is the one that the questions about logs need",
  async (policy) => {
    await expect(`${JSON.stringify(iamPolicy(policy), null, 2)}\n`).toMatchFileSnapshot(
      `../../../policies/iam-policy-${policy}.json`,
    );
  },
);

test("the shipped ClusterRoles are those that the questions need", async () => {
  await expect(clusterRoles()).toMatchFileSnapshot("../../../policies/clusterrole.yaml");
});

test("the ClusterRoles are YAML that Kubernetes reads, and grant no verb that writes but exec's", () => {
  const roles = parseAllDocuments(clusterRoles()).map((document) => document.toJS());
  const shipped = SOURCES.flatMap((source) => source.roles.map(({ name }) => `ClusterRole ${name}`));
  expect(roles.map(({ kind, metadata }) => `${kind} ${metadata.name}`).sort()).toEqual(shipped.sort());
  expect(shipped).toContain("ClusterRole lbdoctor");
  for (const { rules, metadata } of roles)
    for (const { verbs, resources } of rules)
      for (const verb of verbs)
        if (!["get", "list"].includes(verb))
          expect([metadata.name, verb, resources]).toEqual(["lbdoctor-exec", "create", ["pods/exec"]]);
});

test("every IAM action only reads", () => {
  const actionsOf = (policy?: OptionalPolicy) => {
    const [statement] = (iamPolicy(policy) as { Statement: { Action: string[] }[] }).Statement;
    expect(statement?.Action).not.toHaveLength(0);
    return statement?.Action ?? [];
  };
  for (const action of actionsOf())
    expect(action).toMatch(/^(acm|cloudtrail|cloudwatch|ec2|elasticloadbalancing):(Describe|Get|Lookup)[A-Z]\w+$/);
  for (const action of OPTIONAL_POLICIES.flatMap(actionsOf))
    expect(action).toMatch(
      /^(s3:(GetObject|ListBucket|GetBucketLocation)|(logs|athena):(Get|Start|Stop)Quer\w+|logs:(Describe|Get)Deliver\w+|athena:(GetTableMetadata|ListDatabases|ListTableMetadata)|glue:Get\w+)$/,
    );
});

test.each(Object.keys(INCIDENTS) as (keyof typeof INCIDENTS)[])(
  "%s asks nothing that is not granted",
  async (incident) => {
    const session = await solveWorld(buildWorld(INCIDENTS[incident]()));
    const needed = session.exchanges.flatMap(({ question }) => permissionsOf(question)).map(told);
    expect(needed.length).toBeGreaterThan(10);
    expect([...new Set(needed)].filter((one) => !granted.has(one))).toEqual([]);
  },
);

test("the plan names every permission of every incident, and grants nothing that no plan or workload kind needs", async () => {
  const questions = (await Promise.all([...WATCHED, ...IN_AWS].map(plannedQuestions))).flat();
  const planned = new Set(questions.flatMap(permissionsOf).map(told));
  for (const incident of Object.values(INCIDENTS)) {
    const { exchanges } = await solveWorld(buildWorld(incident()));
    const needed = exchanges.flatMap(({ question }) => permissionsOf(question)).map(told);
    expect([...new Set(needed)].filter((one) => !planned.has(one))).toEqual([]);
  }
  // A pod may belong to one of these instead of a Deployment, and a binding to EKS Auto Mode, and the pods may be Envoy
  // Gateway's; which, only an answer tells.
  const instead = [
    "apps/statefulsets list",
    "apps/daemonsets list",
    "eks.amazonaws.com/targetgroupbindings list",
    "gateway.networking.k8s.io/httproutes list",
  ];
  expect([...granted].filter((one) => !planned.has(one)).sort()).toEqual(instead.sort());
});

test.each(WATCHED)("the plan of an alarm on %s goes down to the pods", async (metric) => {
  const asked = (await plannedQuestions(metric)).map(({ source, operation }) => `${source} ${operation}`);
  for (const one of ["elbv2 DescribeTargetHealth", "kubernetes list", "prometheus query_range"])
    expect(
      asked.some((other) => other.startsWith(one)),
      one,
    ).toBe(true);
});

test("every operation and every question about the cluster is in the list that the policies are made from", () => {
  const asked = everyKindOfQuestion();
  for (const { id, operations } of [CLOUDWATCH, ELBV2, ACM, EC2])
    for (const operation of operations)
      expect(asked.some((one) => one.source === id && one.operation === operation)).toBe(true);
  const questions: readonly unknown[] = Object.values(kubernetesQuestions).filter((one) => typeof one === "function");
  // All of them but selectorOf(), which makes a text, and listPodsAt(), which lists pods as listPods() does.
  const distinct = new Set(
    asked
      .filter(({ source }) => source === "kubernetes")
      .map(({ operation, input }) => `${operation} ${input.apiVersion} ${input.resource}`),
  );
  const kinds = 2; // listWorkloads makes three of one.
  expect(distinct.size).toBe(questions.length - 2 + kinds);
});
