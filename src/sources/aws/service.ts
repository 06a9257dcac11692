import type { Input, Json, Question } from "../../model/question.ts";
import { isMistakable, shellLine, shellQuoted } from "../../model/shell.ts";
import { awsMask } from "../../redaction/rules.ts";
import { type Checked, mayAsk, type SourceCheck, type SourceDescriptor } from "../descriptor.ts";
import type { Source } from "../port.ts";

/** What a source that is one of AWS's APIs has to say of itself. */
interface AwsService<Opened extends Source>
  extends Pick<SourceDescriptor<Opened>, "id" | "title" | "price" | "placeholder" | "checks" | "open"> {
  readonly operations: readonly string[];
  /** Of its IAM actions: "elasticloadbalancing". */
  readonly prefix: string;
  /** By operation, what of its answer a person looks at, as the AWS CLI's --query has it. */
  readonly shown: { readonly [operation: string]: string };
  /** The short command, where it is another operation that shows it best; null: the operation's own. */
  readonly shorter?: (question: Question) => string | null;
  /** What is kept of its answers, where they are not like those of the others. */
  readonly mask?: SourceDescriptor<Opened>["mask"];
}

/** The descriptor of one of AWS's APIs. Its id is the service's name in the AWS CLI. */
export function awsDescriptor<Opened extends Source>(service: AwsService<Opened>): SourceDescriptor<Opened> {
  const { id, title, price, operations, prefix, shown, shorter, mask = awsMask, placeholder, checks, open } = service;
  return {
    id,
    title,
    place: title,
    ...(price && { price }),
    isAws: true,
    operations,
    kinds: () => operations.map((operation) => ({ source: id, operation, input: {} })),
    permissions: ({ operation }) => [{ kind: "iam", action: `${prefix}:${operation}` }],
    roles: [],
    command,
    short: (question) => {
      const query = shown[question.operation];
      const own = query === undefined ? "" : ` --query ${shellQuoted(query)} --output text`;
      return shorter?.(question) ?? `${command(question)}${own}`;
    },
    mask,
    describe: ({ operation }) => operation,
    placeholder,
    remedies: {
      unreachable: "check the network and the region, then run it again",
      unauthenticated: "log in to AWS again (aws sso login, or new credentials)",
    },
    checks,
    open,
  };
}

/** Whether one may read this; where nothing bears the name that is asked for, one may. */
export function mayRead(what: string, source: string, operation: string, input: () => Input): SourceCheck<Source> {
  const missing = (): Checked => ({ state: "ok", says: "yes" });
  return mayAsk(`may read ${what}`, () => ({ source, operation, input: input() }), missing);
}

/** Sizes of pages: left out, since the AWS CLI pages to the end by itself, unless one of these is given. */
const PAGING = new Set(["MaxRecords", "PageSize"]);

function command({ source, operation, input }: Question): string {
  const wanted = Object.entries(input).filter(([key]) => !PAGING.has(key));
  const call = ["aws", source, kebab(operation)];
  const mistakable = Object.values(input)
    .flat()
    .some((value) => isMistakable(String(value)));
  if (mistakable) return shellLine(...call, "--cli-input-json", JSON.stringify(Object.fromEntries(wanted)));
  return shellLine(...call, ...wanted.flatMap(([key, value]) => [`--${kebab(key)}`, ...awsValue(value)]));
}

function awsValue(value: Json | undefined): string[] {
  if (Array.isArray(value) && value.every((one) => typeof one === "string")) return value;
  return [typeof value === "object" ? JSON.stringify(value) : String(value)];
}

/** "AlarmNames" → "alarm-names" */
function kebab(name: string): string {
  return name.replace(/(?<=[a-z])(?=[A-Z])/g, "-").toLowerCase();
}
