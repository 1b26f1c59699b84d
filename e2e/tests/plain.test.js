// Without script, without mouse, on paper.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { DESKTOP, PAGES, PHONE, launch, withPage } from "../lib/browser.js";

let browser;
before(async () => (browser = await launch()));
after(() => browser.close());

const NO_SCRIPT = { javaScriptEnabled: false, viewport: PHONE };

test("without script: search, read, cite, share", async () => {
  await withPage(browser, "/", NO_SCRIPT, async (page) => {
    await page.fill("main input[name=q]", "99/2020/QH14");
    await page.locator("main form[role=search] button").click();
    await page.locator("main .acts h2 a").first().click();
    await page.waitForURL(/\/van-ban\/99-2020-qh14$/);
    await page.locator(".toc summary").click();
    await page.locator('.toc a[href="#art_45"]').click();
    assert.ok(page.url().endsWith("#art_45"));
    await page.locator("#art_45").locator("h2 a,h3 a,h4 a,h5 a,h6 a").first().click();
    await page.waitForURL(/\/dieu-45$/);
    assert.match(await page.locator(".cite .text").textContent(), /Điều 45 Luật Văn bản mẫu số 99\/2020\/QH14/);
  });
});

for (const [name, path] of Object.entries(PAGES)) {
  if (name === "components") continue; // it shows buttons without their work
  test(`without script no dead button: ${name}`, async () => {
    await withPage(browser, path, NO_SCRIPT, async (page) => {
      const dead = await page.locator("button:visible").evaluateAll((buttons) =>
        buttons.filter((button) => !button.form).map((button) => button.textContent.trim()),
      );
      assert.deepEqual(dead, []);
    });
  });
}

test("by keyboard: skip link, search, first result", async () => {
  await withPage(browser, "/", { viewport: DESKTOP }, async (page) => {
    const focused = () => page.evaluate(() => document.activeElement.outerHTML.slice(0, 200));
    await page.keyboard.press("Tab");
    assert.match(await focused(), /class="skip"/);
    await page.keyboard.press("Enter");
    assert.match(await focused(), /id="main"/);
    await page.keyboard.press("Tab");
    assert.match(await focused(), /name="q"/, "the search field is the first thing after the skip link");
    await page.keyboard.type("quy dinh mau thu 7");
    await page.keyboard.press("Enter");
    await page.waitForURL(/\/tim\?/);
    await page.locator("main .acts h2 a").first().focus();
    await page.keyboard.press("Enter");
    await page.waitForURL(/\/van-ban\//);
  });
});

for (const name of ["home", "list", "act", "provision", "search", "look"]) {
  test(`focus is always seen and never caught: ${name}`, async () => {
    await withPage(browser, PAGES[name], { viewport: DESKTOP }, async (page) => {
      const seen = new Set();
      for (let step = 0; step < 30; step++) {
        await page.keyboard.press("Tab");
        const state = await page.evaluate(() => {
          const node = document.activeElement;
          if (node === document.body) return null;
          const style = getComputedStyle(node);
          const box = node.getBoundingClientRect();
          const ring = (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2) || style.boxShadow !== "none";
          const all = [...document.querySelectorAll("*")];
          return { at: all.indexOf(node), ring, size: box.width * box.height, what: node.outerHTML.slice(0, 120) };
        });
        if (!state) break;
        assert.ok(state.ring, `no visible focus: ${state.what}`);
        assert.ok(state.size > 0, `focus on nothing: ${state.what}`);
        seen.add(state.at);
      }
      assert.ok(seen.size >= 8, `only ${seen.size} places have the focus`);
    });
  });
}

test("on paper: A4 by the decree on clerical work, the law and nothing else", async () => {
  await withPage(browser, PAGES.act, { viewport: DESKTOP }, async (page) => {
    await page.emulateMedia({ media: "print" });
    for (const selector of [".banner", ".bar", ".toc", ".foot", ".row"]) {
      assert.equal(await page.locator(selector).first().isVisible(), false, selector);
    }
    assert.ok(await page.locator("main h1").isVisible());
    assert.ok(await page.locator("#art_120").isVisible());
    const rules = await page.evaluate(() => {
      const flat = (list) => [...list].flatMap((rule) => [rule, ...(rule.cssRules ? flat(rule.cssRules) : [])]);
      return [...document.styleSheets].flatMap((sheet) => flat(sheet.cssRules)).filter((r) => r instanceof CSSPageRule).map((r) => r.cssText);
    });
    assert.match(rules.join(" "), /margin: 20mm 15mm 20mm 30mm/);
    const pdf = await page.pdf({ preferCSSPageSize: true });
    const box = pdf.toString("latin1").match(/\/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)/);
    assert.ok(Math.abs(box[1] - 595) < 2 && Math.abs(box[2] - 842) < 2, `page is ${box[1]} × ${box[2]}`);
  });
});

test("headings make the outline of the law", async () => {
  await withPage(browser, PAGES.act, {}, async (page) => {
    const levels = await page.locator("main").locator("h1,h2,h3,h4,h5,h6").evaluateAll((nodes) => nodes.map((node) => Number(node.tagName[1])));
    assert.equal(levels.filter((level) => level === 1).length, 1);
    levels.reduce((above, level) => {
      assert.ok(level <= above + 1, `h${above} is followed by h${level}`);
      return level;
    });
    const articles = await page.locator(".law").getByRole("heading", { name: /^Điều \d+/ }).count();
    assert.equal(articles, 120);
  });
});
