import { describe, expect, test } from "vitest";
import { readNodeGroups } from "../../../src/analysis/node-groups.ts";
import type { Answer, Question } from "../../../src/model/question.ts";
import { Marks } from "../../../src/redaction/marks.ts";
import { RedactingSource } from "../../../src/redaction/recording.ts";
import { redactText } from "../../../src/redaction/text.ts";
import { Tokens } from "../../../src/redaction/tokens.ts";

/** A text with its marks as one word: which digits they have is not what is looked at. */
const blank = (text: string) => text.replace(/‹(\w+):\w+:[0-9a-f]{5}›/g, "($1)");

const PLAIN = { words: [], strict: false };

/** Redacts pages that answer one question; `asked`: what reached the source. */
async function redacted(
  question: Question,
  pages: readonly unknown[],
  rules: { words: readonly string[]; strict: boolean } = PLAIN,
  tokens = new Tokens(),
) {
  const asked: Question[] = [];
  const source = {
    ask: async (one: Question): Promise<Answer> => {
      asked.push(one);
      return { status: "answered", pages };
    },
  };
  const redacting = new RedactingSource(source, tokens, rules, new Marks("salt"));
  const answer = await redacting.ask(question);
  return { text: blank(JSON.stringify(answer)), answer, asked, redacting };
}

const list = (resource: string): Question => ({
  source: "kubernetes",
  operation: "list",
  input: { apiVersion: "v1", resource },
});
const prometheus = (query: string): Question => ({
  source: "prometheus",
  operation: "query",
  input: { query, time: "2026-06-26T08:00:00Z" },
});

describe("what is masked by its form", () => {
  test.each([
    ["an account in an ARN", "arn:aws:sns:eu-west-1:210987654321:oncall", "arn:aws:sns:eu-west-1:000000000001:oncall"],
    ["the id of a load balancer", "app/my-alb/50dc6c495c0c9188", "app/my-alb/0000000000000001"],
    ["an instance", "i-0abcdef1234567890", "i-00000000000000001"],
    ["an address with a port", "10.12.3.4:8080", "198.18.0.1:8080"],
    ["an IPv6 address", "from fe80:0:0:1::5 on", "from 2001:db8::1 on"],
    ["a node's name", "ip-10-0-1-2.eu-west-1.compute.internal", "host-1.example.internal"],
    ["a mail address", "owner ada@corp.io", "owner user-1@example.com"],
    ["a JSON Web Token", "x eyJhbGciOi.eyJzdWIi.sig-1 y", "x (text) y"],
    ["an access key", "AKIAIOSFODNN7EXAMPLE", "(text)"],
    ["a password flag", "--db-password hunter2 --port 80", "--db-password (text) --port 80"],
    ["a password in a URL", "postgres://app:hunter2@db/x", "postgres://(text)@db/x"],
    ["a secret in JSON", '{"apiKey": "hunter2"}', '{"apiKey": "(text)"}'],
  ])("%s", (_, from, to) => {
    expect(blank(redactText(from, new Tokens(), [], new Marks("salt")))).toBe(to);
  });

  test.each([
    "0.0.0.0:8000",
    "127.0.0.1",
    "v1.14.3-prod",
    "targetgroup/x",
    "1782460800123",
    "268435456000",
    "workers = 1",
  ])("%s stays", (text) => {
    expect(redactText(text, new Tokens(), [], new Marks("salt"))).toBe(text);
  });
});

test("the same value is the same token in every answer, and tokens tell values apart", async () => {
  const tokens = new Tokens();
  const first = await redacted(
    list("pods"),
    [{ items: [{ status: { podIP: "10.0.0.7", hostIP: "10.0.0.8" } }] }],
    PLAIN,
    tokens,
  );
  const second = await redacted(
    prometheus("up"),
    [{ data: { result: [{ metric: { instance: "10.0.0.7:9100" } }] } }],
    PLAIN,
    tokens,
  );
  expect(first.text).toContain('{"podIP":"198.18.0.1","hostIP":"198.18.0.2"}');
  expect(second.text).toContain("198.18.0.1:9100");
});

test("environment values are masked and stay to be seen; what says how a server runs stays readable", async () => {
  const env = [
    { name: "DATABASE_URL", value: "postgres://x" },
    { name: "WEB_CONCURRENCY", value: "4" },
    { name: "APP_WORKERS", value: "3" },
    { name: "THREADS_TOKEN", value: "s3cret" },
    { name: "EMPTY", value: "" },
    { name: "FROM", valueFrom: { secretKeyRef: { name: "s", key: "k" } } },
  ];
  const { text, redacting } = await redacted(list("pods"), [
    { items: [{ spec: { containers: [{ name: "a", env }] } }] },
  ]);
  expect(text).toContain('{"name":"DATABASE_URL","value":"(url)"}');
  expect(text).toContain('{"name":"WEB_CONCURRENCY","value":"4"}');
  expect(text).toContain('{"name":"APP_WORKERS","value":"3"}');
  expect(text).toContain('{"name":"THREADS_TOKEN","value":"(text)"}');
  expect(text).toContain('{"name":"EMPTY","value":""}');
  expect(redacting.masked).toBe(2);
});

test("of a configuration only the server's own lines stay", async () => {
  const question: Question = {
    source: "kubernetes",
    operation: "get",
    input: { apiVersion: "v1", resource: "configmaps", namespace: "n", name: "c" },
  };
  const file =
    "import os\nworkers = 1  # not 8, says ada\n\nDSN = 'x'\n# the key is hunter2\nraw_env = ['A=hunter2']\n";
  const { text } = await redacted(question, [{ data: { "gunicorn.conf.py": file } }]);
  const kept = "import os\\nworkers = 1  # (text)\\n\\n(text)\\n# (text)\\n(text) = ['A=(text)']\\n";
  expect(text).toContain(`{"gunicorn.conf.py":"${kept}"}`);
});

