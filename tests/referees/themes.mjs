// The views in real books: in every theme, with scripts and without, in light
// and dark rooms, wide and narrow. All text of tables and charts must stand
// out from what is really behind it, and nothing may leave its column.
//
// The folder holds a built book for each theme of each mdBook: VERSION/THEME.

import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { LEAST, tell, withColours } from "./colours.mjs";
import { VIEWPORTS, argumentsOr, withBrowser, withPage } from "./pages.mjs";
import { Tally } from "./tally.mjs";

const PAGES = ["releases.html", "places.html", "adopted.html"];

const [folder] = argumentsOr("themes.mjs FOLDER");
const tally = new Tally("themes");

await withBrowser(async (browser) => {
  for (const version of readdirSync(folder).sort()) {
    for (const theme of readdirSync(join(folder, version)).sort()) {
      for (const setting of settings()) {
        await judge(browser, join(folder, version, theme), `mdBook ${version}, ${theme}`, theme, setting);
      }
    }
  }
});
tally.close();

/** The last: as older themes, which do not say whether they are dark. */
function* settings() {
  for (const form of Object.keys(VIEWPORTS)) {
    for (const colorScheme of ["light", "dark"]) {
      for (const javaScriptEnabled of [true, false]) {
        yield { form, colorScheme, javaScriptEnabled, isSilent: false };
      }
    }
    yield { form, colorScheme: "light", javaScriptEnabled: true, isSilent: true };
  }
}

async function judge(browser, book, name, theme, { form, colorScheme, javaScriptEnabled, isSilent }) {
  const options = { viewport: VIEWPORTS[form], colorScheme, javaScriptEnabled };
  const scripts = javaScriptEnabled ? "scripts on" : "scripts off";
  const silent = isSilent ? ", no color-scheme" : "";
  await withPage(browser, options, async (page) => {
    await page.addInitScript((theme) => localStorage.setItem("mdbook-theme", theme), theme);
    for (const file of PAGES) {
      await page.goto(pathToFileURL(join(book, file)).href);
      if (isSilent) {
        await page.addStyleTag({ content: ":root { color-scheme: normal; }" });
      }
      await withColours(page);
      const { texts, wide, themes } = await page.evaluate(measure);
      const faults = texts.filter(({ ratio }) => !(ratio >= LEAST.text)).map(tell);
      faults.push(...wide);
      if (texts.length === 0) {
        faults.push("no text is to be seen");
      }
      if (!themes.includes(theme)) {
        faults.push(`the theme is ${themes.join(" ")}`);
      }
      tally.judge(`${name}, ${form}, ${colorScheme}, ${scripts}${silent}: ${file}`, faults);
    }
  });
}

/** Runs in the page. */
function measure() {
  const views = [...document.querySelectorAll(".tb-summary, .tb-table, .tb-gantt")];
  return {
    texts: views.flatMap(tbColours.texts),
    wide: tooWide(),
    themes: [...document.documentElement.classList],
  };

  function tooWide() {
    const { left, right } = document.querySelector("main").getBoundingClientRect();
    return views.flatMap((view) => {
      const box = view.getBoundingClientRect();
      const leaves = box.left < left - 1 || box.right > right + 1 || view.scrollWidth > view.clientWidth + 1;
      return leaves ? [`${view.className} leaves its column`] : [];
    });
  }
}
