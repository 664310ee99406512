// One page of every kind. In: an output folder. Out: kind → path of the page on which most can go wrong: the richest
// article, the longest list, an entity of each sort. Kinds are told from paths and from the page's structured data.

import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";

/** Every file below a folder, by path from its root, sorted. */
export function filesOf(folder) {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name).slice(folder.length).replaceAll("\\", "/"))
    .sort();
}

/** Kinds by the path of the file; the first that fits. */
const KINDS = [
  ["front", /^\/index\.html$/],
  ["not found", /^\/404\.html$/],
  ["archive", /^\/archive\/index\.html$/],
  ["day", /^\/\d{4}\/\d{2}\/\d{2}\/index\.html$/],
  ["month", /^\/\d{4}\/\d{2}\/index\.html$/],
  ["year", /^\/\d{4}\/index\.html$/],
  ["article", /^\/\d{4}\/\d{2}\/\d{2}\/[^/]+\.html$/],
  ["index of topics", /^\/topics\/index\.html$/],
  ["index of entities", /^\/entities\/index\.html$/],
  ["index of stories", /^\/stories\/index\.html$/],
  ["topic", /^\/topics\/[^/]+\/index\.html$/],
  ["entity", /^\/entities\/[^/]+\/index\.html$/],
  ["story", /^\/stories\/[^/]+\/index\.html$/],
  ["topic by year", /^\/topics\/[^/]+\/\d{4}\.html$/],
  ["topic by month", /^\/topics\/[^/]+\/\d{4}-\d{2}\.html$/],
  ["topic by day", /^\/topics\/[^/]+\/\d{4}-\d{2}-\d{2}\.html$/],
  ["entity by year", /^\/entities\/[^/]+\/\d{4}\.html$/],
  ["entity by month", /^\/entities\/[^/]+\/\d{4}-\d{2}\.html$/],
  ["entity by day", /^\/entities\/[^/]+\/\d{4}-\d{2}-\d{2}\.html$/],
  ["story by period", /^\/stories\/[^/]+\/\d{4}[-\d]*\.html$/],
  ["page", /^\/[^/]+\.html$/],
];

/** schema.org types of entities. */
const ENTITIES = { Person: "person", Organization: "organization", Place: "place", Event: "event", CreativeWork: "work" };

/** What an article can hold; the page with most of these is looked at. */
const FEATURES = [
  "<figure", "<table", "<blockquote", "<pre", "<code", "footnote", "<ol", "<ul", "<del>", "<h3", "type=\"checkbox\"",
  "citation", "correction", "story", "points", "source", "translat", "markdown-alert", "alert", "<bdi", "<img", "dateModified",
];

/** How many articles are read to find the richest. */
const READ = 400;

/** Every HTML file by kind; `under` is the part of the site in one language. */
export function byKind(folder, files, under = "") {
  const found = new Map();
  const add = (kind, path) => found.set(kind, [...(found.get(kind) ?? []), path]);
  const articles = [];
  for (const path of files.filter((it) => it.startsWith(`${under}/`) && it.endsWith(".html"))) {
    const kind = KINDS.find(([, pattern]) => pattern.test(path.slice(under.length)))?.[0];
    if (kind === "article") articles.push(path);
    else if (kind === "entity" || kind === undefined || kind === "page") {
      const html = readFileSync(folder + path, "utf8");
      if (html.includes('http-equiv="refresh"')) add("redirect", path);
      else if (kind === "entity") add(entityKind(html), path);
      else if (kind === "page") add("page", path);
      else articles.push(path);
    } else add(kind, path);
  }
  const isRedirect = (path) => statSync(folder + path).size < 3000 && /http-equiv="refresh"/.test(readFileSync(folder + path));
  for (const path of articles) add(isRedirect(path) ? "redirect" : "article", path);
  return found;
}

/** The structured data of a page, as one list of things. */
export function structuredData(html) {
  const blocks = [...html.matchAll(/<script type="application\/ld\+json">([\s\S]*?)<\/script>/g)];
  return blocks.flatMap(([, text]) => JSON.parse(text)["@graph"] ?? [JSON.parse(text)]);
}

function entityKind(html) {
  const things = structuredData(html);
  const main = things.find((it) => it.mainEntity)?.mainEntity;
  const type = things.find((it) => it["@id"] === main?.["@id"])?.["@type"] ?? main?.["@type"];
  const kind = [type].flat().map((it) => ENTITIES[it]).find(Boolean);
  return kind ? `entity: ${kind}` : "entity: without a type";
}

function richness(html) {
  return FEATURES.filter((it) => html.includes(it)).length;
}

/** Kind → the path to look at; lists by size, articles by what they hold. */
export function sample(folder, files, under = "") {
  const chosen = new Map();
  for (const [kind, paths] of byKind(folder, files, under)) {
    const step = kind === "article" ? Math.ceil(paths.length / READ) : 1;
    const some = paths.filter((_, at) => at % step === 0);
    const weight = (path) =>
      kind === "article" ? richness(readFileSync(folder + path, "utf8")) * 1e7 + statSync(folder + path).size : statSync(folder + path).size;
    const heaviest = some.map((path) => [weight(path), path]).reduce((a, b) => (b[0] > a[0] ? b : a));
    chosen.set(kind, heaviest[1]);
  }
  return chosen;
}

/** The kinds that every site has. */
export const ALWAYS = [
  "front", "article", "day", "month", "year", "archive", "topic", "story", "not found", "page", "redirect",
  "entity: person", "entity: organization", "entity: place", "entity: event", "entity: work",
  "index of topics", "index of entities", "index of stories",
];

/** The kinds that every language of a site has; what is not found is not found in the site's own. */
export const IN_EACH = ALWAYS.filter((kind) => !["not found", "page", "redirect"].includes(kind));

/** The kinds that only long lists have. */
export const LONG = ["topic by year", "topic by month", "entity by year", "entity by month", "story by period"];
