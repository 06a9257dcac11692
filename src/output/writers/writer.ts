import type { FigureOfEvidence } from "../../drawing/figure.ts";
import type { Picture } from "../../drawing/picture.ts";
import type { Finding } from "../../model/finding.ts";
import type { Session } from "../../model/session.ts";
import type { Style } from "../layout.ts";
import type { PageOf } from "../postmortem/document.ts";
import { OWN } from "../postmortem/layouts/index.ts";
import type { Layout } from "../postmortem/layouts/layout.ts";

/** What a writer may be asked for beyond the session itself; each heeds what it `takes`. */
export interface Wishes {
  /** How it is to look on a terminal. */
  readonly style: Style;
  /** Only what one needs at first; all of it otherwise. */
  readonly brief: boolean;
  /** One finding instead of the whole session. */
  readonly finding: Finding | null;
  /** One of several that follow each other in one output. */
  readonly oneOf: boolean;
  /** A house style: text with placeholders. */
  readonly template: string | null;
  /** The order and headings of a document, where no template of one's own places its parts. */
  readonly layout: Layout;
  /** The name of the file that it goes to, without its ending; null where it goes to a stream and nothing lies beside it. */
  readonly stem: string | null;
  /** lbdoctor's own pages, and the figures of the evidence; a document may bring them along. */
  readonly pageOf: PageOf;
  readonly figures: readonly FigureOfEvidence[];
  /** The pictures of the evidence for a terminal. */
  readonly pictures: readonly Picture[];
}

export type Wish = "style" | "brief" | "finding" | "oneOf" | "template" | "figures" | "pictures";

export interface Written {
  readonly text: string;
  /** Files that the text points to, by their path from it. */
  readonly beside: readonly { readonly path: string; readonly text: string }[];
}

/** A session as text. Pure: the same session and wishes give the same text; whatever the session holds, it is inert in it. */
export type Write = (session: Session, wishes: Wishes) => Written;

/** One way to tell a session, described in one place; the command line walks the list. */
export interface Writer {
  /** What `--format` takes. */
  readonly id: string;
  /** A few words for the help. */
  readonly title: string;
  /** The media type of its text, and the ending of a file of it. */
  readonly media: string;
  readonly extension: string;
  /** A document is written to a file by `lbdoctor postmortem`; everything else is printed. */
  readonly isDocument: boolean;
  readonly takes: readonly Wish[];
  /** The code is loaded when it is used. */
  load(): Promise<Write>;
}

/** What is wished where nothing is: a plain text of usual width, of the whole session, to a stream. */
export const NO_WISHES: Wishes = {
  style: { width: 100, color: false },
  brief: false,
  finding: null,
  oneOf: false,
  template: null,
  layout: OWN,
  stem: null,
  pageOf: () => undefined,
  figures: [],
  pictures: [],
};
