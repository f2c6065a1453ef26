// axe-core on every page of a site: wide and narrow, light and dark.

import { pathToFileURL } from "node:url";
import axe from "axe-core";
import { VIEWPORTS, argumentsOr, filesIn, nameIn, withBrowser, withPage } from "./pages.mjs";
import { Tally } from "./tally.mjs";

const [folder] = argumentsOr("axe.mjs FOLDER");
const tally = new Tally("axe");

await withBrowser(async (browser) => {
  for (const [form, viewport] of Object.entries(VIEWPORTS)) {
    for (const colorScheme of ["light", "dark"]) {
      await withPage(browser, { viewport, colorScheme, bypassCSP: true }, async (page) => {
        for (const file of filesIn(folder, ".html")) {
          const faults = await judge(page, file);
          tally.judge(`${nameIn(folder, file)}, ${form}, ${colorScheme}`, faults);
        }
      });
    }
  }
});
tally.close();

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
