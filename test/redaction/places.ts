import type { Question } from "../../src/model/question.ts";

/** Where a string of somebody else's can stand in an answer: the question, and its answer with the text in that place. */
export interface Place {
  readonly name: string;
  readonly question: Question;
  readonly page: (text: string) => unknown;
}

function cluster(resource: string, more: { readonly [name: string]: string } = {}): Question {
  return { source: "kubernetes", operation: "list", input: { apiVersion: "v1", resource, ...more } };
}

const PODS = cluster("pods");
const CONFIG_MAP: Question = {
  source: "kubernetes",
  operation: "get",
  input: { apiVersion: "v1", resource: "configmaps", namespace: "shop", name: "conf" },
};
const PROCESSES: Question = {
  source: "kubernetes",
  operation: "exec",
  input: { namespace: "shop", pod: "web-1", container: "app", command: ["ps", "-eo", "pid,ppid,args"] },
};
const INSTANT: Question = {
  source: "prometheus",
  operation: "query",
  input: { query: "up", time: "2026-06-26T08:00:00Z" },
};
const aws = (source: "cloudwatch" | "elbv2" | "cloudtrail", operation: Question["operation"]): Question => ({
  source,
  operation,
  input: {},
});

/** A call as CloudTrail's event history tells it: an entry, which holds the record as a text. */
const recorded = (name: string, record: (text: string) => object, entry: (text: string) => object = () => ({})) => ({
  name,
  question: aws("cloudtrail", "LookupEvents"),
  page: (text: string) => ({
    Events: [
      {
        EventId: "1",
        EventName: "ModifyListener",
        EventTime: "2026-06-26T08:00:00Z",
        CloudTrailEvent: JSON.stringify({ eventName: "ModifyListener", readOnly: false, ...record(text) }),
        ...entry(text),
      },
    ],
  }),
});
const parameter = (name: string, request: (text: string) => object) =>
  recorded(name, (text) => ({ requestParameters: request(text), responseElements: request(text) }));

const metadata = { name: "web-1", namespace: "shop", labels: { app: "web" } };
const pod = (container: object, more: object = {}) => ({
  items: [
    { metadata, spec: { nodeName: "node-1", containers: [{ name: "app", image: "web:1", ...container }] }, ...more },
  ],
});
const ofPods = (name: string, page: Place["page"]): Place => ({ name, question: PODS, page });
const inFile = (name: string, page: (text: string) => object): Place => ({
  name,
  question: CONFIG_MAP,
  page: (text) => ({ kind: "ConfigMap", metadata: { name: "conf", namespace: "shop" }, data: page(text) }),
});
const status = (state: object) => ({ status: { phase: "Running", containerStatuses: [{ name: "app", ...state }] } });
const event = (message: (text: string) => string, reason = "Failed") => ({
  question: cluster("events"),
  page: (text: string) => ({
    items: [
      { metadata, type: "Warning", reason, message: message(text), involvedObject: { kind: "Pod", name: "web-1" } },
    ],
  }),
});

