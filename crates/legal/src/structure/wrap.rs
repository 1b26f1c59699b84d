//! Quotation marks and slices of paragraphs.

use crate::model::{Block, Mark, Para, Quote};

use super::divide::Piece;

/// Quotation marks of a text: byte, length, whether it opens.
///
/// Direction comes from what stands around the sign, since files mix the signs up;
/// the sign itself decides only where the surroundings do not.
pub(crate) fn tokens(text: &str) -> Vec<(usize, usize, bool)> {
    let mut out = Vec::new();
    // First bytes of every sign below; Vietnamese letters begin with others.
    if !text
        .bytes()
        .any(|b| matches!(b, b'"' | b'\'' | b'`' | 0xc2 | 0xe2 | 0xe3))
    {
        return out;
    }
    let mut before: Option<char> = None;
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let double = matches!(c, '\'' | '‘' | '’' | '`')
            && chars
                .peek()
                .is_some_and(|(_, next)| matches!(next, '\'' | '‘' | '’' | '`'));
        let len = if double {
            chars.next().map_or(0, |(_, next)| next.len_utf8()) + c.len_utf8()
        } else {
            c.len_utf8()
        };
        if double || matches!(c, '“' | '”' | '"' | '„' | '‟' | '«' | '»' | '″' | '〝' | '〞') {
            let after = text[at + len..].chars().next();
            out.push((at, len, opens(before, c, after)));
        }
        before = Some(c);
    }
    out
}

fn opens(before: Option<char>, sign: char, after: Option<char>) -> bool {
    let open_side =
        before.is_none_or(|c| c.is_whitespace() || matches!(c, '(' | '[' | ':' | '-' | '–' | '/'));
    let close_side = after.is_none_or(|c| {
        c.is_whitespace() || matches!(c, '.' | ';' | ',' | ':' | ')' | ']' | '!' | '?' | '”' | '"')
    });
    match (open_side, close_side) {
        (true, false) => true,
        (false, true) => false,
        _ if before.is_none() => true,
        _ if after.is_none() => false,
        _ => matches!(sign, '“' | '„' | '«' | '‘' | '`' | '‟' | '〝'),
    }
}

/// Part of a paragraph, trimmed, with its marks moved. Bounds off a character boundary give all of it.
pub(crate) fn slice(para: &Para, from: usize, to: usize) -> Para {
    let Some(piece) = para.text.get(from..to) else {
        return para.clone();
    };
    let trimmed = piece.trim_start();
    let start = from + piece.len() - trimmed.len();
    let text = trimmed.trim_end().to_owned();
    let end = start + text.len();
    let bound = |edge: u32| u32::try_from((edge as usize).clamp(start, end) - start).unwrap_or(0);
    let marks = para
        .marks
        .iter()
        .map(|mark| Mark {
            start: bound(mark.start),
            end: bound(mark.end),
            kind: mark.kind.clone(),
        })
        .filter(|mark| mark.start < mark.end)
        .collect();
    Para {
        text,
        marks,
        align: para.align,
    }
}

/// What may follow a closing mark at the end of a passage.
pub(super) fn is_tail(text: &str) -> bool {
    text.len() < 12
        && text
            .chars()
            .all(|c| c.is_whitespace() || matches!(c, '.' | ';' | ',' | ':' | ')' | ']' | '/'))
}

/// The passage without its marks, and the text after it in its last paragraph.
pub(super) fn cut(blocks: &[Block], from: usize, mark: Option<(usize, usize)>) -> (Quote, Option<Para>) {
    let mut inner: Vec<Block> = blocks.to_vec();
    let mut tail = None;
    if let (Some((at, len)), Some(Block::Para(last))) = (mark, inner.last_mut()) {
        let rest = slice(last, at + len, last.text.len());
        if !is_tail(&rest.text) {
            let trimmed = rest.text.trim_start_matches([';', '.', ' ']);
            tail = Some(slice(&rest, rest.text.len() - trimmed.len(), rest.text.len()));
        }
        *last = slice(last, 0, at);
    }
    if let Some(Block::Para(first)) = inner.first_mut() {
        *first = slice(first, from, first.text.len());
    }
    inner.retain(|block| !matches!(block, Block::Para(para) if para.text.is_empty()));
    (
        Quote {
            id: String::new(),
            blocks: inner,
            closed: mark.is_some(),
        },
        tail,
    )
}

/// Gives quotes their ids in document order.
pub(super) fn number_quotes(pieces: &mut [Piece]) {
    let quotes = pieces
        .iter_mut()
        .flat_map(|piece| &mut piece.blocks)
        .filter_map(|block| match block {
            Block::Quote(quote) => Some(quote),
            _ => None,
        });
    for (place, quote) in quotes.enumerate() {
        quote.id = format!("quo_{}", place + 1);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn direction_follows_the_surroundings() {
        let kinds = |text: &str| tokens(text).into_iter().map(|sign| sign.2).collect::<Vec<_>>();
        assert_eq!(kinds("“Điều 9a. Tên”."), [true, false]);
        assert_eq!(kinds("\"Điều 9a. Tên\";"), [true, false]);
        assert_eq!(kinds("''Điều 9a. Tên''"), [true, false]);
        assert_eq!(kinds("Điều 9a. Tên“."), [false]);
        assert_eq!(kinds("cụm từ ”A” bằng"), [true, false]);
        assert_eq!(kinds("d'Ivoire"), [] as [bool; 0]);
    }

    #[test]
    fn slices_move_marks() {
        let para = Para {
            text: "Điều 1. Tên".into(),
            marks: vec![Mark {
                start: 0,
                end: 14,
                kind: crate::model::MarkKind::Bold,
            }],
            ..Para::default()
        };
        let cut = slice(&para, 10, para.text.len());
        assert_eq!(cut.text, "Tên");
        assert_eq!((cut.marks[0].start, cut.marks[0].end), (0, 3));
    }
}
