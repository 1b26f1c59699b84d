// Every field of every form, found by walking the pages as a guest and as an administrator: each gets attacks of its
// own, sent from the page itself, and what comes back and every page afterwards is opened in Chromium.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import { attacks } from "../lib/attacks.js";
import { startOwn } from "../lib/own.js";
import { touch, visit, watch } from "../lib/watch.js";

const AGREED = new URL("../../crates/pholuat/tests/data/access.tsv", import.meta.url);
/** Routes that no form of a page sends to: scripts do, and other tests attack them (posts, passkeys, signing in elsewhere). */
const BY_SCRIPT = /\/(lam-sach|tu-luu|hoi|tep)$|^\/tai-khoan\/(khoa\/bo|lien-ket)|^\/ban-lam-viec\/sua-doi|\/ra-soat$/;
/** Instances of a page that are opened, and of attempts on a field that people type into. */
const MOST = 4;
const TRIES = 2;

let browser, own;
before(async () => {
  own = await startOwn();
  const { launch } = await import("../lib/browser.js");
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await own?.stop();
});

/** `/ban-lam-viec/bai/12/sua?x=1` → `/ban-lam-viec/bai/{}/sua`: what stands for all pages of a kind. */
const kind = (path) => path.split(/[?#]/)[0].replace(/\/(\d+|[\w-]{40,})(?=\/|$)/g, "/{}").replace(/^\/(bai|don-vi|viec|van-ban)\/(?!\{)[^/]+$/, "/$1/{}");

/** Forms of the page that is open, with their fields in order. */
const formsOf = (page) =>
  page.evaluate(() =>
    [...document.forms].map((form) => ({
      method: form.method,
      action: new URL(form.action).pathname,
      fields: [...new Map([...form.elements].filter((one) => one.name && !["submit", "button"].includes(one.type)).map((one) => [one.name, one.type])).entries()],
    })),
  );

/** Walks from some pages to all they lead to; gives pages and forms by kind. */
async function walk(page, seeds, hits) {
  const pages = new Map();
  const forms = new Map();
  const queue = [...seeds];
  const seen = new Set();
  while (queue.length > 0) {
    const path = queue.shift();
    const known = pages.get(kind(path)) ?? [];
    if (seen.has(path) || (known.length >= MOST && !seeds.includes(path))) continue;
    seen.add(path);
    pages.set(kind(path), [...known, path]);
    await visit(page, path, hits);
    for (const form of await formsOf(page)) {
      const name = `${form.method} ${kind(form.action)} ${form.fields.map(([field]) => field).join(" ")}`;
      const found = forms.get(name) ?? { ...form, kind: kind(form.action), name, actions: [], places: [] };
      found.actions.push(form.action);
      if (!found.places.includes(path)) found.places.push(path);
      forms.set(name, found);
    }
    const links = await page.evaluate(() => [...document.querySelectorAll("a[href]")].map((link) => link.href));
    for (const link of links) {
      const url = new URL(link);
      if (url.origin === own.base && !/\.(atom|rss|json|xml|docx)$|^\/(en|api|tep|oai|tai-nguyen|bang-ky-tu)\b|\/tap-trung/.test(url.pathname)) queue.push(url.pathname + url.search);
    }
  }
  return { pages, forms };
}

/** Puts a value into a field, as a client without our rules would, and sends the form; false where the page has none. */
async function send(page, form, [field, type], value) {
  if (type === "file") {
    const input = page.locator(`input[type=file][name="${field}"]`).first();
    await input.setInputFiles({ name: `${value.replace(/[\u0000-\u001f/]/g, "").slice(0, 90)}.png`, mimeType: "image/png", buffer: Buffer.from("x") });
  }
  const ready = await page.evaluate(
    ({ method, actions, field, value }) => {
      const fits = (form) => form.method === method && actions.includes(new URL(form.action).pathname) && form.elements[field];
      const form = [...document.forms].find(fits);
      const input = form && [...form.elements].find((one) => one.name === field && one.type !== "submit");
      if (!input) return false;
      if (input.type === "file") {
        const button = [...form.elements].find((one) => one.formAction?.endsWith("/tep"));
        if (button) form.action = button.formAction;
      } else {
        const plain = document.createElement("textarea");
        plain.name = field;
        plain.value = value;
        input.replaceWith(plain);
      }
      form.id = "gui-di";
      return true;
    },
    { method: form.method, actions: form.actions, field, value },
  );
  if (!ready) return false;
  await Promise.all([page.waitForNavigation({ waitUntil: "load" }), page.evaluate(() => HTMLFormElement.prototype.submit.call(document.getElementById("gui-di")))]);
  return true;
}

test("no field of any form lets anything run, and no form is forgotten", async () => {
  const { enter, team, publish, invite } = await import("../lib/officers.js");
  const { all } = attacks();
  const hits = [];
  const { admin, writer, approver } = await team(browser, "fields.example.vn");
  // Posts in every state, enough of each for attempts that use one up; somebody who is invited, and whom an administrator can stop.
  const posts = [];
  for (let at = 0; at < 12; at++) {
    await writer.goto(own.base + "/ban-lam-viec/bai/moi");
    await writer.getByLabel("Tiêu đề").fill(`Bài thứ ${at}`);
    await writer.getByLabel("Tóm tắt").fill("Tóm tắt.");
    await writer.locator("textarea[name=noi_dung]").fill("Một đoạn.");
    await writer.getByRole("button", { name: "Lưu" }).first().click();
    posts.push(writer.url());
  }
  for (const post of posts.slice(2, 8)) {
    await writer.goto(post);
    await writer.getByRole("button", { name: "Trình duyệt" }).click();
  }
  for (const post of posts.slice(5, 8)) {
    await approver.goto(post);
    await approver.getByRole("button", { name: "Duyệt bài" }).click();
  }
  for (const post of posts.slice(8)) await publish(writer, approver, post);
  // Another session, which can be ended.
  await enter(browser, null, "quan@fields.example.vn");
  const invited = new URL(await invite(admin, "Người Được Mời", "moi@fields.example.vn", "Người soạn bài")).pathname;

  // The pages as these two see them, under the policy that everybody gets.
  const strict = async (state) => watch(await (await browser.newContext({ locale: "vi-VN", storageState: state })).newPage(), hits);
  const pages = { guest: await strict(undefined), admin: await strict(await admin.context().storageState()) };
  const walked = {
    guest: await walk(pages.guest, ["/", "/dang-nhap", "/dang-nhap/ma", invited, "/thanh-phan", "/van-ban", "/tim?q=x", "/thuat-ngu", "/don-vi", "/giao-dien"], hits),
    admin: await walk(pages.admin, ["/ban-lam-viec", "/tai-khoan", "/tai-khoan/hai-lop", ...posts.map((post) => new URL(post).pathname)], hits),
  };
  const forms = [...walked.guest.forms.values(), ...walked.admin.forms.values()];
  const routes = readFileSync(AGREED, "utf8").match(/^POST \S+/gm).map((line) => line.slice(5).replaceAll(/\{\w+\}/g, "{}"));
  const forgotten = routes.filter((route) => !BY_SCRIPT.test(route) && !forms.some((form) => form.method === "post" && form.kind === route));
  assert.deepEqual(forgotten, [], "routes to which no form of a visited page leads");

  let sent = 0;
  const missed = [];
  const done = new Set();
  for (const [who, page] of Object.entries(pages))
    for (const form of walked[who].forms.values()) {
      if (done.has(form.name) || form.kind === "/dang-xuat") continue;
      done.add(form.name);
      for (const field of form.fields) {
        const typed = ["text", "textarea", "search", "email", "url", "tel", "password"].includes(field[1]);
        for (let turn = 0; turn < (typed ? TRIES : 1); turn++) {
          // Other attacks for each attempt: many where there is room, one alone at last.
          const from = (sent * 97) % (all.length - 60);
          const room = form.method === "get" || turn === TRIES - 1 ? 180 : field[1] === "textarea" ? 3500 : 280;
          let value = all[from];
          for (let next = from + 1; value.length + all[next].length < room && next < from + 60; next++) value += ` ${all[next]}`;
          value = value.slice(0, turn === TRIES - 1 ? 90 : room);
          let tried = false;
          for (const place of form.places) {
            await page.goto(own.base + place);
            tried = await send(page, form, field, value);
            if (tried) break;
          }
          if (!tried && turn === 0) missed.push(`${form.name}: ${field[0]}`);
          if (!tried) break;
          sent++;
          await touch(page, hits);
        }
      }
    }
  assert.deepEqual(missed, [], "each field was tried once at least");
  for (const [who, page] of Object.entries(pages)) for (const paths of walked[who].pages.values()) for (const path of paths) await visit(page, path, hits);
  assert.deepEqual(hits.slice(0, 20), []);
  console.log(`# ${done.size} forms, ${sent} attempts: 0 ran, 0 reports`);
});
