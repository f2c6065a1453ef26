// Finds the files of a site, and opens them in a browser that reaches nothing.

import { readFileSync, readdirSync } from "node:fs";
import { relative, resolve, sep } from "node:path";
import { chromium } from "playwright-core";

/** All files below a folder with one of the endings, as absolute paths. */
export function filesIn(folder, ...endings) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && endings.some((ending) => entry.name.endsWith(ending)))
    .map((entry) => resolve(entry.parentPath ?? entry.path, entry.name))
    .sort();
}

/** All pages below a folder, but for those that lead on to others. */
export function pagesIn(folder) {
  const leadsOn = (file) => readFileSync(file, "utf8").includes('<meta http-equiv="refresh"');
  return filesIn(folder, ".html").filter((file) => !leadsOn(file));
}

/** The path of a file as a reader of the site would write it. */
export function nameIn(folder, file) {
  return relative(resolve(folder), file).split(sep).join("/");
}

/** Runs `use` with a browser, and closes it whatever happens. */
export async function withBrowser(use) {
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: [
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-gpu",
      "--disable-quic",
      "--disable-sync",
      "--no-first-run",
    ],
  });
  try {
    return await use(browser);
  } finally {
    await browser.close();
  }
}

/** Opens a page in a context of its own, and closes that again. */
export async function withPage(browser, options, use) {
  const context = await browser.newContext(options);
  try {
    return await use(await context.newPage());
  } finally {
    await context.close();
  }
}

/** What a reader may sit in front of: a desk, or a phone. */
export const VIEWPORTS = {
  wide: { width: 1200, height: 900 },
  narrow: { width: 360, height: 740 },
};

/** The folder or files on the command line. */
export function argumentsOr(usage) {
  const given = process.argv.slice(2);
  if (given.length === 0) {
    console.error(`usage: node ${usage}`);
    process.exit(2);
  }
  return given;
}
