// Screenshots of the real pages for the README: docs/pictures/*.png, at most 150 KB each.
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { DESKTOP, PHONE, launch } from "./lib/browser.js";
import { small } from "./lib/picture.js";
import { startSite } from "./lib/site.js";

const folder = resolve(dirname(fileURLToPath(import.meta.url)), "../docs/pictures");

const PAGES = {
  home: "/",
  act: "/van-ban/91-2015-qh13",
  provision: "/van-ban/91-2015-qh13/dieu-105",
  search: "/tim?q=quyen+su+dung+dat",
};
const SCREENS = { desktop: DESKTOP, phone: PHONE };
// page-screen-colours
const PICTURES = [
  "home-desktop-light",
  "home-phone-light",
  "act-desktop-light",
  "act-phone-light",
  "act-phone-dark",
  "provision-desktop-dark",
  "search-desktop-light",
  "search-phone-light",
];

const site = await startSite({ sample: false });
const browser = await launch();
try {
  if (!site.codes) throw new Error("pictures show the codes, and the law package cannot be had");
  mkdirSync(folder, { recursive: true });
  for (const name of PICTURES) {
    const [what, screen, colorScheme] = name.split("-");
    const page = await browser.newPage({ viewport: SCREENS[screen], colorScheme, locale: "vi-VN" });
    await page.goto(site.base + PAGES[what], { waitUntil: "networkidle" });
    const bytes = small(await page.screenshot());
    writeFileSync(join(folder, `${name}.png`), bytes);
    console.log(`${name}.png ${Math.round(bytes.length / 1024)} KB`);
    await page.close();
  }
} finally {
  await browser.close();
  await site.stop();
}
