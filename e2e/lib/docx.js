// A Word file as an officer would have it: headings, a numbered list, a table, a picture.
import { crc32, deflateRawSync } from "node:zlib";
import UPNG from "upng-js";

/** A zip file of named texts or bytes. */
function zip(files) {
  const parts = [];
  const entries = [];
  let at = 0;
  for (const [name, data] of Object.entries(files)) {
    const bytes = Buffer.from(data);
    const packed = deflateRawSync(bytes);
    const fields = Buffer.alloc(26);
    fields.writeUInt16LE(20, 0);
    fields.writeUInt16LE(0x800, 2);
    fields.writeUInt16LE(8, 4);
    fields.writeUInt32LE(crc32(bytes), 10);
    fields.writeUInt32LE(packed.length, 14);
    fields.writeUInt32LE(bytes.length, 18);
    fields.writeUInt16LE(Buffer.byteLength(name), 22);
    const local = Buffer.concat([Buffer.from("PK\x03\x04", "latin1"), fields, Buffer.from(name), packed]);
    const end = Buffer.alloc(14);
    end.writeUInt32LE(at, 10);
    entries.push(Buffer.concat([Buffer.from("PK\x01\x02\x14\x00", "latin1"), fields, end, Buffer.from(name)]));
    parts.push(local);
    at += local.length;
  }
  const list = Buffer.concat(entries);
  const tail = Buffer.alloc(18);
  tail.writeUInt16LE(entries.length, 4);
  tail.writeUInt16LE(entries.length, 6);
  tail.writeUInt32LE(list.length, 8);
  tail.writeUInt32LE(at, 12);
  return Buffer.concat([...parts, list, Buffer.from("PK\x05\x06", "latin1"), tail]);
}

const W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"';
const PACKAGE = "http://schemas.openxmlformats.org/package/2006";
const REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const para = (text, properties = "") => `<w:p><w:pPr>${properties}</w:pPr><w:r><w:t>${text}</w:t></w:r></w:p>`;
const cell = (text) => `<w:tc>${para(text)}</w:tc>`;

export function docx() {
  const picture = Buffer.from(UPNG.encode([new Uint8Array(200 * 120 * 4).fill(200).buffer], 200, 120, 0));
  const heading = '<w:pStyle w:val="Heading1"/>';
  const listed = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>';
  const body = [
    para("Ra quân tuyên truyền", heading),
    para("Sáng 20/11, Đoàn xã ra quân."),
    para("Nội dung", heading),
    para("Đổi thẻ", listed),
    para("Cấp mới", listed),
    `<w:tbl><w:tr>${cell("Việc")}${cell("Nơi làm")}</w:tr><w:tr>${cell("Đổi thẻ")}${cell("Công an xã")}</w:tr></w:tbl>`,
    '<w:p><w:r><w:drawing><wp:inline><wp:docPr id="1" name="x" descr="Đoàn viên phát tờ gấp"/><a:blip r:embed="p1"/></wp:inline></w:drawing></w:r></w:p>',
  ];
  return zip({
    "[Content_Types].xml": `<Types xmlns="${PACKAGE}/content-types"><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>`,
    "_rels/.rels": `<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="d" Type="${REL}/officeDocument" Target="word/document.xml"/></Relationships>`,
    "word/_rels/document.xml.rels": `<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="p1" Type="${REL}/image" Target="media/a.png"/><Relationship Id="s" Type="${REL}/styles" Target="styles.xml"/><Relationship Id="n" Type="${REL}/numbering" Target="numbering.xml"/></Relationships>`,
    "word/styles.xml": `<w:styles ${W}><w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/><w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style></w:styles>`,
    "word/numbering.xml": `<w:numbering ${W}><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>`,
    "word/document.xml": `<w:document ${W}><w:body>${body.join("")}</w:body></w:document>`,
    "word/media/a.png": picture,
  });
}
