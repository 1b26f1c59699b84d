// A post on its way to the public, as two officers would bring it there: no script needed.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { base, launch } from "../lib/browser.js";
import { enter, look, open, team } from "../lib/officers.js";

let browser;
before(async () => (browser = await launch()));
after(() => browser.close());

const BODY = `## Khi nào phải đăng ký?

Theo số **91/2015/QH13** và Điều 20 Bộ luật Dân sự, người từ đủ 18 tuổi tự mình xác lập giao dịch.

- Chuẩn bị căn cước
- Đến trụ sở Ủy ban nhân dân xã

! Không phải nộp lệ phí.

| Việc | Thời hạn |
| Khai sinh | 60 ngày |`;

test("written, submitted, returned, corrected, approved by another person, seen", async () => {
  const { admin, writer, approver } = await team(browser, "posts.example.vn");

  await writer.goto(base + "/ban-lam-viec");
  await writer.getByRole("link", { name: "Bài viết của đơn vị" }).click();
  await writer.getByRole("link", { name: "Viết bài mới" }).click();
  await writer.getByLabel("Tiêu đề", { exact: true }).fill("Tự mình ký hợp đồng từ mấy tuổi?");
  await writer.getByLabel("Nội dung", { exact: true }).fill(BODY);
  await writer.getByLabel("Dân sự, thừa kế").check();
  await writer.getByRole("button", { name: "Lưu và xem trước" }).click();
  const post = writer.url();
  assert.match(post, /\/ban-lam-viec\/bai\/\d+$/);
  await writer.getByRole("button", { name: "Trình duyệt" }).click();
  assert.match(await writer.getByRole("alert").textContent(), /còn điểm phải sửa/);
  assert.match(await writer.locator("#soat + ul").textContent(), /Chưa có tóm tắt/);
  // The writer has no script, which axe needs: the administrator looks at the same pages.
  await admin.goto(post);
  await look(admin, "post-draft");

  await writer.getByRole("link", { name: "Sửa bài" }).click();
  await admin.goto(writer.url());
  await look(admin, "post-editor");
  await writer.getByLabel("Tóm tắt").fill("Từ đủ 18 tuổi, trừ vài trường hợp luật định.");
  await writer.getByRole("button", { name: "Lưu và xem trước" }).click();
  await writer.getByRole("button", { name: "Trình duyệt" }).click();
  assert.equal(await writer.getByRole("button", { name: "Duyệt bài" }).count(), 0, "nobody approves the own post");

  await approver.goto(base + "/ban-lam-viec/bai?trang-thai=cho-duyet");
  await look(approver, "post-waiting");
  await approver.getByRole("link", { name: "Tự mình ký hợp đồng từ mấy tuổi?" }).click();
  await approver.getByText("Trả lại kèm nhận xét").click();
  await approver.getByLabel("Điều cần sửa").fill("Xin nói rõ trường hợp người chưa đủ 18 tuổi.");
  // On the text itself: under the block it is about.
  await approver.getByText("Nhận xét đoạn 2", { exact: true }).click();
  await approver.getByLabel("Nhận xét đoạn 2").fill("Đoạn này cần một thí dụ.");
  await look(approver, "post-remark");
  await approver.getByRole("button", { name: "Trả lại", exact: true }).click();

  await writer.goto(post);
  assert.match(await writer.locator("main").textContent(), /người chưa đủ 18 tuổi/);
  assert.equal(await writer.getByText("Đoạn này cần một thí dụ.").count(), 2, "in the list, and under its block");
  await writer.getByRole("link", { name: "Sửa bài" }).click();
  const field = writer.getByLabel("Nội dung", { exact: true });
  await field.fill((await field.inputValue()) + "\nNgười chưa đủ 18 tuổi cần người đại diện đồng ý.\n");
  await writer.getByRole("button", { name: "Lưu và xem trước" }).click();
  await writer.getByRole("button", { name: "Trình duyệt" }).click();

  await approver.goto(post);
  await approver.getByRole("button", { name: "Duyệt bài" }).click();
  await look(approver, "post-approved");
  await approver.getByRole("button", { name: "Đăng bài" }).click();
  const address = await approver.getByRole("link", { name: /^\/bai\// }).getAttribute("href");

  const reader = await open(browser, true);
  await reader.goto(base + address);
  assert.match(await reader.locator("article").textContent(), /người đại diện đồng ý/);
  await look(reader, "post");
  await reader.goto(base + "/bai?nhom=dan-su");
  assert.equal(await reader.getByRole("link", { name: "Tự mình ký hợp đồng từ mấy tuổi?" }).count(), 1);
  await look(reader, "posts");
  for (const page of [admin, writer, approver, reader]) await page.context().close();
});

test("what is pasted from Word comes into the plain field clean", async () => {
  const page = await enter(browser, null, "soan@posts.example.vn", false, true);
  // As in a build without the formatted editor.
  await page.route("**/editor.*.js", (route) => route.abort());
  await page.goto(base + "/ban-lam-viec/bai/moi");
  await page.getByLabel("Nội dung", { exact: true }).evaluate((field) => {
    const data = new DataTransfer();
    data.setData("text/html", "<h2>Mục</h2><p class=MsoNormal><b>Đậm</b> thường<o:p></o:p></p><script>alert(1)</script>");
    data.setData("text/plain", "Mục Đậm thường");
    field.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
  });
  await page.waitForFunction(() => document.getElementById("noi-dung").value.includes("**Đậm** thường"));
  assert.equal(await page.getByLabel("Nội dung", { exact: true }).inputValue(), "## Mục\n\n**Đậm** thường\n");
  await page.context().close();
});
