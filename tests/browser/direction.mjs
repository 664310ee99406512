// The order in which text is seen (rule 82; in it rule 5, rule 9, rule 10, rule 11, rule 12, rule 13, rule 14, rule 15,
// rule 16 and rule 43), in Chromium: of 300 pages of the demo and of a real newsroom, and of 500 headlines
// and sentences of real news that mix directions, each alone and in lists. Raw text is the control: it must fail where
// it is known to be wrong.
//
// In, from the environment: BRIEF_BINARY, the program (else `target/debug/brief`); BRIEF_NEWS, the sources of a real
// newsroom (else `shared/data/newsroom-4days.tar.gz` beside this repository, if it is there); BRIEF_PAGES, how many pages.
// Out: every fault with its page, a summary, exit code 1 if there is a fault.

import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";
import { keepsOrder, measure } from "./order.mjs";
import { filesOf } from "./sample.mjs";
import { serve } from "./server.mjs";

const root = resolve(dirname(fileURLToPath(import.meta.url)), "../..");
const binary = process.env.BRIEF_BINARY ?? join(root, "target/debug/brief");
const work = mkdtempSync(join(tmpdir(), "brief-direction-"));
const PAGES = Number(process.env.BRIEF_PAGES ?? 300);
const STRINGS = 500;
const AT_ONCE = 4;
const require = createRequire(import.meta.url);
const oracle = readFileSync(require.resolve("bidi-js/dist/bidi.min.js"), "utf8");
const ORACLE = `globalThis.bidi_js ??= (() => { ${oracle}; return globalThis.bidi_js ?? bidi_js; })()`;
// One line for each paragraph, so that an order from left to right is the order on the page.
const ONE_LINE = "*, *::before, *::after { white-space: nowrap !important; text-wrap: nowrap !important }";

/** What raw text shows in a wrong order: the text and the part of it that is read otherwise. */
const WRONG = [
  ["يوم 2024-01-15", "2024-01-15"],
  ["هاتف +966 11 234 5678", "+966 11 234 5678"],
  ["هاتف 011-234-5678", "011-234-5678"],
  ["درجة -5 مئوية", "-5"],
  ["شركة Apple Inc. أمس", "Apple Inc."],
  ["لغة C++", "C++"],
  ["لغة C#", "C#"],
  ["وقال «Hello, world!» ثم", "Hello, world!"],
  ["رابط https://e.com/a/", "https://e.com/a/"],
  ["حساب @user هنا", "@user"],
  ["خيار --watch هنا", "--watch"],
  ["ملف /etc/hosts هنا", "/etc/hosts"],
  ["وزن 5 kg", "5 kg"],
  ["قوة 7.5 Mw", "7.5 Mw"],
];
/** Of a list that is read from the right, raw text shows the first item last. */
const LISTS = [["الأحزاب ANC, DA, EFF", "ANC", "DA"], ["بقلم John Smith – 12/9/2023", "John Smith", "12/9/2023"], ["عامي 2019،2020", "2019", "2020"]];

function build(site, name) {
  const out = join(work, `out-${name}`);
  execFileSync(binary, ["build", "--root", site, "--out", out, "--now", "2024-01-01T00:00:00Z", "--quiet"], { stdio: ["ignore", "ignore", "inherit"] });
  return out;
}

function newsroom() {
  if (process.env.BRIEF_NEWS) return resolve(process.env.BRIEF_NEWS);
  const archive = join(root, "../shared/data/newsroom-4days.tar.gz");
  if (!existsSync(archive)) return undefined;
  const site = join(work, "newsroom");
  mkdirSync(site);
  execFileSync("tar", ["-xzf", archive, "-C", site]);
  return site;
}

const isMixed = (text) => /\p{Script=Arabic}/u.test(text) && /[A-Za-z@+%$]|\d[-–/.:]\d/.test(text);

