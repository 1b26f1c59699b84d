// Debian's Chromium, and pages that notice what must not happen.
import { chromium } from "playwright-core";

export const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--disable-dev-shm-usage",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--disable-default-apps",
];
export const CHROMIUM = process.env.CHROMIUM ?? "/usr/bin/chromium";
export const PHONE = { width: 360, height: 740 };
export const DESKTOP = { width: 1280, height: 800 };
export const NARROW = { width: 320, height: 640 };
export const base = process.env.E2E_BASE;
/** Reason to skip a test of the codes, or false. */
export const withoutCodes = process.env.E2E_CODES === "1" ? false : "the law package cannot be had";

/** Pages that every check walks through. */
export const PAGES = {
  home: "/",
  list: "/van-ban",
  act: "/van-ban/99-2020-qh14",
  provision: "/van-ban/99-2020-qh14/dieu-45",
  search: "/tim?q=quy+dinh+mau",
  nothing: "/tim?q=zzzz",
  history: "/van-ban/99-2020-qh14/lich-su",
  relations: "/van-ban/99-2020-qh14/quan-he",
  compare: "/van-ban/99-2020-qh14/ban-goc/so-sanh",
  amended: "/van-ban/10-2019-nd-cp",
  past: "/van-ban/10-2019-nd-cp/dieu-2?ngay=2020-06-01",
  between: "/van-ban/10-2019-nd-cp/so-sanh?tu=2020-06-01&den=2022-01-01",
  columns: "/van-ban/10-2019-nd-cp/so-sanh?tu=2020-06-01&den=2022-01-01&kieu=hai-cot",
  life: "/van-ban/10-2019-nd-cp/lich-su",
  terms: "/thuat-ngu",
  units: "/don-vi",
  unit: "/don-vi/mau-hai",
  ended: "/don-vi/xa-mau-2-huyen-mau-mau-mot",
  share: "/van-ban/99-2020-qh14/chia-se",
  look: "/giao-dien",
  components: "/thanh-phan",
  missing: "/khong-co-trang-nay",
  english: "/en",
};

export const launch = () => chromium.launch({ executablePath: CHROMIUM, args: FLAGS });

/**
 * Opens a page in a context of its own. `options` are those of a Playwright context.
 * The page has `.faults`: script errors, refused content and requests to other origins.
 */
export async function open(browser, path, options = {}) {
  const context = await browser.newContext({ viewport: PHONE, locale: "vi-VN", ...options });
  const page = await context.newPage();
  page.faults = [];
  page.on("pageerror", (error) => page.faults.push(`script: ${error.message}`));
  page.on("console", (message) => {
    if (/Content Security Policy|Refused to/i.test(message.text())) page.faults.push(message.text());
  });
  page.on("request", (request) => {
    if (!request.url().startsWith(base) && !request.url().startsWith("data:")) page.faults.push(`foreign: ${request.url()}`);
  });
  page.response = await page.goto(base + path, { waitUntil: "load" });
  return page;
}

/** Runs `use` with a page and closes it whatever happens. */
export async function withPage(browser, path, options, use) {
  const page = await open(browser, path, options);
  try {
    return await use(page);
  } finally {
    await page.context().close();
  }
}
