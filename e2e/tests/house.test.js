// Signing in at another house (OpenID Connect), as officers do it and as nobody should.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { base, launch } from "../lib/browser.js";
import { code, command, enter, invite, look, open } from "../lib/officers.js";

const BUTTON = "Đăng nhập bằng tài khoản tỉnh";
let browser, admin;
before(async () => {
  browser = await launch();
  const words = command("people", "first-admin", "--name", "Đỗ Thị Nhà", "--email", "nha@nha.example.vn");
  admin = await enter(browser, words, "nha@nha.example.vn", true, true);
});
after(() => browser.close());

/** Says at the other house who one is. */
async function say(page, name, proved = false) {
  await page.getByLabel("Tên").fill(name);
  if (proved) await page.getByLabel(proved === "acr" ? "Mức bảo đảm cao" : "Đã có lớp hai").check();
  await page.getByRole("button", { name: "Vào" }).click();
}

/** Goes over the button of the sign-in page in a fresh browser. */
async function over(name, proved = false) {
  const page = await open(browser, false);
  await page.goto(base + "/dang-nhap");
  await page.getByRole("link", { name: BUTTON }).click();
  await say(page, name, proved);
  return page;
}

/** Walks to the other house in a page's name and back to the door of the portal; the answer that would be brought in. */
async function answerFor(page, name) {
  const there = async (answer) => new URL((await answer).headers().location, process.env.E2E_HOUSE).href;
  let place = await there(page.request.get(base + "/dang-nhap/tap-trung", { maxRedirects: 0 }));
  while (!place.startsWith(`${process.env.E2E_HOUSE}/hoi/`)) place = await there(page.request.get(place, { maxRedirects: 0 }));
  place = await there(page.request.post(place, { form: { ten: name, lop2: "1" }, maxRedirects: 0 }));
  while (!place.startsWith(`${base}/`)) place = await there(page.request.get(place, { maxRedirects: 0 }));
  return place;
}

const complaint = (page) => page.getByRole("alert").textContent();

test("an invitation is accepted with an identity, which then signs in, leaves, and is refused once suspended", async () => {
  const link = await invite(admin, "Vũ Thị Mời", "moi@nha.example.vn", "Người soạn bài");
  const page = await open(browser, true);
  await page.goto(link);
  await page.getByRole("link", { name: BUTTON }).click();
  await say(page, "moi");
  assert.equal(page.url(), base + "/ban-lam-viec");
  await page.goto(base + "/tai-khoan");
  assert.match(await page.locator("main").textContent(), /moi@tinh\.example\.vn/);
  assert.equal(await page.getByLabel("Mật khẩu hiện tại").count(), 0, "who has no password changes none");
  await page.getByRole("button", { name: /Bỏ liên kết/ }).click();
  assert.match(await complaint(page), /cách duy nhất/);
  await page.getByRole("button", { name: "Đăng xuất" }).click();
  assert.match(await page.locator("h1").textContent(), /Đã đăng xuất/);
  await look(page, "house-left");
  await page.getByRole("link", { name: /Đăng xuất khỏi hệ thống/ }).click();
  assert.match(page.url(), /\/session\/end\?client_id=cong/, "the other house ends its own session");
  await page.goto(base + "/ban-lam-viec");
  assert.match(page.url(), /\/dang-nhap/);

  const again = await over("moi");
  assert.equal(again.url(), base + "/ban-lam-viec");
  await admin.goto(base + "/ban-lam-viec/nguoi-dung");
  await admin.getByRole("button", { name: /Tạm ngừng tài khoản Vũ Thị Mời/ }).click();
  await again.goto(base + "/ban-lam-viec");
  assert.match(again.url(), /\/dang-nhap/, "a suspended account is out at once");
  const refused = await over("moi");
  assert.match(await complaint(refused), /tạm ngừng/);
  // The invitation is used up.
  await refused.goto(link);
  assert.match(await complaint(refused), /không còn hiệu lực/);
  for (const one of [page, again, refused]) await one.context().close();
});

