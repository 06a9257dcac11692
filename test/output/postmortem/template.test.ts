import { describe, expect, it } from "vitest";
import { isUntouched, sealed } from "../../../src/output/postmortem/seal.ts";
import { session } from "../session.ts";
import { documentText, sectionText } from "./solved.ts";

describe("a template", () => {
  it("places sections without their headings, in its own order, and keeps its own words", () => {
    const filled = documentText(session(), "md", {
      template: "# House: {{title}}\n\n## Why\n\n{{ cause }}\n\n## TL;DR\n\n{{summary}}\n",
    });
    const whole = documentText(session());
    expect(filled).toMatch(/^# House: Postmortem: slow, 2026-06-26\n\n## Why\n\n/);
    expect(filled).toContain(sectionText(whole, "Summary").replace("\n## Summary\n\n", "").trim());
    expect(filled).not.toContain("## Summary");
  });

  it("is HTML for the page, with text escaped as there", () => {
    const page = documentText(session({ opening: { ...session().opening, alarmName: "<b>" } }), "html", {
      template: "<h1>{{title}}</h1>{{summary}}",
    });
    expect(page).toMatch(/^<h1>Postmortem: &lt;b&gt;, 2026-06-26<\/h1><p>/);
  });

  it("with an unknown placeholder is refused with the names of the known ones", () => {
    expect(() => documentText(session(), "md", { template: "{{sumary}}" })).toThrow(
      /placeholder \{\{sumary\}\}; known are title, imprint, status, summary/,
    );
  });

  it("without a placeholder is refused: it would lose the whole document", () => {
    expect(() => documentText(session(), "md", { template: "# nothing" })).toThrow(/no placeholder/);
  });

  it("does not fill what stands in the text that it places", () => {
    const { verdict } = session();
    if (!verdict) throw new Error("the session has a verdict");
    const filled = documentText(session({ verdict: { ...verdict, headline: "{{gaps}}" } }), "md", {
      template: "{{summary}}",
    });
    expect(filled).toContain("{{gaps}}");
  });
});

describe("a seal", () => {
  const length = (text: string) => text.length.toString(16);

  it("fits what was sealed, and nothing that was edited", () => {
    const text = sealed("# Title\n\nWords.\n", length);
    expect(isUntouched(text, length)).toBe(true);
    expect(isUntouched(text.replace("Words", "More words"), length)).toBe(false);
    expect(isUntouched("# Title\n\nWords.\n", length)).toBe(false);
    expect(isUntouched(`${text}\nappended`, length)).toBe(false);
  });
});
