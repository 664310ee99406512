// The order of characters on a page. Runs in the page, with `bidi-js` (an implementation of UAX #9 of its own) at hand.
// Out: how many lines of text were compared, how many islands, and every one that is not as it should be.
//
// For each line of text the characters are sorted by where they are seen, and compared with the order that UAX #9 gives
// for the text with the isolates of the document. Of each island from left to right (`<bdi dir=ltr>`, addresses, code)
// the characters must be seen one after the other as they are read.

/** Runs in the page. */
export function measure() {
  const bidi = globalThis.bidi_js();
  const faults = [];
  let nLines = 0;
  let nIslands = 0;
  const range = document.createRange();
  const OPEN = { ltr: "\u2066", rtl: "\u2067" };

  /** Paragraphs of the inline content of a block: characters with the boxes in which they are seen. */
  function paragraphs(block) {
    const found = [];
    let chars = [];
    const flush = () => {
      if (chars.some((it) => it.x !== undefined)) found.push({ chars, dir: getComputedStyle(block).direction });
      chars = [];
    };
    const control = (c) => chars.push({ c });
    const generated = (element, which) => {
      const content = getComputedStyle(element, which).content;
      if (content.startsWith('"')) for (const c of content.slice(1, -1)) control(c);
    };
    const walk = (element, isolates) => {
      generated(element, "::before");
      for (const node of element.childNodes) {
        if (node.nodeType === Node.TEXT_NODE) text(node, isolates);
        if (node.nodeType !== Node.ELEMENT_NODE) continue;
        const style = getComputedStyle(node);
        if (style.display === "none" || ["absolute", "fixed"].includes(style.position) || style.float !== "none") continue;
        if (node.localName === "br") {
          flush();
          for (const it of isolates) control(OPEN[getComputedStyle(it).direction]);
        } else if (style.display === "inline" && !["img", "input", "svg"].includes(node.localName)) {
          const isIsolated = style.unicodeBidi.includes("isolate");
          if (isIsolated) control(OPEN[style.direction]);
          walk(node, isIsolated ? [...isolates, node] : isolates);
          if (isIsolated) control("\u2069");
        } else if (style.display.startsWith("inline")) control("\uFFFC");
        else flush();
      }
      generated(element, "::after");
    };
    const text = (node, isolates) => {
      const string = node.data;
      for (let at = 0; at < string.length; at++) {
        range.setStart(node, at);
        range.setEnd(node, at + 1);
        const box = range.getBoundingClientRect();
        const c = string[at];
        // White space that is folded away, marks and joiners take no room.
        const isSeen = box.width > 0.01 && !/[\p{M}\p{Cf}]/u.test(c) && !(c >= "\uDC00" && c <= "\uDFFF");
        if (box.width <= 0.01 && /\s/.test(c)) continue;
        const char = { c: /\s/.test(c) ? " " : c, isolates };
        if (isSeen) char.x = (box.left + box.right) / 2;
        chars.push(char);
      }
    };
    walk(block, []);
    flush();
    return found;
  }

  function compare({ chars, dir }) {
    const string = chars.map((it) => it.c).join("");
    const { levels } = bidi.getEmbeddingLevels(string, dir);
    const order = chars.map((_, at) => at);
    for (const [from, to] of bidi.getReorderSegments(string, { levels, paragraphs: [{ start: 0, end: string.length - 1, level: dir === "rtl" ? 1 : 0 }] })) {
      const part = order.slice(from, to + 1).reverse();
      order.splice(from, part.length, ...part);
    }
    const expected = order.filter((at) => chars[at].x !== undefined);
    const seen = [...expected].sort((a, b) => chars[a].x - chars[b].x);
    nLines += 1;
    const shown = (list) => list.map((at) => chars[at].c).join("");
    if (seen.some((at, position) => at !== expected[position])) {
      faults.push(`another order than UAX #9: «${shown(seen)}», not «${shown(expected)}»`);
    }
    islands(chars, seen, shown);
  }

  /** Every island keeps its order, and nothing stands within it. */
  function islands(chars, seen, shown) {
    const found = new Set(chars.flatMap((it) => it.isolates ?? []).filter((it) => it.dir === "ltr"));
    for (const island of found) {
      const own = chars.map((_, at) => at).filter((at) => chars[at].x !== undefined && chars[at].isolates?.includes(island));
      if (own.some((at) => /[\p{Script=Arabic}\p{Script=Hebrew}]/u.test(chars[at].c))) continue;
      nIslands += 1;
      const first = seen.indexOf(own[0]);
      if (own.some((at, position) => seen[first + position] !== at)) {
        faults.push(`an island out of order: «${shown(own)}» is seen as «${shown(seen.filter((at) => own.includes(at)))}»`);
      }
    }
  }

  for (const block of document.querySelectorAll("body, body *")) {
    const style = getComputedStyle(block);
    const isOpen = block.closest("svg, script, style, template, [hidden]") === null;
    if (!isOpen || style.display === "inline" || style.display === "none" || style.display === "contents") continue;
    paragraphs(block).forEach(compare);
  }
  return { faults, nLines, nIslands };
}

/** Whether a part of a text, alone in a paragraph from right to left, is seen as it is read. Runs in the page. */
export function keepsOrder(part) {
  const node = document.querySelector("p").firstChild;
  const start = node.data.indexOf(part);
  const range = document.createRange();
  const at = (offset) => {
    range.setStart(node, start + offset);
    range.setEnd(node, start + offset + 1);
    const box = range.getBoundingClientRect();
    return (box.left + box.right) / 2;
  };
  const places = [...part].map((_, offset) => at(offset));
  return places.every((x, offset) => offset === 0 || x > places[offset - 1]);
}
