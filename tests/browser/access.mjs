// Whether everybody can use a page. In: a page that is open in the browser. Out: faults: what axe-core remarks on, where
// the keyboard does not lead or is not seen, text that does not fit when it is enlarged, motion that was not asked for.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
/** How many stops of the keyboard are tried from the top of a page. */
const STOPS = 40;

/** Of the rules of axe-core: those that depend on colours; those that depend on the place of a line's end. */
export const COLOURS = { type: "tag", values: ["cat.color"] };
export const TARGETS = { type: "rule", values: ["target-size"] };

/** What axe-core says of the page as it stands: by every rule but the experimental ones, and the size of targets; or by some. */
export async function axe(page, how, runOnly) {
  if (!(await page.evaluate(() => "axe" in globalThis))) await page.evaluate(AXE);
  const found = await page.evaluate(async (runOnly) => {
    const { violations } = await globalThis.axe.run(document, {
      resultTypes: ["violations"],
      ...(runOnly ? { runOnly } : { rules: { "target-size": { enabled: true } } }),
    });
    return violations.map(({ id, help, nodes }) => [id, help, nodes.length, nodes[0].html.slice(0, 120)]);
  }, runOnly);
  return found.map(([id, help, count, html]) => `axe ${how}: ${id}: ${help}, ${count} times: ${html}`);
}

/** The keyboard, as a reader without a mouse goes through the page. */
export async function keyboard(page) {
  const faults = [];
  await page.evaluate(() => {
    scrollTo(0, 0);
    document.activeElement?.blur();
  });
  await page.keyboard.press("Tab");
  const skip = await page.evaluate(focused);
  if (skip.at !== 0) faults.push(`the first stop of the keyboard is not the first link: ${skip.name}`);
  if (!skip.isSeen || skip.href !== "#main") faults.push(`the first stop of the keyboard is no visible link to #main: ${skip.name}`);
  await page.keyboard.press("Enter");
  if ((await page.evaluate(() => document.activeElement?.id)) !== "main") faults.push("the skip link does not lead to <main>");
  await page.keyboard.press("Tab");
  if (!(await page.evaluate(() => document.activeElement === document.body || document.activeElement.closest("main,.foot") !== null))) {
    faults.push("after the skip link, the keyboard is not behind the masthead");
  }
  await page.evaluate(() => {
    document.activeElement?.blur();
    scrollTo(0, 0);
  });
  await page.evaluate(() => getSelection().setPosition(document.body, 0));
  const total = await page.evaluate(() => document.querySelectorAll("a[href],button,input,select,textarea,summary").length);
  let before = -1;
  for (let n = 0; n < Math.min(STOPS, total); n++) {
    await page.keyboard.press("Tab");
    const stop = await page.evaluate(focused);
    // Behind the last stop the keyboard leaves the page.
    if (before === total - 1) break;
    // Places that scroll sideways are stops as well, and in no list.
    if (stop.at !== null && stop.at <= before) faults.push(`rule 84: the keyboard goes back from stop ${before} to ${stop.at}: ${stop.name}`);
    if (!stop.isSeen) faults.push(`what has the keyboard is not in view: ${stop.name}`);
    if (!stop.isOutlined) faults.push(`what has the keyboard is not outlined: ${stop.name}`);
    before = stop.at ?? before;
  }
  if (total > 0 && before < 0) faults.push("the keyboard reaches nothing");
  return faults;
}

/** Runs in the page: what has the keyboard, its place among all that can have it, and how one sees it. */
function focused() {
  const it = document.activeElement;
  const all = [...document.querySelectorAll("a[href],button,input,select,textarea,summary")].filter((it) => !it.disabled);
  const box = it.getClientRects()[0] ?? { top: -1, bottom: -1, left: -1, right: -1, width: 0 };
  const style = getComputedStyle(it);
  const at = all.indexOf(it);
  return {
    at: at < 0 ? null : at,
    name: `<${it.localName}> «${it.textContent.trim().slice(0, 40)}»`,
    href: it.getAttribute("href"),
    isSeen: box.width > 1 && box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
    isOutlined: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
  };
}

/** Runs in the page: its parts as a screen reader lists them. */
export function landmarks() {
  const faults = [];
  const inside = (it) => it.closest("article,section,main,aside,nav,figure,blockquote") !== null;
  const only = (name, found) => found.length === 1 || faults.push(`there are ${found.length} ${name}, not one`);
  only("banners", [...document.querySelectorAll("header")].filter((it) => !inside(it)));
  only("page footers", [...document.querySelectorAll("footer")].filter((it) => !inside(it)));
  for (const kind of ["nav", "aside"]) {
    const found = [...document.querySelectorAll(kind)];
    const names = found.map((it) => it.getAttribute("aria-label") ?? document.getElementById(it.getAttribute("aria-labelledby"))?.textContent);
    if (found.length > 1 && new Set(names).size < found.length) faults.push(`two <${kind}> have the same name, or none: ${names.join(", ")}`);
  }
  for (const section of document.querySelectorAll("[aria-labelledby]")) {
    const labels = section.getAttribute("aria-labelledby").split(/\s+/).map((id) => document.getElementById(id));
    if (!labels.every((it) => it?.textContent.trim())) faults.push(`a <${section.localName}> is labelled by nothing: ${section.getAttribute("aria-labelledby")}`);
  }
  for (const caption of document.querySelectorAll("figcaption")) {
    if (!/^.+:\s*$/.test(caption.querySelector(".hidden")?.textContent ?? "")) {
      faults.push(`a caption does not begin by saying to a screen reader that it is one: «${caption.textContent.trim().slice(0, 40)}»`);
    }
  }
  for (const it of document.querySelectorAll("[tabindex]")) {
    if (it.tabIndex > 0) faults.push(`a tabindex of ${it.tabIndex}: <${it.localName}>`);
  }
  return faults;
}

/** Runs in the page, for readers who want no motion: what moves all the same. */
export function motion() {
  const isMoving = (it) => {
    const style = getComputedStyle(it);
    return [style.transitionDuration, style.animationDuration].some((times) => times.split(",").some((time) => parseFloat(time) > 0));
  };
  const moving = [...document.querySelectorAll("*")].filter(isMoving);
  const faults = moving.slice(0, 3).map((it) => `<${it.localName} class="${it.className}"> moves, though motion is to be reduced`);
  if (getComputedStyle(document.documentElement).scrollBehavior === "smooth") faults.push("the page scrolls smoothly, though motion is to be reduced");
  return faults;
}

/** Text at twice its size: of the whole page (as a browser zooms) and of the letters alone. */
export async function enlarged(page, overflow) {
  const faults = [];
  await page.setViewportSize({ width: 640, height: 450 });
  faults.push(...(await page.evaluate(overflow)).map((it) => `zoomed to 200 %: ${it}`));
  await page.setViewportSize({ width: 1280, height: 900 });
  await page.evaluate(() => (document.documentElement.style.fontSize = "200%"));
  faults.push(...(await page.evaluate(overflow)).map((it) => `with letters of 200 %: ${it}`));
  await page.evaluate(() => (document.documentElement.style.fontSize = ""));
  return faults;
}
