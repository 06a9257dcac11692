import type { Answer, Question } from "../model/question.ts";
import { isSelected } from "../served/kube.ts";
import { field } from "../sources/parse.ts";
import type { Recorded } from "../sources/recording/recording.ts";

/** What a recording holds of the cluster, for other selectors and namespaces than lbdoctor asked; null where it has none. */
export function askCluster(recorded: readonly Recorded[], { operation, input }: Question): Answer | null {
  const own = recorded.filter(
    ({ question }) =>
      question.source === "kubernetes" &&
      question.input.apiVersion === input.apiVersion &&
      question.input.resource === input.resource,
  );
  const objects = distinct(
    own.flatMap(({ question, answer }) => {
      if (answer.status !== "answered") return [];
      return question.operation === "list" ? answer.pages.flatMap(itemsOf) : answer.pages;
    }),
  );
  if (own.length === 0) return null;
  const here = objects.filter((one) => isIn(one, input.namespace));
  if (operation === "get") {
    const found = here.find((one) => nameOf(one) === input.name);
    const message = `${String(input.resource)} "${String(input.name)}" not found`;
    return found ? { status: "answered", pages: [found] } : { status: "failed", failure: { kind: "missing", message } };
  }
  const items = here.filter(
    (one) =>
      isSelected(input.labelSelector, (key) => field(field(field(one, "metadata"), "labels"), key)) &&
      isSelected(input.fieldSelector, (path) => path.split(".").reduce<unknown>(field, one)),
  );
  return { status: "answered", pages: [{ items }] };
}

/** What was recorded of a command in a pod, as text. */
export function recordedExec(recorded: readonly Recorded[], command: readonly string[]): string | null {
  const found = recorded.find(
    ({ question: { operation, input } }) => operation === "exec" && String(input.command) === String(command),
  );
  if (found?.answer.status !== "answered") return null;
  const text = field(found.answer.pages[0], "stdout");
  return typeof text === "string" ? text : null;
}

/** The commands that were recorded, as they would be typed. */
export function execCommands(recorded: readonly Recorded[]): string[] {
  return recorded.flatMap(({ question: { operation, input } }) =>
    operation === "exec" && Array.isArray(input.command) ? [input.command.join(" ")] : [],
  );
}

function itemsOf(page: unknown): readonly unknown[] {
  const items = field(page, "items");
  return Array.isArray(items) ? items : [];
}

function nameOf(object: unknown): unknown {
  return field(field(object, "metadata"), "name");
}

function distinct(objects: readonly unknown[]): unknown[] {
  const known = new Map(
    objects.map((one) => [`${field(field(one, "metadata"), "namespace")}/${String(nameOf(one))}`, one]),
  );
  return [...known.values()];
}

function isIn(object: unknown, namespace: unknown): boolean {
  return namespace === undefined || field(field(object, "metadata"), "namespace") === namespace;
}
