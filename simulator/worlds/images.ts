import { drawTroubles, rounded, withHistory } from "../families/parts.ts";
import { fleetUse, nodeUse, throttledIn } from "../families/truths.ts";
import type { Random } from "../random.ts";
import type { Scenario } from "../scenario.ts";
import type { ServerSpec } from "../servers.ts";
import type { Judgement } from "../truth.ts";
import { steady, told, type WorldDraft } from "./kinds.ts";

/** A server that its image configures: gunicorn's own default, one worker, is not what runs. */
function fromImage(random: Random, least: number, most: number): ServerSpec {
  const program = random.pick([
    ["gunicorn", "app.main:app"],
    ["gunicorn", "app.main:app", "--bind=0.0.0.0:8000", "--access-logfile=-"],
    ["/app/entrypoint.sh"],
    ["/usr/local/bin/start-server", "web"],
  ] as const);
  return { flavour: "gunicorn-image", processes: random.integer(least, most), threads: 1, program };
}

/** Neither exec nor container_processes: nothing that can be read tells how many workers there are. */
const UNREAD: Partial<Scenario> = { seen: { noExec: true, noProcesses: true } };

/** All of the workers, however many, are full. */
export function imageWorkers(seed: number, random: Random): WorldDraft {
  const judgement: Judgement = {
    truth: "worker-concurrency-ceiling",
    accept: [],
    never: ["slow-dependency", "uneven-pod-load", "cpu-throttling", "deploy-regression", "insufficient-capacity"],
    why: "Every pod flattens alike at some cores below its quota, unthrottled; how many workers that are, nothing says.",
  };
  const server = fromImage(random, 2, 4);
  const efficiency = random.between(0.88, 0.96);
  const replicas = random.integer(2, 5);
  const all = replicas * server.processes * efficiency;
  const cpu = Math.max(all / 16, random.between(0.1, 0.4));
  const base = (all / cpu) * random.between(0.08, 0.2);
  const plain = steady("image-workers", seed, random, {
    server,
    rate: base,
    cpu,
    wait: 0.02,
    replicas,
    cpuRequest: rounded(server.processes * random.between(0.3, 0.6)),
    cpuLimit: random.chance(0.4) ? null : rounded(server.processes * random.between(1.4, 2), 0.25),
  });
  const troubles = drawTroubles(random, plain.window, { least: 3, most: 8, shortest: 200, longest: 420 });
  const count = replicas * server.processes + Math.round((all / cpu) * random.between(2, 5));
  const bursts = troubles.map((one) => ({ ...one, rate: 0, callers: { count, think: random.between(0.2, 1) } }));
  const made = told(
    plain,
    judgement,
    `The image sets ${server.processes} workers, where the server's default would be one; bursts fill them all.`,
    { efficiency, traffic: { ...plain.focus.traffic, bursts } },
    UNREAD,
  );
  return {
    judgement,
    scenario: withHistory(made, random),
    troubles,
    least: 2,
    // The pods of one node may want more than it has.
    holds: (world) =>
      fleetUse(world, troubles) > 0.72 * all && throttledIn(world, troubles) < 0.05 && nodeUse(world, troubles) < 0.95,
  };
}

/** Many workers share a limit of about one core: it looks as if one worker, the default, were full. */
export function imageWorkersThrottled(seed: number, random: Random): WorldDraft {
  const judgement: Judgement = {
    truth: "cpu-throttling",
    accept: [],
    never: ["worker-concurrency-ceiling", "slow-dependency", "uneven-pod-load", "deploy-regression"],
    why: "The pods are at their limit of about a core, and throttled in most periods: more workers would not help.",
  };
  const server = fromImage(random, 4, 8);
  const replicas = random.integer(2, 5);
  const quota = random.pick([0.8, 0.9, 1, 1, 1.1]);
  const all = replicas * (quota - 0.015);
  const cpu = Math.max(all / 16, random.between(0.08, 0.25));
  const base = (all / cpu) * random.between(0.08, 0.2);
  const plain = steady("image-workers-throttled", seed, random, {
    server,
    rate: base,
    cpu,
    wait: 0.02,
    replicas,
    cpuRequest: rounded(quota / 2),
    cpuLimit: quota,
  });
  const troubles = drawTroubles(random, plain.window, { least: 3, most: 8, shortest: 200, longest: 420 });
  const count = replicas * server.processes + Math.round((all / cpu) * random.between(1, 4));
  const bursts = troubles.map((one) => ({ ...one, rate: 0, callers: { count, think: random.between(0.2, 1) } }));
  const made = told(
    plain,
    judgement,
    `The image sets ${server.processes} workers, and their limit is ${quota} cores: they are throttled in the bursts.`,
    { traffic: { ...plain.focus.traffic, bursts } },
    UNREAD,
  );
  return {
    judgement,
    scenario: withHistory(made, random),
    troubles,
    least: 2,
    holds: (world) => throttledIn(world, troubles) > 0.5 && fleetUse(world, troubles) > 0.75 * all,
  };
}

/** Far more requests wait at once than one worker, the default, could have: the image sets more, and a dependency is slow. */
export function imageWorkersWaiting(seed: number, random: Random): WorldDraft {
  const judgement: Judgement = {
    truth: "slow-dependency",
    accept: [],
    never: ["worker-concurrency-ceiling", "cpu-throttling", "insufficient-capacity", "uneven-pod-load"],
    why: "CPU idles while every request waits longer, the fastest too; the workers, asynchronous ones, have room.",
  };
  const wait = random.between(0.06, 0.2);
  const plain = steady("image-workers-waiting", seed, random, {
    server: fromImage(random, 3, 6),
    rate: random.between(3, 8),
    cpu: random.between(0.01, 0.03),
    wait,
    cpuLimit: random.pick([1, 2, null]),
  });
  const troubles = drawTroubles(random, plain.window, { least: 3, most: 8, shortest: 200, longest: 600 });
  const factor = random.between(1.5, 5) / wait;
  const slowDependency = troubles.map((one) => ({ ...one, factor: factor * random.between(0.8, 1.3) }));
  const made = told(plain, judgement, "A dependency is slow for minutes; nothing says how many workers wait for it.", {
    slowDependency,
  });
  return {
    judgement,
    scenario: withHistory({ ...made, ...UNREAD }, random),
    troubles,
    least: 2,
    holds: (world) => fleetUse(world, troubles) < 0.3 * plain.focus.replicas,
  };
}