/** Headlines and sentences of a newsroom that mix directions, those with Latin letters first. */
function mixed(site) {
  const titles = new Set();
  const sentences = new Set();
  for (const path of filesOf(join(site, "content/articles")).filter((it) => it.endsWith(".md"))) {
    const text = readFileSync(join(site, "content/articles", path), "utf8");
    const [, front, body] = text.match(/^---\n([\s\S]*?)\n---\n([\s\S]*)$/) ?? [undefined, "", text];
    const title = front.match(/^title: *(.*)$/m)?.[1].replace(/^["']|["']$/g, "").replaceAll('\\"', '"') ?? "";
    if (isMixed(title)) titles.add(title);
    // Marks of Markdown would not come out as they are.
    for (const it of body.split(/\n+|(?<=[.؟!])\s/)) {
      if (isMixed(it) && it.length < 240 && !/[*_`<>[\]|\\#~&]|^\s*[-+\d]/.test(it)) sentences.add(it.trim());
    }
  }
  const byLatin = (set) => [...set].sort((a, b) => /[A-Za-z]/.test(b) - /[A-Za-z]/.test(a));
  const some = byLatin(titles).slice(0, STRINGS / 2);
  return [...some, ...byLatin(sentences).slice(0, STRINGS - some.length)];
}

/** A site on which each text is a headline, alone on its page and in lists, and the text of an article. */
function siteOf(texts) {
  const site = join(work, "strings");
  mkdirSync(join(site, "content/articles"), { recursive: true });
  writeFileSync(join(site, "brief.yaml"), "title: اختبار\nbase_url: https://example.org/\nlanguage: ar\ntimezone: Asia/Riyadh\n");
  texts.forEach((text, at) => {
    const day = String((at % 20) + 1).padStart(2, "0");
    const front = `title: ${JSON.stringify(text)}\nsummary: ${JSON.stringify(text)}\ndate: 2023-09-${day}\nslug: s${at}\ntopics: [كل]\n`;
    writeFileSync(join(site, `content/articles/s${at}.md`), `---\n${front}---\n\n${text}\n`);
  });
  return build(site, "strings");
}

/** Compares pages; adds to the counts and faults. */
async function compare(browser, folder, paths, total) {
  const server = await serve(folder);
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, bypassCSP: true });
  const one = async (path, page) => {
    await page.goto(server.origin + encodeURI(path), { waitUntil: "load" });
    await page.addStyleTag({ content: ONE_LINE });
    await page.evaluate(ORACLE);
    const { faults, nLines, nIslands } = await page.evaluate(measure);
    total.nPages += 1;
    total.nLines += nLines;
    total.nIslands += nIslands;
    total.faults.push(...faults.map((it) => `${path}: ${it}`));
  };
  const left = [...paths];
  const worker = async () => {
    const page = await context.newPage();
    for (let path = left.shift(); path !== undefined; path = left.shift()) await one(path, page);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  await context.close();
  server.close();
}

/** Every nth of a list, so that about `n` are left. */
const some = (list, n) => list.filter((_, at) => at % Math.max(1, Math.floor(list.length / n)) === 0).slice(0, n);

/** Raw text: it must be seen in the wrong order, or this test proves nothing. */
async function control(browser) {
  const page = await browser.newPage();
  const missed = [];
  const keeps = async (text, part) => {
    await page.setContent(`<html dir="rtl" lang="ar"><style>p { white-space: nowrap }</style><p></p></html>`);
    await page.evaluate((it) => (document.querySelector("p").textContent = it), text);
    return page.evaluate(keepsOrder, part);
  };
  for (const [text, part] of WRONG) if (await keeps(text, part)) missed.push(text);
  for (const [text, first, second] of LISTS) {
    const both = text.slice(text.indexOf(first), text.indexOf(second) + second.length);
    if (!(await keeps(text, both))) missed.push(text);
  }
  // What UAX #9 does not give must be found, too.
  await page.setContent(`<html dir="rtl" lang="ar"><style>p { unicode-bidi: bidi-override }</style><p>كيم 12 abc</p></html>`);
  await page.evaluate(ORACLE);
  const { faults } = await page.evaluate(measure);
  await page.close();
  if (faults.length === 0) missed.push("كيم 12 abc");
  return missed.map((text) => `the control is not found to be seen in the wrong order: «${text}»`);
}

const total = { nPages: 0, nLines: 0, nIslands: 0, faults: [] };
try {
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox", "--disable-gpu"] });
  // Pages that lead on show nothing.
  const isPage = (folder, path) => path.endsWith(".html") && !readFileSync(folder + path, "utf8").includes('http-equiv="refresh"');
  const htmlOf = (folder) => filesOf(folder).filter((it) => isPage(folder, it));
  const demo = build(root, "demo");
  const real = newsroom();
  await compare(browser, demo, some(htmlOf(demo), real ? PAGES / 3 : PAGES), total);
  if (real) {
    const out = build(real, "newsroom");
    await compare(browser, out, some(htmlOf(out), PAGES - total.nPages), total);
  }
  console.log(`pages: ${total.nPages}, lines of text: ${total.nLines}, islands: ${total.nIslands}, faults: ${total.faults.length}`);
  const texts = [...WRONG.map(([text]) => text), ...LISTS.map(([text]) => text), ...(real ? mixed(real) : [])];
  const strings = { nPages: 0, nLines: 0, nIslands: 0, faults: [] };
  const folder = siteOf(texts);
  await compare(browser, folder, htmlOf(folder).filter((it) => it.startsWith("/2023") || it.startsWith("/topics") || it === "/index.html"), strings);
  console.log(`texts: ${texts.length}, pages: ${strings.nPages}, lines of text: ${strings.nLines}, islands: ${strings.nIslands}, faults: ${strings.faults.length}`);
  if (strings.nIslands < WRONG.length) strings.faults.push("there are fewer islands than texts that need one");
  total.faults.push(...strings.faults, ...(await control(browser)));
  await browser.close();
} finally {
  rmSync(work, { recursive: true, force: true });
}
for (const fault of total.faults.slice(0, 40)) console.log(`  FAULT ${fault}`);
console.log(total.faults.length === 0 ? "every text is seen in its order" : `${total.faults.length} faults`);
process.exitCode = total.faults.length === 0 ? 0 : 1;
