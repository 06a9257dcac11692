import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { CLOUDWATCH } from "../../../src/sources/cloudwatch/descriptor.ts";
import { callerIdentity } from "../../../src/sources/identity.ts";
import { LiveSource } from "../../../src/sources/live.ts";
import { Tally } from "../../../src/sources/tally.ts";
import { KEYS, keepEnvironment, posts, withConfig } from "./aws-config.ts";
import { failureOf, QUICK, SAMPLES } from "./rig.ts";

/* Where AWS is: endpoints, regions and whose certificate is trusted. */

const { question: ALARMS } = SAMPLES.cloudwatch;

keepEnvironment();

test("the endpoint of a profile chosen by --profile is used", async () => {
  const { live, loopback } = await withConfig(
    ({ awsUrl }) =>
      `[default]\nendpoint_url = http://127.0.0.1:9\n[profile dev]\nregion = eu-west-3\nendpoint_url = ${awsUrl}\n${KEYS}\n`,
  );
  expect(await live("dev").ask(ALARMS)).toMatchObject({ status: "answered" });
  expect(await live("dev").ask(SAMPLES.elbv2.question)).toMatchObject({ status: "answered" });
  expect(await (await live("dev").opened(CLOUDWATCH)).region()).toBe("eu-west-3");
  expect(posts(loopback)).toEqual(["POST DescribeAlarms", "POST DescribeTargetHealth"]);
});

test("its services section stands before its endpoint, each service apart", async () => {
  const { live, loopback } = await withConfig(
    ({ awsUrl }) =>
      `[profile dev]\nregion = eu-west-3\nservices = local\nendpoint_url = http://127.0.0.1:9\n${KEYS}\n[services local]\ncloudwatch =\n  endpoint_url = ${awsUrl}\nelastic_load_balancing_v2 =\n  endpoint_url = ${awsUrl}\n`,
  );
  expect(await live("dev").ask(ALARMS)).toMatchObject({ status: "answered" });
  expect(await live("dev").ask(SAMPLES.elbv2.question)).toMatchObject({ status: "answered" });
  expect(posts(loopback)).toHaveLength(2);
  const options = { profile: "dev", environment: process.env, limits: QUICK, tally: new Tally() };
  expect(await callerIdentity(options)).toMatchObject({ kind: "unreachable" });
});

test("the endpoint of the default profile is not that of another one", async () => {
  const { live, loopback } = await withConfig(
    ({ awsUrl }) => `[default]\nendpoint_url = ${awsUrl}\n[profile dev]\nregion = nowhere-1\n${KEYS}\n`,
  );
  expect(failureOf(await live("dev").ask(ALARMS))?.kind).toBe("unreachable");
  expect(posts(loopback)).toEqual([]);
});

test.each(["AWS_ENDPOINT_URL", "AWS_ENDPOINT_URL_CLOUDWATCH"])("%s stands before the profile's", async (name) => {
  const { live, loopback } = await withConfig(
    () => `[profile dev]\nregion = eu-west-3\nendpoint_url = http://127.0.0.1:9\n${KEYS}\n`,
  );
  process.env[name] = loopback.awsUrl;
  expect(await live("dev").ask(ALARMS)).toMatchObject({ status: "answered" });
});

test("an endpoint of one service is not that of another", async () => {
  const { live, loopback } = await withConfig(
    () => `[profile dev]\nregion = eu-west-3\nendpoint_url = http://127.0.0.1:9\n${KEYS}\n`,
  );
  process.env.AWS_ENDPOINT_URL_ELASTIC_LOAD_BALANCING_V2 = loopback.awsUrl;
  expect(await live("dev").ask(SAMPLES.elbv2.question)).toMatchObject({ status: "answered" });
  expect(failureOf(await live("dev").ask(ALARMS))?.kind).toBe("unreachable");
});

test.each([
  ["the option", { AWS_REGION: "b", AWS_DEFAULT_REGION: "c" }, "a", "a"],
  ["AWS_REGION", { AWS_REGION: "b", AWS_DEFAULT_REGION: "c" }, undefined, "b"],
  ["AWS_DEFAULT_REGION", { AWS_DEFAULT_REGION: "c" }, undefined, "c"],
  ["the profile", {}, undefined, "eu-west-3"],
])("the region is that of %s", async (_, environment, region, expected) => {
  const { folder } = await withConfig(() => `[profile dev]\nregion = eu-west-3\n${KEYS}\n`);
  Object.assign(process.env, environment);
  const options = { profile: "dev", region, environment: process.env, allowExec: false };
  const live = new LiveSource({ ...options, kubeconfig: join(folder, "kubeconfig") });
  expect(await (await live.opened(CLOUDWATCH)).region()).toBe(expected);
});

test("AWS_CA_BUNDLE is trusted, and one that is not there is told", async () => {
  const { live, folder, loopback } = await withConfig(() => `[profile dev]\nregion = eu-west-3\n${KEYS}\n`);
  const bundle = join(folder, "ca.pem");
  writeFileSync(bundle, loopback.certificate);
  process.env.AWS_ENDPOINT_URL = loopback.secureAwsUrl;
  const trusting = { ...process.env, AWS_CA_BUNDLE: bundle };
  expect(await live("dev", trusting).ask(ALARMS)).toMatchObject({ status: "answered" });
  expect(failureOf(await live("dev").ask(ALARMS))?.message).toMatch(/certificate that is not trusted/);
  const nowhere = failureOf(await live("dev", { ...process.env, AWS_CA_BUNDLE: "/nowhere.pem" }).ask(ALARMS));
  expect(nowhere?.message).toMatch(/^AWS_CA_BUNDLE cannot be read: ENOENT.*\/nowhere.pem/);
});