test("an address opens nothing: identities are linked by their person alone, the second proof stays", async () => {
  const unlinked = await over("nha");
  assert.match(await complaint(unlinked), /chưa liên kết/);
  await admin.goto(base + "/tai-khoan");
  await admin.getByRole("link", { name: `Liên kết: ${BUTTON}` }).click();
  await say(admin, "nha-o-tinh");
  await look(admin, "house-link");
  await admin.getByRole("button", { name: "Liên kết" }).click();
  assert.equal(admin.url(), base + "/tai-khoan");
  await admin.getByText("nha-o-tinh@tinh.example.vn").first().waitFor();
  await look(admin, "house-own");
  // Twice is refused, whoever asks.
  await admin.getByRole("link", { name: `Liên kết: ${BUTTON}` }).click();
  assert.match(await complaint(admin), /đã liên kết/, "the other house still knows who sits there");

  const half = await over("nha-o-tinh");
  assert.match(half.url(), /\/dang-nhap\/ma/, "the house vouched for no second proof");
  await half.goto(base + "/ban-lam-viec");
  assert.match(half.url(), /\/dang-nhap/, "half a session opens nothing");
  const whole = await over("nha-o-tinh", true);
  assert.equal(whole.url(), base + "/ban-lam-viec", "the house vouched for the second proof in words agreed upon");
  const assured = await over("nha-o-tinh", "acr");
  assert.equal(assured.url(), base + "/ban-lam-viec", "a level of assurance agreed upon does as well");
  await admin.goto(base + "/ban-lam-viec/nhat-ky");
  assert.match(await admin.locator("main").textContent(), /Liên kết đăng nhập tập trung/);

  // A role that needs a second proof, without any: it is set up first.
  const link = await invite(admin, "Lê Thị Chờ", "cho@nha.example.vn", "Người duyệt bài");
  const approver = await open(browser, false);
  await approver.goto(link);
  await approver.getByRole("link", { name: BUTTON }).click();
  await say(approver, "cho");
  assert.match(approver.url(), /\/tai-khoan\/hai-lop/);
  await approver.getByLabel("Mã 6 chữ số").fill(code(await approver.locator("code.breaks").textContent()));
  await approver.getByRole("button", { name: "Xác nhận" }).click();
  assert.equal(await approver.locator(".codes li").count(), 10);
  for (const one of [unlinked, half, whole, assured, approver]) await one.context().close();
});

test("answers that were not asked for, come twice or from another browser open nothing; new keys do", async () => {
  const page = await open(browser, false);
  for (const query of ["", "?state=x&code=y", "?error=server_error", "?state=%00&code=%F0%9F%98%80"]) {
    await page.goto(`${base}/dang-nhap/tap-trung/ve${query}`);
    assert.match(await complaint(page), /đăng nhập lại từ đầu/, query);
  }
  // The person gives up at the other house.
  await page.goto(base + "/dang-nhap");
  await page.getByRole("link", { name: BUTTON }).click();
  await page.getByRole("button", { name: "Hủy" }).click();
  assert.match(await complaint(page), /hủy/);

  // An answer on its way, caught.
  const caught = await answerFor(page, "nha-o-tinh");
  const thief = await open(browser, false);
  await thief.goto(caught);
  assert.match(await complaint(thief), /trình duyệt khác/);
  await page.goto(caught);
  assert.match(await complaint(page), /đăng nhập lại từ đầu/, "the thief has used it up, and gained nothing");
  // The same twice.
  let seen = "";
  page.on("request", (request) => request.url().includes("/tap-trung/ve?") && (seen = request.url()));
  await page.goto(base + "/dang-nhap");
  await page.getByRole("link", { name: BUTTON }).click();
  assert.equal(page.url(), base + "/ban-lam-viec");
  await page.goto(seen);
  assert.match(await complaint(page), /đăng nhập lại từ đầu/);

  await fetch(`${process.env.E2E_HOUSE}/thu/doi-khoa`);
  const renewed = await over("nha-o-tinh", true);
  assert.equal(renewed.url(), base + "/ban-lam-viec", "keys are asked for anew where a token names one that is not known");
  assert.match(command("audit", "verify"), /Nhật ký nguyên vẹn/);
  for (const one of [page, thief, renewed]) await one.context().close();
});

test("an account that is locked is locked at every door", async () => {
  const guesser = await open(browser, false);
  for (let turn = 0; turn < 5; turn += 1) {
    await guesser.goto(base + "/dang-nhap");
    await guesser.getByLabel("Địa chỉ thư điện tử").fill("nha@nha.example.vn");
    await guesser.getByLabel("Mật khẩu").fill("một câu đoán mò nào đó");
    await guesser.getByRole("button", { name: "Đăng nhập", exact: true }).click();
  }
  const refused = await over("nha-o-tinh", true);
  assert.match(await complaint(refused), /khóa/);
  for (const one of [guesser, refused]) await one.context().close();
});
