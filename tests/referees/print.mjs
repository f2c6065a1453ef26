// What a printed page shows: no navigation, the addresses of its links, and each
// board whole, on a page of A4 where it fits on one.

import { pathToFileURL } from "node:url";
import { argumentsOr, nameIn, pagesIn, withBrowser, withPage } from "./pages.mjs";
import { Tally } from "./tally.mjs";

/** A4 without the margins that browsers leave, in CSS pixels. */
const PAPER = { width: 718, height: 1047 };

const [folder] = argumentsOr("print.mjs FOLDER");
const tally = new Tally("print");

await withBrowser(async (browser) => {
  await withPage(browser, { viewport: PAPER, bypassCSP: true }, async (page) => {
    await page.emulateMedia({ media: "print" });
    // The page for what is not found has full addresses: on disk, no style.
    for (const file of pagesIn(folder).filter((file) => !file.endsWith("404.html"))) {
      await page.goto(pathToFileURL(file).href);
      const faults = await page.evaluate(judge, PAPER.height);
      if (await page.evaluate(leaveBoardAlone, PAPER.height)) {
        const pages = await countPages(page);
        faults.push(...(pages === 1 ? [] : [`its board takes ${pages} pages`]));
      }
      tally.judge(nameIn(folder, file), faults);
    }
  });
});
tally.close();

async function countPages(page) {
  const pdf = await page.pdf({ format: "A4", margin: { top: "1cm", bottom: "1cm", left: "1cm", right: "1cm" } });
  return pdf.toString("latin1").match(/\/Type\s*\/Page\b/g).length;
}

/** In the page. */
function judge(height) {
  const faults = [];
  for (const part of document.querySelectorAll("nav, .skip, .anchor, .feeds")) {
    if (part.checkVisibility()) {
      faults.push(`<${part.localName} class="${part.className}"> is printed`);
    }
  }
  for (const link of document.querySelectorAll("article a[href^=http]:not(.tb-table a)")) {
    const shown = link.textContent + getComputedStyle(link, "::after").content;
    const address = link.getAttribute("href");
    if (!shown.includes(address)) {
      faults.push(`the address ${address} is not printed`);
    }
  }
  for (const board of document.querySelectorAll(".tb-board")) {
    const fits = board.getBoundingClientRect().height <= height;
    if (fits && getComputedStyle(board).breakInside !== "avoid") {
      faults.push("a board may be torn apart");
    }
  }
  return faults;
}

/** In the page: whether its first board fits on paper; then nothing else stays. */
function leaveBoardAlone(height) {
  const board = document.querySelector(".tb-board");
  if (board === null || board.getBoundingClientRect().height > height * 0.9) {
    return false;
  }
  document.body.replaceChildren(board);
  return true;
}
