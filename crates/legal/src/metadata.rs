//! What an act says of itself: kind, number, issuers, signers, dates, title.

pub(crate) mod dates;
mod issuers;
mod letters;
mod masthead;
mod recase;
mod signers;
mod title;

use std::sync::LazyLock;

use regex::Regex;

use crate::model::{ActKind, ActText, Block, Claim, Metadata, Para, Part};
use crate::number;

pub(crate) use issuers::code as issuer_code;
pub use issuers::named as issuers_named;
pub use title::{bare_title, kind_named};

/// Paragraphs of the opening that may hold the head of the act.
const HEAD: usize = 40;

static NUMBER: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(concat!(
        r"(?i)^(?:[\p{L} ]{0,40}?\s)?(?:số|no\.?|number)\s?[:.]?\s*",
        r"(?P<n>\d[\d.]*\s?[a-zđ]?(?:\s?[/\-–]\s?[\p{L}\d.]+)+)",
    ))
    .expect("fixed pattern")
});

static TITLE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(concat!(
        r"(?i)^(?:law|code|ordinance|decree|decision|(?:joint )?circular|(?:joint )?resolution|directive|order|",
        r"luật|bộ luật|pháp lệnh|nghị định|quyết định|thông tư(?: liên tịch)?|nghị quyết(?: liên tịch)?|",
        r"chỉ thị|lệnh|văn bản hợp nhất)\s+(?:(?:số|no\.?)\s*:?\s*)?",
        r"(?P<n>\d[\d.]*[a-zđ]?(?:/[\p{L}\d]+(?:-[\p{L}\d]+)*)+)",
    ))
    .expect("fixed pattern")
});

/// Reads the metadata of a structured text. `page_title` helps where the text itself is silent.
#[must_use]
pub fn read(act: &ActText, page_title: Option<&str>) -> Metadata {
    let Some(main) = act.parts.first() else {
        return Metadata::default();
    };
    let head: Vec<&Para> = head_of(main).collect();
    let place = title::kind_line(&head, act.language);
    let masthead = place.and_then(|(line, kind)| masthead::read(&head, line, kind));
    let stated = masthead.as_ref().and_then(|masthead| masthead.number.clone());
    let number = stated
        .or_else(|| number_of(&head))
        .or_else(|| number_of_consolidation(&main.closing))
        .or_else(|| page_title.and_then(number_in));
    let mut kind = kind_of(place.map(|(_, kind)| kind), number.as_deref(), page_title);
    let letter = kind.is_none().then(|| letters::subject(&main.opening)).flatten();
    kind = kind.or(letter.as_ref().map(|_| ActKind::CongVan));
    let corpus = recase::Corpus::of(act);
    let printed = place
        .map(|(line, kind)| title::lines(&head, line, kind))
        .filter(|text| !text.is_empty());
    let title = match (printed, letter) {
        (Some(printed), _) => Some(title::cased(&printed, kind, &corpus)),
        (None, Some(subject)) => Some(subject),
        (None, None) => page_title
            .map(|title| bare_title(title, kind, number.as_deref()))
            .filter(|title| !title.is_empty()),
    };
    let issued = masthead
        .as_ref()
        .and_then(|masthead| masthead.issued)
        .or_else(|| dates::issued(&head, &main.closing));
    let mut issuers = issuers::read(&head, number.as_deref(), act.language);
    if issuers.is_empty() {
        issuers = masthead.map(|masthead| masthead.issuers).unwrap_or_default();
    }
    Metadata {
        kind,
        issuers,
        signers: signers::read(&main.closing),
        place: dates::place(&head),
        issued,
        in_force: dates::in_force(act, issued),
        title,
        number,
        field: None,
        claims: Vec::new(),
    }
}

/// How many blocks of the main part's opening are its head: all down to the title.
/// 0 where no line names the kind, so that nothing a reader needs is taken for it.
#[must_use]
pub fn head_blocks(act: &ActText) -> usize {
    let Some(main) = act.parts.first() else { return 0 };
    let head: Vec<&Para> = head_of(main).collect();
    let Some((line, kind)) = title::kind_line(&head, act.language) else {
        return 0;
    };
    let last = title::last_line(&head, line, kind);
    let paras = main
        .opening
        .iter()
        .enumerate()
        .filter(|(_, block)| matches!(block, Block::Para(_)));
    paras.map(|(place, _)| place + 1).nth(last).unwrap_or(0)
}

fn head_of(main: &Part) -> impl Iterator<Item = &Para> {
    main.opening.iter().take(HEAD).filter_map(|block| match block {
        Block::Para(para) => Some(para),
        _ => None,
    })
}

