import type { Question } from "../model/question.ts";
import type { Marks } from "./marks.ts";
import { withoutSecrets } from "./secrets.ts";
import {
  AWS_TEXT,
  NEEDED_KEY,
  PLAIN_ANNOTATIONS,
  PLAIN_MEMBERS,
  PLAIN_OBJECTS,
  SECRET_NAME,
  SERIES_LABELS,
} from "./understood.ts";
import { maskedConfiguration, maskedProcesses, maskedText, randomLooking } from "./words.ts";

/*
 * What is kept of the answers of each kind of source: of the text that people and programs write freely only the words that
 * a reader understands are left. Names of objects stay, a person needs them. Each source names its rule in its descriptor.
 */

/** What is kept of a page: the page with marks in the place of everything else. A page that is masked already stays. */
export type Mask = (page: unknown) => unknown;

type Members = { readonly [name: string]: unknown };
/** Masks one value that stands under a member of an object. */
type Rule = (value: unknown, member: string, owner: Members) => unknown;

/** The rule for the strings of a value, however deep. */
function each(mask: (text: string) => string): Rule {
  const rule: Rule = (value) => {
    if (typeof value === "string") return mask(value);
    return inside(value, rule);
  };
  return rule;
}

function inside(value: unknown, rule: Rule, key: (name: string) => string = (name) => name): unknown {
  if (Array.isArray(value)) return value.map((one) => rule(one, "", {}));
  if (typeof value !== "object" || value === null) return value;
  const owner = value as Members;
  return Object.fromEntries(Object.entries(owner).map(([name, inner]) => [key(name), rule(inner, name, owner)]));
}

/** Of a source whose texts nobody has looked at yet: figures, and of texts what a reader understands. */
export function strictMask(_: Question, marks: Marks): Mask {
  const rule = each((text) => maskedText(text, marks));
  return (page) => rule(page, "", {});
}

/** Of the cluster's API: the words of its objects, or those of a process list. */
export function clusterMask({ operation, input }: Question, marks: Marks): Mask {
  const rule =
    operation === "exec"
      ? each((text) => maskedProcesses(text, marks))
      : clusterRule(marks, input.resource === "configmaps", input.name === "cluster-autoscaler-status");
  return (page) => rule(page, "", {});
}

function clusterRule(marks: Marks, isConfigMap: boolean, isGroups: boolean): Rule {
  const text = each((one) => maskedText(one, marks));
  const named = (one: string) => withoutSecrets(one, marks);
  const rule: Rule = (value, member, owner) => {
    if (typeof value === "string") return string(value, member, owner);
    if (typeof value !== "object" || value === null) return value;
    if (Array.isArray(value))
      return member === "args" || member === "command"
        ? words(value, marks)
        : value.map((one) => rule(one, PLAIN_MEMBERS.has(member) ? member : "", {}));
    if (member === "annotations") return inside(value, annotation, named);
    if (member === "labels") return inside(value, each(named), named);
    if (PLAIN_OBJECTS.has(member) && isFlat(value as Members)) return value;
    if (isConfigMap && (member === "data" || member === "binaryData"))
      return inside(value, isGroups ? groups : configuration, (name) => fileName(name, marks));
    return inside(value, rule, named);
  };
  const annotation: Rule = (value, name) =>
    typeof value === "string" && !(PLAIN_ANNOTATIONS.has(name) && /^\d{1,6}$/.test(value))
      ? marks.of("text", value)
      : value;
  const configuration = each((one) => maskedConfiguration(one, marks));
  const groups = each((one) => maskedGroups(one, marks));
  // An image has no user; who wrote one into its name wrote a password behind it.
  const image = (one: string) => named(one.replace(/^[^/@]*:[^/@]*@(?!sha256:)/, (user) => marks.of("text", user)));
  const string = (value: string, member: string, owner: Members) => {
    if (member === "value" && typeof owner.name === "string")
      return SECRET_NAME.test(owner.name) ? marks.of("text", value) : maskedText(value, marks);
    if (member === "image") return image(value);
    if (member === "name" && "value" in owner) return randomLooking(value) ? marks.of("text", value) : named(value);
    return PLAIN_MEMBERS.has(member) ? value : text(value, member, owner);
  };
  return rule;
}

function isFlat(value: Members): boolean {
  return Object.values(value).every((one) => typeof one !== "object" || one === null);
}

/** Arguments: a flag's value may be the next element. */
function words(list: readonly unknown[], marks: Marks): unknown[] {
  return list.map((one, index) => {
    const before = list[index - 1];
    return typeof one === "string"
      ? maskedText(one, marks, typeof before === "string" && /^-/.test(before) ? before : "")
      : one;
  });
}

/** A file's name is kept, and a variable's; what is neither may be anything. */
function fileName(name: string, marks: Marks): string {
  const isFile = /^[a-z][a-z_.-]*\d{0,2}\.[a-z]{2,10}$/.test(name) || /^[A-Za-z][A-Za-z_-]{0,30}$/.test(name);
  return isFile && !randomLooking(name) ? name : maskedText(name, marks);
}

/** Cluster Autoscaler's status: the groups' names are read, and stand where nothing else does. */
function maskedGroups(text: string, marks: Marks): string {
  return text
    .split("\n")
    .map((line) => {
      const [, start, name] = /^(\s*(?:- )?name:\s*)["']?([\w./-]{1,255})["']?\s*$/i.exec(line) ?? [];
      return start === undefined || name === undefined ? maskedConfiguration(line, marks) : line;
    })
    .join("\n");
}

/** Of a Prometheus: figures, and the labels that somebody reads. */
export function seriesMask(_: Question, marks: Marks): Mask {
  const named = (one: string) => withoutSecrets(one, marks);
  const label: Rule = (value, name) => {
    if (typeof value !== "string") return value;
    return SERIES_LABELS.has(name) ? named(value) : maskedText(value, marks, name);
  };
  const rule: Rule = (value, member) => {
    if (typeof value === "string") return named(value);
    // Samples: a time and a figure as text.
    if (member === "value" || member === "values" || member === "histogram" || member === "histograms") return value;
    return member === "metric" ? inside(value, label) : inside(value, rule);
  };
  return (page) => rule(page, "", {});
}

/** Of AWS's own APIs: their words and names; of what people write in them, what a reader understands. */
export function awsMask(_: Question, marks: Marks): Mask {
  const text = each((one) => maskedText(one, marks));
  const rule: Rule = (value, member, owner) => {
    if (AWS_TEXT.has(member)) return text(value, member, owner);
    if (member === "Tags" && Array.isArray(value)) return value.map((one) => inside(one, tag));
    if (typeof value !== "string") return inside(value, rule);
    const isChange = owner.HistoryItemType === undefined || owner.HistoryItemType === "StateUpdate";
    if (/^History(?:Data|Summary)$/.test(member) && !isChange) return maskedText(value, marks);
    return withoutSecrets(value, marks);
  };
  const tag: Rule = (value, member, { Key }) => {
    if (typeof value !== "string") return value;
    const isKept = member === "Key" || NEEDED_KEY.test(String(Key)) || Key === "Name" || String(Key).startsWith("aws:");
    return isKept ? withoutSecrets(value, marks) : marks.of("text", value);
  };
  return (page) => rule(page, "", {});
}
