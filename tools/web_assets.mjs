// Style sheets and scripts of the pages, gathered from their packages into one
// folder: web_assets.mjs NODE_MODULES FOLDER. Fonts and pictures that the design system takes
// from elsewhere are left out: a page asks nothing of another host.
import { copyFileSync, existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const [modules, out] = process.argv.slice(2);
if (!out) {
  console.error("usage: web_assets.mjs NODE_MODULES FOLDER");
  process.exit(2);
}
mkdirSync(out, { recursive: true });

const style = join(modules, "nhsuk-frontend/dist/nhsuk");
const sheet = readdirSync(style).find((name) => /^nhsuk-frontend-.*\.min\.css$/.test(name));
const css = readFileSync(join(style, sheet), "utf8")
  .replace(/@font-face\{[^}]*\}/g, "")
  .replace(/url\(\/assets\/[^)]*\)/g, "none")
  .replace(/\/\*# sourceMappingURL=.*?\*\//g, "");
if (/url\((?!["']?data:)/.test(css)) {
  console.error("the style sheet of nhsuk-frontend asks for more than it did: see tools/web_assets.mjs");
  process.exit(1);
}
writeFileSync(join(out, "nhsuk.css"), css);
copyFileSync(join(modules, "d3/dist/d3.min.js"), join(out, "d3.js"));
copyFileSync(join(modules, "@observablehq/plot/dist/plot.umd.min.js"), join(out, "plot.js"));
for (const name of ["footprint.css", "footprint.js", "whatif.js"]) copyFileSync(join(root, "web", name), join(out, name));

const notices = ["nhsuk-frontend", "d3", "@observablehq/plot"].map((name) => {
  const folder = join(modules, name);
  const about = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const file = ["LICENSE", "LICENSE.md", "LICENCE", "LICENSE.txt"].map((f) => join(folder, f)).find(existsSync);
  const text = file ? readFileSync(file, "utf8").trim() : `Licence: ${about.license}`;
  return `${about.name} ${about.version}\n\n${text}\n`;
});
writeFileSync(join(out, "licences.txt"), notices.join("\n----\n\n"));
