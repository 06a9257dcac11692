// What is bundled into dist/: which packages, their licence texts, and the bill of materials.
import { readdir, readFile } from "node:fs/promises";

/** The packages that these files belong to, each by its folder: one may stand in two versions, the second inside another. */
export async function packagesOf(files) {
  const folders = files
    .map((file) => /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(file)?.[0])
    .filter(Boolean);
  const found = [...new Set(folders)].map(async (folder) => {
    const { name, version, license, author } = JSON.parse(await readFile(`${folder}/package.json`, "utf8"));
    return { folder, name, version, license, author: typeof author === "object" ? author.name : author };
  });
  const list = await Promise.all(found);
  return list.sort((a, b) => (`${a.name} ${a.version}` < `${b.name} ${b.version}` ? -1 : 1));
}

/** All licence texts as one file. Throws where a package has none: what is passed on must carry it. */
export async function licencesOf(packages) {
  const texts = packages.map(async (one) => `${one.name} ${one.version} (${one.license})\n\n${await licenceOf(one)}`);
  return (await Promise.all(texts)).join(`\n${"-".repeat(80)}\n\n`);
}

/** Its licence file; else the part of its README; else the text that its SPDX id stands for. */
async function licenceOf({ folder, name, license, author }) {
  const names = await readdir(folder);
  const file = names.find((entry) => /^(?:un)?licen[cs]e|^copying/i.test(entry));
  if (file) return readFile(`${folder}/${file}`, "utf8");
  const readme = names.find((entry) => /^readme/i.test(entry));
  const text = readme ? await readFile(`${folder}/${readme}`, "utf8") : "";
  // Only where the whole text stands there, which both of these licences require to be passed on.
  const part = /^#* *licen[cs]e *\n[\s\S]*(?:WITHOUT WARRANTY|WITHOUT WARRANTIES)[\s\S]*/im.exec(text)?.[0];
  if (part) return part;
  if (license === "Apache-2.0") return readFile("LICENSE", "utf8");
  if (license === "MIT" && author) return mit(author);
  throw new Error(`${name} (${license}) has no licence text, which has to lie beside what is bundled of it`);
}

/** SPDX, MIT: the year is not part of the licence where the holder states none. */
function mit(holder) {
  return `MIT License

Copyright (c) ${holder}

Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated documentation files (the "Software"), to deal in the Software without restriction, including without limitation the rights to use, copy, modify, merge, publish, distribute, sublicense, and/or sell copies of the Software, and to permit persons to whom the Software is furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all copies or substantial portions of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.
`;
}

/**
 * The bill of materials as CycloneDX 1.6 (JSON), with the hashes of the lock file. Without a time and a number of its own,
 * so that the same sources give the same bytes.
 */
export async function billOf(packages) {
  const own = JSON.parse(await readFile("package.json", "utf8"));
  const { packages: locked } = JSON.parse(await readFile("package-lock.json", "utf8"));
  const components = packages.map(({ folder, name, version, license }) => ({
    type: "library",
    "bom-ref": purlOf(name, version),
    name,
    version,
    purl: purlOf(name, version),
    licenses: [/[ ()]/.test(license) ? { expression: license } : { license: { id: license } }],
    ...hashesOf(locked[folder]?.integrity),
  }));
  const component = {
    type: "application",
    "bom-ref": purlOf(own.name, own.version),
    name: own.name,
    version: own.version,
    purl: purlOf(own.name, own.version),
    licenses: [{ license: { id: own.license } }],
  };
  const bill = { bomFormat: "CycloneDX", specVersion: "1.6", version: 1, metadata: { component }, components };
  return `${JSON.stringify(bill, null, 2)}\n`;
}

/** "pkg:npm/%40aws-sdk/client-sts@3.1169.0" (Package URL, npm) */
function purlOf(name, version) {
  return `pkg:npm/${name.replace("@", "%40")}@${version}`;
}

/** npm's integrity is "sha512-" and base64; CycloneDX wants hex. */
function hashesOf(integrity) {
  const [, base64] = /^sha512-(\S+)/.exec(integrity ?? "") ?? [];
  return base64 ? { hashes: [{ alg: "SHA-512", content: Buffer.from(base64, "base64").toString("hex") }] } : {};
}
