import {
  clumpsOf,
  episodesRead,
  listed,
  logRows,
  madeByGroup,
  meanTime,
  megabytesBilled,
  namedRows,
  percent,
  plain,
  plural,
  quantileIn,
  type ReadLog,
  SCANNED_USD_PER_MEGABYTE,
  seconds,
  secondsOf,
  type Tallied,
  type Told,
  wholeLog,
} from "../../../src/playbook.ts";

/** So many of a kind are told by name. */
const TOLD = 3;

export function readWords(log: ReadLog): Told {
  const { read } = log;
  const [inside, quiet] = [wholeLog(log, "episodes")?.count ?? 0, wholeLog(log, "quiet")?.count ?? 0];
  const from =
    read.engine === "files" ? plural(read.objects, "log file") : read.engine === "athena" ? "Athena" : "Logs Insights";
  const bad = read.unreadable > 0 ? `; ${plural(read.unreadable, "line")} could not be read` : "";
  return {
    statement: `${from}, ${megabytes(read.bytes)}${scanned(read)}: ${plain(inside)} requests in ${plural(episodesRead(log).length, "episode")} and ${plain(quiet)} in quiet periods of ${plain(secondsOf(log, "quiet") / 60)} minutes${bad}`,
    measures: {
      objects: read.objects,
      bytes: read.bytes,
      lines: read.lines,
      unreadable: read.unreadable,
      inside,
      quiet,
    },
  };
}

/** The paths that took most of the targets' time in the episodes. */
export function pathWords(log: ReadLog, group?: string): Told | null {
  const all = wholeLog(log, "episodes", group);
  if (!all || all.sum === 0) return null;
  const slowest = namedRows(log, "path", "episodes", group)
    .sort((a, b) => b.sum - a.sum)
    .slice(0, TOLD);
  const quiet = new Map(namedRows(log, "path", "quiet", group).map((row) => [row.key.join(" "), row]));
  const parts = slowest.map((row) => {
    const before = quiet.get(row.key.join(" "));
    return `${row.key.join(" ")} ${percent(row.sum / all.sum)} (${percentiles(row)}${before ? `; quiet ${percentiles(before)}` : ""})`;
  });
  return {
    statement: `of the time that requests spend in targets in the episodes: ${listed(parts)}`,
    measures: { shares: slowest.map(({ sum }) => sum / all.sum), requests: slowest.map(({ count }) => count) },
  };
}

/** The slowest and the busiest target of the episodes, beside the others. */
export function targetWords(log: ReadLog, group?: string): Told | null {
  const targets = namedRows(log, "target", "episodes", group).filter(({ key }) => key[0] !== "-");
  if (targets.length < 2) return null;
  const slowest = [...targets].sort((a, b) => (meanTime(b) ?? 0) - (meanTime(a) ?? 0))[0];
  const most = targets[0];
  const failing = [...targets].sort((a, b) => b.failed - a.failed)[0];
  if (!slowest || !most || !failing) return null;
  const all = targets.reduce((sum, { count }) => sum + count, 0);
  const errors = targets.reduce((sum, { failed }) => sum + failed, 0);
  const fails =
    errors === 0 ? "" : `; of ${plain(errors)} errors ${percent(failing.failed / errors)} are ${failing.key[0]}'s`;
  return {
    statement: `of ${targets.length} targets ${most.key[0]} gets most requests (${percent(most.count / all)}), and ${slowest.key[0]} is slowest (${percentiles(slowest)})${fails}`,
    measures: { targets: targets.length, most: most.count / all, slowest: meanTime(slowest), failed: errors },
  };
}

/** How many requests the targets had in flight, beside how many they got, and whether slow ones come in clumps. */
export function workWords(log: ReadLog, group?: string): Told | null {
  const clumps = group === undefined ? null : clumpsOf(log, group);
  if (!clumps) return null;
  const { inFlight, load, slow, usual, unevenness } = clumps;
  const { most, least } = inFlight;
  const spread =
    unevenness === null ? "" : `, spread over the targets ${plain(unevenness)} times as unevenly as chance would`;
  return {
    statement: `requests in flight on average (requests × response time), where the targets differ most: ${plain(most.requests)} at ${most.target}, ${plain(least.requests)} at ${least.target}; the one with most requests gets ${percent(load)} of an even share; ${percent(slow)} take longer than ${seconds(usual)}, as 5 % do in quiet periods${spread}`,
    measures: { most: most.requests, least: least.requests, load, slow, unevenness },
  };
}

