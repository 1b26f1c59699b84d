// Pictures and files of a post: uploaded without script, seen by the public only with their post, from
// a host of their own.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import UPNG from "upng-js";
import { base, launch } from "../lib/browser.js";
import { look, open, publish, team } from "../lib/officers.js";

let browser;
before(async () => (browser = await launch()));
after(() => browser.close());

/** A picture of two colours. */
function picture(width, height) {
  const pixels = new Uint8Array(width * height * 4);
  for (let at = 0; at < width * height; at++) pixels.set(at % width < width / 2 ? [155, 28, 36, 255] : [29, 63, 122, 255], at * 4);
  return { name: "Lễ ký.png", mimeType: "image/png", buffer: Buffer.from(UPNG.encode([pixels.buffer], width, height, 0)) };
}

/** A PDF of one page with some words, or with a drawing only. */
function pdf(words) {
  const content = words ? `BT /F 12 Tf 40 700 Td (${words}) Tj ET` : "0 0 m 99 99 l S";
  const text = `%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>endobj
4 0 obj<</Length ${content.length}>>stream
${content}
endstream endobj
5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>endobj
trailer<</Root 1 0 R/Size 6>>
%%EOF
`;
  return { name: "Mẫu đơn.pdf", mimeType: "application/pdf", buffer: Buffer.from(text) };
}

async function upload(page, file, about, said) {
  if (!(await page.getByLabel("Chọn tệp").isVisible())) await page.getByText("Thêm hình ảnh, tài liệu, âm thanh, video").click();
  await page.getByLabel("Chọn tệp").setInputFiles(file);
  await page.getByLabel("Mô tả hình, hoặc tên gọi của tệp").fill(about);
  if (said) await page.getByLabel("Bản chữ của âm thanh, video").fill(said);
  await page.getByRole("button", { name: "Tải lên và thêm vào cuối bài" }).click();
}

test("a post with picture, document and sound, from upload to reader", async () => {
  const { admin, writer, approver } = await team(browser, "media.example.vn");
  await writer.goto(base + "/ban-lam-viec/bai/moi");
  await writer.getByLabel("Tiêu đề", { exact: true }).fill("Lễ ký kết chương trình phối hợp");
  await writer.getByLabel("Tóm tắt").fill("Hai cơ quan ký chương trình phối hợp phổ biến pháp luật.");
  await writer.getByLabel("Nội dung", { exact: true }).fill("Sáng nay, hai cơ quan đã ký chương trình.");
  await upload(writer, { name: "hinh.svg", mimeType: "image/svg+xml", buffer: Buffer.from("<svg xmlns='http://www.w3.org/2000/svg'/>") }, "x");
  assert.match(await writer.getByRole("alert").textContent(), /SVG có thể chứa mã/);
  await upload(writer, picture(2000, 1200), "Đại diện hai cơ quan bắt tay sau lễ ký");
  await upload(writer, pdf("Mau don dang ky tham gia chuong trinh phoi hop nam 2026 cua tinh"), "Mẫu đơn đăng ký");
  await upload(writer, pdf(""), "Biên bản ký kết");
  // The first frame of an MP3 is enough for the check; nothing has to sound.
  const sound = { name: "loi.mp3", mimeType: "audio/mpeg", buffer: Buffer.concat([Buffer.from([0xff, 0xfb, 0x90, 0x00]), Buffer.alloc(2000)]) };
  await upload(writer, sound, "Lời phát biểu", "Kính thưa quý vị.\nXin cảm ơn.");
  const body = await writer.getByLabel("Nội dung", { exact: true }).inputValue();
  assert.match(body, /^Sáng nay[^]*!\[Đại diện hai cơ quan bắt tay sau lễ ký\]\(tep:\d+\)[^]*~ Xin cảm ơn\.\n$/);
  await writer.getByRole("button", { name: "Lưu và xem trước" }).click();
  const post = writer.url();
  assert.match(await writer.locator("#soat + ul").textContent(), /bản quét, không có lớp chữ/);
  await admin.goto(post);
  await admin.waitForFunction(() => document.querySelector(".picture img").complete);
  assert.ok(await admin.locator(".picture img").evaluate((image) => image.naturalWidth > 0), "seen in the preview");
  await look(admin, "media-draft");
  await admin.goto(`${post}/sua`);
  await look(admin, "media-editor");

  const reader = await open(browser, true);
  const sent = [];
  reader.on("response", (answer) => sent.push(answer));
  const address = await publish(writer, approver, post);
  await reader.goto(address);
  const image = reader.locator(".picture img");
  await image.scrollIntoViewIfNeeded();
  await reader.waitForFunction(() => document.querySelector(".picture img").naturalWidth > 0);
  const source = new URL(await image.getAttribute("src"));
  assert.notEqual(source.origin, base, "files have an origin of their own");
  assert.equal(await image.getAttribute("alt"), "Đại diện hai cơ quan bắt tay sau lễ ký");
  const shift = await reader.evaluate(() => new Promise((done) => {
    let sum = 0;
    new PerformanceObserver((list) => list.getEntries().forEach((entry) => (sum += entry.value))).observe({ type: "layout-shift", buffered: true });
    setTimeout(() => done(sum), 200);
  }));
  assert.equal(shift, 0, "nothing moves when the picture comes");
  const weight = sent.filter((answer) => new URL(answer.url()).origin === base);
  const bytes = await Promise.all(weight.map((answer) => answer.request().sizes().then((size) => size.responseBodySize)));
  assert.ok(bytes.reduce((sum, size) => sum + size, 0) <= 60_000, `the page weighs ${bytes} without pictures`);
  await look(reader, "media-post");
  const saver = await open(browser, true);
  await saver.addInitScript(() => Object.defineProperty(NetworkInformation.prototype, "saveData", { get: () => true }));
  await saver.goto(address);
  assert.match(await saver.locator(".picture img").getAttribute("src"), /\/480\.\w+$/, "who saves data gets the smallest picture");
  await saver.context().close();
  await reader.getByText("Bản chữ").click();
  assert.match(await reader.locator("figure.media").textContent(), /Kính thưa quý vị/);

  for (const link of [source.href, await reader.getByRole("link", { name: "Mẫu đơn đăng ký" }).getAttribute("href")]) {
    const answer = await fetch(link);
    assert.equal(answer.status, 200, link);
    assert.match(answer.headers.get("content-disposition"), /^attachment; filename="[a-z0-9.-]+"$/);
    assert.equal(answer.headers.get("x-content-type-options"), "nosniff");
    assert.equal(answer.headers.get("x-robots-tag"), "noindex");
    assert.match(answer.headers.get("content-security-policy"), /sandbox/);
    assert.equal((await fetch(base + new URL(link).pathname)).status, 404, "not from the host of the pages");
  }
  assert.equal((await fetch(`${source.origin}/bai`)).status, 404, "no pages from the host of files");
  const part = await fetch(await reader.locator("audio").getAttribute("src"), { headers: { range: "bytes=0-99" } });
  assert.deepEqual([part.status, part.headers.get("content-range"), (await part.arrayBuffer()).byteLength], [206, "bytes 0-99/2004", 100]);

  await admin.goto(post);
  await admin.getByRole("button", { name: "Gỡ khỏi cổng" }).click();
  for (let tries = 0; (await fetch(source.href)).status !== 404; tries++) assert.ok(tries < 100, "gone with its post");
  for (const page of [admin, writer, approver, reader]) await page.context().close();
});

