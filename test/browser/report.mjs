/*
 * The pages of a plan in a browser: report.mjs COMMAND FOLDER
 * Screenshots are left in FOLDER. Axe finds nothing to say, the keyboard reaches
 * every table and picture, each picture has a table after it, and nothing is
 * wider than a phone but what scrolls by itself.
 */
import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

const require = createRequire(import.meta.url);
const { chromium } = require("playwright-core");
const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
const [command, folder] = process.argv.slice(2).map((p) => resolve(p));
const wrong = [];
const expect = (good, what) => good || wrong.push(what);
const run = (...args) =>
  execFileSync(command, [...args, "--quiet"], { cwd: folder, stdio: ["ignore", "ignore", "inherit"] });

rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
run("plan", "new", "plan");
/* Two schemes on the same patients, figures that came later, another plan. */
const add = (name, text) => writeFileSync(join(folder, "plan", name), text, { flag: "a" });
add("schemes.csv", "clinic,frailty,avoid,pod=emergency tags=frail,0.05,0.8,2017/18,step,0,1,,,,2,40,,,CCG\n");
add("actuals.csv", "series,year,value,known\nmargin system,2017/18,-900000,2018/19\n" +
  "result EAST,2017/18,1500000,2018/19\n");
cpSync(join(folder, "plan"), join(folder, "other"), { recursive: true });
const schemes = join(folder, "other", "schemes.csv");
writeFileSync(schemes, readFileSync(schemes, "utf8").replace(/^home-ward,.*\n/m, ""));
run("plan", "report", "plan", "--draws", process.env.FOOTPRINT_DRAWS ?? "64", "--out", "report.html");
run("plan", "compare", "plan", "other", "--draws", process.env.FOOTPRINT_DRAWS ?? "64", "--out", "versus.html");

const browser = await chromium.launch({
  executablePath: process.env.FOOTPRINT_CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync"],
});
const open = async (path, width) => {
  const page = await browser.newPage({ viewport: { width, height: 900 } });
  page.on("pageerror", (e) => wrong.push(`${path}: ${e.message}`));
  page.on("request", (r) => r.url().startsWith("file:") || wrong.push(`${path} asks for ${r.url()}`));
  await page.goto(pathToFileURL(join(folder, path)).href);
  return page;
};

const least = { "report.html": { pictures: 9, tables: 17 }, "versus.html": { pictures: 1, tables: 4 } };
for (const path of Object.keys(least)) {
  const page = await open(path, 1200);
  await page.evaluate(axe);
  const found = await page.evaluate(() =>
    axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] }));
  for (const v of found.violations)
    wrong.push(`${path}: ${v.id}: ${v.help}: ${v.nodes[0].html.slice(0, 200)}`);
  const seen = await page.evaluate(() => ({
    pictures: document.querySelectorAll("svg").length,
    tables: document.querySelectorAll("table").length,
    bare: [...document.querySelectorAll("section")].filter((s) =>
      s.querySelector("svg") && !s.querySelector("table")).map((s) => s.querySelector("h2").textContent),
    outside: [...document.querySelectorAll("svg text")].filter((t) => {
      const box = t.getBoundingClientRect(), svg = t.ownerSVGElement.getBoundingClientRect();
      return box.left < svg.left - 1 || box.right > svg.right + 1;
    }).map((t) => t.textContent),
    stops: document.querySelectorAll("a[href], [tabindex='0']").length,
    broken: /\b(NaN|nan|undefined|inf)\b/.test(document.body.innerText),
  }));
  expect(seen.pictures >= least[path].pictures, `${path}: ${seen.pictures} pictures`);
  expect(seen.tables >= least[path].tables, `${path}: ${seen.tables} tables`);
  expect(seen.bare.length === 0, `${path}: a picture without a table: ${seen.bare}`);
  expect(seen.outside.length === 0, `${path}: words leave their picture: ${seen.outside}`);
  expect(!seen.broken, `${path}: a number is broken`);
  for (let i = 0; i < seen.stops; i++) await page.keyboard.press("Tab");
  const last = await page.evaluate(() =>
    [...document.querySelectorAll("a[href], [tabindex='0']")].at(-1) === document.activeElement);
  expect(last, `${path}: the keyboard does not reach the last table`);
  await page.screenshot({ path: join(folder, `${path}.png`), fullPage: true });
  await page.close();

  const phone = await open(path, 375);
  const width = await phone.evaluate(() => document.documentElement.scrollWidth);
  const widest = await phone.evaluate(() => [...document.querySelectorAll("main *")].find((e) =>
    !e.closest(".scroll") && e.getBoundingClientRect().right > 376)?.outerHTML.slice(0, 150));
  expect(width <= 376, `${path}: ${width} pixels wide on a phone of 375: ${widest}`);
  await phone.screenshot({ path: join(folder, `${path}-phone.png`), fullPage: true });
  await phone.close();
}
await browser.close();
console.log(`${Object.keys(least).length} pages looked at`);
for (const what of wrong) console.log(`WRONG ${what}`);
process.exit(wrong.length ? 1 : 0);
