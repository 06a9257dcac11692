import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { WorldSource } from "../../simulator/source.ts";
import { buildWorld, type World } from "../../simulator/world.ts";
import { worldFor } from "../../simulator/worlds.ts";
import { iso } from "../../src/model/time.ts";
import type { Source } from "../../src/sources/port.ts";
import { remembering, worldOf } from "../../test/integration/worlds.ts";
import { alarmIn, alarmsOnly } from "../../test/loopback/alarms.ts";
import { startDeaf } from "../../test/loopback/deaf.ts";
import { type LoopbackOptions, startLoopback } from "../../test/loopback/server.ts";

/** What a person on call meets, and what they type into a shell on a machine that has nothing but this. */
export interface Situation {
  readonly name: string;
  readonly title: string;
  /** What is on the screen once the person knows what to do, up to its last character. */
  readonly told: RegExp;
  /** Sets it up in an empty home: answers the command and the environment, and how to clear it away. */
  readonly begin: (home: string) => Promise<Scene>;
}

export interface Scene {
  readonly command: string;
  readonly environment: { readonly [name: string]: string };
  readonly end: () => void | Promise<void>;
}

const KEYS = { AWS_ACCESS_KEY_ID: "AKIAEXAMPLE", AWS_SECRET_ACCESS_KEY: "secret" };
const QUIET = { AWS_EC2_METADATA_DISABLED: "true" };
const NAMES = ["k8s-api-prod-core-latency", "k8s-api-prod-edge-latency", "billing-errors"];

export const SITUATIONS: readonly Situation[] = [
  {
    name: "expired-login",
    title: "the SSO login has expired",
    told: /aws sso login/,
    begin: async (home) => {
      const session = "[sso-session corp]\nsso_start_url = https://corp.example/start\nsso_region = eu-west-1\n";
      const profile = "sso_session = corp\nsso_account_id = 1\nsso_role_name = oncall\nregion = eu-west-2\n";
      const config = join(home, "aws-config");
      writeFileSync(config, `[profile dev]\n${profile}${session}`);
      const loopback = await startLoopback({ source: alarmsOnly(NAMES) });
      return {
        command: "lbdoctor investigate k8s-api-prod-core-latency --profile dev",
        environment: { ...QUIET, AWS_ENDPOINT_URL: loopback.awsUrl, AWS_CONFIG_FILE: config },
        end: () => loopback.close(),
      };
    },
  },
  {
    name: "wrong-region",
    title: "the alarm is in another region",
    told: /(is in|--region).*eu-west-2/,
    begin: async () => {
      const { url, close } = await alarmIn("eu-west-2", "core-latency");
      return {
        command: "lbdoctor investigate core-latency",
        environment: { ...QUIET, ...KEYS, AWS_REGION: "us-east-1", AWS_ENDPOINT_URL: url },
        end: close,
      };
    },
  },
  {
    name: "typo",
    title: "a typo in the alarm's name",
    told: /k8s-api-prod-core-latency/,
    begin: async () => onLoopback({ source: alarmsOnly(NAMES) }, "lbdoctor investigate k8s-api-prd-core-latency"),
  },
  {
    name: "no-vpn",
    title: "the VPN is off",
    told: /VPN/,
    begin: async (home) => {
      const deaf = await startDeaf();
      const scene = await onWorld(home, worldOf("worker-ceiling"));
      writeFileSync(join(home, ".kube", "config"), kubeconfigAt(deaf.port));
      return {
        ...scene,
        end: async () => {
          deaf.close();
          await scene.end();
        },
      };
    },
  },
  {
    name: "first-run",
    title: "the first run ever: nothing is set up",
    told: /aws configure/,
    begin: async () => ({
      command: "lbdoctor investigate k8s-api-prod-core-latency",
      environment: QUIET,
      end: () => {},
    }),
  },
  {
    name: "over",
    title: "the alarm is over",
    told: /OK (now|for)[\s\S]*\n[\s\S]*FIX +\S.*/,
    begin: (home) => onWorld(home, worldOf("worker-ceiling")),
  },
  {
    name: "unknown-kind",
    title: "an alarm of an unknown kind",
    told: /(can judge|lbdoctor judges|no playbook).*/i,
    begin: async () =>
      onLoopback(
        { source: alarmsOnly(["rule-evaluations"], "RuleEvaluations") },
        "lbdoctor investigate rule-evaluations",
      ),
  },
  {
    name: "cause-with-fix",
    title: "a cause with a fix, while it is in ALARM",
    told: /CAUSE +(?!not)\S[\s\S]*FIX +\S.*/,
    begin: (home) => onWorld(home, worldOf("worker-ceiling"), { source: inAlarm(worldOf("worker-ceiling")) }),
  },
  {
    name: "cause-without-fix",
    title: "a cause without a fix",
    told: /CAUSE +(?!not)\S.*/,
    begin: (home) => onWorld(home, buildWorld(worldFor("errors-in-periods", 1).scenario)),
  },
  {
    name: "not-established",
    title: "not established: Prometheus is down",
    told: /not established[\s\S]*TRY .*/,
    begin: (home) =>
      onWorld(home, worldOf("worker-ceiling"), {
        fault: ({ source }) => (source === "prometheus" ? "unavailable" : null),
      }),
  },
];

async function onLoopback(options: LoopbackOptions, command: string): Promise<Scene> {
  const loopback = await startLoopback(options);
  return {
    command,
    environment: { ...QUIET, ...KEYS, AWS_REGION: "eu-west-2", AWS_ENDPOINT_URL: loopback.awsUrl },
    end: () => loopback.close(),
  };
}

/** An account and a cluster in which this world's incident happened, and the command for its moment. */
async function onWorld(home: string, world: World, options: Partial<LoopbackOptions> = {}): Promise<Scene> {
  const { alarm, now, window } = world.scenario;
  const loopback = await startLoopback({ source: remembering(new WorldSource(world)), ...options });
  mkdirSync(join(home, ".kube"));
  writeFileSync(join(home, ".kube", "config"), loopback.kubeconfig);
  return {
    command: `lbdoctor investigate ${alarm.name} --since ${iso(now - window)} --window ${window / 60}m`,
    environment: { ...QUIET, ...KEYS, AWS_REGION: "eu-west-2", AWS_ENDPOINT_URL: loopback.awsUrl },
    end: () => loopback.close(),
  };
}

/** The world while its alarm is in ALARM. */
function inAlarm(world: World): Source {
  const source = remembering(new WorldSource(world));
  return {
    ask: async (question) => {
      const answer = await source.ask(question);
      if (question.operation !== "DescribeAlarms" || answer.status === "failed") return answer;
      const pages = JSON.parse(JSON.stringify(answer.pages).replace('"StateValue":"OK"', '"StateValue":"ALARM"'));
      return { ...answer, pages };
    },
  };
}

/** A kubeconfig for an address at which no connection comes about; JSON is YAML. */
function kubeconfigAt(port: number): string {
  return JSON.stringify({
    "current-context": "c",
    clusters: [{ name: "c", cluster: { server: `https://127.0.0.1:${port}` } }],
    contexts: [{ name: "c", context: { cluster: "c", user: "u" } }],
    users: [{ name: "u", user: {} }],
  });
}
