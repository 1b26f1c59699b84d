//! The body as an officer types it: plain text with light marks, and back.
//!
//! A line is a paragraph; `##` and `###` head a section, `-` and `1.` begin an item, `>` quotes,
//! `!` takes note, `|` parts the cells of a table (its first row is the head), `![words](tep:12)` is an
//! uploaded file and `~` says what is said in it. In a line `**bold**`,
//! `*italic*`, `[words](https://address)`; `\` takes its meaning from the sign after it. `{en}` at the
//! beginning of a line says its language. [`read`] of [`write`] gives the same blocks again.

use legal::model::MarkKind;

use crate::body::{Block, Builder, Content, Lang, Line, Link, Piece, is_address, put_mark};

/// Text with marks → blocks. Never fails: what is no mark is text.
#[must_use]
pub fn read(text: &str) -> Vec<Block> {
    let mut builder = Builder::default();
    for row in viet::nfc(text).lines() {
        let row: String = row
            .chars()
            .map(|c| if c == '\t' || c == '\u{a0}' { ' ' } else { c })
            .filter(|c| !c.is_control())
            .collect();
        let row = row.trim();
        if row.is_empty() {
            builder.close();
            continue;
        }
        let (lang, row) = language(row);
        if let Some(cells) = row.strip_prefix('|') {
            let cells = split_cells(cells);
            let rule = |cell: &str| !cell.is_empty() && cell.chars().all(|c| c == '-' || c == ':');
            if !cells.iter().all(|cell| rule(cell)) {
                builder.row(lang, cells.iter().map(|cell| read_line(cell)).collect());
            }
            continue;
        }
        if let Some((about, media)) = file(row) {
            builder.media(lang, media, about.trim().to_owned());
            continue;
        }
        let (piece, rest) = piece_of(row);
        builder.push(lang, piece, read_line(rest));
    }
    builder.finish()
}

fn language(row: &str) -> (Lang, &str) {
    let found = row
        .strip_prefix('{')
        .and_then(|rest| rest.split_once('}'))
        .and_then(|(code, rest)| Some((Lang::from_code(code)?, rest.trim_start())));
    found.unwrap_or((Lang::Vi, row))
}

/// `![words](tep:12)`: what the file shows or is called, and its number.
fn file(row: &str) -> Option<(&str, i64)> {
    let (about, number) = row.strip_prefix("![")?.strip_suffix(')')?.rsplit_once("](tep:")?;
    let number = number.parse().ok().filter(|number| *number > 0)?;
    Some((about, number))
}

fn piece_of(row: &str) -> (Piece, &str) {
    for (sign, piece) in [
        ("### ", Piece::Heading(3)),
        ("## ", Piece::Heading(2)),
        ("# ", Piece::Heading(2)),
        ("- ", Piece::Bullet),
        ("• ", Piece::Bullet),
        ("> ", Piece::Quote),
        ("! ", Piece::Callout),
        ("~ ", Piece::Transcript),
    ] {
        if let Some(rest) = row.strip_prefix(sign) {
            return (piece, rest.trim_start());
        }
    }
    let digits = row.len() - row.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    if (1..=4).contains(&digits)
        && let Some(rest) = row[digits..].strip_prefix(". ")
        && let Ok(number) = row[..digits].parse()
    {
        return (Piece::Number(number), rest.trim_start());
    }
    (Piece::Para, row)
}

/// Cells of a row without its first `|`; `\|` is a bar in a cell.
fn split_cells(row: &str) -> Vec<String> {
    let mut cells = vec![String::new()];
    let mut escaped = false;
    for c in row.chars() {
        match c {
            '|' if !escaped => {
                cells.push(String::new());
                continue;
            }
            _ => {}
        }
        escaped = c == '\\' && !escaped;
        if let Some(cell) = cells.last_mut() {
            cell.push(c);
        }
    }
    if cells.last().is_some_and(|cell| cell.trim().is_empty()) && cells.len() > 1 {
        cells.pop();
    }
    cells.iter().map(|cell| cell.trim().to_owned()).collect()
}

enum Token<'a> {
    Text(char),
    Bold,
    Italic,
    Open,
    Close(&'a str),
}

