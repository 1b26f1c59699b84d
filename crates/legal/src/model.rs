//! The shapes that every room shares: one act as read from one file.
//!
//! Identifiers follow the Akoma Ntoso naming convention (OASIS AKN-NC 1.0 §5):
//! `art_7__clause_2__point_dd` is điểm đ khoản 2 Điều 7 of the main text,
//! `att_1__art_3` is Điều 3 of the first attached regulation,
//! `app_2__art_1` is Điều 1 of the second appendix.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// The language of an expression of an act.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Language {
    /// Tiếng Việt, the authentic text.
    #[default]
    Vi,
    /// An English translation: an expression of the same act.
    En,
}

/// Everything read from one file about one act in one language.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ActText {
    /// Language of the text.
    pub language: Language,
    /// What the text says of itself.
    pub metadata: Metadata,
    /// `main` first, then attached regulations and appendices in file order.
    pub parts: Vec<Part>,
    /// In document order; a parent always stands before its children.
    pub provisions: Vec<Provision>,
    /// What is doubtful and a person should look at.
    pub warnings: Vec<Finding>,
    /// What was repaired in the characters, with counts.
    pub mendings: Vec<Mending>,
}

/// Metadata read from the text, and beside it what a source claims.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Metadata {
    /// Kind of act; `None` where the text does not say.
    pub kind: Option<ActKind>,
    /// Number in canonical spelling, for example `78/2025/NĐ-CP`.
    pub number: Option<String>,
    /// Issuing bodies in canonical spelling ("Quốc hội", "Bộ Tư pháp"), in order.
    pub issuers: Vec<String>,
    /// Who signed.
    pub signers: Vec<Signer>,
    /// Place of issue ("Hà Nội").
    pub place: Option<String>,
    /// Date issued (passed).
    pub issued: Option<Date>,
    /// Date the act as a whole comes into force, as its own text says.
    pub in_force: Option<Date>,
    /// Title without the kind: "Dân sự", "Quy định chi tiết …".
    pub title: Option<String>,
    /// Field (lĩnh vực), where known.
    pub field: Option<String>,
    /// What sources say of the act (status, dates, field), kept apart from what its text says.
    pub claims: Vec<Claim>,
}

/// Kinds of acts and of published documents (Luật 64/2025/QH15 Điều 4; NĐ 30/2020 Điều 7).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs)]
pub enum ActKind {
    HienPhap,
    BoLuat,
    Luat,
    PhapLenh,
    Lenh,
    NghiQuyet,
    NghiQuyetLienTich,
    NghiDinh,
    QuyetDinh,
    ThongTu,
    ThongTuLienTich,
    ChiThi,
    SacLenh,
    SacLuat,
    VanBanHopNhat,
    CongVan,
    KeHoach,
    HuongDan,
    BaoCao,
    ThongBao,
    DieuUoc,
    Khac,
}

/// A person who signed, with the office held.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Signer {
    /// Full name as printed.
    pub name: String,
    /// Office as printed ("Chủ tịch Quốc hội"), marks such as "KT." expanded into `office`.
    pub office: Option<String>,
}

/// One statement by a source about an act, with where and when it was said.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Claim {
    /// What is claimed: `status`, `in_force`, `expires`, `issued`, `number`, `title`, `kind`, `issuer`, `signer`, `field`, `gazette`.
    pub field: String,
    /// The value as the source wrote it.
    pub value: String,
    /// Who says so (address or name of the source).
    pub source: String,
    /// When the source said it, where it tells.
    pub seen: Option<Date>,
}

/// What a part of a document is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum PartKind {
    /// The act itself.
    #[default]
    Main,
    /// A regulation issued with the act ("ban hành kèm theo"); its numbering restarts.
    Attached,
    /// Phụ lục, mẫu, danh mục …
    Appendix,
}

/// One part of a document, whose numbering of articles is its own.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Part {
    /// `main`, `att_1`, `app_1` …
    pub id: String,
    /// What it is.
    pub kind: PartKind,
    /// "I", "2", "A" where the heading numbers it.
    pub number: Option<String>,
    /// Title as a reader would say it ("Quy chế tổ chức …", "Phụ lục II. Danh mục …").
    pub title: String,
    /// The head of the act, which the metadata say again: quốc hiệu, issuer, number, place and date, kind, title.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub head: Vec<Block>,
    /// What stands before the first provision: legal bases and enacting words of the main part,
    /// or the whole content of a part that has no provisions.
    pub opening: Vec<Block>,
    /// What stands after the last provision: date of passing, signature block, recipients.
    pub closing: Vec<Block>,
    /// Footnotes that the opening and the closing refer to.
    #[serde(default)]
    pub notes: Vec<Footnote>,
}

