// Previews a project as a writer does: edits a page, breaks the schedule and
// mends it, travels to another day, and ends it.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { VIEWPORTS, argumentsOr, withBrowser, withPage } from "./pages.mjs";
import { Tally } from "./tally.mjs";

const PATIENCE = 20_000;

const [program, project, shots] = argumentsOr("serve.mjs PROGRAM PROJECT [SHOTS]");
const tally = new Tally("serve");
const preview = spawn(program, ["serve", "--port", "0", "--date", "2026-11-20"], {
  cwd: project,
  stdio: ["ignore", "inherit", "pipe"],
});
const ended = once(preview, "exit");

/** A step that fails with its reason, and does not keep the others from theirs. */
async function step(name, act) {
  try {
    await act();
    tally.judge(name, []);
  } catch (error) {
    tally.judge(name, [String(error.message ?? error).split("\n")[0]]);
  }
}

function expect(is, what) {
  if (!is) throw new Error(what);
}

function edit(file, from, to) {
  const path = join(project, file);
  const text = readFileSync(path, "utf8");
  expect(text.includes(from), `${file} has no ${from}`);
  writeFileSync(path, text.replace(from, to));
}

async function address() {
  for await (const line of createInterface({ input: preview.stderr })) {
    console.log(`  ${line}`);
    const found = line.match(/http:\S+/);
    if (found) return found[0];
  }
  throw new Error("the preview ended");
}

const top = await address();
preview.stderr.resume();

await withBrowser((browser) =>
  withPage(browser, { viewport: VIEWPORTS.wide }, async (page) => {
    page.setDefaultTimeout(PATIENCE);
    const wrong = [];
    page.on("pageerror", (error) => wrong.push(error.message));
    page.on("console", (message) => message.type() === "error" && wrong.push(message.text()));
    await page.goto(`${top}release-process.html`);
    const frame = page.frameLocator("#page");
    const shoot = (name) => shots && page.screenshot({ path: join(shots, `${name}.png`) });
    const status = (version) =>
      frame.locator("table tbody tr", { hasText: version }).first().textContent();

    await step("the page is shown, and the preview is live", async () => {
      await frame.locator("h1").first().waitFor();
      await page.locator("#state.live").waitFor();
      await shoot("live");
    });

    await step("an edit is shown, where the reader was", async () => {
      const view = page.frames()[1];
      await view.evaluate(() => window.scrollTo({ top: 700, behavior: "instant" }));
      const start = performance.now();
      edit("content/release-process.md", "# ", "# Edited: ");
      await frame.locator("h1", { hasText: "Edited: " }).waitFor();
      console.log(`  from edit to reload: ${Math.round(performance.now() - start)} ms`);
      const places = () => page.frames()[1].evaluate(() => window.scrollY);
      await page.waitForFunction(() => document.getElementById("page").contentWindow.scrollY > 600);
      expect((await places()) === 700, `scrolled to ${await places()}`);
    });

    await step("an edit of another page leaves this one alone", async () => {
      await page.frames()[1].evaluate(() => { window.mark = 1; });
      edit("content/index.md", "\n\n", "\n\nEdited.\n\n");
      while (!(await (await fetch(top)).text()).includes("Edited.")) {
        await page.waitForTimeout(50);
      }
      await page.waitForTimeout(300);
      const mark = await page.frames()[1].evaluate(() => window.mark);
      expect(mark === 1, "the page was loaded again");
    });

    await step("an error is shown over the page, with its place", async () => {
      edit("schedule.toml", 'every = "1 month"', 'every = "1 <b>month</b>"');
      const trouble = page.locator("#trouble:not([hidden]) pre");
      await trouble.waitFor();
      const text = await trouble.textContent();
      expect(/schedule\.toml:\d+:\d+/.test(text), text);
      expect(text.includes("<b>month</b>"), text);
      expect((await page.locator("#trouble b").count()) === 0, "the error is not escaped");
      await shoot("trouble");
    });

    await step("it goes when the error is mended", async () => {
      edit("schedule.toml", 'every = "1 <b>month</b>"', 'every = "1 month"');
      await page.locator("#trouble").waitFor({ state: "hidden" });
      await page.locator("#state.live").waitFor();
    });

    await step("another day shows what the page will say", async () => {
      await page.locator("#day").fill("2026-12-20");
      await page.waitForURL("**/.trainboard/on/2026-12-20/release-process.html");
      await frame.locator("time[datetime='2027-01-05']").first().waitFor();
      const [released, over] = [await status("52.0.0"), await status("50.0.0")];
      expect(/Supported/.test(released), `52.0.0: ${released}`);
      expect(/Ended/.test(over), `50.0.0: ${over}`);
      await shoot("travel");
    });

    await step("a link stays on that day, and the way back is short", async () => {
      await frame.getByRole("link", { name: "Markers" }).first().click();
      await page.waitForURL("**/.trainboard/on/2026-12-20/guide/**");
      await page.getByRole("button", { name: "Back to 2026-11-20" }).click();
      await page.waitForURL(`${top}guide/**`);
    });

    await step("the wrapper is for everybody", async () => {
      const axe = createRequire(import.meta.url).resolve("axe-core/axe.min.js");
      await page.evaluate(readFileSync(axe, "utf8"));
      const { violations } = await page.evaluate(() =>
        globalThis.axe.run({ include: ["body"], exclude: ["#page"] }));
      expect(violations.length === 0, violations.map(({ id }) => id).join(", "));
      await page.setViewportSize(VIEWPORTS.narrow);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth);
      expect(wide <= VIEWPORTS.narrow.width, `${wide} pixels wide`);
      await shoot("phone");
    });

    await step("an interrupt ends it within a second", async () => {
      const start = performance.now();
      preview.kill("SIGINT");
      const [code] = await ended;
      const took = performance.now() - start;
      expect(code === 0 && took < 1000, `exit ${code} after ${Math.round(took)} ms`);
      await page.locator("#state.stopped").waitFor();
    });

    await step("nothing went wrong in the browser", () => {
      const ours = wrong.filter((text) => !/ERR_CONNECTION|ERR_INCOMPLETE|ERR_EMPTY/.test(text));
      expect(ours.length === 0, ours.join("; "));
    });
  }),
).finally(() => preview.kill("SIGKILL"));
tally.close();
