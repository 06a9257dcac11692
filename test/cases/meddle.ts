import type { Meddle } from "../../simulator/solve.ts";
import type { Session } from "../../src/model/session.ts";

/** One line of a range query's answer, as Prometheus gives it. */
export interface Line {
  readonly metric: { readonly [label: string]: string };
  readonly values: readonly (readonly [number, string])[];
}

type Object = { readonly [key: string]: unknown };

/** Changes the lines of every range query's answer. */
export function editMatrix(edit: (lines: readonly Line[]) => readonly Line[]): Meddle {
  return (question, answer) => {
    if (question.operation !== "query_range" || answer.status !== "answered") return answer;
    const [page] = answer.pages as { data: { resultType: string; result: readonly Line[] } }[];
    if (!page) return answer;
    return { ...answer, pages: [{ ...page, data: { ...page.data, result: edit(page.data.result) } }] };
  };
}

/** Meddles with the queries whose text matches. */
export function onlyFor(query: RegExp, meddle: Meddle): Meddle {
  return (question, answer) => (query.test(String(question.input.query)) ? meddle(question, answer) : answer);
}

/** Changes the pods' CPU usage in every form in which it is asked for. */
export function editCpu(edit: (lines: readonly Line[]) => readonly Line[]): Meddle {
  return onlyFor(/container_cpu_usage_seconds_total/, editMatrix(edit));
}

/** Changes the objects of a list of the cluster's API; null takes one away. */
export function editItems(apiVersion: string, resource: string, edit: (item: Object) => Object | null): Meddle {
  return ({ source, operation, input }, answer) => {
    if (source !== "kubernetes" || operation !== "list" || answer.status !== "answered") return answer;
    if (input.apiVersion !== apiVersion || input.resource !== resource) return answer;
    const pages = (answer.pages as { items: Object[] }[]).map((page) => ({
      ...page,
      items: page.items.flatMap((item) => edit(item) ?? []),
    }));
    return { ...answer, pages };
  };
}

export function labelled(line: Line, labels: { readonly [label: string]: string }): Line {
  return { ...line, metric: { ...line.metric, ...labels } };
}

export function scaled(line: Line, factor: number): Line {
  return { ...line, values: line.values.map(([at, value]) => [at, String(Number(value) * factor)]) };
}

export function constant(line: Line, value: number): Line {
  return { ...line, values: line.values.map(([at]) => [at, String(value)]) };
}

export function moved(line: Line, seconds: number): Line {
  return { ...line, values: line.values.map(([at, value]) => [at + seconds, value]) };
}

export function idling(line: Line): Line {
  return constant(line, 0.01);
}

/** The first gap whose words hold these. */
export const gap = (session: Session, words: string) => session.gaps.find(({ what }) => what.includes(words));

/** What the finding says; empty where there is none. */
export const said = (session: Session, id: string) => session.findings.find((one) => one.id === id)?.statement ?? "";
