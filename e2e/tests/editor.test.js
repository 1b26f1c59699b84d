// The formatted editor, where npm has made it: writing like in Word, by keyboard too, pasted pictures,
// cited law, a Word file on its way to the public, nothing lost.
import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { after, before, test } from "node:test";
import { base, launch, withoutCodes } from "../lib/browser.js";
import { docx } from "../lib/docx.js";
import { enter, look, publish, team } from "../lib/officers.js";

const bundle = new URL("../../web/built/editor.js", import.meta.url);
const without = existsSync(bundle) ? false : "the editor is not bundled (tools/editor)";
let browser, admin, writer, approver;
before(async () => {
  browser = await launch();
  ({ admin, writer, approver } = await team(browser, "editor.example.vn", { admin: true, approver: true, writer: true }));
});
after(() => browser.close());

/** Scripts that fail and content that the policy refuses. */
function faultsOf(page) {
  const faults = [];
  page.on("pageerror", (error) => faults.push(error.message));
  page.on("console", (message) => /Content Security Policy|Refused to|TrustedHTML/i.test(message.text()) && faults.push(message.text()));
  return faults;
}

test("headings, bold, lists, tables and quotations by mouse and by keyboard", { skip: without }, async () => {
  const weights = [];
  writer.on("response", (answer) => weights.push(answer.request().sizes().then((size) => size.responseBodySize).catch(() => 0)));
  await writer.goto(base + "/ban-lam-viec/bai/moi");
  const text = writer.getByRole("textbox", { name: "Nội dung" });
  await text.waitFor();
  assert.ok((await Promise.all(weights)).reduce((sum, size) => sum + size, 0) <= 400_000, "the page of the editor is light");
  await look(writer, "editor-empty");
  await writer.getByLabel("Tiêu đề", { exact: true }).fill("Đăng ký khai sinh");
  await writer.getByLabel("Tóm tắt").fill("Trong 60 ngày, miễn lệ phí.");

  // By keyboard alone: Tab leads from the buttons into the text.
  await text.focus();
  await writer.getByRole("button", { name: "Mục lớn" }).click();
  await writer.keyboard.type("Ai đi đăng ký?");
  await writer.keyboard.press("Enter");
  await writer.keyboard.press("Control+b");
  await writer.keyboard.type("Cha hoặc mẹ");
  await writer.keyboard.press("Control+b");
  await writer.keyboard.type(" của trẻ.");
  await writer.keyboard.press("Enter");
  await writer.getByRole("button", { name: "Danh sách" }).click();
  await writer.keyboard.type("Giấy chứng sinh");
  await writer.keyboard.press("Enter");
  await writer.keyboard.type("Căn cước");
  await writer.keyboard.press("Enter");
  await writer.keyboard.press("Enter");
  await writer.getByRole("button", { name: "Lưu ý" }).click();
  await writer.keyboard.type("Không mất lệ phí.");
  await writer.keyboard.press("Control+Enter");
  await writer.getByRole("button", { name: "Bảng", exact: true }).click();
  await writer.keyboard.press("Control+End");
  await look(writer, "editor-text");
  const rows = await writer.evaluate(() => JSON.parse(new FormData(document.querySelector("form[data-keep]")).get("khoi")).map((block) => block.type));
  assert.deepEqual(rows.slice(0, 4), ["heading", "para", "list", "callout"]);
  await writer.waitForFunction(() => document.querySelector(".kept").textContent.includes("Đã tự lưu"));

  // A window that closes loses nothing.
  await writer.goto(base + "/ban-lam-viec/bai/moi");
  assert.match(await writer.locator("main").textContent(), /Đã khôi phục nội dung bạn đang viết dở/);
  assert.match(await text.textContent(), /Không mất lệ phí/);
  await look(writer, "editor-restored");
  await writer.getByRole("button", { name: "Lưu và xem trước" }).click();
  const post = writer.url();
  assert.match(post, /bai\/\d+$/);
  const html = await writer.locator("article.post").innerHTML();
  assert.match(html, /<h2>Ai đi đăng ký\?<\/h2>\s*<p><b>Cha hoặc mẹ<\/b> của trẻ\.<\/p>\s*<ul><li>Giấy chứng sinh<\/li><li>Căn cước<\/li><\/ul>\s*<div class="note"><p>Không mất lệ phí\.<\/p><\/div>/);
  await writer.goto(base + "/ban-lam-viec/bai/moi");
  assert.equal(await writer.getByText("Đã khôi phục nội dung").count(), 0, "what is saved is not kept twice");

  // What changed stands beside the button of the approver, in words.
  await publish(writer, approver, post);
  await writer.goto(`${post}/sua`);
  await text.waitFor();
  await writer.locator(".ProseMirror li").last().click();
  await writer.keyboard.press("End");
  await writer.keyboard.type(" của cha mẹ");
  await writer.getByRole("button", { name: "Lưu và xem trước" }).click();
  await writer.getByRole("button", { name: "Trình duyệt" }).click();
  await approver.goto(post);
  const changes = approver.locator(".changes");
  assert.match((await changes.textContent()).replace(/\s+/g, " "), /Sửa - Căn cước \[thêm: của cha mẹ\]/);
  await look(approver, "editor-changes");
  await approver.getByText("Điện thoại").click();
  assert.ok((await approver.locator("article.post").boundingBox()).width <= 361, "as on a telephone");
});

