// An officer decides an amendment that could not be placed; the post that cites the provision is reviewed.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { base, launch } from "../lib/browser.js";
import { enter, invite, look, publish, team } from "../lib/officers.js";
import { waitFor } from "../lib/site.js";

let browser;
before(async () => (browser = await launch()));
after(() => browser.close());

const ACT = "/van-ban/10-2019-nd-cp";

test("an amendment that waits is corrected, readers are told, the post that cites it is confirmed", async () => {
  const { admin, writer, approver } = await team(browser, "changes.example.vn");
  const letter = await invite(admin, "Đỗ Thị Luật", "luat@changes.example.vn", "Biên tập viên dữ liệu pháp luật");
  const editor = await enter(browser, letter, "luat@changes.example.vn", true, true);

  // A post that cites what will change.
  await writer.goto(base + "/ban-lam-viec/bai/moi");
  await writer.getByLabel("Tiêu đề", { exact: true }).fill("Mức thu mẫu nói về gì?");
  await writer.getByLabel("Tóm tắt").fill("Phạm vi của mức thu mẫu.");
  await writer.getByLabel("Nội dung", { exact: true }).fill("Theo Điều 1 Nghị định số 10/2019/NĐ-CP, đó là mức thu mẫu.");
  await writer.getByRole("button", { name: "Lưu và xem trước" }).click();
  const address = await publish(writer, approver, writer.url());

  await editor.goto(base + "/ban-lam-viec/viec");
  await editor.getByRole("link", { name: "Mở danh sách câu sửa đổi" }).click();
  await look(editor, "amendments");
  await editor.getByRole("link", { name: /một nghìn đồng/ }).click();
  assert.match(await editor.locator("main").textContent(), /Không tìm thấy cụm từ cần sửa/);
  await editor.getByText("Sửa cách hiểu").click();
  await look(editor, "amendment");
  await editor.getByLabel("Cụm từ hiện có").fill("mức thu mẫu");
  await editor.getByLabel("Cụm từ mới").fill("mức thu thử");
  await editor.getByRole("button", { name: "Xem thử" }).click();
  assert.match(await editor.locator("#thu ~ .cmp ins").first().textContent(), /thử/);
  await look(editor, "amendment-tried");
  await editor.getByRole("button", { name: "Áp dụng cách hiểu này" }).click();
  assert.match(await editor.locator("main").textContent(), /Quyết định đang áp dụng/);
  await look(editor, "amendment-decided");
  await editor.goto(base + ACT);
  assert.match(await editor.locator(".law").textContent(), /mức thu thử/);
  assert.match(await editor.locator(".law").textContent(), /áp dụng theo quyết định của cán bộ ngày/);

  // The post waits for its unit; the reader is told until it is confirmed.
  await waitFor(async () => {
    await approver.goto(base + "/ban-lam-viec/viec");
    return (await approver.getByRole("link", { name: "Mức thu mẫu nói về gì?" }).count()) === 1;
  });
  await look(approver, "waiting-law");
  await approver.goto(address);
  assert.match(await approver.locator("main").textContent(), /Quy định được dẫn trong bài đã thay đổi/);
  await approver.goto(base + "/ban-lam-viec/viec");
  await approver.getByRole("link", { name: "Mức thu mẫu nói về gì?" }).click();
  assert.match(await approver.locator(".cmp del").textContent(), /mẫu/);
  assert.equal(await approver.getByRole("link", { name: "Viết lại bài" }).count(), 1);
  await look(approver, "review");
  await approver.getByRole("button", { name: "Nội dung vẫn đúng" }).click();
  await waitFor(async () => {
    await approver.goto(address);
    return /Đã rà soát ngày/.test(await approver.locator("main").textContent());
  });
  await look(approver, "post-reviewed");

  // Taken back: the other tests find the law as it was.
  await editor.goto(base + "/ban-lam-viec/sua-doi?trang-thai=da-quyet-dinh");
  await editor.getByRole("link", { name: /một nghìn đồng/ }).click();
  await editor.getByRole("button", { name: "Rút quyết định này" }).click();
  assert.match(await editor.locator("main").textContent(), /Chưa áp dụng được/);
  for (const page of [admin, writer, approver, editor]) await page.context().close();
});
