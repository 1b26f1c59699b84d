// Attacks on pages: made here, and those of a package that is fetched when the test runs.
import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";

const tool = fileURLToPath(new URL("../../tools/xss-payloads", import.meta.url));

const ELEMENTS = ["img src=x", "svg", "body", "details open", "input autofocus", "video src=x", "audio src=x", "marquee", "a href=x", "iframe src=x", "object data=x", "select autofocus", "textarea autofocus", "style", "form", "math", "table background=x", "embed src=x", "link rel=stylesheet href=x", "isindex"];
const HANDLERS = ["onerror", "onload", "onfocus", "ontoggle", "onclick", "onpointerenter", "onanimationstart", "onbegin", "onloadstart", "onresize", "onscroll", "onmouseover"];
const BREAKS = ["", '">', "'>", "</textarea>", "</title>", "</script>", "--><!--", "]]>", "\\", "`", "</style>", '"}]}', "&quot;>"];
const SCHEMES = ["javascript:", "JaVaScRiPt:", "java\tscript:", "\u0001javascript:", "vbscript:", "data:text/html,<script>", "//evil.example/", "/\\evil.example/", "javascript&colon;", "&#106;avascript:", "https:javascript:", "blob:", "filesystem:"];
const FORMS = [(href) => `<a href="${href}alert(1)">x</a>`, (href) => `[x](${href}alert(1))`, (href) => `![x](${href}alert(1))`, (href) => `<iframe src="${href}alert(1)">`, (href) => `<form action="${href}alert(1)"><button>`, (href) => `<svg><a xlink:href="${href}alert(1)"><text>x`, (href) => `<meta http-equiv=refresh content="0;url=${href}alert(1)">`, (href) => `<base href="${href}">`];

function made() {
  const all = [];
  for (const [place, element] of ELEMENTS.entries())
    for (const handler of HANDLERS)
      for (const [at, end] of BREAKS.entries()) {
        all.push(`${end}<${element} ${handler}=alert(${all.length})>`);
        if ((at + place) % 3 === 0) all.push(`${end}<${element}/${handler}="alert(${all.length})"//`);
      }
  for (const scheme of SCHEMES) for (const form of FORMS) for (const end of BREAKS) all.push(end + form(scheme));
  return all;
}

/** Every attack, and how many of them were fetched (0 where the package cannot be had). */
export function attacks() {
  let fetched = [];
  try {
    fetched = JSON.parse(execFileSync(tool, { encoding: "utf8", maxBuffer: 64 << 20, stdio: ["ignore", "pipe", "ignore"] }));
  } catch {
    console.error("e2e: the package of attacks cannot be had; only those made here are tried");
  }
  const all = [...new Set([...fetched, ...made()])].map((text) => text.replace(/[\r\n]+/g, " ")).filter((text) => text.trim());
  return { all, fetched: fetched.length };
}
