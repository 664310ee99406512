// Looks at built sites as a reader, a search engine and a validator do.
//
// In, from the environment: BRIEF_BINARY, the program (else `target/debug/brief`); BRIEF_DEMO, the built demo site (else
// it is built); BRIEF_NEWSROOM, the folder of a built real newsroom (else `shared/data/newsroom-4days.tar.gz` beside this
// repository is built, if it is there); BRIEF_SHOTS, a folder for pictures of every page.
// With names of sites as arguments («demo», «english» …, «pictures», «edits»), only at those.
// Out: every fault with its page, a summary, exit code 1 if there is a fault.

import { execFileSync } from "node:child_process";
import { appendFileSync, cpSync, existsSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";
import { baseOf, brokenData, deadLinks, heavyArticles, leadsTo, validate } from "./files.mjs";
import { lookAtEdits } from "./live.mjs";
import { look } from "./page.mjs";
import { comparePictures } from "./pictures.mjs";
import { ALWAYS, IN_EACH, LONG, byKind, filesOf, sample } from "./sample.mjs";
import { serve } from "./server.mjs";

const root = resolve(dirname(fileURLToPath(import.meta.url)), "../..");
const binary = process.env.BRIEF_BINARY ?? join(root, "target/debug/brief");
const work = mkdtempSync(join(tmpdir(), "brief-browser-"));
const NOW = "2024-01-01T00:00:00Z";

/** Builds a site in a folder; the output. */
function build(site, now = NOW) {
  execFileSync(binary, ["build", "--root", site, "--out", join(work, `out-${++nBuilt}`), "--now", now, "--quiet"], {
    stdio: ["ignore", "inherit", "inherit"],
  });
  return join(work, `out-${nBuilt}`);
}
let nBuilt = 0;

/** The demo site with short pages, other digits and a second calendar: every list has calendar pages. */
function demoInShortPages() {
  const site = join(work, "short");
  for (const name of ["content", "brief.yaml"]) cpSync(join(root, name), join(site, name), { recursive: true });
  appendFileSync(join(site, "brief.yaml"), "\nper_page: 3\nnumerals: arab\nmonths: dual\nsecond_calendar: umalqura\nassets: fingerprint\n");
  return build(site);
}

/** A site of the repository in the work folder, where a build leaves its state; its name there. */
function copyOf(path) {
  cpSync(join(root, path), join(work, "copy"), { recursive: true });
  return "copy";
}

/** A site in a language that runs the other way. */
function english() {
  const site = join(work, "english");
  execFileSync(binary, ["init", site, "--language", "en", "--timezone", "Europe/London", "--now", NOW, "--quiet"]);
  return build(site);
}

/** A real newsroom, or nothing. */
function newsroom() {
  if (process.env.BRIEF_NEWSROOM) return resolve(process.env.BRIEF_NEWSROOM);
  const archive = join(root, "../shared/data/newsroom-4days.tar.gz");
  if (!existsSync(archive)) return undefined;
  const site = join(work, "newsroom");
  mkdirSync(site);
  execFileSync("tar", ["-xzf", archive, "-C", site]);
  return build(site);
}

/** How many pages are looked at side by side. */
const AT_ONCE = 3;

/** Looks at one site; the number of its faults. */
async function lookAt(browser, name, folder, { expected, only, languages = [] }) {
  const started = Date.now();
  const files = filesOf(folder);
  const isOther = (path) => languages.some((it) => path.startsWith(`/${it}/`));
  const chosen = sample(folder, files.filter((path) => !isOther(path)));
  for (const language of languages) {
    for (const [kind, path] of sample(folder, files, `/${language}`)) chosen.set(`${language} ${kind}`, path);
  }
  const pages = [...chosen].filter(([kind]) => !only || only.includes(kind));
  const missing = expected.filter((kind) => !chosen.has(kind));
  const { faults: heavy, heaviest } = heavyArticles(folder, byKind(folder, files).get("article") ?? []);
  // Of a site in several languages, the front page and an article of each, and the rest as in the demo but for its language.
  const isThorough = (kind) => languages.length === 0 || /\b(front|article)$/.test(kind);
  // The checker of HTML works while the browser waits.
  const [seen, invalid] = await Promise.all([
    inBrowser(browser, name, folder, files, pages, isThorough),
    validate(folder, pages.map(([, path]) => path)),
  ]);
  const faults = [
    ...missing.map((kind) => [name, `there is no page of the kind «${kind}»`]),
    ...seen.faults,
    ...heavy,
    ...brokenData(folder, files),
    ...invalid,
  ];
  const seconds = ((Date.now() - started) / 1000).toFixed(1);
  console.log(`${name}: ${pages.length} pages of ${files.length} files, ${faults.length} faults, ${seconds} s`);
  console.log(`  heaviest article of up to 800 words: ${heaviest} bytes gzipped`);
  console.log("  bytes gzipped, of the page and of its first view without images:");
  for (const [kind, path] of pages) {
    const { page = "", all = "" } = seen.bytes.get(path) ?? {};
    console.log(`  ${String(page).padStart(6)} ${String(all).padStart(6)}  ${kind}: ${path}`);
  }
  report(faults);
  return faults.length;
}

/** The faults of pages as the browser sees them, each with its page; how much each page weighs. */
async function inBrowser(browser, name, folder, files, pages, isThorough) {
  const base = baseOf(folder);
  const server = await serve(folder);
  const shots = process.env.BRIEF_SHOTS;
  if (shots) mkdirSync(shots, { recursive: true });
  const faults = [];
  const bytes = new Map();
  const one = async ([kind, path]) => {
    const dead = (links) => deadLinks(folder, files, base, path, links);
    if (kind === "redirect") return dead(leadsTo(folder, path)).map((it) => [path, it]);
    const seen = await look(browser, server, path, {
      shots,
      name: `${name}-${kind}`.replaceAll(/[^a-z]+/g, "-"),
      thorough: isThorough(kind),
    });
    bytes.set(path, seen.bytes);
    return [...seen.faults, ...dead(seen.links)].map((it) => [path, it]);
  };
  for (let at = 0; at < pages.length; at += AT_ONCE) {
    faults.push(...(await Promise.all(pages.slice(at, at + AT_ONCE).map(one))).flat());
  }
  server.close();
  return { faults, bytes };
}

/** A new site while it is edited; the number of its faults. */
async function edits(browser) {
  const site = join(work, "edited");
  execFileSync(binary, ["init", site, "--now", NOW, "--quiet"]);
  const faults = await lookAtEdits(browser, binary, site, process.env.BRIEF_SHOTS);
  console.log(`edits on screen: ${faults.length} faults`);
  report(faults);
  return faults.length;
}

/** The demo site beside the pictures of it that are kept; the number of its faults. */
async function pictures(browser) {
  const shots = process.env.BRIEF_SHOTS;
  if (shots) mkdirSync(shots, { recursive: true });
  const { faults, nPictures, bytes } = await comparePictures(browser, { root, binary, work, now: NOW, shots });
  console.log(`kept pictures: ${nPictures} of ${bytes} bytes, ${faults.length} faults`);
  report(faults);
  return faults.length;
}

/** Each fault once, with the pages that have it. */
function report(faults) {
  const pages = new Map();
  for (const [page, fault] of faults) pages.set(fault, [...(pages.get(fault) ?? []), page]);
  for (const [fault, where] of pages) {
    const more = where.length > 3 ? ` and ${where.length - 3} more` : "";
    console.log(`  FAULT ${fault}\n    on ${where.slice(0, 3).join(" ")}${more}`);
  }
}

let nFaults = 0;
try {
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
      "--disable-component-update", "--disable-sync"],
  });
  const isMeant = (name) => process.argv.length < 3 || process.argv.slice(2).includes(name);
  const at = async (name, site, options) => {
    const folder = isMeant(name) && site();
    if (folder) nFaults += await lookAt(browser, name, folder, options);
  };
  await at("demo", () => process.env.BRIEF_DEMO ?? build(root), { expected: ALWAYS });
  await at("demo in short pages", demoInShortPages, {
    expected: LONG,
    only: [...LONG, "topic by day", "entity by day", "front", "topic", "entity: person", "article"],
  });
  await at("english", english, { expected: ["front", "article", "day"] });
  await at("newsroom", newsroom, { expected: ["front", "article", "day", ...LONG.slice(0, 4)] });
  // Arabic, and under their own addresses English, Persian, Urdu and Hebrew.
  const languages = ["en", "fa", "ur", "he"];
  await at("five languages", () => build(join(work, copyOf("tests/cases/five-languages"))), {
    expected: [...IN_EACH, ...languages.flatMap((it) => IN_EACH.map((kind) => `${it} ${kind}`))],
    languages,
  });
  if (isMeant("pictures")) nFaults += await pictures(browser);
  if (isMeant("edits")) nFaults += await edits(browser);
  await browser.close();
} finally {
  rmSync(work, { recursive: true, force: true });
}
console.log(nFaults === 0 ? "no faults" : `${nFaults} faults`);
process.exitCode = nFaults === 0 ? 0 : 1;
