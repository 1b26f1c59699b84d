// The letter of the morning, over a real mail server: to whom something waits, once, and to nobody else.
import assert from "node:assert/strict";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { startOwn } from "../lib/own.js";
import { startMailbox, waitFor } from "../lib/site.js";

// Letters are written from six o'clock in Vietnam on; a run in the night sees none.
const night = (new Date().getUTCHours() + 7) % 24 < 6;
const folder = mkdtempSync(join(tmpdir(), "pholuat-letters-"));
const file = join(folder, "mailbox.jsonl");
let browser, own, mailbox;
before(async () => {
  own = await startOwn();
  mailbox = await startMailbox(file);
  const { launch } = await import("../lib/browser.js");
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await own?.stop();
  await mailbox?.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Letters that came, decoded: to whom, subject and text. */
function letters() {
  const raw = existsSync(file) ? readFileSync(file, "utf8").trim().split("\n").map((line) => JSON.parse(line)) : [];
  return raw.map((one) => {
    const [head, body] = one.split(/\r\n\r\n([^]*)/);
    const quoted = body.replace(/=\r\n/g, "").replace(/=([0-9A-F]{2})/g, (_, hex) => String.fromCharCode(parseInt(hex, 16)));
    const text = /base64/i.test(head) ? Buffer.from(body, "base64") : Buffer.from(quoted, "latin1");
    return { to: head.match(/^To: .*?([\w.]+@[\w.]+)/m)[1], text: text.toString("utf8") };
  });
}

test("who has work waiting gets one letter in the morning, nobody else any", { skip: night && "before six in the morning in Vietnam" }, async () => {
  const { team, enter, invite } = await import("../lib/officers.js");
  const { admin, writer, approver } = await team(browser, "thu.example.vn");
  await writer.goto(own.base + "/ban-lam-viec/bai/moi");
  await writer.getByLabel("Tiêu đề").fill("Bài đang chờ duyệt");
  await writer.getByLabel("Tóm tắt").fill("Tóm tắt.");
  await writer.locator("textarea[name=noi_dung]").fill("Một đoạn.");
  await writer.getByRole("button", { name: "Lưu" }).first().click();
  await writer.getByRole("button", { name: "Trình duyệt" }).click();
  // Another approver wants no letters.
  const silent = await enter(browser, await invite(admin, "Ngô Thị Lặng", "lang@thu.example.vn", "Người duyệt bài"), "lang@thu.example.vn", true);
  await silent.goto(own.base + "/ban-lam-viec/viec");
  await silent.getByRole("button", { name: "Thôi nhận thư nhắc việc" }).click();

  const sends = { PHOLUAT_MAIL_SERVER: `smtp://127.0.0.1:${mailbox.port}`, PHOLUAT_MAIL_FROM: "Cổng thử <cong@stp.example.vn>" };
  await own.again(sends);
  await waitFor(() => letters().length >= 2);
  await own.again(sends);
  await new Promise((later) => setTimeout(later, 1500));
  const came = letters();
  assert.deepEqual(came.map((one) => one.to).sort(), ["duyet@thu.example.vn", "quan@thu.example.vn"], "not the writer, not who said no, and not twice after a new start");
  const link = came[0].text.match(/http\S+\/ban-lam-viec\/bai\/\d+/)[0];
  assert.match(came[0].text, /Bài đang chờ duyệt/);
  await approver.goto(link);
  assert.equal(await approver.getByRole("button", { name: "Duyệt bài" }).count(), 1, "the letter leads to the work");
});
