// The mirror test (rule 83): a page set the other way round is its own mirror image. In: a page open in the browser.
// Out: faults: boxes that stand elsewhere than their mirror image, which means that something knows left from right.

/** What is no mirror image, and why. */
const NOT_MIRRORED = [
  // Within a line, words stand in the order that UAX #9 gives for the paragraph's direction; only blocks are compared.
  "p *, li > :not(ul,ol,p,div,article), dt *, dd *, h1 *, h2 *, h3 *, h4 *, h5 *, h6 *, figcaption *, th *, td *",
  // Runs and blocks with a direction of their own keep it.
  "[dir]:not(html) *",
  // The bars of a chart stand in an order that was written for the page's direction when the site was built.
  "svg *",
];

export async function mirror(page) {
  const boxes = await page.evaluate(measure, NOT_MIRRORED.join(","));
  await page.evaluate(() => (document.documentElement.dir = document.documentElement.dir === "rtl" ? "ltr" : "rtl"));
  const flipped = await page.evaluate(measure, NOT_MIRRORED.join(","));
  await page.evaluate(() => (document.documentElement.dir = document.documentElement.dir === "rtl" ? "ltr" : "rtl"));
  const faults = [];
  if (boxes.length < 10) faults.push("rule 83: there is next to nothing to mirror");
  for (const [at, [name, ...sides]] of boxes.entries()) {
    const by = Math.max(...sides.map((side, n) => Math.abs(side - flipped[at][n + 1])));
    if (by > 1) faults.push(`rule 83: mirrored, ${name} stands ${by.toFixed(1)} px elsewhere`);
  }
  // One misplaced box moves all that stands in it: the first of them say enough.
  return faults.slice(0, 4);
}

/** Runs in the page: every block's distance from the starting edge of the page and from its end. */
function measure(ignored) {
  const width = document.documentElement.clientWidth;
  const isRtl = document.documentElement.dir === "rtl";
  const all = [...document.body.querySelectorAll("*")].filter((it) => !it.matches(ignored));
  return all.flatMap((it) => {
    const display = getComputedStyle(it).display;
    if (display === "inline" || display === "contents" || it.getClientRects().length === 0) return [];
    const box = it.getBoundingClientRect();
    const name = `<${it.localName} class="${it.getAttribute("class") ?? ""}"> «${it.textContent.trim().replace(/\s+/g, " ").slice(0, 30)}»`;
    const [start, end] = isRtl ? [width - box.right, width - box.left] : [box.left, box.right];
    return [[name, start, end, box.top + scrollY, box.bottom + scrollY]];
  });
}
