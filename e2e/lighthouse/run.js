// Lighthouse as a phone sees it: at least 95/100/95/95 on home, act, list and search.
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import lighthouse from "lighthouse";
import { CHROMIUM, FLAGS } from "../lib/browser.js";
import { startSite, waitFor } from "../lib/site.js";

const LEAST = { performance: 95, accessibility: 100, "best-practices": 95, seo: 95 };
const PORT = 9333;
// A page of search results tells robots not to list it, which costs it one point of SEO on purpose.
const PAGES = {
  home: "/",
  act: "/van-ban/99-2020-qh14",
  code: "/van-ban/91-2015-qh13",
  list: "/van-ban",
  search: "/tim?q=quy+dinh+mau",
};

const site = await startSite();
const profile = mkdtempSync(join(tmpdir(), "pholuat-chromium-"));
const chromium = spawn(CHROMIUM, [...FLAGS, "--headless=new", `--remote-debugging-port=${PORT}`, `--user-data-dir=${profile}`], { stdio: "ignore" });
let low = 0;
try {
  await waitFor(async () => (await fetch(`http://127.0.0.1:${PORT}/json/version`)).ok);
  for (const [name, path] of Object.entries(PAGES)) {
    if (name === "code" && !site.codes) continue;
    const skipAudits = name === "search" ? ["is-crawlable"] : [];
    const { lhr } = await lighthouse(site.base + path, { port: PORT, onlyCategories: Object.keys(LEAST), skipAudits, logLevel: "error" });
    const scores = Object.keys(LEAST).map((key) => [key, Math.round((lhr.categories[key].score ?? 0) * 100)]);
    const ms = (id) => `${id} ${Math.round(lhr.audits[id].numericValue * 1000) / 1000}`;
    console.log(`${name}: ${scores.map(([, score]) => score).join("/")} (${ms("largest-contentful-paint")} ms, ${ms("cumulative-layout-shift")})`);
    const below = scores.filter(([key, score]) => score < LEAST[key]);
    low += below.length;
    for (const [key] of below) {
      const refs = lhr.categories[key].auditRefs.map((ref) => lhr.audits[ref.id]).filter((audit) => audit.score !== null && audit.score < 0.9);
      console.log(`  ${key} is too low: ${refs.map((audit) => `${audit.id} (${audit.score})`).join(", ")}`);
    }
  }
} finally {
  chromium.kill();
  await new Promise((done) => (chromium.exitCode === null ? chromium.once("exit", done) : done()));
  rmSync(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  await site.stop();
}
process.exitCode = low > 0 ? 1 : 0;
