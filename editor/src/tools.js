// The buttons above the text.
import { lift, setBlockType, toggleMark, wrapIn } from "prosemirror-commands";
import { redo, undo } from "prosemirror-history";
import { liftListItem, wrapInList } from "prosemirror-schema-list";
import { addColumnAfter, addRowAfter, deleteColumn, deleteRow, deleteTable, isInTable } from "prosemirror-tables";
import { field, make } from "./media.js";
import { schema } from "./schema.js";

const { nodes, marks } = schema;

const hasMark = (type) => (state) => {
  const { from, to, empty, $from } = state.selection;
  return empty ? !!type.isInSet(state.storedMarks ?? $from.marks()) : state.doc.rangeHasMark(from, to, type);
};

const inside = (type, attrs = {}) => (state) => {
  const { $from } = state.selection;
  for (let depth = $from.depth; depth > 0; depth--) {
    const node = $from.node(depth);
    if (node.type === type && Object.entries(attrs).every(([key, value]) => node.attrs[key] === value)) return true;
  }
  return false;
};

/** Into it, or out again. */
const toggled = (on, into, out) => (state, dispatch, view) => (on(state) ? out : into)(state, dispatch, view);

const block = (type, attrs) => {
  const on = inside(type, attrs);
  return { run: toggled(on, setBlockType(type, attrs), setBlockType(nodes.paragraph)), on };
};
const around = (type) => ({ run: toggled(inside(type), wrapIn(type), lift), on: inside(type) });
const list = (type) => ({ run: toggled(inside(type), wrapInList(type), liftListItem(nodes.list_item)), on: inside(type) });

const table = (words) => (state, dispatch) => {
  // The head of a column says what is in it.
  const heads = [1, 2].map((number) => nodes.table_header.create(null, nodes.paragraph.create(null, schema.text(`${words.head} ${number}`))));
  const cells = [1, 2].map(() => nodes.table_cell.create(null, nodes.paragraph.create()));
  const made = nodes.table.create(null, [nodes.table_row.create(null, heads), nodes.table_row.create(null, cells)]);
  if (isInTable(state)) return false;
  dispatch?.(state.tr.replaceSelectionWith(made).scrollIntoView());
  return true;
};

/** The language of the blocks in the selection. */
const speak = (lang) => (state, dispatch) => {
  const { $from, to } = state.selection;
  const { tr } = state;
  state.doc.nodesBetween($from.start(0) === 0 && $from.depth ? $from.before(1) : $from.pos, to, (node, place, parent) => {
    if (parent !== state.doc) return false;
    tr.setNodeMarkup(place, null, { ...node.attrs, lang });
    return false;
  });
  dispatch?.(tr);
  return true;
};

/** Asks for one line of text in a window; null = nothing. */
export function ask(words, label, value = "", attributes = {}) {
  const input = make("input", { value, ...attributes });
  const form = make(
    "form",
    { method: "dialog" },
    field(label, input),
    make("p", { class: "wrap" }, make("button", { class: "btn", value: "ok" }, words.ok), " ", make("button", { class: "btn quiet", value: "", formnovalidate: "" }, words.cancel)),
  );
  const dialog = make("dialog", { class: "ask", "aria-label": label }, form);
  document.body.append(dialog);
  dialog.showModal();
  return new Promise((done) =>
    dialog.addEventListener("close", () => {
      done(dialog.returnValue === "ok" ? input.value.trim() : null);
      dialog.remove();
    }),
  );
}

const link = (words) => async (state, dispatch, view) => {
  if (!dispatch) return !state.selection.empty || hasMark(marks.link)(state);
  if (hasMark(marks.link)(state)) return toggleMark(marks.link)(state, dispatch);
  const href = await ask(words, words.address, "https://", { pattern: "(https?:/|)/[^\\s<>&quot;'()]+".replace("&quot;", '"'), inputmode: "url" });
  if (href) toggleMark(marks.link, { href })(view.state, view.dispatch);
  view.focus();
  return true;
};

/** The row of buttons; `upload` chooses a file. */
export function toolbar(words, upload) {
  const tools = [
    ["bold", { run: toggleMark(marks.bold), on: hasMark(marks.bold), key: "Control+B" }],
    ["italic", { run: toggleMark(marks.italic), on: hasMark(marks.italic), key: "Control+I" }],
    ["section", block(nodes.heading, { level: 2 })],
    ["subsection", block(nodes.heading, { level: 3 })],
    ["bullets", list(nodes.bullet_list)],
    ["numbers", list(nodes.ordered_list)],
    ["quote", around(nodes.blockquote)],
    ["callout", around(nodes.callout)],
    ["link", { run: link(words), on: hasMark(marks.link) }],
    ["table", { run: table(words), on: isInTable }],
    ["row", { run: addRowAfter, shown: isInTable }],
    ["column", { run: addColumnAfter, shown: isInTable }],
    ["norow", { run: deleteRow, shown: isInTable }],
    ["nocolumn", { run: deleteColumn, shown: isInTable }],
    ["notable", { run: deleteTable, shown: isInTable }],
    ["file", { run: (_, dispatch, view) => (dispatch && upload(view), true) }],
    ["law", { run: (state, dispatch) => (dispatch?.(state.tr.insertText("@")), true) }],
    ["undo", { run: undo, key: "Control+Z" }],
    ["redo", { run: redo, key: "Control+Y" }],
  ];
  const dom = make("div", { class: "tools", role: "toolbar", "aria-label": words.tools });
  const buttons = tools.map(([name, tool]) => {
    const button = make("button", { type: "button", "data-tool": name }, words[name]);
    if (tool.key) button.setAttribute("aria-keyshortcuts", tool.key);
    dom.append(button);
    return [button, tool];
  });
  const langs = make("select", { "aria-label": words.language });
  for (const [code, name] of Object.entries(words.languages)) langs.append(make("option", { value: code }, name));
  dom.append(langs);
  return {
    dom,
    attach(view) {
      buttons.forEach(([button, tool]) => {
        // The selection stays where it is.
        button.addEventListener("mousedown", (event) => event.preventDefault());
        button.addEventListener("click", () => {
          tool.run(view.state, view.dispatch, view);
          if (button.dataset.tool !== "file" && button.dataset.tool !== "link") view.focus();
        });
      });
      langs.addEventListener("change", () => {
        speak(langs.value)(view.state, view.dispatch);
        view.focus();
      });
      dom.addEventListener("keydown", (event) => event.key === "Escape" && view.focus());
    },
    update({ state }) {
      for (const [button, tool] of buttons) {
        if (tool.on) button.setAttribute("aria-pressed", String(!!tool.on(state)));
        if (tool.shown) button.hidden = !tool.shown(state);
      }
      const top = state.selection.$from.node(1) ?? state.selection.node;
      langs.value = top?.attrs.lang ?? "vi";
    },
  };
}
