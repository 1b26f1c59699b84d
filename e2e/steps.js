// Pictures of the first steps for docs/first-steps.md, made by walking them: docs/pictures/step-*.png.
import { writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { small } from "./lib/picture.js";
import { startSite, waitFor } from "./lib/site.js";

const folder = resolve(dirname(fileURLToPath(import.meta.url)), "../docs/pictures");
const site = await startSite({ sample: false });
process.env.E2E_DATA = join(site.folder, "data");
process.env.E2E_BASE = site.base;
// They read where the site is when they are loaded.
const { DESKTOP, launch } = await import("./lib/browser.js");
const { PASSWORD, code, command, enter, invite } = await import("./lib/officers.js");
const browser = await launch();
let number = 0;

/** A picture of the page; `at` stands near its upper edge. */
async function picture(page, name, at) {
  number += 1;
  await page.setViewportSize({ width: 1000, height: 720 });
  if (at) await at.first().evaluate((node) => window.scrollTo(0, node.getBoundingClientRect().top + window.scrollY - 150));
  const bytes = small(await page.screenshot());
  const file = `step-${String(number).padStart(2, "0")}-${name}.png`;
  writeFileSync(join(folder, file), bytes);
  console.log(`${file} ${Math.round(bytes.length / 1024)} KB`);
  await page.setViewportSize(DESKTOP);
}

// What Word puts on the clipboard.
const WORD = `<html xmlns:o="urn:schemas-microsoft-com:office:office"><body lang=VI>
<h2 style="margin:12pt"><span style="font-family:Times New Roman">Khi nào tự mình ký được?<o:p></o:p></span></h2>
<p class=MsoNormal>Theo Điều 20 Bộ luật Dân sự, người từ đủ 18 tuổi <b>tự mình</b> xác lập giao dịch.<o:p></o:p></p>
</body></html>`;

/** Puts formatted text at the end of the editor as if it came from the clipboard. */
async function paste(page, html) {
  const text = page.getByRole("textbox", { name: "Nội dung", exact: true });
  await text.click();
  await page.keyboard.press("Control+End");
  await text.evaluate((node, copied) => {
    const data = new DataTransfer();
    data.setData("text/html", copied);
    node.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
  }, html);
  await text.scrollIntoViewIfNeeded();
}

try {
  if (!site.codes) throw new Error("the steps need the codes, and the law package cannot be had");
  const words = command("people", "first-admin", "--name", "Nguyễn Văn An", "--email", "an@stp.example.vn");
  const context = await browser.newContext({ viewport: DESKTOP, locale: "vi-VN" });
  const admin = await context.newPage();
  await admin.goto(words.match(/http\S+\/loi-moi\/\S+/)[0]);
  await admin.getByLabel("Chọn mật khẩu").fill(PASSWORD);
  await picture(admin, "first-admin");
  await admin.getByRole("button", { name: "Nhận lời mời" }).click();
  await admin.getByLabel("Địa chỉ thư điện tử").fill("an@stp.example.vn");
  await admin.getByLabel("Mật khẩu").fill(PASSWORD);
  await admin.getByRole("button", { name: "Đăng nhập" }).click();
  await picture(admin, "second-proof");
  await admin.getByLabel("Mã 6 chữ số").fill(code(await admin.locator("code.breaks").textContent()));
  await admin.getByRole("button", { name: "Xác nhận" }).click();
  await admin.goto(site.base + "/ban-lam-viec");
  await picture(admin, "desk");
  await admin.getByRole("link", { name: "Thông tin liên hệ của đơn vị" }).click();
  await admin.locator("main .links a").first().click();
  await admin.getByLabel("Chức năng, nhiệm vụ").fill("Tham mưu về phổ biến, giáo dục pháp luật.");
  await admin.getByLabel("Functions").fill("Advises on spreading the law.");
  await admin.getByLabel("Điện thoại").fill("0000 000 000");
  await picture(admin, "unit");
  await admin.getByRole("button", { name: "Lưu thông tin liên hệ" }).click();
  const writing = await invite(admin, "Trần Thị Soạn", "soan@stp.example.vn", "Người soạn bài");
  const approving = await invite(admin, "Phạm Văn Duyệt", "duyet@stp.example.vn", "Người duyệt bài");
  await picture(admin, "people");

  const writer = await enter(browser, writing, "soan@stp.example.vn", false, true);
  const approver = await enter(browser, approving, "duyet@stp.example.vn", true, true);
  await writer.goto(site.base + "/ban-lam-viec/bai/moi");
  await writer.getByLabel("Tiêu đề", { exact: true }).fill("Tự mình ký hợp đồng từ mấy tuổi?");
  await writer.getByLabel("Tóm tắt").fill("Từ đủ 18 tuổi; từ 15 tuổi trong một số việc.");
  await writer.getByLabel("Dân sự, thừa kế").check();
  await paste(writer, WORD);
  await picture(writer, "write", writer.locator(".ProseMirror"));
  await writer.getByRole("button", { name: "Lưu và xem trước" }).click();
  const post = writer.url();
  await writer.getByRole("button", { name: "Trình duyệt" }).click();
  await approver.goto(site.base + "/ban-lam-viec/viec");
  await picture(approver, "waiting");
  await approver.goto(post);
  await approver.getByText("Trả lại kèm nhận xét").click();
  await approver.getByLabel("Điều cần sửa").fill("Xin nói rõ người từ 15 tuổi được tự ký việc gì.");
  await approver.getByLabel("Điều cần sửa").scrollIntoViewIfNeeded();
  await picture(approver, "return");
  await approver.getByRole("button", { name: "Trả lại", exact: true }).click();
  await writer.goto(post);
  await picture(writer, "returned");
  await writer.getByRole("link", { name: "Sửa bài" }).click();
  await paste(writer, "<p>Người từ đủ 15 tuổi tự ký được, trừ việc về nhà đất và tài sản phải đăng ký.</p>");
  await writer.getByRole("button", { name: "Lưu và xem trước" }).click();
  await writer.getByRole("button", { name: "Trình duyệt" }).click();
  await approver.goto(post);
  await approver.getByRole("button", { name: "Duyệt bài" }).click();
  await picture(approver, "approved");
  await approver.getByRole("button", { name: "Đăng bài" }).click();

  const reader = await context.newPage();
  await waitFor(async () => (await fetch(site.base + "/").then((answer) => answer.text())).includes("Tự mình ký hợp đồng"));
  await reader.goto(site.base + "/bai/tu-minh-ky-hop-dong-tu-may-tuoi");
  await picture(reader, "published");
  await waitFor(async () => (await fetch(site.base + "/tim?q=ky+hop+dong+may+tuoi").then((answer) => answer.text())).includes("/bai/tu-minh-ky"));
  await reader.goto(site.base + "/tim?q=ky+hop+dong+may+tuoi");
  await picture(reader, "found", reader.locator("#bai-viet"));
  await reader.goto(site.base + "/van-ban/91-2015-qh13/dieu-20");
  await picture(reader, "beside-law", reader.getByText("Bài giải thích điều này"));
} finally {
  await browser.close();
  await site.stop();
}
