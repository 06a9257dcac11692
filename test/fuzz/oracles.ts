import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { marked, type Token } from "marked";
import { EXIT } from "../../src/cli/exit.ts";
import { FAILURE_KINDS, type Failure } from "../../src/model/question.ts";
import type { Session } from "../../src/model/session.ts";
import { findingPage } from "../../src/output/finding.ts";
import { jsonFinding, jsonReport } from "../../src/output/json.ts";
import { plainPage } from "../../src/output/plain.ts";
import { redacted } from "../../src/redaction/document.ts";
import { OBEYED } from "../obeyed.ts";
import { written } from "../output/postmortem/solved.ts";

/* What must hold of every output, whatever came in. Each throws a Fault, whose message says what does not hold. */

export class Fault extends Error {}

/** Figures of nothing, values that are no text, and words of the runtime instead of lbdoctor's. */
const LEAKED =
  /-?\bInfinity\b|\bNaN\b|\bundefined\b|\[object |\bfunction \w*\(|\[native code\]|Cannot (read|convert|destructure)|is not (a function|iterable|defined)|Maximum call stack|Invalid (time value|array length)|\n {4}at /;

const schema: unknown = JSON.parse(
  readFileSync(new URL("../../schema/investigation.schema.json", import.meta.url), "utf8"),
);
const ajv = new Ajv2020({ strict: false });
addFormats.default(ajv);
const validate = ajv.compile(schema as object);

/** A sentence for a person: one line, not endless, and nothing in it that leaked. */
export function checkSentence(text: string): void {
  checkText(text, "the sentence");
  if (/[\n\r]/.test(text)) throw new Fault(`more than one line: ${JSON.stringify(text)}`);
}

export function checkFailure({ kind, message }: Failure): void {
  if (!FAILURE_KINDS.includes(kind)) throw new Fault(`unknown kind of failure ${kind}`);
  checkSentence(message);
  if (message.length > 1_000) throw new Fault(`a message of ${message.length} characters: ${message.slice(0, 200)}`);
}

function checkText(text: string, what: string): void {
  const obeyed = OBEYED.exec(text);
  if (obeyed) throw new Fault(`${what} holds U+${obeyed[0].codePointAt(0)?.toString(16)}`);
  const leaked = LEAKED.exec(text);
  if (leaked)
    throw new Fault(`${what} says ${JSON.stringify(text.slice(Math.max(0, leaked.index - 120), leaked.index + 80))}`);
}

/** Everything that can be printed of a session. */
export function checkSession(session: Session, thorough: boolean): void {
  if (session.outcome === null || EXIT[session.outcome] === undefined) throw new Fault(`no outcome ${session.outcome}`);
  checkText(plainPage(session, { width: 100, color: false }), "the page");
  checkText(plainPage(session, { width: 41, color: false }), "the narrow page");
  checkJson(session);
  for (const finding of session.findings.slice(0, thorough ? 99 : 3)) {
    checkText(findingPage(session, finding, { width: 80, color: false }), "a finding");
    checkText(jsonFinding(finding), "a finding's JSON");
  }
  if (!thorough) return;
  for (const [path, text] of written(session)) checkText(text, path);
  checkMarkdown(written(session).get("incident.md") ?? "");
  const page = written(session, "html").get("incident.html") ?? "";
  checkText(page, "the HTML");
  checkHtml(page);
  checkJson(redacted(session));
}

function checkJson(session: Session): void {
  const text = jsonReport(session);
  checkText(text, "the JSON");
  if (!validate(JSON.parse(text))) throw new Fault(`the JSON breaks its schema: ${ajv.errorsText(validate.errors)}`);
}

/** Nothing that runs, loads or leads elsewhere, and no HTML. */
function checkMarkdown(markdown: string): void {
  marked.walkTokens(marked.lexer(markdown, { gfm: true }), (token: Token) => {
    if (token.type === "html") throw new Fault(`markdown holds HTML ${token.raw.slice(0, 80)}`);
    if (token.type === "link" && !String(token.href).startsWith("#"))
      throw new Fault(`markdown links to ${token.href}`);
    if (token.type === "image" && !/^incident\/[a-z-]+\.svg$/.test(String(token.href)))
      throw new Fault(`markdown embeds ${token.href}`);
  });
}

function checkHtml(page: string): void {
  const tags = page.matchAll(/<\/?([a-zA-Z][\w-]*)((?:"[^"]*"|[^">])*)>/g);
  for (const [tag, name = "", attributes = ""] of tags) {
    if (/^(script|iframe|object|embed|img|link|form|base|foreignObject)$/i.test(name))
      throw new Fault(`HTML holds ${tag}`);
    if (/\son\w+\s*=|(?:href|src)="(?!#)/i.test(attributes.replace(/xmlns="[^"]*"/, "")) && name !== "meta")
      throw new Fault(`HTML holds ${tag.slice(0, 120)}`);
  }
}
