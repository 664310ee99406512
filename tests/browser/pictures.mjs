// Whether pages look as they did: small pictures of fixed pages, kept in `pictures/`, are compared with the pages of today.
// In: a browser, the program, the demo site. Out: a list of faults. `UPDATE=1` keeps the pictures of today instead.
//
// The site has the letters of a font package, whatever the machine has, and sets them by their true widths, however the
// machine hints; what is left of differences between machines is how the edges of letters are drawn. So squares of a
// picture are compared by their mean lightness and their mean hue: there, edges are little to lightness and next to
// nothing to hue, for most letters are grey; and a colour, a margin or a weight is something. That it is so is tried each
// time, with changes that must be seen clearly: what they do is well above what is tolerated.

import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { serve } from "./server.mjs";

const KEPT = fileURLToPath(new URL("pictures", import.meta.url));

const PAGES = {
  front: "/",
  article: "/2023/09/13/vostochny-summit.html",
  "article-with-picture": "/2023/10/13/thousand-containers.html",
  topic: "/topics/sanctions/",
  person: "/entities/kim-jong-un/",
  place: "/entities/vladivostok/",
  story: "/stories/far-east-summit/",
  edition: "/2023/09/13/",
  month: "/2023/09/",
  archive: "/archive/",
  names: "/entities/",
  missing: "/404.html",
};
/** Width of the window → how many of its pixels become one of the picture, and how much of the page is in it. */
const WINDOWS = { 390: { shrink: 3, most: 1500 }, 1440: { shrink: 4, most: 1600 } };
const SCHEMES = ["light", "dark"];
/** Letters that the font package lacks: each machine shows others in their place, or boxes of another width. */
const OTHER_LETTERS = /[\u0370-\u05FF\u0700-\u1FFF\u3000-\uD7FF]/gu;

/** The side of the squares that are compared, in pixels of a picture. */
const SQUARE = 8;
/** How far one square may be off, and all squares on average, of 255: in lightness, and in hue. */
const MOST = { light: { one: 13, all: 0.6 }, hue: { one: 5, all: 0.15 } };
/** By how much a change that must be seen has to exceed one of these. */
const CLEARLY = 1.5;
/** The pictures of a whole site together. */
const MOST_BYTES = 1024 * 1024;

/** What must be seen, each on a page that has it: a change of the style sheet. */
const CHANGES = [
  ["another accent", "front", 1440, ":root { --accent: #00594c !important }"],
  ["another paper", "front", 390, ":root { --paper: #ffffff !important }"],
  ["no rules above sections", "topic", 1440, ".label { border-color: transparent !important }"],
  ["a box without its ground", "front", 1440, ":root { --wash: var(--paper) !important }"],
  ["a doubled margin", "article", 390, ".prose > * + * { margin-block-start: 2.2em !important }"],
  ["a doubled gap", "names", 1440, ":root { --gap: 72px !important }"],
  ["thin headlines", "edition", 1440, "h1, h2, h3 { font-weight: 400 !important }"],
  ["closer lines", "article", 1440, ".prose { line-height: 1.6 !important }"],
  ["larger letters", "month", 390, "body { font-size: 1.2rem !important } .headlines li { font-size: 1.2rem !important }"],
  ["the other direction", "missing", 1440, ":root { direction: ltr !important }"],
  ["one column instead of two", "person", 1440, ".sided { display: block !important }"],
];

