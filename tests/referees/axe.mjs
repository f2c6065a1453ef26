// axe-core on every page of a site: wide and narrow, light and dark.

import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import axe from "axe-core";
import { VIEWPORTS, argumentsOr, nameIn, pagesIn, withBrowser, withPage } from "./pages.mjs";
import { Tally } from "./tally.mjs";

const [folder, base] = argumentsOr("axe.mjs FOLDER [BASE-URL]");
const tally = new Tally("axe");

await withBrowser(async (browser) => {
  for (const [form, viewport] of Object.entries(VIEWPORTS)) {
    for (const colorScheme of ["light", "dark"]) {
      await withPage(browser, { viewport, colorScheme, bypassCSP: true }, async (page) => {
        await serveFull(page);
        for (const file of pagesIn(folder)) {
          const faults = await judge(page, file);
          tally.judge(`${nameIn(folder, file)}, ${form}, ${colorScheme}`, faults);
        }
      });
    }
  }
});
tally.close();

/** What is not found may be missed anywhere, so its page has full addresses. */
async function serveFull(page) {
  if (base !== undefined) {
    const inFolder = (url) => resolve(folder, decodeURIComponent(url.slice(base.length)));
    await page.route(`${base}**`, (route) => route.fulfill({ path: inFolder(route.request().url()) }));
  }
}

async function judge(page, file) {
  await page.goto(pathToFileURL(file).href);
  await page.evaluate(openDetails);
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate(() => globalThis.axe.run({ resultTypes: ["violations"] }));
  return violations.flatMap(({ id, impact, help, nodes }) =>
    nodes.map(({ target, failureSummary }) => {
      const why = (failureSummary ?? "").split("\n").slice(1).join(" ").trim();
      return `${impact} ${id}: ${help}: ${target.join(" ")}: ${why}`;
    }),
  );
}

/** What is folded away has to be fit to be read, too. */
function openDetails() {
  document.querySelectorAll("details").forEach((details) => (details.open = true));
}
