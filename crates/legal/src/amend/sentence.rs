//! A sentence as the signs that matter for an instruction: verbs, provisions, quoted words, acts.

use std::ops::Range;

use crate::citations::lexis::{eat, eat_any, letter, rest, spaces, word};
use crate::citations::places::{Level, Place, level};
use crate::citations::{ActRef, acts, annex, chain};
use crate::structure::wrap;

use super::Portion;
use super::keywords::keyword;
use super::pieces;
use super::targets::up_to;
use super::verbs::{self, Verb};

/// A sign of a sentence.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Sign {
    /// What is done.
    Verb { verb: Verb, passive: bool },
    /// Provisions named together.
    Chain(Vec<Place>),
    /// Words in quotation marks.
    Words(String),
    /// An act named.
    Act(ActRef),
    /// "Quy chế … ban hành kèm theo", its act follows
    Attached,
    /// "vào sau", "sau"
    After,
    /// "vào trước", "trước"
    Before,
    /// "vào", before what holds the new provision
    Into,
    /// "vào cuối", "cuối"
    AtEnd,
    /// "vào đầu"
    AtStart,
    /// "bằng", "thành"
    By,
    /// "như sau", "sau đây"
    Follows,
    /// "toàn bộ", "tất cả", "trong"
    All,
    /// "một số điều": a heading over what follows
    Some,
    /// "tên Điều 5", "tên chương": with a level, no number has been read for it
    Title(Option<Level>),
    /// "đoạn mở đầu"
    Opening,
    /// "đoạn thứ hai"
    Paragraph(u16),
    /// "về", "liên quan đến": content, not words
    About,
    /// Forms or rows of a table named together
    Pieces(Vec<Portion>),
    /// Another piece without address
    Piece,
    /// A word that may stand between without changing the sense
    Filler,
    /// Any other word
    Other,
    /// ";" or ":"
    Stop,
    /// "."
    End,
}

/// A sign and its bytes.
#[derive(Clone, Debug)]
pub(super) struct Placed {
    pub sign: Sign,
    pub span: Range<usize>,
    /// It begins an item: the sentence, a verb, a stop or "và" stands before it. What does not is
    /// part of the words before it, as the acts in a title are.
    pub led: bool,
}

/// Reads the signs of a text from `from` on.
pub(super) fn signs(text: &str, from: usize) -> Vec<Placed> {
    let quotes = wrap::tokens(text);
    let mut reader = Reader {
        text,
        quotes: &quotes,
        out: Vec::new(),
        budget: 64 + text.len() / 4,
        fresh: true,
    };
    let mut at = from;
    while at < text.len() {
        at = reader.step(at);
    }
    reader.out
}

pub(super) struct Reader<'t> {
    pub(super) text: &'t str,
    quotes: &'t [(usize, usize, bool)],
    out: Vec<Placed>,
    pub(super) budget: usize,
    /// An active verb may begin here.
    pub(super) fresh: bool,
}

