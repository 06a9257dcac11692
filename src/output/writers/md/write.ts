import { drawFigures } from "../../../drawing/figure.ts";
import type { Figure } from "../../../drawing/svg.ts";
import { postmortemOf } from "../../postmortem/document.ts";
import { markdownOf, markdownSection, markdownWords } from "../../postmortem/markdown.ts";
import { filled, linkable } from "../../postmortem/template.ts";
import type { Write } from "../writer.ts";

/** The postmortem as GitHub-flavoured markdown; its figures are files in a folder beside it, named like the document. */
export const write: Write = (session, { template, layout, stem, pageOf, figures }) => {
  const document = postmortemOf(session, pageOf, figures, layout);
  const place = ({ name }: Figure) => `${stem}/${name}.svg`;
  const options = {
    pictureAt: (figure: Figure) => (stem === null ? null : address(place(figure))),
    shown: linkable(document, template),
  };
  return {
    text:
      template === null
        ? markdownOf(document, options)
        : filled(template, document, { words: markdownWords, section: (one) => markdownSection(one, options) }),
    beside:
      stem === null
        ? []
        : drawFigures(session, figures).map(({ figure }) => ({ path: place(figure), text: figure.svg })),
  };
};

/** A relative path as markdown can carry it: blanks and brackets would end it. */
function address(path: string): string {
  return encodeURI(path).replace(/[()]/g, (bracket) => (bracket === "(" ? "%28" : "%29"));
}
