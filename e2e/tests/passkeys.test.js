// Passkeys with a virtual authenticator: as the second proof of an administrator, and signing in without a password.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { base, launch } from "../lib/browser.js";
import { command, enter, look, open } from "../lib/officers.js";

let browser;
before(async () => (browser = await launch()));
after(() => browser.close());

/** A device that verifies its owner; `verifies` false = somebody else holds it. */
async function device(page, verifies = true) {
  const wire = await page.context().newCDPSession(page);
  await wire.send("WebAuthn.enable");
  const options = { protocol: "ctap2", transport: "internal", hasResidentKey: true, hasUserVerification: true, isUserVerified: verifies, automaticPresenceSimulation: true };
  const { authenticatorId } = await wire.send("WebAuthn.addVirtualAuthenticator", { options });
  return {
    keys: async () => (await wire.send("WebAuthn.getCredentials", { authenticatorId })).credentials,
    give: (credential) => wire.send("WebAuthn.addCredential", { authenticatorId, credential }),
    owner: (isUserVerified) => wire.send("WebAuthn.setUserVerified", { authenticatorId, isUserVerified }),
  };
}

test("an administrator's passkey: set up, second proof, alone, wrong owner, forgotten", async () => {
  const words = command("people", "first-admin", "--name", "Lý Thị Khóa", "--email", "khoa@stp.example.vn");
  const page = await enter(browser, words, "khoa@stp.example.vn", false, true);
  const phone = await device(page);
  assert.match(page.url(), /\/tai-khoan\/hai-lop/, "an administrator sets up a second proof first");
  await look(page, "passkey-setup");
  await page.getByLabel("Tên khóa truy cập").fill("Điện thoại cơ quan");
  await page.getByRole("button", { name: "Thêm khóa truy cập" }).click();
  await page.locator(".codes li").first().waitFor();
  assert.equal(await page.locator(".codes li").count(), 10, "recovery codes come with the first second proof");
  const [credential] = await phone.keys();
  assert.ok(credential.isResidentCredential);
  await page.goto(base + "/ban-lam-viec");
  assert.match(await page.locator("h1").textContent(), /Bàn làm việc/);
  await page.goto(base + "/tai-khoan");
  await page.getByText("Điện thoại cơ quan").first().waitFor();
  await look(page, "passkey-own");

  // After the password the key is the second proof.
  const second = await enter(browser, null, "khoa@stp.example.vn", false, true);
  const same = await device(second);
  await same.give(credential);
  assert.match(second.url(), /\/dang-nhap\/ma/);
  await look(second, "passkey-proof");
  await second.getByRole("button", { name: "Dùng khóa truy cập" }).click();
  await second.waitForURL(base + "/ban-lam-viec");

  // The key alone signs in; where it is not its owner who holds the device, the device does not answer.
  const third = await open(browser, true);
  const alone = await device(third, false);
  const [moved] = await same.keys();
  await alone.give(moved);
  await third.goto(base + "/dang-nhap?ve=/tai-khoan");
  await look(third, "passkey-enter");
  await third.getByRole("button", { name: "Dùng khóa truy cập" }).click();
  await third.getByText("Thiết bị chưa trả lời").waitFor();
  await alone.owner(true);
  await third.getByRole("button", { name: "Dùng khóa truy cập" }).click();
  await third.waitForURL(base + "/tai-khoan");
  await third.goto(base + "/ban-lam-viec/nguoi-dung");
  assert.equal(await third.locator("h1").textContent(), "Người dùng và vai trò");

  // A key that was taken off the list opens nothing, however good its signature.
  await third.goto(base + "/tai-khoan");
  await third.getByRole("button", { name: /Bỏ khóa Điện thoại cơ quan/ }).click();
  await third.waitForURL(base + "/tai-khoan");
  await third.getByRole("button", { name: "Đăng xuất" }).click();
  await third.goto(base + "/dang-nhap");
  await third.getByRole("button", { name: "Dùng khóa truy cập" }).click();
  assert.match(await third.getByRole("alert").filter({ visible: true }).textContent(), /không dùng được ở đây/);
  assert.match(command("audit", "verify"), /Nhật ký nguyên vẹn/);
  for (const one of [page, second, third]) await one.context().close();
});

test("without a script the page offers the password alone", async () => {
  const page = await open(browser, false);
  await page.goto(base + "/dang-nhap");
  assert.equal(await page.getByRole("button", { name: "Dùng khóa truy cập" }).count(), 0);
  assert.equal(await page.getByRole("button", { name: "Đăng nhập" }).count(), 1);
  await page.context().close();
});
