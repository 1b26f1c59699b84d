// Blocks of the server ↔ the document of the editor. The server counts bytes, the editor UTF-16 units.
import { schema } from "./schema.js";

const { nodes, marks } = schema;
const bytes = (text) => new TextEncoder().encode(text).length;

/** The text of a line in pieces that have the same marks. */
function inline(line) {
  const text = line.text;
  const ranges = [
    ...(line.marks ?? []).filter((mark) => marks[mark.kind]).map((mark) => ({ from: mark.start, to: mark.end, mark: marks[mark.kind].create() })),
    ...(line.links ?? []).map((link) => ({ from: link.from, to: link.to, mark: marks.link.create({ href: link.href }) })),
  ];
  const pieces = [];
  let at = 0;
  for (const sign of text) {
    const own = ranges.filter((range) => range.from <= at && at < range.to);
    const last = pieces.at(-1);
    if (last && last.own.length === own.length && last.own.every((range, place) => range === own[place])) last.text += sign;
    else pieces.push({ own, text: sign });
    at += bytes(sign);
  }
  return pieces.map((piece) => schema.text(piece.text, piece.own.map((range) => range.mark)));
}

const paragraph = (line, attrs) => nodes.paragraph.create(attrs, inline(line));
const some = (lines) => (lines.length ? lines : [{ text: "" }]).map((line) => paragraph(line));

function node(block) {
  const attrs = { lang: block.lang ?? "vi" };
  switch (block.type) {
    case "heading":
      return nodes.heading.create({ ...attrs, level: block.level }, inline({ ...block.line, marks: [] }));
    case "list": {
      const items = block.items.map((item) => nodes.list_item.create(null, paragraph(item)));
      return block.start == null ? nodes.bullet_list.create(attrs, items) : nodes.ordered_list.create({ ...attrs, start: block.start }, items);
    }
    case "quote":
      return nodes.blockquote.create(attrs, some(block.lines));
    case "callout":
      return nodes.callout.create(attrs, some(block.lines));
    case "table": {
      const width = Math.max(...block.rows.map((row) => row.length));
      const cell = (row, place, head) => nodes[head ? "table_header" : "table_cell"].create(null, paragraph(row[place] ?? { text: "" }));
      return nodes.table.create(attrs, block.rows.map((row, at) => nodes.table_row.create(null, Array.from({ length: width }, (_, place) => cell(row, place, at === 0)))));
    }
    case "media":
      return nodes.media.create({ ...attrs, media: block.media, about: block.about, transcript: (block.transcript ?? []).map((line) => line.text).join("\n") });
    default:
      return paragraph(block.line, attrs);
  }
}

/** Blocks as a document; there is always a paragraph to write in. */
export const toDoc = (blocks) => nodes.doc.create(null, blocks.length ? blocks.map(node) : [nodes.paragraph.create()]);

function line(parent) {
  const out = { text: "", marks: [], links: [] };
  let at = 0;
  const range = (list, same, make) => {
    const last = list.findLast(same);
    if (last && (last.end ?? last.to) === at) return (size) => ("end" in last ? (last.end = at + size) : (last.to = at + size));
    return (size) => list.push(make(at, at + size));
  };
  parent.forEach((piece) => {
    const size = bytes(piece.text);
    for (const mark of piece.marks) {
      if (mark.type === marks.link) range(out.links, (link) => link.href === mark.attrs.href, (from, to) => ({ from, to, href: mark.attrs.href }))(size);
      else range(out.marks, (one) => one.kind === mark.type.name, (start, end) => ({ start, end, kind: mark.type.name }))(size);
    }
    out.text += piece.text;
    at += size;
  });
  out.marks.sort((a, b) => a.start - b.start || a.end - b.end);
  return out;
}

const lines = (parent) => {
  const out = [];
  parent.forEach((child) => out.push(line(child)));
  return out;
};

function block(node) {
  const own = node.attrs.lang === "vi" ? {} : { lang: node.attrs.lang };
  const children = [];
  node.forEach((child) => children.push(child));
  switch (node.type.name) {
    case "heading":
      return { ...own, type: "heading", level: node.attrs.level, line: line(node) };
    case "bullet_list":
      return { ...own, type: "list", start: null, items: children.map((item) => line(item.firstChild)) };
    case "ordered_list":
      return { ...own, type: "list", start: node.attrs.start, items: children.map((item) => line(item.firstChild)) };
    case "blockquote":
      return { ...own, type: "quote", lines: lines(node) };
    case "callout":
      return { ...own, type: "callout", lines: lines(node) };
    case "table":
      return { ...own, type: "table", rows: children.map((row) => Array.from({ length: row.childCount }, (_, at) => line(row.child(at).firstChild))) };
    case "media": {
      const transcript = node.attrs.transcript.split("\n").filter((text) => text.trim());
      return { ...own, type: "media", media: node.attrs.media, about: node.attrs.about, transcript: transcript.map((text) => ({ text })) };
    }
    default:
      return { ...own, type: "para", line: line(node) };
  }
}

/** The document as blocks. */
export function toBlocks(doc) {
  const out = [];
  doc.forEach((node) => out.push(block(node)));
  return out;
}