/** The demo site with letters that do not depend on the machine. */
function build(root, binary, work, now) {
  const site = join(work, "pictured");
  for (const name of ["content", "brief.yaml"]) cpSync(join(root, name), join(site, name), { recursive: true });
  for (const name of readdirSync(join(site, "content"), { recursive: true }).filter((it) => it.endsWith(".md"))) {
    const file = join(site, "content", name);
    writeFileSync(file, readFileSync(file, "utf8").replace(OTHER_LETTERS, "x"));
  }
  mkdirSync(join(site, "static/fonts"), { recursive: true });
  const require = createRequire(import.meta.url);
  const face = (family, name, weight, subset, range) => {
    const file = `${name}-${subset}-${weight}-normal.woff2`;
    cpSync(join(dirname(require.resolve(`@fontsource/${name}/package.json`)), "files", file), join(site, "static/fonts", file));
    return `@font-face { font-family: "${family}"; font-weight: ${weight}; src: url("fonts/${file}"); unicode-range: ${range} }`;
  };
  const faces = [["Pictured Sans", "noto-sans-arabic"], ["Pictured Naskh", "noto-naskh-arabic"]].flatMap(([family, name]) =>
    [400, 700].flatMap((weight) => [
      face(family, name, weight, "latin", "U+0-2FF, U+2000-200B, U+2010-2FFF"),
      face(family, name, weight, "arabic", "U+600-6FF, U+200C-200F, U+FB50-FDFF, U+FE70-FEFC"),
    ]),
  );
  const fonts = `:root:lang(ar) { --display: "Pictured Sans"; --text: "Pictured Naskh"; text-rendering: geometricPrecision }`;
  writeFileSync(join(site, "static/theme.css"), [...faces, fonts, ""].join("\n"));
  const out = join(work, "pictured-out");
  execFileSync(binary, ["build", "--root", site, "--out", out, "--now", now, "--quiet"], { stdio: ["ignore", "inherit", "inherit"] });
  return out;
}

/** Compares all pages; `shots` is a folder for the pictures that are not as they were. */
export async function comparePictures(browser, { root, binary, work, now, shots }) {
  const folder = build(root, binary, work, now);
  const server = await serve(folder);
  // Without the policy of the site, so that changes can be tried.
  const contexts = await Promise.all(SCHEMES.map((colorScheme) => browser.newContext({ colorScheme, bypassCSP: true, reducedMotion: "reduce" })));
  const scale = await browser.newPage();
  await scale.setContent("<!doctype html>");
  mkdirSync(KEPT, { recursive: true });
  const faults = [];
  const all = new Set();
  const one = async ([name, path], scheme, width) => {
    const faults = [];
    const file = `${name}-${width}-${scheme}.webp`;
    all.add(file);
    const page = await open(contexts[SCHEMES.indexOf(scheme)], server, path, width);
    const now = await picture(page, width);
    const kept = existsSync(join(KEPT, file)) ? readFileSync(join(KEPT, file)).toString("base64") : undefined;
    const found = await scale.evaluate(compare, [kept, now, WINDOWS[width].shrink, SQUARE]);
    const fault = judge(found);
    if (process.env.BRIEF_VERBOSE) console.log(`  ${file}: ${JSON.stringify(found.off)}`);
    if (fault && process.env.UPDATE) writeFileSync(join(KEPT, file), Buffer.from(found.small, "base64"));
    else if (fault) {
      if (shots) writeFileSync(join(shots, file), Buffer.from(found.small, "base64"));
      faults.push([path, `not as in tests/browser/pictures/${file}: ${fault}`]);
    }
    if (scheme === "light" && !process.env.UPDATE) {
      for (const change of CHANGES.filter(([, on, wide]) => on === name && String(wide) === width)) {
        faults.push(...(await unseen(scale, page, change, kept)).map((it) => [path, it]));
      }
    }
    await page.close();
    return faults;
  };
  for (const page of Object.entries(PAGES)) {
    for (const width of Object.keys(WINDOWS)) {
      faults.push(...(await Promise.all(SCHEMES.map((scheme) => one(page, scheme, width)))).flat());
    }
  }
  const files = readdirSync(KEPT);
  for (const file of files.filter((it) => !all.has(it))) faults.push([file, "a picture in tests/browser/pictures of no page"]);
  const bytes = files.reduce((sum, file) => sum + readFileSync(join(KEPT, file)).length, 0);
  if (bytes > MOST_BYTES) faults.push(["/", `the pictures take ${bytes} bytes, more than ${MOST_BYTES}`]);
  await scale.close();
  for (const context of contexts) await context.close();
  server.close();
  return { faults, nPictures: all.size, bytes };
}

async function open(context, server, path, width) {
  const page = await context.newPage();
  await page.setViewportSize({ width: Number(width), height: 900 });
  await page.goto(server.origin + encodeURI(path), { waitUntil: "load" });
  await page.evaluate(() => document.fonts.ready);
  return page;
}

/** The upper part of a page, as PNG. */
async function picture(page, width) {
  const height = await page.evaluate(() => document.documentElement.scrollHeight);
  const clip = { x: 0, y: 0, width: Number(width), height: Math.min(height, WINDOWS[width].most) };
  return (await page.screenshot({ fullPage: true, clip })).toString("base64");
}

