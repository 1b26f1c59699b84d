//! Headings of what is issued with an act: regulations, appendices, forms, lists.

use std::sync::LazyLock;

use regex::Regex;

use crate::model::{Align, Block, Language, Para, PartKind};

use super::{is_bold, is_upper};

/// How far below a title its "(Ban hành kèm theo …)" may stand.
const REACH: usize = 9;

static APPENDIX: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"^(?:PHỤ LỤC|Phụ lục|Phụ Lục|PHỤ LUC|APPENDIX|Appendix|ANNEX|Annex)(?:\s+(?i:số)?\s*(?P<n>[IVXLC]+[a-z]?|\d{1,3}[a-zA-Z]?|[A-Z]))?(?P<rest>\s*(?:$|[.:\-–—(/].*|\s\S.*))",
    )
    .expect("fixed pattern")
});

static FORM: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^(?:MẪU|Mẫu|BIỂU|Biểu|FORM|Form)\s?(?i:mẫu\s)?(?i:số|no\.?)?\s*[:.]?\s*(?P<n>\d[\w.\-/]{0,12}|[IVX]+[\w.\-/]{0,10}|[A-Z]\d*[\w.\-/]{0,10})?")
        .expect("fixed pattern")
});

static ISSUED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)^[(\[]?\s*(?:được\s+)?(?:ban hành\s+)?(?:kèm theo|k[eè]m\s+theo|theo)\s.*\d|^[(\[]?\s*(?:issued|promulgated|attached|enclosed)\s+(?:together\s+)?(?:with|to)\b")
        .expect("fixed pattern")
});

static REGULATION: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(concat!(
        r"^(?:QUY CHẾ|QUI CHẾ|QUY ĐỊNH|QUI ĐỊNH|QUY HOẠCH|QUY TRÌNH|QUY TẮC|QUY CHUẨN|ĐIỀU LỆ|NỘI QUY|CHƯƠNG TRÌNH|KẾ HOẠCH|ĐỀ ÁN|CHIẾN LƯỢC|HƯỚNG DẪN",
        r"|Quy chế|Quy định|Quy hoạch|Quy trình|Quy tắc|Quy chuẩn|Điều lệ|Nội quy|CHUẨN MỰC|REGULATIONS?|CHARTER|STATUTE|RULES?|Regulations?)\b",
    ))
    .expect("fixed pattern")
});

static LIST: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^(?:DANH MỤC|DANH SÁCH|BẢNG|BIỂU|HỆ THỐNG|LIST|TỜ KHAI|TABLE)\b").expect("fixed pattern")
});

/// What a heading opens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Opening {
    /// Regulation or appendix.
    pub kind: PartKind,
    /// Number of an appendix as printed.
    pub number: Option<String>,
    /// A form, which stays inside the appendix before it.
    pub form: bool,
}

/// What the paragraph at `place` opens, read with the ones below it.
pub(super) fn opening(blocks: &[Block], place: usize, _language: Language) -> Option<Opening> {
    let Block::Para(para) = &blocks[place] else {
        return None;
    };
    if let Some(number) = appendix(para) {
        return Some(Opening {
            kind: PartKind::Appendix,
            number,
            form: false,
        });
    }
    if REGULATION.is_match(&para.text) && is_title(para) && is_issued(blocks, place) {
        return Some(Opening {
            kind: PartKind::Attached,
            number: None,
            form: false,
        });
    }
    if LIST.is_match(&para.text) && is_title(para) && is_issued(blocks, place) {
        return Some(Opening {
            kind: PartKind::Appendix,
            number: None,
            form: false,
        });
    }
    form(para).map(|number| Opening {
        kind: PartKind::Appendix,
        number,
        form: true,
    })
}

/// The number of an appendix heading (`Some(None)` where it has none).
fn appendix(para: &Para) -> Option<Option<String>> {
    let found = APPENDIX.captures(&para.text)?;
    let rest = found.name("rest").map_or("", |rest| rest.as_str()).trim();
    let heading = rest.is_empty()
        || is_upper(rest)
        || (!rest.ends_with(['.', ';'])
            && (is_title(para) || rest.starts_with(['.', ':', '-', '–', '(']))
            && rest.len() < 300);
    let sentence = rest.starts_with("ban hành") || rest.starts_with("kèm theo") || rest.starts_with("của ");
    (heading && !sentence).then(|| found.name("n").map(|number| number.as_str().to_owned()))
}

fn form(para: &Para) -> Option<Option<String>> {
    if para.text.len() > 200 || para.text.ends_with(['.', ';']) {
        return None;
    }
    let found = FORM.captures(&para.text)?;
    let number = found
        .name("n")
        .map(|number| number.as_str().trim_end_matches(['.', ':']).to_owned());
    (number.is_some() || is_upper(&para.text)).then_some(number)
}

/// A line set as a title.
fn is_title(para: &Para) -> bool {
    para.text.len() < 300 && (para.align == Align::Center || is_upper(&para.text) || is_bold(para))
}

/// Whether "(Ban hành kèm theo … số …)" stands shortly below, before any article.
fn is_issued(blocks: &[Block], place: usize) -> bool {
    let below = blocks.iter().skip(place).take(REACH);
    for (step, block) in below.enumerate() {
        let Block::Para(para) = block else { return false };
        if ISSUED.is_match(&para.text) || (step == 0 && para.text.to_lowercase().contains("kèm theo")) {
            return true;
        }
        if step > 0
            && (super::head::article(&para.text).is_some() || super::head::group(&para.text).is_some())
        {
            return false;
        }
    }
    false
}

/// "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM": the head of an act or a form.
pub(crate) fn is_state(text: &str) -> bool {
    const NAMES: [&str; 4] = [
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA",
        "CỘNG HOÀ XÃ HỘI CHỦ NGHĨA",
        "SOCIALIST REPUBLIC OF",
        "VIỆT NAM DÂN CHỦ CỘNG H",
    ];
    let head: String = text.chars().take(60).collect();
    NAMES.iter().any(|name| head.contains(name)) || head.starts_with("Cộng hòa xã hội chủ nghĩa Việt Nam")
}
