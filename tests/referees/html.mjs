// The Nu HTML checker on every page and every picture of a site.

import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import vnu from "vnu-jar";
import { argumentsOr, filesIn, nameIn } from "./pages.mjs";
import { Tally } from "./tally.mjs";

const [folder] = argumentsOr("html.mjs FOLDER");
const files = filesIn(folder, ".html", ".svg");
const tally = new Tally("html");
const messages = check(files);

for (const file of files) {
  const errors = messages.filter((message) => message.file === file && message.type === "error");
  tally.judge(nameIn(folder, file), errors.map(describe));
}
const others = messages.filter((message) => !files.includes(message.file));
if (others.length > 0) {
  tally.judge("the checker itself", others.map(describe));
}
const warnings = messages.filter((message) => message.type === "info" && !isAboutPolicy(message));
warnings.forEach((warning) => console.log(`warning: ${nameIn(folder, warning.file)}: ${describe(warning)}`));
console.log(`${warnings.length} warnings`);
tally.close();

function check(files) {
  if (files.length === 0) {
    return [];
  }
  const options = ["-Xss4m", "-jar", vnu, "--format", "json", "--stdout", "--also-check-svg"];
  const ran = spawnSync("java", [...options, ...files], { encoding: "utf8", maxBuffer: 2 ** 28 });
  if (ran.error || !ran.stdout) {
    throw ran.error ?? new Error(ran.stderr);
  }
  return JSON.parse(ran.stdout).messages.map((message) => ({
    ...message,
    file: message.url ? fileURLToPath(message.url) : "",
  }));
}

/** To the checker a file on disk has no origin that a style sheet could share;
 * `offline.mjs` asks a browser what the policy blocks. */
function isAboutPolicy({ message }) {
  return message.includes("Content Security Policy");
}

function describe({ lastLine, lastColumn, message }) {
  return `${lastLine ?? "?"}:${lastColumn ?? "?"}: ${message}`;
}
