import { escaped } from "../../../drawing/svg.ts";
import { postmortemOf } from "../../postmortem/document.ts";
import { htmlOf, htmlSection } from "../../postmortem/html.ts";
import { filled, linkable } from "../../postmortem/template.ts";
import type { Write } from "../writer.ts";

/** The postmortem as one self-contained page. */
export const write: Write = (session, { template, layout, pageOf, figures }) => {
  const document = postmortemOf(session, pageOf, figures, layout);
  if (template === null) return { text: htmlOf(document), beside: [] };
  const shown = linkable(document, template);
  return {
    text: filled(template, document, { words: escaped, section: (one) => htmlSection(one, shown) }),
    beside: [],
  };
};
