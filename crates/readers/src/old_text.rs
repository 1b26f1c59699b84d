//! Text files in encodings older than Unicode.

use std::borrow::Cow;

use legal::draft::Draft;
use legal::model::Finding;
use viet::legacy::{self, Encoding};

use crate::sniff::{self, Shape};
use crate::{Refusal, plain};

/// Characters from which the encoding is told.
const SAMPLE: usize = 20_000;
/// Letters below which nothing tells it for sure.
const ENOUGH: usize = 40;

/// The draft of a text file, whatever its encoding. `unicode` is the file as UTF-8 or UTF-16,
/// or why it is neither.
pub(crate) fn draft(unicode: Result<&str, Refusal>, bytes: &[u8]) -> Result<Draft, Refusal> {
    let is_plain = || !bytes.contains(&0) && sniff::shape("", &legacy::as_characters(bytes)) == Shape::Plain;
    if unicode.is_err() && !is_plain() {
        return unicode.map(plain::draft);
    }
    let text = match &unicode {
        Ok(text) => Cow::Borrowed(*text),
        Err(_) => legacy::as_characters(bytes),
    };
    let Some(encoding) = encoding_of(&text) else {
        return unicode.map(plain::draft);
    };
    let decoded = legacy::decode(encoding, &text);
    let mut draft = plain::draft(&decoded);
    let first = |text: &str| {
        text.lines()
            .find(|line| line.len() > 3)
            .map(head)
            .unwrap_or_default()
    };
    let count = u32::try_from(decoded.lines().count()).unwrap_or(u32::MAX);
    draft.mended.add("old-encoding", count, || {
        format!("{} → {}", first(&text), first(&decoded))
    });
    draft.warnings.push(Finding {
        code: "old-encoding".to_owned(),
        message: format!(
            "Tệp viết bằng bảng mã {}; đã chuyển sang Unicode, cần đối chiếu với bản gốc.",
            encoding.name()
        ),
        at: None,
    });
    Ok(draft)
}

/// The old encoding of a text, where its beginning is long enough and tells.
fn encoding_of(text: &str) -> Option<Encoding> {
    let end = text.char_indices().nth(SAMPLE).map_or(text.len(), |(end, _)| end);
    let sample = text.get(..end)?;
    let letters = sample.chars().filter(|c| c.is_alphabetic()).count();
    (letters >= ENOUGH).then(|| legacy::detect(sample))?
}

fn head(text: &str) -> String {
    text.trim().chars().take(30).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Outcome, read};

    const ACT: &str = "NGHỊ ĐỊNH\nSố: 12/1999/NĐ-CP\nĐiều 1. Phạm vi điều chỉnh\nNghị định này quy định việc xử phạt vi phạm hành chính trong lĩnh vực bảo vệ nguồn lợi thủy sản.\nĐiều 2. Hiệu lực\nNghị định này có hiệu lực thi hành sau mười lăm ngày.\n";

    #[test]
    fn text_files_in_every_old_encoding_are_read() {
        for encoding in Encoding::ALL {
            let bytes = legacy::encode(encoding, ACT);
            let reading = read("a.txt", &bytes);
            let Some(Outcome::Act(act)) = reading.items.first().map(|item| &item.outcome) else {
                panic!("{}: {reading:?}", encoding.name());
            };
            let heading = act
                .provisions
                .first()
                .and_then(|article| article.heading.as_deref());
            assert_eq!(heading, Some("Phạm vi điều chỉnh"), "{}", encoding.name());
            assert!(act.warnings.iter().any(|warning| warning.code == "old-encoding"));
            assert!(act.mendings.iter().any(|mending| mending.code == "old-encoding"));
        }
    }

    #[test]
    fn what_does_not_tell_is_refused_and_unicode_stays() {
        let short = legacy::encode(Encoding::Tcvn3, "Điều 1. Phạm vi");
        assert!(draft(Err(Refusal::new("encoding", "không")), &short).is_err());
        let foreign = "Nous, représentants du peuple, arrêtons: Article premier. École élémentaire à créer.";
        let foreign: Vec<u8> = foreign
            .chars()
            .filter_map(|c| u8::try_from(u32::from(c)).ok())
            .collect();
        assert!(draft(Err(Refusal::new("encoding", "không")), &foreign).is_err());
        let kept = draft(Ok(ACT), ACT.as_bytes()).map(|draft| draft.warnings.len());
        assert_eq!(kept.ok(), Some(0));
    }
}
