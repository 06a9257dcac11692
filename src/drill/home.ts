import type { Recorded } from "../sources/recording/recording.ts";
import { execCommands } from "./cluster-world.ts";
import { expressions } from "./prometheus-world.ts";

/** The page that a browser shows: what is served, and what is asked. It needs nothing from outside. */
export function homePage(
  alarm: string,
  questions: readonly { readonly id: string; readonly asks: string }[],
  recorded: readonly Recorded[],
): string {
  const rows = recorded
    .filter(({ question }) => question.source !== "prometheus")
    .map(({ question }) => {
      const { source, operation, input } = question;
      return [source, operation, String(input.resource ?? input.MetricName ?? "")].join(" ").trim();
    });
  const queries = expressions(recorded).map(
    (one) =>
      `<li><a href="/prometheus/api/v1/${endpointOf(recorded, one)}&query=${encodeURIComponent(one)}"><code>${escaped(one)}</code></a></li>`,
  );
  const list = (items: readonly string[]) =>
    `<ul>${items.map((one) => `<li><code>${escaped(one)}</code></li>`).join("")}</ul>`;
  return `<!doctype html>
<html lang="en"><meta charset="utf-8"><title>lbdoctor drill</title>
<style>body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}code{overflow-wrap:anywhere}li{margin:.3rem 0}</style>
<h1>The alarm <code>${escaped(alarm)}</code></h1>
<h2>Questions</h2><ol style="list-style:none;padding:0">${questions.map(({ id, asks }) => `<li><b>${id}</b> ${escaped(asks)}</li>`).join("")}</ol>
<h2>PromQL that was recorded</h2><p>Other selectors and times of these forms work too.</p><ul>${queries.join("")}</ul>
<h2>Also served</h2>${list([...new Set(rows)])}
<h2>Commands that were recorded in a pod</h2>${list(execCommands(recorded))}
</html>
`;
}

/** The endpoint with the times that were recorded. */
function endpointOf(recorded: readonly Recorded[], query: string): string {
  const found = recorded.find(({ question }) => question.input.query === query)?.question;
  const { start, end, step, time } = found?.input ?? {};
  return found?.operation === "query_range"
    ? `query_range?start=${String(start)}&end=${String(end)}&step=${String(step)}`
    : `query?time=${String(time)}`;
}

const ENTITY: { readonly [character: string]: string } = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

/** The text as content of HTML. */
function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (character) => ENTITY[character] ?? "");
}
