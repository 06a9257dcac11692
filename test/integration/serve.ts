import { INCIDENTS } from "../../simulator/catalogue.ts";
import { WorldSource } from "../../simulator/source.ts";
import { buildWorld } from "../../simulator/world.ts";
import type { Question } from "../../src/model/question.ts";
import { startLoopback } from "../loopback/server.ts";
import { LargeWorld } from "./large-world.ts";
import { remembering } from "./worlds.ts";

/**
 * Serves the main incident in a process of its own: `serve.ts small|large|worst [milliseconds of delay] [seconds in which
 * CloudWatch limits the rate, from its first question on]`. In a large cluster a tenth of its 5,000 pods stand behind the
 * Service; at worst all of them do.
 */
const PODS: { readonly [size: string]: number } = { large: 500, worst: 5_000 };
const [size = "small", delay = "0", throttled = "0"] = process.argv.slice(2);
const world = buildWorld(INCIDENTS["worker-ceiling"]());
const source = remembering(size in PODS ? new LargeWorld(world, PODS[size] ?? 0) : new WorldSource(world));
let began: number | null = null;
const fault = (question: Question) => {
  if (question.source !== "cloudwatch") return null;
  began ??= performance.now();
  return performance.now() - began < Number(throttled) * 1000 ? "throttled" : null;
};
const { awsUrl, kubeconfig, prometheusUrl } = await startLoopback({ source, delay: Number(delay), fault });
const { alarm, now, window } = world.scenario;
process.send?.({ awsUrl, kubeconfig, prometheusUrl, alarm: alarm.name, now, window });
