import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { filesUnder, writeExamples } from "../../scripts/write-examples.ts";
import { BIN, complaint, emptyFolder, lbdoctor } from "../cli/lbdoctor.ts";
import { everyString } from "../output/every-string.ts";
import { written } from "../output/postmortem/solved.ts";
import { session } from "../output/session.ts";

const EXAMPLES = fileURLToPath(new URL("../../examples", import.meta.url));
const CHROMIUM = "/usr/bin/chromium";
const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];
const INCIDENTS = ["worker-ceiling", "clumping", "fleet-long-poll"] as const;

const made = mkdtempSync(join(tmpdir(), "lbdoctor-postmortem-"));
let browser: Browser;

beforeAll(async () => {
  if (!existsSync(CHROMIUM)) throw new Error(`${CHROMIUM} is missing; on Debian: apt-get install -y chromium`);
  browser = await chromium.launch({ executablePath: CHROMIUM, args: FLAGS });
  writeExamples(BIN, made);
});
afterAll(async () => {
  await browser?.close();
  rmSync(made, { recursive: true });
});

/** A page in a scheme of colours, and everything that went wrong in it or that it asked the network for. */
async function opened(
  url: string,
  colorScheme: "light" | "dark" = "light",
): Promise<{ page: Page; trouble: string[] }> {
  const page = await browser.newPage({ viewport: { width: 1000, height: 1200 }, colorScheme });
  const trouble: string[] = [];
  page.on("console", (message) => message.type() === "error" && trouble.push(message.text()));
  page.on("pageerror", (error) => trouble.push(error.message));
  page.on("dialog", (dialog) => trouble.push(`dialog ${dialog.message()}`));
  page.on("request", (request) => request.url() !== url && trouble.push(`asked for ${request.url()}`));
  await page.goto(url);
  return { page, trouble };
}

/** What an expression comes to inside the page. It is text, since the browser's types are not those of this program. */
function inPage<T>(page: Page, expression: string): Promise<T> {
  return page.evaluate<T>(expression);
}

