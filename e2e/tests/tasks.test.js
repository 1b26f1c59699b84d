// What citizens come for, step by step, on a phone and on a desktop.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { DESKTOP, PAGES, PHONE, launch, withPage, withoutCodes } from "../lib/browser.js";

const SCREENS = { phone: PHONE, desktop: DESKTOP };
const CIVIL = "/van-ban/91-2015-qh13";
let browser;
before(async () => (browser = await launch()));
after(() => browser.close());

/** True where the element stands wholly on the screen as it is now. */
const onScreen = (locator) =>
  locator.evaluate((node) => {
    const box = node.getBoundingClientRect();
    return box.height > 0 && box.top >= 0 && box.left >= 0 && box.bottom <= innerHeight && box.right <= innerWidth;
  });

for (const [screen, viewport] of Object.entries(SCREENS)) {
  describe(`on a ${screen}`, () => {
    test("whether a law holds is said on the first screen", async () => {
      await withPage(browser, PAGES.act, { viewport }, async (page) => {
        const status = page.locator("main .st").first();
        assert.ok(await onScreen(status));
        assert.match(await status.textContent(), /Còn hiệu lực/);
        assert.match(await page.locator("main .ah").textContent(), /từ ngày 01 tháng 7 năm 2021|từ ngày 01\/07\/2021|từ ngày 01 tháng 07 năm 2021/);
        assert.ok(await onScreen(page.locator("main h1").first()));
        // Among the first three nodes that a screen reader meets of the act.
        const tree = await page.locator("main .ah").ariaSnapshot();
        assert.match(tree.split("\n").slice(0, 3).join("\n"), /Còn hiệu lực/);
      });
    });

    test("Article 45 is two taps away and stands at the top of the screen", async () => {
      await withPage(browser, PAGES.act, { viewport }, async (page) => {
        const link = page.locator('.toc a[href="#art_45"]');
        if (!(await link.isVisible())) await page.locator(".toc summary").click();
        await link.click();
        const heading = page.locator("#art_45").locator("h2,h3,h4,h5,h6").first();
        await page.waitForFunction(() => {
          const box = document.getElementById("art_45").getBoundingClientRect();
          return box.top > -5 && box.top < innerHeight / 2;
        });
        assert.match(await heading.textContent(), /Điều 45\./);
        assert.ok(await onScreen(heading));
        assert.ok(await onScreen(page.locator("#art_45 p").first()));
      });
    });

    test("a search from home brings the act with its article", async () => {
      await withPage(browser, "/", { viewport }, async (page) => {
        await page.fill("main input[name=q]", "điều 45 luật văn bản mẫu");
        await page.press("main input[name=q]", "Enter");
        await page.waitForURL(/\/tim\?q=/);
        const first = page.locator("main .acts > li").first();
        assert.match(await first.textContent(), /Văn bản mẫu/);
        assert.match(await first.locator("ul.found a").first().textContent(), /Điều 45\./);
        await first.locator("ul.found a").first().click();
        await page.waitForURL(/99-2020-qh14\/dieu-45$/);
        assert.match(await page.locator("main").textContent(), /Quy định mẫu thứ 45/);
      });
    });
  });
}

test("the result is the same with marks, without marks and decomposed", { skip: withoutCodes }, async () => {
  const found = [];
  for (const typed of ["hợp đồng lao động", "hop dong lao dong", "hợp đồng lao động".normalize("NFD"), "HỢP ĐỒNG LAO ĐỘNG"]) {
    await withPage(browser, `/tim?q=${encodeURIComponent(typed)}`, {}, async (page) => {
      found.push(await page.locator("main .acts > li h2 a").first().getAttribute("href"));
      assert.match(await page.locator("main [role=status]").textContent(), /\d+ văn bản/);
      assert.ok((await page.locator("main mark").count()) > 0);
    });
  }
  assert.deepEqual([...new Set(found)], ["/van-ban/45-2019-qh14"]);
});

