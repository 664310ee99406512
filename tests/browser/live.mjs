// Live reload as an editor sees it. In: the program, and a site in a folder of its own. Out: a list of faults, each a sentence.
//
// The browser keeps its place through a reload, gets a style sheet without one, shows faults over the page and takes them away, and
// follows the file that was saved. Pictures of the panel go to `shots`.

import { spawn } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

const PATIENCE = 20_000;

/** Starts `brief serve` in a folder; where it is, and how to end it. */
async function start(binary, site, more = []) {
  const child = spawn(binary, ["serve", "--watch", "--port", "0", "--root", site, "--now", "2024-01-01T00:00:00Z", ...more]);
  child.stderr.resume();
  const origin = await new Promise((resolve, reject) => {
    let said = "";
    child.stdout.on("data", (data) => {
      said += data;
      const found = said.match(/ at (http:\/\/[^/]+)\//);
      if (found) resolve(found[1]);
    });
    child.on("exit", (code) => reject(new Error(`brief serve ended with ${code}`)));
  });
  return { origin, stop: () => child.kill("SIGKILL") };
}

function write(site, path, text) {
  const full = join(site, path);
  mkdirSync(dirname(full), { recursive: true });
  writeFileSync(full, text);
}

const article = (title, n) => `---\ntitle: "${title}"\ndate: 2023-09-12\n---\n${`A paragraph of ${title}.\n\n`.repeat(n)}`;

/** Looks at a site while it is edited. */
export async function lookAtEdits(browser, binary, site, shots) {
  const faults = [];
  const expect = (is, fault) => is || faults.push(fault);
  write(site, "content/articles/long.md", article("Long", 200));
  write(site, "content/articles/other.md", article("Other", 3));
  write(site, "static/brief.css", "body { background: white }\np { color: rgb(1, 2, 3) }\n");
  const server = await start(binary, site);
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  const said = [];
  page.on("console", (message) => ["error", "warning"].includes(message.type()) && said.push(message.text()));
  page.on("pageerror", (error) => said.push(String(error)));
  const panel = page.locator("#brief-faults section");
  const mark = () => page.evaluate(() => (window.isOld = true));
  const isOld = () => page.evaluate(() => window.isOld === true);
  const reloaded = () => page.waitForFunction(() => window.isOld !== true, undefined, { timeout: PATIENCE });
  const listens = () => page.waitForFunction(() => performance.getEntriesByType("resource").some((it) => it.name.endsWith("reload.js")), undefined, { timeout: PATIENCE });

  try {
    await page.goto(`${server.origin}/2023/09/12/long.html`, { waitUntil: "load" });
    await listens();
    await page.waitForTimeout(500);
    await page.evaluate(() => scrollTo(0, 2500));
    await mark();
    write(site, "content/articles/long.md", article("Longer", 200));
    await reloaded();
    await page.waitForFunction(() => document.body.textContent.includes("A paragraph of Longer."), undefined, { timeout: PATIENCE });
    await page.waitForTimeout(500);
    const place = await page.evaluate(() => scrollY);
    expect(Math.abs(place - 2500) < 5, `after a reload the page stands at ${place}, not at 2500`);

    await mark();
    write(site, "static/brief.css", "body { background: white }\np { color: rgb(7, 8, 9) }\n");
    const colour = () => page.evaluate(() => getComputedStyle(document.querySelector("main p")).color);
    await page.waitForFunction(() => getComputedStyle(document.querySelector("main p")).color === "rgb(7, 8, 9)", undefined, { timeout: PATIENCE })
      .catch(async () => faults.push(`a style sheet is not swapped: ${await colour()}`));
    expect(await isOld(), "a change of a style sheet reloads the page");
    await page.waitForTimeout(300);
    expect((await page.evaluate(() => document.querySelectorAll("link[rel=stylesheet]").length)) === 1, "the old style sheet stays");

    faults.push(...(await lookAtFault(page, site, panel, shots)));

    await page.goto(`${server.origin}/2023/09/12/other.html`, { waitUntil: "load" });
    await mark();
    await page.waitForTimeout(500);
    write(site, "content/articles/long.md", article("Elsewhere", 20));
    await reloaded();
    expect(page.url().endsWith("/other.html"), `without --follow the browser goes to ${page.url()}`);
  } catch (error) {
    faults.push(`the browser waited in vain: ${error.message.split("\n")[0]}`);
  }
  server.stop();
  faults.push(...said.filter((it) => !it.includes("ERR_INCOMPLETE_CHUNKED_ENCODING") && !it.includes("ERR_CONNECTION_REFUSED")).map((it) => `the browser says: ${it}`));
  await context.close();
  faults.push(...(await lookAtFollowing(browser, binary, site)));
  return faults.map((it) => ["brief serve", it]);
}

/** A fault comes over the page, with the text in its own direction, can be hidden, and goes when it is repaired. */
async function lookAtFault(page, site, panel, shots) {
  const faults = [];
  const good = readFileSync(join(site, "content/articles/other.md"), "utf8");
  const word = "\u{642}\u{645}\u{629} \u{627}\u{644}\u{634}\u{631}\u{642}";
  write(site, "content/articles/other.md", good.replace("2023-09-12", `2023-02-30 ${word}`));
  await panel.waitFor({ timeout: PATIENCE });
  const text = await panel.innerText();
  for (const wanted of ["content/articles/other.md:3", "hint:"]) {
    if (!text.includes(wanted)) faults.push(`the panel does not say ${wanted}: ${text}`);
  }
  const line = panel.locator(".text");
  if (!(await line.innerText()).includes(word)) faults.push(`the panel does not show the line: ${text}`);
  if ((await line.getAttribute("dir")) !== "auto") faults.push("the line has no direction of its own");
  if ((await panel.locator("bdi").count()) === 0) faults.push("what is quoted is not isolated");
  for (const [scheme, width] of [["light", 1440], ["dark", 1440], ["light", 390], ["dark", 390]]) {
    await page.emulateMedia({ colorScheme: scheme });
    await page.setViewportSize({ width, height: 900 });
    const box = await panel.boundingBox();
    if (!box || box.x < 0 || box.x + box.width > width + 1) faults.push(`at ${width} px the panel stands out of the page`);
    if (shots) {
      mkdirSync(shots, { recursive: true });
      await page.screenshot({ path: `${shots}/fault-${scheme}-${width}.png` });
    }
  }
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.keyboard.press("Escape");
  if ((await panel.count()) !== 0) faults.push("Escape does not hide the panel");
  write(site, "content/articles/other.md", good.replace("2023-09-12", "2023-02-31"));
  await panel.waitFor({ timeout: PATIENCE });
  write(site, "content/articles/other.md", good);
  await panel.waitFor({ state: "detached", timeout: PATIENCE });
  return faults;
}

/** With `--follow` the browser goes to the page of the file that was saved. */
async function lookAtFollowing(browser, binary, site) {
  const server = await start(binary, site, ["--follow"]);
  const context = await browser.newContext();
  const page = await context.newPage();
  const faults = [];
  try {
    await page.goto(`${server.origin}/`, { waitUntil: "load" });
    await page.waitForTimeout(1500);
    write(site, "content/articles/other.md", article("Followed", 4));
    await page.waitForURL("**/2023/09/12/other.html", { timeout: PATIENCE });
    await page.waitForTimeout(300);
    write(site, "content/articles/long.md", article("Followed too", 4));
    await page.waitForURL("**/2023/09/12/long.html", { timeout: PATIENCE });
  } catch {
    faults.push(`with --follow the browser stays at ${page.url()}`);
  }
  server.stop();
  await context.close();
  return faults;
}