/// Levels of structure, from phần to điểm (NĐ 78/2025/NĐ-CP).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ProvisionKind {
    /// Phần
    Part,
    /// Chương
    Chapter,
    /// Mục
    Section,
    /// Tiểu mục
    Subsection,
    /// Điều
    Article,
    /// Khoản
    Clause,
    /// Điểm
    Point,
}

/// One provision with its own text; the text of its children is theirs.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Provision {
    /// Akoma Ntoso style id, unique in the act.
    pub id: String,
    /// Id of the part it stands in.
    pub part: String,
    /// Level.
    pub kind: ProvisionKind,
    /// Number as printed, without the word: "7", "7a", "II", "thứ nhất", "đ".
    pub number: String,
    /// Heading of part … article; clauses and points have none.
    pub heading: Option<String>,
    /// Id of the enclosing provision.
    pub parent: Option<String>,
    /// Own content in order.
    pub blocks: Vec<Block>,
    /// Footnotes referred to from the heading or the blocks.
    #[serde(default)]
    pub notes: Vec<Footnote>,
    /// Marks inside the heading (a footnote's reference).
    #[serde(default)]
    pub heading_marks: Vec<Mark>,
}

/// A piece of content.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "lowercase")]
pub enum Block {
    /// A paragraph.
    Para(Para),
    /// A table.
    Table(Table),
    /// Quoted provisions of an amending act: text, never part of the tree.
    Quote(Quote),
}

/// A paragraph of text with marks over byte ranges of it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Para {
    /// NFC text without leading or trailing space.
    pub text: String,
    /// Sorted by start; ranges are byte offsets into `text` on character boundaries.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub marks: Vec<Mark>,
    /// How the source set it.
    #[serde(default, skip_serializing_if = "Align::is_start")]
    pub align: Align,
}

/// Horizontal setting of a paragraph.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[allow(missing_docs)]
pub enum Align {
    #[default]
    Start,
    Center,
    End,
}

impl Align {
    /// The ordinary setting, left out of JSON.
    #[must_use]
    pub fn is_start(&self) -> bool {
        *self == Self::Start
    }
}

/// A marked range of a paragraph.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mark {
    /// First byte.
    pub start: u32,
    /// Byte after the last.
    pub end: u32,
    /// What the range is.
    pub kind: MarkKind,
}

/// What a marked range is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum MarkKind {
    /// Đậm
    Bold,
    /// Nghiêng
    Italic,
    /// Superscript (m², 10⁶)
    Sup,
    /// Subscript (CO₂)
    Sub,
    /// Reference to the footnote with this id; the range is its sign.
    Note(String),
}

/// A table with its cells in reading order.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Table {
    /// `tbl_1` …, unique in the act.
    pub id: String,
    /// Rows.
    pub rows: Vec<Row>,
}

/// One row of a table.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Row {
    /// Cells; a cell covered by a span is not repeated.
    pub cells: Vec<Cell>,
}

/// One cell of a table.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Cell {
    /// Paragraphs.
    pub paras: Vec<Para>,
    /// Columns it spans, at least 1.
    pub colspan: u16,
    /// Rows it spans, at least 1.
    pub rowspan: u16,
    /// A heading cell.
    pub header: bool,
}

/// A quoted passage: the new text that an amendment brings.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Quote {
    /// `quo_1` …, unique in the act.
    pub id: String,
    /// The paragraphs and tables inside the quotation marks, marks removed.
    pub blocks: Vec<Block>,
    /// False where the closing mark is missing in the file.
    pub closed: bool,
}

/// A footnote of the source.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Footnote {
    /// `fn_1` …, unique in the act.
    pub id: String,
    /// The sign printed ("1", "*").
    pub sign: String,
    /// Text.
    pub text: String,
}

/// A warning with the place it concerns.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Finding {
    /// Stable code for programs: `article-gap`, `number-repeated`, `quote-open` …
    pub code: String,
    /// A sentence in Vietnamese for the officer.
    pub message: String,
    /// Provision or part concerned.
    pub at: Option<String>,
}

/// A kind of repair made to the characters of a file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Mending {
    /// Stable code: `nfc`, `eth`, `u-horn`, `cyrillic`, `soft-hyphen`, `zero-width`, `private-use`, `line-separator` …
    pub code: String,
    /// How many characters or places.
    pub count: u32,
    /// One example, before → after.
    pub example: String,
}