test("two people write at once: nothing is lost, and what is refused says why", { skip: without }, async () => {
  await writer.goto(base + "/ban-lam-viec/bai/moi");
  await writer.getByLabel("Tiêu đề", { exact: true }).fill("Lịch tiếp công dân");
  await writer.getByRole("textbox", { name: "Nội dung" }).click();
  await writer.keyboard.type("Thứ Ba hằng tuần.");
  await writer.getByRole("button", { name: "Lưu và xem trước" }).click();
  const post = writer.url();
  await writer.getByRole("button", { name: "Trình duyệt" }).click();
  assert.match(await writer.getByRole("alert").textContent(), /còn điểm phải sửa/);
  await look(writer, "editor-refused");
  for (const page of [writer, admin]) {
    await page.goto(`${post}/sua`);
    await page.getByRole("textbox", { name: "Nội dung" }).click();
    await page.keyboard.press("Control+End");
    await page.keyboard.type(page === writer ? " Buổi sáng." : " Tại trụ sở.");
  }
  await writer.getByRole("button", { name: "Lưu và xem trước" }).click();
  await admin.getByRole("button", { name: "Lưu và xem trước" }).click();
  assert.match(await admin.getByRole("alert").textContent(), /Chưa có gì bị ghi đè/);
  assert.match(await admin.getByLabel("Nội dung của bản đó").inputValue(), /Buổi sáng/);
  assert.match(await admin.getByRole("textbox", { name: "Nội dung", exact: true }).textContent(), /Tại trụ sở/);
  await look(admin, "editor-clash");
  await admin.getByRole("button", { name: "Lưu và xem trước" }).click();
  assert.match(await admin.locator("article.post").textContent(), /Tại trụ sở/);
});

test("a translation says when the Vietnamese went on without it", { skip: without }, async () => {
  await writer.goto(base + "/ban-lam-viec/bai/moi");
  await writer.getByLabel("Tiêu đề", { exact: true }).fill("Nộp hồ sơ");
  await writer.getByRole("textbox", { name: "Nội dung" }).click();
  await writer.keyboard.type("Trong 15 ngày.");
  await writer.keyboard.press("Enter");
  await writer.keyboard.type("Within 15 days.");
  await writer.getByLabel("Ngôn ngữ của đoạn").selectOption({ label: "Tiếng Anh" });
  await writer.getByRole("button", { name: "Lưu và xem trước" }).click();
  const post = writer.url();
  assert.equal(await writer.locator("article.post p[lang=en]").textContent(), "Within 15 days.");
  await writer.goto(`${post}/sua`);
  await writer.getByRole("textbox", { name: "Nội dung" }).getByText("Trong 15 ngày.").click();
  await writer.keyboard.press("End");
  await writer.keyboard.type(" Không tính ngày nghỉ.");
  await writer.getByRole("button", { name: "Lưu và xem trước" }).click();
  assert.match(await writer.locator("article.post").textContent(), /Đoạn dịch trên đây cũ hơn bản tiếng Việt/);
  await look(writer, "editor-stale");
  await writer.goto(`${post}/sua`);
  await writer.getByLabel("Các đoạn dịch vẫn đúng với bản tiếng Việt").check();
  await writer.getByRole("button", { name: "Lưu và xem trước" }).click();
  assert.equal(await writer.getByText("Đoạn dịch trên đây cũ hơn").count(), 0);
});

