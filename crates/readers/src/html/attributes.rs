//! The table of attributes that law sites print beside an act.

use legal::model::Claim;
use scraper::{ElementRef, Html, Selector};
use std::sync::LazyLock;

/// What a page says of its act: names of [`Claim::field`] and values as printed.
#[derive(Clone, Debug, Default)]
pub(crate) struct Attributes {
    pairs: Vec<(&'static str, String)>,
}

/// Labels as sites print them, and the field they name.
const LABELS: &[(&str, &str)] = &[
    ("số hiệu", "number"),
    ("số ký hiệu", "number"),
    ("số/ký hiệu", "number"),
    ("số văn bản", "number"),
    ("loại văn bản", "kind"),
    ("loại vb", "kind"),
    ("hình thức văn bản", "kind"),
    ("ngày ban hành", "issued"),
    ("ngày ký", "issued"),
    ("ngày ký xác thực", "issued"),
    ("ngày có hiệu lực", "in_force"),
    ("ngày hiệu lực", "in_force"),
    ("có hiệu lực từ", "in_force"),
    ("ngày hết hiệu lực", "expires"),
    ("cơ quan ban hành", "issuer"),
    ("nơi ban hành", "issuer"),
    ("đơn vị ban hành", "issuer"),
    ("chức danh", "office"),
    ("người ký", "signer"),
    ("lĩnh vực", "field"),
    ("ngành", "sector"),
    ("tình trạng hiệu lực", "status"),
    ("tình trạng", "status"),
    ("hiệu lực", "status"),
    ("trích yếu", "title"),
    ("trích yếu nội dung", "title"),
    ("tên văn bản", "title"),
    ("ngày đăng công báo", "gazette"),
    ("ngày công báo", "gazette"),
    ("ngày cập nhật", "updated"),
];

impl Attributes {
    /// The first value of a field.
    pub(crate) fn get<'a>(&'a self, field: &'a str) -> Option<&'a str> {
        self.all(field).next()
    }

    /// Every value of a field.
    pub(crate) fn all<'a>(&'a self, field: &'a str) -> impl Iterator<Item = &'a str> {
        self.pairs
            .iter()
            .filter(move |pair| pair.0 == field)
            .map(|pair| pair.1.as_str())
    }

    /// Whether the page tells enough to know an act by.
    pub(crate) fn names_an_act(&self) -> bool {
        self.get("number").is_some() && self.pairs.len() >= 3
    }
}

static LABELLED: LazyLock<Selector> =
    LazyLock::new(|| Selector::parse("span, th, td, dt, b, strong, label, div").expect("fixed selector"));

/// Reads pairs of label and value, wherever a short element holds exactly a known label.
pub(super) fn read(document: &Html) -> Attributes {
    let mut pairs: Vec<(&'static str, String)> = Vec::new();
    for element in document.select(&LABELLED) {
        let Some(field) = label_of(element) else { continue };
        let Some(value) = value_after(element) else {
            continue;
        };
        if !pairs.iter().any(|pair| pair.0 == field && pair.1 == value) {
            pairs.push((field, value));
        }
    }
    Attributes { pairs }
}

/// The field that an element's whole text names.
fn label_of(element: ElementRef<'_>) -> Option<&'static str> {
    let mut text = String::new();
    for piece in element.text() {
        text.push_str(piece);
        if text.len() > 80 {
            return None;
        }
    }
    let plain = clean(&text).trim_end_matches(':').trim_end().to_lowercase();
    LABELS
        .iter()
        .find(|(label, _)| *label == plain)
        .map(|(_, field)| *field)
}

/// The text of the next element beside the label.
fn value_after(element: ElementRef<'_>) -> Option<String> {
    let next = element.next_siblings().find_map(ElementRef::wrap)?;
    if label_of(next).is_some() {
        return None;
    }
    let value = clean(&next.text().collect::<Vec<_>>().join(" "));
    let empty = value.is_empty() || value.chars().all(|c| matches!(c, '-' | '–' | '.' | '…'));
    (!empty && value.len() < 2_000).then_some(value)
}

pub(super) fn clean(text: &str) -> String {
    let mut log = viet::Mended::default();
    viet::mend(text, &mut log)
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
}

/// The attributes as claims of `source`.
pub(crate) fn claims_of(attributes: &Attributes, source: &str) -> Vec<Claim> {
    attributes
        .pairs
        .iter()
        .filter(|(field, _)| !matches!(*field, "office" | "updated" | "sector"))
        .map(|(field, value)| Claim {
            field: (*field).to_owned(),
            value: value.clone(),
            source: source.to_owned(),
            seen: attributes.get("updated").and_then(viet::parse_date),
        })
        .collect()
}
