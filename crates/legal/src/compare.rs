//! Two readings of one act, article by article.
//!
//! What a typesetter chooses is no difference: spaces, the shape of dashes and of quotation
//! marks, and the signs of footnotes.

use std::collections::{HashMap, HashSet};

use serde::{Deserialize, Serialize};

use crate::inspect::{full_text, text_of};
use crate::model::{ActText, Block, Mark, MarkKind, Provision, ProvisionKind};

/// What is compared at once: an article with all below it, or a part that has no articles.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unit {
    /// Id of the article (`art_7`) or part (`app_1`).
    pub id: String,
    /// "Điều 7. Chính sách …"; title of the part.
    pub heading: String,
    /// Text, a paragraph a line, without the signs of footnotes.
    pub text: String,
}

/// The units of a text in document order.
#[must_use]
pub fn units(text: &ActText) -> Vec<Unit> {
    let bare = without_signs(text);
    let mut units = Vec::new();
    for part in &text.parts {
        let inside = |one: &Provision| one.part == part.id && one.kind == ProvisionKind::Article;
        let articles = bare.provisions.iter().enumerate().filter(|(_, one)| inside(one));
        let before = units.len();
        units.extend(articles.map(|(place, one)| Unit {
            id: one.id.clone(),
            heading: heading(one),
            text: full_text(&bare, place),
        }));
        if units.len() == before && !part.opening.is_empty() {
            let mut opening = part.opening.clone();
            opening.iter_mut().for_each(strip);
            units.push(Unit {
                id: part.id.clone(),
                heading: part.title.clone(),
                text: text_of(&opening),
            });
        }
    }
    units
}

fn heading(article: &Provision) -> String {
    let words = article.heading.as_deref().unwrap_or_default();
    format!("Điều {}. {words}", article.number).trim_end().to_owned()
}

/// The provisions of a text without the signs of footnotes.
#[must_use]
pub fn without_signs(text: &ActText) -> ActText {
    ActText {
        provisions: text.provisions.iter().map(bare).collect(),
        ..ActText::default()
    }
}

fn bare(provision: &Provision) -> Provision {
    let mut bare = provision.clone();
    if let Some(heading) = &mut bare.heading {
        unsign(heading, &provision.heading_marks);
    }
    bare.blocks.iter_mut().for_each(strip);
    bare
}

fn strip(block: &mut Block) {
    match block {
        Block::Para(para) => unsign(&mut para.text, &para.marks),
        Block::Quote(quote) => quote.blocks.iter_mut().for_each(strip),
        Block::Table(table) => {
            let cells = table.rows.iter_mut().flat_map(|row| &mut row.cells);
            cells
                .flat_map(|cell| &mut cell.paras)
                .for_each(|para| unsign(&mut para.text, &para.marks));
        }
    }
}

fn unsign(text: &mut String, marks: &[Mark]) {
    for mark in marks.iter().rev() {
        let range = mark.start as usize..mark.end as usize;
        if matches!(mark.kind, MarkKind::Note(_)) && text.get(range.clone()).is_some() {
            text.replace_range(range, "");
        }
    }
}

/// The words of a text as they are shown: no space stands before a stop.
#[must_use]
pub fn words(text: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        match words.last_mut() {
            Some(last) if word.starts_with(['.', ',', ';', ':']) => last.push_str(word),
            _ => words.push(word.to_owned()),
        }
    }
    words
}

/// A word as a typesetter may vary it: in NFC, one shape of dash and of each quotation mark.
#[must_use]
pub fn normal(word: &str) -> String {
    viet::nfc(word)
        .chars()
        .map(|c| match c {
            '–' | '—' | '‑' | '−' => '-',
            '“' | '”' | '„' => '"',
            '‘' | '’' => '\'',
            _ => c,
        })
        .collect()
}

/// A word as originals are compared: [`normal`], the tone of "oà/òa", "oẻ/ỏe", "uỷ/ủy" in one place.
#[must_use]
pub fn alike(word: &str) -> String {
    let normal = normal(word);
    let mut letters = normal.chars().peekable();
    let mut out = String::with_capacity(normal.len());
    while let Some(c) = letters.next() {
        if let Some(pair) = letters.peek().and_then(|next| tone_first(c, *next)) {
            out.extend(pair);
            letters.next();
        } else {
            out.push(c);
        }
    }
    out
}

