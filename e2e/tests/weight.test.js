// What a first visit costs on the wire, and that nothing comes from elsewhere.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { PAGES, PHONE, base, launch, withPage, withoutCodes } from "../lib/browser.js";

const KB = 1024;
let browser;
before(async () => (browser = await launch()));
after(() => browser.close());

/** Bytes on the wire of a first visit: { total, script, requests }. */
async function weigh(path) {
  const context = await browser.newContext({ viewport: PHONE });
  const page = await context.newPage();
  const wire = await context.newCDPSession(page);
  await wire.send("Network.enable");
  await wire.send("Network.setCacheDisabled", { cacheDisabled: true });
  const kinds = new Map();
  const sum = { total: 0, script: 0, requests: 0 };
  wire.on("Network.responseReceived", ({ requestId, type }) => kinds.set(requestId, type));
  wire.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
    sum.total += encodedDataLength;
    sum.requests += 1;
    if (kinds.get(requestId) === "Script") sum.script += encodedDataLength;
  });
  await page.goto(base + path, { waitUntil: "networkidle" });
  await context.close();
  return sum;
}

const budgets = [
  ["home", PAGES.home, 60],
  ["list", PAGES.list, 60],
  ["search", PAGES.search, 60],
  ["units", PAGES.units, 60],
  ["unit", PAGES.unit, 60],
  ["provision", PAGES.provision, 150],
  ["an act of 120 articles", PAGES.act, 150],
  ["Bộ luật Dân sự", "/van-ban/91-2015-qh13", 200, true],
];
for (const [name, path, most, needsCodes] of budgets) {
  test(`weight: ${name} ≤ ${most} KB`, { skip: needsCodes && withoutCodes }, async (t) => {
    const { total, script, requests } = await weigh(path);
    t.diagnostic(`${name}: ${(total / KB).toFixed(1)} KB in ${requests} requests, script ${(script / KB).toFixed(1)} KB`);
    assert.ok(total > 1000, "something was measured");
    assert.ok(total <= most * KB, `${total} bytes`);
    assert.ok(script > 0 && script <= 15 * KB, `script ${script} bytes`);
    assert.ok(requests <= 10, `${requests} requests`);
  });
}

for (const [name, path] of Object.entries(PAGES)) {
  test(`no foreign origin, no refused content, no script error: ${name}`, async () => {
    await withPage(browser, path, {}, async (page) => {
      await page.waitForLoadState("networkidle");
      assert.deepEqual(page.faults, []);
      const policy = page.response.headers()["content-security-policy"] ?? "";
      assert.match(policy, /default-src '(none|self)'/);
      assert.doesNotMatch(policy, /unsafe-inline|unsafe-eval|\*/);
      const inline = await page.evaluate(() => document.querySelectorAll("[style], script:not([src]):not([type='application/ld+json']), style").length);
      assert.equal(inline, 0, "inline code or style");
    });
  });
}

test("what is typed is never run", async () => {
  const payloads = ["<script>window.hit=1</script>", "\"><img src=x onerror=window.hit=1>", "'-window.hit=1-'", "javascript:window.hit=1", "{{7*7}}<svg/onload=window.hit=1>"];
  for (const payload of payloads) {
    await withPage(browser, `/tim?q=${encodeURIComponent(payload)}`, {}, async (page) => {
      assert.equal(await page.evaluate(() => window.hit), undefined, payload);
      assert.equal(await page.inputValue("input[name=q]"), payload);
      assert.deepEqual(page.faults, []);
    });
  }
});
