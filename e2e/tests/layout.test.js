// No page is wider than the screen; letters may grow; what is pressed is large enough.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { DESKTOP, NARROW, PAGES, PHONE, launch, withPage } from "../lib/browser.js";

let browser;
before(async () => (browser = await launch()));
after(() => browser.close());

const tooWide = (page) =>
  page.evaluate(() => {
    const room = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= room) return [];
    // What stands in a box that scrolls by itself widens nothing.
    const isHeld = (node) => {
      for (let box = node.parentElement; box; box = box.parentElement) if (getComputedStyle(box).overflowX !== "visible") return true;
      return false;
    };
    return [...document.querySelectorAll("body *")]
      .filter((node) => node.getBoundingClientRect().right > room + 1 && !isHeld(node))
      .slice(0, 5)
      .map((node) => `${node.tagName}.${node.className} ${Math.round(node.getBoundingClientRect().right)} > ${room}`)
      .concat("the page scrolls sideways");
  });

const STYLES = {
  "": "",
  " with text at 200 %": "html { font-size: 200% !important }",
  " with wide text spacing":
    "* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important } p { margin-block-end: 2em !important }",
};

for (const [name, path] of Object.entries(PAGES)) {
  for (const [how, style] of Object.entries(STYLES)) {
    test(`fits 320 px: ${name}${how}`, async () => {
      await withPage(browser, path, { viewport: NARROW, bypassCSP: true }, async (page) => {
        if (style) await page.addStyleTag({ content: style });
        assert.deepEqual(await tooWide(page), []);
      });
    });
  }

  test(`targets are large enough: ${name}`, async () => {
    await withPage(browser, path, { viewport: PHONE }, async (page) => {
      const small = await page.evaluate(() => {
        const isInline = (node) => node.matches("p a, dd a, .law a, td a, li p a, small a, label a");
        return [...document.querySelectorAll("a[href], button, input:not([type=hidden]), select, summary")]
          .filter((node) => node.checkVisibility() && !isInline(node))
          .map((node) => [node, node.getBoundingClientRect()])
          // A skip link is off the screen until it has the focus.
          .filter(([node, box]) => box.width > 1 && box.bottom > 0 && !node.classList.contains("skip"))
          .filter(([node, box]) => {
            const control = node.matches("button, input:not([type=radio]):not([type=checkbox]), select, .btn");
            return box.height < (control ? 43.5 : 23.5) || box.width < 23.5;
          })
          .map(([node, box]) => `${node.tagName} "${node.textContent.trim().slice(0, 30)}" ${Math.round(box.width)}×${Math.round(box.height)}`);
      });
      assert.deepEqual(small, []);
    });
  });
}

for (const name of ["home", "list", "act", "search"]) {
  test(`nothing jumps while loading: ${name}`, async () => {
    for (const viewport of [PHONE, DESKTOP]) {
      const context = await browser.newContext({ viewport });
      const page = await context.newPage();
      await page.addInitScript(() => {
        window.shift = 0;
        new PerformanceObserver((list) => {
          for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.shift += entry.value;
        }).observe({ type: "layout-shift", buffered: true });
      });
      await page.goto(process.env.E2E_BASE + PAGES[name], { waitUntil: "networkidle" });
      const shift = await page.evaluate(() => window.shift);
      await context.close();
      assert.ok(shift <= 0.05, `layout shift ${shift}`);
    }
  });
}
