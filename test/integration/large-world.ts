import { WorldSource } from "../../simulator/source.ts";
import type { World } from "../../simulator/world.ts";
import type { Answer, Question } from "../../src/model/question.ts";
import { field } from "../../src/sources/parse.ts";
import type { Source } from "../../src/sources/port.ts";

/** Of a world with 100 target groups. */
const GROUPS = 100;
const SERVICES = 2_000;

/**
 * A world grown large: more target groups, Services and pods of the same namespace beside those of the incident, each as
 * large as a real one. The incident stays what it is.
 */
export class LargeWorld implements Source {
  readonly #inner: WorldSource;
  readonly #pods: number;

  /** `pods`: how many the Service's selector fits. No question ever lists the pods of the whole cluster. */
  constructor(world: World, pods: number) {
    this.#inner = new WorldSource(world);
    this.#pods = pods;
  }

  async ask(question: Question): Promise<Answer> {
    const { operation, input } = question;
    if (operation === "DescribeTags") return this.#tags(question);
    if (operation === "GetMetricData") return this.#metrics(question);
    const answer = await this.#inner.ask(question);
    if (operation === "DescribeTargetGroups")
      return grown(answer, "TargetGroups", GROUPS, (group, index) => ({ ...group, ...invented(group, index) }));
    if (operation !== "list") return answer;
    if (input.resource === "services")
      return grown(answer, "items", SERVICES, (item, index) => renamed(item, index, false));
    // The Service's selector fits thousands of pods of a workload that scaled out and is gone again.
    if (input.resource === "pods" && input.apiVersion === "v1")
      return grown(answer, "items", this.#pods, (item, index) => renamed(item, index, true));
    return answer;
  }

  async #tags(question: Question): Promise<Answer> {
    const arns = question.input.ResourceArns as readonly string[];
    const known = arns.filter((arn) => !arn.includes("/invented-"));
    const answer = known.length > 0 ? await this.#inner.ask({ ...question, input: { ResourceArns: known } }) : null;
    const found = answer?.status === "answered" ? (field(answer.pages[0], "TagDescriptions") as unknown[]) : [];
    const others = arns.filter((arn) => arn.includes("/invented-")).map((ResourceArn) => ({ ResourceArn, Tags: [] }));
    return { status: "answered", pages: [{ TagDescriptions: [...found, ...others] }] };
  }

  /** The invented groups are fast and even. */
  async #metrics(question: Question): Promise<Answer> {
    const text = JSON.stringify(question.input);
    if (!text.includes("invented-")) return this.#inner.ask(question);
    const queries = question.input.MetricDataQueries as readonly { Id: string }[];
    const real = queries.filter((query) => !JSON.stringify(query).includes("invented-"));
    // Asked for any metric, the world's answer tells the times.
    const sample = queries
      .slice(0, 1)
      .map((query) => JSON.parse(JSON.stringify(query).replace(/targetgroup\/invented-\d+/g, "targetgroup/none")));
    const asked = {
      ...question,
      input: { ...question.input, MetricDataQueries: (real.length > 0 ? real : sample) as never },
    };
    const answer = await this.#inner.ask(asked);
    if (answer.status === "failed") return answer;
    const start = Date.parse(String(question.input.StartTime));
    const minutes = (Date.parse(String(question.input.EndTime)) - start) / 60_000;
    const Timestamps = Array.from({ length: minutes }, (_, index) => new Date(start + index * 60_000).toISOString());
    const invented = queries
      .filter((query) => JSON.stringify(query).includes("invented-"))
      .map((query) => {
        const value = JSON.stringify(query).includes("RequestCount")
          ? 40
          : JSON.stringify(query).includes("5XX")
            ? 0
            : 0.05;
        return {
          Id: query.Id,
          Label: query.Id,
          Timestamps,
          Values: Timestamps.map(() => value),
          StatusCode: "Complete",
        };
      });
    const [first, ...rest] = answer.pages;
    const results = real.length > 0 ? (field(first, "MetricDataResults") as unknown[]) : [];
    return { status: "answered", pages: [{ MetricDataResults: [...results, ...invented], Messages: [] }, ...rest] };
  }
}

type Made = (item: Record<string, unknown>, index: number) => unknown;

function grown(answer: Answer, key: string, size: number, make: Made): Answer {
  if (answer.status === "failed") return answer;
  const items = answer.pages.flatMap((page) => field(page, key) as Record<string, unknown>[]);
  const [model] = items;
  if (!model) return answer;
  const more = Array.from({ length: Math.max(0, size - items.length) }, (_, index) => make(model, index));
  return { status: "answered", pages: [{ [key]: [...items, ...more] }] };
}

function invented(group: Record<string, unknown>, index: number) {
  const name = `invented-${index}`;
  const arn = String(group.TargetGroupArn).replace(
    /targetgroup\/.*$/,
    `targetgroup/${name}/${String(index).padStart(16, "0")}`,
  );
  return { TargetGroupArn: arn, TargetGroupName: name, Port: 32_767 };
}

/** A copy under another name. Pods get managedFields, a third of a real pod's size, and do not serve. */
function renamed(item: Record<string, unknown>, index: number, isPod: boolean): unknown {
  const metadata = item.metadata as Record<string, unknown>;
  const copy = {
    ...item,
    metadata: { ...metadata, name: `${String(metadata.name)}-${index}`, managedFields: [{ f: "x".repeat(1_500) }] },
  };
  if (!isPod)
    return { ...copy, spec: { ...(item.spec as object), selector: { app: `other-${index}` }, ports: [{ port: 80 }] } };
  return { ...copy, status: { ...(item.status as object), phase: "Succeeded", conditions: [] } };
}