/** Luminance contrast of two colours as WCAG 2 defines it. */
function contrast(one: readonly number[], other: readonly number[]): number {
  const luminance = (rgb: readonly number[]) => {
    const [red = 0, green = 0, blue = 0] = rgb.map((value) => {
      const share = value / 255;
      return share <= 0.03928 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

const rgb = (color: string) => (color.match(/\d+/g) ?? []).slice(0, 3).map(Number);

describe("the examples", () => {
  it("are what the one command makes today", () => {
    const kept = filesUnder(EXAMPLES).filter((path) => INCIDENTS.some((incident) => path.startsWith(incident)));
    expect(kept).toEqual(filesUnder(made));
    for (const path of filesUnder(made))
      expect(readFileSync(join(EXAMPLES, path), "utf8"), `${path} is old: npm run examples`).toBe(
        readFileSync(join(made, path), "utf8"),
      );
  });

  it.each(INCIDENTS)(
    "%s: every picture opens in Chromium as valid XML, with its text alternatives",
    async (incident) => {
      const pictures = filesUnder(join(made, incident));
      expect(pictures.length).toBeGreaterThanOrEqual(3);
      for (const picture of pictures) {
        const { page, trouble } = await opened(pathToFileURL(join(made, incident, picture)).href);
        const found = await inPage<{ labels: number[] }>(
          page,
          `({
          root: document.documentElement.tagName,
          role: document.documentElement.getAttribute("role"),
          labels: (document.documentElement.getAttribute("aria-labelledby") ?? "").split(" ")
            .map((id) => document.getElementById(id)?.textContent.length ?? 0),
          broken: document.querySelector("parsererror")?.textContent ?? null,
        })`,
        );
        expect(found, picture).toMatchObject({ root: "svg", role: "img", broken: null });
        expect(
          found.labels.every((length) => length > 20),
          picture,
        ).toBe(true);
        expect(trouble, picture).toEqual([]);
        await page.close();
      }
    },
  );

  it.each(["light", "dark"] as const)(
    "can be read in %s: text and lines stand out from the picture's own ground",
    async (scheme) => {
      for (const incident of INCIDENTS)
        for (const picture of filesUnder(join(made, incident))) {
          const { page } = await opened(pathToFileURL(join(made, incident, picture)).href, scheme);
          const seen = await inPage<{ ground: string; texts: string[]; lines: string[] }>(
            page,
            `({
            ground: getComputedStyle(document.querySelector(".bg")).fill,
            texts: [...document.querySelectorAll("text")].map((element) => getComputedStyle(element).fill),
            lines: [...document.querySelectorAll(".line")].map((element) => getComputedStyle(element).stroke),
          })`,
          );
          for (const color of seen.texts)
            expect(contrast(rgb(color), rgb(seen.ground)), `${picture} text`).toBeGreaterThan(4.5);
          for (const color of seen.lines)
            expect(contrast(rgb(color), rgb(seen.ground)), `${picture} line`).toBeGreaterThan(3);
          await page.close();
        }
    },
  );

  it("is one page that asks the network for nothing and has all sections, figures and links", async () => {
    const { page, trouble } = await opened(pathToFileURL(join(made, "worker-ceiling.html")).href);
    const found = await inPage<{ headings: string[] }>(
      page,
      `({
        headings: [...document.querySelectorAll("body > section > h2")].map(({ textContent }) => textContent),
        figures: document.querySelectorAll("figure svg").length,
        dead: [...document.querySelectorAll("a")].map(({ hash }) => hash)
          .filter((hash) => document.getElementById(hash.slice(1)) === null),
        twice: [...document.querySelectorAll("[id]")].map(({ id }) => id)
          .filter((id, index, all) => all.indexOf(id) !== index),
        wide: document.documentElement.scrollWidth - document.documentElement.clientWidth,
      })`,
    );
    const markdown = readFileSync(join(made, "worker-ceiling.md"), "utf8");
    expect(found.headings).toEqual([...markdown.matchAll(/^## (.+)$/gm)].map(([, title]) => title));
    expect(found).toMatchObject({ figures: 5, dead: [], twice: [], wide: 0 });
    expect(trouble).toEqual([]);
    await page.close();
  });
});

describe("on paper", () => {
  it("is about four pages, the annex closed", async () => {
    const { page } = await opened(pathToFileURL(join(made, "worker-ceiling.html")).href);
    const pdf = await page.pdf({ preferCSSPageSize: true });
    const pages = pdf.toString("latin1").match(/\/Type\s*\/Page(?!s)/g)?.length ?? 0;
    expect(pages).toBeGreaterThan(1);
    expect(pages).toBeLessThanOrEqual(4);
    await page.close();
  });

  it("opens the part of the annex that a link leads into", async () => {
    const { page } = await opened(pathToFileURL(join(made, "worker-ceiling.html")).href);
    const target = page.locator("#pod-cpuplateau");
    expect(await target.isVisible()).toBe(false);
    await page.locator('a[href="#pod-cpuplateau"]').first().click();
    await target.waitFor({ state: "visible" });
    await page.close();
  });
});

it("a page made of hostile text runs nothing, loads nothing and looks the same to Chromium", async () => {
  const payload = `</script></svg></style><script>alert(1)</script><img src="https://evil.example/x" onerror=alert(2)><svg onload=alert(3)>`;
  const shown = new Set([
    "alarmName",
    "statement",
    "because",
    "claim",
    "headline",
    "summary",
    "name",
    "what",
    "remedy",
    "description",
  ]);
  const dirty = everyString(session(), (text, key) => (shown.has(key) ? text + payload : text));
  const file = join(made, "hostile.html");
  writeFileSync(file, written(dirty, "html").get("incident.html") ?? "");
  const { page, trouble } = await opened(pathToFileURL(file).href);
  const counts = await inPage(
    page,
    `[document.scripts.length, document.images.length, document.querySelectorAll("section").length]`,
  );
  const sections = (written(session(), "html").get("incident.html") ?? "").match(/<section /g)?.length ?? 0;
  expect(sections).toBeGreaterThan(10);
  expect(counts).toEqual([0, 0, sections]);
  expect(await page.locator("h1").textContent()).toContain("<script>alert(1)</script>");
  expect(trouble).toEqual([]);
  await page.close();
  rmSync(file);
});

describe("the diagram", () => {
  /** Mermaid's own bundle for browsers. */
  const bundle = () => {
    try {
      return createRequire(import.meta.url).resolve("mermaid/dist/mermaid.min.js");
    } catch {
      throw new Error("the mermaid package is missing; npm install --save-dev mermaid");
    }
  };
  const diagramOf = (markdown: string) => /^```mermaid\n([\s\S]*?)\n```$/m.exec(markdown)?.[1] ?? "";

  async function drawn(code: string): Promise<{ text: string; links: number }> {
    const page = await browser.newPage();
    await page.addScriptTag({ path: bundle() });
    const result = await inPage<{ text: string; links: number }>(
      page,
      `(async (source) => {
        mermaid.initialize({ startOnLoad: false, securityLevel: "strict" });
        await mermaid.parse(source);
        document.body.innerHTML = (await mermaid.render("path", source)).svg;
        const labels = [...document.querySelectorAll(".nodeLabel, .edgeLabel")].map(({ textContent }) => textContent);
        return { text: labels.join(" "), links: document.body.querySelectorAll("a, script, img").length };
      })(${JSON.stringify(code)})`,
    );
    await page.close();
    return result;
  }

  it.each(INCIDENTS)("of %s is drawn by Mermaid itself, with every hop", async (incident) => {
    const { text } = await drawn(diagramOf(readFileSync(join(made, `${incident}.md`), "utf8")));
    for (const hop of ["load balancer", "node", "pod"]) expect(text).toContain(hop);
  });

  it("of hostile text is drawn as text, without a link or an element of its own", async () => {
    const payload = `"]; click hop0 href "javascript:alert(1)"; %% <img src=x onerror=alert(1)> \`**b**\` #quot; end`;
    const hops = [{ at: `pod ${payload}`, picks: `one ${payload}`, sees: "", blind: "" }];
    const topology = {
      targetType: "ip",
      targets: [],
      healthy: 0,
      algorithm: null,
      stickiness: null,
      crossZone: null,
      deregistrationDelay: null,
      slowStart: null,
      idleTimeout: null,
      path: hops,
    } as const;
    const { facts } = session();
    const markdown = written(session({ facts: { ...facts, topology } })).get("incident.md") ?? "";
    const { text, links } = await drawn(diagramOf(markdown));
    expect(links).toBe(0);
    expect(text.replace(/\s+/g, "")).toContain(payload.replace(/\s+/g, ""));
  });
});

describe("lbdoctor postmortem", () => {
  const state = emptyFolder();
  const out = join(made, "kept", "my incident.md");
  const run = (...words: string[]) => lbdoctor(["postmortem", ...words], { state });

  beforeAll(async () => {
    const { alarm } = JSON.parse(readFileSync("fixtures/fleet-long-poll/manifest.json", "utf8"));
    await lbdoctor(["investigate", alarm, "--fixture", "fixtures/fleet-long-poll"], { state });
  });

  it("writes the newest session's document and pictures, and says where on standard output alone", async () => {
    expect(await run("--out", out)).toEqual({ code: 0, stdout: `${out}\n`, stderr: "" });
    expect(readFileSync(out, "utf8")).toContain("](my%20incident/alarm-metric.svg)");
    expect(existsSync(join(made, "kept", "my incident", "alarm-metric.svg"))).toBe(true);
  });

  it("writes again over what nobody has edited", async () => {
    expect((await run("--out", out, "--redact")).code).toBe(0);
    expect(readFileSync(out, "utf8")).not.toContain("fleet-server-prod");
    expect((await run("--out", out)).code).toBe(0);
    expect(readFileSync(out, "utf8")).toContain("fleet-server-prod");
  });

  it("refuses to lose what somebody has edited, and says so where it is forced", async () => {
    const edited = readFileSync(out, "utf8").replace("TODO: who waited", "two teams waited");
    writeFileSync(out, edited);
    const refused = await run("--out", out);
    expect(refused.code).toBe(2);
    expect(complaint(refused)).toBe(
      `lbdoctor: ${out} has been edited since lbdoctor wrote it; give another --out, or --force to replace it and lose the edits`,
    );
    expect(readFileSync(out, "utf8")).toBe(edited);
    const forced = await run("--out", out, "--force");
    expect(forced).toMatchObject({ code: 0, stderr: `lbdoctor: replaced ${out}, which had been edited\n` });
    expect(readFileSync(out, "utf8")).not.toContain("two teams waited");
  });

  it("fills a house style, and names a template that it cannot read", async () => {
    const template = join(made, "house.md");
    writeFileSync(template, "# House\n\n{{summary}}\n");
    const filled = await run("--template", template, "--out", "-");
    expect(filled.stdout).toMatch(/^# House\n\n\*\*fleet-server-prod holds requests open/);
    const missing = await run("--template", join(made, "none.md"));
    expect(missing.code).toBe(2);
    expect(complaint(missing)).toMatch(/^lbdoctor: --template .*none\.md: there is no such file/);
    rmSync(template);
  });
});
