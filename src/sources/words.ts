import type { FailureKind } from "../model/question.ts";
import type { SourceWords } from "../model/source-words.ts";
import type { SourceDescriptor } from "./descriptor.ts";
import { descriptorOf } from "./descriptor-of.ts";

/** What is said of lbdoctor's sources, each in the words of its descriptor. */
export const sourceWords: SourceWords = {
  title: (source) => descriptorOf(source).title,
  describe: (question) => descriptorOf(question.source).describe(question),
  remedy: (kind, source) => remedyOf(kind, descriptorOf(source)),
  vital: (source) => descriptorOf(source).isAws,
};

function remedyOf(kind: FailureKind, { title, remedies }: SourceDescriptor): string {
  switch (kind) {
    case "unreachable":
    case "timeout":
      return remedies.unreachable;
    case "unauthenticated":
      return remedies.unauthenticated;
    case "forbidden":
      return "ask for the read permission that `lbdoctor plan` lists for this question";
    case "throttled":
      return `${title} limits the rate: wait a minute, then run it again`;
    case "missing":
      return "check that it exists under this name, in this region and cluster";
    case "malformed":
      return "run the command yourself and look at the answer; there may be a proxy in between";
    case "not-recorded":
      return "leave out --window and --since to read the recorded window, or record the incident again";
  }
}
