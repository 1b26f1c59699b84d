// Suggestions while typing: a combobox that the keyboard, a pointer and a screen reader can use.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import AxeBuilder from "@axe-core/playwright";
import { DESKTOP, PHONE, launch, withPage } from "../lib/browser.js";

let browser;
before(async () => (browser = await launch()));
after(() => browser.close());

/** Types into the field of the banner as a person does, and waits for what is offered. */
async function type(page, words) {
  const field = page.getByRole("combobox").first();
  await field.fill("");
  await field.pressSequentially(words);
  await page.locator(".offers:not([hidden]) [role=option]").first().waitFor();
  return field;
}

for (const [screen, viewport] of Object.entries({ phone: PHONE, desktop: DESKTOP })) {
  test(`suggestions with the keyboard: ${screen}`, async () => {
    await withPage(browser, "/van-ban", { viewport, bypassCSP: true }, async (page) => {
      // Without marks, which no browser's own list would match.
      const field = await type(page, "luat van ban ma");
      assert.equal(await field.getAttribute("aria-expanded"), "true");
      const list = page.getByRole("listbox");
      assert.equal(await field.getAttribute("aria-controls"), await list.getAttribute("id"));
      assert.ok(await list.getAttribute("aria-label"));
      const box = await list.boundingBox();
      assert.ok(box.x >= 0 && box.x + box.width <= viewport.width, "the list lies on the screen");
      const { violations } = await new AxeBuilder({ page }).include(".banner").analyze();
      assert.deepEqual(violations.map((one) => one.id), []);

      const first = page.getByRole("option").first();
      await field.press("ArrowDown");
      assert.equal(await first.getAttribute("aria-selected"), "true");
      assert.equal(await field.getAttribute("aria-activedescendant"), await first.getAttribute("id"));
      await field.press("ArrowUp");
      assert.equal(await field.getAttribute("aria-activedescendant"), null);
      await field.press("Escape");
      assert.equal(await field.getAttribute("aria-expanded"), "false");
      assert.equal(await field.inputValue(), "luat van ban ma", "Escape closes the list and keeps the words");
      // An arrow opens the list again at its first choice.
      await field.press("ArrowDown");
      await Promise.all([page.waitForURL(/\/van-ban\/99-2020-qh14$/), field.press("Enter")]);
    });
  });
}

test("suggestions with the pointer, and words as typed with Enter", async () => {
  await withPage(browser, "/en/van-ban", { viewport: PHONE, hasTouch: true }, async (page) => {
    await type(page, "99/2020");
    await Promise.all([page.waitForURL(/\/en\/van-ban\/99-2020-qh14$/), page.getByRole("option").first().tap()]);
    const field = await type(page, "99/2020");
    await Promise.all([page.waitForURL(/\/en\/tim\?q=99%2F2020$/), field.press("Enter")]);
    assert.deepEqual(page.faults, []);
  });
});

test("fields that search other things offer no acts", async () => {
  await withPage(browser, "/thuat-ngu", {}, async (page) => {
    assert.equal(await page.locator("#q-terms").getAttribute("role"), null);
  });
});
