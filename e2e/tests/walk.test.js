// What stands around the law, walked without a mouse and heard as a screen reader hears it.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { PAGES, PHONE, launch, withPage, withoutCodes } from "../lib/browser.js";

let browser;
before(async () => (browser = await launch()));
after(() => browser.close());

// A code that explains its words.
const CODE = "/van-ban/45-2019-qh14";
const RELATIONS = "/van-ban/20-2021-nd-cp/quan-he";
const focused = (page) => page.evaluate(() => document.activeElement?.outerHTML.slice(0, 300) ?? "");

/** Presses Tab until the focus is on `locator`. */
async function tabTo(page, locator, most = 60) {
  for (let step = 0; step < most; step++) {
    await page.keyboard.press("Tab");
    if (await locator.evaluate((node) => node === document.activeElement)) return;
  }
  assert.fail(`not reached by Tab: ${await focused(page)}`);
}

for (const [what, path, selector, skip] of [
  ["a cited provision", PAGES.act, ".law a.ref", false],
  ["a cited provision of another page", PAGES.provision.replace("45", "46"), ".law a.ref", false],
  ["a defined word", CODE, ".law a.t", withoutCodes],
]) {
  test(`${what} opens under the keyboard, names itself, and lets the focus go back`, { skip }, async () => {
    await withPage(browser, path, { viewport: PHONE }, async (page) => {
      const link = page.locator(selector).first();
      await link.focus();
      const window = page.getByRole("dialog");
      const open = async () => {
        await page.keyboard.press("Enter");
        await window.waitFor();
      };
      await open();
      // The window is named by what it shows: "khoản 1 Điều 45 Luật …".
      assert.match(await window.getAttribute("aria-label"), /(khoản|Điều) \d+.* (Luật|Bộ luật)/);
      assert.ok(await window.evaluate((node) => node === document.activeElement), "the focus is inside");
      await page.keyboard.press("Tab");
      assert.ok(await window.locator("a").evaluate((node) => node === document.activeElement), "first the way on");
      await page.keyboard.press("Tab");
      assert.ok(await window.getByRole("button", { name: "Đóng" }).evaluate((node) => node === document.activeElement));
      const back = async (why) => {
        assert.equal(await window.count(), 0, why);
        assert.ok(await link.evaluate((node) => node === document.activeElement), why);
      };
      await page.keyboard.press("Tab");
      await back("a Tab that leaves the window closes it");
      await open();
      await page.keyboard.press("Shift+Tab");
      await back("so does one backwards");
      await open();
      await page.keyboard.press("Escape");
      await back("and Escape");
      await open();
      await page.keyboard.press("Tab");
      await page.keyboard.press("Enter");
      await page.waitForURL(/#art_|\/dieu-/);
      assert.deepEqual(page.faults, []);
    });
  });
}

test("every node of the relation drawing is reached by Tab, has a name, and stands in the lists below", async () => {
  await withPage(browser, RELATIONS, { viewport: PHONE }, async (page) => {
    const nodes = page.locator(".rel-draw a");
    const count = await nodes.count();
    assert.ok(count >= 4, "kinds and acts are drawn");
    await tabTo(page, nodes.first());
    for (let at = 1; at < count; at++) {
      await page.keyboard.press("Tab");
      assert.ok(await nodes.nth(at).evaluate((node) => node === document.activeElement), `node ${at}: ${await focused(page)}`);
    }
    // Text outside links is the act itself alone: nothing is drawn that cannot be reached.
    assert.equal(await page.locator(".rel-draw :not(a) > text").count(), await page.locator(".rel-draw .own text").count());
    for (const drawing of await page.locator(".rel-draw").all()) {
      assert.equal(await drawing.getAttribute("role"), "group");
      assert.ok(await drawing.getAttribute("aria-label"));
    }
    const tree = await page.locator(".rel-draws").ariaSnapshot();
    assert.equal(tree.match(/- link "[^"]+"/g).length, count, tree);
    // What is drawn is told again in text: the same kinds with the same counts, the same acts.
    const kinds = await page.locator(".rel-draw .kind").allTextContents();
    const told = (await page.locator("section > h3[id]").allTextContents()).map((text) => text.replace(/\s+/g, " ").trim());
    assert.deepEqual(kinds, told);
    const listed = await page.locator(".rel-list > li > a").evaluateAll((links) => links.map((link) => link.getAttribute("href")));
    const drawn = await nodes.evaluateAll((links) => links.map((link) => link.getAttribute("href")));
    for (const href of drawn) {
      if (href.startsWith("#")) assert.equal(await page.locator(`h3${href}`).count(), 1, href);
      else assert.ok(listed.includes(href), href);
    }
    const dangling = await page.locator(".rel-draw a.no").count();
    assert.ok(dangling > 0 && (await page.locator(".rel-list > li > .no").count()) >= dangling);
    assert.match(tree, /\(chưa có trong hệ thống\)"/);
    await nodes.first().focus();
    await page.keyboard.press("Enter");
    await page.waitForURL(/#/);
  });
});

test("what cites a provision is a list under a heading, and each entry leads there", async () => {
  await withPage(browser, "/van-ban/99-2020-qh14/dieu-45/khoan-1", { viewport: PHONE }, async (page) => {
    const cited = page.locator("section.cited");
    assert.match(await cited.ariaSnapshot(), /heading "Những quy định dẫn chiếu đến đây \(\d+ quy định\)"/);
    const first = cited.locator("li a").first();
    await tabTo(page, first, 90);
    await page.keyboard.press("Enter");
    await page.waitForURL(/\/99-2020-qh14\/dieu-\d+/);
    assert.match(await page.locator(".law").textContent(), /khoản 1 Điều 45/);
  });
});

test("without script a defined word leads to its definition", { skip: withoutCodes }, async () => {
  await withPage(browser, CODE, { javaScriptEnabled: false, viewport: PHONE }, async (page) => {
    const link = page.locator(".law a.t").first();
    const word = (await link.textContent()).toLowerCase();
    await link.click();
    await page.waitForURL(/#art_/);
    assert.ok((await page.locator(`[id="${new URL(page.url()).hash.slice(1)}"]`).textContent()).toLowerCase().includes(word));
  });
});
