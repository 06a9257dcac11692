import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { playbooks } from "../../playbooks/index.ts";
import { visible } from "../../src/model/visible.ts";
import { complaint, lbdoctor } from "./lbdoctor.ts";
import { ALARM, smallRecording } from "./small-recording.ts";

const folder = await smallRecording();

describe("wrong usage ends with exit code 2 and one sentence, and prints no result", () => {
  const cases: [what: string, words: string[], sentence: RegExp][] = [
    ["an unknown command", ["investigat", "x"], /unknown command 'investigat'/],
    ["an unknown option", ["investigate", "x", "--quick"], /unknown option '--quick'/],
    ["no alarm", ["investigate"], /which alarm\? /],
    ["no alarm to record", ["record", "--out", "x"], /missing required argument 'alarm'/],
    ["two alarms", ["investigate", "x", "y"], /too many arguments/],
    ["an empty alarm", ["investigate", "", "--fixture", folder], /the alarm's name is empty/],
    ["an ARN of something else", ["investigate", "arn:aws:sns:eu-west-2:1:t"], /not one of a CloudWatch alarm/],
    ["an empty notification", ["investigate", "-"], /standard input is empty/],
    ["two forms of output", ["investigate", "x", "--json", "--plain"], /cannot be used with option/],
    ["a window without a unit", ["investigate", ALARM, "--fixture", folder, "--window", "6"], /--window 6: expected a/],
    [
      "a window that is too short",
      ["investigate", ALARM, "--fixture", folder, "--window", "5m"],
      /at least 10 minutes/,
    ],
    ["a window that is too long", ["investigate", ALARM, "--fixture", folder, "--window", "16d"], /at most 15 days/],
    [
      "a start without a zone",
      ["investigate", ALARM, "--fixture", folder, "--since", "2026-03-04T08:00"],
      /expected a time with its zone/,
    ],
    [
      "a start in the future",
      ["investigate", ALARM, "--fixture", folder, "--since", "2027-01-01T00:00Z"],
      /lie in the past/,
    ],
    [
      "an unknown consent",
      ["investigate", ALARM, "--fixture", folder, "--allow", "everything"],
      /'everything' is invalid\. Known are exec, athena, insights/,
    ],
    [
      "no name of a metric",
      ["plan", "x", "--metric", "\u001b[31mred"],
      /--metric "\\u001b\[31mred" is not a metric's name/,
    ],
    ["an empty metric", ["plan", "x", "--metric", ""], /--metric "" is not a metric's name/],
    ["no name of a table", ["investigate", ALARM, "--athena", 'a"; DROP'], /A table is named like database\.table/],
    ["an unknown page", ["explain", "worker-ceiling"], /did you mean worker-concurrency-ceiling/],
    ["two pages", ["explain", "worker", "quota"], /too many arguments/],
  ];
  test.each(cases)("%s", async (_what, words, sentence) => {
    const ran = await lbdoctor(words);
    expect(complaint(ran)).toMatch(/^lbdoctor: /);
    expect(complaint(ran)).toMatch(sentence);
    expect(ran.stdout).toBe("");
    expect(ran.code).toBe(2);
  });
});

test("without a command it prints the help to standard error and ends with exit code 2", async () => {
  const ran = await lbdoctor([]);
  expect(ran.stderr).toContain("Usage: lbdoctor");
  expect(ran).toMatchObject({ code: 2, stdout: "" });
});

test("--help prints what the help command prints", async () => {
  const [quick, full] = await Promise.all([lbdoctor(["--help"]), lbdoctor(["help"])]);
  expect(quick.stdout).toContain("investigate [options] [alarm]");
  expect(quick).toEqual({ ...full, code: 0 });
});

test.each([
  [["investigate", "x", "--quick"], "lbdoctor investigate --help"],
  [["record", "x"], "lbdoctor record --help"],
  [["nonsense"], "lbdoctor --help"],
])("wrong usage says where the help is: %j", async (words, help) => {
  expect(complaint(await lbdoctor(words))).toMatch(new RegExp(`; see \`${help}\`$`));
});

test("every command has examples in its help, and each names only options that the command has", async () => {
  const { stdout } = await lbdoctor(["help"]);
  const commands = [...stdout.matchAll(/^ {2}([a-z]+) (?:\[|<)/gm)].map(([, name = ""]) => name);
  expect(commands.length).toBeGreaterThan(12);
  const own = commands.filter((name) => name !== "help");
  const helps = await Promise.all(own.map(async (name) => [name, (await lbdoctor([name, "--help"])).stdout] as const));
  for (const [name, help] of helps) {
    const examples = help.match(/^ {2}\$ .+$/gm) ?? [];
    expect([name, examples.length >= 2]).toEqual([name, true]);
    const options = examples.flatMap((line) =>
      line.includes(`lbdoctor ${name}`) ? [...line.matchAll(/(?<= )--[a-z-]+/g)].map(([option]) => option) : [],
    );
    for (const option of options)
      expect([name, option, help.includes(`  ${option} `) || help.includes(`  ${option}\n`)]).toEqual([
        name,
        option,
        true,
      ]);
  }
});

test("an option that is required says so", async () => {
  for (const command of ["record", "redact"])
    expect((await lbdoctor([command, "--help"])).stdout).toMatch(/^ {2}--out <dir> +required: /m);
});

test("--allow exec is --allow-exec, and may stand beside another consent", async () => {
  const planned = (...options: string[]) => lbdoctor(["plan", ALARM, "--window", "2h", ...options]);
  const exec = (text: string) => text.split("\n").filter((line) => line.startsWith("kubectl exec"));
  const [none, short, long, other] = await Promise.all([
    planned(),
    planned("--allow-exec"),
    planned("--allow", "athena", "--allow", "exec"),
    planned("--allow", "insights"),
  ]);
  expect(exec(short.stdout).length).toBeGreaterThan(0);
  expect(exec(long.stdout)).toEqual(exec(short.stdout));
  expect([...exec(none.stdout), ...exec(other.stdout)]).toEqual([]);
});

test("the plan shows what is asked of each ingress controller, and for whom, where it may be asked", async () => {
  const [latency, connections] = await Promise.all([
    lbdoctor(["plan", ALARM]),
    lbdoctor(["plan", ALARM, "--metric", "RejectedConnectionCount"]),
  ]);
  const { stdout } = latency;
  for (const [controller, metric] of [
    ["ingress-nginx", "nginx_ingress_controller_requests"],
    ["Traefik", "traefik_service_requests_total"],
    ["Envoy Gateway", "envoy_cluster_upstream_rq_xx"],
    ["Istio's ingress gateway", "istio_requests_total"],
  ] as const) {
    const from = stdout.indexOf(`# only where the pods are ${controller}:`);
    expect(from, controller).toBeGreaterThan(-1);
    expect(stdout.indexOf(metric), metric).toBeGreaterThan(from);
  }
  expect(stdout).toContain("gateway.networking.k8s.io/httproutes: list");
  expect(connections.stdout).not.toContain("only where the pods are");
  // The pods behind it are asked the same.
  expect(stdout).toMatch(/asked again for its pods:\n# {3}workload, rollouts, pod CPU, workers and quota/);
  expect(connections.stdout).not.toContain("asked again");
  const json = await lbdoctor(["plan", ALARM, "--json"]);
  const { questions } = JSON.parse(json.stdout) as { questions: { step: string; onlyFor?: string }[] };
  const only = questions.filter(({ onlyFor }) => onlyFor !== undefined);
  expect(new Set(only.map(({ step }) => step))).toEqual(new Set(["ingress-controller"]));
});

test("the plan names what Athena and Logs Insights need only where they are allowed", async () => {
  const planned = async (...options: string[]) => (await lbdoctor(["plan", ALARM, ...options])).stdout;
  const [none, athena, insights] = await Promise.all([
    planned(),
    planned("--allow", "athena"),
    planned("--allow", "insights"),
  ]);
  expect(none).toContain("s3:GetObject");
  expect(none).not.toMatch(/athena:|glue:|logs:/);
  expect(athena).toContain("(policies/iam-policy-logs-athena.json)\n#   athena:GetQueryExecution");
  expect(athena).not.toContain("logs:StartQuery");
  expect(insights).toContain("#   logs:StartQuery");
});

test.each(["investigate", "record", "plan", "resume", "verify", "doctor"])(
  "--help of %s names every consent",
  async (command) => {
    const { stdout } = await lbdoctor([command, "--help"]);
    for (const name of ["exec", "athena", "insights"]) expect(stdout.replace(/\s+/g, " ")).toContain(`${name}: `);
  },
);

test("--help of a command lists its options", async () => {
  const { code, stdout } = await lbdoctor(["investigate", "--help"]);
  expect(code).toBe(0);
  const options = [...stdout.matchAll(/^ {2}(--[a-z-]+)/gm)].map(([, option]) => option);
  const always = ["--fixture", "--since", "--window", "--json", "--plain", "--allow", "--allow-exec", "--no-color"];
  expect(options).toEqual(expect.arrayContaining(always));
});

test("--version prints the package's version", async () => {
  const { version } = JSON.parse(readFileSync("package.json", "utf8"));
  expect(await lbdoctor(["--version"])).toEqual({ code: 0, stdout: `${version}\n`, stderr: "" });
});

test("arguments that are repeated in a complaint cannot command the terminal", async () => {
  const evil = "\u001b[2J\u009b31m";
  for (const words of [
    ["investigate", "x", `--${evil}`],
    [evil],
    ["explain", evil],
    ["show", evil],
    ["investigate", evil, "--fixture", folder],
    ["investigate", ALARM, "--fixture", evil],
    ["investigate", ALARM, "--fixture", folder, "--since", evil],
  ]) {
    const { code, stderr } = await lbdoctor(words);
    expect(stderr).toBe(visible(stderr));
    expect(stderr).toContain("\\u{1b}[2J\\u{9b}31m");
    expect(code).toBeGreaterThan(0);
  }
});

const PAGES = ["README.md", "docs/reference.md", "docs/how-it-judges.md", "docs/example.md", "docs/privacy.md"];

test.each(PAGES)("%s names no command and no option that does not exist", async (name) => {
  const page = readFileSync(name, "utf8");
  const { stdout } = await lbdoctor(["help"]);
  const typed = [...page.matchAll(/^```sh\n([\s\S]*?)^```/gm)].map(([, text = ""]) => text).join("");
  const named = [...page.matchAll(/`(?:npx )?lbdoctor ([a-z]+)/g), ...typed.matchAll(/^lbdoctor ([a-z]+)/gm)].map(
    ([, command]) => command ?? "",
  );
  const commands = new Set(named);
  expect([...commands].filter((command) => !new RegExp(`^  ${command} `, "m").test(stdout))).toEqual([]);
  const all = [...stdout.matchAll(/^ {2}([a-z]+) (?:\[|<)/gm)].map(([, command = ""]) => command);
  const helps = await Promise.all(all.map((command) => lbdoctor([command, "--help"])));
  const options = new Set([...page.matchAll(/(?<=`)--[a-z-]+/g)].map(([option]) => option));
  const known = (option: string) =>
    [stdout, ...helps.map((help) => help.stdout)].some((help) => help.includes(`${option} `));
  expect([...options].filter((option) => !known(option))).toEqual([]);
  expect(commands.size + options.size).toBeGreaterThan(0);
});

test("the reference lists every command of the help, and every exit code", async () => {
  const page = readFileSync("docs/reference.md", "utf8");
  const { stdout } = await lbdoctor(["help"]);
  const commands = [...stdout.matchAll(/^ {2}([a-z]+) (?:\[|<)/gm)].map(([, command = ""]) => command);
  const rows = [...page.matchAll(/^\| `lbdoctor ([a-z]+)/gm)].map(([, command = ""]) => command);
  expect(rows.sort()).toEqual(commands.filter((command) => command !== "help").sort());
  const codes = (text: string, pattern: RegExp) => [...text.matchAll(pattern)].map(([, code]) => code);
  expect(codes(page, /^\| (\d+) \|/gm)).toEqual(codes(stdout, /^ {2}(\d+) {2}/gm));
});

test("the pages list every cause that is judged, in the playbooks' order", () => {
  const page = readFileSync("docs/how-it-judges.md", "utf8");
  const listed = [...page.matchAll(/^ +\| `([a-z-]+)` \|/gm)].map(([, cause]) => cause);
  expect(listed).toEqual([...new Set(playbooks.flatMap(({ causes }) => causes.map(({ cause }) => cause)))]);
});
