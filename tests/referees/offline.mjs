// Opens every page of a site with scripts off, from disk and from a server:
// three requests at most, none to another host, none that fails, and nothing
// to complain about in the console.

import { createServer } from "node:http";
import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { argumentsOr, filesIn, nameIn, withBrowser, withPage } from "./pages.mjs";
import { Tally } from "./tally.mjs";

const MOST_REQUESTS = 3;
const TYPES = {
  css: "text/css",
  html: "text/html; charset=utf-8",
  ico: "image/x-icon",
  json: "application/json",
  png: "image/png",
  svg: "image/svg+xml",
};

const [folder] = argumentsOr("offline.mjs FOLDER");
const tally = new Tally("offline");
const server = createServer(serve).listen(0, "127.0.0.1");
await new Promise((resolve) => server.once("listening", resolve));
const origins = {
  "from disk": pathToFileURL(resolve(folder)).href,
  served: `http://127.0.0.1:${server.address().port}`,
};

await withBrowser(async (browser) => {
  for (const file of filesIn(folder, ".html")) {
    const path = nameIn(folder, file);
    for (const [how, origin] of Object.entries(origins)) {
      // Its paths are those of the published site.
      if (path !== "404.html") {
        tally.judge(`${path}, ${how}`, await judge(browser, origin, path));
      }
    }
  }
});
server.close();
tally.close();

function judge(browser, origin, path) {
  return withPage(browser, { javaScriptEnabled: false }, async (page) => {
    const requests = [];
    const faults = [];
    page.on("request", (request) => requests.push(request.url()));
    page.on("requestfailed", (request) => faults.push(`${request.url()} failed: ${request.failure()?.errorText}`));
    page.on("response", (response) => {
      if (response.status() >= 400) {
        faults.push(`${response.url()} was answered with ${response.status()}`);
      }
    });
    page.on("console", (message) => faults.push(`the console says: ${message.text()}`));
    page.on("pageerror", (error) => faults.push(`a script failed: ${error.message}`));
    await page.goto(`${origin}/${path}`, { waitUntil: "networkidle" });
    if (requests.length > MOST_REQUESTS) {
      faults.push(`${requests.length} requests: ${requests.join(" ")}`);
    }
    const foreign = requests.filter((url) => !url.startsWith(`${origin}/`) && !url.startsWith("data:"));
    return [...faults, ...foreign.map((url) => `a request to ${url}`)];
  });
}

async function serve(request, response) {
  const path = decodeURIComponent(new URL(request.url, "http://localhost").pathname);
  try {
    const bytes = await readFile(resolve(folder, `.${path}`));
    response.writeHead(200, { "content-type": TYPES[path.split(".").pop()] ?? "application/octet-stream" });
    response.end(bytes);
  } catch {
    // For this one a browser asks by itself, where the page names no icon.
    response.writeHead(path === "/favicon.ico" ? 204 : 404).end();
  }
}
