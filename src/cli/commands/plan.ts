import { playbooks } from "../../../playbooks/index.ts";
import { investigate } from "../../api.ts";
import { alarmGiven } from "../../app/alarm-given/given.ts";
import type { AlarmGiven } from "../../app/alarm-given/one.ts";
import { knownOf } from "../../app/known-alarm.ts";
import { PlanSource } from "../../app/plan-source.ts";
import type { Terminal } from "../../app/terminal.ts";
import { usualWindow, windowOf } from "../../app/window.ts";
import { type ConsentOptions, isAllowed } from "../../model/consent.ts";
import type { Question } from "../../model/question.ts";
import type { Opening, Session } from "../../model/session.ts";
import { epoch, iso } from "../../model/time.ts";
import { Unusable } from "../../model/unusable.ts";
import { oneLine, visible, visibleJson } from "../../model/visible.ts";
import { plainPage } from "../../output/plain.ts";
import { commandFor } from "../../sources/command.ts";
import { OPTIONAL_POLICIES, type Permission, POLICY_CONSENTS } from "../../sources/descriptor.ts";
import { permissionsOf } from "../../sources/permissions.ts";
import { usuallyWatched } from "../../sources/placeholders.ts";
import { EXIT } from "../exit.ts";
import { styleOf } from "../style.ts";

export interface PlanOptions extends ConsentOptions {
  readonly metric?: string;
  readonly since?: string;
  readonly window?: string;
  readonly json?: boolean;
}

/** A name alone does not say what its alarm watches, and nothing is read to find out. */
const ASSUMED = [
  "# For an alarm on the response time of a load balancer's targets (TargetResponseTime): its name does not say what it",
  "# watches. For another give --metric, or its definition: aws cloudwatch describe-alarms … | lbdoctor plan -",
];

interface Planned {
  readonly step: string;
  readonly question: Question;
  /** What the pods must be for it to be asked. */
  readonly onlyFor?: string;
}

/** Prints what an investigation would read, and reads nothing. Answers the exit code. */
export async function plan(given: string, options: PlanOptions, terminal: Terminal): Promise<number> {
  const alarm = await alarmGiven(given, process.stdin);
  const { name } = alarm;
  const metric = metricOf(options, alarm);
  const now = epoch(Math.floor(Date.now() / 1000));
  const window = windowOf(options, now, usualWindow(now));
  const opening: Opening = {
    id: "plan",
    version: "",
    alarmName: name,
    now: iso(now),
    window,
    allowExec: isAllowed("exec", options),
    source: { kind: "live", region: null, account: null, context: null },
  };
  // What is asked for outweighs what an earlier investigation knew of it.
  const known = metric === null ? await knownOf(alarm, opening, terminal) : null;
  if (known?.refused) {
    terminal.out.write(options.json ? refusalJson(known.refused) : plainPage(known.refused, styleOf(terminal, {})));
    return EXIT["unsupported-alarm"];
  }
  // The investigation itself runs, on placeholders: what is printed is what it asks.
  const watched = known?.watched ?? usuallyWatched(metric ?? "TargetResponseTime");
  const session = await investigate({ source: new PlanSource(name, window, watched), opening });
  if (session.outcome === "unsupported-alarm") {
    terminal.out.write(options.json ? refusalJson(session) : plainPage(session, styleOf(terminal, {})));
    return EXIT["unsupported-alarm"];
  }
  const planned: Planned[] = session.exchanges.map(({ step, question }) => ({ step, question }));
  for (const { id, pods, called } of askingMore(session)) {
    const { exchanges } = await investigate({ source: new PlanSource(name, window, watched, pods), opening });
    const own = exchanges.filter(({ step }) => step === id);
    planned.push(...own.map(({ step, question }) => ({ step, question, onlyFor: called })));
  }
  const permissions = planned.flatMap(({ question }) => permissionsOf(question)).filter(agreedTo(options));
  const text = () => asText(session, planned, permissions, known !== null || metric !== null);
  terminal.out.write(visible(options.json ? asJson(planned, permissions, options) : text()));
  return 0;
}

/** The steps that were run and ask more where the pods are no application, each with those pods. */
function askingMore({ steps }: Session) {
  const known = new Map(playbooks.flatMap((playbook) => playbook.steps.map((step) => [step.id, step])));
  return steps.flatMap(({ id }) =>
    Object.entries(known.get(id)?.asksMoreFor ?? {}).map(([called, pods]) => ({ id, called, pods })),
  );
}

