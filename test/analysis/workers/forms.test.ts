import { describe, expect, it } from "vitest";
import { type Form, read } from "./container.ts";
import { GUNICORN, GUNICORN_FILE } from "./forms/gunicorn.ts";
import { ASGI, OTHERS, RUBY, UWSGI } from "./forms/others.ts";
import { fromMap, fromSecret, type Row, words } from "./forms/row.ts";

/** Public ways to set the number of workers, and what can be known of them from the manifests alone. */
describe.each<[string, Row[]]>([
  ["gunicorn", GUNICORN],
  ["gunicorn's file", GUNICORN_FILE],
  ["ASGI servers", ASGI],
  ["uWSGI", UWSGI],
  ["Ruby's servers", RUBY],
  ["other servers", OTHERS],
])("%s", (_, rows) => {
  for (const [title, form, workers, unread] of rows)
    it(title, () => {
      const fact = read(form);
      expect(fact.workers).toBe(workers);
      if (unread) expect(fact.unread?.map(({ what }) => what).join("; ")).toContain(unread);
      if (workers === null) expect(fact.sources.every(({ from }) => from !== "default")).toBe(true);
    });
});

it("names the command that tells, and none that prints a Secret", () => {
  const commands = (form: Form) => read(form).unread?.map(({ command }) => command) ?? [];
  expect(commands({ command: words("gunicorn -c /app/g.py app:app") })).toContain(
    "kubectl -n shop exec web-1 -c app -- cat /app/g.py",
  );
  expect(commands({ command: words("gunicorn app:app"), from: fromMap, configMaps: { "app-env": null } })).toContain(
    "kubectl -n shop get configmap app-env -o yaml",
  );
  const secret = read({ command: words("gunicorn app:app"), from: fromSecret }).unread?.find(({ what }) =>
    what.startsWith("Secret"),
  );
  expect(secret?.command).toBe("kubectl -n shop exec web-1 -c app -- ps ax");
});
