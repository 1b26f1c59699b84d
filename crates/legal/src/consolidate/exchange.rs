//! Words exchanged, taken out and added inside provisions.

use crate::amend::{Addition, Operation, Places, Portion, Reason, Side};
use crate::model::{Block, Mark, Para};

use super::find::{Hit, capitalised, hits};
use super::tree::Node;

/// Changes words in a provision and all below it; the ids of those that changed.
/// Nothing changes where the words are not there, or what would remain is no sentence.
pub(super) fn within(
    node: &mut Node,
    portion: Portion,
    operation: &Operation,
) -> Result<Vec<String>, Reason> {
    let mut changed = node.clone();
    let (only, operation) = match operation {
        Operation::Only(places) => (Some(places), places.what.as_ref()),
        other => (None, other),
    };
    let mut work = Work::of(operation, portion, only);
    if let Operation::AddPhrase(addition) = operation {
        add(&mut changed, portion, addition, only)?;
        work.ids.push(changed.provision.id.clone());
    } else {
        work.node(&mut changed, true);
        if only.is_some_and(|only| only.among as usize != work.met) {
            return Err(Reason::Ambiguous);
        }
        if let Some(fault) = work.fault {
            return Err(fault);
        }
        if !work.found {
            return Err(Reason::PhraseNotFound);
        }
    }
    *node = changed;
    Ok(work.ids)
}

/// A place where words stand, with what stands around them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Occurrence {
    /// What stands before.
    pub before: String,
    /// The words as they stand there.
    pub words: String,
    /// What stands behind.
    pub after: String,
}

/// Letters shown on either side of an occurrence.
const AROUND: usize = 60;

impl Occurrence {
    fn of(text: &str, start: usize, len: usize) -> Self {
        let (before, rest) = text.split_at_checked(start).unwrap_or((text, ""));
        let (words, after) = rest.split_at_checked(len).unwrap_or((rest, ""));
        let from = before.char_indices().rev().nth(AROUND).map_or(0, |(at, _)| at);
        Self {
            before: before.get(from..).unwrap_or_default().to_owned(),
            words: words.to_owned(),
            after: after.chars().take(AROUND).collect(),
        }
    }
}

/// Where the words of an operation stand in a provision, in the order in which places are chosen.
pub(super) fn occurrences(node: &Node, portion: Portion, operation: &Operation) -> Vec<Occurrence> {
    let mut copy = node.clone();
    if let Operation::AddPhrase(addition) = operation {
        let mut texts = Vec::new();
        paras(&mut copy, portion, &mut texts);
        let found = found(&texts, addition).into_iter();
        return found
            .filter_map(|(place, start, len)| Some(Occurrence::of(&texts.get(place)?.text, start, len)))
            .collect();
    }
    let mut work = Work::of(operation, portion, None);
    work.shown = Some(Vec::new());
    work.node(&mut copy, true);
    work.shown.unwrap_or_default()
}

struct Work<'a> {
    operation: &'a Operation,
    portion: Portion,
    /// The places that were chosen; `None`: all.
    only: Option<&'a Places>,
    /// How many places were met.
    met: usize,
    /// The places met, where they are asked for.
    shown: Option<Vec<Occurrence>>,
    ids: Vec<String>,
    /// Whether any of the phrases was met: a list of words and a list of places do not say which
    /// word stands in which place.
    found: bool,
    fault: Option<Reason>,
}

impl<'a> Work<'a> {
    fn of(operation: &'a Operation, portion: Portion, only: Option<&'a Places>) -> Self {
        Self {
            operation,
            portion,
            only,
            met: 0,
            shown: None,
            ids: Vec::new(),
            found: false,
            fault: None,
        }
    }

    /// The places of words in a paragraph that are meant, the last one first.
    fn meant(&mut self, text: &str, words: &str) -> Vec<Hit> {
        let hits = hits(text, words);
        self.found |= !hits.is_empty();
        if let Some(shown) = &mut self.shown {
            shown.extend(hits.iter().map(|hit| Occurrence::of(text, hit.start, hit.len)));
        }
        let mut meant = Vec::with_capacity(hits.len());
        for hit in hits {
            self.met += 1;
            if self.only.is_none_or(|only| is_chosen(only, self.met)) {
                meant.push(hit);
            }
        }
        meant.reverse();
        meant
    }