/** The metric that is asked for; null without one. Throws an Unusable for what is no name of one, or is known already. */
function metricOf({ metric }: PlanOptions, { described }: AlarmGiven): string | null {
  if (metric === undefined) return null;
  // The metrics of a load balancer are named in letters, digits and underscores (ELB User Guide, CloudWatch metrics).
  if (!/^\w{1,255}$/.test(metric))
    throw new Unusable(
      `--metric ${oneLine(JSON.stringify(metric))} is not a metric's name, like HTTPCode_Target_5XX_Count`,
    );
  if (described)
    throw new Unusable("--metric is for an alarm given by name only; here its definition is given: leave one out");
  return metric;
}

/** Whether it is needed for what these options allow. */
function agreedTo(options: PlanOptions): (permission: Permission) => boolean {
  return (permission) => {
    const consent = permission.kind === "iam" && permission.policy ? POLICY_CONSENTS[permission.policy] : undefined;
    return consent === undefined || isAllowed(consent, options);
  };
}

/** What is asked once more where the pods only pass requests on: the same questions, so that no permission is added. */
function onwardWords(id: string | null): readonly string[] {
  const { steps, onward } = playbooks.find((one) => one.id === id) ?? {};
  const again = onward?.steps.filter((step) => steps?.includes(step)).map(({ title }) => title) ?? [];
  if (again.length === 0) return [];
  return [
    "# Where the pods are an ingress controller and one service behind it is to blame, these are asked again for its pods:",
    `#   ${again.join(", ")}`,
    "",
  ];
}

function asText(
  { steps, playbook }: Session,
  planned: readonly Planned[],
  all: readonly Permission[],
  isKnown: boolean,
): string {
  const sections = steps.flatMap(({ id, title }) => {
    const own = planned.filter(({ step }) => step === id);
    if (own.length === 0) return [];
    return [
      `# ${title}`,
      ...own.flatMap(({ question, onlyFor }, index) => [
        ...(onlyFor === undefined || onlyFor === own[index - 1]?.onlyFor
          ? []
          : [`# only where the pods are ${onlyFor}:`]),
        commandFor(question),
        "",
      ]),
    ];
  });
  return [
    ...(isKnown ? [] : ASSUMED),
    "# Names in <…> come from earlier answers. Nothing was read to print this.",
    "# Prometheus is found in the cluster and reached through its API, or named by $PROMETHEUS_URL.",
    "",
    ...sections,
    ...onwardWords(playbook),
    "# IAM actions (policies/iam-policy.json)",
    ...iam(all.filter((one) => one.kind === "iam" && one.policy === undefined)).map((action) => `#   ${action}`),
    ...OPTIONAL_POLICIES.flatMap((policy) => {
      const actions = iam(all.filter((one) => one.kind === "iam" && one.policy === policy));
      if (actions.length === 0) return [];
      return [
        `# IAM actions for logs (policies/iam-policy-${policy}.json)`,
        ...actions.map((action) => `#   ${action}`),
      ];
    }),
    "# RBAC rules (policies/clusterrole.yaml)",
    ...rbac(all).map((rule) => `#   ${rule}`),
    "",
  ].join("\n");
}

function asJson(planned: readonly Planned[], all: readonly Permission[], options: PlanOptions): string {
  const questions = planned.map(({ step, question, onlyFor }) => ({
    step,
    ...(onlyFor === undefined ? {} : { onlyFor }),
    source: question.source,
    command: commandFor(question),
    permissions: permissionsOf(question).filter(agreedTo(options)),
  }));
  return `${JSON.stringify({ questions, iam: iam(all), rbac: rbac(all) }, null, 2)}\n`;
}

/** Nothing would be read beyond the alarm itself. */
function refusalJson({ outcome, verdict }: Session): string {
  const refusal = { outcome, headline: verdict?.headline ?? null, questions: [], iam: [], rbac: [] };
  return `${visibleJson(JSON.stringify(refusal, null, 2))}\n`;
}

function iam(permissions: readonly Permission[]): string[] {
  return [...new Set(permissions.flatMap((one) => (one.kind === "iam" ? [one.action] : [])))].sort();
}

/** "apps/deployments: list" */
function rbac(permissions: readonly Permission[]): string[] {
  const rules = permissions.flatMap((one) =>
    one.kind === "rbac" ? [`${one.group ? `${one.group}/` : ""}${one.resource}: ${one.verbs.join(", ")}`] : [],
  );
  return [...new Set(rules)].sort();
}
