/*
 * The site of the demo's nation in a browser, from the disk: site.mjs COMMAND
 * FOLDER. Screenshots are left in FOLDER. Axe finds nothing to say, the keyboard reaches
 * every link, charts are drawn, nothing is wider than a phone, the first page is
 * light, and all of it says that it is synthetic. Every figure of the first page
 * and of a system's leads to its formula, which is the one that the command
 * prints; what-if changes a rating as the arithmetic says; changes of ratings
 * are marked as noise or more.
 */
import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
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
const nation = join(folder, "nation"), workspace = join(folder, "workspace");
const site = join(workspace, "site");
/* 1 says: done, and something was found, as is to be expected of these data. */
const run = (...words) => {
  const done = spawnSync(command, [...words, "-q"], { stdio: ["ignore", "ignore", "inherit"] });
  if (done.status > 1) throw new Error(`footprint ${words.join(" ")}: ${done.status}`);
};
const here = ["-w", workspace];

/* Made-up oversight rows of the demo's trusts in four quarters, so that there are
 * ratings over time. */
const oversight = () => {
  let x = 7;
  const random = () => (x = (x * 16807) % 2147483647) / 2147483647;
  const trusts = readFileSync(join(nation, "orgs/hf_trust_stp_2017_18.csv"), "utf8").trim()
    .split("\n").slice(1).map((line) => line.split(",").find((cell) => /^[A-Z0-9]{3}$/.test(cell)))
    .sort().slice(0, 12);
  const domains = { OF1005: "Access to services", OF1041: "Access to services",
    OF1057: "Effectiveness and experience", OF1063: "Effectiveness and experience",
    OF1016: "Patient safety", OF1061: "Patient safety", OF1082: "People and workforce",
    OF1084: "People and workforce", OF1080: "Finance and productivity", OF1086: "Finance and productivity" };
  const rows = ["Quarter,Region,Trust_type,Trust_subtype,Trust_code,Trust_name,Domain,Sub-domain," +
    "Metric_ID,Metric_description,Reporting_date,Units,Value,Median_value,Lower_quartile,Upper_quartile,Rank"];
  trusts.forEach((trust, i) => {
    for (let quarter = 1; quarter <= 4; quarter++) {
      const start = `Q${quarter} 2025/26,North,Acute trust,Acute,${trust},Trust ${trust}`;
      for (const [metric, domain] of Object.entries(domains)) {
        const score = Math.min(4, Math.max(1, 1 + 3 * (0.7 * (i / 11) + 0.5 * random() - 0.1)));
        rows.push(`${start},${domain},x,${metric},made up,Q${quarter},score,${score.toFixed(2)},,,,`);
      }
      rows.push(`${start},Summary,x,OF5004,made up,Q${quarter},flag,0,,,,`);
    }
  });
  const out = join(nation, "oversight.csv");
  writeFileSync(out, rows.join("\n") + "\n");
  return out;
};
run("synth", nation, "--scale", "small", "--seed", "1");
run("init", workspace);
run("load", "--job", "demo", nation, ...here);
run("load", oversight(), ...here);
run("measure", "run", ...here);
run("rate", "run", "stp-progress-2017", "--weights", "equal", ...here);
run("rate", "run", "nhs-oversight-2025", "--draws", "200", ...here);
run("rate", "run", "population-health", ...here);
run("publish", ...here);

const system = () => {
  const [row] = readFileSync(join(site, "areas.html"), "utf8")
    .split("<h2>").filter((part) => part.startsWith("System")).slice(0, 1);
  return /href="(area\/[^"]+)"/.exec(row)[1];
};
const first = (under) => `${under}/${readdirSync(join(site, under)).sort()[0]}`;
const rated = () => readdirSync(join(site, "organisation")).sort()
  .find((name) => readFileSync(join(site, "organisation", name), "utf8").includes("within noise:"));
const pages = ["index.html", system(), first("indicator"), `organisation/${rated()}`,
  "indicator/aged_65_over-2017-06-30.html", first("where"), "ratings.html",
  "rating/nhs-oversight-2025.html", "areas.html", "unassigned.html", "data.html", "about.html"];

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

/* Of each cell with a number: where does it say how it came about? Its own link,
 * that of its row, or the words that its table points to. */
const figuresOf = (page) => page.evaluate(() =>
  [...document.querySelectorAll("main td.fp-number")]
    .filter((cell) => /\d/.test(cell.textContent))
    .map((cell) => {
      const link = cell.querySelector("a") ?? cell.closest("tr").querySelector("td a.fp-from");
      const how = cell.closest("table").getAttribute("aria-describedby");
      return { text: cell.textContent, row: cell.closest("tr").textContent.trim().slice(0, 80),
        own: Boolean(cell.querySelector("a")), href: link?.href ?? null,
        says: how && document.getElementById(how) ? document.getElementById(how).textContent : null };
    }));

