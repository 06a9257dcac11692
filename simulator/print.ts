/** `npx tsx simulator/print.ts <incident, opposite or kind of world> [seed]`: a compact look at one simulated world. */
import { comparisonWords } from "./answers/history.ts";
import { INCIDENTS } from "./catalogue.ts";
import { figuresOf, mean, podCores, windowMinutes } from "./figures.ts";
import { OPPOSITES, opposite } from "./opposites.ts";
import type { Scenario } from "./scenario.ts";
import { buildWorld, RESPONSE_TIME, statistic, type World } from "./world.ts";
import { WORLD_KINDS, worldFor } from "./worlds.ts";

export function summary(world: World): string {
  const { scenario, truth } = world;
  const { focus, alarm } = scenario;
  const figures = figuresOf(world);
  const lines = [
    `${scenario.name} seed ${scenario.seed}: ${scenario.cause ?? "nothing"} (${scenario.description})`,
    `alarm ${alarm.on} ${alarm.metric ?? RESPONSE_TIME} ${alarm.statistic} ${comparisonWords(alarm)} ${alarm.threshold}, ${alarm.datapointsToAlarm} of ${alarm.evaluationPeriods} × ${alarm.period} s, missing ${alarm.treatMissingData}; ${figures.cycles} cycles, longest ${figures.longest} s, now ${world.state}`,
    `${focus.service}: ${focus.targetType} ${focus.algorithm}, ${focus.replicas} × ${focus.server.flavour} ${focus.server.processes}×${focus.server.threads}, request ${focus.cpuRequest}, limit ${focus.cpuLimit}, hpa ${JSON.stringify(focus.autoscaler)}, rollouts ${JSON.stringify(focus.rollouts)}`,
    `requests ${truth.requests.at.length}; window averages: ${groupLine(world)}`,
  ];
  for (const [index, episode] of figures.episodes.entries()) {
    const cores = episode.cores.map((one) => one.cores.toFixed(2)).join(" ");
    lines.push(
      `  ${index + 1}. ${time(episode.alarmAt)}–${episode.okAt === null ? "now" : time(episode.okAt)} ${episode.minutes.length} breaching, worst ${episode.worst.toFixed(2)}, fewest ${episode.fewest}, focus worst ${episode.focusWorst.toFixed(2)} max ${episode.focusMaximum.toFixed(1)}, throttled ${(100 * episode.throttled).toFixed(1)} %, cores ${cores}`,
    );
  }
  const quiet = new Set(figures.episodes.flatMap((one) => one.minutes));
  const outside = windowMinutes(world).filter((minute) => !quiet.has(minute));
  const idle = truth.pods.map((_, index) =>
    mean(outside.flatMap((minute) => podCores(world, index, minute) ?? [])).toFixed(2),
  );
  lines.push(`  outside: cores ${idle.join(" ")}; nodes ${nodeLine(world, outside)}`);
  lines.push(
    `  inside: nodes ${nodeLine(world, [...quiet])}; replicas ${[...new Set(truth.autoscaler.current)].join(",")}`,
  );
  const metric = world.alarmMetric.filter((value) => value !== null).sort((a, b) => a - b);
  const quantile = (share: number) => (metric[Math.floor(share * (metric.length - 1))] ?? 0).toFixed(3);
  lines.push(
    `  metric: p5 ${quantile(0.05)} p50 ${quantile(0.5)} p95 ${quantile(0.95)} max ${quantile(1)}, points ${metric.length}`,
  );
  return lines.join("\n");
}

function groupLine(world: World): string {
  const names = [world.scenario.focus.service, ...world.scenario.others.map((other) => other.service)];
  return world.groups
    .map((group, index) => {
      const read = (name: string) => statistic([group], null, 30, world.minutes, name) ?? 0;
      const rate = read("SampleCount") / (world.minutes - 30);
      return `${names[index]} ${read("Average").toFixed(2)}s max ${read("Maximum").toFixed(2)} ${rate.toFixed(0)}/min`;
    })
    .join(", ");
}

function nodeLine(world: World, minutes: readonly number[]): string {
  if (minutes.length === 0) return "-";
  return world.scenario.nodes
    .map((node, index) => {
      const busy = world.truth.nodeBusy[index] ?? [];
      const share = minutes.map(
        (minute) => ((busy[(minute + 1) * 12] ?? 0) - (busy[minute * 12] ?? 0)) / 60 / node.cores,
      );
      return `${mean(share).toFixed(2)}${world.truth.pods.some((pod) => pod.node === index) ? "*" : ""}`;
    })
    .join(" ");
}

function time(at: number): string {
  return new Date(at * 1000).toISOString().slice(11, 16);
}

function scenarioNamed(name: string, seed: number): Scenario {
  const incident = Object.entries(INCIDENTS).find(([known]) => known === name)?.[1];
  if (incident) return incident();
  const turned = Object.keys(OPPOSITES).find((known) => known === name);
  if (turned) return opposite(turned as keyof typeof OPPOSITES);
  const kind = WORLD_KINDS.find((known) => known === name);
  if (!kind) throw new RangeError(`no incident, opposite or kind of world ${name}`);
  return worldFor(kind, seed).scenario;
}

function main(name: string | undefined, seed: number): void {
  const scenario = scenarioNamed(name ?? "worker-ceiling", seed);
  const started = performance.now();
  const world = buildWorld(scenario);
  const took = performance.now() - started;
  console.log(summary(world));
  console.log(`  simulated in ${took.toFixed(0)} ms`);
}

if (process.argv[1]?.endsWith("print.ts")) main(process.argv[2], Number(process.argv[3] ?? 1));
