//! Articles of definitions: "Điều 3. Giải thích từ ngữ".

use crate::model::{ActText, Provision, ProvisionKind};

use super::{Definition, DefinitionKind, paragraphs, short, with_children};

/// Words in the heading of such an article.
const HEADINGS: [&str; 7] = [
    "giải thích từ ngữ",
    "giải thích thuật ngữ",
    "giải thích các từ ngữ",
    "giải thích khái niệm",
    "từ ngữ và định nghĩa",
    "định nghĩa",
    "khái niệm",
];

/// Words that stand between a term and its meaning, with the space before them.
const IS: [&str; 10] = [
    " là ",
    " được hiểu là",
    " bao gồm",
    " gồm ",
    ": ",
    " nghĩa là",
    " có nghĩa là",
    " là: ",
    " là\n",
    " – ",
];
/// Longest term in characters; more is a sentence.
const LONGEST: usize = 250;

/// The provision or part for which the article defines words; `None` for an ordinary article.
pub(super) fn scope(act: &ActText, article: &Provision) -> Option<String> {
    let heading = article.heading.as_deref().unwrap_or_default().to_lowercase();
    let first = paragraphs(&article.blocks)
        .next()
        .unwrap_or_default()
        .to_lowercase();
    let announces = first.contains("từ ngữ") && (first.contains("được hiểu") || first.contains("có nghĩa"));
    let known = HEADINGS.iter().any(|words| heading.contains(words));
    if !known && !announces {
        return None;
    }
    let within = [
        ("điều này", ProvisionKind::Article),
        ("mục này", ProvisionKind::Section),
        ("chương này", ProvisionKind::Chapter),
        ("phần này", ProvisionKind::Part),
    ];
    let kind = within
        .iter()
        .find(|(words, _)| first.contains(words))
        .map(|(_, kind)| *kind);
    Some(
        kind.and_then(|kind| enclosing(act, article, kind))
            .unwrap_or_else(|| article.part.clone()),
    )
}

fn enclosing(act: &ActText, article: &Provision, kind: ProvisionKind) -> Option<String> {
    let mut next = Some(article);
    for _ in 0..8 {
        let provision = next?;
        if provision.kind == kind {
            return Some(provision.id.clone());
        }
        let parent = provision.parent.as_deref();
        next = act.provisions.iter().find(|p| Some(p.id.as_str()) == parent);
    }
    None
}

/// Reads what the provision at `place` defines.
pub(super) fn read(act: &ActText, place: usize, scope: &str, out: &mut Vec<Definition>) {
    let Some(provision) = act.provisions.get(place) else {
        return;
    };
    let within = provision.parent.as_deref().is_some_and(|parent| {
        let last = out.last().filter(|d| d.kind == DefinitionKind::Glossary);
        provision.kind == ProvisionKind::Point && last.is_some_and(|d| d.at == parent)
    });
    if within {
        return;
    }
    let single = provision.kind > ProvisionKind::Article;
    let whole = single.then(|| with_children(act, place, provision));
    for text in paragraphs(&provision.blocks).take(if single { 1 } else { usize::MAX }) {
        if let Some((term, also)) = term(text) {
            out.push(Definition {
                kind: DefinitionKind::Glossary,
                term,
                also,
                text: whole.clone().unwrap_or_else(|| text.to_owned()),
                scope: scope.to_owned(),
                at: provision.id.clone(),
            });
        }
    }
}

/// The term of "X (sau đây gọi là Y) là …", with Y.
fn term(text: &str) -> Option<(String, Vec<String>)> {
    let text = text.trim_start_matches(['-', '+', ' ', '–', '*', '•']);
    let head = text.get(..floor(text, 900)).unwrap_or(text);
    let bare = outside_brackets(head);
    let lower = bare.to_lowercase();
    if lower.starts_with("trong ") && lower.contains("từ ngữ") {
        return None;
    }
    let quoted = quoted_term(text);
    let term = match quoted {
        Some(term) => term,
        None => {
            let end = IS.iter().filter_map(|words| bare.find(words)).min()?;
            bare.get(..end)?.to_owned()
        }
    };
    let term = clean(&term);
    let sound = !term.is_empty() && term.chars().count() <= LONGEST && !term.contains([';', '.']);
    sound.then(|| (term, short::forms(head)))
}

/// “Người tiêu dùng” là …
fn quoted_term(text: &str) -> Option<String> {
    let rest = text.strip_prefix(['“', '"', '”', '\''])?;
    let end = rest.find(['”', '"', '“', '\''])?;
    rest.get(..end).map(str::to_owned)
}

/// The text with bracketed words left out and spaces joined.
fn outside_brackets(text: &str) -> String {
    let mut depth = 0u32;
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' => depth = depth.saturating_sub(1),
            ' ' if out.ends_with(' ') => {}
            c if depth == 0 => out.push(c),
            _ => {}
        }
    }
    out
}

fn clean(term: &str) -> String {
    term.trim_matches(|c: char| {
        c.is_whitespace() || matches!(c, '“' | '”' | '"' | '\'' | ',' | ':' | '-' | '–')
    })
    .to_owned()
}

fn floor(text: &str, most: usize) -> usize {
    let mut end = most.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    end
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn terms_of_sentences() {
        for (text, expected) in [
            ("Đấu thầu là quá trình lựa chọn nhà thầu.", Some("Đấu thầu")),
            ("“Hàng hóa” gồm máy móc, thiết bị.", Some("Hàng hóa")),
            (
                "Luồng chạy tàu thuyền (sau đây gọi là luồng) là vùng nước.",
                Some("Luồng chạy tàu thuyền"),
            ),
            ("Trong Luật này, các từ ngữ dưới đây được hiểu như sau:", None),
            ("Không có gì được định nghĩa ở đây.", None),
        ] {
            assert_eq!(term(text).map(|(term, _)| term).as_deref(), expected, "{text}");
        }
        let (_, also) = term("Luồng chạy tàu thuyền (sau đây gọi là luồng) là vùng nước.").expect("a term");
        assert_eq!(also, ["luồng"]);
    }
}
