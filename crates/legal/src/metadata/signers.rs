//! Who signed, from the block at the end of an act.

use crate::model::{Block, Para, Signer};
use crate::structure::{is_upper, signature};

/// Words written large inside offices.
const LARGE: &[(&str, &str)] = &[
    ("thủ tướng", "Thủ tướng"),
    ("chủ tịch", "Chủ tịch"),
    ("thống đốc", "Thống đốc"),
    ("bộ trưởng", "Bộ trưởng"),
    ("chủ nhiệm", "Chủ nhiệm"),
    ("chánh án", "Chánh án"),
    ("viện trưởng", "Viện trưởng"),
    ("tổng kiểm toán", "Tổng Kiểm toán"),
    ("tổng thanh tra", "Tổng Thanh tra"),
    ("quốc hội", "Quốc hội"),
    ("chính phủ", "Chính phủ"),
    ("nhà nước", "Nhà nước"),
    ("ủy ban", "Ủy ban"),
    ("tòa án", "Tòa án"),
    ("viện kiểm sát", "Viện kiểm sát"),
];

/// The signers of an act in order. An office holds for the next name.
pub(super) fn read(closing: &[Block]) -> Vec<Signer> {
    let mut signers: Vec<Signer> = Vec::new();
    let mut office: Option<String> = None;
    let mut signing = false;
    for block in closing.iter().take(120) {
        for para in paras(block) {
            let text = bare_of_signed(para.text.trim());
            if signature::is_mark(text) || signature::is_office(text) {
                signing = true;
                office = Some(office_of(text));
            } else if signing && is_name(text) {
                let name = name_of(text);
                if !signers.iter().any(|signer| signer.name == name) {
                    signers.push(Signer {
                        name,
                        office: office.clone(),
                    });
                }
                signing = false;
            } else if signature::is_recipients(text) {
                signing = false;
            }
        }
    }
    signers
}

/// The paragraphs of a block, those of cells included.
pub(super) fn paras(block: &Block) -> Vec<&Para> {
    match block {
        Block::Para(para) => vec![para],
        Block::Table(table) => crate::draft::table_paras(table).collect(),
        Block::Quote(_) => Vec::new(),
    }
}

/// "Đã ký: Nguyễn Văn A" → "Nguyễn Văn A".
fn bare_of_signed(text: &str) -> &str {
    let open = text.trim_start_matches('(');
    ["Đã ký", "đã ký", "ĐÃ KÝ"]
        .iter()
        .find_map(|signed| open.strip_prefix(signed))
        .map_or(text, |rest| rest.trim_start_matches([')', ':', ' ', '-', '.']))
}

/// "KT. BỘ TRƯỞNG" → "Bộ trưởng"; the line below, "THỨ TRƯỞNG", takes its place.
fn office_of(text: &str) -> String {
    let marks = ["TM.", "KT.", "TL.", "TUQ.", "Q.", "T/M", "K/T", "TM ", "KT "];
    let bare = marks
        .iter()
        .find_map(|mark| text.strip_prefix(mark))
        .unwrap_or(text)
        .trim_matches([' ', '.', '/', ',']);
    let mut lower = bare.to_lowercase();
    for (small, large) in LARGE {
        lower = lower.replace(small, large);
    }
    super::recase::capitalised(&lower)
}

/// Two to six words, each with a large first letter, nothing else.
fn is_name(text: &str) -> bool {
    let words: Vec<&str> = name_words(text).collect();
    (2..=6).contains(&words.len())
        && text.len() < 70
        && !text.contains(|c: char| c.is_ascii_digit() || matches!(c, ':' | ';' | '(' | '/' | ','))
        && words.iter().all(|word| {
            word.starts_with(char::is_uppercase)
                && word
                    .chars()
                    .all(|c| c.is_alphabetic() || matches!(c, '-' | '\'' | '’' | '.'))
        })
        && !(is_upper(text) && (signature::begins(text) || super::issuers::is_body(text)))
}

/// The words of a name without academic degrees and ranks.
fn name_words(text: &str) -> impl Iterator<Item = &str> {
    const RANKS: &[&str] = &[
        "gs",
        "pgs",
        "ts",
        "ths",
        "gs.ts",
        "pgs.ts",
        "đại",
        "tướng",
        "thượng",
        "trung",
        "thiếu",
    ];
    let ranked = ["đại tướng", "thượng tướng", "trung tướng", "thiếu tướng"]
        .iter()
        .any(|rank| text.to_lowercase().starts_with(rank));
    text.split_whitespace()
        .enumerate()
        .filter(move |(place, word)| {
            let plain = word.trim_end_matches('.').to_lowercase();
            let degree = RANKS[..6].contains(&plain.as_str()) && word.ends_with('.');
            !(degree || ranked && *place < 2)
        })
        .map(|(_, word)| word)
}

fn name_of(text: &str) -> String {
    let name = name_words(text).collect::<Vec<_>>().join(" ");
    if !is_upper(&name) {
        return name;
    }
    let words: Vec<String> = name
        .split(' ')
        .map(|word| super::recase::capitalised(&word.to_lowercase()))
        .collect();
    words.join(" ")
}
