//! What the officer must know of a Word file besides its text.

use std::collections::HashMap;
use std::sync::LazyLock;

use legal::draft::Draft;
use legal::model::{Block, Finding};
use regex::Regex;
use viet::Mended;
use viet::legacy::Encoding;

/// Paragraphs of the body among which the head of an act stands.
const HEAD: usize = 30;

/// What was seen besides text.
#[derive(Debug, Default)]
pub(crate) struct Found {
    pub mended: Mended,
    /// The old encoding of text whose fonts promise Unicode, where the file is known to hold such.
    pub assumed: Option<Encoding>,
    /// Places of tracked changes that added text.
    pub inserted: u32,
    /// Places of tracked changes that took text away.
    pub deleted: u32,
    /// Runs of hidden text.
    pub hidden: u32,
    pub pictures: u32,
    /// Formulas, whose text is kept in one line.
    pub formulas: u32,
    /// Pieces that stand in other files.
    pub foreign: u32,
    /// Paragraphs that told an old encoding though their fonts promise Unicode.
    pub told: HashMap<Encoding, u32>,
    /// Macros, which are never looked at.
    pub macros: bool,
}

impl Found {
    /// The old encoding that a second reading should assume of short paragraphs, because long ones
    /// told it; `None` where nothing of the kind was seen or it was assumed already.
    pub(crate) fn to_assume(&self) -> Option<Encoding> {
        let told = self
            .told
            .iter()
            .max_by_key(|(encoding, count)| (**count, **encoding));
        told.map(|(encoding, _)| *encoding)
            .filter(|_| self.assumed.is_none())
    }
}

/// Warnings for what was seen.
pub(crate) fn warnings(found: &Found) -> Vec<Finding> {
    let mut out = Vec::new();
    let mut warn = |holds: bool, code: &str, message: String| {
        if holds {
            out.push(finding(code, message));
        }
    };
    let (inserted, deleted) = (found.inserted, found.deleted);
    warn(
        inserted + deleted > 0,
        "tracked-changes",
        format!(
            "Tệp Word còn theo dõi thay đổi ({inserted} chỗ thêm, {deleted} chỗ bỏ): văn bản được đọc như đã chấp nhận mọi thay đổi; cần đối chiếu với bản đã ký."
        ),
    );
    warn(
        found.hidden > 0,
        "hidden-text",
        format!("Tệp Word có {} đoạn chữ ẩn không đưa vào văn bản.", found.hidden),
    );
    warn(
        found.pictures > 0,
        "picture",
        format!(
            "Tệp Word có {} hình ảnh hoặc công thức dạng hình; chữ trong hình không được đọc.",
            found.pictures
        ),
    );
    warn(
        found.formulas > 0,
        "formula",
        format!(
            "Tệp Word có {} công thức, được ghi lại trên một dòng; cần đối chiếu với bản gốc.",
            found.formulas
        ),
    );
    warn(
        found.foreign > 0,
        "foreign-content",
        format!(
            "Tệp Word nhúng {} phần nội dung từ tệp khác; phần đó không được đọc.",
            found.foreign
        ),
    );
    warn(
        !found.told.is_empty(),
        "old-encoding",
        "Chữ trong tệp viết bằng bảng mã cũ dưới phông chữ Unicode; đã nhận bảng mã từ nội dung và chuyển sang Unicode, cần đối chiếu với bản gốc."
            .to_owned(),
    );
    warn(
        found.macros,
        "macros",
        "Tệp Word có macro; macro bị bỏ qua, không được chạy.".to_owned(),
    );
    out
}

fn finding(code: &str, message: String) -> Finding {
    Finding {
        code: code.to_owned(),
        message,
        at: None,
    }
}

/// Headers of pages are no text of an act, save the one on the first page that holds its head
/// (letterheads of agencies) where the body has none.
pub(crate) fn head_from_header(draft: &mut Draft, header: Vec<Block>) {
    static NUMBER: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r"(?i)^\s*số\s?:?\s*\d*[^\d\s]?\s*/\s*\S+").expect("fixed pattern"));
    let body = draft.blocks.iter().take(HEAD);
    let in_body = |holds: &dyn Fn(&str) -> bool| body.clone().any(|block| says(block, holds));
    if header.iter().any(|block| says(block, &is_state)) && !in_body(&is_state) {
        let message =
            "Quốc hiệu và phần đầu văn bản nằm ở đầu trang của tệp Word; đã đưa vào phần đầu văn bản.";
        draft.warnings.push(finding("head-in-header", message.to_owned()));
        draft.blocks.splice(0..0, header);
        return;
    }
    let numbered = |text: &str| NUMBER.is_match(text);
    if header.iter().any(|block| says(block, &numbered)) && !in_body(&numbered) {
        let message =
            "Số ký hiệu chỉ nằm ở đầu trang của tệp Word, không có trong nội dung; cần kiểm tra số ký hiệu.";
        draft
            .warnings
            .push(finding("number-in-header", message.to_owned()));
    }
}

/// Whether a paragraph of a block holds what is asked.
fn says(block: &Block, holds: &dyn Fn(&str) -> bool) -> bool {
    match block {
        Block::Para(para) => holds(&para.text),
        Block::Table(table) => legal::draft::table_paras(table).any(|para| holds(&para.text)),
        Block::Quote(_) => false,
    }
}

fn is_state(text: &str) -> bool {
    let text = text.to_uppercase();
    text.contains("CỘNG HÒA XÃ HỘI CHỦ NGHĨA") || text.contains("CỘNG HOÀ XÃ HỘI CHỦ NGHĨA")
}
