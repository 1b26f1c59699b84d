// What a post can hold: the blocks of crates/posts/src/body.rs, nothing else.
import { Schema } from "prosemirror-model";
import { tableNodes } from "prosemirror-tables";

const lang = { default: "vi" };
const tagged = (node, attributes = {}) => (node.attrs.lang === "vi" ? attributes : { ...attributes, lang: node.attrs.lang });
const block = (name, rest) => ({ group: "block", attrs: { lang }, parseDOM: [{ tag: name }], toDOM: (node) => [name, tagged(node), 0], ...rest });
const tables = tableNodes({ tableGroup: "block", cellContent: "paragraph", cellAttributes: {} });

export const schema = new Schema({
  nodes: {
    doc: { content: "block+" },
    text: {},
    paragraph: block("p", { content: "text*" }),
    heading: {
      group: "block",
      content: "text*",
      defining: true,
      marks: "link",
      attrs: { lang, level: { default: 2 } },
      parseDOM: [2, 3].map((level) => ({ tag: `h${level}`, attrs: { level } })),
      toDOM: (node) => [`h${node.attrs.level}`, tagged(node), 0],
    },
    list_item: { content: "paragraph", defining: true, parseDOM: [{ tag: "li" }], toDOM: () => ["li", 0] },
    bullet_list: block("ul", { content: "list_item+" }),
    ordered_list: block("ol", {
      content: "list_item+",
      attrs: { lang, start: { default: 1 } },
      toDOM: (node) => ["ol", tagged(node, node.attrs.start === 1 ? {} : { start: node.attrs.start }), 0],
    }),
    blockquote: block("blockquote", { content: "paragraph+", defining: true }),
    callout: block("aside", { content: "paragraph+", defining: true, toDOM: (node) => ["div", tagged(node, { class: "note" }), 0] }),
    media: { group: "block", atom: true, attrs: { lang, media: {}, about: { default: "" }, transcript: { default: "" } }, toDOM: () => ["figure"] },
    ...tables,
    table: { ...tables.table, attrs: { lang } },
  },
  marks: {
    link: { attrs: { href: {} }, inclusive: false, toDOM: (mark) => ["a", { href: mark.attrs.href }, 0] },
    bold: { parseDOM: [{ tag: "b" }, { tag: "strong" }], toDOM: () => ["b", 0] },
    italic: { parseDOM: [{ tag: "i" }, { tag: "em" }], toDOM: () => ["i", 0] },
  },
});
