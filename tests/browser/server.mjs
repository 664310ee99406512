// A static host: the output folder as any host would serve it, gzipped, with the headers of `_headers`.
// In: a folder. Out: an address on this machine, and how many bytes went over the wire for each path.

import { createServer } from "node:http";
import { readFile } from "node:fs/promises";
import { existsSync, readFileSync, statSync } from "node:fs";
import { extname, join } from "node:path";
import { gzipSync } from "node:zlib";

const TYPES = {
  ".html": "text/html; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".xml": "application/xml; charset=utf-8",
  ".json": "application/json; charset=utf-8",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".jpg": "image/jpeg",
  ".jpeg": "image/jpeg",
  ".webp": "image/webp",
  ".avif": "image/avif",
  ".gif": "image/gif",
  ".ico": "image/x-icon",
  ".woff2": "font/woff2",
};

/** The headers that `_headers` gives to every page. */
function headersForAll(folder) {
  const path = join(folder, "_headers");
  if (!existsSync(path)) return {};
  const headers = {};
  let isForAll = false;
  for (const line of readFileSync(path, "utf8").split("\n")) {
    if (/^\S/.test(line)) isForAll = line.trim() === "/*";
    const colon = line.indexOf(":");
    if (isForAll && /^\s/.test(line) && colon > 0) headers[line.slice(0, colon).trim()] = line.slice(colon + 1).trim();
  }
  return headers;
}

/** The file of a path, or nothing. */
export function fileOf(folder, path) {
  const file = join(folder, path.endsWith("/") ? `${path}index.html` : path);
  return existsSync(file) && statSync(file).isFile() ? file : undefined;
}

/** Starts a server on a free port; `bytes` maps each path to what its body took on the wire. */
export async function serve(folder) {
  const bytes = new Map();
  const common = headersForAll(folder);
  const server = createServer(async (request, response) => {
    const path = decodeURIComponent(new URL(request.url, "http://x").pathname);
    const file = fileOf(folder, path);
    const shown = file ?? fileOf(folder, "/404.html");
    const body = shown ? gzipSync(await readFile(shown)) : Buffer.alloc(0);
    bytes.set(path, body.length);
    response.writeHead(file ? 200 : 404, {
      ...common,
      "Content-Type": TYPES[extname(shown ?? "")] ?? "application/octet-stream",
      "Content-Encoding": "gzip",
      "Cache-Control": "no-store",
    });
    response.end(body);
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { origin: `http://127.0.0.1:${server.address().port}`, bytes, close: () => server.close() };
}
