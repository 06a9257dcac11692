import { describe, expect, it } from "vitest";
import type { UserAct } from "../../../src/model/user.ts";
import { duration, seconds } from "../../../src/model/words.ts";
import { PART_IDS, postmortemOf } from "../../../src/output/postmortem/document.ts";
import { OWN } from "../../../src/output/postmortem/layouts/index.ts";
import { session } from "../session.ts";
import { documentText, pageOf, sectionText, solved, written } from "./solved.ts";

const main = await solved("worker-ceiling");
const text = documentText(main);

describe("the postmortem of the main incident", () => {
  it("says the cause, how sure it is and how much it explains, first", () => {
    const summary = sectionText(text, "Summary");
    expect(summary).toContain(main.verdict?.headline);
    expect(sectionText(text, "Status")).toContain("draft; cause established");
    const { episodes, of } = main.verdict?.explains ?? {};
    expect(summary).toContain(`(confirmed · worker-concurrency-ceiling · explains ${episodes} of ${of} episodes)`);
  });

  it("counts the impact from the session's facts", () => {
    const { episodes, alarm, alarmMetric } = main.facts;
    if (!episodes || !alarm || !alarmMetric) throw new Error("the main incident's alarm was not read");
    const inAlarm = episodes.episodes.reduce(
      (all, { alarmAt, okAt }) => all + (okAt ?? episodes.window.end) - alarmAt,
      0,
    );
    const breaching = episodes.episodes.reduce((all, one) => all + (one.breaching ?? 0), 0);
    const requests = episodes.episodes.reduce((all, one) => all + (one.requests ?? 0), 0);
    const impact = sectionText(text, "Customer impact");
    expect(impact).toContain(`${episodes.episodes.length} episodes, ${duration(inAlarm)} in ALARM`);
    expect(impact).toContain(`${duration(breaching * alarm.period)} over the threshold of ${seconds(alarm.threshold)}`);
    expect(impact).toContain(`${requests} requests (`);
    expect(sectionText(text, "Episodes").match(/^\| \d+ \|/gm)).toHaveLength(episodes.episodes.length);
  });

  it("counts only datapoints that breach: a good minute inside a burst hurt nobody", () => {
    const { alarm, judged, episodes } = main.facts;
    const [first] = episodes?.episodes ?? [];
    if (!alarm || !judged || !episodes || !first) throw new Error("the main incident's alarm was not read");
    const place = (first.burst.start - judged.values.start) / judged.values.step;
    const values = judged.values.values.map((value, index) => (index === place ? alarm.threshold / 2 : value));
    const calmer = { ...judged, values: { ...judged.values, values } };
    const breaching = episodes.episodes.reduce((all, one) => all + (one.breaching ?? 0), -1);
    const impact = sectionText(documentText({ ...main, facts: { ...main.facts, judged: calmer } }), "Customer impact");
    expect(impact).toContain(`${duration(breaching * alarm.period)} over the threshold`);
  });

  it("tells what happened in the order of time: rollouts, episodes, the investigation", () => {
    const timeline = sectionText(text, "Timeline");
    const times = [...timeline.matchAll(/^\| (\d{4}-\d\d-\d\d \d\d:\d\d) \|/gm)].map(([, time]) => time);
    expect(times).toEqual([...times].sort());
    // Eight before the rollout, of which the first and the last stand alone, and one after it.
    expect(main.facts.episodes?.episodes).toHaveLength(9);
    const alarms = timeline.split("\n").filter((line) => line.includes("**ALARM**"));
    expect(alarms.map((line) => line.replace(/^.*?\*\*ALARM\*\* /, "").slice(0, 15))).toEqual([
      "(episode 1): ov",
      "6 more times un",
      "(episode 8): ov",
      "(episode 9): ov",
    ]);
    expect(alarms[1]).toMatch(/6 more times until \d\d:\d\d \(episodes 2 to 7; annex, Episodes\)/);
    for (const { version } of main.facts.rollouts?.slice(-1) ?? []) expect(timeline).toContain(`\`${version}\``);
    const rows = timeline.split("\n").filter((line) => /^\| \d{4}-/.test(line));
    expect(rows.at(-1)).toContain("**Investigation**");
  });

  it("shows the path of a request as a diagram and as a table", () => {
    const path = sectionText(text, "The request's path");
    expect(path).toContain("```mermaid\nflowchart LR\n");
    for (const { at } of main.facts.topology?.path ?? []) expect(path).toContain(`| ${at} |`);
  });

  it("tells the cause in one paragraph, with links to what it rests on and the chart that shows it", () => {
    const cause = sectionText(text, "Root cause");
    expect(cause).toContain(main.verdict?.summary);
    const own = main.hypotheses.find(({ cause: id }) => id === "worker-concurrency-ceiling")?.evidence ?? [];
    const links = [...cause.matchAll(/\[([a-z.-]+)\]\(#/g)].map(([, id]) => id);
    expect(links.slice(0, 3)).toEqual(own.slice(0, 3));
    expect(links.slice(-2)).toEqual(["target-groups.shares", "alarm-history.flapping"]);
    expect([...cause.matchAll(/\]\((incident\/[a-z-]+\.svg)\)/g)].map(([, path]) => path)).toEqual([
      "incident/pod-cpu.svg",
    ]);
  });

  it("lists every rejected explanation with the finding that killed it", () => {
    const near = sectionText(text, "Ruled out");
    const rows = `${near}${sectionText(text, "Also ruled out")}`
      .split("\n")
      .filter((line) => /^\| (?!-|Not)/.test(line));
    const rejected = main.hypotheses.filter(({ status }) => status === "rejected");
    expect(rejected.length).toBeGreaterThan(10);
    for (const { title, because, evidence } of rejected) {
      const own = rows.filter((row) => row.toLowerCase().includes(title.toLowerCase()));
      expect(own).toEqual([expect.stringContaining(because)]);
      expect(own[0]).toContain(`([${evidence[0]}](#`);
    }
    expect(near.match(/^\| (?!-|Not)/gm)).toHaveLength(8);
    expect(near).toContain(`\n${rows.length - 8} more, less like it: annex, Also ruled out.\n`);
    // What the same evidence decided as the cause looks most like it.
    for (const { title } of rejected.filter(({ evidence }) => evidence[0] === "pod-cpu.plateau"))
      expect(near.toLowerCase()).toContain(title.toLowerCase());
  });

  it("lists every factor, every finding and every command behind it", () => {
    expect(main.factors.some(({ harmless }) => harmless)).toBe(true);
    for (const { factor, harmless } of main.factors)
      expect(sectionText(text, harmless ? "Also found" : "Contributing factors")).toContain(`- \`${factor}\``);
    const evidence = sectionText(text, "Evidence, and how to reproduce it");
    for (const { id, reproduce } of main.findings) {
      expect(evidence).toContain(`#### ${id}\n`);
      for (const command of reproduce) expect(evidence).toContain(command);
    }
  });

  it("has at most six actions, each with its type and weight, and its owner left open", () => {
    const rows = sectionText(text, "Action items").match(/^\| \d .*$/gm) ?? [];
    expect(rows.length).toBeGreaterThan(3);
    expect(rows.length).toBeLessThanOrEqual(6);
    for (const row of rows) expect(row).toMatch(/^\| \d \| .+ \| (?:prevent|mitigate|detect) \| P[123] \| TODO \| /);
    const weights = rows.map((row) => row.match(/\| (P\d) \|/)?.[1]);
    expect(weights).toEqual([...weights].sort());
    expect(weights[0]).toBe("P1");
  });

  it("says which factors a fix settles, and asks for no action of its own there", () => {
    const actions = sectionText(text, "Action items");
    expect(actions).toMatch(/Autoscaler at .*settles `autoscaler-never-triggers`/);
    expect(actions).not.toContain("open: `autoscaler-never-triggers`");
  });

  it("does not claim to be verified, and names the load to wait for", () => {
    const verification = sectionText(text, "Resolution");
    const busiest = Math.max(...(main.facts.demand?.byEpisode ?? []).map(({ arrivals }) => arrivals));
    expect(verification).toContain("**Not verified by this document.**");
    expect(verification).toContain(`${Math.round(busiest * 60)} requests`);
  });

  it("quotes the page of the cause, with its headings below the document's own", () => {
    const appendix = sectionText(text, "What this cause is");
    expect(appendix).toContain("\n#### worker-concurrency-ceiling\n");
    expect(appendix).toContain("\n##### What to do\n");
  });

  it("has a figure of each kind, and the same words for the same session", () => {
    expect([...written(main).keys()]).toEqual([
      "incident.md",
      "incident/alarm-metric.svg",
      "incident/changes.svg",
      "incident/target-groups.svg",
      "incident/pod-cpu.svg",
      "incident/demand.svg",
    ]);
    expect(documentText(JSON.parse(JSON.stringify(main)))).toBe(text);
  });

  it("has the parts that a template can name, in that order", () => {
    expect(postmortemOf(main, pageOf, [], OWN).parts.map(({ id }) => id)).toEqual(PART_IDS);
  });

  it("blames nobody", () => {
    expect(text).not.toMatch(/\b(fault|guilty|blame|mistake of|failed to|should have|careless|negligen)/i);
  });
});

describe("the fixes", () => {
  const fix = {
    id: "more-workers",
    for: ["worker-concurrency-ceiling"],
    title: "2 workers",
    why: "the ceiling is workers × pods",
    risk: "memory doubles",
    changes: [
      { target: "Deployment default/shop", patch: "spec:\n  replicas: 4", command: "kubectl patch deployment shop" },
    ],
    preconditions: ["the nodes have 5 GiB free"],
    verify: ["a burst of 304 requests a minute passes"],
    rollback: ["kubectl rollout undo deployment/shop"],
    arithmetic: ["4 × 2 = 8"],
    notOffered: [
      { id: "lor", title: "least outstanding requests", because: "it counts nodes", evidence: ["pod-cpu.evenness"] },
    ],
  } as const;

  it("stand with patch, command, arithmetic, risk, checks, way back, and what was refused", () => {
    const part = sectionText(documentText(session({ fixes: [fix] })), "The fix");
    expect(part).toContain("#### 2 workers\n");
    expect(part).toContain("```yaml\nspec:\n  replicas: 4\n```");
    expect(part).toContain("```sh\nkubectl patch deployment shop\n```");
    for (const words of [
      "4 × 2 = 8",
      "Memory doubles.",
      "The nodes have 5 GiB free.",
      "A burst of 304 requests a minute passes.",
      "```sh\nkubectl rollout undo deployment/shop\n```",
    ])
      expect(part).toContain(words);
    expect(part).toContain("- **Least outstanding requests.** It counts nodes. ([pod-cpu.evenness](#pod-cpuevenness))");
    expect(documentText(session({ fixes: [fix] }))).toContain(
      "| 1 | 2 workers | prevent | P1 | TODO | proposed, with commands |",
    );
  });

  it("are not made up where none is proposed", () => {
    expect(sectionText(documentText(session()), "Resolution")).toContain("proposes no change for this cause");
  });
});

describe("what a person did on the board", () => {
  const user: UserAct[] = [
    { at: "2026-06-26T13:05:00Z", type: "noted", finding: "pod-cpu.evenness", text: "seen on the dashboard too" },
    { at: "2026-06-26T13:06:00Z", type: "added", id: "own.1", statement: "a batch job starts at 9" },
    {
      at: "2026-06-26T13:07:00Z",
      type: "ruled",
      cause: "slow-dependency",
      ruling: "rejected",
      reason: "the database idled",
    },
  ];
  const noted = documentText(session({ user }));

  it("stands in the timeline, beside the finding, and beside the judgement", () => {
    const timeline = sectionText(noted, "Timeline");
    expect(timeline).toMatch(
      /13:05 \| \*\*On the board\*\*: note on \[pod-cpu\.evenness\]\(#pod-cpuevenness\): seen on the dashboard too/,
    );
    expect(timeline).toMatch(/13:06 .*own finding `own\.1`: a batch job starts at 9/);
    expect(sectionText(noted, "Evidence, and how to reproduce it")).toContain("- **Note:** seen on the dashboard too");
    expect(sectionText(noted, "Open questions")).toContain("On the board someone ruled this out: the database idled");
  });
});

describe("an incident without a cause", () => {
  it("says what is known, what is open and what to collect, and proposes no change", async () => {
    const blind = await solved("worker-ceiling", ({ source }) => source === "prometheus" || source === "kubernetes");
    expect(blind.verdict?.rootCause).toBeNull();
    const honest = documentText(blind);
    expect(sectionText(honest, "Status")).toContain("draft; cause not established");
    expect(sectionText(honest, "Root cause")).toContain("Not known: no explanation was confirmed.");
    const open = sectionText(honest, "Open questions");
    for (const one of blind.hypotheses.filter(({ status }) => status === "undetermined"))
      expect(open).toContain(one.because);
    // A command in it stands as code.
    const remedies = open.toLowerCase().replaceAll("`", "");
    for (const { remedy } of blind.gaps) expect(remedies).toContain(remedy.toLowerCase());
    expect(sectionText(honest, "Resolution")).toContain("No cause is established, so no change is proposed");
    expect(sectionText(honest, "Action items")).toMatch(/\| 1 \| Establish the cause: .* \| detect \| P1 \|/);
    expect(honest).not.toContain("### What this cause is");
    expect(honest).not.toContain("One cause,");
  });

  it("is honest where not even the alarm could be read", async () => {
    const nothing = documentText(await solved("worker-ceiling", () => true));
    expect(sectionText(nothing, "Customer impact")).toContain("Not known: the alarm's metric could not be read.");
    expect(sectionText(nothing, "The request's path")).toContain("Not known");
    expect(sectionText(nothing, "Root cause")).toContain("Not known: nothing could be read.");
  });
});
