// What is looked at in the browser on one page. In: a browser and an address. Out: a list of faults, each a sentence.
// A page is seen in light and dark, at four widths, enlarged, from the keyboard, with JavaScript and without.

import { COLOURS, TARGETS, axe, enlarged, keyboard, landmarks, motion } from "./access.mjs";
import { mirror } from "./mirror.mjs";
import { typography, unstyled } from "./type.mjs";

const WIDTHS = [320, 390, 820, 1440];
/** Lighthouse's phone. */
const PHONE = 412;
const MOST_REQUESTS = 6;
const MOST_BYTES = 50 * 1024;
// A day is never divided, so the list of a very busy one grows with its articles: what each beyond the first 500 may take.
const LISTED_FREE = 500;
const BYTES_LISTED = 40;
const CONTRAST = 4.5;

/**
 * Looks at a page; `seen` names what it is, `shots` a folder for pictures, or nothing. Not `thorough`, where only the language
 * is another than that of a page that was looked at thoroughly: in light and dark and at all widths, and no more.
 */
export async function look(browser, server, path, { shots, name, thorough = true }) {
  const faults = [];
  const said = [];
  const requests = [];
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, colorScheme: "light" });
  const page = await context.newPage();
  page.on("console", (message) => ["error", "warning"].includes(message.type()) && said.push(message.text()));
  page.on("pageerror", (error) => said.push(String(error)));
  page.on("requestfailed", (request) => said.push(`request failed: ${request.url()} ${request.failure()?.errorText}`));
  page.on("response", (response) => response.status() >= 400 && said.push(`status ${response.status()}: ${response.url()}`));
  page.on("request", (request) => requests.push(request));
  await page.goto(server.origin + encodeURI(path), { waitUntil: "load" });

  const weighed = weight(server, requests, await page.locator("main a").count());
  faults.push(...weighed.faults);
  const light = await page.evaluate(inspect, CONTRAST);
  faults.push(...light.faults.map((it) => `light: ${it}`));
  faults.push(...(await page.evaluate(landmarks)), ...(await page.evaluate(typography)), ...(await page.evaluate(unstyled)), ...(await axe(page, "light")));
  if (shots) await page.screenshot({ path: `${shots}/${name}-1440.png`, fullPage: true });
  await page.emulateMedia({ colorScheme: "dark" });
  const dark = await page.evaluate(inspect, CONTRAST);
  const structural = new Set(light.faults);
  faults.push(...dark.faults.filter((it) => !structural.has(it)).map((it) => `dark: ${it}`));
  faults.push(...(await axe(page, "dark", COLOURS)));
  if (light.shape !== dark.shape) faults.push("light and dark differ in more than colours");
  if (light.background === dark.background) faults.push(`light and dark have the same background ${light.background}`);
  if (shots) await page.screenshot({ path: `${shots}/${name}-1440-dark.png`, fullPage: true });
  await page.emulateMedia({ colorScheme: "light" });
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 900 });
    faults.push(...(await page.evaluate(overflow)));
    if (width !== 820 && thorough) faults.push(...(await mirror(page)).map((it) => `at ${width} px: ${it}`));
    if (shots && width === 390) await page.screenshot({ path: `${shots}/${name}-390.png`, fullPage: true });
    if (width === 390 && thorough) {
      faults.push(...(await axe(page, "light at 390 px")));
      await page.emulateMedia({ colorScheme: "dark" });
      faults.push(...(await axe(page, "dark at 390 px", COLOURS)));
      await page.emulateMedia({ colorScheme: "light" });
      await page.setViewportSize({ width: PHONE, height: 900 });
      faults.push(...(await axe(page, `at ${PHONE} px`, TARGETS)));
    }
  }
  if (thorough) {
    faults.push(...(await enlarged(page, overflow)));
    await page.emulateMedia({ reducedMotion: "reduce" });
    faults.push(...(await page.evaluate(motion)), ...(await keyboard(page)));
  }
  faults.push(...said.map((it) => `the browser says: ${it}`));
  await page.setViewportSize({ width: 1440, height: 900 });
  const links = await page.evaluate(references);
  const text = await page.evaluate(() => document.body.innerText);
  await context.close();

  if (thorough) faults.push(...(await withoutScripts(browser, server, path, text)));
  return { faults, links, bytes: weighed.bytes };
}

