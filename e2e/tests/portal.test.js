// The home page and what it leads to, as citizens use it; the province that make run shows.
import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { launch, withoutCodes } from "../lib/browser.js";
import { look, open } from "../lib/officers.js";
import { program, waitFor } from "../lib/site.js";

const PORT = 18_765;
const base = `http://127.0.0.1:${PORT}`;
let browser, server, folder;

before(async () => {
  browser = await launch();
  if (withoutCodes) return;
  // A portal of its own: the province is not loaded into one that is in use.
  folder = mkdtempSync(join(tmpdir(), "pholuat-portal-"));
  cpSync(join(process.env.E2E_DATA, "../input/codes"), join(folder, "codes"), { recursive: true });
  const env = { ...process.env, PHOLUAT_DATA: join(folder, "data"), PHOLUAT_SITE_BASE_URL: base, PHOLUAT_SERVER_LISTEN: `127.0.0.1:${PORT}`, PHOLUAT_SERVER_METRICS_LISTEN: "", PHOLUAT_SERVER_PER_SECOND: "10000", PHOLUAT_SERVER_BURST: "10000", PHOLUAT_IMPORT_SECONDS: "120" };
  delete env.DATABASE_URL;
  for (const words of [["import", join(folder, "codes")], ["illustrate"]]) execFileSync(program(), words, { env, stdio: "ignore" });
  server = spawn(program(), ["serve"], { env, stdio: "ignore" });
  await waitFor(async () => (await fetch(`${base}/tim?q=di+chuc`).then((answer) => answer.text())).includes("/bai/lap-di-chuc"));
});
after(async () => {
  await browser.close();
  server?.kill("SIGTERM");
  if (server) await new Promise((done) => server.once("exit", done));
  if (folder) rmSync(folder, { recursive: true, force: true });
});

test("from home over a life event to the answer and its law in three clicks", { skip: withoutCodes }, async () => {
  const page = await open(browser, false);
  await page.goto(base + "/");
  assert.match(await page.locator(".sample").textContent(), /tưởng tượng/);
  assert.equal(await page.locator(".tiles li").count(), 8);
  await page.getByRole("link", { name: "Thừa kế, di chúc" }).click();
  await page.getByRole("link", { name: /Cha mất không để lại di chúc/ }).click();
  assert.match(await page.locator("article").textContent(), /1\/5/);
  await page.locator("article a.ref", { hasText: "Điều 651" }).first().click();
  assert.match(await page.locator("h1").textContent(), /Điều 651/);
  assert.equal(await page.getByRole("link", { name: /Cha mất không để lại di chúc/ }).count(), 1);
  await page.context().close();
});

test("search finds posts, typed without marks, and every link of the home page answers", { skip: withoutCodes }, async () => {
  const page = await open(browser, true);
  await page.goto(base + "/tim?q=cong+ty+cham+luong");
  assert.match(await page.locator("#bai-viet + ul").textContent(), /Công ty chậm lương/);
  await look(page, "portal-search");
  // A word that the law cited defines shows what it means, with act and provision.
  await page.goto(base + "/bai/cong-ty-cham-luong-hai-thang-nghi-ngay-co-phai-boi-thuong-khong");
  await page.locator("article a.t", { hasText: "người lao động" }).click();
  await page.locator(".tip", { hasText: "Bộ luật Lao động" }).getByText("Người lao động là người làm việc").waitFor();
  await page.goto(base + "/");
  const links = await page.locator("main a").evaluateAll((all) => [...new Set(all.map((one) => one.href))]);
  for (const link of links) assert.equal((await fetch(link)).status, 200, link);
  await page.context().close();
});

test("home, life event, post, unit and provision are accessible in both sizes and themes", { skip: withoutCodes }, async () => {
  const page = await open(browser, true);
  for (const [name, path] of Object.entries({
    home: "/",
    event: "/viec/bao-ve",
    post: "/bai/cho-vay-di-vay-lai-bao-nhieu-la-dung-luat",
    unit: "/don-vi/minh-hoa-so-tu-phap",
    provision: "/van-ban/91-2015-qh13/dieu-468",
    act: "/van-ban/91-2015-qh13",
  })) {
    await page.goto(base + path);
    await look(page, `portal-${name}`);
  }
  await page.context().close();
});

test("the home page weighs at most 60 KB", { skip: withoutCodes }, async () => {
  const page = await open(browser, true);
  let bytes = 0;
  page.on("response", async (response) => (bytes += (await response.request().sizes()).responseBodySize));
  await page.goto(base + "/", { waitUntil: "networkidle" });
  await page.waitForTimeout(300);
  assert.ok(bytes <= 60 * 1024, `${bytes} bytes`);
  await page.context().close();
});
