// axe: no violation on any page, in every way of looking at it.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import AxeBuilder from "@axe-core/playwright";
import { DESKTOP, NARROW, PAGES, PHONE, launch, withPage } from "../lib/browser.js";

const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"];
const WAYS = {
  "light on a phone": { viewport: PHONE, colorScheme: "light" },
  "dark on a desktop": { viewport: DESKTOP, colorScheme: "dark" },
  "light at 320 px": { viewport: NARROW, colorScheme: "light" },
  "forced colours": { viewport: DESKTOP, forcedColors: "active" },
};

let browser;
before(async () => (browser = await launch()));
after(() => browser.close());

for (const [way, options] of Object.entries(WAYS)) {
  for (const [name, path] of Object.entries(PAGES)) {
    test(`axe: ${name}, ${way}`, async () => {
      // axe puts a script into the page, which the policy of the site forbids.
      await withPage(browser, path, { ...options, bypassCSP: true }, async (page) => {
        const builder = new AxeBuilder({ page }).withTags(TAGS);
        // The browser chooses the colours there; axe cannot judge them.
        if (options.forcedColors) builder.disableRules(["color-contrast"]);
        const { violations } = await builder.analyze();
        const told = violations.map((v) => `${v.id}: ${v.nodes.map((node) => node.target).join(" | ")}`);
        assert.deepEqual(told, []);
      });
    });
  }
}