impl Reader<'_> {
    /// Reads one sign at `at`; the position after it.
    fn step(&mut self, at: usize) -> usize {
        let at = spaces(self.text, at);
        let Some(first) = letter(self.text, at) else {
            return self.text.len();
        };
        if let Some(end) = self.quoted(at) {
            return end;
        }
        match first {
            '(' => return self.bracket(at),
            ';' | ':' => return self.put(Sign::Stop, at, at + 1, true),
            '.' if rest(self.text, at + 1)
                .chars()
                .next()
                .is_none_or(char::is_whitespace) =>
            {
                return self.put(Sign::End, at, at + 1, true);
            }
            ',' => {
                self.fresh = true;
                return at + 1;
            }
            c if !c.is_alphanumeric() => return at + c.len_utf8(),
            _ => {}
        }
        self.worded(at)
    }

    fn worded(&mut self, at: usize) -> usize {
        if let Some(end) = verbs::history(self.text, at) {
            return self.skip_history(end);
        }
        let active = self.active(at);
        if let Some((verb, end)) = active {
            // "Sửa đổi, bổ sung, bãi bỏ": one heading.
            if let Some(Placed {
                sign:
                    Sign::Verb {
                        verb: first,
                        passive: false,
                    },
                span,
                ..
            }) = self.out.last_mut()
            {
                if *first != verb {
                    *first = Verb::Change;
                }
                span.end = end;
                return end;
            }
            return self.put(Sign::Verb { verb, passive: false }, at, end, false);
        }
        if let Some((verb, end)) = verbs::passive(self.text, at) {
            return self.put(Sign::Verb { verb, passive: true }, at, end, false);
        }
        if let Some(end) = self.titled(at).or_else(|| self.paragraph(at)) {
            return end;
        }
        if let Some(end) = self.pieces(at).or_else(|| self.provisions(at)) {
            return end;
        }
        if let Some(named) = annex::bare_issued(self.text, at) {
            self.put(Sign::Attached, at, named.span.start, false);
            return self.act(at, named);
        }
        if let Some(annex::Regulation::Of(named)) = annex::regulation(self.text, at) {
            // Its act stands behind a title and begins nothing.
            let start = named.span.start;
            self.put(Sign::Attached, at, start, false);
            return self.act(start, named);
        }
        let after_chain = matches!(
            self.out.last(),
            Some(Placed {
                sign: Sign::Chain(_),
                ..
            })
        );
        if let Some(named) = acts::named(self.text, at, after_chain) {
            return self.act(at, named);
        }
        if let Some((sign, end)) = keyword(self.text, at) {
            let fresh = sign == Sign::Filler && eat_any(self.text, at, &["và", "đồng thời"]).is_some();
            return self.put(sign, at, end, fresh);
        }
        let end = at + word(self.text, at).len().max(1);
        self.put(Sign::Other, at, end, false)
    }

    /// "Mẫu số 01, 02", "số thứ tự 5 và 7"; "theo Mẫu số 02" stands for "bằng Mẫu số 02".
    fn pieces(&mut self, at: usize) -> Option<usize> {
        if let Some(end) = eat(self.text, at, "theo") {
            pieces::named(self.text, spaces(self.text, end))?;
            return Some(self.put(Sign::By, at, end, false));
        }
        let (found, end) = pieces::named(self.text, at)?;
        Some(self.put(Sign::Pieces(found), at, end, false))
    }

    fn provisions(&mut self, at: usize) -> Option<usize> {
        level(self.text, at)?;
        let found = chain::read(self.text, at, &mut self.budget)?;
        Some(self.chain(at, found))
    }

    /// An active verb at `at`. "Luật này thay thế …": behind its subject only where whole acts can end.
    fn active(&self, at: usize) -> Option<(Verb, usize)> {
        let this = matches!(
            self.out.last(),
            Some(Placed {
                sign: Sign::Act(ActRef::This),
                ..
            })
        );
        verbs::active(self.text, at).filter(|(verb, _)| self.fresh || (this && verb.ends()))
    }

    fn chain(&mut self, at: usize, found: chain::Chain) -> usize {
        let group = self.group_titled(&found);
        let mut places: Vec<Place> = found.items.into_iter().map(|item| item.place).collect();
        places.splice(..0, group);
        let issued = annex::glue(self.text, found.end).and_then(|at| annex::regulation(self.text, at));
        let Some(annex::Regulation::Of(named)) = issued else {
            return self.put(Sign::Chain(places), at, found.end, false);
        };
        places.iter_mut().for_each(|place| place.attached = Some(1));
        self.put(Sign::Chain(places), at, found.end, false);
        self.act(found.end, named)
    }

    /// "tên Chương II, Điều 9": the title of the chapter, then an article, not the title of Điều 9 in it.
    fn group_titled(&self, found: &chain::Chain) -> Option<Place> {
        let titled = matches!(self.out.last(), Some(placed) if placed.sign == Sign::Title(None));
        let first = found.items.first().filter(|_| titled)?;
        let (outer, _) = level(self.text, first.span.start)?;
        let inner = first.place.inner()?;
        let words = self.text.get(first.span.clone())?;
        (outer > Level::Article && inner <= Level::Article && words.contains(','))
            .then(|| up_to(&first.place, outer))
            .flatten()
    }

    fn act(&mut self, at: usize, named: acts::Named) -> usize {
        let end = named.span.end;
        match named.acts.into_iter().next() {
            Some(act) => self.put(Sign::Act(act), at, end, false),
            None => end.max(at + 1),
        }
    }

    fn put(&mut self, sign: Sign, at: usize, end: usize, fresh: bool) -> usize {
        self.fresh = fresh;
        let end = end.max(at + 1);
        let led = self.is_led(at) && !self.is_told(&sign, at);
        self.out.push(Placed {
            sign,
            span: at..end,
            led,
        });
        end
    }

    /// "Mẫu số 02 (Đơn xin phép) Phụ lục III": the bracket belongs to the form.
    fn is_told(&self, sign: &Sign, at: usize) -> bool {
        let head = self.text.get(..at).unwrap_or_default().trim_end();
        let form = matches!(self.out.last(), Some(placed) if matches!(placed.sign, Sign::Pieces(_)));
        form && matches!(sign, Sign::Chain(_)) && head.ends_with(')')
    }

    fn is_led(&self, at: usize) -> bool {
        let mut head = self.text.get(..at).unwrap_or_default().trim_end();
        while let Some(before) = ["các", "toàn bộ", "những", "cả"]
            .iter()
            .find_map(|word| less(head, word))
        {
            head = before;
        }
        let verb =
            |placed: &Placed| matches!(placed.sign, Sign::Verb { .. }) && placed.span.end == head.len();
        head.is_empty()
            || self.is_behind_time()
            || head.ends_with([',', ';', ':', '.', '-', ')'])
            || ["và", "hoặc", "đồng thời"]
                .iter()
                .any(|word| less(head, word).is_some())
            || self.out.last().is_some_and(verb)
    }

    /// "Ngưng hiệu lực thi hành của …", "… đối với …": nothing else stands behind the verb.
    fn is_behind_time(&self) -> bool {
        let mut before = self.out.iter().rev().map(|placed| &placed.sign);
        let last = before.find(|sign| !matches!(sign, Sign::Filler | Sign::All));
        matches!(last, Some(Sign::Verb { verb, passive: false }) if verb.is_of_time())
    }

    /// Words in quotation marks, marks inside them included.
    fn quoted(&mut self, at: usize) -> Option<usize> {
        let place = self.quotes.iter().position(|(start, _, _)| *start == at)?;
        let (_, len, _) = self.quotes[place];
        let mut depth = 1u32;
        for (start, width, opens) in &self.quotes[place + 1..] {
            depth = if *opens { depth + 1 } else { depth - 1 };
            if depth == 0 {
                let words = self.text.get(at + len..*start)?.trim().to_owned();
                return Some(self.put(Sign::Words(words), at, start + width, false));
            }
        }
        let words = self.text.get(at + len..)?.trim().to_owned();
        Some(self.put(Sign::Words(words), at, self.text.len(), false))
    }

    /// What stands in brackets explains; it is not the instruction.
    fn bracket(&mut self, at: usize) -> usize {
        let mut depth = 0u32;
        for (place, c) in rest(self.text, at).char_indices() {
            match c {
                '(' => depth += 1,
                ')' => depth -= 1,
                _ => {}
            }
            if depth == 0 {
                return at + place + 1;
            }
        }
        at + 1
    }

    /// "tên Điều 5", "tên của chương", "tiêu đề".
    fn titled(&mut self, at: usize) -> Option<usize> {
        let (_, end) = eat_any(
            self.text,
            at,
            &[
                "tên",
                "tiêu đề",
                "tên gọi",
                "tên của",
                "tên gọi của",
                "tiêu đề của",
            ],
        )?;
        let next = spaces(self.text, end);
        let (named, after) = level(self.text, next)?;
        let numbered = chain::read(self.text, next, &mut self.budget).is_some();
        Some(if numbered {
            self.put(Sign::Title(None), at, end, false)
        } else {
            self.put(Sign::Title(Some(named)), at, after, false)
        })
    }

    /// "đoạn thứ hai", "đoạn 2".
    fn paragraph(&mut self, at: usize) -> Option<usize> {
        const WORDS: [(&str, u16); 10] = [
            ("nhất", 1),
            ("hai", 2),
            ("ba", 3),
            ("tư", 4),
            ("năm", 5),
            ("1", 1),
            ("2", 2),
            ("3", 3),
            ("4", 4),
            ("5", 5),
        ];
        let end = eat(self.text, at, "đoạn")?;
        let next = spaces(self.text, end);
        let next = eat(self.text, next, "thứ").map_or(next, |end| spaces(self.text, end));
        let (number, after) = WORDS
            .iter()
            .find_map(|(word, n)| Some((*n, eat(self.text, next, word)?)))?;
        Some(self.put(Sign::Paragraph(number), at, after, false))
    }
}

