// Screenshots of the real pages for the README: docs/pictures/*.png, at most 150 KB each.
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import UPNG from "upng-js";
import { DESKTOP, PHONE, launch } from "./lib/browser.js";
import { startSite } from "./lib/site.js";

const folder = resolve(dirname(fileURLToPath(import.meta.url)), "../docs/pictures");
const MOST = 150 * 1024;

const PICTURES = [
  ["home", "/", DESKTOP, "light"],
  ["act", "/van-ban/91-2015-qh13", DESKTOP, "light"],
  ["provision-dark", "/van-ban/91-2015-qh13/dieu-105", DESKTOP, "dark"],
  ["search", "/tim?q=quyen+su+dung+dat", DESKTOP, "light"],
  ["home-phone", "/", PHONE, "light"],
  ["act-phone", "/van-ban/45-2019-qh14", PHONE, "light"],
  ["search-phone-dark", "/tim?q=%C4%91i%E1%BB%81u%205%20b%E1%BB%99%20lu%E1%BA%ADt%20d%C3%A2n%20s%E1%BB%B1", PHONE, "dark"],
];

/** The picture with as many colours as its size allows. */
function small(png) {
  const image = UPNG.decode(png);
  const frames = UPNG.toRGBA8(image);
  for (const colours of [256, 128, 64, 32]) {
    const out = Buffer.from(UPNG.encode(frames, image.width, image.height, colours));
    if (out.length <= MOST) return out;
  }
  throw new Error("a picture is too large even with 32 colours");
}

const site = await startSite();
const browser = await launch();
try {
  if (!site.codes) throw new Error("pictures show the codes, and the law package cannot be had");
  mkdirSync(folder, { recursive: true });
  for (const [name, path, viewport, colorScheme] of PICTURES) {
    const page = await browser.newPage({ viewport, colorScheme, locale: "vi-VN" });
    await page.goto(site.base + path, { waitUntil: "networkidle" });
    const bytes = small(await page.screenshot());
    writeFileSync(join(folder, `${name}.png`), bytes);
    console.log(`${name}.png ${Math.round(bytes.length / 1024)} KB`);
    await page.close();
  }
} finally {
  await browser.close();
  await site.stop();
}
