// The editor for officers who know Word, over the form that is whole without it: it takes the blocks of
// the post from the form and puts them back when the form is sent. No inline style, no inline script.
import { baseKeymap, chainCommands, exitCode, toggleMark } from "prosemirror-commands";
import { history, redo, undo } from "prosemirror-history";
import { keymap } from "prosemirror-keymap";
import { Slice } from "prosemirror-model";
import { liftListItem, splitListItem } from "prosemirror-schema-list";
import { EditorState, NodeSelection, Plugin, Selection } from "prosemirror-state";
import { goToNextCell, tableEditing } from "prosemirror-tables";
import { EditorView } from "prosemirror-view";
import { toBlocks, toDoc } from "./blocks.js";
import { Cite } from "./cite.js";
import { make, mediaView } from "./media.js";
import { schema } from "./schema.js";
import { ask, toolbar } from "./tools.js";

const area = document.querySelector("textarea[data-blocks]");
const form = area.form;
const words = JSON.parse(area.dataset.words);
const files = JSON.parse(area.dataset.files);
const said = document.getElementById("say");
const say = (sentence) => {
  if (said) said.textContent = sentence;
};

const sent = make("input", { type: "hidden", name: "khoi" });

/** Puts blocks where the cursor is. */
function insert(view, blocks) {
  const { content } = toDoc(blocks);
  // One paragraph flows into the text; more stand by themselves.
  const flows = content.childCount === 1 && content.firstChild.type === schema.nodes.paragraph;
  const { tr, selection } = view.state;
  // A file that is chosen stays: what comes follows it.
  if (selection instanceof NodeSelection) tr.insert(selection.to, content);
  else tr.replaceSelection(new Slice(content, flows ? 1 : 0, flows ? 1 : 0));
  const end = selection instanceof NodeSelection ? selection.to + content.size : tr.selection.to;
  // Behind the last file there is a line to write in.
  if (!tr.doc.lastChild.isTextblock) tr.insert(tr.doc.content.size, schema.nodes.paragraph.create());
  view.dispatch(tr.setSelection(Selection.near(tr.doc.resolve(Math.min(end, tr.doc.content.size)), 1)).scrollIntoView());
}

async function post(address, body) {
  const answer = await fetch(address, { method: "POST", body, headers: { accept: "application/json" } }).catch(() => null);
  const found = await answer?.json().catch(() => null);
  if (answer?.ok && found) return found;
  say(found?.error ?? words.failed);
  return null;
}

async function upload(view, file) {
  say(words.sending);
  const body = new FormData(form);
  ["noi_dung", "html", "khoi", "word", "loi", "mo_ta"].forEach((name) => body.delete(name));
  body.set("tep", file);
  const made = await post(area.dataset.upload, body);
  if (!made) return;
  files[made.id] = made;
  const about = made.kind === "picture" ? await ask(words, words.alt, "", { maxlength: "500" }) : await ask(words, words.called, made.name, { maxlength: "500" });
  insert(view, [{ type: "media", media: made.id, about: about ?? "" }]);
  say(words.sent);
  view.focus();
}

function choose(view) {
  const input = make("input", { type: "file" });
  input.addEventListener("change", () => input.files[0] && upload(view, input.files[0]));
  input.click();
}

/** The pictures of Word's clipboard stand in its RTF as hexadecimal, in the order of the page. */
function picturesOf(rtf) {
  const found = [];
  for (const [, kind, hex] of rtf.matchAll(/\\(pngblip|jpegblip)[^{}]*(?:\{[^{}]*\})?([0-9a-f\s]{80,})/gi)) {
    const clean = hex.replace(/\s/g, "");
    const bytes = Uint8Array.from({ length: clean.length >> 1 }, (_, at) => parseInt(clean.slice(at * 2, at * 2 + 2), 16));
    const end = kind.toLowerCase() === "pngblip" ? "png" : "jpg";
    found.push(new File([bytes], `hinh-${found.length + 1}.${end}`));
  }
  return found;
}

