// What tests of the officers' pages share: commands, signing in, looking at a page.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { createHmac } from "node:crypto";
import { AxeBuilder } from "@axe-core/playwright";
import { DESKTOP, PHONE, base } from "./browser.js";
import { program } from "./site.js";

export const PASSWORD = "thuyền giấy vượt bảy con mưa";

/** A command of the program on the data of the site under test. */
export const command = (...words) =>
  execFileSync(program(), words, { encoding: "utf8", env: { ...process.env, PHOLUAT_DATA: process.env.E2E_DATA, PHOLUAT_SITE_BASE_URL: base } });

/** The code of an authenticator app (RFC 6238). */
export function code(secret, at = Date.now()) {
  const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  const bits = [...secret].map((sign) => alphabet.indexOf(sign).toString(2).padStart(5, "0")).join("");
  const key = Buffer.from(bits.match(/.{8}/g).map((byte) => parseInt(byte, 2)));
  const step = Buffer.alloc(8);
  step.writeBigUInt64BE(BigInt(Math.floor(at / 30_000)));
  const hash = createHmac("sha1", key).update(step).digest();
  const offset = hash[19] & 15;
  return String((hash.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).padStart(6, "0");
}

/** axe finds nothing; sees the page as it is when it is asked. */
export async function accessible(page, name) {
  const found = await new AxeBuilder({ page }).withTags(["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"]).analyze();
  assert.deepEqual(found.violations.map((one) => `${name}: ${one.id} ${one.nodes[0].html}`), []);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth);
  assert.ok(!wide, `${name}: nothing stands beyond the edge`);
}

/** Looks at a page in both sizes and themes; with E2E_SHOTS keeps the pictures there. */
export async function look(page, name) {
  for (const [size, viewport] of Object.entries({ phone: PHONE, desktop: DESKTOP })) {
    for (const colorScheme of ["light", "dark"]) {
      await page.setViewportSize(viewport);
      await page.emulateMedia({ colorScheme });
      await accessible(page, `${name}, ${size}, ${colorScheme}`);
      if (process.env.E2E_SHOTS) await page.screenshot({ path: `${process.env.E2E_SHOTS}/${name}-${size}-${colorScheme}.png`, fullPage: true });
    }
  }
}

/** A page of a browser of its own; `strict`: the policy of content holds (and axe cannot look). */
export const open = async (browser, javaScriptEnabled, strict = false) => {
  // axe puts its own script into the page, past the policy of content.
  const context = await browser.newContext({ viewport: PHONE, locale: "vi-VN", bypassCSP: !strict, javaScriptEnabled });
  return context.newPage();
};

/** Accepts an invitation (words with its link; none for an account that is there), signs in, sets up the second proof where the role asks for it. */
export async function enter(browser, words, email, proof, javaScriptEnabled = false, strict = false) {
  const page = await open(browser, javaScriptEnabled, strict);
  if (words) {
    await page.goto(words.match(/http\S+\/loi-moi\/\S+/)[0]);
    await page.getByLabel("Chọn mật khẩu").fill(PASSWORD);
    await page.getByRole("button", { name: "Nhận lời mời" }).click();
  } else await page.goto(base + "/dang-nhap");
  await page.getByLabel("Địa chỉ thư điện tử").fill(email);
  await page.getByLabel("Mật khẩu").fill(PASSWORD);
  await page.getByRole("button", { name: "Đăng nhập" }).click();
  if (proof) {
    await page.goto(base + "/tai-khoan/hai-lop");
    await page.getByLabel("Mã 6 chữ số").fill(code(await page.locator("code.breaks").textContent()));
    await page.getByRole("button", { name: "Xác nhận" }).click();
  }
  return page;
}

/** Invites somebody into a role; gives the link. */
export async function invite(page, name, email, role) {
  await page.goto(base + "/ban-lam-viec/nguoi-dung");
  await page.getByText("Mời người dùng").click();
  await page.getByLabel("Họ và tên").fill(name);
  await page.getByLabel("Địa chỉ thư điện tử").fill(email);
  await page.getByLabel("Vai trò").selectOption({ label: role });
  await page.getByRole("button", { name: "Tạo lời mời" }).click();
  return page.locator(".note code").textContent();
}

/** An administrator, a writer and an approver of a domain of their own, signed in; only those named in `scripts` run any. */
export async function team(browser, domain, scripts = { admin: true, approver: true }) {
  const mail = (name) => `${name}@${domain}`;
  const admin = await enter(browser, command("people", "first-admin", "--name", "Lê Văn Quản", "--email", mail("quan")), mail("quan"), true, true);
  const writing = await invite(admin, "Trần Thị Soạn", mail("soan"), "Người soạn bài");
  const approving = await invite(admin, "Phạm Văn Duyệt", mail("duyet"), "Người duyệt bài");
  return {
    admin,
    writer: await enter(browser, writing, mail("soan"), false, scripts.writer),
    approver: await enter(browser, approving, mail("duyet"), true, scripts.approver),
  };
}

/** Takes a post from its writer to the public; gives its public address. */
export async function publish(writer, approver, post) {
  await writer.goto(post);
  await writer.getByRole("button", { name: "Trình duyệt" }).click();
  await approver.goto(post);
  await approver.getByRole("button", { name: "Duyệt bài" }).click();
  await approver.getByRole("button", { name: "Đăng bài" }).click();
  return base + (await approver.getByRole("link", { name: /^\/bai\// }).getAttribute("href"));
}
