// Lighthouse as a phone sees it: at least 95/100/95/95 on home, act, code, list and search.
// Arguments: names of pages (default: all). LIGHTHOUSE_RUNS visits each (default 3); the median counts,
// because whatever else a machine does is measured as slowness of the page.
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import lighthouse from "lighthouse";
import { CHROMIUM, FLAGS } from "../lib/browser.js";
import { startSite, waitFor } from "../lib/site.js";

const LEAST = { performance: 95, accessibility: 100, "best-practices": 95, seo: 95 };
const SHOWN = ["largest-contentful-paint", "total-blocking-time", "cumulative-layout-shift"];
const RUNS = Number(process.env.LIGHTHOUSE_RUNS ?? 3);
const PORT = 9333;
const PAGES = {
  home: "/",
  act: "/van-ban/99-2020-qh14",
  code: "/van-ban/91-2015-qh13",
  list: "/van-ban",
  search: "/tim?q=quy+dinh+mau",
};

const median = (numbers) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)];
const score = (lhr, key) => Math.round((lhr.categories[key].score ?? 0) * 100);

/** Visits a page RUNS times; resolves to the reports. */
async function visit(url, skipAudits) {
  const reports = [];
  for (let run = 0; run < RUNS; run++) {
    const options = { port: PORT, onlyCategories: Object.keys(LEAST), skipAudits, logLevel: "error" };
    reports.push((await lighthouse(url, options)).lhr);
  }
  return reports;
}

/** Prints the medians of a page; returns how many stand below the least. */
function judge(name, reports) {
  const scores = Object.keys(LEAST).map((key) => [key, median(reports.map((lhr) => score(lhr, key)))]);
  const shown = SHOWN.map((id) => `${id} ${Math.round(median(reports.map((lhr) => lhr.audits[id].numericValue)) * 1000) / 1000}`);
  const each = reports.map((lhr) => score(lhr, "performance")).join(" ");
  console.log(`${name}: ${scores.map(([, value]) => value).join("/")} (${shown.join(", ")}; performance of each visit: ${each})`);
  const below = scores.filter(([key, value]) => value < LEAST[key]);
  for (const [key] of below) {
    const audits = reports[0].categories[key].auditRefs.map((ref) => reports[0].audits[ref.id]);
    const weak = audits.filter((audit) => audit.score !== null && audit.score < 0.9);
    console.log(`  ${key} is too low: ${weak.map((audit) => `${audit.id} (${audit.score})`).join(", ")}`);
  }
  return below.length;
}

const named = process.argv.slice(2);
const site = await startSite();
const profile = mkdtempSync(join(tmpdir(), "pholuat-chromium-"));
const chromium = spawn(CHROMIUM, [...FLAGS, "--headless=new", `--remote-debugging-port=${PORT}`, `--user-data-dir=${profile}`], { stdio: "ignore" });
let low = 0;
try {
  await waitFor(async () => (await fetch(`http://127.0.0.1:${PORT}/json/version`)).ok);
  for (const [name, path] of Object.entries(PAGES)) {
    if ((name === "code" && !site.codes) || (named.length > 0 && !named.includes(name))) continue;
    // A page of search results tells robots not to list it, which costs it one point of SEO on purpose.
    low += judge(name, await visit(site.base + path, name === "search" ? ["is-crawlable"] : []));
  }
} finally {
  chromium.kill();
  await new Promise((done) => (chromium.exitCode === null ? chromium.once("exit", done) : done()));
  rmSync(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  await site.stop();
}
process.exitCode = low > 0 ? 1 : 0;
