// Cited provisions: opened in place with a script, as a page without one.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { DESKTOP, PAGES, PHONE, launch, withPage } from "../lib/browser.js";

let browser;
before(async () => (browser = await launch()));
after(() => browser.close());

const REF = ".law a.ref";

for (const [screen, viewport] of Object.entries({ phone: PHONE, desktop: DESKTOP })) {
  test(`a cited provision of the same act opens in place and closes: ${screen}`, async () => {
    await withPage(browser, PAGES.act, { viewport }, async (page) => {
      const link = page.locator(REF).first();
      await link.scrollIntoViewIfNeeded();
      await link.focus();
      await page.keyboard.press("Enter");
      const window = page.getByRole("dialog");
      await window.waitFor();
      assert.ok((await window.textContent()).length > 40);
      const box = await window.boundingBox();
      assert.ok(box.x >= 0 && box.x + box.width <= viewport.width, "the window stays on the screen");
      await page.keyboard.press("Escape");
      assert.equal(await window.count(), 0);
      assert.ok(await link.evaluate((node) => node === document.activeElement), "the focus returns");
      assert.deepEqual(page.faults, []);
    });
  });
}

test("a provision of another page is asked for", async () => {
  await withPage(browser, PAGES.provision.replace("45", "46"), { viewport: PHONE }, async (page) => {
    const link = page.locator(REF).first();
    const asked = page.waitForResponse((answer) => answer.url().includes("?doan=1"));
    await link.click();
    assert.equal((await asked).status(), 200);
    const window = page.getByRole("dialog");
    await window.waitFor();
    assert.match(await window.textContent(), /khoản 1 Điều 45/);
    await window.locator("a").click();
    await page.waitForURL(/\/dieu-45\/khoan-1$/);
    assert.deepEqual(page.faults, []);
  });
});

test("without script a citation leads to the provision, which says what cites it", async () => {
  await withPage(browser, PAGES.provision.replace("45", "46"), { javaScriptEnabled: false, viewport: PHONE }, async (page) => {
    await page.locator(REF).first().click();
    await page.waitForURL(/\/dieu-45\/khoan-1$/);
    const back = page.locator(".cited li a");
    assert.ok((await back.count()) > 1);
    await back.first().click();
    await page.waitForURL(/\/van-ban\/99-2020-qh14\/dieu-/);
  });
});
