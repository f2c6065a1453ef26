// Measures the text of charts as a browser lays it out: none may overlap
// another, leave the bar that it is in, or leave the picture; and the page
// does not scroll sideways.

import { pathToFileURL } from "node:url";
import { faultsOfDrawing, measureDrawings } from "./drawings.mjs";
import { VIEWPORTS, argumentsOr, withBrowser, withPage } from "./pages.mjs";
import { Tally } from "./tally.mjs";

const files = argumentsOr("boxes.mjs PAGE…");
const tally = new Tally("boxes");

await withBrowser(async (browser) => {
  for (const [form, viewport] of Object.entries(VIEWPORTS)) {
    await withPage(browser, { viewport, colorScheme: "light" }, async (page) => {
      for (const file of files) {
        await page.goto(pathToFileURL(file).href);
        const { drawings, overflow } = await page.evaluate(measureDrawings);
        const sideways = overflow > 0 ? [`the page is ${overflow} px wider than the screen`] : [];
        tally.judge(`${file}, ${form}: the page`, sideways);
        if (drawings.length === 0) {
          tally.judge(`${file}, ${form}`, ["no chart is to be seen"]);
        }
        drawings.forEach((drawing, n) => {
          tally.judge(`${file}, ${form}: chart ${n + 1}`, faultsOfDrawing(drawing));
        });
      }
    });
  }
});
tally.close();
