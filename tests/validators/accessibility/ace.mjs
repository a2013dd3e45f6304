// node ace.mjs FILE.epub ...: DAISY Ace on each file in one process; prints a JSON list of what it objects to.
// Ace's command starts a browser for each file and always exits with 0, so its parts are used without it.
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";

const cli = createRequire(createRequire(import.meta.url).resolve("@daisy/ace-cli"));
const shared = createRequire(cli.resolve("@daisy/ace-cli-shared"));
const runner = cli("@daisy/ace-axe-runner-puppeteer");
const ace = shared("@daisy/ace-core");
shared("@daisy/ace-logger").initLogger({ silent: true });

const objections = [];
for (const file of process.argv.slice(2)) {
  const outdir = mkdtempSync(join(tmpdir(), "ace-"));
  await ace(file, { cwd: process.cwd(), outdir, silent: true, jobId: "" }, runner);
  const report = JSON.parse(readFileSync(join(outdir, "report.json"), "utf8"));
  for (const part of report.assertions)
    for (const { "earl:test": test, "earl:result": result } of part.assertions ?? [])
      objections.push(`${file} ${part["earl:testSubject"].url}: ${test["dct:title"]}: ${(result.html ?? "").slice(0, 200)}`);
  rmSync(outdir, { recursive: true });
}
console.log(JSON.stringify(objections));
