// The originals of an act beside each other, and the drawing of its relations.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { DESKTOP, PAGES, PHONE, launch, withPage } from "../lib/browser.js";

let browser;
before(async () => (browser = await launch()));
after(() => browser.close());

test("the history leads to the differences, without script", async () => {
  await withPage(browser, PAGES.history, { viewport: PHONE, javaScriptEnabled: false }, async (page) => {
    await page.getByRole("link", { name: "So sánh các bản gốc" }).click();
    await page.waitForURL(/ban-goc\/so-sanh$/);
    assert.ok((await page.locator(".cmp mark").count()) > 1);
    assert.match(await page.locator(".note").first().textContent(), /điều giống nhau; \d+ điều khác nhau/);
  });
});

test("two texts stand beside each other on a desktop and below each other on a phone", async () => {
  for (const [viewport, beside] of [[DESKTOP, true], [PHONE, false]]) {
    await withPage(browser, PAGES.compare, { viewport }, async (page) => {
      const sides = page.locator(".cmp").first().locator(":scope > div > div");
      const [left, right] = [await sides.nth(0).boundingBox(), await sides.nth(1).boundingBox()];
      assert.equal(left.y === right.y, beside);
      assert.deepEqual(page.faults, []);
    });
  }
});

test("the drawing of relations is walked by keyboard, its links have names and fit a finger", async () => {
  await withPage(browser, PAGES.relations, { viewport: PHONE }, async (page) => {
    const links = page.locator(".rel-draw a");
    const count = await links.count();
    assert.ok(count > 0, "the sample law has relations");
    for (let at = 0; at < count; at += 1) {
      const link = links.nth(at);
      assert.ok((await link.textContent()).trim().length > 2);
      const box = await link.boundingBox();
      assert.ok(box.height >= 24 && box.x >= 0 && box.x + box.width <= PHONE.width, JSON.stringify(box));
    }
    await links.first().focus();
    assert.ok(await links.first().evaluate((node) => node === document.activeElement));
    await page.keyboard.press("Enter");
    await page.waitForURL(/#/);
    assert.deepEqual(page.faults, []);
  });
});
