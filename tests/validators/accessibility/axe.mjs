// node axe.mjs PAGE.html ...: axe-core on each page in five settings; prints a JSON list of violations.
// The browser is the one that the environment variable PUPPETEER_EXECUTABLE_PATH names.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import puppeteer from "puppeteer";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const settings = [
  { name: "light", width: 1280, scheme: "light", media: "screen" },
  { name: "dark", width: 1280, scheme: "dark", media: "screen" },
  { name: "print", width: 1280, scheme: "light", media: "print" },
  { name: "narrow", width: 320, scheme: "light", media: "screen" },
  { name: "open note", width: 1280, scheme: "dark", media: "screen", hash: "#fn1" },
];

const violations = [];
const browser = await puppeteer.launch({ args: ["--no-sandbox"], timeout: 60_000, protocolTimeout: 600_000 });
for (const file of process.argv.slice(2))
  for (const { name, width, scheme, media, hash } of settings) {
    const page = await browser.newPage();
    await page.setViewport({ width, height: 900 });
    // In one call, for each of puppeteer's own two undoes the other.
    const features = [{ name: "prefers-color-scheme", value: scheme }];
    await (await page.createCDPSession()).send("Emulation.setEmulatedMedia", { media, features });
    await page.goto(pathToFileURL(resolve(file)).href + (hash ?? ""));
    await page.evaluate(axe);
    // Paper has no targets that a finger could miss.
    const rules = media === "print" ? { "target-size": { enabled: false } } : {};
    const run = (options) => window.axe.run(document, options);
    const report = await page.evaluate(run, { runOnly: tags, rules, resultTypes: ["violations"] });
    for (const { id, nodes } of report.violations)
      for (const { html } of nodes) violations.push(`${file} (${name}) ${id}: ${html.slice(0, 200)}`);
    // WCAG 1.4.10: nothing makes the whole page scroll sideways.
    const wide = await page.evaluate(() => document.documentElement.scrollWidth);
    if (wide > width) violations.push(`${file} (${name}) reflow: the page is ${wide} pixels wide`);
    await page.close();
  }
await browser.close();
console.log(JSON.stringify(violations));
