// A board in the page of another generator, without scripts, at a desk and on a
// phone, with the site's own switch thrown either way in light rooms and dark
// ones. All of the board is to be read, and as it looks on a page that has no
// style but ours; and what else is on the page looks as it does without ours.
//
// A switch is what a page has while it is thrown: `html.dark`, or
// `body[data-theme=dark]`. A site that bundles its styles is built a second
// time without the board, and has the sheet as it was written beside it.

import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { LEAST, tell, withColours } from "./colours.mjs";
import { faultsOfDrawing, measureDrawings } from "./drawings.mjs";
import { VIEWPORTS, withBrowser, withPage } from "./pages.mjs";
import { Tally } from "./tally.mjs";

const USAGE = `usage: node embedded.mjs [--light SWITCH] [--dark SWITCH] [--auto SWITCH]
  [--base PATH] [--without FOLDER --style FILE] FOLDER PAGE…`;

// Where the site is, for the browser, and the same without the board.
const SITE = "https://trains.example";
const OTHER = "https://without.example";

// What a board may add to a page.
const BYTES = 60_000;

// What text is to be in light and in dark.
const TEXT = { light: "rgb(28, 33, 40)", dark: "rgb(228, 232, 238)" };

// How far the ground that we take for the page's may be from the page's.
const SAME = 1.03;

const { values: given, positionals } = parseArgs({
  allowPositionals: true,
  options: Object.fromEntries(
    ["light", "dark", "auto", "base", "without", "style"].map((name) => [name, { type: "string" }]),
  ),
});
const [folder, ...pages] = positionals;
const switches = ["light", "dark", "auto"].filter((name) => given[name] !== undefined);
const base = given.base ?? "/";
if (pages.length === 0 || switches.length === 0) {
  console.error(USAGE);
  process.exit(2);
}

const tally = new Tally("embedded");
await withBrowser(async (browser) => {
  for (const [form, viewport] of Object.entries(VIEWPORTS)) {
    for (const colorScheme of ["light", "dark"]) {
      const room = { form, viewport, colorScheme, javaScriptEnabled: false };
      for (const thrown of switches) {
        for (const page of pages) {
          await judge(browser, room, thrown, page);
        }
      }
    }
  }
});
tally.close();

/** What a page is to look like with a switch thrown. */
function schemeOf(thrown, { colorScheme }) {
  return thrown === "auto" ? colorScheme : thrown;
}

async function judge(browser, room, thrown, file) {
  const scheme = schemeOf(thrown, room);
  const name = `${file}, ${room.form}, ${thrown} in a ${room.colorScheme} room`;
  await withPage(browser, room, async (page) => {
    await serve(page, SITE, folder);
    await open(page, `${SITE}${base}${file}`, thrown);
    const fragments = await page.evaluate(fragmentsOf);
    tally.judge(`${name}: what is in it`, faultsOfMarkup(fragments));
    tally.judge(`${name}: colours`, await faultsOfColours(page, scheme));
    tally.judge(`${name}: places`, await faultsOfPlaces(page));
    tally.judge(`${name}: style`, await faultsOfStyle(browser, room, page, scheme));
    tally.judge(`${name}: the rest of the page`, await faultsOfRest(browser, room, page, thrown, file));
  });
}

/** Nothing is fetched from anywhere else. */
async function serve(page, host, folder) {
  await page.route("**", (route) => route.abort());
  await page.route(`${host}/**`, (route) => {
    const path = decodeURIComponent(new URL(route.request().url()).pathname);
    const inFolder = path.startsWith(base) ? path.slice(base.length) : "nowhere";
    return route.fulfill({ path: resolve(folder, inFolder.endsWith("/") || inFolder === "" ? `${inFolder}index.html` : inFolder) });
  });
}

