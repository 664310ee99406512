// What can be told from the files alone. In: an output folder, its files. Out: faults: links that lead nowhere, pages
// that weigh too much, XML and JSON that do not parse, HTML that the Nu checker remarks on.

import { execFile } from "node:child_process";
import { copyFile, mkdtemp, rm } from "node:fs/promises";
import { readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { DOMParser } from "@xmldom/xmldom";
import { structuredData } from "./sample.mjs";

/** The longest article that the limit is about, and the limit. */
const WORDS = 800;
const ARTICLE_BYTES = 15 * 1024;
/** How many files of a kind are read on a large site. */
const READ = 300;

const some = (paths) => paths.filter((_, at) => at % Math.ceil(paths.length / READ) === 0);

/** Where the site will stand, from the canonical address of its front page. */
export function baseOf(folder) {
  const html = readFileSync(join(folder, "index.html"), "utf8");
  return html.match(/<link rel="canonical" href="([^"]+)"/)?.[1] ?? "https://example.org/";
}

/** Where a redirect page leads, in all the ways it says so. */
export function leadsTo(folder, path) {
  const html = readFileSync(folder + path, "utf8");
  return [...html.matchAll(/(?:href="|url=)([^"]*)"/g)].map(([, link]) => link.replaceAll("&amp;", "&"));
}

/** Addresses on a page that lead to nothing in the output, whichever way they are spelled. */
export function deadLinks(folder, files, base, path, links) {
  const known = new Set(files);
  const home = new URL(path.replace(/index\.html$/, ""), base);
  const faults = [];
  for (const link of links) {
    let url;
    try {
      url = new URL(link, home);
    } catch {
      faults.push(`an address that is none: ${link}`);
      continue;
    }
    if (link === "" || (url.origin === home.origin && !url.pathname.startsWith(new URL(base).pathname))) {
      faults.push(`an address that leads out of the site: «${link}»`);
    }
    if (!/^https?:$/.test(url.protocol) || url.origin !== home.origin) continue;
    const raw = "/" + url.pathname.slice(new URL(base).pathname.length);
    const target = spellings(raw).map((it) => (it.endsWith("/") ? `${it}index.html` : it)).find((it) => known.has(it));
    if (!target) faults.push(`a link to nowhere: ${link}`);
    else if (url.hash.length > 1 && target.endsWith(".html") && !hasAnchor(readFileSync(folder + target, "utf8"), url.hash)) {
      faults.push(`a link to a place that is not on its page: ${link}`);
    }
  }
  return faults;
}

/** A path as written, decoded, composed and decomposed. */
function spellings(path) {
  const decoded = decodeURIComponent(path);
  return [path, decoded, decoded.normalize("NFC"), decoded.normalize("NFD")];
}

function hasAnchor(html, hash) {
  const id = decodeURIComponent(hash.slice(1));
  return id === "top" || html.includes(`id="${id}"`) || html.includes(`id=${id}`) || html.includes(`id="${hash.slice(1)}"`);
}

/** Article pages that weigh more than an article of their length may. */
export function heavyArticles(folder, articles) {
  const faults = [];
  let heaviest = 0;
  for (const path of some(articles)) {
    const html = readFileSync(folder + path, "utf8");
    const text = html.replace(/<(script|style)[\s\S]*?<\/\1>/g, " ").replace(/<[^>]+>/g, " ");
    const words = text.split(/\s+/).filter(Boolean).length;
    const bytes = gzipSync(html).length;
    if (words <= WORDS * 1.1) heaviest = Math.max(heaviest, bytes);
    if (words <= WORDS * 1.1 && bytes > ARTICLE_BYTES) faults.push([path, `${bytes} bytes gzipped for ${words} words`]);
  }
  return { faults, heaviest };
}

/** Machine-readable outputs that do not parse. */
export function brokenData(folder, files) {
  const faults = [];
  const check = (path, parse) => {
    try {
      parse(readFileSync(folder + path, "utf8"));
    } catch (error) {
      faults.push([path, String(error).split("\n")[0]]);
    }
  };
  const strict = new DOMParser({ onError: (level, message) => { throw new Error(`${level}: ${message}`); } });
  const ofType = (...types) => some(files.filter((path) => types.some((type) => path.endsWith(type))));
  for (const path of ofType(".xml", ".opml", ".svg")) check(path, (text) => strict.parseFromString(text, "text/xml"));
  for (const path of ofType(".json")) check(path, JSON.parse);
  for (const path of ofType(".html")) check(path, structuredData);
  return faults;
}

/** What the Nu HTML Checker says about pages, each with its place; nothing is filtered. */
export async function validate(folder, paths) {
  const folderOfCopies = await mkdtemp(join(tmpdir(), "brief-vnu-"));
  try {
    // Java reads file names in the system's encoding, which may not know Arabic.
    const copies = new Map();
    for (const [at, path] of paths.entries()) {
      const copy = join(folderOfCopies, `${at}.html`);
      await copyFile(folder + path, copy);
      copies.set(`file:${copy}`, path);
    }
    const jar = fileURLToPath(new URL("node_modules/vnu-jar/build/dist/vnu.jar", import.meta.url));
    const names = [...copies.keys()].map((it) => it.slice("file:".length));
    const said = await new Promise((resolve, reject) => {
      // The checker ends with 1 where it finds something; what counts is that it says so in JSON.
      execFile("java", ["-jar", jar, "--format", "json", ...names], { maxBuffer: 1 << 28 }, (_, __, stderr) => {
        try {
          resolve(JSON.parse(stderr).messages);
        } catch {
          reject(new Error(`the HTML checker did not run: ${stderr.slice(0, 500)}`));
        }
      });
    });
    return said.map((it) => {
      const path = copies.get(it.url?.replace("file://", "file:")) ?? it.url;
      const extract = (it.extract ?? "").trim().replace(/\s+/g, " ").slice(0, 80);
      return [`${path}:${it.lastLine ?? "?"}`, `HTML ${it.subType ?? it.type}: ${it.message} «${extract}»`];
    });
  } finally {
    await rm(folderOfCopies, { recursive: true });
  }
}
