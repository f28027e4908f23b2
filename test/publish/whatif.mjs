/*
 * The arithmetic of the pages against the engine's, to the last bit:
 * whatif.mjs PROGRAM, which writes one case a line.
 */
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { runInThisContext } from "node:vm";

const root = resolve(dirname(fileURLToPath(import.meta.url)), "../..");
runInThisContext(readFileSync(join(root, "web/whatif.js"), "utf8"));
const { judge, read } = globalThis.footprintWhatIf;

const lines = execFileSync(process.argv[2], { maxBuffer: 1 << 28 }).toString().trim().split("\n");
const wrong = [];
let scores = 0, categories = 0, methods = new Set(), cuts = new Set();
lines.forEach((line, number) => {
  const { league, ...want } = JSON.parse(line);
  const found = judge(read(league));
  for (const item of league.items) methods.add(item.method);
  for (const node of league.nodes) cuts.add(node.cut);
  for (const key of ["item", "node", "category"])
    want[key].forEach((row, i) => row.forEach((value, p) => {
      const expected = value === null ? NaN : value, got = found[key][i][p];
      if (key === "category") categories += expected > 0;
      else scores += !Number.isNaN(expected);
      if (!(got === expected || (Number.isNaN(got) && Number.isNaN(expected))))
        wrong.push(`case ${number}: ${key} ${i} of place ${p} is ${got}, the engine says ${expected}`);
    }));
});
if (lines.length < 300 || scores < 10_000 || categories < 3_000 || methods.size < 8 || cuts.size < 4)
  wrong.push(`too little is compared: ${lines.length} cases, ${scores} scores, ${categories} categories`);
console.log(`${lines.length} cases: ${scores} scores and ${categories} categories compared`);
for (const what of wrong.slice(0, 20)) console.log(`WRONG ${what}`);
process.exit(wrong.length ? 1 : 0);