/** Where anything may stand that people and programs write freely. */
export const FREE_PLACES: readonly Place[] = [
  parameter("a parameter of a recorded call that nobody reads", (text) => ({
    userData: text,
    launch: [{ extra: text }],
  })),
  parameter("the description in a recorded call", (text) => ({ description: text, tags: [{ key: "a", value: text }] })),
  parameter("the fixed answer in a recorded call", (text) => ({
    actions: [{ type: "fixed-response", fixedResponseConfig: { messageBody: text } }],
  })),
  parameter("the bucket in a recorded call", (text) => ({
    attributes: [{ key: "access_logs.s3.prefix", value: text }],
  })),
  recorded("the program that made a recorded call", (text) => ({ userAgent: text, sourceIPAddress: text })),
  recorded("the error of a recorded call", (text) => ({ errorMessage: text, additionalEventData: { note: text } })),
  recorded("the session of who made a recorded call", (text) => ({
    userIdentity: { type: "AssumedRole", accessKeyId: text, sessionContext: { sessionIssuer: { userName: text } } },
  })),
  recorded("what a call answered that only reads", (text) => ({ readOnly: true, requestParameters: { value: text } })),
  recorded(
    "a recorded call that is no JSON",
    () => ({}),
    (text) => ({ CloudTrailEvent: `{"eventName": ${text}` }),
  ),
  recorded(
    "members of CloudTrail's entry that nobody reads",
    () => ({}),
    (text) => ({
      Username: text,
      AccessKeyId: text,
      Resources: [{ ResourceName: text }],
    }),
  ),
  ofPods("an argument", (text) => pod({ args: [text] })),
  ofPods("the argument behind an option", (text) => pod({ args: ["--flag", text, "--workers", "4"] })),
  ofPods("the argument behind the option of a server", (text) => pod({ args: ["--worker-class", text] })),
  ofPods("an option's value", (text) => pod({ args: [`--flag=${text}`] })),
  ofPods("an option's value in a shell", (text) =>
    pod({ command: ["sh", "-c"], args: [`exec gunicorn -w \${WEB_CONCURRENCY:-4} --flag '${text}' app:app`] }),
  ),
  ofPods("a line of a shell's script", (text) => pod({ command: ["sh", "-c", `set -e\n${text}\nexec puma -w 4`] })),
  ofPods("the command", (text) => pod({ command: ["gunicorn", "-c", "python:conf", text] })),
  ofPods("an argument of an init container", (text) =>
    pod({}, { spec: { containers: [], initContainers: [{ name: "init", args: [text] }] } }),
  ),
  ofPods("a variable", (text) => pod({ env: [{ name: "ANY", value: text }] })),
  ofPods("a variable with a URL around it", (text) =>
    pod({ env: [{ name: "ANY", value: `https://api.corp/x?a=1&b=${text}` }] }),
  ),
  ofPods("GUNICORN_CMD_ARGS behind the workers", (text) =>
    pod({ env: [{ name: "GUNICORN_CMD_ARGS", value: `--workers 4 --certfile ${text}` }] }),
  ),
  ofPods("JAVA_TOOL_OPTIONS", (text) => pod({ env: [{ name: "JAVA_TOOL_OPTIONS", value: `-Xmx1g -Da.b=${text}` }] })),
  ofPods("a probe's header", (text) =>
    pod({ readinessProbe: { httpGet: { path: "/", httpHeaders: [{ name: "X-Probe", value: text }] } } }),
  ),
  ofPods("a probe's path", (text) => pod({ livenessProbe: { httpGet: { path: `/health?t=${text}`, port: 80 } } })),
  ofPods("a probe's command", (text) => pod({ startupProbe: { exec: { command: ["curl", "-H", text] } } })),
  ofPods("a lifecycle handler", (text) =>
    pod({ lifecycle: { preStop: { exec: { command: ["sh", "-c", `curl -d ${text} localhost`] } } } }),
  ),
  ofPods("a termination message", (text) =>
    pod({}, status({ lastState: { terminated: { reason: "Error", exitCode: 1, message: text } } })),
  ),
  ofPods("a waiting message", (text) =>
    pod({}, status({ state: { waiting: { reason: "CrashLoopBackOff", message: `back-off ${text}` } } })),
  ),
  ofPods("a condition's message", (text) => pod({}, { status: { conditions: [{ type: "Ready", message: text }] } })),
  ofPods("an annotation", (text) => ({ items: [{ metadata: { ...metadata, annotations: { "corp.io/x": text } } }] })),
  ofPods("the annotation of kubectl", (text) => ({
    items: [{ metadata: { ...metadata, annotations: { "kubectl.kubernetes.io/last-applied-configuration": text } } }],
  })),
  ofPods("a member that nobody knows", (text) => ({
    items: [{ metadata, spec: { extension: { anything: [text] } } }],
  })),
  inFile("a file's setting", (text) => ({ "gunicorn.conf.py": `workers = 4\nsetting = "${text}"\n` })),
  inFile("a file's setting behind one that is read", (text) => ({ "php.ini": `timeout = 30, ${text}\n` })),
  inFile("a file's comment", (text) => ({ "puma.rb": `workers 4\n# ${text}\n` })),
  inFile("a comment behind a setting", (text) => ({ "conf.py": `workers = 4  # ${text.replaceAll("\n", " ")}\n` })),
  inFile("a file that is nothing else", (text) => ({ "tls.key": text })),
  inFile("YAML", (text) => ({ "application.yaml": `server:\n  threads: 4\nother:\n  - ${text}\n` })),
  inFile("JSON", (text) => ({ "pm2.json": JSON.stringify({ instances: 4, env: { ANY: text } }) })),
  inFile("a file's name", (text) => ({ [text.replace(/[^\w.-]/g, "_")]: "workers = 4" })),
  { name: "an event", ...event((text) => text) },
  { name: "the event of an image that is not pulled", ...event((text) => `Failed to pull image "app:1": ${text}`) },
  { name: "the event of a failed probe", ...event((text) => `Readiness probe failed: curl: ${text}`, "Unhealthy") },
  {
    name: "a process list",
    question: PROCESSES,
    page: (text) => ({
      stdout: `  PID  PPID COMMAND\n    1     0 gunicorn -w 4 ${text}\n    7     1 gunicorn\n`,
      stderr: "",
    }),
  },
  { name: "what a command says of its failure", question: PROCESSES, page: (text) => ({ stdout: "", stderr: text }) },
  {
    name: "a series' label",
    question: INSTANT,
    page: (text) => ({
      status: "success",
      data: { resultType: "vector", result: [{ metric: { pod: "a", url: text }, value: [1, "2"] }] },
    }),
  },
  {
    name: "a tag",
    question: aws("elbv2", "DescribeTags"),
    page: (text) => ({ TagDescriptions: [{ ResourceArn: "arn:aws:x", Tags: [{ Key: "corp.io/any", Value: text }] }] }),
  },
  {
    name: "a header that a rule wants",
    question: aws("elbv2", "DescribeRules"),
    page: (text) => ({
      Rules: [{ Conditions: [{ Field: "http-header", HttpHeaderConfig: { HttpHeaderName: "X", Values: [text] } }] }],
    }),
  },
  {
    name: "a rule's fixed response",
    question: aws("elbv2", "DescribeRules"),
    page: (text) => ({
      Rules: [{ Actions: [{ Type: "fixed-response", FixedResponseConfig: { MessageBody: text } }] }],
    }),
  },
  {
    name: "an action in the alarm's history",
    question: aws("cloudwatch", "DescribeAlarmHistory"),
    page: (text) => ({ AlarmHistoryItems: [{ HistoryItemType: "Action", HistorySummary: text, HistoryData: text }] }),
  },
];