/// The kind that the text prints, checked against the code in the number.
fn kind_of(printed: Option<ActKind>, number: Option<&str>, page_title: Option<&str>) -> Option<ActKind> {
    let coded = number.and_then(number::kind_of);
    match (printed, coded) {
        (Some(ActKind::ThongTu), Some(ActKind::ThongTuLienTich)) => coded,
        (Some(ActKind::NghiQuyet), Some(ActKind::NghiQuyetLienTich)) => coded,
        // The head of a consolidated text is that of the act it consolidates.
        (Some(_), Some(ActKind::VanBanHopNhat)) => coded,
        (Some(kind), _) => Some(kind),
        (None, Some(kind)) => Some(kind),
        (None, None) => page_title.and_then(kind_named),
    }
}

fn number_of(head: &[&Para]) -> Option<String> {
    head.iter()
        .take_while(|para| !para.text.starts_with("Căn cứ") && !para.text.starts_with("Pursuant"))
        .take(30)
        .find_map(|para| number_in(&para.text))
}

/// A consolidated text in the gazette carries its number beside its authentication.
fn number_of_consolidation(closing: &[Block]) -> Option<String> {
    let paras = closing.iter().take(8).filter_map(|block| match block {
        Block::Para(para) => Some(para.text.as_str()),
        _ => None,
    });
    paras
        .filter_map(number_in)
        .find(|number| number::kind_of(number) == Some(ActKind::VanBanHopNhat))
}

/// The number that a line gives after "số".
fn number_in(line: &str) -> Option<String> {
    if line.len() > 400 {
        return None;
    }
    let tail = line
        .find("số ")
        .or_else(|| line.find("Số"))
        .map_or(line, |place| &line[place..]);
    let found = NUMBER.captures(line).or_else(|| NUMBER.captures(tail))?;
    // "Thông tư số 43/2015/TT-BGTVT ngày 20 tháng 8 …" cites another act.
    let printed = found.name("n")?.as_str();
    let after = line
        .find(printed)
        .map_or("", |place| &line[place + printed.len()..]);
    if !line.starts_with("Số") && (after.starts_with(" ngày ") || after.starts_with(" of ")) {
        return None;
    }
    let number = number::canonical(printed);
    (number.contains(['/', '-']) && number.len() < 60).then_some(number)
}

/// The number that follows the kind at the very start of a title: "Decree 18/2021/ND-CP".
/// A number later in a title is that of another act.
fn number_of_title(title: &str) -> Option<&str> {
    Some(TITLE.captures(title.trim())?.name("n")?.as_str())
}

/// Fills what the text does not say from what sources claim, and keeps the claims.
///
/// Translations and pages without a head know their number only this way. What the text
/// says is never overwritten, whatever a source claims.
pub fn supplement(metadata: &mut Metadata, claims: Vec<Claim>) {
    let value = |field: &str| {
        claims
            .iter()
            .find(|claim| claim.field == field)
            .map(|claim| claim.value.as_str())
    };
    if metadata.number.is_none() {
        let claimed = value("number").or_else(|| value("title").and_then(number_of_title));
        metadata.number = claimed.map(number::canonical).filter(|number| !number.is_empty());
    }
    let coded = metadata.number.as_deref().and_then(number::kind_of);
    let named = || value("kind").or_else(|| value("title")).and_then(kind_named);
    metadata.kind = metadata.kind.or(coded).or_else(named);
    if metadata.issuers.is_empty() {
        metadata.issuers = value("issuer").map(issuers_named).unwrap_or_default();
    }
    if metadata.issuers.is_empty() {
        metadata.issuers = metadata
            .number
            .as_deref()
            .map(issuers::by_number)
            .unwrap_or_default();
    }
    metadata.issued = metadata
        .issued
        .or_else(|| value("issued").and_then(viet::parse_date));
    if metadata.title.is_none() {
        let title = value("title").map(|title| bare_title(title, metadata.kind, metadata.number.as_deref()));
        metadata.title = title.filter(|title| !title.is_empty());
    }
    metadata.claims.extend(claims);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_number_of_a_title_follows_its_kind() {
        for (title, number) in [
            ("Decree 18/2021/ND-CP", Some("18/2021/ND-CP")),
            (
                "Joint Circular No. 03/2014/TTLT-BTC-BCT",
                Some("03/2014/TTLT-BTC-BCT"),
            ),
            (
                "Nghị định số 249/2025/NĐ-CP Quy định cơ chế",
                Some("249/2025/NĐ-CP"),
            ),
            ("Thông tư sửa đổi Thông tư số 25/2021/TT-BTC", None),
            ("Law amending Law No. 12/2020/QH14", None),
            ("Civil Code", None),
        ] {
            assert_eq!(number_of_title(title), number, "{title}");
        }
    }

    #[test]
    fn a_title_claimed_gives_the_number_that_the_text_lacks() {
        let claim = Claim {
            field: "title".into(),
            value: "Decree 18/2021/ND-CP".into(),
            source: "x".into(),
            seen: None,
        };
        let mut metadata = Metadata::default();
        supplement(&mut metadata, vec![claim]);
        assert_eq!(metadata.number.as_deref(), Some("18/2021/NĐ-CP"));
        assert_eq!(metadata.kind, Some(ActKind::NghiDinh));
        assert_eq!(metadata.issuers, ["Chính phủ"]);
    }
}
