// What a served page listens with. In: events of the server, each after the site has been taken in. Out: a reload that keeps
// its place, a style sheet swapped, the page of the file that was saved, a list of faults that goes when they are repaired.
(() => {
  "use strict";
  const own = document.currentScript;
  const EVENTS = "/.brief/events";
  const PLACE = "brief-place";
  let scene = own.dataset.scene;
  let source;

  const decoded = (path) => {
    try {
      return decodeURI(path);
    } catch {
      return path;
    }
  };
  const here = () => decoded(location.pathname);

  // The browser keeps its place by itself on most pages; this holds where it does not.
  const reload = () => {
    stop();
    sessionStorage.setItem(PLACE, JSON.stringify([here(), scrollX, scrollY]));
    location.reload();
  };
  const [path, x, y] = JSON.parse(sessionStorage.getItem(PLACE) ?? "[]");
  sessionStorage.removeItem(PLACE);
  if (path === here()) {
    const restore = () => scrollTo({ left: x, top: y, behavior: "instant" });
    restore();
    addEventListener("load", restore, { once: true });
  }

  const swap = (styles) => {
    const links = [...document.querySelectorAll("link[rel~=stylesheet]")];
    let nSwapped = 0;
    for (const [from, to] of styles) {
      for (const link of links.filter((it) => decoded(new URL(it.href).pathname) === decoded(from))) {
        const next = link.cloneNode();
        next.href = `${to}?${scene}`;
        // The old one stays until the new one is there, so that the page is never bare.
        next.addEventListener("load", () => link.remove(), { once: true });
        next.addEventListener("error", () => next.remove(), { once: true });
        link.after(next);
        nSwapped += 1;
      }
    }
    return nSwapped > 0;
  };

  const on = {
    hello: (said) => (said.scene === scene ? show(said.faults) : reload()),
    reload: (said) => {
      if (said.page && decoded(said.page) !== here()) {
        stop();
        location.assign(said.page);
      } else {
        reload();
      }
    },
    styles: (said) => {
      scene = said.scene;
      // A sheet that no link names may be part of one that does.
      if (swap(said.styles)) show(said.faults);
      else reload();
    },
    faults: (said) => {
      scene = said.scene;
      show(said.faults);
    },
  };

  // Browsers have six connections for each host: only a page that is seen holds one.
  const stop = () => {
    source?.close();
    source = undefined;
  };
  const start = () => {
    if (source || document.visibilityState === "hidden") return;
    source = new EventSource(EVENTS);
    for (const [name, act] of Object.entries(on)) source.addEventListener(name, (event) => act(JSON.parse(event.data)));
  };
  document.addEventListener("visibilitychange", () => (document.visibilityState === "hidden" ? stop() : start()));
  addEventListener("pagehide", stop);
  addEventListener("pageshow", start);

  // The list of faults, out of reach of the page's own styles.
  let panel;
  let dismissed = "";
  const STYLES = `
    :host { all: initial; }
    section { position: fixed; inset-inline: 0; inset-block-end: 0; z-index: 2147483647; max-block-size: 60vh; overflow: auto;
      box-sizing: border-box; padding: 1rem clamp(1rem, 4vw, 2.5rem) 1.25rem; border-block-start: 4px solid #b3261e;
      background: #fff; color: #1b1b1b; box-shadow: 0 -6px 24px rgb(0 0 0 / .25);
      font: 400 1rem/1.6 system-ui, "Noto Naskh Arabic", sans-serif; }
    header { display: flex; gap: 1rem; align-items: baseline; justify-content: space-between; }
    h2 { margin: 0; font-size: 1.05rem; color: #b3261e; }
    button { flex: none; border: 1px solid currentcolor; border-radius: .3rem; padding: .15rem .7rem; background: none; color: inherit;
      font: inherit; font-size: .9rem; cursor: pointer; }
    ol { margin: .75rem 0 0; padding: 0; list-style: none; display: grid; gap: 1rem; }
    p { margin: 0; overflow-wrap: anywhere; }
    .place { font: .85rem/1.6 ui-monospace, monospace; color: #5f5f5f; }
    .text { margin-block: .3rem; padding: .3rem .7rem; border-radius: .3rem; background: #f4f1ee; white-space: pre-wrap; unicode-bidi: plaintext;
      text-align: start; }
    .hint span { color: #5f5f5f; }
    bdi { font-weight: 600; }
    @media (prefers-color-scheme: dark) {
      section { background: #1f1b1a; color: #ece6e2; border-color: #ff8a80; }
      h2 { color: #ff8a80; }
      .place, .hint span { color: #b3aaa5; }
      .text { background: #2e2826; }
    }`;

  const element = (name, properties, ...children) => {
    const made = Object.assign(document.createElement(name), properties);
    made.append(...children);
    return made;
  };

  // What is quoted runs in its own direction, whatever stands around it.
  const isolated = (text) =>
    text
      .split(/(«[^»]*»|`[^`]*`)/)
      .flatMap((part, at) => (at % 2 === 0 ? [part] : [part[0], element("bdi", { dir: "auto" }, part.slice(1, -1)), part.at(-1)]));

  const item = ({ file, line, column, message, text, hint }) => {
    const place = [file, line, column].filter(Boolean).join(":");
    return element(
      "li",
      {},
      element("p", {}, ...isolated(message)),
      ...(place ? [element("p", { className: "place", dir: "ltr" }, place)] : []),
      ...(text ? [element("p", { className: "text", dir: "auto" }, text)] : []),
      ...(hint ? [element("p", { className: "hint" }, element("span", {}, "hint: "), ...isolated(hint))] : []),
    );
  };

  const show = (faults) => {
    const told = JSON.stringify(faults);
    panel?.remove();
    panel = undefined;
    if (faults.length === 0) dismissed = "";
    if (faults.length === 0 || told === dismissed) return;
    panel = element("div", { id: "brief-faults", lang: "en", dir: "ltr" });
    const root = panel.attachShadow({ mode: "open" });
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(STYLES);
    root.adoptedStyleSheets = [sheet];
    const hide = () => {
      dismissed = told;
      panel?.remove();
    };
    const title = `${faults.length === 1 ? "1 error" : `${faults.length} errors`}; what is at fault is shown as it was`;
    root.append(
      element(
        "section",
        { role: "alert" },
        element("header", {}, element("h2", {}, title), element("button", { type: "button", onclick: hide }, "Hide")),
        element("ol", {}, ...faults.map(item)),
      ),
    );
    document.body.append(panel);
  };
  addEventListener("keydown", (event) => {
    if (event.key === "Escape" && panel?.isConnected) panel.shadowRoot.querySelector("button").click();
  });

  start();
})();