/** Pictures written into the page itself (`data:`), as Google Docs and browsers do. */
function picturesIn(html) {
  return [...html.matchAll(/src="data:image\/(png|jpeg|webp|gif);base64,([A-Za-z0-9+/=\s]+)"/g)].map(([, kind, data], at) => {
    const bytes = Uint8Array.from(atob(data.replace(/\s/g, "")), (sign) => sign.charCodeAt(0));
    return new File([bytes], `hinh-${at + 1}.${kind === "jpeg" ? "jpg" : kind}`);
  });
}

async function paste(view, html, rtf) {
  const pictures = [...picturesIn(html), ...(/<(?:img|v:imagedata)\b/i.test(html) ? picturesOf(rtf) : [])];
  const bare = html.replace(/src="data:[^"]*"/g, "");
  const clean = await post(area.dataset.paste, new URLSearchParams({ html: bare }));
  if (clean) insert(view, clean.blocks);
  for (const picture of pictures) await upload(view, picture);
  // A picture of a file or another site does not come along; nobody should think that it did.
  if ((bare.match(/<img\b/gi) ?? []).length > pictures.length) say(words.lost);
}

const events = (cite) =>
  new Plugin({
    props: {
      handleKeyDown: (_, event) => cite().key(event),
      handlePaste(view, event) {
        const data = event.clipboardData;
        const html = data.getData("text/html");
        if (html) {
          paste(view, html, data.getData("text/rtf"));
          return true;
        }
        if (data.files.length) {
          upload(view, data.files[0]);
          return true;
        }
        return false;
      },
      handleDrop(view, event) {
        const file = event.dataTransfer?.files[0];
        if (file) {
          event.preventDefault();
          upload(view, file);
        }
        return !!file;
      },
    },
    view: () => ({
      update(view, before) {
        cite().update(view);
        // The form keeps what is typed, wherever it is typed.
        if (!view.state.doc.eq(before.doc)) form.dispatchEvent(new Event("input"));
      },
    }),
  });

const bar = toolbar(words, choose);
let cite;
const state = EditorState.create({
  doc: toDoc(JSON.parse(area.dataset.blocks)),
  plugins: [
    events(() => cite ?? { key: () => false, update() {} }),
    history(),
    keymap({
      "Mod-z": undo,
      "Mod-y": redo,
      "Mod-Shift-z": redo,
      "Mod-b": toggleMark(schema.marks.bold),
      "Mod-i": toggleMark(schema.marks.italic),
      Enter: chainCommands(splitListItem(schema.nodes.list_item), liftListItem(schema.nodes.list_item)),
      "Mod-Enter": exitCode,
      // In a table Tab goes on to the next cell and, after the last one, out of the text.
      Tab: goToNextCell(1),
      "Shift-Tab": goToNextCell(-1),
    }),
    keymap(baseKeymap),
    tableEditing(),
    new Plugin({ view: () => ({ update: (view) => bar.update(view) }) }),
  ],
});

const place = make("div", { class: "editor" }, bar.dom);
area.before(place);
const view = new EditorView(place, {
  state,
  nodeViews: { media: mediaView(files, words) },
  attributes: {
    class: "post paper",
    role: "textbox",
    "aria-multiline": "true",
    "aria-label": words.body,
    lang: "vi",
    spellcheck: "false",
  },
});
cite = new Cite(view, words, "/tim/goi-y");
bar.attach(view);
bar.update(view);
form.append(sent);
area.hidden = true;
document.getElementById("cach-viet").hidden = true;
document.querySelectorAll("[data-plain]").forEach((box) => (box.hidden = true));
document.querySelector('label[for="noi-dung"]').addEventListener("click", () => view.focus());
const put = () => (sent.value = JSON.stringify(toBlocks(view.state.doc)));
form.addEventListener("submit", put);
form.addEventListener("formdata", (event) => event.formData.set("khoi", put()));