/** How much a first view takes, on a page with so many links: what of it is too much, the page alone and all but images. */
function weight(server, requests, nLinks) {
  const faults = [];
  const kinds = requests.map((it) => it.resourceType());
  if (kinds.includes("script")) faults.push("a script is loaded");
  const needed = requests.filter((it) => it.resourceType() !== "image");
  const bytesOf = (it) => server.bytes.get(decodeURIComponent(new URL(it.url()).pathname)) ?? 0;
  const bytes = needed.reduce((sum, it) => sum + bytesOf(it), 0);
  const most = MOST_BYTES + BYTES_LISTED * Math.max(0, nLinks - LISTED_FREE);
  if (bytes > most) faults.push(`the first view takes ${bytes} bytes without images, more than ${most}`);
  if (needed.length > MOST_REQUESTS) faults.push(`the first view takes ${needed.length} requests without images`);
  return { faults, bytes: { page: bytesOf(requests[0]), all: bytes } };
}

async function withoutScripts(browser, server, path, text) {
  const context = await browser.newContext({ javaScriptEnabled: false, viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  await page.goto(server.origin + encodeURI(path), { waitUntil: "load" });
  const without = await page.innerText("body");
  await context.close();
  const same = (it) => it.replace(/\s+/g, " ").trim();
  return same(without) === same(text) ? [] : ["the text is another without JavaScript"];
}

/** Runs in the page: everything that a look at the document can tell. */
function inspect(leastContrast) {
  const faults = [];
  const name = (element) => {
    const text = (element.textContent ?? "").trim().replace(/\s+/g, " ").slice(0, 40);
    return `<${element.localName}${element.className ? ` class="${element.getAttribute("class")}"` : ""}> «${text}»`;
  };
  const root = document.documentElement;
  const rtl = ["ar", "fa", "ur", "he"].includes(root.lang.split("-")[0]);
  if (!root.lang) faults.push("rule 1: <html> has no lang");
  if (root.dir !== (rtl ? "rtl" : "ltr")) faults.push(`rule 1: <html> has dir="${root.dir}" for ${root.lang}`);
  if (getComputedStyle(document.body).direction !== root.dir) faults.push("the body runs in another direction than <html>");
  if (!document.title.trim()) faults.push("there is no title");

  const headings = [...document.querySelectorAll("h1,h2,h3,h4,h5,h6")];
  const n_first = headings.filter((it) => it.localName === "h1").length;
  if (n_first !== 1) faults.push(`there are ${n_first} h1`);
  let level = 0;
  for (const heading of headings) {
    const next = Number(heading.localName[1]);
    if (next > level + 1) faults.push(`a heading jumps from level ${level} to ${next}: ${name(heading)}`);
    if (!heading.textContent.trim()) faults.push(`a heading is empty: ${heading.outerHTML.slice(0, 80)}`);
    level = next;
  }
  if (document.querySelectorAll("main").length !== 1) faults.push("there is not exactly one <main>");

  for (const script of document.querySelectorAll("script")) {
    if (script.type !== "application/ld+json") faults.push(`a script: ${script.outerHTML.slice(0, 80)}`);
  }
  for (const element of document.querySelectorAll("*")) {
    const handler = element.getAttributeNames().find((it) => it.startsWith("on"));
    if (handler) faults.push(`a script in ${handler}: ${name(element)}`);
  }
  for (const image of document.querySelectorAll("img")) {
    if (!image.hasAttribute("alt")) faults.push(`an image without alt: ${image.src}`);
    if (!image.getAttribute("width") || !image.getAttribute("height")) faults.push(`an image without size: ${image.src}`);
    const isNear = image.getBoundingClientRect().top < innerHeight || image.loading !== "lazy";
    if (isNear && image.complete && image.naturalWidth === 0) faults.push(`an image that does not load: ${image.src}`);
  }
  for (const link of document.querySelectorAll("a[href]")) {
    const label = link.textContent.trim() || link.getAttribute("aria-label") || link.querySelector("img[alt]")?.alt;
    if (!label && link.getClientRects().length > 0) faults.push(`a link without a name: ${link.getAttribute("href")}`);
  }
  const ids = [...document.querySelectorAll("[id]")].map((it) => it.id);
  for (const id of new Set(ids.filter((it, at) => ids.indexOf(it) !== at))) faults.push(`an id twice: ${id}`);

  // Colours as the browser computes them, mixed over what lies under them.
  const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const pixel = (colours) => {
    canvas.clearRect(0, 0, 1, 1);
    for (const colour of colours) {
      canvas.fillStyle = colour;
      canvas.fillRect(0, 0, 1, 1);
    }
    return [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3);
  };
  const under = (element) => {
    const colours = [];
    for (let it = element; it; it = it.parentElement) colours.unshift(getComputedStyle(it).backgroundColor);
    return ["Canvas", ...colours];
  };
  const luminance = (rgb) => {
    const [r, g, b] = rgb.map((it) => it / 255).map((it) => (it <= 0.04045 ? it / 12.92 : ((it + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const contrast = (a, b) => {
    const [dark, light] = [luminance(a), luminance(b)].sort((x, y) => x - y);
    return (light + 0.05) / (dark + 0.05);
  };
  const pairs = new Map();
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    const text = walker.currentNode.data.trim();
    if (!text || element.getClientRects().length === 0 || ["SCRIPT", "STYLE", "TITLE"].includes(element.tagName)) continue;
    const style = getComputedStyle(element);
    if (style.visibility === "hidden") continue;
    const colour = element.closest("svg") ? style.fill : style.color;
    const background = under(element);
    const key = `${colour} on ${background.filter((it) => it !== "rgba(0, 0, 0, 0)").join(", ")}`;
    if (pairs.has(key)) continue;
    const ground = pixel(background);
    pairs.set(key, contrast(pixel([...background, colour]), ground));
    const ratio = pairs.get(key);
    if (ratio < leastContrast) faults.push(`a contrast of ${ratio.toFixed(2)} (${colour} on rgb(${ground})): ${name(element)}`);
  }
  const boxes = [...document.body.querySelectorAll("*")].filter((it) => it.getClientRects().length > 0);
  return { faults, background: String(pixel(under(document.body))), shape: `${boxes.length}, ${root.scrollHeight}` };
}

/** Runs in the page: whether anything stands out at the side, or is cut off there. */
function overflow() {
  const root = document.documentElement;
  const width = root.clientWidth;
  const isOutside = (it) => {
    const box = it.getBoundingClientRect();
    return box.width > 1 && box.height > 1 && (box.left < -1 || box.right > width + 1);
  };
  const scrolls = (it) => it !== document.body && it !== root && ["auto", "scroll"].includes(getComputedStyle(it).overflowX);
  const isAside = (it) => ["absolute", "fixed"].includes(getComputedStyle(it).position);
  const above = (element, test) => {
    for (let it = element; it; it = it.parentElement) if (test(it)) return true;
    return false;
  };
  const outside = [...document.body.querySelectorAll("*")].filter(isOutside);
  const names = (elements) => elements.slice(0, 3).map((it) => `<${it.localName} class="${it.getAttribute("class") ?? ""}">`).join(", ");
  if (root.scrollWidth > width) return [`rule 86: at ${width} px the page is ${root.scrollWidth} px wide: ${names(outside)}`];
  const cut = outside.filter((it) => !above(it, scrolls) && !above(it, isAside));
  return cut.length > 0 ? [`rule 86: at ${width} px something is cut off at the side: ${names(cut)}`] : [];
}

/** Runs in the page: every address that it refers to, as written. */
function references() {
  const found = [];
  for (const element of document.querySelectorAll("[href],[src],[srcset],[poster],use")) {
    for (const attribute of ["href", "src", "poster"]) {
      const value = element.getAttribute(attribute);
      if (value !== null && element.getAttribute("rel") !== "preconnect") found.push(value);
    }
    for (const part of (element.getAttribute("srcset") ?? "").split(",")) {
      if (part.trim()) found.push(part.trim().split(/\s+/)[0]);
    }
  }
  for (const meta of document.querySelectorAll('meta[property="og:image"],meta[property="og:url"]')) found.push(meta.content);
  return [...new Set(found)];
}
