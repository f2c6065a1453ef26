// The views in real books: in every theme, with scripts and without, in light
// and dark rooms, wide and narrow. All text of tables and charts must stand
// out from what is really behind it, and nothing may leave its column.
//
// The folder holds a built book for each theme of each mdBook: VERSION/THEME.

import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { VIEWPORTS, argumentsOr, withBrowser, withPage } from "./pages.mjs";
import { Tally } from "./tally.mjs";

// What WCAG asks of text of any size.
const LEAST = 4.5;
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
      const { texts, wide, themes } = await page.evaluate(measure);
      const faults = texts.filter(({ ratio }) => !(ratio >= LEAST)).map(tell);
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

function tell({ text, ratio, front, back }) {
  return `\`${text}\` has ${ratio.toFixed(2)}: ${front} on ${back}`;
}

/** Runs in the page: the contrast of all text that comes from trainboard. */
function measure() {
  const VIEWS = ".tb-summary, .tb-table, .tb-gantt";
  const pixel = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  document.querySelectorAll("details").forEach((details) => (details.open = true));

  const texts = [];
  for (const view of document.querySelectorAll(VIEWS)) {
    const walk = document.createTreeWalker(view, NodeFilter.SHOW_TEXT);
    for (let node = walk.nextNode(); node; node = walk.nextNode()) {
      const element = node.parentElement;
      if (node.data.trim() !== "" && isShown(element)) {
        texts.push(...(element instanceof SVGElement ? inDrawing(element) : inPage(element)));
      }
    }
  }
  return { texts, wide: tooWide(), themes: [...document.documentElement.classList] };

  function isShown(element) {
    const isRead = !element.closest("desc, title, style");
    const { width, height } = element.getBoundingClientRect();
    return isRead && element.checkVisibility() && width > 1 && height > 1;
  }

  function inPage(element) {
    return [compared(element.textContent, getComputedStyle(element).color, ground(element))];
  }

  /** A text lies over several shapes, and its worst place counts. */
  function inDrawing(text) {
    const style = getComputedStyle(text);
    if (style.stroke !== "none") {
      return [compared(text.textContent, style.fill, over(style.stroke, 1, ground(text)))];
    }
    const { x, y, width, height } = text.getBBox();
    const places = [0.02, 0.25, 0.5, 0.75, 0.98].map((part) => new DOMPoint(x + part * width, y + height / 2));
    return places.map((place) => compared(text.textContent, style.fill, behind(text, place)));
  }

  /** What is painted there before the text. */
  function behind(text, place) {
    const svg = text.ownerSVGElement;
    const shapes = [...svg.querySelectorAll("rect, path, polygon, circle")];
    const before = shapes.filter((shape) => shape.compareDocumentPosition(text) & Node.DOCUMENT_POSITION_FOLLOWING);
    const onScreen = place.matrixTransform(text.getScreenCTM());
    return before.reduce((color, shape) => {
      const local = onScreen.matrixTransform(shape.getScreenCTM().inverse());
      const { fill, fillOpacity, opacity } = getComputedStyle(shape);
      const isThere = fill !== "none" && !fill.startsWith("url") && shape.isPointInFill(local);
      return isThere ? over(fill, fillOpacity * opacity, color) : color;
    }, ground(svg));
  }

  /** The page's own colours behind an element. */
  function ground(element) {
    const line = [];
    for (let at = element; at; at = at.parentElement) {
      line.unshift(at);
    }
    return line.reduce((color, at) => over(getComputedStyle(at).backgroundColor, 1, color), [255, 255, 255]);
  }

  function compared(text, color, back) {
    const front = over(color, 1, back);
    return { text: text.trim().slice(0, 40), ratio: contrast(front, back), front: `${color}`, back: `rgb(${back.map(Math.round)})` };
  }

  function over(color, share, [r, g, b]) {
    const [red, green, blue, alpha] = rgba(color);
    const part = (alpha / 255) * share;
    return [red * part + r * (1 - part), green * part + g * (1 - part), blue * part + b * (1 - part)];
  }

  /** In whatever form a browser writes a colour. */
  function rgba(color) {
    pixel.clearRect(0, 0, 1, 1);
    pixel.fillStyle = "#f0f";
    pixel.fillStyle = color;
    pixel.fillRect(0, 0, 1, 1);
    return pixel.getImageData(0, 0, 1, 1).data;
  }

  function contrast(a, b) {
    const [dark, light] = [luminance(a), luminance(b)].sort((x, y) => x - y);
    return (light + 0.05) / (dark + 0.05);
  }

  function luminance(rgb) {
    const [r, g, b] = rgb.map((value) => {
      const part = value / 255;
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  }

  function tooWide() {
    const { left, right } = document.querySelector("main").getBoundingClientRect();
    return [...document.querySelectorAll(VIEWS)].flatMap((view) => {
      const box = view.getBoundingClientRect();
      const leaves = box.left < left - 1 || box.right > right + 1 || view.scrollWidth > view.clientWidth + 1;
      return leaves ? [`${view.className} leaves its column`] : [];
    });
  }
}