/** Where names stand, and sentences, which a person needs: a secret is told from them only by its own form. */
export const NAMED_PLACES: readonly Place[] = [
  parameter("a name in a recorded call", (text) => ({ name: text, targetGroupName: text })),
  parameter("a setting in a recorded call", (text) => ({ attributes: [{ key: "idle_timeout", value: text }] })),
  parameter("the name of a recorded call's parameter", (text) => ({ [text]: 1 })),
  recorded("the ARN of who made a recorded call", (text) => ({
    userIdentity: { type: "AssumedRole", arn: `arn:aws:sts::111122223333:assumed-role/admin/${text}?` },
  })),
  ofPods("a label", (text) => ({ items: [{ metadata: { ...metadata, labels: { app: "web", any: text } } }] })),
  ofPods("an image's tag", (text) => pod({ image: `registry.corp/web:${text}` })),
  ofPods("a variable's name", (text) => pod({ env: [{ name: text, value: "1" }] })),
  {
    name: "a series' label that is read",
    question: INSTANT,
    page: (text) => ({ data: { resultType: "vector", result: [{ metric: { instance: text }, value: [1, "2"] }] } }),
  },
  {
    name: "Prometheus's warning",
    question: INSTANT,
    page: (text) => ({ status: "success", data: { result: [] }, warnings: [`bad matcher ${text}`] }),
  },
  {
    name: "the alarm's description",
    question: aws("cloudwatch", "DescribeAlarms"),
    page: (text) => ({ MetricAlarms: [{ AlarmName: "a", AlarmDescription: `Slow. Call ${text} first` }] }),
  },
];