/// What stands before the word at the end of `head`.
fn less<'t>(head: &'t str, word: &str) -> Option<&'t str> {
    let start = head.len().checked_sub(word.len())?;
    let same = eat(head, start, word).is_some_and(|end| end == head.len());
    let before = head.get(..start).filter(|_| same)?;
    (!before.ends_with(char::is_alphanumeric)).then(|| before.trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shape(text: &str) -> String {
        let letter = |placed: &Placed| match &placed.sign {
            Sign::Verb { passive: false, .. } => "V".to_owned(),
            Sign::Verb { passive: true, .. } => "P".to_owned(),
            Sign::Chain(places) => format!("C{}", places.len()),
            Sign::Words(_) => "W".to_owned(),
            Sign::Act(_) => "A".to_owned(),
            Sign::Other => "?".to_owned(),
            Sign::Filler => String::new(),
            other => format!("{other:?}").chars().take(3).collect(),
        };
        signs(text, 0)
            .iter()
            .map(letter)
            .filter(|s| !s.is_empty())
            .collect::<Vec<_>>()
            .join(" ")
    }

    #[test]
    fn what_matters_of_a_sentence() {
        for (text, wanted) in [
            (
                "Sửa đổi, bổ sung khoản 1; bổ sung khoản 7 và khoản 8 Điều 2 như sau:",
                "V C1 Sto V C2 Fol Sto",
            ),
            ("Khoản 3 Điều 2 được sửa đổi, bổ sung như sau:", "C1 P Fol Sto"),
            (
                "Bãi bỏ khoản 4 Điều 18 của Luật bảo hiểm y tế số 25/2008/QH12 đã được sửa đổi, bổ sung một số điều theo Luật số 46/2014/QH13;",
                "V C1 A Sto",
            ),
            (
                "Bỏ cụm từ \"lệ phí\" tại Điều 101 và Điều 105 của Luật giáo dục số 38/2005/QH11 đã được sửa đổi, bổ sung một số điều theo Luật số 44/2009/QH12, Điều 64 của Luật giáo dục đại học số 08/2012/QH13",
                "V W C2 A C1 A",
            ),
            (
                "Bổ sung điểm d vào sau điểm c khoản 1 Điều 20 như sau:",
                "V C1 Aft C1 Fol Sto",
            ),
            (
                "Thay thế cụm từ “A” bằng cụm từ “B” tại đoạn mở đầu khoản 1 Điều 53.",
                "V W By W Ope C1 End",
            ),
            ("Sửa đổi tên Điều 5 như sau:", "V Tit C1 Fol Sto"),
            (
                "Sửa đổi, bổ sung một số khoản của Điều 77 như sau:",
                "V Som ? C1 Fol Sto",
            ),
        ] {
            assert_eq!(shape(text), wanted, "{text}");
        }
    }
}
