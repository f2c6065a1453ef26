// What a screen reader is told of the tables of a site: on a phone, where
// columns fold under the first, as much as at a desk.

import { pathToFileURL } from "node:url";
import { VIEWPORTS, argumentsOr, filesIn, nameIn, withBrowser, withPage } from "./pages.mjs";
import { Tally } from "./tally.mjs";

const ROLES = ["table", "row", "columnheader", "rowheader", "cell"];

const [folder] = argumentsOr("tables.mjs FOLDER");
const tally = new Tally("tables");

await withBrowser(async (browser) => {
  for (const file of filesIn(folder, ".html")) {
    const { rows, ...wide } = await count(browser, file, VIEWPORTS.wide);
    const narrow = await count(browser, file, VIEWPORTS.narrow);
    const faults = ROLES.filter((role) => wide[role] !== narrow[role]).map(
      (role) => `${wide[role]} times ${role} at a desk, ${narrow[role]} on a phone`,
    );
    if (wide.row !== rows) {
      faults.push(`${rows} rows are written, ${wide.row} are told`);
    }
    tally.judge(nameIn(folder, file), faults);
  }
});
tally.close();

function count(browser, file, viewport) {
  return withPage(browser, { viewport }, async (page) => {
    await page.goto(pathToFileURL(file).href);
    const rows = await page.locator("tr").count();
    const devtools = await page.context().newCDPSession(page);
    const { nodes } = await devtools.send("Accessibility.getFullAXTree");
    const told = nodes.filter((node) => !node.ignored).map((node) => node.role?.value);
    const counts = ROLES.map((role) => [role, told.filter((it) => it === role).length]);
    return { rows, ...Object.fromEntries(counts) };
  });
}