    fn node(&mut self, node: &mut Node, top: bool) {
        let before = (node.provision.heading.clone(), node.provision.blocks.clone());
        if self.portion != Portion::Opening
            && let Some(heading) = &mut node.provision.heading
        {
            let mut para = Para {
                text: heading.clone(),
                marks: std::mem::take(&mut node.provision.heading_marks),
                ..Para::default()
            };
            self.para(&mut para);
            *heading = para.text;
            node.provision.heading_marks = para.marks;
        }
        if self.portion != Portion::Title {
            let only = match self.portion {
                Portion::Paragraph(number) if top => Some(usize::from(number).saturating_sub(1)),
                _ => None,
            };
            for (place, block) in node.provision.blocks.iter_mut().enumerate() {
                if only.is_none_or(|only| only == place) {
                    self.block(block);
                }
            }
        }
        if before != (node.provision.heading.clone(), node.provision.blocks.clone()) {
            self.ids.push(node.provision.id.clone());
        }
        if self.portion == Portion::Whole {
            node.below.iter_mut().for_each(|child| self.node(child, false));
        }
    }

    fn block(&mut self, block: &mut Block) {
        match block {
            Block::Para(para) => self.para(para),
            Block::Quote(quote) => quote.blocks.iter_mut().for_each(|block| self.block(block)),
            Block::Table(table) => {
                let cells = table.rows.iter_mut().flat_map(|row| &mut row.cells);
                cells
                    .flat_map(|cell| &mut cell.paras)
                    .for_each(|para| self.para(para));
            }
        }
    }

    fn para(&mut self, para: &mut Para) {
        match self.operation {
            Operation::ReplacePhrase(pairs) => {
                for pair in pairs {
                    for Hit { start, len, capital } in self.meant(&para.text, &pair.old) {
                        let new = if capital {
                            capitalised(&pair.new)
                        } else {
                            pair.new.clone()
                        };
                        splice(para, start, len, &new);
                    }
                }
            }
            Operation::DropPhrase(words) => {
                for word in words {
                    for Hit { start, len, capital } in self.meant(&para.text, word) {
                        if !take_out(para, start, len, capital) {
                            self.fault = Some(Reason::Remainder);
                        }
                    }
                }
            }
            _ => {}
        }
    }
}

/// Puts `new` for `len` bytes at `start` and moves the marks.
fn splice(para: &mut Para, start: usize, len: usize, new: &str) {
    if para.text.get(start..start + len).is_none() {
        return;
    }
    para.text.replace_range(start..start + len, new);
    let end = start + len;
    let moved = |edge: u32| {
        let edge = edge as usize;
        let place = if edge <= start {
            edge
        } else if edge >= end {
            edge - len + new.len()
        } else {
            start
        };
        u32::try_from(place).unwrap_or(u32::MAX)
    };
    let marks = std::mem::take(&mut para.marks).into_iter();
    para.marks = marks
        .map(|mark| Mark {
            start: moved(mark.start),
            end: moved(mark.end),
            kind: mark.kind,
        })
        .filter(|mark| mark.start < mark.end)
        .collect();
}

/// Takes words out with the space and the comma that belonged to them. False where what
/// remains would break off ("A và .", "(, B)").
fn take_out(para: &mut Para, start: usize, len: usize, capital: bool) -> bool {
    splice(para, start, len, "");
    let head = para.text.get(..start).unwrap_or_default();
    let tail = para.text.get(start..).unwrap_or_default();
    let kept = head.trim_end().len();
    let rest = tail.len() - tail.trim_start().len();
    let (before, after) = (head.trim_end(), tail.trim_start());
    let stop = |text: &str| text.is_empty() || text.starts_with([',', ';', '.', ':', ')']);
    let dangling = [
        "và", "hoặc", "của", "tại", "theo", "với", "là", "do", "cho", "các", "về",
    ]
    .iter()
    .any(|word| before.ends_with(&format!(" {word}")));
    let opens = before.is_empty() || before.ends_with(['(', ';', ':']);
    let lone = ["và ", "hoặc ", ", "].iter().any(|word| after.starts_with(word));
    if (stop(after) && dangling) || (opens && lone) || (before.ends_with(',') && after.starts_with("và ,")) {
        return false;
    }
    let comma = before.ends_with(',') && stop(after) && !after.is_empty();
    let from = if comma { before.len() - 1 } else { kept };
    let space = if before.is_empty() || stop(after) || before.ends_with('(') {
        ""
    } else {
        " "
    };
    splice(para, from, start + rest - from, space);
    if capital {
        let upper = capitalised(&para.text);
        if upper.len() == para.text.len() {
            para.text = upper;
        }
    }
    true
}

