import type { Answer, Question } from "../model/question.ts";
import { epoch, iso } from "../model/time.ts";
import type { Response } from "./response.ts";

/** The question of a request to the HTTP API of Prometheus; null for another path. */
export function promQuestion(url: URL): Question | null {
  const operation = /\/api\/v1\/(query|query_range)$/.exec(url.pathname)?.[1];
  const asked = (name: string) => url.searchParams.get(name) ?? "";
  const query = asked("query");
  if (operation === "query")
    return { source: "prometheus", operation, input: { query, time: iso(timeOf(asked("time"))) } };
  if (operation !== "query_range") return null;
  const [start, end, step] = [timeOf(asked("start")), timeOf(asked("end")), Number(asked("step"))];
  return { source: "prometheus", operation: "query_range", input: { query, start: iso(start), end: iso(end), step } };
}

/** Seconds or RFC 3339, as the HTTP API takes both. */
function timeOf(text: string): number {
  return text.includes("T") ? epoch(text) : Number(text);
}

export function promResponse(answer: Answer): Response {
  if (answer.status === "answered")
    return { status: 200, type: "application/json", body: JSON.stringify(answer.pages[0]) };
  const body = JSON.stringify({ status: "error", errorType: "bad_data", error: answer.failure.message });
  return { status: 400, type: "application/json", body };
}
