import { once } from "node:events";
import { expect, test, vi } from "vitest";
import { iso } from "../../../src/model/time.ts";
import { ANSWER } from "../../../src/sources/access-logs/athena-sql.ts";
import { type AthenaAnswers, startAthena } from "../../loopback/athena.ts";
import { startInsights } from "../../loopback/insights.ts";
import { commandLine } from "../command-line.ts";
import { COLUMNS } from "./engines.ts";
import { requestText } from "./lines.ts";

const ROW = ["0", "targetgroup/shop/73e2d6bc24d8a067", "all", "", "11", "7", "0", "0", "0", "336"];

/** The command line before a simulated incident whose load balancer writes no log, and an Athena that has one. */
async function withAthena(more: Partial<AthenaAnswers> = {}) {
  const athena = await startAthena({
    table: { name: "alb_logs", columns: COLUMNS, keys: [["day", "string"]] },
    run: async () => ({ columns: ANSWER, rows: [ROW] }),
    bytes: 42_000_000,
    ...more,
  });
  const line = await commandLine({}, { AWS_ENDPOINT_URL_ATHENA: athena.url });
  return { athena, line, words: ["investigate", line.alarm, ...line.when, "--athena", "logs.alb_logs"] };
}

test("an investigation with --athena and its consent tells what was read, scanned and paid", async () => {
  const { athena, line, words } = await withAthena();
  const { stdout, stderr } = await line.run(...words, "--allow", "athena", "--json", "--verbose");
  expect(stdout).toMatch(/Athena, 42\.0 MB scanned for at most 0\.00042 USD: \d+ requests/);
  // The table has the access log only; that the others are off is told where it matters.
  const { gaps }: { gaps: { source: string }[] } = JSON.parse(stdout);
  expect(gaps.filter(({ source }) => source === "access-logs")).toEqual([]);
  expect(stderr).toMatch(/; 42 MB scanned by Athena, at most 0\.00042 USD/);
  expect(athena.statements).toHaveLength(1);
});

test("without the consent Athena is not asked, and the page says how to agree", async () => {
  const { athena, line, words } = await withAthena();
  const { stdout } = await line.run(...words, "--plain");
  expect(stdout.replace(/\s+/g, " ")).toContain("is not queried without --allow athena");
  expect(athena.asked).toEqual([]);
});

test("Ctrl-C stops the query, too", async () => {
  const { athena, line, words } = await withAthena({ hangs: true });
  const running = line.start(...words, "--allow", "athena", "--plain");
  await vi.waitFor(() => expect(athena.asked).toContain("GetQueryExecution"), { timeout: 60_000, interval: 100 });
  running.kill("SIGINT");
  await once(running, "exit");
  expect(athena.asked).toContain("StopQueryExecution");
});

test("an access log that neither S3 nor CloudWatch Logs gets is told as off, with the command that turns it on", async () => {
  const line = await commandLine();
  const insights = await startInsights({ groups: {}, deliveries: [] });
  Object.assign(line.environment, { AWS_ENDPOINT_URL_CLOUDWATCH_LOGS: insights.url });
  const offOf = async (...allow: string[]) => {
    const { stdout } = await line.run("investigate", line.alarm, ...line.when, ...allow, "--json");
    const { gaps }: { gaps: { what: string; remedy: string }[] } = JSON.parse(stdout);
    return gaps.filter(({ what }) => what.includes("access log is off"));
  };
  const [asked, ...more] = await offOf("--allow", "insights");
  expect(more).toEqual([]);
  expect(asked?.what).toContain("the access log is off in S3 and CloudWatch Logs");
  expect(asked?.remedy).toMatch(/^aws elbv2 modify-load-balancer-attributes .*Value=BUCKET: turns it on$/);
  const [unasked] = await offOf();
  expect(unasked?.what).toContain("the access log is off in S3,");
  expect(unasked?.remedy).toMatch(/^aws elbv2 .*Value=BUCKET: turns it on; .* with --allow insights instead$/);
});

test("an investigation with --allow insights reads the log group, and no log that is not delivered is a gap", async () => {
  const GROUP = "arn:aws:logs:eu-west-2:111122223333:log-group:/aws/alb/shop";
  const line = await commandLine();
  const { loadBalancer, loadBalancerDimension } = line.world.arns;
  const { now, window } = line.world.scenario;
  // One request a minute, so that each episode has some.
  const messages = Array.from({ length: window / 60 }, (_, minute) => {
    const time = iso(now - window + 60 * minute).replace("Z", ".000001Z");
    return { timestamp: Date.parse(time), message: requestText({ time, balancer: loadBalancerDimension }) };
  });
  const insights = await startInsights({
    groups: { [GROUP]: messages },
    deliveries: [[loadBalancer, "ALB_ACCESS_LOGS", GROUP]],
  });
  Object.assign(line.environment, { AWS_ENDPOINT_URL_CLOUDWATCH_LOGS: insights.url });
  const { stdout } = await line.run("investigate", line.alarm, ...line.when, "--allow", "insights", "--json");
  expect(stdout).toMatch(/Logs Insights, \d+\.\d MB scanned for at most 0\.00001 USD: [1-9]\d* requests/);
  const { gaps }: { gaps: { source: string; what: string }[] } = JSON.parse(stdout);
  expect(gaps.filter(({ source, what }) => source === "access-logs" || what.includes("log is off"))).toEqual([]);
});
