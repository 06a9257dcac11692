import { type ContainerCpu, evenness, type Span, type WorkloadFact } from "../../../src/playbook.ts";
import type { ContainerLine } from "./lines.ts";

/** From this share of its limit on a container has nothing left to give. */
const FULL = 0.85;
/** Below it, it has. Without a limit it is the share of one core: then not even one worker of it is full. */
const ROOM = 0.6;
/** A container without a limit that uses so much more than the serving one does the work. */
const FAR_MORE = 4;

/** Each container's CPU in the bursts, the serving one first. `shareOf`: its throttled share, where it was read. */
export function containersOf(
  lines: readonly ContainerLine[],
  { serving, containers }: WorkloadFact,
  bursts: readonly Span[],
  shareOf: (container: string) => number | null,
): ContainerCpu[] {
  const names = [...new Set(lines.map(({ container }) => container))].sort();
  const first = names.includes(serving.name) ? [serving.name] : [];
  return [...first, ...names.filter((name) => name !== serving.name)].map((name) => ({
    name,
    plateau: evenness(
      lines.filter(({ container }) => container === name),
      bursts,
    ).plateau,
    limit: containers.find((one) => one.name === name)?.cpuLimit ?? null,
    throttledShare: shareOf(name),
    role: name === serving.name ? "serving" : "beside",
  }));
}

/**
 * The container that works: the serving one, unless another is full while that one has room, or does far more than it.
 * Each is measured by what it can: 0.2 cores are all of a proxy and nothing of an application.
 */
export function working(containers: readonly ContainerCpu[], serving: string): string {
  const own = containers.find(({ role }) => role === "serving");
  const others = containers.filter(({ role, plateau }) => role === "beside" && plateau !== null);
  const used = ({ plateau, limit }: ContainerCpu) => (limit ? (plateau ?? 0) / limit : null);
  const [busiest] = [...others].sort((a, b) => (used(b) ?? 0) - (used(a) ?? 0));
  const [largest] = [...others].sort((a, b) => (b.plateau ?? 0) - (a.plateau ?? 0));
  if (own?.plateau == null) return largest?.name ?? serving;
  const ownUse = used(own);
  const hasRoom = ownUse === null ? own.plateau < Math.max(busiest?.plateau ?? 0, ROOM) : ownUse < ROOM;
  if (busiest && (used(busiest) ?? 0) >= FULL && hasRoom) return busiest.name;
  const more = largest && used(largest) === null && (largest.plateau ?? 0) > FAR_MORE * own.plateau;
  return more && (ownUse === null || ownUse < ROOM) ? largest.name : serving;
}