/** A film of one second that this browser records, as bytes; null where it cannot record such. */
const film = (page, type) =>
  page.evaluate(async (type) => {
    if (!MediaRecorder.isTypeSupported(type)) return null;
    const canvas = Object.assign(document.createElement("canvas"), { width: 160, height: 90 });
    const paint = canvas.getContext("2d");
    const turning = setInterval(() => ((paint.fillStyle = `hsl(${performance.now() % 360} 80% 50%)`), paint.fillRect(0, 0, 160, 90)), 30);
    const recorder = new MediaRecorder(canvas.captureStream(25), { mimeType: type });
    const pieces = [];
    recorder.ondataavailable = (event) => pieces.push(event.data);
    const ended = new Promise((done) => (recorder.onstop = done));
    recorder.start(250);
    await new Promise((later) => setTimeout(later, 1000));
    recorder.stop();
    await ended;
    clearInterval(turning);
    return [...new Uint8Array(await new Blob(pieces).arrayBuffer())];
  }, type);

test("films go out without the place where they were taken, and still play", async () => {
  const { admin, writer, approver } = await team(browser, "film.example.vn");
  const recorder = await open(browser, true);
  await recorder.goto(base + "/thanh-phan");
  const place = Buffer.from("+21.0285+105.8542/");
  // Tags at the end of the film (Matroska); the box of user data that telephones write (MP4).
  const webm = Buffer.concat([Buffer.from([0x12, 0x54, 0xc3, 0x67, 0x80 + place.length]), place]);
  const box = Buffer.concat([Buffer.alloc(4), Buffer.from("udta"), Buffer.alloc(4), Buffer.from("\xa9xyz", "latin1"), place]);
  box.writeUInt32BE(box.length, 0);
  box.writeUInt32BE(box.length - 8, 8);
  let played = 0;
  for (const [type, end, told] of [["video/webm;codecs=vp8", "webm", webm], ["video/mp4;codecs=avc1.42E01E", "mp4", box]]) {
    const recorded = await film(recorder, type);
    if (!recorded) {
      console.log(`# ${type} cannot be recorded here`);
      continue;
    }
    const sent = await writer.request.post(`${base}/ban-lam-viec/bai/moi/tep`, {
      headers: { "sec-fetch-site": "same-origin", accept: "application/json" },
      multipart: { don_vi: await unitOf(writer), tep: { name: `phim.${end}`, mimeType: `video/${end}`, buffer: Buffer.concat([Buffer.from(recorded), told]) } },
    });
    assert.equal(sent.status(), 200, await sent.text());
    await writer.getByLabel("Tiêu đề", { exact: true }).fill(`Phim ${end}`);
    await writer.getByLabel("Tóm tắt").fill("Phim ngắn.");
    await writer.getByLabel("Nội dung", { exact: true }).fill(`![Phim ngắn](tep:${(await sent.json()).id})\n~ Không lời.`);
    await writer.getByRole("button", { name: "Lưu và xem trước" }).click();
    await recorder.goto(await publish(writer, approver, writer.url()));
    const bytes = Buffer.from(await (await fetch(await recorder.locator("video").getAttribute("src"))).arrayBuffer());
    assert.equal(bytes.length, recorded.length + told.length);
    assert.equal(bytes.indexOf("21.0285"), -1, `${end}: the place is gone`);
    await recorder.evaluate(async () => {
      const video = document.querySelector("video");
      video.muted = true;
      await video.play();
    });
    await recorder.waitForFunction(() => document.querySelector("video").currentTime > 0.1);
    await recorder.goto(base + "/thanh-phan");
    played++;
  }
  assert.ok(played > 0, "one kind of film at least");
  for (const page of [admin, writer, approver, recorder]) await page.context().close();
});

/** Opens the form of a new post; the number of the unit that it is for. */
async function unitOf(writer) {
  await writer.goto(base + "/ban-lam-viec/bai/moi");
  return writer.locator("[name=don_vi]").first().inputValue();
}
