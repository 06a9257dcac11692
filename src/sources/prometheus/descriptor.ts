import type { Question } from "../../model/question.ts";
import { shellLine } from "../../model/shell.ts";
import { iso } from "../../model/time.ts";
import { seriesMask } from "../../redaction/rules.ts";
import { CLOUDWATCH } from "../cloudwatch/descriptor.ts";
import type { Opener, SourceDescriptor } from "../descriptor.ts";
import { KUBERNETES } from "../kubernetes/descriptor.ts";
import { field } from "../parse.ts";
import type { LivePrometheus } from "./live.ts";
import type { Address } from "./live-address.ts";
import { placeholder } from "./placeholders.ts";

const ID = "prometheus";

export const PROMETHEUS: SourceDescriptor<LivePrometheus> = {
  id: ID,
  title: "Prometheus",
  place: "Prometheus",
  isAws: false,
  operations: ["query", "query_range"],
  kinds: () => [{ source: ID, operation: "query", input: {} }],
  // It is counted as reached through the API server; by URL it needs none here.
  permissions: () => [{ kind: "rbac", group: "", resource: "services/proxy", verbs: ["get"] }],
  roles: [
    {
      name: "lbdoctor-prometheus",
      comment:
        "Reaches Prometheus through the API server. Bind it in Prometheus's namespace only; not needed with --prometheus-url.",
      operations: ["query", "query_range"],
    },
  ],
  command,
  // The query alone, for Prometheus' own page: the window is chosen there.
  short: ({ input }) => String(input.query),
  mask: seriesMask,
  // Samples: a time and a figure as text.
  redaction: { figures: ["value", "values"] },
  describe: ({ input }) => `PromQL ${String(input.query)}`,
  placeholder,
  remedies: {
    unreachable: "check that Prometheus can be reached (--prometheus-url, or the VPN), then run it again",
    unauthenticated:
      "set PROMETHEUS_TOKEN, or PROMETHEUS_USERNAME and PROMETHEUS_PASSWORD; through the cluster, log in to it again",
  },
  checks: [
    {
      name: "Prometheus",
      async check(ask, opened) {
        const input = { query: "count by (job) (up)", time: iso(Math.floor(Date.now() / 1000)) };
        const answer = await ask({ source: ID, operation: "query", input });
        if (answer.status === "failed") return { state: "failed", failure: answer.failure };
        const { route, warning = "" } = await (await opened()).address();
        const jobs = field(field(answer.pages[0], "data"), "result");
        const count = Array.isArray(jobs) ? jobs.length : 0;
        if (count === 0) return { state: "note", says: `${route.name} answers, but scrapes nothing` };
        const says = `${route.name} answers, with ${count} scrape jobs${warning}`;
        return { state: warning === "" ? "ok" : "note", says };
      },
    },
  ],
  async open(opener) {
    const { LivePrometheus } = await import("./live.ts");
    const { limits, stop, tally } = opener.aws;
    return new LivePrometheus({ limits, stop, tally, find: () => find(opener) });
  },
  async early({ options, opened }) {
    if (options.prometheusUrl === undefined) await (await opened(PROMETHEUS)).address();
  },
};

/** Where it is: by the URL that is given, else as the cluster tells. */
async function find({ options: { prometheusUrl, environment }, opened }: Opener): Promise<Address> {
  if (prometheusUrl !== undefined) {
    const { addressOf } = await import("./live-address.ts");
    const { credentials } = await opened(CLOUDWATCH);
    return addressOf(prometheusUrl, environment, credentials);
  }
  const { findPrometheus } = await import("./live-find.ts");
  const kubernetes = await opened(KUBERNETES);
  return findPrometheus((question) => kubernetes.ask(question), await kubernetes.cluster());
}

function command({ operation, input }: Question): string {
  const { query, ...rest } = input;
  const data = Object.entries(rest).flatMap(([key, value]) => ["-d", `${key}=${value}`]);
  const url = `"$PROMETHEUS_URL/api/v1/${operation}"`;
  return `curl -sG ${url} ${shellLine("--data-urlencode", `query=${query}`, ...data)}`;
}
