// Bundles the command line, and what a program imports, into dist/ (or the folder that is named): two small entries, and
// one chunk for what each command alone needs. The published package has no dependencies to install; the licences of what
// is bundled, and its bill of materials, lie beside it.
import { execFileSync } from "node:child_process";
import { chmod, mkdir, readdir, rm, writeFile } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { billOf, licencesOf, packagesOf } from "./bundled.mjs";

/**
 * client-node does not say that its modules do nothing when they are loaded, so all of its generated API classes would come
 * along with the one class that is used (KubeConfig): 700 kB, and a third of a live start.
 */
const onlyWhatIsUsed = {
  name: "only-what-is-used",
  setup({ onResolve, resolve }) {
    onResolve({ filter: /./ }, async ({ path, importer, resolveDir, kind, pluginData }) => {
      if (pluginData === "resolved" || !`${importer} ${path}`.includes("@kubernetes/client-node")) return undefined;
      const resolved = await resolve(path, { resolveDir, kind, importer, pluginData: "resolved" });
      return resolved.path.includes("@kubernetes/client-node") ? { ...resolved, sideEffects: false } : resolved;
    });
  },
};

/** commander starts subcommands that are programs of their own, of which there are none; loading Node's part for it takes ms. */
const noProgramsOfCommander = {
  name: "no-programs-of-commander",
  setup({ onResolve }) {
    onResolve({ filter: /^node:child_process$/ }, ({ importer }) =>
      /[\\/]node_modules[\\/]commander[\\/]/.test(importer)
        ? { path: fileURLToPath(new URL("empty.mjs", import.meta.url)) }
        : undefined,
    );
  },
};

process.chdir(fileURLToPath(new URL("..", import.meta.url)));
const [out = "dist"] = process.argv.slice(2);
const { metafile } = await build({
  entryPoints: { lbdoctor: "src/cli/bin.ts", api: "src/published.ts" },
  outdir: out,
  // Flat, so that every chunk finds the package's files at the same place; see src/app/package.ts.
  chunkNames: "[name]-[hash]",
  bundle: true,
  splitting: true,
  minify: true,
  format: "esm",
  platform: "node",
  target: "node20.19",
  mainFields: ["module", "main"],
  legalComments: "none",
  metafile: true,
  logLevel: "warning",
  plugins: [onlyWhatIsUsed, noProgramsOfCommander],
  // Ink's hook for React's developer tools, which nobody has here, what node-fetch took for URL before Node 10, and the
  // transport of prometheus-query, in whose place is ours; and React without its checks for developers.
  alias: {
    "react-devtools-core": "./scripts/empty.mjs",
    "whatwg-url": "./scripts/empty.mjs",
    axios: "./src/sources/prometheus/axios.ts",
  },
  define: { "process.env.NODE_ENV": '"production"' },
  // Some of the bundled packages are CommonJS and call require() for parts of Node.
  banner: { js: 'import{createRequire as _cr}from"node:module";const require=_cr(import.meta.url);' },
});
const bin = join(out, "lbdoctor.js");
await chmod(bin, 0o755);
const bundled = await packagesOf(Object.keys(metafile.inputs));
await writeFile(join(out, "THIRD-PARTY-LICENSES.txt"), await licencesOf(bundled));
await writeFile(join(out, "sbom.cdx.json"), await billOf(bundled));
// The text of --help, made by the command that prints the same; see src/cli/bin.ts.
await writeFile(join(out, "help.txt"), execFileSync(process.execPath, [bin, "help"]));
// The manual page, of the same text: man/ lies beside dist/ in the package.
const manual = join(dirname(resolve(out)), "man");
await mkdir(manual, { recursive: true });
await writeFile(join(manual, "lbdoctor.1"), execFileSync(process.execPath, [bin, "man"]));
// Only now, so that a command line that runs meanwhile still finds its chunks.
const made = new Set([
  ...Object.keys(metafile.outputs).map((path) => basename(path)),
  "THIRD-PARTY-LICENSES.txt",
  "sbom.cdx.json",
  "help.txt",
]);
const old = (await readdir(out)).filter((name) => !made.has(name));
await Promise.all(old.map((name) => rm(join(out, name), { recursive: true })));