fn tokens(row: &str) -> Vec<Token<'_>> {
    let mut found = Vec::new();
    let mut rest = row;
    let mut in_link = false;
    while let Some(c) = rest.chars().next() {
        let after = &rest[c.len_utf8()..];
        let next = after.chars().next();
        let (token, used) = match c {
            '\\' if next.is_some_and(|c| !c.is_whitespace()) => {
                let c = next.unwrap_or_default();
                (Token::Text(c), 1 + c.len_utf8())
            }
            '*' if next == Some('*') => (Token::Bold, 2),
            '*' => (Token::Italic, 1),
            '[' if !in_link && closing(after).is_some() => {
                in_link = true;
                (Token::Open, 1)
            }
            ']' if in_link => match address(after) {
                Some((href, used)) => {
                    in_link = false;
                    (Token::Close(href), 1 + used)
                }
                None => (Token::Text(']'), 1),
            },
            c => (Token::Text(c), c.len_utf8()),
        };
        found.push(token);
        rest = &rest[used..];
    }
    found
}

/// `(https://…)` right after the words of a link.
fn address(after: &str) -> Option<(&str, usize)> {
    let (href, _) = after.strip_prefix('(')?.split_once(')')?;
    is_address(href).then_some((href, href.len() + 2))
}

/// Whether the words that begin here end as those of a link.
fn closing(words: &str) -> Option<()> {
    let mut escaped = false;
    for (at, c) in words.char_indices() {
        if c == ']' && !escaped && at > 0 && address(&words[at + 1..]).is_some() {
            return Some(());
        }
        escaped = c == '\\' && !escaped;
    }
    None
}

