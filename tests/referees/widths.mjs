// Pages at all widths that readers have: none scrolls sideways. A table that
// does not fit scrolls in a region of its own, which the keyboard reaches and
// a screen reader names; in a book, whose arrow keys turn the pages, none may.

import { pathToFileURL } from "node:url";
import { argumentsOr, nameIn, pagesIn, withBrowser, withPage } from "./pages.mjs";
import { Tally } from "./tally.mjs";

const WIDTHS = [320, 360, 480, 600, 750, 800, 1024, 1200];

const folders = argumentsOr("widths.mjs FOLDER…");
const tally = new Tally("widths");

await withBrowser(async (browser) => {
  await withPage(browser, {}, async (page) => {
    for (const folder of folders) {
      for (const file of pagesIn(folder)) {
        // A book that is opened on a phone has its list of chapters folded.
        await page.setViewportSize({ width: WIDTHS[0], height: 900 });
        await page.goto(pathToFileURL(file).href);
        for (const width of WIDTHS) {
          await page.setViewportSize({ width, height: 900 });
          tally.judge(`${nameIn(folder, file)}, ${width} px`, await page.evaluate(faults));
        }
      }
    }
  });
});
tally.close();

/** Runs in the page: what goes beyond its place. */
function faults() {
  document.querySelectorAll("details").forEach((details) => (details.open = true));
  const root = document.documentElement;
  const beyond = root.scrollWidth - root.clientWidth;
  const page = beyond > 0 ? [`the page is ${beyond} px wider than the screen`] : [];
  return [...page, ...[...document.querySelectorAll(".tb-table")].flatMap(faultsOfTable)];

  function faultsOfTable(view) {
    const isInBook = view.closest("#mdbook-content, #content") !== null;
    const region = view.querySelector(".tb-scroll");
    if (region !== null && isInBook) {
      return ["a book has a region that scrolls"];
    }
    if (region !== null && !isReached(region)) {
      return ["a region that scrolls is not reached, or has no name"];
    }
    const wide = view.scrollWidth - view.clientWidth;
    return wide > 0 ? [`a table is ${wide} px wider than its column`] : [];
  }

  function isReached(region) {
    const isNamed = (region.getAttribute("aria-label") ?? "") !== "";
    return region.tabIndex === 0 && region.role === "region" && isNamed;
  }
}
