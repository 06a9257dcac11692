import type { FailureKind, Question, SourceName } from "./question.ts";

/** What is said of sources, for who knows none of them by name, like the engine. */
export interface SourceWords {
  /** Whose answer it is, in a sentence: "CloudWatch", "the cluster's API". */
  title(source: SourceName): string;
  /** The question in a few words, for gaps and progress: "list pods in default". */
  describe(question: Question): string;
  /** What a person can do about a failure of this kind at this source. */
  remedy(kind: FailureKind, source: SourceName): string;
  /** Whether it is one of those without any answer of which nothing can be found out: AWS's own. */
  vital(source: SourceName): boolean;
}
