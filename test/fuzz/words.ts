import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Random } from "../../simulator/random.ts";
import { fromInput } from "../../src/app/alarm-given/given.ts";
import { Unusable } from "../../src/model/unusable.ts";
import { visibleDeep } from "../../src/model/visible.ts";
import { jsonSessions } from "../../src/output/json.ts";
import { findSession } from "../../src/sessions/find.ts";
import { readKept } from "../../src/sessions/kept.ts";
import { listSessions } from "../../src/sessions/listing.ts";
import { Told } from "../../src/sources/failure.ts";
import { openCluster } from "../../src/sources/kubernetes/live-cluster.ts";
import { mutate, mutateText } from "./mutate.ts";
import { checkFailure, checkSentence, Fault } from "./oracles.ts";
import { bases } from "./recordings.ts";

/* What a person or another program hands over: a notification, a kubeconfig, a kept session. */

/** JSON with one or more places changed, or a text of it that is broken. */
function spoiled(value: unknown, random: Random): string {
  const copy = structuredClone(value);
  for (let times = random.pick([1, 1, 2, 4]); times > 0; times -= 1) mutate(copy, random);
  const text = JSON.stringify(copy);
  return random.chance(0.2) ? mutateText(text, random) : text;
}

const ARN = "arn:aws:cloudwatch:eu-west-1:111122223333:alarm:slow";
const SNS = {
  AlarmName: "slow",
  AlarmArn: ARN,
  NewStateValue: "ALARM",
  Trigger: { Dimensions: [{ name: "a", value: "b" }] },
};
const EVENTS = [
  SNS,
  { Type: "Notification", Message: JSON.stringify(SNS) },
  { Records: [{ Sns: { Message: JSON.stringify(SNS) } }] },
  { Records: [{ body: JSON.stringify({ Message: JSON.stringify(SNS) }) }] },
  { source: "aws.cloudwatch", resources: [ARN], detail: { alarmName: "slow", state: { value: "ALARM" } } },
  { source: "aws.cloudwatch", alarmArn: ARN, alarmData: { alarmName: "slow" } },
];

export async function eventCase(random: Random): Promise<void> {
  try {
    for (const { name } of fromInput(spoiled(random.pick(EVENTS), random)))
      if (typeof name !== "string" || name === "") throw new Fault(`an alarm without a name: ${JSON.stringify(name)}`);
  } catch (error) {
    if (!(error instanceof Unusable)) throw error;
    checkSentence(error.message);
  }
}

const KUBECONFIG = {
  apiVersion: "v1",
  kind: "Config",
  "current-context": "one",
  clusters: [
    { name: "one", cluster: { server: "https://127.0.0.1:9", "insecure-skip-tls-verify": true } },
    { name: "two", cluster: { server: "http://127.0.0.1:9/k8s/clusters/c-1", "proxy-url": "http://127.0.0.1:9" } },
  ],
  users: [
    { name: "me", user: { token: "t" } },
    { name: "basic", user: { username: "u", password: "p" } },
    { name: "cert", user: { "client-certificate-data": "LS0t", "client-key-data": "LS0t", tokenFile: "/nowhere" } },
    {
      name: "plugin",
      user: { exec: { apiVersion: "client.authentication.k8s.io/v1", command: "/nowhere/login", args: ["a"] } },
    },
  ],
  contexts: [
    { name: "one", context: { cluster: "one", user: "me" } },
    { name: "two", context: { cluster: "two", user: "basic" } },
    { name: "three", context: { cluster: "one", user: "cert" } },
    { name: "four", context: { cluster: "one", user: "plugin" } },
  ],
};

export async function kubeconfigCase(random: Random): Promise<void> {
  const text = spoiled({ ...KUBECONFIG, "current-context": random.pick(["one", "two", "three", "four"]) }, random);
  await inFolder(async (folder) => {
    const kubeconfig = join(folder, "config");
    writeFileSync(kubeconfig, text);
    try {
      const limits = { question: 500 };
      await openCluster({ kubeconfig, environment: {}, limits, root: folder });
    } catch (error) {
      if (!(error instanceof Told)) throw error;
      checkFailure(visibleDeep(error.failure) as Told["failure"]);
    }
  });
}

/** A session's file that is damaged is told, and does not take the others with it. */
export async function sessionCase(random: Random): Promise<void> {
  const { session } = random.pick(await bases());
  await inFolder(async (folder) => {
    const small = { ...session, exchanges: session.exchanges.slice(0, 2) };
    writeFileSync(join(folder, "a.json"), spoiled(small, random));
    try {
      await readKept(folder, findSession(folder, null));
    } catch (error) {
      if (!(error instanceof Unusable)) throw error;
      checkSentence(error.message);
    }
    const list = await listSessions(folder);
    if (list.length !== 1) throw new Fault(`${list.length} sessions instead of one`);
    checkSentence(JSON.stringify(JSON.parse(jsonSessions(list))).replace(/[^\x20-\x7e]/g, ""));
  });
}

async function inFolder(run: (folder: string) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "lbdoctor-fuzz-"));
  try {
    await run(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