const files = new Map();
const pageOf = (path) => {
  if (!files.has(path)) files.set(path, readFileSync(path, "utf8"));
  return files.get(path);
};

let traced = 0;
for (const path of ["index.html", system()]) {
  const page = await open(path);
  for (const figure of await figuresOf(page)) {
    traced++;
    if (figure.href === null) {
      expect(figure.says?.length > 40, `${path}: "${figure.text}" in "${figure.row}" has no explanation`);
      continue;
    }
    const url = new URL(figure.href), id = decodeURIComponent(url.hash.slice(1));
    let text = "";
    try {
      text = pageOf(fileURLToPath(new URL(url.pathname, "file://")));
    } catch {
      wrong.push(`${path}: "${figure.text}" leads to ${figure.href}, which is not there`);
      continue;
    }
    expect(!id || text.includes(`id="${id}"`), `${path}: "${figure.text}" leads to ${figure.href}: no #${id}`);
    expect(/fp-formula|id="files"|class="fp-map"/.test(text) || url.pathname.endsWith("data.html"),
      `${path}: "${figure.text}" leads to ${figure.href}, which has no formula`);
  }
  await page.context().close();
}
expect(traced > 150, `only ${traced} figures were traced`);

/* The page of a number and the command say the same. */
const explained = (figure) => execFileSync(command, ["explain", figure, "-q", "--format", "json", ...here]);
const one = await open(system());
const where = await one.locator("#figures td a.fp-from").first().getAttribute("href");
const [, id, code, slug] = /where\/(.+)-(E\d+)\.html#p(.+)$/.exec(where);
const rows = JSON.parse(explained(`${id}/${code}/${slug}`)).filter((r) => r.term);
await one.goto(new URL(where, one.url()).href);
const section = await one.locator(`[id="p${slug}"]`).innerText();
const formula = rows.find((r) => r.term === "formula").how;
expect(section.includes(formula), `${where}: does not have the command's formula ${formula}`);
const parts = rows.filter((r) => /^(numer|denomin)ator/.test(r.term));
for (const part of parts.slice(0, 30))
  expect(section.includes(part.place_code) && section.includes(part.part.toLocaleString("en-GB")),
    `${where}: lacks the part ${part.place_code} ${part.part}`);
for (const file of rows.filter((r) => r.term === "file"))
  expect((await one.locator("#files").innerText()).includes(/sha256 (\w+)/.exec(file.how)[1]),
    `${where}: lacks the file ${file.place_name}`);
expect(parts.length > 2, "the command told too few parts");
await one.context().close();

/* What-if: by keyboard, said aloud, and back again. */
const trust = await open(`organisation/${rated()}`);
const outcome = trust.locator(".fp-whatif .fp-outcome").first();
expect((await outcome.getAttribute("aria-live")) === "polite", "what-if is not said aloud");
const row = trust.locator(".fp-whatif tbody tr").filter({ hasText: /at or (above|below)/ }).first();
const [, way, value, word] = /at or (above|below) ([-\d.]+): (.+)/.exec(
  await row.locator("td").filter({ hasText: /at or (above|below)/ }).first().innerText());
await row.locator("input").focus();
await trust.keyboard.type(value);
expect((await outcome.innerText()).includes(`category ${word}`),
  `what-if: at or ${way} ${value} should be ${word}: ${await outcome.innerText()}`);
await trust.locator(".fp-whatif button").first().press("Enter");
expect((await outcome.innerText()).includes("Nothing is changed"), "what-if does not go back");
expect((await trust.locator("#ratings").innerText()).includes("% of these changes are noise"),
  "ratings over time do not say what of their changes is noise");
await trust.context().close();

const bare = await open(`organisation/${rated()}`, { javaScriptEnabled: false });
expect(/at or (above|below)|above|below/.test(await bare.locator(".fp-whatif table").first().innerText()),
  "without JavaScript nothing says what would change a rating");
await bare.context().close();

const plain = await open("index.html", { javaScriptEnabled: false });
expect((await plain.locator("table tbody tr").count()) > 5, "without JavaScript there is no table");
await plain.context().close();
await browser.close();

const weight = (path) => gzipSync(readFileSync(path)).length;
const assets = readdirSync(join(site, "assets"), { recursive: true })
  .map((name) => join(site, "assets", name)).filter((path) => statSync(path).isFile());
const total = weight(join(site, "index.html")) + assets.reduce((sum, path) => sum + weight(path), 0);
expect(total < 500_000, `the first page takes ${total} bytes`);

console.log(`${pages.length} pages looked at, ${traced} figures traced; the first takes ${total} bytes, compressed`);
for (const what of wrong) console.log(`WRONG ${what}`);
process.exit(wrong.length ? 1 : 0);
