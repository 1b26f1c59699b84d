// A citizen asks for the law of a day, and compares it with today's, without script.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { PAGES, PHONE, launch, withPage } from "../lib/browser.js";

let browser;
before(async () => (browser = await launch()));
after(() => browser.close());

test("the day of the matter gives the text of that day, and what changed since", async () => {
  await withPage(browser, PAGES.amended, { viewport: PHONE, javaScriptEnabled: false }, async (page) => {
    assert.match(await page.locator(".law").textContent(), /Mức thu là 200 đồng/);
    assert.match(await page.locator(".when .bad").textContent(), /Không tìm thấy cụm từ cần sửa/);
    await page.getByLabel("Việc xảy ra ngày nào?").fill("2020-06-01");
    await page.getByRole("button", { name: "Xem nội dung ngày đó" }).click();
    await page.waitForURL(/ngay=2020-06-01$/);
    assert.match(await page.locator(".law").textContent(), /Mức thu là 100 đồng/);
    assert.match(await page.locator(".when").textContent(), /Quy định chuyển tiếp/);
    await page.getByRole("link", { name: "So sánh với hôm nay" }).click();
    await page.waitForURL(/so-sanh/);
    assert.match(await page.locator(".cmp del").first().textContent(), /bỏ: 100/);
    assert.match(await page.locator(".cmp ins").first().textContent(), /thêm: 200/);
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
  });
});
