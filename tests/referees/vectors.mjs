// Puts what attackers write into pages, drawings, labels and books, builds
// them, and opens all that was not refused in a browser that runs scripts and
// has no policy: nothing runs, and nothing is asked of another host.

import { execFileSync, spawnSync } from "node:child_process";
import { createServer } from "node:http";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { argumentsOr, filesIn, nameIn, withBrowser } from "./pages.mjs";
import { Tally } from "./tally.mjs";

const TABS = 6;
const PATIENCE = 120;
const TYPES = {
  atom: "application/atom+xml",
  css: "text/css",
  html: "text/html; charset=utf-8",
  js: "text/javascript",
  json: "application/json",
  svg: "image/svg+xml",
  xhtml: "application/xhtml+xml",
  xml: "application/xml",
};

const [program, data, ...mdbooks] = argumentsOr("vectors.mjs PROGRAM VECTORS [MDBOOK ...]");
const tally = new Tally("vectors");
const vectors = readFileSync(data, "utf8").trim().split("\n").map((line) => JSON.parse(line));
const work = mkdtempSync(join(tmpdir(), "vectors-"));

const site = join(work, "site");
const of = new Map(vectors.map((vector, number) => [fileOf(vector, number), vector]));
const labels = vectors.filter(({ place }) => place === "label").map(({ text }) => text);
for (const [file, vector] of of) {
  if (file) put(join(site, file), written(vector));
}
// What many of them show: no picture, so that showing it fails.
put(join(site, "content/x"), "");
put(join(site, "content/index.md"), `# Home\n\n${views()}`);
put(join(site, "schedule.toml"), schedule(labels));
const refused = leaveOutTheRefused();
execFileSync(program, ["build", "--date", "2026-11-20", "--out", join(work, "out")], { cwd: site });

const folders = { site: join(work, "out") };
mdbooks.forEach((mdbook, number) => (folders[`book-${number}`] = book(mdbook, join(work, `book-${number}`))));
console.log(`  ${vectors.length} vectors, ${refused.size} refused`);
await withBrowser((browser) => openAll(browser));
rmSync(work, { recursive: true });
tally.close();

