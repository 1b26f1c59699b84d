// What must not happen on a page: script of strangers, questions to strange hosts, reports of the policy.

/** Notes whatever runs, asks elsewhere or is refused by the policy. */
export async function watch(page, hits) {
  await page.exposeFunction("__hit", (what) => hits.push(`${what} at ${page.url()}`));
  await page.addInitScript(() => {
    for (const name of ["alert", "confirm", "prompt", "print"]) window[name] = () => window.__hit(name);
    addEventListener("securitypolicyviolation", (event) => window.__hit(`${event.violatedDirective} ${event.blockedURI}`));
  });
  page.on("dialog", (dialog) => (hits.push(`dialog at ${page.url()}`), dialog.dismiss()));
  page.on("pageerror", (error) => hits.push(`${error.message} at ${page.url()}`));
  page.on("request", (request) => {
    const url = new URL(request.url());
    if (!["127.0.0.1", "localhost"].includes(url.hostname) && url.protocol !== "data:") hits.push(`asks ${url}`);
  });
  return page;
}

/** Opens a page, touches what stands in it, and looks for what should not be there. */
export async function visit(page, path, hits) {
  await page.goto(new URL(path, process.env.E2E_BASE).href, { waitUntil: "load" });
  await touch(page, hits);
}

/** The same for the page that is open. */
export async function touch(page, hits) {
  const found = await page.evaluate(() => {
    const bad = [];
    for (const node of document.querySelectorAll("main *")) {
      for (const { name, value } of node.attributes) {
        const address = ["href", "src", "action", "formaction", "srcset", "xlink:href"].includes(name);
        if (name.startsWith("on") || (address && /^[\s\u0000-\u001f]*(javascript|vbscript|data|blob):/i.test(value))) bad.push(`${node.nodeName} ${name}=${value}`);
      }
      if (["IFRAME", "OBJECT", "EMBED", "BASE", "META", "STYLE", "MARQUEE"].includes(node.nodeName)) bad.push(node.nodeName);
    }
    document.querySelectorAll("main details").forEach((box) => (box.open = true));
    document.querySelector("main a, main input")?.focus();
    return bad;
  });
  hits.push(...found.map((what) => `${what} in ${page.url()}`));
}
