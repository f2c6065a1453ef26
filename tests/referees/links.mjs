// Follows every link between the pages of a site, from disk: the file is
// there, and so is the place in it.

import { existsSync, statSync } from "node:fs";
import { resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { argumentsOr, nameIn, pagesIn, withBrowser, withPage } from "./pages.mjs";
import { Tally } from "./tally.mjs";

const [folder, base] = argumentsOr("links.mjs FOLDER [BASE-URL]");
const root = pathToFileURL(resolve(folder)).href + "/";
const tally = new Tally("links");
const pages = new Map();

await withBrowser((browser) =>
  withPage(browser, {}, async (page) => {
    for (const file of pagesIn(folder)) {
      await page.goto(pathToFileURL(file).href);
      pages.set(file, await page.evaluate(read));
    }
  }),
);
for (const [file, { links }] of pages) {
  const faults = links.map((link) => faultOf(file, link)).filter((fault) => fault !== null);
  tally.judge(nameIn(folder, file), [...new Set(faults)]);
}
tally.close();

/** Runs in the page: where its links lead, and where links to it can. */
function read() {
  const attribute = (name) => [...document.querySelectorAll(`[${name}]`)].map((element) => element.getAttribute(name));
  return {
    links: [...attribute("href"), ...attribute("src")],
    places: [...attribute("id"), ...[...document.querySelectorAll("a[name]")].map((anchor) => anchor.name)],
  };
}

function faultOf(file, link) {
  const url = new URL(toFolder(link), pathToFileURL(file));
  if (["http:", "https:", "mailto:", "data:"].includes(url.protocol)) {
    return null;
  }
  if (url.protocol !== "file:" || !url.href.startsWith(root)) {
    return `\`${link}\` leads out of the site`;
  }
  const target = fileURLToPath(new URL(url.pathname, root));
  if (!existsSync(target) || !statSync(target).isFile()) {
    return `\`${link}\` leads to no file`;
  }
  const place = decodeURIComponent(url.hash.slice(1));
  const places = pages.get(target)?.places ?? [];
  return place === "" || places.includes(place) ? null : `\`${link}\` leads to no place in the page`;
}

/** A full address of the published site is one in the folder, where a server
 * answers for a folder with its index. */
function toFolder(link) {
  if (base === undefined || !link.startsWith(base)) {
    return link;
  }
  return root + link.slice(base.length).replace(/(^|\/)$/, "$1index.html");
}
