//! What a consolidated text prints of the amending acts themselves: on what they were based, at the line
//! that enacts the act, and how they come into force, at the chapter that says so of the act.

use legal::compare::{Unit, units};
use legal::model::{ActText, Block, Part, PartKind, Provision, ProvisionKind};

use super::{footnote, named, sign, since};
use crate::model::Act;

/// What is printed of one amending act.
#[derive(Clone, Debug)]
pub struct Amender {
    /// Cited, as in footnotes.
    name: String,
    /// ", có hiệu lực kể từ ngày …"; empty where the day is not known.
    since: String,
    /// The lines on which it is based, with the one that enacts it.
    basis: Vec<String>,
    /// Its last articles: how it comes into force, what happens to matters begun before, who carries it out.
    last: Vec<Unit>,
}

impl Amender {
    /// What is printed of an act with this text.
    #[must_use]
    pub fn of(act: &Act, text: &ActText) -> Self {
        Self {
            name: named(act),
            since: since(act.in_force),
            basis: text.parts.first().map(basis_lines).unwrap_or_default(),
            last: last_articles(text),
        }
    }
}

/// Words by which the heading of a closing article, or the opening of one without a heading, is known.
const LAST: [&str; 9] = [
    "hieu luc",
    "dieu khoan thi hanh",
    "chuyen tiep",
    "quy dinh chi tiet",
    "huong dan thi hanh",
    "trach nhiem thi hanh",
    "to chuc thuc hien",
    "to chuc thi hanh",
    "chiu trach nhiem",
];

fn is_last(words: &str) -> bool {
    let folded = viet::fold(words);
    LAST.iter().any(|known| folded.contains(known))
}

fn basis_lines(main: &Part) -> Vec<String> {
    let lines = main.opening.iter().filter_map(|block| match block {
        Block::Para(para) => Some(para.text.trim()),
        _ => None,
    });
    let from_basis = lines.skip_while(|line| !line.starts_with("Căn cứ"));
    from_basis
        .filter(|line| !line.is_empty())
        .map(str::to_owned)
        .collect()
}

/// The articles at the end of the main part, as far back as they say how the act is carried out.
fn last_articles(text: &ActText) -> Vec<Unit> {
    let main = text.parts.iter().find(|part| part.kind == PartKind::Main);
    let own = |one: &&Provision| Some(&one.part) == main.map(|part| &part.id);
    let articles: Vec<&Provision> = text
        .provisions
        .iter()
        .filter(|one| one.kind == ProvisionKind::Article)
        .filter(own)
        .collect();
    let units = units(text);
    let unit = |article: &&Provision| units.iter().find(|unit| unit.id == article.id).cloned();
    let closes = |article: &&&Provision| match article.heading.as_deref().filter(|words| !words.is_empty()) {
        Some(heading) => is_last(heading),
        // What amends begins with its verb; what ends an act speaks of its force first.
        None => unit(article).is_some_and(|unit| unit.text.lines().next().is_some_and(is_last)),
    };
    let mut last: Vec<Unit> = articles
        .iter()
        .rev()
        .take_while(closes)
        .filter_map(unit)
        .collect();
    last.reverse();
    last
}

/// Where the act says how it comes into force: the heading of that chapter, else of the article.
pub(super) fn place(text: &ActText) -> Option<String> {
    let main = text.parts.first()?;
    let own = || text.provisions.iter().filter(|one| one.part == main.id).rev();
    let says = |one: &&Provision| one.heading.as_deref().is_some_and(is_last);
    let chapter = own().filter(|one| one.kind < ProvisionKind::Article).find(says);
    let mut articles = own().filter(|one| one.kind == ProvisionKind::Article);
    let article = articles.clone().find(|one| says(one)).or_else(|| articles.next());
    chapter.or(article).map(|one| one.id.clone())
}

/// "Điều 2 của Luật số …, có hiệu lực kể từ ngày … quy định như sau:" and the articles, of each act.
pub(super) fn note(amenders: &[Amender]) -> Option<String> {
    let each = amenders.iter().filter(|one| !one.last.is_empty()).map(|one| {
        let numbers: Vec<&str> = one.last.iter().map(|unit| number(&unit.heading)).collect();
        let article = |unit: &Unit| format!("{}\n{}", unit.heading.trim_end_matches('.'), unit.text);
        let articles: Vec<String> = one.last.iter().map(article).collect();
        let (named, name, since) = (listed(&numbers), &one.name, &one.since);
        format!(
            "{named} của {name}{since} quy định như sau:\n“{}”.",
            articles.join("\n").trim_end()
        )
    });
    joined(each)
}

/// "Luật số … có căn cứ ban hành như sau:" and the lines, of each act.
pub(super) fn basis(amenders: &[Amender]) -> Option<String> {
    let each = amenders.iter().filter(|one| !one.basis.is_empty());
    joined(each.map(|one| {
        format!(
            "{} có căn cứ ban hành như sau:\n“{}”.",
            one.name,
            one.basis.join("\n")
        )
    }))
}