fn is_chosen(only: &Places, number: usize) -> bool {
    only.chosen.iter().any(|one| *one as usize == number)
}

/// Where the words beside which others are added stand: paragraph, first byte, length.
fn found(places: &[&mut Para], addition: &Addition) -> Vec<(usize, usize, usize)> {
    let (Side::After(words) | Side::Before(words)) = &addition.side else {
        return Vec::new();
    };
    let each = places.iter().enumerate().flat_map(|(place, para)| {
        let hits = hits(&para.text, words).into_iter();
        hits.map(move |hit| (place, hit.start, hit.len))
    });
    each.collect()
}

/// Adds words at one place, or at those that were chosen.
fn add(node: &mut Node, portion: Portion, addition: &Addition, only: Option<&Places>) -> Result<(), Reason> {
    let mut places: Vec<&mut Para> = Vec::new();
    paras(node, portion, &mut places);
    match &addition.side {
        Side::End => return at_end(places.pop().ok_or(Reason::UnknownTarget)?, &addition.words),
        Side::Start => {
            return at_start(
                places.into_iter().next().ok_or(Reason::UnknownTarget)?,
                &addition.words,
            );
        }
        Side::After(_) | Side::Before(_) => {}
    }
    let found = found(&places, addition);
    match (found.len(), only) {
        (0, _) => return Err(Reason::PhraseNotFound),
        (1, None) => {}
        (count, Some(only)) if only.among as usize == count => {}
        _ => return Err(Reason::Ambiguous),
    }
    let glued = addition.words.starts_with([',', ';', '.']);
    for (number, (place, start, len)) in found.into_iter().enumerate().rev() {
        if only.is_some_and(|only| !is_chosen(only, number + 1)) {
            continue;
        }
        let para = places.get_mut(place).ok_or(Reason::PhraseNotFound)?;
        if matches!(addition.side, Side::After(_)) {
            let space = if glued { "" } else { " " };
            splice(para, start + len, 0, &format!("{space}{}", addition.words));
        } else {
            splice(para, start, 0, &format!("{} ", addition.words));
        }
    }
    Ok(())
}

fn paras<'n>(node: &'n mut Node, portion: Portion, out: &mut Vec<&'n mut Para>) {
    if portion == Portion::Title {
        return;
    }
    for block in &mut node.provision.blocks {
        if let Block::Para(para) = block {
            out.push(para);
        }
    }
    if portion == Portion::Whole {
        node.below.iter_mut().for_each(|child| paras(child, portion, out));
    }
}

/// Before the first words, whose capital goes over.
fn at_start(para: &mut Para, words: &str) -> Result<(), Reason> {
    let mut chars = para.text.chars();
    let first = chars.next().ok_or(Reason::UnknownTarget)?;
    if first.is_uppercase() && words.starts_with(char::is_uppercase) {
        let lower: String = first.to_lowercase().collect();
        splice(para, 0, first.len_utf8(), &lower);
    }
    splice(para, 0, 0, &format!("{words} "));
    Ok(())
}

/// Behind the last words, before the stop that ends them.
fn at_end(para: &mut Para, words: &str) -> Result<(), Reason> {
    let end = para.text.trim_end_matches(['.', ';', ' ']).len();
    let space = if words.starts_with([',', ';', '.']) {
        ""
    } else {
        " "
    };
    splice(para, end, 0, &format!("{space}{words}"));
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_taken_out_with_their_comma() {
        for (text, words, wanted) in [
            (
                "chiến lược, chính sách, quy hoạch, kế hoạch",
                "quy hoạch,",
                Some("chiến lược, chính sách, kế hoạch"),
            ),
            (
                "chiến lược, quy hoạch, kế hoạch;",
                "quy hoạch",
                Some("chiến lược, kế hoạch;"),
            ),
            (
                "quy hoạch và kế hoạch phát triển",
                "quy hoạch và",
                Some("kế hoạch phát triển"),
            ),
            ("chiến lược và quy hoạch.", "quy hoạch", None),
            ("Nơi đăng ký hộ khẩu (hộ khẩu)", "hộ khẩu", Some("Nơi đăng ký ()")),
        ] {
            let mut para = Para {
                text: text.to_owned(),
                ..Para::default()
            };
            let mut whole = true;
            for Hit { start, len, capital } in hits(text, words).into_iter().rev() {
                whole &= take_out(&mut para, start, len, capital);
            }
            assert_eq!(whole.then_some(para.text.as_str()), wanted, "{text}");
        }
    }
}