test("of a ConfigMap that is an environment the number of workers stays", async () => {
  const input = { apiVersion: "v1", resource: "configmaps", namespace: "n", name: "c" };
  const data = { WEB_CONCURRENCY: "4", DSN: "postgres://x", WORKERS_KEY: "abc" };
  const { answer } = await redacted({ source: "kubernetes", operation: "get", input }, [{ data }]);
  expect(answer).toMatchObject({
    pages: [
      {
        data: {
          WEB_CONCURRENCY: "4",
          DSN: expect.stringMatching(/^‹url:/),
          WORKERS_KEY: expect.stringMatching(/^‹text:/),
        },
      },
    ],
  });
});

test("annotations keep their names, and their values only where they decide something", async () => {
  const annotations = {
    "deployment.kubernetes.io/revision": "7",
    "kubectl.kubernetes.io/last-applied-configuration": "{}",
    note: "call 555",
  };
  const { text } = await redacted(list("deployments"), [{ items: [{ metadata: { annotations } }] }]);
  expect(text).toContain(
    '{"deployment.kubernetes.io/revision":"7","kubectl.kubernetes.io/last-applied-configuration":"(text)","note":"(text)"}',
  );
});

test("a question made from a redacted answer is asked with the original, also inside of a regular expression", async () => {
  const tokens = new Tokens();
  await redacted(
    list("nodes"),
    [
      {
        items: [
          {
            metadata: { name: "worker.corp.io" },
            status: { addresses: [{ type: "InternalIP", address: "10.0.0.7" }] },
          },
        ],
      },
    ],
    PLAIN,
    tokens,
  );
  const query =
    'up{instance=~"198\\\\.18\\\\.0\\\\.1:.*",node=~"host-1\\\\.example\\\\.internal",other="host-1.example.internal"}';
  const { asked, redacting } = await redacted(prometheus(query), [{}], PLAIN, tokens);
  expect(asked[0]?.input.query).toBe(
    'up{instance=~"10\\\\.0\\\\.0\\\\.7:.*",node=~"worker\\\\.corp\\\\.io",other="worker.corp.io"}',
  );
  expect(redacting.recorded[0]?.question.input.query).toBe(query);
});

test("of Cluster Autoscaler's status the node groups stay readable, and nothing else", async () => {
  const status = [
    "autoscalerStatus: Running",
    "nodeGroups:",
    "- health:",
    "    cloudProviderTarget: 3",
    "    maxSize: 10",
    "    minSize: 2",
    "  name: eks-acme-web-0a1b2c3d-1111-2222-3333-444455556666",
    "  scaleUp:",
    "    backoffInfo:",
    "      errorMessage: 'role arn:aws:iam::210987654321:role/x may not'",
  ].join("\n");
  const name = "cluster-autoscaler-status";
  const input = { apiVersion: "v1", resource: "configmaps", namespace: "kube-system", name };
  const page = { metadata: { name, namespace: "kube-system" }, data: { status } };
  const words = { words: ["acme"], strict: false };
  const { answer, text } = await redacted({ source: "kubernetes", operation: "get", input }, [page], words);
  expect(text).not.toMatch(/acme|210987654321|role/);
  const kept = answer.status === "answered" ? (answer.pages[0] as typeof page).data.status : "";
  expect(readNodeGroups(kept)).toEqual([{ name: "word-1-web", min: 2, max: 10, current: 3 }]);
});

test("figures of Prometheus are left alone, however they look", async () => {
  const page = { data: { result: [{ metric: { pod: "a" }, value: [1782460800, "123456789012"] }] } };
  expect((await redacted(prometheus("x"), [page])).answer).toMatchObject({ pages: [page] });
});

test("a failure's sentence loses its hosts", async () => {
  const failure = {
    kind: "unreachable",
    message: "the cluster's API at ABC.gr7.eu-west-1.eks.amazonaws.com refuses the connection",
  } as const;
  const redacting = new RedactingSource(
    { ask: async () => ({ status: "failed", failure }) },
    new Tokens(),
    PLAIN,
    new Marks("salt"),
  );
  const answer = await redacting.ask(list("pods"));
  expect(answer).toMatchObject({
    failure: { message: "the cluster's API at host-1.example.internal refuses the connection" },
  });
});

test("given words are masked wherever they stand, the longest first", async () => {
  const { text } = await redacted(
    list("pods"),
    [{ items: [{ metadata: { name: "acme-pay-1", labels: { team: "acme" } } }] }],
    { words: ["acme", "acme-pay"], strict: false },
  );
  expect(text).toContain('"name":"word-1-1"');
  expect(text).toContain('"team":"word-2"');
});

test("strict rules mask labels that decide nothing", async () => {
  const labels = { app: "web", "pod-template-hash": "5d4", squad: "red" };
  const { text } = await redacted(list("pods"), [{ items: [{ metadata: { labels } }] }], { words: [], strict: true });
  expect(text).toContain('{"app":"web","pod-template-hash":"5d4","squad":"(text)"}');
});

test("tokens of an earlier redaction stay, and none of them is given out again", () => {
  const tokens = new Tokens("198.18.0.9 host-3.example.internal 000000000004 i-0000000000000000a word-2");
  expect(
    redactText("198.18.0.9 10.0.0.1 000000000004 x123456789012 i-0abcdef1234567890", tokens, [], new Marks("salt")),
  ).toBe("198.18.0.9 198.18.0.10 000000000004 x000000000005 i-0000000000000000b");
});