for (const typed of ["91/2015/QH13", "91 2015 qh13", "bo luat dan su", "bộ luật dân sự", "luật 91/2015"]) {
  test(`an act is found by “${typed}”`, { skip: withoutCodes }, async () => {
    await withPage(browser, `/tim?q=${encodeURIComponent(typed)}`, {}, async (page) => {
      assert.equal(await page.locator("main .acts > li h2 a").first().getAttribute("href"), CIVIL);
    });
  });
}

test("a provision is cited as an official writes it, and copied", async () => {
  const permissions = ["clipboard-read", "clipboard-write"];
  await withPage(browser, PAGES.provision, { permissions }, async (page) => {
    const cite = "Điều 45 Luật Văn bản mẫu số 99/2020/QH14";
    assert.equal((await page.locator(".cite .text").textContent()).trim(), cite);
    await page.getByRole("button", { name: "Chép dẫn chiếu" }).first().click();
    await page.locator("#say").getByText(cite).waitFor();
    assert.equal(await page.evaluate(() => navigator.clipboard.readText()), cite);
  });
});

test("a point in the whole text is cited by tapping it", async () => {
  const permissions = ["clipboard-read", "clipboard-write"];
  await withPage(browser, PAGES.act, { permissions, viewport: DESKTOP }, async (page) => {
    await page.locator("#art_3__clause_2__point_dd").click();
    await page.locator(".dock").getByRole("button", { name: "Chép dẫn chiếu" }).click();
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    assert.equal(copied, "điểm đ khoản 2 Điều 3 Luật Văn bản mẫu số 99/2020/QH14");
  });
});

test("addresses can be typed and shared", async () => {
  for (const [path, words] of [
    ["/van-ban/99-2020-qh14/dieu-45/khoan-2", "khoản 2 Điều 45"],
    ["/van-ban/99-2020-qh14/dieu-45/khoan-2/diem-dd", "điểm đ khoản 2 Điều 45"],
  ]) {
    await withPage(browser, path, {}, async (page) => {
      assert.equal(page.response.status(), 200);
      assert.match(await page.locator(".cite .text").textContent(), new RegExp(`^\\s*${words} `));
    });
  }
  await withPage(browser, PAGES.share, {}, async (page) => {
    assert.ok((await page.locator("main svg").count()) > 0, "a QR code");
    assert.ok((await page.textContent("main")).includes("/van-ban/99-2020-qh14"));
  });
});

test("larger text is one tap and is kept", async () => {
  await withPage(browser, "/", {}, async (page) => {
    const size = () => page.evaluate(() => parseFloat(getComputedStyle(document.documentElement).fontSize));
    const before = await size();
    await page.getByRole("button", { name: "Chữ lớn" }).click();
    await page.waitForLoadState("load");
    assert.ok((await size()) >= before * 1.24);
    await page.goto(process.env.E2E_BASE + PAGES.act);
    assert.ok((await size()) >= before * 1.24, "kept on the next page");
    await page.getByRole("button", { name: "Chữ thường" }).click();
    await page.waitForLoadState("load");
    assert.equal(await size(), before);
  });
});

test("dark is chosen once, and the system's choice is followed without one", async () => {
  const paper = (page) => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const light = await withPage(browser, "/", { colorScheme: "light" }, paper);
  const dark = await withPage(browser, "/", { colorScheme: "dark" }, paper);
  assert.notEqual(light, dark);
  await withPage(browser, "/giao-dien", { colorScheme: "light" }, async (page) => {
    await page.locator('main input[value="dark"]').check();
    await page.locator('main button[type="submit"], main form button').first().click();
    await page.waitForLoadState("load");
    await page.goto(process.env.E2E_BASE + "/");
    assert.equal(await paper(page), dark);
  });
});

test("the interface in English keeps the law in Vietnamese", async () => {
  await withPage(browser, "/en/van-ban/99-2020-qh14", {}, async (page) => {
    assert.equal(await page.getAttribute("html", "lang"), "en");
    assert.match(await page.locator("main .st").first().textContent(), /In force/i);
    assert.equal(await page.getAttribute("main .law", "lang"), "vi");
  });
});