async function open(page, address, thrown) {
  await page.goto(address);
  await page.evaluate(
    ({ all, one }) => {
      // Nothing is on its way from one colour to another while it is judged.
      document.head.insertAdjacentHTML("beforeend", "<style>*, ::before, ::after { transition: none !important; }</style>");
      for (const selector of all) {
        setSwitch(selector, false);
      }
      setSwitch(one, true);
      document.getAnimations().forEach((animation) => animation.finish());
      const OURS = ".tb, .tb-board, .tb-summary, .tb-table, .tb-gantt";
      for (const view of document.querySelectorAll(OURS)) {
        view.toggleAttribute("data-ours", view.parentElement.closest(OURS) === null);
      }

      function setSwitch(selector, isThrown) {
        const [, name, classes, attribute, value] = /^([a-z]+)((?:\.[\w-]+)*)(?:\[([\w-]+)=["']?([\w-]*)["']?\])?$/.exec(selector);
        const element = document.querySelector(name);
        for (const one of classes.split(".").filter((it) => it !== "")) {
          element.classList.toggle(one, isThrown);
        }
        if (attribute !== undefined && isThrown) {
          element.setAttribute(attribute, value);
        }
      }
    },
    { all: switches.map((name) => given[name]), one: given[thrown] },
  );
  await withColours(page);
}

/** Runs in the page: what it has of ours. */
function fragmentsOf() {
  return [...document.querySelectorAll("[data-ours]")].map((fragment) => ({
    bytes: new TextEncoder().encode(fragment.outerHTML).length,
    runs: [...fragment.querySelectorAll("*")].flatMap((element) => [
      ...(element.localName === "script" ? ["a script"] : []),
      ...[...element.attributes].filter(({ name, value }) => /^on/.test(name) || /^\s*javascript:/i.test(value)).map(({ name }) => name),
    ]),
    has: ["table", "svg", "figure"].filter((name) => fragment.querySelector(name) !== null),
  }));
}

function faultsOfMarkup(fragments) {
  const faults = fragments.flatMap(({ bytes, runs }) => [
    ...(bytes > BYTES ? [`a fragment has ${bytes} bytes`] : []),
    ...runs.map((name) => `${name} runs`),
  ]);
  for (const name of ["table", "svg"]) {
    if (!fragments.some(({ has }) => has.includes(name))) {
      faults.push(`it has no ${name} of ours`);
    }
  }
  return faults;
}

async function faultsOfColours(page, scheme) {
  const { texts, lines, grounds, text } = await page.evaluate(() => {
    const views = [...document.querySelectorAll("[data-ours]")];
    const probe = document.createElement("i");
    views[0]?.append(probe);
    const grounds = views.map((view) => {
      const back = tbColours.ground(view);
      probe.style.color = "var(--tb-ground)";
      const ours = tbColours.over(getComputedStyle(probe).color, 1, back);
      return { ratio: tbColours.contrast(ours, back), ours: ours.map(Math.round), back: back.map(Math.round) };
    });
    probe.style.color = "var(--tb-text)";
    const [...text] = tbColours.over(getComputedStyle(probe).color, 1, [0, 0, 0]);
    probe.remove();
    return {
      texts: views.flatMap(tbColours.texts),
      lines: views.flatMap(tbColours.lines),
      grounds,
      text: `rgb(${text.map(Math.round).join(", ")})`,
    };
  });
  return [
    ...texts.filter(({ ratio }) => !(ratio >= LEAST.text)).map(tell),
    ...lines.filter(({ ratio }) => !(ratio >= LEAST.line)).map(tell),
    ...grounds
      .filter(({ ratio }) => !(ratio <= SAME))
      .map(({ ours, back }) => `our ground is ${ours}, the page's is ${back}`),
    ...(text === TEXT[scheme] ? [] : [`text is ${text} where the page is ${scheme}`]),
    ...(texts.length > 0 && lines.length > 0 ? [] : ["no text or no line is to be seen"]),
  ];
}

async function faultsOfPlaces(page) {
  const { drawings } = await page.evaluate(measureDrawings);
  const places = await page.evaluate(() => {
    const root = document.documentElement;
    const views = [...document.querySelectorAll("[data-ours]")];
    const beyond = () => Math.max(0, root.scrollWidth - root.clientWidth);
    const withUs = beyond();
    views.forEach((view) => view.style.setProperty("display", "none", "important"));
    const withoutUs = beyond();
    views.forEach((view) => view.style.removeProperty("display"));
    const leaving = views.flatMap((view) => {
      const column = view.getBoundingClientRect();
      return [...view.querySelectorAll(".tb-summary, .tb-table, .tb-gantt, table, svg")]
        .filter((part) => part.checkVisibility() && part.closest(".tb-scroll") === null)
        .filter((part) => {
          const { left, right } = part.getBoundingClientRect();
          return left < column.left - 1 || right > column.right + 1 || part.scrollWidth > part.clientWidth + 1;
        })
        .map((part) => `${part.localName} ${part.classList} leaves its column`);
    });
    return { wider: withUs - withoutUs, leaving };
  });
  return [
    ...(drawings.length > 0 ? [] : ["no chart is to be seen"]),
    ...drawings.flatMap(faultsOfDrawing),
    ...places.leaving,
    ...(places.wider > 0 ? [`the page is ${places.wider} px wider by it`] : []),
  ];
}

/** The same fragments on a page with nothing else, in the site's letters. */
async function faultsOfStyle(browser, room, page, scheme) {
  const here = await page.evaluate(appearance);
  const style = given.style === undefined ? "" : readFileSync(given.style, "utf8");
  const fragments = await page.evaluate(() =>
    [...document.querySelectorAll("[data-ours]")].map((fragment) => {
      const { color, fontFamily, fontSize, lineHeight, overflowWrap } = getComputedStyle(fragment);
      const width = `${fragment.getBoundingClientRect().width}px`;
      const box = document.createElement("div");
      Object.assign(box.style, { color, fontFamily, fontSize, lineHeight, overflowWrap, width });
      box.innerHTML = fragment.outerHTML;
      return box.outerHTML;
    }),
  );
  const bare = await withPage(browser, { ...room, colorScheme: scheme }, async (bare) => {
    await bare.setContent(
      `<!DOCTYPE html><html style="color-scheme: ${scheme}"><head><style>${style}</style></head><body>${fragments.join("")}</body></html>`,
    );
    await withColours(bare);
    return bare.evaluate(appearance);
  });
  if (here.length !== bare.length) {
    return [`${here.length} elements are here, ${bare.length} on a bare page`];
  }
  return [...new Set(here.flatMap((element, n) => differences(element, bare[n], "on a bare page")))];
}

/** Runs in the page: how all of ours looks. */
function appearance() {
  const SIDES = ["top", "right", "bottom", "left"];
  const LOOKS = [
    ...SIDES.flatMap((side) => ["style", "width", "color"].map((what) => `border-${side}-${what}`)),
    ...SIDES.map((side) => `padding-${side}`),
    ...["top-left", "bottom-right"].map((corner) => `border-${corner}-radius`),
    ..."margin-top margin-bottom display position float background-color background-image box-shadow outline-style".split(" "),
    ..."font-size font-weight font-style font-variant-numeric letter-spacing word-spacing text-transform".split(" "),
    ..."text-align text-indent vertical-align white-space overflow-wrap word-break hyphens text-shadow".split(" "),
    ..."text-decoration-line color opacity visibility filter list-style-type overflow-x table-layout".split(" "),
    ..."border-collapse caption-side empty-cells max-width min-width".split(" "),
  ];
  const DRAWN = [
    ..."fill stroke stroke-width stroke-dasharray fill-opacity stroke-opacity paint-order".split(" "),
    ..."text-anchor dominant-baseline font-family font-size font-weight font-style letter-spacing".split(" "),
    ..."word-spacing text-transform display opacity visibility white-space".split(" "),
  ];
  // Sentences look as those of the page do.
  const AS_THE_PAGE = ".tb-summary, style, desc, title";
  document.querySelectorAll("details").forEach((details) => (details.open = true));
  const all = [...document.querySelectorAll("[data-ours]")].flatMap((fragment) => [...fragment.querySelectorAll("*")]);
  return all
    .filter((element) => element.closest(AS_THE_PAGE) === null)
    .flatMap((element) => [null, "::before", "::after"].map((pseudo) => look(element, pseudo)));

  function look(element, pseudo) {
    const style = getComputedStyle(element, pseudo);
    const isDrawn = element.ownerSVGElement instanceof SVGElement;
    const name = `${element.localName}${[...element.classList].map((one) => `.${one}`).join("")}${pseudo ?? ""}`;
    if (pseudo !== null && (isDrawn || style.content === "none")) {
      return { name, values: { content: "none" } };
    }
    const isGround = isDrawn && /tb-(halo|clear|badge)\b/.test(element.classList.value);
    const properties = (isDrawn ? DRAWN : LOOKS).filter((property) => !(isGround && /fill|stroke/.test(property)));
    const value = (property) => {
      const [, edge] = /^(.*)-(color|style)$/.exec(property) ?? [];
      const isThere = edge === undefined || !edge.startsWith("border") || style.getPropertyValue(`${edge}-width`) !== "0px";
      const written = style.getPropertyValue(property);
      const isColor = /color$|^fill$|^stroke$/.test(property) && written !== "none";
      return isThere ? (isColor ? [...tbColours.rgba(written)].join(" ") : written) : "of no edge";
    };
    return { name, values: Object.fromEntries(properties.map((property) => [property, value(property)])) };
  }
}

function differences({ name, values }, other, where) {
  return Object.entries(values)
    .filter(([property, value]) => other.values[property] !== value)
    .map(([property, value]) => `${name}: ${property} is \`${value}\`, ${where} \`${other.values[property]}\``);
}

/** With all that we add, and without. */
async function faultsOfRest(browser, room, page, thrown, file) {
  const withUs = await page.evaluate(restOfPage, false);
  const withoutUs = await (given.without === undefined
    ? page.evaluate(restOfPage, true)
    : withPage(browser, room, async (other) => {
        await serve(other, OTHER, given.without);
        await open(other, `${OTHER}${base}${file}`, thrown);
        return other.evaluate(restOfPage, false);
      }));
  if (withUs.length !== withoutUs.length) {
    return [`${withUs.length} elements are beside ours, ${withoutUs.length} without`];
  }
  return [...new Set(withUs.flatMap((element, n) => differences(element, withoutUs[n], "without ours")))];
}

/**
 * Runs in the page: how all looks that is not ours, among it one of everything
 * that a page may have. Sizes follow from what stands beside.
 */
function restOfPage(isBare) {
  const SAMPLES = `<div id="samples">
    <h1>H</h1><h2>H</h2><h3>H</h3><h4>H</h4><h5>H</h5><h6>H</h6>
    <p>P <a href="#samples">a</a> <code>c</code> <strong>s</strong> <em>e</em> <bdi>b</bdi> <time>t</time></p>
    <ul><li>L<ul><li>L</li></ul></li></ul><ol><li>L</li></ol><dl><dt>D</dt><dd>D</dd></dl>
    <table><caption>C</caption><thead><tr><th>T</th><th class="note">T</th></tr></thead>
    <tbody><tr><th scope="row">T</th><td>T <a href="#samples">a</a></td></tr><tr><td>T</td><td>T</td></tr></tbody></table>
    <pre><code>c</code></pre><blockquote><p>B</p></blockquote><hr>
    <figure><svg viewBox="0 0 9 9" width="9" height="9"><g><rect width="9" height="9"/><path d="M0 0L9 9"/><text y="9">T</text></g></svg>
    <figcaption>C</figcaption></figure><details open><summary>S</summary>D</details>
    <button type="button">B</button><input value="I"><label>L</label><kbd>k</kbd><img alt="I"></div>`;
  const SIZES = /(^|-)(width|height|size|origin|inset|top|bottom|left|right|rows|columns)(-|$)/;
  const IS_BOX = /^(border|padding|margin|outline|text|font|background|column)-/;

  if (isBare) {
    const isOurs = (style) => style.textContent.includes(".tb-drawing");
    [...document.querySelectorAll("style")].filter(isOurs).forEach((style) => style.remove());
  }
  if (document.getElementById("samples") === null) {
    document.querySelector("h1").parentElement.insertAdjacentHTML("beforeend", SAMPLES);
  }
  const all = [document.documentElement, ...document.body.querySelectorAll("*"), document.body];
  return all
    .filter((element) => element.closest("[data-ours], script, style, template, noscript") === null)
    .flatMap((element) => [null, "::before", "::after", "::marker"].flatMap((pseudo) => look(element, pseudo)));

  function look(element, pseudo) {
    const style = getComputedStyle(element, pseudo);
    if (pseudo !== null && ["none", "normal"].includes(style.content)) {
      return [];
    }
    const properties = [...style].filter(
      (property) => !property.startsWith("--tb-") && (IS_BOX.test(property) || !SIZES.test(property)),
    );
    const values = Object.fromEntries(properties.map((property) => [property, style.getPropertyValue(property)]));
    return [{ name: `${element.localName}${pseudo ?? ""}`, values }];
  }
}
