// How letters stand on a page, by the numbers of the rules of direction and typography that tests/README.md lists.
// In: runs in the page. Out: a list of faults.

/** Runs in the page: what is computed for every run of Arabic text. */
export function typography() {
  const faults = new Set();
  const isArabic = (language) => ["ar", "fa", "ur"].includes(language.split("-")[0]);
  const name = (it) => `<${it.localName} class="${it.getAttribute("class") ?? ""}"> «${it.textContent.trim().slice(0, 30)}»`;
  const px = (value, style) => (value.endsWith("em") ? parseFloat(value) * parseFloat(style.fontSize) : parseFloat(value));
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const it = walker.currentNode.parentElement;
    if (!/\p{Script=Arabic}/u.test(walker.currentNode.data) || it.closest("script,style,svg") || it.getClientRects().length === 0) continue;
    const style = getComputedStyle(it);
    // A site in several languages knows whose its names are; in running text an editor may quote what he likes.
    const isKnown = document.querySelector(".languages") && !it.closest(".prose");
    if (isKnown && !isArabic(it.closest("[lang]").lang)) faults.add(`rule 4: Arabic letters in text of lang="${it.closest("[lang]").lang}": ${name(it)}`);
    const fault = (rule, text) => faults.add(`rule ${rule}: ${text}: ${name(it)}`);
    if (!["normal", "0px"].includes(style.letterSpacing)) fault(49, `letters set apart by ${style.letterSpacing}`);
    if (style.fontStyle !== "normal" || style.fontSynthesisStyle !== "none") fault(50, "slanted letters, or the leave to make them");
    if (style.textTransform !== "none") fault(51, `text-transform: ${style.textTransform}`);
    if (getComputedStyle(it, "::first-letter").fontSize !== style.fontSize) fault(51, "a first letter of its own size");
    if (style.textAlign === "justify" || style.hyphens === "auto") fault(52, "justified or hyphenated lines");
    if (style.wordBreak === "break-all" || style.overflowWrap === "anywhere") fault(55, "words that may break anywhere");
    // An underline is drawn by the element that has it, which may be further up.
    for (let above = it; above; above = above.parentElement) {
      const drawn = getComputedStyle(above);
      if (!drawn.textDecorationLine.includes("underline")) continue;
      const isClear = drawn.textDecorationSkipInk === "none" || px(drawn.textUnderlineOffset, drawn) >= 0.25 * parseFloat(drawn.fontSize);
      if (!isClear) fault(53, `an underline through the dots (offset ${drawn.textUnderlineOffset})`);
    }
    const isCode = it.closest("pre,code,kbd,samp,sup,sub") !== null;
    const ratio = parseFloat(style.lineHeight) / parseFloat(style.fontSize);
    const language = it.closest("[lang]").lang.split("-")[0];
    // Nastaliq hangs from line to line and needs more (rule 54 is about naskh).
    if (!isCode && ["ar", "fa"].includes(language)) {
      const heading = it.closest("h1,h2,h3,h4,h5,h6,.name");
      if (heading && ratio < 1.35) fault(54, `a heading with lines of ${ratio.toFixed(2)}`);
      const isRunning = it.closest(".prose p, .prose li") && !it.closest(".alert,.footnotes,table,blockquote");
      if (!heading && ratio < 1.55) fault(54, `small type with lines of ${ratio.toFixed(2)}`);
      if (isRunning && (ratio < 1.6 || ratio > 1.9)) fault(54, `running text with lines of ${ratio.toFixed(2)}`);
    }
    const clips = it.closest(".hidden") ? null : [it, it.parentElement].find((box) => ["hidden", "clip"].includes(getComputedStyle(box).overflowY));
    if (clips) fault(54, "a box that cuts what stands out of its lines");
  }
  // Marks are those of the language around a quotation, whatever the quotation itself is in.
  for (const [language, open] of [["ar", "«"], ["fa", "«"], ["he", "”"], ["ur", "“"], ["en", "“"]]) {
    const around = document.createElement("span");
    const quote = document.createElement("q");
    around.lang = language;
    around.append(quote);
    document.body.append(around);
    if (!getComputedStyle(quote).quotes.startsWith(`"${open}"`)) faults.add(`rule 47: ${getComputedStyle(quote).quotes} for <q> in text of lang="${language}"`);
    around.remove();
  }
  const isRtl = document.documentElement.dir === "rtl";
  for (const [selector, pseudo, arrow] of [[".newer .meta", "::after", isRtl ? "←" : "→"], [".older .meta", "::before", isRtl ? "→" : "←"],
    [".more a", "::after", isRtl ? "←" : "→"]]) {
    const it = document.querySelector(selector);
    if (it && !getComputedStyle(it, pseudo).content.includes(arrow)) faults.add(`rule 41: ${getComputedStyle(it, pseudo).content} instead of ${arrow} at ${selector}`);
  }
  const numbers = { arab: "arabic-indic", arabext: "persian" }[document.documentElement.dataset.numerals] ?? "decimal";
  for (const list of document.querySelectorAll(".prose ol")) {
    if (getComputedStyle(list).listStyleType !== numbers) faults.add(`rule 46: ${getComputedStyle(list).listStyleType} instead of ${numbers}: ${name(list)}`);
  }
  for (const item of document.querySelectorAll(".briefing ol > li, .edition > ol > li")) {
    const shown = getComputedStyle(item, "::before").content;
    const style = shown.match(/, ([\w-]+)\)/)?.[1] ?? "decimal";
    if (style !== numbers) faults.add(`rule 61: a number in other digits than ${numbers}: ${shown}`);
  }
  return [...faults];
}

/** Runs in the page: the direction of every element, with the style sheet and without (rule 81). */
export function unstyled() {
  const all = [...document.body.querySelectorAll("*")].filter((it) => !it.closest("svg"));
  const directions = () => all.map((it) => getComputedStyle(it).direction + getComputedStyle(it).unicodeBidi);
  const before = directions();
  const sheets = [...document.styleSheets];
  for (const sheet of sheets) sheet.disabled = true;
  const after = directions();
  for (const sheet of sheets) sheet.disabled = false;
  const changed = all.filter((_, at) => before[at] !== after[at]);
  return changed.slice(0, 3).map((it) => `rule 81: without the style sheet <${it.localName}> has another direction`);
}