/// "oà" as "òa": two spellings that are both taught, of which converters of fonts choose one.
fn tone_first(first: char, second: char) -> Option<[char; 2]> {
    const ROWS: [(&str, &str); 3] = [("oòóõỏọ", "aàáãảạ"), ("oòóõỏọ", "eèéẽẻẹ"), ("uùúũủụ", "yỳýỹỷỵ")];
    let lower = |c: char| c.to_lowercase().next().unwrap_or(c);
    let like = |c: char, model: char| {
        if model.is_uppercase() {
            c.to_uppercase().next().unwrap_or(c)
        } else {
            c
        }
    };
    ROWS.iter().find_map(|(before, after)| {
        let tone = after
            .chars()
            .position(|c| c == lower(second))
            .filter(|tone| *tone > 0)?;
        before.starts_with(lower(first)).then_some(())?;
        let pair = [before.chars().nth(tone)?, after.chars().next()?];
        Some([like(pair[0], first), like(pair[1], second)])
    })
}

/// What differs, in document order of the first text, then what only the second has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Difference<'a> {
    /// The unit stands in both, with other words.
    Words(&'a Unit, &'a Unit),
    /// Only the first text has it.
    OnlyFirst(&'a Unit),
    /// Only the second text has it.
    OnlySecond(&'a Unit),
}

/// How many units of two texts are equal, and what differs.
#[must_use]
pub fn compare<'a>(first: &'a [Unit], second: &'a [Unit]) -> (usize, Vec<Difference<'a>>) {
    let by_id: HashMap<&str, &Unit> = second.iter().map(|unit| (unit.id.as_str(), unit)).collect();
    let known: HashSet<&str> = first.iter().map(|unit| unit.id.as_str()).collect();
    let mut equal = 0;
    let mut differences = Vec::new();
    for unit in first {
        match by_id.get(unit.id.as_str()) {
            None => differences.push(Difference::OnlyFirst(unit)),
            Some(other) if same(unit, other) => equal += 1,
            Some(other) => differences.push(Difference::Words(unit, other)),
        }
    }
    let only = second.iter().filter(|unit| !known.contains(unit.id.as_str()));
    differences.extend(only.map(Difference::OnlySecond));
    (equal, differences)
}

fn same(one: &Unit, other: &Unit) -> bool {
    let equal = |a: &str, b: &str| {
        a == b || {
            let (a, b) = (words(a), words(b));
            a.len() == b.len() && a.iter().zip(&b).all(|(a, b)| a == b || alike(a) == alike(b))
        }
    };
    equal(&one.heading, &other.heading) && equal(&one.text, &other.text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Para, Part};

    fn unit(id: &str, text: &str) -> Unit {
        Unit {
            id: id.into(),
            heading: format!("Điều {id}."),
            text: text.into(),
        }
    }

    #[test]
    fn what_a_typesetter_chooses_is_no_difference() {
        let first = [
            unit("1", "“Đất” – là  tài nguyên ;\nvà hoà khoẻ Uỷ HOÀN"),
            unit("2", "a"),
            unit("3", "b"),
        ];
        let second = [
            unit("1", "\"Đất\" - là tài nguyên; và hòa khỏe Ủy HOÀN"),
            unit("2", "ă"),
            unit("4", "c"),
        ];
        let (equal, found) = compare(&first, &second);
        assert_eq!(equal, 1);
        assert_eq!(
            found,
            [
                Difference::Words(&first[1], &second[1]),
                Difference::OnlyFirst(&first[2]),
                Difference::OnlySecond(&second[2]),
            ]
        );
    }

    fn article(id: &str, kind: ProvisionKind, text: &str, marks: Vec<Mark>) -> Provision {
        Provision {
            id: id.into(),
            part: "main".into(),
            kind,
            number: "1".into(),
            heading: (kind == ProvisionKind::Article).then(|| "Tên".into()),
            parent: None,
            blocks: vec![para(text, marks)],
            notes: vec![],
            heading_marks: vec![],
        }
    }

    fn para(text: &str, marks: Vec<Mark>) -> Block {
        Block::Para(Para {
            text: text.into(),
            marks,
            ..Para::default()
        })
    }

    #[test]
    fn units_are_articles_and_parts_without_articles() {
        let sign = Mark {
            start: 6,
            end: 7,
            kind: MarkKind::Note("fn_1".into()),
        };
        let part = |id: &str, title: &str| Part {
            id: id.into(),
            title: title.into(),
            opening: vec![para("Danh mục", vec![])],
            ..Part::default()
        };
        let act = ActText {
            parts: vec![part("main", "Luật"), part("app_1", "Phụ lục I")],
            provisions: vec![
                article("art_1", ProvisionKind::Article, "Luật1 này", vec![sign]),
                article("art_1__clause_1", ProvisionKind::Clause, "Một", vec![]),
            ],
            ..ActText::default()
        };
        let units = units(&act);
        let shown: Vec<_> = units
            .iter()
            .map(|unit| [unit.id.as_str(), &unit.heading, &unit.text])
            .collect();
        assert_eq!(
            shown,
            [
                ["art_1", "Điều 1. Tên", "Luật này\n1. Một"],
                ["app_1", "Phụ lục I", "Danh mục"],
            ]
        );
    }
}