test("a picture pasted with the text of Word, a wrong file refused in words", { skip: without }, async () => {
  const writer = await enter(browser, null, "soan@editor.example.vn", false, true, true);
  const faults = faultsOf(writer);
  await writer.goto(base + "/ban-lam-viec/bai/moi");
  const text = writer.getByRole("textbox", { name: "Nội dung" });
  await text.waitFor();
  const png = await writer.evaluate(() => {
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [60, 40];
    canvas.getContext("2d").fillRect(0, 0, 60, 40);
    return canvas.toDataURL("image/png").split(",")[1];
  });
  const paste = (html, rtf) => text.evaluate((field, [html, rtf]) => {
    const data = new DataTransfer();
    data.setData("text/html", html);
    if (rtf) data.setData("text/rtf", rtf);
    field.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
  }, [html, rtf]);
  const describe = async (words) => {
    await writer.getByRole("dialog").getByLabel("Hình cho thấy điều gì?").fill(words);
    await writer.getByRole("button", { name: "Đồng ý" }).click();
  };
  await paste(`<h2>Mục</h2><p class=MsoNormal><b>Đậm</b> thường<o:p></o:p></p><img src="data:image/png;base64,${png}"><script>alert(1)</script>`);
  await describe("Một hình đen");
  const hex = Buffer.from(png, "base64").toString("hex");
  await paste('<p>Từ Word <img src="file:///C:/a.png"></p>', `{\\rtf1{\\pict{\\*\\picprop}\\picw60\\pich40\\pngblip\\bliptag1{\\*\\blipuid 0123456789abcdef0123456789abcdef}\n${hex}}}`);
  await describe("Hình từ Word");
  await writer.waitForFunction(() => document.querySelectorAll(".media-edit img").length === 2);
  const chosen = writer.waitForEvent("filechooser");
  await writer.getByRole("button", { name: "Hình, tệp" }).click();
  await (await chosen).setFiles({ name: "a.svg", mimeType: "image/svg+xml", buffer: Buffer.from("<svg/>") });
  await writer.waitForFunction(() => document.getElementById("say").textContent.includes("SVG có thể chứa mã"));
  await writer.getByLabel("Tiêu đề", { exact: true }).fill("Có hình");
  await writer.getByRole("button", { name: "Lưu và xem trước" }).click();
  const html = await writer.locator("article.post").innerHTML();
  assert.match(html, /<h2>Mục<\/h2>\s*<p><b>Đậm<\/b> thường<\/p>/);
  assert.match(html, /alt="Một hình đen"[^]*alt="Hình từ Word"/);
  assert.deepEqual(faults, []);
  await writer.context().close();
});

test("law is offered while it is typed and cited as it stands today", { skip: without || withoutCodes }, async () => {
  await writer.goto(base + "/ban-lam-viec/bai/moi");
  await writer.getByLabel("Tiêu đề", { exact: true }).fill("Dẫn luật");
  await writer.getByRole("textbox", { name: "Nội dung" }).click();
  await writer.keyboard.type("Theo @điều 20 bộ luật dân sự");
  await writer.getByRole("option", { name: /Điều 20 Bộ luật Dân sự/ }).first().waitFor();
  await look(writer, "editor-cite");
  await writer.keyboard.press("Enter");
  await writer.keyboard.type("thì đủ 18 tuổi; và 45/2019");
  await writer.getByRole("option", { name: /Lao động/ }).first().waitFor();
  await writer.keyboard.press("Enter");
  await writer.getByRole("button", { name: "Lưu và xem trước" }).click();
  const links = await writer.locator("article.post a.ref").evaluateAll((all) => all.map((link) => link.getAttribute("href")));
  assert.deepEqual(links, ["/van-ban/91-2015-qh13/dieu-20", "/van-ban/45-2019-qh14"]);
});

test("from a Word file to the public: six decisions", async () => {
  const writer = await enter(browser, null, "soan@editor.example.vn", false, false);
  const began = Date.now();
  await writer.goto(base + "/ban-lam-viec/bai/moi");
  if (await writer.getByRole("button", { name: "Bỏ phần viết dở" }).count()) await writer.getByRole("button", { name: "Bỏ phần viết dở" }).click();
  await writer.getByText("Lấy nội dung từ tệp Word (.docx)").click();
  await writer.getByLabel("Tệp Word").setInputFiles({ name: "bai.docx", mimeType: "application/octet-stream", buffer: docx() }); // 1: the file
  await writer.getByRole("button", { name: "Lấy nội dung vào bài" }).click();
  assert.equal(await writer.getByLabel("Tiêu đề", { exact: true }).inputValue(), "Ra quân tuyên truyền");
  await writer.getByLabel("Tóm tắt").fill("Đoàn xã đi từng nhà nói về Luật Căn cước."); // 2: what it is about
  await writer.getByLabel("Hộ tịch, cư trú, căn cước").check(); // 3: its group
  await writer.getByRole("button", { name: "Lưu và xem trước" }).click();
  const post = writer.url();
  await writer.getByRole("button", { name: "Trình duyệt" }).click(); // 4: hand it over
  await approver.goto(post);
  await approver.getByRole("button", { name: "Duyệt bài" }).click(); // 5: approve
  await approver.getByRole("button", { name: "Đăng bài" }).click(); // 6: publish
  const address = base + (await approver.getByRole("link", { name: /^\/bai\// }).getAttribute("href"));
  assert.ok(Date.now() - began < 480_000);
  await approver.goto(address);
  await approver.waitForFunction(() => document.querySelector(".picture img").naturalWidth > 0);
  const html = await approver.locator("article.post").innerHTML();
  assert.match(html, /<h2>Nội dung<\/h2>[^]*<ol><li>Đổi thẻ<\/li><li>Cấp mới<\/li><\/ol>[^]*<th scope="col">Việc<\/th>[^]*alt="Đoàn viên phát tờ gấp"/);
  await look(approver, "editor-word");
  await writer.context().close();
});
