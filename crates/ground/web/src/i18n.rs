//! The interface in other languages. The Vietnamese sentence is the key; a missing one stays
//! Vietnamese.

use std::collections::HashMap;
use std::fmt::Display;
use std::sync::OnceLock;

use crate::look::Lang;

const ENGLISH: &str = include_str!("../../../../locales/en.toml");

/// The English table, parsed once. A broken file gives an empty table; a test forbids that.
fn english() -> &'static HashMap<String, String> {
    static TABLE: OnceLock<HashMap<String, String>> = OnceLock::new();
    TABLE.get_or_init(|| toml::from_str(ENGLISH).unwrap_or_default())
}

/// The sentence in `lang`, or itself.
pub fn translate(lang: Lang, sentence: &str) -> &str {
    match lang {
        Lang::Vi => sentence,
        Lang::En => english().get(sentence).map_or(sentence, String::as_str),
    }
}

/// True when an English sentence stands for this Vietnamese one.
pub fn has_english(sentence: &str) -> bool {
    english().contains_key(sentence)
}

/// Puts `values` in order into the `{}` places of `sentence`; places without a value stay.
pub fn fill(sentence: &str, values: &[&dyn Display]) -> String {
    let mut pieces = sentence.split("{}");
    let mut out = pieces.next().unwrap_or_default().to_owned();
    let mut values = values.iter();
    for piece in pieces {
        match values.next() {
            Some(value) => out.push_str(&value.to_string()),
            None => out.push_str("{}"),
        }
        out.push_str(piece);
    }
    out
}

/// Askama filters; a room's templates write `use web::filters;` beside the template struct.
// The attribute generates items that it leaves without words.
#[allow(missing_docs)]
pub mod filters {
    use crate::look::Look;

    /// `{{ "Trang chủ"|t(look) }}`: the sentence in the reader's language.
    #[askama::filter_fn]
    pub fn t(sentence: &str, _: &dyn askama::Values, look: &Look) -> askama::Result<String> {
        Ok(look.t(sentence).to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn english_file_parses() {
        let table: Result<HashMap<String, String>, _> = toml::from_str(ENGLISH);
        assert!(table.is_ok(), "{table:?}");
        assert!(!english().is_empty());
    }

    #[test]
    fn missing_stays_vietnamese_and_places_are_filled() {
        assert_eq!(translate(Lang::En, "không có câu này"), "không có câu này");
        assert_eq!(fill("Trang {} trên {}", &[&2, &"9"]), "Trang 2 trên 9");
        assert_eq!(fill("Còn {} và {}", &[&1]), "Còn 1 và {}");
    }
}
