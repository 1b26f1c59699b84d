//! Words exchanged, taken out and added inside provisions.

use crate::amend::{Exchange, Operation, Places, Portion, Reason};
use crate::model::{Block, Para};

use super::Change;
use super::apply::Done;
use super::beside;
use super::find::{Hit, capitalised, hits};
use super::splice::{Taken, splice, take_out};
use super::tree::Node;

/// What was done to words.
#[derive(Default)]
pub(super) struct Worked {
    /// Ids of what changed.
    pub ids: Vec<String>,
    /// Those from which a comma went with the words.
    pub commas: Vec<String>,
    /// Which of the words asked for stood there.
    pub met: Vec<String>,
}

impl Worked {
    /// Adds what was done elsewhere.
    pub(super) fn take(&mut self, other: Self) {
        self.ids.extend(other.ids);
        self.commas.extend(other.commas);
        self.met.extend(other.met);
    }

    pub(super) fn done(self) -> Done {
        let doubts = self.commas.into_iter().map(|id| (id, Reason::LooseComma));
        Done {
            doubts: doubts.collect(),
            met: self.met,
            ..Done::of(self.ids, Change::Amended)
        }
    }
}

/// Changes words in a provision and all below it.
/// Nothing changes where the words are not there, or what would remain is no sentence.
pub(super) fn within(node: &mut Node, portion: &Portion, operation: &Operation) -> Result<Worked, Reason> {
    let mut changed = node.clone();
    let (only, operation) = match operation {
        Operation::Only(places) => (Some(places), places.what.as_ref()),
        other => (None, other),
    };
    if let Operation::AddPhrase(addition) = operation {
        beside::add(&mut changed, portion, addition, only)?;
        *node = changed;
        return Ok(Worked {
            ids: vec![node.provision.id.clone()],
            ..Worked::default()
        });
    }
    let mut work = Work::of(operation, portion, only);
    work.node(&mut changed, true);
    let done = work.finish()?;
    *node = changed;
    Ok(done)
}

/// Changes words in text that is no provision, told of as `id`.
pub(super) fn in_blocks(id: &str, blocks: &mut Vec<Block>, operation: &Operation) -> Result<Worked, Reason> {
    let mut work = Work::of(operation, &Portion::Whole, None);
    let mut changed = blocks.clone();
    work.here = id.to_owned();
    changed.iter_mut().for_each(|block| work.block(block));
    if changed != *blocks {
        work.done.ids.push(id.to_owned());
    }
    let done = work.finish()?;
    *blocks = changed;
    Ok(done)
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
pub(super) fn occurrences(node: &Node, portion: &Portion, operation: &Operation) -> Vec<Occurrence> {
    let mut copy = node.clone();
    if let Operation::AddPhrase(addition) = operation {
        let found = beside::occurrences(&mut copy, portion, addition);
        return found
            .iter()
            .map(|(text, start, len)| Occurrence::of(text, *start, *len))
            .collect();
    }
    let mut work = Work::of(operation, portion, None);
    work.shown = Some(Vec::new());
    work.node(&mut copy, true);
    work.shown.unwrap_or_default()
}

struct Work<'a> {
    operation: &'a Operation,
    portion: &'a Portion,
    /// The places that were chosen; `None`: all.
    only: Option<&'a Places>,
    /// How many places were met.
    met: usize,
    /// The places met, where they are asked for.
    shown: Option<Vec<Occurrence>>,
    /// The provision that is being changed.
    here: String,
    /// What was done. Any of the words met is enough: a list of words and a list of places do not
    /// say which word stands in which place.
    done: Worked,
    fault: Option<Reason>,
}

impl<'a> Work<'a> {
    fn of(operation: &'a Operation, portion: &'a Portion, only: Option<&'a Places>) -> Self {
        Self {
            operation,
            portion,
            only,
            met: 0,
            shown: None,
            here: String::new(),
            done: Worked::default(),
            fault: None,
        }
    }

    fn finish(self) -> Result<Worked, Reason> {
        if self.only.is_some_and(|only| only.among as usize != self.met) {
            return Err(Reason::Ambiguous);
        }
        if let Some(fault) = self.fault {
            return Err(fault);
        }
        if self.done.met.is_empty() {
            return Err(Reason::PhraseNotFound);
        }
        Ok(self.done)
    }

    /// The places of words in a paragraph that are meant, the last one first.
    fn meant(&mut self, text: &str, words: &str) -> Vec<Hit> {
        let hits = hits(text, words);
        if !hits.is_empty() && !self.done.met.iter().any(|met| met == words) {
            self.done.met.push(words.to_owned());
        }
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
        self.here.clone_from(&node.provision.id);
        let before = (node.provision.heading.clone(), node.provision.blocks.clone());
        if *self.portion != Portion::Opening
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
        if *self.portion != Portion::Title {
            let only = match self.portion {
                Portion::Paragraph(number) if top => Some(usize::from(*number).saturating_sub(1)),
                _ => None,
            };
            for (place, block) in node.provision.blocks.iter_mut().enumerate() {
                if only.is_none_or(|only| only == place) {
                    self.block(block);
                }
            }
        }
        if before != (node.provision.heading.clone(), node.provision.blocks.clone()) {
            self.done.ids.push(node.provision.id.clone());
        }
        if *self.portion == Portion::Whole {
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
            Operation::ReplacePhrase(pairs) => self.exchange(para, pairs),
            Operation::DropPhrase(words) => words.iter().for_each(|word| self.drop(para, word)),
            _ => {}
        }
    }

    /// Exchanges all pairs at once: what one of them brings is no place for another, and the
    /// longer of two words that overlap is meant.
    fn exchange(&mut self, para: &mut Para, pairs: &[Exchange]) {
        let mut places: Vec<(Hit, &str)> = Vec::new();
        for pair in pairs {
            let hits = self.meant(&para.text, &pair.old).into_iter();
            let hits = hits.filter(|hit| !reads_so(&para.text, hit, pair));
            places.extend(hits.map(|hit| (hit, pair.new.as_str())));
        }
        places.sort_by_key(|(hit, _)| (hit.start, std::cmp::Reverse(hit.len)));
        let mut end = 0;
        places.retain(|(hit, _)| {
            let free = hit.start >= end;
            end = if free { hit.start + hit.len } else { end };
            free
        });
        for (Hit { start, len, capital }, new) in places.into_iter().rev() {
            let upper = capital.then(|| capitalised(new));
            splice(para, start, len, upper.as_deref().unwrap_or(new));
        }
    }

    fn drop(&mut self, para: &mut Para, words: &str) {
        for hit in self.meant(&para.text, words) {
            match take_out(para, &hit) {
                Taken::Clean => {}
                Taken::Comma if self.done.commas.contains(&self.here) => {}
                Taken::Comma => self.done.commas.push(self.here.clone()),
                Taken::Broken => self.fault = Some(Reason::Remainder),
            }
        }
    }
}

/// Whether the new words, which hold the old ones, stand there already ("A" to "A B", where "A B" stands).
fn reads_so(text: &str, hit: &Hit, pair: &Exchange) -> bool {
    pair.new.match_indices(&pair.old).any(|(at, _)| {
        let start = hit.start.checked_sub(at);
        let there = start.and_then(|start| text.get(start..start + pair.new.len()));
        pair.new != pair.old && there == Some(pair.new.as_str())
    })
}

pub(super) fn is_chosen(only: &Places, number: usize) -> bool {
    only.chosen.iter().any(|one| *one as usize == number)
}
