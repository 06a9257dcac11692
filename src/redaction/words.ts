import { isMark } from "../model/mark.ts";
import type { MarkKind, Marks } from "./marks.ts";
import { OPTIONS, SECRET_NAME, SHORT_OPTIONS, WORDS } from "./understood.ts";

/** A mark, a URL, or a run of characters between blanks, quotes, brackets and "=". */
const PIECE = /‹[a-z]+:\w+:[0-9a-f]{5}›|\(redacted\)|[a-z][a-z0-9+.-]*:\/\/[^\s"'`]*|[^\s"'`,;(){}[\]<>|&=]+/giu;
/** Up to six digits, perhaps with a fraction, a unit of time or size, or a percent sign. */
const NUMBER = /^[-+*]?\d{1,6}(?:\.\d{1,3})?(?:%|[a-z]{1,2}|min|[kmgt]i?b?)?$/i;
const ADDRESS = /^(?:\d{1,3}\.){3}\d{1,3}$/;
/** How a server is bound, written as a URL. */
const BOUND = /^(?:tcp|ssl|http|https|unix):\/\/(?:(?:0\.0\.0\.0|127\.0\.0\.1|localhost)(?::\d{1,5})?|:\d{1,5})?\/?$/i;
/** A comment that fills its line, or stands behind a setting ("//" divides there, in Python). */
const COMMENT = /^((?:\s*(?:#+|\/\/|;+)|.*?\s#+)\s*)(.*)$/;
const VARIABLE = /^[A-Za-z_][A-Za-z0-9_]{0,39}$/;
const READS_VARIABLE = /(?:environ|getenv|(?:^|\.)env)(?:\.(?:get|fetch))?$/i;

/** A long run of letters and digits as no name has it: a key, a hash, a signature. */
export function randomLooking(text: string): boolean {
  return (text.match(/[A-Za-z0-9]{16,}/g) ?? []).some((run) => /\d/.test(run) && /[A-Za-z]/.test(run));
}

/**
 * A text of which only what a reader understands is left; see understood.ts. `before`: the argument or the name that
 * stands before it, behind which nothing is kept where it is a secret's name. Line breaks and structure stay.
 */
export function maskedText(text: string, marks: Marks, before = ""): string {
  return marks.once(`${before}\n${text}`, () =>
    text
      .split("\n")
      .map((line) => maskedLine(line, marks, before))
      .join("\n"),
  );
}

/** A configuration file: as a text, and of a comment nothing but that it is one. */
export function maskedConfiguration(text: string, marks: Marks): string {
  return marks.once(`# ${text}`, () =>
    text
      .split("\n")
      .map((line) => {
        const [, setting = line, words = ""] = COMMENT.exec(line) ?? [];
        return maskedLine(setting, marks, "") + (words.trim() === "" ? words : marks.of("text", words));
      })
      .join("\n"),
  );
}

/** A process list: the numbers before the command are the processes and their parents. */
export function maskedProcesses(text: string, marks: Marks): string {
  return text
    .split("\n")
    .map((line) => {
      const [, ids = "", command = line] = /^(\s*\d+\s+\d+\s+)(.*)$/.exec(line) ?? [];
      return ids + maskedText(command, marks);
    })
    .join("\n");
}

function maskedLine(line: string, marks: Marks, before: string): string {
  let said = 0;
  let hidden = 0;
  let last = before;
  let end = 0;
  let secret = false;
  const out = line.replace(PIECE, (piece: string, offset: number) => {
    const between = line.slice(end, offset);
    // A secret goes on until a blank or its quote ends it.
    secret = end > 0 && secret && !/[\s"'`]/.test(between) ? true : isSecretName(last) && !/[,;|&]/.test(between);
    const referred = /[$][({]$/.test(line.slice(0, offset)) || READS_VARIABLE.test(last);
    const assigned = line[offset + piece.length] === "=" && /^[A-Z][A-Z0-9_]+$/.test(piece);
    end = offset + piece.length;
    last = piece;
    if (isMark(piece)) return piece;
    const kept = secret ? null : keptOf(piece, referred, assigned, marks);
    if (kept === null) {
      hidden += 1;
      return marks.of(kindOf(piece), piece);
    }
    if (/[A-Za-z]/.test(kept)) said += 1;
    return kept;
  });
  if (hidden === 0 || said > 0) return out;
  // Nothing in it is understood: one mark for all of it says as much, and tells less of its form.
  const [, start = "", whole = "", rest = ""] = /^(\s*)(.*?)(\s*)$/su.exec(line) ?? [];
  return start + marks.of(kindOf(whole), whole) + rest;
}

function isSecretName(name: string): boolean {
  return SECRET_NAME.test(name.replace(/^-+|:$/g, ""));
}

function kindOf(piece: string): MarkKind {
  if (/^\d+$/.test(piece)) return "number";
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(piece)) return "url";
  if (/^\.{0,2}\//.test(piece)) return "path";
  return /^--?[a-z]/i.test(piece) ? "option" : "text";
}

/** What may stay of a piece: all of it, or the program at the end of its path. Null: nothing. */
function keptOf(piece: string, referred: boolean, assigned: boolean, marks: Marks): string | null {
  if (isKept(piece, referred, assigned)) return piece;
  const [, place = "", program = ""] = /^(.*\/)([^/]+)$/.exec(piece) ?? [];
  // "/srv/shop/.venv/bin/gunicorn": which server it is, not where.
  if (!place.includes("://") && /^[a-z]/i.test(program) && !place.startsWith("-") && isKept(program, false, false))
    return `${marks.of("path", place)}/${program}`;
  return null;
}

function isKept(piece: string, referred: boolean, assigned: boolean): boolean {
  if (/^-{1,2}[A-Za-z]/.test(piece)) return isOption(piece);
  if (piece.includes("://")) return BOUND.test(piece);
  const name = piece.startsWith("$") ? piece.slice(1) : piece;
  if ((referred || assigned || piece.startsWith("$")) && isReference(name)) return true;
  return isUnderstood(piece.replace(/[.:!?]+$/, ""));
}

/** "WORKERS", "WORKERS:-4": a variable's name, perhaps with a default that is understood. */
function isReference(text: string): boolean {
  const [, name = "", , value = ""] = /^(\w+)(:?[-+?])?(.*)$/.exec(text) ?? [];
  if (!VARIABLE.test(name) || !/^[A-Z_][A-Z0-9_]*$/.test(name) || randomLooking(name)) return false;
  return value === "" || isUnderstood(value);
}

function isOption(piece: string): boolean {
  const name = piece.replace(/^-+/, "");
  if (OPTIONS.has(name)) return true;
  if (piece.startsWith("--")) return false;
  const [letter = "", rest] = [name[0], name.slice(1)];
  // "-w4", "-Dserver.tomcat.threads.max"
  return SHORT_OPTIONS.has(letter) && (NUMBER.test(rest) || rest === "" || (letter === "D" && isUnderstood(rest)));
}

/** Every part of it is known; a text without letters and digits is an operator. */
function isUnderstood(piece: string): boolean {
  if (NUMBER.test(piece) || WORDS.has(piece.toLowerCase())) return true;
  if (ADDRESS.test(piece)) return true;
  const parts = piece.split(/[^A-Za-z0-9]+/).filter((part) => part !== "");
  if (parts.length === 0) return piece.length <= 3 || /^(.)\1*$/.test(piece);
  if (!/^[\w./:*+%@$?!~^\\-]+$/.test(piece)) return false;
  const [host, port, ...more] = piece.split(":");
  if (host !== undefined && ADDRESS.test(host) && more.length === 0 && port !== undefined) return NUMBER.test(port);
  const known = parts.every((part) => NUMBER.test(part) || WORDS.has(part.toLowerCase()));
  return known && (piece.match(/\d/g) ?? []).length <= 6;
}
