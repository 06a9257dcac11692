/**
 * `npm run new <kind> <id> [-- --playbook ID]`: stamps a unit of the playbooks, listed in its playbook (latency unless
 * told), a source or a writer, and says what is left to decide. It never writes over a file.
 */
import { existsSync } from "node:fs";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { withEntry, withExport, withImport } from "./scaffold/lists.ts";
import { camel } from "./scaffold/names.ts";
import { constant } from "./scaffold/source.ts";
import { KINDS, type Kind, stamp } from "./scaffold/stamps.ts";

const USAGE = `usage: npm run new <${KINDS.join("|")}> <id> [-- --playbook ID], for example npm run new cause slow-dns`;

/** Lower-case words joined by hyphens. */
const ID = /^[a-z]+(-[a-z]+)*$/;

/** Where a unit of each kind lies, which list of the playbook names it, and which list of the vocabulary. */
const PLACES: {
  readonly [kind in Exclude<Kind, "playbook" | "signal" | "source" | "writer">]: readonly [
    module: string,
    list: string,
    ids: string | null,
  ];
} = {
  cause: ["causes/*/cause.ts", "causes", "CAUSES"],
  factor: ["factors/*/factor.ts", "factors", "FACTORS"],
  fix: ["fixes/*/fix.ts", "fixes", null],
  evidence: ["evidence/*/collect.ts", "steps", null],
};

/** Kinds that no playbook lists, and the module that does. */
const LISTED_ALONE: { readonly [kind in Kind]?: string } = {
  playbook: "playbooks/index.ts",
  writer: "src/output/writers/index.ts",
};

/**
 * Stamps a unit under a root folder and answers the lines that tell what was made and what is left to decide. Throws a
 * sentence, with nothing written, for a malformed id, a unit that exists, and a playbook that does not.
 */
export async function scaffold(root: URL, kind: Kind, id: string, playbook = "latency"): Promise<string[]> {
  if (!ID.test(id))
    throw new Error(`${JSON.stringify(id)} is not an id: lower-case words joined by hyphens, as in slow-dns`);
  const { files, left } = stamp(kind, id);
  // Some folders beside the sources hold what they share: src/sources/http.
  const folder = kind === "source" ? [`src/sources/${id}`] : [];
  const there = [...folder, ...Object.keys(files)].find((file) => existsSync(new URL(file, root)));
  if (there) throw new Error(`${there} exists; choose another id, or change it by hand`);
  const listed = LISTED_ALONE[kind] ?? `playbooks/alarms/${playbook}/playbook.ts`;
  if (!ID.test(playbook) || !existsSync(new URL(listed, root))) throw new Error(`there is no playbook ${playbook}`);
  for (const [file, text] of Object.entries(files)) {
    await mkdir(new URL(".", new URL(file, root)), { recursive: true });
    // Never over somebody's work: "wx" refuses a file that exists.
    await writeFile(new URL(file, root), text, { flag: "wx" });
  }
  const edits = kind === "source" ? await enlistSource(root, id) : await enlist(root, kind, id, listed);
  return [
    ...Object.keys(files).map((file) => `made ${file}`),
    ...edits,
    "left to decide:",
    ...left.map((one) => `- ${one}`),
  ];
}

/** Adds the unit to the lists that name it; where a list is not found, the line says what to add by hand. */
async function enlist(root: URL, kind: Exclude<Kind, "source">, id: string, file: string): Promise<string[]> {
  if (kind === "signal") return [];
  if (kind === "playbook")
    return [await edit(root, file, "playbooks: readonly Playbook[] = ", id, kind, `./alarms/${id}/playbook.ts`)];
  if (kind === "writer")
    return [await edit(root, file, "WRITERS: readonly Writer[] = ", id, kind, `./${id}/writer.ts`)];
  const [module, list, vocabulary] = PLACES[kind];
  const done = await edit(root, file, `  ${list}: `, id, kind, `../../${module.replace("*", id)}`);
  return vocabulary ? [done, ...(await name(root, vocabulary, id))] : [done];
}

/** Adds a source to the list of them, and its questions to what playbooks may import. */
async function enlistSource(root: URL, id: string): Promise<string[]> {
  const list = "src/sources/descriptors.ts";
  const place = new URL(list, root);
  const listed = withEntry(await readFile(place, "utf8"), "SOURCES: readonly SourceDescriptor[] = ", constant(id));
  const path = `./${id}/descriptor.ts`;
  if (listed !== null) await writeFile(place, withImport(listed, `{ ${constant(id)} }`, path));
  const face = new URL("src/playbook.ts", root);
  await writeFile(face, withExport(await readFile(face, "utf8"), `./sources/${id}/questions.ts`));
  return [
    listed === null
      ? `add to ${list}: import { ${constant(id)} } from "${path}"; and ${constant(id)} in its list`
      : `listed in ${list} as ${constant(id)}; the order is that in which lbdoctor tells of its sources`,
    "its questions are passed on to the playbooks by src/playbook.ts",
  ];
}

async function edit(root: URL, file: string, opening: string, id: string, kind: Kind, path: string): Promise<string> {
  const place = new URL(file, root);
  const text = await readFile(place, "utf8");
  // Units of different kinds may share an id, and some ids are words of the language.
  const plain = camel(id);
  const taken =
    new RegExp(`^import ${plain} from|\\b(?:const|function) ${plain}\\b`, "m").test(text) || isReserved(plain);
  const unit = taken ? `${plain}${kind.charAt(0).toUpperCase()}${kind.slice(1)}` : plain;
  const withUnit = withEntry(text, opening, unit);
  if (withUnit === null) return `add to ${file}: import ${unit} from "${path}"; and ${unit} in its list`;
  await writeFile(place, withImport(withUnit, unit, path));
  return `listed in ${file} as ${unit}; the order is the order of the output`;
}

function isReserved(name: string): boolean {
  try {
    new Function(`"use strict"; const ${name} = 0;`);
    return false;
  } catch {
    return true;
  }
}

/** Adds a new word to the vocabulary; ids are stable from then on. */
async function name(root: URL, list: string, id: string): Promise<string[]> {
  const place = new URL("src/model/vocabulary.ts", root);
  const text = await readFile(place, "utf8");
  if (new RegExp(`${list} = \\[[^\\]]*"${id}"`).test(text)) return [];
  const named = withEntry(text, `${list} = `, `"${id}"`);
  if (named === null) return [`add "${id}" to ${list} in src/model/vocabulary.ts`];
  await writeFile(place, named);
  return [`added "${id}" to ${list} in src/model/vocabulary.ts; ids are stable once published`];
}

function asked(): { kind: Kind; id: string; playbook: string | undefined } {
  try {
    const { positionals, values } = parseArgs({ allowPositionals: true, options: { playbook: { type: "string" } } });
    const [wanted, id, ...more] = positionals;
    const kind = KINDS.find((one) => one === wanted);
    if (kind && id !== undefined && more.length === 0) return { kind, id, playbook: values.playbook };
  } catch {
    // An unknown option is answered like any other wrong word.
  }
  throw new Error(USAGE);
}

async function main(): Promise<number> {
  try {
    const { kind, id, playbook } = asked();
    console.log((await scaffold(new URL("..", import.meta.url), kind, id, playbook)).join("\n"));
    return 0;
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error));
    return 2;
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) process.exitCode = await main();