function put(path, text) {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

function fileOf({ place }, number) {
  const name = `v${String(number).padStart(4, "0")}`;
  if (place === "label" || place === "book") return null;
  return place === "page" || place === "front" ? `content/${name}.md` : `static/${name}.${place}`;
}

function written({ place, text }) {
  if (place === "page") return `${text}\n`;
  return place === "front" ? `+++\ntitle = ${JSON.stringify(text)}\n+++\n\nText.\n` : text;
}

function schedule(texts) {
  const trains = texts.map((text, number) => {
    const label = JSON.stringify(text);
    return `[[train]]\nversion = "${number + 1}"\nname = ${label}\nbadge = ${label}\nnote = ${label}\nrelease = 2026-01-01\nend = 2027-01-01\n`;
  });
  return `[project]\nname = ${JSON.stringify(texts[0])}\n${trains.join("")}`;
}

function views() {
  return ["board", "security", "summary", "trains", "gantt"].map((view) => `<!-- trainboard ${view} -->\n\n`).join("");
}

/** Removes what the program refuses, and says which files it was; it tells the first hundred of each kind. */
function leaveOutTheRefused() {
  const all = new Set();
  for (let files = refusedNow(); files.size > 0; files = refusedNow()) {
    files.forEach((file) => {
      rmSync(join(site, file));
      all.add(file);
    });
  }
  return all;
}

function refusedNow() {
  const { stdout, stderr } = spawnSync(program, ["check", "--format", "short", "--date", "2026-11-20"], {
    cwd: site,
    encoding: "utf8",
    maxBuffer: 1 << 28,
  });
  const told = `${stdout}${stderr}`.matchAll(/^`?((?:content|static)\/v\d+\.\w+)`?:.*?error\[/gm);
  return new Set(Array.from(told, ([, file]) => file));
}

function book(mdbook, folder) {
  const texts = vectors.filter(({ place }) => place === "book").map(({ text }) => text);
  const command = JSON.stringify(`${resolve(program)} mdbook`);
  put(join(folder, "book.toml"), `[book]\ntitle = "Book"\n[preprocessor.trainboard]\ncommand = ${command}\n`);
  put(join(folder, "schedule.toml"), schedule(texts));
  put(join(folder, "src/SUMMARY.md"), "# Summary\n\n- [Home](home.md)\n");
  put(join(folder, "src/home.md"), `# Home\n\n${views()}`);
  execFileSync(mdbook, ["build"], { cwd: folder, stdio: "pipe" });
  return join(folder, "book");
}

/** What readers get, without the policy that pages bring along. */
function serve(request, response) {
  const [, folder, ...path] = decodeURIComponent(new URL(request.url, "http://localhost").pathname).split("/");
  try {
    const file = join(folders[folder], path.join("/"));
    const bytes = readFileSync(file);
    response.writeHead(200, { "content-type": TYPES[file.split(".").pop()] ?? "application/octet-stream" });
    response.end(file.endsWith("html") ? withoutPolicy(bytes) : bytes);
  } catch {
    response.writeHead(404).end();
  }
}

function withoutPolicy(bytes) {
  return bytes.toString("utf8").replace(/<meta http-equiv="Content-Security-Policy"[^>]*>/, "");
}

async function openAll(browser) {
  const server = createServer(serve).listen(0, "127.0.0.1");
  await new Promise((done) => server.once("listening", done));
  const origin = `http://127.0.0.1:${server.address().port}`;
  const context = await browser.newContext();
  const files = Object.entries(folders).flatMap(([name, folder]) =>
    filesIn(folder, ".html", ".svg", ".xml", ".xhtml", ".atom").map((file) => `${name}/${nameIn(folder, file)}`));
  const ran = new Map();
  const next = files.values();
  const tab = async () => {
    for (const file of next) ran.set(file, await faultsOf(context, origin, file));
  };
  await Promise.all(Array.from({ length: TABS }, tab));
  files.sort().forEach((file) => tally.judge(`${file}${vectorOf(file)}`, ran.get(file)));
  refused.forEach(() => tally.judge("refused", []));
  server.close();
}

function vectorOf(file) {
  const number = file.match(/\/v(\d+)\./)?.[1];
  return number ? `: ${vectors[Number(number)].text}` : "";
}

async function faultsOf(context, origin, file) {
  const faults = new Set();
  const page = await context.newPage();
  await page.exposeFunction("alert", () => void faults.add("a script ran"));
  await page.route("**", (route) => {
    const url = route.request().url();
    if (url.startsWith(origin) || url.startsWith("data:")) return route.continue();
    faults.add(`a request to ${url}`);
    return route.abort();
  });
  page.on("dialog", (dialog) => dialog.dismiss());
  try {
    await page.goto(`${origin}/${file}`, { waitUntil: "load", timeout: 10_000 });
    (await page.evaluate(touched)).forEach((fault) => faults.add(fault));
    await page.waitForTimeout(PATIENCE);
  } catch (error) {
    faults.add(String(error.message).split("\n")[0]);
  }
  await page.close();
  return [...faults];
}

/** In the page: does what a reader might do, but for following plain links. */
function touched() {
  const faults = [];
  for (const element of document.querySelectorAll("*")) {
    const at = (name) => element.getAttribute?.(name) ?? element.getAttributeNS("http://www.w3.org/1999/xlink", name);
    for (const name of ["href", "action", "formaction"]) {
      const address = at(name);
      if (address === null) continue;
      const { protocol } = new URL(address, location.href);
      if (!["http:", "https:", "mailto:", "data:"].includes(protocol)) faults.push(`${name} leads to ${protocol}`);
      if (protocol === "data:" && element.localName === "a") faults.push(`${name} leads to ${protocol}`);
    }
    const listener = element.getAttributeNames().find((name) => /^on./i.test(name));
    if (listener) faults.push(`it listens to ${listener}`);
    for (const type of ["mouseover", "pointerenter", "focus", "blur", "wheel", "drag"]) {
      element.dispatchEvent(new Event(type, { bubbles: false, cancelable: true }));
    }
  }
  return faults;
}