/** Who sent the requests of the episodes. */
export function clientWords(log: ReadLog, group?: string): Told | null {
  const all = wholeLog(log, "episodes", group);
  const [client] = namedRows(log, "client", "episodes", group);
  const [agent] = namedRows(log, "agent", "episodes", group);
  if (!all || !client || !agent) return null;
  return {
    statement: `of the requests in the episodes ${percent(client.count / all.count)} come from ${client.key[0]}, the busiest client, and ${percent(agent.count / all.count)} from agents of the kind ${agent.key[0]}`,
    measures: { client: client.count / all.count, agent: agent.count / all.count },
  };
}

/** Whether large requests are the slow ones. Part of an upload is in the target's time: that is what is assumed here. */
export function sizeWords(log: ReadLog, group?: string): Told | null {
  const sizes = namedRows(log, "size", "episodes", group);
  if (sizes.length < 2) return null;
  const parts = sizes.map((row) => `${row.key[0]} ${percentiles(row)} (${plain(row.count)})`);
  return {
    statement: `by the size of the request, in the episodes: ${listed(parts)}`,
    measures: { counts: sizes.map(({ count }) => count), means: sizes.map((row) => meanTime(row) ?? 0) },
  };
}

/** What the load balancer answered itself, by what the log shows of it. */
export function madeWords(log: ReadLog): Told | null {
  const made = namedRows(log, "made", "episodes");
  if (made.length === 0) return null;
  const bySignature = new Map<string, number>();
  for (const { key, count } of made) bySignature.set(key[0] ?? "", (bySignature.get(key[0] ?? "") ?? 0) + count);
  const parts = [...bySignature]
    .sort(([, a], [, b]) => b - a)
    .slice(0, TOLD)
    .map(([signature, count]) => `${plain(count)} × "${signature}"`);
  const [first] = madeByGroup(log);
  const whose = first ? `; ${percent(first.share)} of its 5xx are for ${first.group}` : "";
  return {
    statement: `4xx and 5xx in the episodes that did not come from a target: ${listed(parts)}${whose}`,
    measures: { made: made.reduce((sum, { made: own }) => sum + own, 0), share: first?.share ?? null },
  };
}

export function connectionWords(log: ReadLog): Told {
  const all = wholeLog(log, "episodes");
  const failures = namedRows(log, "failure", "episodes").slice(0, TOLD);
  const parts = failures.map(({ key, count }) => `${plain(count)} × ${key[0]} on port ${key[1]}`);
  return {
    statement: `${plain(all?.count ?? 0)} connections in the episodes, ${failures.length === 0 ? "no handshake failed" : `of which ${listed(parts)} failed`}`,
    measures: { connections: all?.count ?? 0, failed: all?.failed ?? 0 },
  };
}

export function checkWords(log: ReadLog): Told {
  const all = wholeLog(log, "episodes");
  const failures = namedRows(log, "failure", "episodes").slice(0, TOLD);
  const parts = failures.map(({ key, count }) => `${plain(count)} × ${key[2]} of ${key[0]}`);
  return {
    statement: `${plain(all?.count ?? 0)} health checks in the episodes, ${failures.length === 0 ? "none of which failed" : `of which failed ${listed(parts)}`}`,
    measures: {
      checks: all?.count ?? 0,
      failed: logRows(log, "all", "episodes").reduce((sum, { failed }) => sum + failed, 0),
    },
  };
}

function percentiles({ times }: Tallied): string {
  const [half, most] = [quantileIn(times, 0.5), quantileIn(times, 0.99)];
  return half === null || most === null ? "no target's time" : `p50 ${seconds(half)}, p99 ${seconds(most)}`;
}

/** What queries bill for, and the most that it costs; files cost nothing or next to nothing. */
function scanned(read: ReadLog["read"]): string {
  if (read.engine === "files") return "";
  return ` scanned for at most ${(megabytesBilled(read) * SCANNED_USD_PER_MEGABYTE).toFixed(5)} USD`;
}

function megabytes(bytes: number): string {
  return `${(bytes / 10 ** 6).toFixed(1)} MB`;
}
