// From the first administrator to a contributor of a unit, as they would do it: no script needed.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { createHmac } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { after, before, test } from "node:test";
import { AxeBuilder } from "@axe-core/playwright";
import { DESKTOP, PHONE, base, launch } from "../lib/browser.js";
import { program, waitFor } from "../lib/site.js";

const PASSWORD = "thuyền giấy vượt bảy con mưa";
let browser;
before(async () => (browser = await launch()));
after(() => browser.close());

/** A command of the program on the data of the site under test. */
const command = (...words) =>
  execFileSync(program(), words, { encoding: "utf8", env: { ...process.env, PHOLUAT_DATA: process.env.E2E_DATA, PHOLUAT_SITE_BASE_URL: base } });

/** The code of an authenticator app (RFC 6238). */
function code(secret, at = Date.now()) {
  const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  const bits = [...secret].map((sign) => alphabet.indexOf(sign).toString(2).padStart(5, "0")).join("");
  const key = Buffer.from(bits.match(/.{8}/g).map((byte) => parseInt(byte, 2)));
  const step = Buffer.alloc(8);
  step.writeBigUInt64BE(BigInt(Math.floor(at / 30_000)));
  const hash = createHmac("sha1", key).update(step).digest();
  const offset = hash[19] & 15;
  return String((hash.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).padStart(6, "0");
}

/** The newest letter in the mailbox of the site, decoded; `null` while there is none to that address. */
function letterTo(address) {
  const file = join(dirname(process.env.E2E_DATA), "mailbox.jsonl");
  const letters = existsSync(file) ? readFileSync(file, "utf8").trim().split("\n").map((line) => JSON.parse(line)) : [];
  const raw = letters.findLast((one) => one.includes(`To: ${address}`));
  if (!raw) return null;
  const [head, body] = raw.split(/\r\n\r\n([^]*)/);
  if (/base64/i.test(head)) return Buffer.from(body, "base64").toString("utf8");
  const bytes = body.replace(/=\r\n/g, "").replace(/=([0-9A-F]{2})/g, (_, hex) => String.fromCharCode(parseInt(hex, 16)));
  return Buffer.from(bytes, "latin1").toString("utf8");
}

/** axe finds nothing; sees the page as it is when it is asked. */
async function accessible(page, name) {
  const found = await new AxeBuilder({ page }).withTags(["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"]).analyze();
  assert.deepEqual(found.violations.map((one) => `${name}: ${one.id} ${one.nodes[0].html}`), []);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth);
  assert.ok(!wide, `${name}: nothing stands beyond the edge`);
}

/** Looks at a page in both sizes and themes; with E2E_SHOTS keeps the pictures there. */
async function look(page, name) {
  for (const [size, viewport] of Object.entries({ phone: PHONE, desktop: DESKTOP })) {
    for (const colorScheme of ["light", "dark"]) {
      await page.setViewportSize(viewport);
      await page.emulateMedia({ colorScheme });
      await accessible(page, `${name}, ${size}, ${colorScheme}`);
      if (process.env.E2E_SHOTS) await page.screenshot({ path: `${process.env.E2E_SHOTS}/${name}-${size}-${colorScheme}.png`, fullPage: true });
    }
  }
}

const open = async (javaScriptEnabled) => {
  // axe puts its own script into the page, past the policy of content.
  const context = await browser.newContext({ viewport: PHONE, locale: "vi-VN", bypassCSP: true, javaScriptEnabled });
  return context.newPage();
};

test("first administrator, second proof, invitation, contributor, suspension", async () => {
  const words = command("people", "first-admin", "--name", "Nguyễn Văn An", "--email", "an@stp.example.vn");
  const link = words.match(/http\S+\/loi-moi\/\S+/)[0];
  const page = await open(true);
  await page.goto(base + "/ban-lam-viec");
  assert.match(page.url(), /\/dang-nhap\?ve=\/ban-lam-viec/);
  await look(page, "enter");
  await page.goto(link);
  await page.getByLabel("Chọn mật khẩu").fill("matkhau12345");
  await page.getByRole("button", { name: "Nhận lời mời" }).click();
  assert.match(await page.getByRole("alert").textContent(), /dễ đoán/);
  await look(page, "invited");
  await page.getByLabel("Chọn mật khẩu").fill(PASSWORD);
  await page.getByRole("button", { name: "Nhận lời mời" }).click();
  await page.getByLabel("Địa chỉ thư điện tử").fill("an@stp.example.vn");
  await page.getByLabel("Mật khẩu").fill(PASSWORD);
  await page.getByRole("button", { name: "Đăng nhập" }).click();
  assert.match(page.url(), /\/tai-khoan\/hai-lop/, "an administrator sets up the second proof first");
  await look(page, "app");
  const secret = await page.locator("code.breaks").textContent();
  await page.getByLabel("Mã 6 chữ số").fill(code(secret));
  await page.getByRole("button", { name: "Xác nhận" }).click();
  assert.equal(await page.locator(".codes li").count(), 10);
  await look(page, "codes");
  await page.getByRole("link", { name: "Đến bàn làm việc" }).click();
  await look(page, "desk");

  await page.getByRole("link", { name: "Người dùng và vai trò" }).click();
  await page.getByText("Mời người dùng").click();
  await page.getByLabel("Họ và tên").fill("Trần Thị Bình");
  await page.getByLabel("Địa chỉ thư điện tử").fill("binh@stp.example.vn");
  await page.getByLabel("Vai trò").selectOption({ label: "Người soạn bài" });
  await page.getByRole("button", { name: "Tạo lời mời" }).click();
  const invitation = await page.locator(".note code").textContent();
  await look(page, "staff");
  let letter;
  await waitFor(() => (letter = letterTo("binh@stp.example.vn")));
  assert.ok(letter.includes("Kính gửi Ông/Bà Trần Thị Bình") && letter.includes(invitation.trim()), letter);

  // The contributor has no script at all.
  const other = await open(false);
  await other.goto(invitation);
  await other.getByLabel("Chọn mật khẩu").fill(PASSWORD);
  await other.getByRole("button", { name: "Nhận lời mời" }).click();
  await other.getByLabel("Địa chỉ thư điện tử").fill("binh@stp.example.vn");
  await other.getByLabel("Mật khẩu").fill(PASSWORD);
  await other.getByRole("button", { name: "Đăng nhập" }).click();
  assert.match(await other.locator("h1").textContent(), /Bàn làm việc/);
  assert.equal(await other.getByRole("link", { name: "Người dùng và vai trò" }).count(), 0, "nothing that is not theirs");
  assert.equal((await other.goto(base + "/ban-lam-viec/nguoi-dung")).status(), 403);

  await page.goto(base + "/ban-lam-viec/nguoi-dung");
  await page.getByRole("button", { name: /Tạm ngừng tài khoản Trần Thị Bình/ }).click();
  await other.goto(base + "/ban-lam-viec");
  assert.match(other.url(), /\/dang-nhap/, "a suspended account is out at once");
  await page.goto(base + "/ban-lam-viec/nhat-ky");
  await look(page, "log");
  await page.goto(base + "/tai-khoan");
  await look(page, "own");
  await page.getByRole("button", { name: "Đăng xuất" }).click();
  await page.goto(base + "/ban-lam-viec");
  assert.match(page.url(), /\/dang-nhap/);
  assert.match(command("audit", "verify"), /Nhật ký nguyên vẹn/);
  await page.context().close();
  await other.context().close();
});
