// Attacks by the thousand through every field and file name of a post, opened in Chromium under the
// policy that readers get: nothing runs, and the policy has nothing to report.
import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { after, before, test } from "node:test";
import UPNG from "upng-js";
import { attacks } from "../lib/attacks.js";
import { base, launch } from "../lib/browser.js";
import { enter, team } from "../lib/officers.js";
import { visit, watch } from "../lib/watch.js";

const bundle = existsSync(new URL("../../web/built/editor.js", import.meta.url));
const SIGNS = ["", "## ", "- ", "> ", "! ", "| x | ", "**", "{en} ", "1. ", "~ "];
const BLOCKS = 1600;
let browser;
before(async () => (browser = await launch()));
after(() => browser.close());

test("nothing that officers type, paste or upload runs for anybody", async () => {
  const { all, fetched } = attacks();
  const people = await team(browser, "attacks.example.vn", { admin: true, approver: true, writer: true });
  const hits = [];
  const writer = await watch(await enter(browser, null, "soan@attacks.example.vn", false, true, true), hits);
  const post = async (page, path, fields, rest = {}) => {
    const form = new URLSearchParams();
    for (const [name, value] of Object.entries(fields)) [value].flat().forEach((one) => form.append(name, one));
    const headers = { "sec-fetch-site": "same-origin", "content-type": "application/x-www-form-urlencoded" };
    return page.request.post(base + path, { headers, data: form.toString(), maxRedirects: 0, ...rest });
  };
  await writer.goto(base + "/ban-lam-viec/bai/moi");
  const unit = await writer.getByLabel("Đơn vị").inputValue();
  const begin = async (title, summary, body) => {
    const answer = await post(writer, "/ban-lam-viec/bai/moi", { don_vi: unit, loai: "tin", nhom: ["dan-su", title.slice(0, 50)], tieu_de: title, tom_tat: summary, noi_dung: body });
    assert.equal(answer.status(), 303, `${title} ${await answer.text()}`.slice(0, 400));
    return answer.headers().location;
  };

  // File names.
  const png = Buffer.from(UPNG.encode([new Uint8Array(64).fill(9).buffer], 4, 4, 0));
  const files = [];
  for (let at = 0; at < 24; at++) {
    const name = `${all[Math.floor((at * all.length) / 24)].replace(/[\u0000-\u001f]/g, "").slice(0, 90)}.png`;
    const answer = await writer.request.post(`${base}/ban-lam-viec/bai/moi/tep`, {
      headers: { "sec-fetch-site": "same-origin", accept: "application/json" },
      multipart: { don_vi: unit, tep: { name, mimeType: "image/png", buffer: png } },
    });
    assert.equal(answer.status(), 200, name);
    files.push((await answer.json()).id);
  }

  // Bodies: every attack once, in all kinds of blocks by turns; descriptions of pictures too.
  const bodies = [];
  for (let at = 0; at < all.length; at += BLOCKS) {
    const rows = all.slice(at, at + BLOCKS).map((attack, row) => (row % 40 === 0 ? `![${attack}](tep:${files[row % files.length]})` : SIGNS[(row + at / BLOCKS) % SIGNS.length] + attack));
    bodies.push({ text: rows.join("\n\n"), path: await begin(`Bài ${at} ${all[at]}`.slice(0, 300), all[at].slice(0, 900), rows.join("\n\n")) });
  }
  // Titles and summaries: as many as fit.
  const small = [];
  let at = 0;
  const some = (most) => {
    let text = "";
    for (; at < all.length && text.length + all[at].length < most; at++) text += ` ${all[at]}`;
    if (!text) text = all[at++ % all.length].slice(0, most);
    return text.trim() || "x";
  };
  while (at < all.length && small.length < 260) small.push(await begin(some(290), some(980), "Một đoạn."));

  // What officers see: preview, editor, differences, lists, remarks.
  for (const { path, text } of bodies) {
    await visit(writer, path, hits);
    await visit(writer, `${path}/sua`, hits);
    if (bundle) await writer.locator(".ProseMirror").waitFor();
    const turned = text.split("\n\n").reverse().slice(0, 700).join("\n\n");
    const saved = await post(writer, `${path}/sua`, { phien_ban: "1", loai: "tin", tieu_de: "Sửa", tom_tat: "Sửa", noi_dung: turned });
    assert.equal(saved.status(), 303);
    await visit(writer, `${path}?ban=2&so=1`, hits);
  }
  for (let page = 1; page <= Math.ceil((small.length + bodies.length) / 50); page++) await visit(writer, `/ban-lam-viec/bai?trang=${page}`, hits);
  // The clipboard: as HTML of other programs.
  for (let from = 0; from < all.length; from += 3000) {
    const answer = await post(writer, "/ban-lam-viec/bai/lam-sach", { html: all.slice(from, from + 3000).join("\n") }, {});
    const cleaned = await answer.text();
    await visit(writer, `${await begin("Dán", "Dán", cleaned.split("\n\n").slice(0, 1900).join("\n\n"))}/sua`, hits);
  }

  // What everybody sees: a part of it is published, past a preflight that refuses links to strange places.
  const reader = await watch(await browser.newPage({ locale: "vi-VN" }), hits);
  const clean = all.filter((attack) => !/\]\((https?:|\/)/i.test(attack));
  const approver = people.approver;
  for (let from = 0; from < clean.length; from += BLOCKS) {
    const rows = clean.slice(from, from + BLOCKS).map((attack, row) => SIGNS[row % SIGNS.length] + attack);
    const path = await begin(`Công khai ${clean[from]}`.slice(0, 300), clean[from + 7].slice(0, 900) || "x", rows.join("\n\n"));
    const step = async (page, way, fields = {}) => {
      const answer = await post(page, `${path}/${way}`, { phien_ban: "1", ...fields });
      assert.equal(answer.status(), 303, `${way}: ${(await answer.text()).match(/<section class="note warn"[^]*?<\/section>/)?.[0].slice(0, 1500)}`);
    };
    await step(writer, "trinh");
    if (from === 0) {
      await step(approver, "tra-lai", { nhan_xet: clean.slice(0, 60).join("\n").slice(0, 3900) });
      await visit(writer, path, hits);
      await step(writer, "trinh");
    }
    await step(approver, "duyet");
    await step(approver, "dang");
    const shown = (await (await writer.request.get(base + path)).text()).match(/href="(\/bai\/[^"]+)"/)[1];
    await visit(reader, shown, hits);
  }
  for (const path of ["/bai", "/bai?loai=tin", "/bai?nhom=%22%3E%3Cscript%3E", "/"]) await visit(reader, path, hits);
  for (let place = 0; place < all.length; place += Math.ceil(all.length / 60)) await visit(reader, `/tim?q=${encodeURIComponent(all[place].slice(0, 200))}`, hits);
  const feed = await (await fetch(`${base}/bai.atom`)).text();
  assert.ok(!/<(script|img|svg|iframe)/i.test(feed), "a feed holds text");
  assert.deepEqual(hits.slice(0, 20), []);
  console.log(`# ${all.length} attacks (${fetched} fetched), ${bodies.length + small.length} posts: 0 ran, 0 reports`);
  for (const page of [writer, reader, ...Object.values(people)]) await page.context().close();
});