fn joined(each: impl Iterator<Item = String>) -> Option<String> {
    let all: Vec<String> = each.collect();
    (!all.is_empty()).then(|| all.join("\n"))
}

/// Hangs the first footnote on the line that enacts the act: how many were hung.
pub(super) fn add_basis(main: &mut Part, words: String) -> u32 {
    let last = main.opening.iter_mut().rev().find_map(|block| match block {
        Block::Para(para) if !para.text.trim().is_empty() => Some(para),
        _ => None,
    });
    let Some(para) = last else { return 0 };
    sign(1, &mut para.text, &mut para.marks);
    main.notes.push(footnote(1, &words));
    1
}

/// The number of "Điều 23. Hiệu lực thi hành".
fn number(heading: &str) -> &str {
    let rest = heading.trim_start_matches("Điều ");
    rest.split(['.', ' ']).next().unwrap_or(rest)
}

/// "Điều 2", "Điều 2 và Điều 3", "Các điều 23, 24 và 25".
fn listed(numbers: &[&str]) -> String {
    match numbers {
        [] => String::new(),
        [one] => format!("Điều {one}"),
        [one, two] => format!("Điều {one} và Điều {two}"),
        [all @ .., last] => format!("Các điều {} và {last}", all.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn articles_are_listed_as_officials_list_them() {
        assert_eq!(listed(&["2"]), "Điều 2");
        assert_eq!(listed(&["92", "93"]), "Điều 92 và Điều 93");
        assert_eq!(listed(&["23", "24", "25"]), "Các điều 23, 24 và 25");
        assert_eq!(number("Điều 23. Hiệu lực thi hành"), "23");
        assert_eq!(number("Điều 2."), "2");
    }

    fn article(number: &str, heading: Option<&str>, text: &str) -> Provision {
        Provision {
            id: format!("art_{number}"),
            part: "main".into(),
            kind: ProvisionKind::Article,
            number: number.into(),
            heading: heading.map(str::to_owned),
            blocks: vec![super::super::para(text.into())],
            parent: None,
            notes: vec![],
            heading_marks: vec![],
        }
    }

    #[test]
    fn the_last_articles_of_amending_acts_are_quoted() {
        let text = ActText {
            parts: vec![Part {
                id: "main".into(),
                opening: ["LUẬT", "Căn cứ Hiến pháp;", "Quốc hội ban hành Luật."]
                    .map(|line| super::super::para(line.into()))
                    .to_vec(),
                ..Part::default()
            }],
            provisions: vec![
                article("1", None, "Sửa đổi, bổ sung Điều 2 như sau:"),
                article("2", None, "Luật này có hiệu lực từ ngày 01 tháng 01 năm 2015."),
                article(
                    "3",
                    Some("Quy định chuyển tiếp"),
                    "Việc đang giải quyết thì giải quyết tiếp.",
                ),
            ],
            ..ActText::default()
        };
        let one = Amender {
            name: "Luật số 46/2014/QH13".into(),
            since: ", có hiệu lực kể từ ngày 01 tháng 01 năm 2015".into(),
            basis: basis_lines(&text.parts[0]),
            last: last_articles(&text),
        };
        assert_eq!(
            note(std::slice::from_ref(&one)).as_deref(),
            Some(
                "Điều 2 và Điều 3 của Luật số 46/2014/QH13, có hiệu lực kể từ ngày 01 tháng 01 năm 2015 quy định như sau:\n\
                 “Điều 2\nLuật này có hiệu lực từ ngày 01 tháng 01 năm 2015.\n\
                 Điều 3. Quy định chuyển tiếp\nViệc đang giải quyết thì giải quyết tiếp.”."
            )
        );
        assert_eq!(
            basis(&[one]).as_deref(),
            Some(
                "Luật số 46/2014/QH13 có căn cứ ban hành như sau:\n“Căn cứ Hiến pháp;\nQuốc hội ban hành Luật.”."
            )
        );
        assert_eq!(place(&text).as_deref(), Some("art_3"));
    }

    #[test]
    fn what_closes_an_act_is_known_by_its_words() {
        for (words, wanted) in [
            ("Hiệu lực thi hành", true),
            ("ĐIỀU KHOẢN THI HÀNH", true),
            ("Điều khoản chuyển tiếp", true),
            (
                "1. Luật này có hiệu lực thi hành từ ngày 01 tháng 01 năm 2015.",
                true,
            ),
            (
                "Chánh Văn phòng, các Bộ trưởng chịu trách nhiệm thi hành Nghị định này.",
                true,
            ),
            ("Sửa đổi, bổ sung Điều 5 như sau:", false),
            ("Phạm vi điều chỉnh", false),
        ] {
            assert_eq!(is_last(words), wanted, "{words}");
        }
    }
}
