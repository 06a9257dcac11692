import type { GapSource } from "../model/finding.ts";
import type { FailureKind, Question, SourceName } from "../model/question.ts";
import type { FactToken } from "../model/token.ts";
import { listed } from "../model/words.ts";

const SOURCE: Record<SourceName, string> = {
  cloudwatch: "CloudWatch",
  elbv2: "Elastic Load Balancing",
  kubernetes: "the cluster's API",
  prometheus: "Prometheus",
};

/** What a person can do about a failure of this kind at this source. */
export function remedyFor(kind: FailureKind, source: SourceName): string {
  const aws = source === "cloudwatch" || source === "elbv2";
  switch (kind) {
    case "unreachable":
    case "timeout":
      if (aws) return "check the network and the region, then run it again";
      return source === "kubernetes"
        ? "if AWS answers and the cluster does not, it is the network: connect to the VPN, then run it again"
        : "check that Prometheus can be reached (--prometheus-url, or the VPN), then run it again";
    case "unauthenticated":
      return aws
        ? "log in to AWS again (aws sso login, or new credentials)"
        : source === "kubernetes"
          ? "log in to the cluster again (aws eks update-kubeconfig)"
          : "set PROMETHEUS_TOKEN, or PROMETHEUS_USERNAME and PROMETHEUS_PASSWORD; through the cluster, log in to it again";
    case "forbidden":
      return "ask for the read permission that `lbdoctor plan` lists for this question";
    case "throttled":
      return `${SOURCE[source]} limits the rate: wait a minute, then run it again`;
    case "missing":
      return "check that it exists under this name, in this region and cluster";
    case "malformed":
      return "run the command by hand and look at the answer; a proxy may stand in between";
    case "not-recorded":
      return "leave out --window and --since to read the recorded window, or record the incident again";
  }
}

/** The question in a few words, for gaps and progress: "Kubernetes pods in default". */
export function describe(question: Question): string {
  const { source, operation, input } = question;
  if (source === "prometheus") return `PromQL ${String(input.query)}`;
  if (source === "kubernetes") {
    const where = input.namespace === undefined ? "" : ` in ${String(input.namespace)}`;
    if (operation === "exec") return `exec ${(input.command as string[]).join(" ")} in pod ${String(input.pod)}`;
    const name = input.name === undefined ? "" : ` ${String(input.name)}`;
    return `${operation} ${String(input.resource)}${name}${where}`;
  }
  return operation;
}

/** Whose answer it is, for people. */
export function sourceTitle(source: GapSource): string {
  return source === "lbdoctor" ? "lbdoctor" : SOURCE[source];
}

/** What stays open for want of something, from the titles of the steps not done and the hypotheses undetermined. */
export function consequence(steps: readonly string[], hypotheses: readonly string[]): string {
  const parts = [
    ...(steps.length > 0 ? [`not done: ${steps.join(", ")}`] : []),
    ...(hypotheses.length > 0 ? [`still open: ${hypotheses.join(", ")}`] : []),
  ];
  return parts.length > 0 ? parts.join("; ") : "nothing that was judged depends on it";
}

/** "needs the pods' CPU, the number of workers and 3 more" */
export function needing(missing: readonly FactToken[]): string {
  const titles = missing.map(({ title }) => title);
  return `needs ${listed(titles.length > 3 ? [...titles.slice(0, 2), `${titles.length - 2} more`] : titles)}`;
}