/** What is to be said of a comparison, or nothing. */
function judge({ off }) {
  if (off.size) return off.size;
  for (const [what, most] of Object.entries(MOST)) {
    const { one, all, place } = off[what];
    if (one > most.one) return `the ${what} of the square at ${place.join(", ")} of the page is off by ${one.toFixed(1)} of 255`;
    if (all > most.all) return `its ${what} is off by ${all.toFixed(2)} of 255 on average`;
  }
  return undefined;
}

/** Whether a comparison says what no other machine's letters would make it say. */
function isClear({ off }) {
  const times = (what) => Math.max(off[what].one / MOST[what].one, off[what].all / MOST[what].all);
  return off.size !== undefined || Math.max(times("light"), times("hue")) >= CLEARLY;
}

/** Whether a change of the style sheet is taken for none. */
async function unseen(scale, page, [what, name, width, css], kept) {
  if (kept === undefined) return [];
  const style = await page.addStyleTag({ content: css });
  await page.evaluate(() => document.fonts.ready);
  const found = await scale.evaluate(compare, [kept, await picture(page, width), WINDOWS[width].shrink, SQUARE]);
  await style.evaluate((it) => it.remove());
  if (process.env.BRIEF_VERBOSE) console.log(`  with ${what}, ${name}-${width}: ${JSON.stringify(found.off)}`);
  return isClear(found) ? [] : [`the comparison of pictures does not clearly see ${what} (${name}, ${width} px)`];
}

/** Runs in a page: the picture of today made small, and how far the kept one is off. */
async function compare([kept, now, shrink, square]) {
  const load = async (type, base64) => createImageBitmap(await (await fetch(`data:image/${type};base64,${base64}`)).blob());
  const draw = (image, width, height) => {
    const canvas = Object.assign(document.createElement("canvas"), { width, height });
    const context = canvas.getContext("2d", { willReadFrequently: true });
    context.imageSmoothingQuality = "high";
    context.drawImage(image, 0, 0, width, height);
    return [canvas, context.getImageData(0, 0, width, height).data];
  };
  const today = await load("png", now);
  const [width, height] = [Math.round(today.width / shrink), Math.round(today.height / shrink)];
  const [canvas, pixels] = draw(today, width, height);
  const small = canvas.toDataURL("image/webp", 0.8).split(",")[1];
  if (kept === undefined) return { small, off: { size: "there is no such picture" } };
  const before = await load("webp", kept);
  // As the kept one was made, so that what its format loses is lost in both.
  const [, again] = draw(await load("webp", small), width, height);
  if (before.width !== width || Math.abs(before.height - height) > 2) {
    return { small, off: { size: `it was ${before.width} by ${before.height}, and is ${width} by ${height} pixels` } };
  }
  const [, old] = draw(before, before.width, before.height);
  const mean = (data, x, y) => {
    const sum = [0, 0, 0];
    for (let j = y; j < y + square; j++) {
      for (let i = x; i < x + square; i++) for (let c = 0; c < 3; c++) sum[c] += data[4 * (j * width + i) + c];
    }
    return sum.map((it) => it / (square * square));
  };
  const off = { light: { one: 0, all: 0, place: [0, 0] }, hue: { one: 0, all: 0, place: [0, 0] } };
  let n = 0;
  for (let y = 0; y + square <= Math.min(height, before.height); y += square) {
    for (let x = 0; x + square <= width; x += square) {
      const [a, b] = [mean(old, x, y), mean(again, x, y)];
      const [red, green, blue] = a.map((it, c) => it - b[c]);
      const light = 0.299 * red + 0.587 * green + 0.114 * blue;
      // As YCbCr has it: what is left of a colour without its lightness.
      const hue = Math.max(Math.abs(0.713 * (red - light)), Math.abs(0.564 * (blue - light)));
      n += 1;
      for (const [kind, by] of [[off.light, Math.abs(light)], [off.hue, hue]]) {
        kind.all += by;
        if (by > kind.one) Object.assign(kind, { one: by, place: [x * shrink, y * shrink] });
      }
    }
  }
  off.light.all /= n;
  off.hue.all /= n;
  return { small, off };
}
