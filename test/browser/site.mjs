/*
 * The demo's site in a browser, from the disk: site.mjs COMMAND FOLDER
 * Screenshots are left in FOLDER. Axe finds nothing to say, the keyboard reaches
 * every link, charts are drawn, nothing is wider than a phone, the first page is
 * light, and all of it says that it is synthetic.
 */
import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, readdirSync, rmSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";

const require = createRequire(import.meta.url);
const { chromium } = require("playwright-core");
const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
const root = resolve(dirname(fileURLToPath(import.meta.url)), "../..");
const [command, folder] = process.argv.slice(2).map((p) => resolve(p));
const wrong = [];
const expect = (good, what) => good || wrong.push(what);

rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
execFileSync("sh", [join(root, "tools/demo.sh"), command, join(folder, "demo")],
  { stdio: ["ignore", "ignore", "ignore"] });
const site = join(folder, "demo/workspace/site");

const system = () => {
  const [row] = readFileSync(join(site, "areas.html"), "utf8")
    .split("<h2>").filter((part) => part.startsWith("System")).slice(0, 1);
  return /href="(area\/[^"]+)"/.exec(row)[1];
};
const first = (under) => `${under}/${readdirSync(join(site, under)).sort()[0]}`;
const pages = ["index.html", system(), first("indicator"), first("organisation"),
  first("where"), "areas.html", "unassigned.html", "data.html", "about.html"];

const browser = await chromium.launch({
  executablePath: process.env.FOOTPRINT_CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync"],
});

const open = async (path, options) => {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  page.on("pageerror", (e) => wrong.push(`${path}: ${e.message}`));
  await page.goto(pathToFileURL(join(site, path)).href);
  return page;
};

/* Tab goes to every link, field, summary and scrolling table, in order. */
const tabbed = async (page) => {
  const all = await page.evaluate(() => {
    const list = [...document.querySelectorAll("a[href], button, summary, input, [tabindex='0']")]
      .filter((e) => e.getClientRects().length > 0 && e.checkVisibility());
    list.forEach((e, i) => (e.dataset.stop = i));
    return list.length;
  });
  const seen = new Set();
  for (let i = 0; i < all + 5; i++) {
    await page.keyboard.press("Tab");
    const stop = await page.evaluate(() => document.activeElement?.dataset?.stop);
    if (stop !== undefined) seen.add(stop);
  }
  return [seen.size, all];
};

for (const path of pages) {
  const page = await open(path, { viewport: { width: 1200, height: 900 } });
  await page.evaluate(axe);
  const found = await page.evaluate(() =>
    axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] }));
  for (const v of found.violations)
    wrong.push(`${path}: ${v.id}: ${v.help}: ${v.nodes[0].html.slice(0, 200)}`);
  expect((await page.locator("body").innerText()).match(/synthetic|made up/i),
    `${path}: does not say that it is synthetic`);
  const header = await page.evaluate(() =>
    getComputedStyle(document.querySelector(".nhsuk-header")).backgroundColor);
  expect(header === "rgb(0, 94, 184)", `${path}: has no style`);
  const charts = await page.locator(".fp-chart").count();
  expect((await page.locator(".fp-chart svg").count()) >= charts, `${path}: a chart is not drawn`);
  await page.screenshot({ path: join(folder, `${path.replace(/\W/g, "-")}.png`), fullPage: true });
  if (path === "index.html" || path === pages[1]) {
    const [reached, all] = await tabbed(page);
    expect(reached === all, `${path}: the keyboard reaches ${reached} of ${all}`);
  }
  await page.context().close();

  const phone = await open(path, { viewport: { width: 375, height: 800 } });
  const width = await phone.evaluate(() => document.documentElement.scrollWidth);
  const widest = await phone.evaluate(() =>
    [...document.querySelectorAll("main *")].find((e) => !e.closest(".fp-scroll") &&
      e.getBoundingClientRect().right > 376)?.outerHTML.slice(0, 150));
  expect(width <= 376, `${path}: ${width} pixels wide on a phone of 375: ${widest}`);
  await phone.context().close();
}

const plain = await open("index.html", { javaScriptEnabled: false });
expect((await plain.locator("table tbody tr").count()) > 5, "without JavaScript there is no table");
await plain.context().close();
await browser.close();

const weight = (path) => gzipSync(readFileSync(path)).length;
const assets = readdirSync(join(site, "assets"), { recursive: true })
  .map((name) => join(site, "assets", name)).filter((path) => statSync(path).isFile());
const total = weight(join(site, "index.html")) + assets.reduce((sum, path) => sum + weight(path), 0);
expect(total < 500_000, `the first page takes ${total} bytes`);

console.log(`${pages.length} pages looked at; the first takes ${total} bytes, compressed`);
for (const what of wrong) console.log(`WRONG ${what}`);
process.exit(wrong.length ? 1 : 0);