fn read_line(row: &str) -> Line {
    let tokens = tokens(row);
    let count = |wanted: fn(&Token<'_>) -> bool| tokens.iter().filter(|token| wanted(token)).count();
    // The last of an odd number opens what nothing closes: it is text.
    let mut bold = count(|token| matches!(token, Token::Bold)) / 2 * 2;
    let mut italic = count(|token| matches!(token, Token::Italic)) / 2 * 2;
    let mut line = Line::default();
    let (mut bold_from, mut italic_from, mut link_from) = (None, None, 0);
    for token in tokens {
        let at = line.text.len();
        match token {
            // A line neither begins nor ends with spaces, whatever marks stood around them.
            Token::Text(c) if c.is_whitespace() && line.text.is_empty() => {}
            Token::Text(c) => line.text.push(c),
            Token::Bold => toggle(&mut line, "**", &mut bold, &mut bold_from, &MarkKind::Bold),
            Token::Italic => toggle(&mut line, "*", &mut italic, &mut italic_from, &MarkKind::Italic),
            Token::Open => link_from = at,
            Token::Close(href) if link_from < at => line.links.push(Link {
                from: link_from,
                to: at,
                href: href.to_owned(),
            }),
            Token::Close(_) => {}
        }
    }
    trim_end(&mut line);
    line.marks.sort_by_key(|mark| (mark.start, mark.end));
    line
}

fn trim_end(line: &mut Line) {
    let end = line.text.trim_end().len();
    line.text.truncate(end);
    for link in &mut line.links {
        link.to = link.to.min(end);
    }
    line.links.retain(|link| link.from < link.to);
    let end = u32::try_from(end).unwrap_or(u32::MAX);
    for mark in &mut line.marks {
        mark.end = mark.end.min(end);
    }
    line.marks.retain(|mark| mark.start < mark.end);
}

fn toggle(line: &mut Line, sign: &str, left: &mut usize, from: &mut Option<usize>, kind: &MarkKind) {
    if *left == 0 {
        line.text.push_str(sign);
        return;
    }
    *left -= 1;
    match from.take() {
        Some(from) => put_mark(&mut line.marks, kind, from, line.text.len()),
        None => *from = Some(line.text.len()),
    }
}

/// Blocks → text with marks.
#[must_use]
pub fn write(blocks: &[Block]) -> String {
    let mut out = String::new();
    for block in blocks {
        if !out.is_empty() {
            out.push('\n');
        }
        let lang = match block.lang {
            Lang::Vi => String::new(),
            lang => format!("{{{}}} ", lang.code()),
        };
        let mut put = |sign: &str, line: &str| {
            out.push_str(&lang);
            out.push_str(sign);
            out.push_str(line);
            out.push('\n');
        };
        match &block.content {
            Content::Para { line } => put("", &unlike_a_mark(&write_line(line))),
            Content::Heading { level, line } => {
                put(if *level == 2 { "## " } else { "### " }, &write_line(line));
            }
            Content::List { start: None, items } => {
                items.iter().for_each(|item| put("- ", &write_line(item)));
            }
            Content::List {
                start: Some(start),
                items,
            } => {
                for (number, item) in (*start..).zip(items) {
                    put(&format!("{number}. "), &write_line(item));
                }
            }
            Content::Quote { lines } => lines.iter().for_each(|line| put("> ", &write_line(line))),
            Content::Callout { lines } => lines.iter().for_each(|line| put("! ", &write_line(line))),
            Content::Media {
                media,
                about,
                transcript,
            } => {
                put("", &format!("![{about}](tep:{media})"));
                transcript.iter().for_each(|line| put("~ ", &write_line(line)));
            }
            Content::Table { rows } => {
                for row in rows {
                    let cells: Vec<String> = row
                        .iter()
                        .map(|cell| write_line(cell).replace('|', "\\|"))
                        .collect();
                    put("", &format!("| {} |", cells.join(" | ")));
                }
            }
        }
    }
    out
}

/// A paragraph that begins like a list or a heading gets a `\` before it.
fn unlike_a_mark(row: &str) -> String {
    let like = piece_of(row).0 != Piece::Para || row.starts_with(['|', '{']) || file(row).is_some();
    if like { format!("\\{row}") } else { row.to_owned() }
}

fn write_line(line: &Line) -> String {
    let mut out = String::with_capacity(line.text.len() + 16);
    let toggles = |out: &mut String, at: usize| {
        for (kind, sign) in [(MarkKind::Bold, "**"), (MarkKind::Italic, "*")] {
            let ends = |mark: &&legal::model::Mark| {
                mark.kind == kind && (mark.start as usize == at || mark.end as usize == at)
            };
            line.marks.iter().filter(ends).for_each(|_| out.push_str(sign));
        }
    };
    for (at, c) in line.text.char_indices().chain([(line.text.len(), '\n')]) {
        for link in line.links.iter().filter(|link| link.to == at) {
            out.push_str("](");
            out.push_str(&link.href);
            out.push(')');
        }
        toggles(&mut out, at);
        if line.links.iter().any(|link| link.from == at) {
            out.push('[');
        }
        match c {
            '\n' => break,
            '*' | '[' | ']' | '\\' => out.extend(['\\', c]),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const SAMPLE: &str = "## Khi nào *phải* đăng ký?\n\nViệc **kết hôn** phải đăng ký tại [Cổng](https://dichvucong.gov.vn/x) xã.\n\n- một\n- hai | ba\n\n3. ba\n4. bốn\n\n> lời trích\n> dòng hai\n\n! Lưu ý: 5 \\* 3\n\n| Việc | Hạn |\n| Khai sinh | 60 ngày |\n\n![Lễ ký] kết](tep:12)\n~ Xin chào.\n~ Hết *bài*.\n\n{en} A paragraph.\n\n\\1. không phải danh sách\n";

    #[test]
    fn marks_become_blocks_and_marks_again() {
        let blocks = read(SAMPLE);
        assert_eq!(blocks.len(), 10, "{blocks:#?}");
        assert_eq!(write(&blocks), SAMPLE);
    }

    #[test]
    fn what_is_no_mark_is_text() {
        for (row, text) in [
            ("giá 5 * 3 đồng", "giá 5 * 3 đồng"),
            ("**chưa đóng", "**chưa đóng"),
            ("[chữ](javascript:alert(1))", "[chữ](javascript:alert(1))"),
            ("[chữ](//evil.example)", "[chữ](//evil.example)"),
            ("[x](data:text/html,a)", "[x](data:text/html,a)"),
            ("**** (", "("),
            ("chữ **** ", "chữ"),
        ] {
            let line = read_line(row);
            assert_eq!(line.text, text);
            assert!(line.links.is_empty() && line.marks.is_empty(), "{row}");
        }
    }

    proptest! {
        #[test]
        fn reading_what_was_written_gives_the_same(text in "([-*#>!~|{}\\[\\]()\\\\ 1.aế/\n]|https://x.vn|!\\[a|\\]\\(tep:1\\)|\\*\\*|\\]\\(/a\\)){0,60}") {
            let once = read(&text);
            prop_assert_eq!(read(&write(&once)), once);
        }
    }
}
