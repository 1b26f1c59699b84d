//! Words that a sentence exchanges and that stand in none of the places it names.

use crate::amend::{Instruction, Operation, Reason, Source};

use super::apply::Done;
use super::{Amending, Flag};

/// Sentences about several words, with those that were not met yet.
#[derive(Default)]
pub(super) struct Unmet<'a>(Vec<Asked<'a>>);

struct Asked<'a> {
    act: &'a Amending,
    source: &'a Source,
    words: Vec<&'a str>,
    /// The first provision that the sentence changed; none: it is refused and told of as a whole.
    place: Option<String>,
}

impl<'a> Unmet<'a> {
    /// Notes what an instruction met. Those of one sentence follow each other.
    pub(super) fn note(&mut self, act: &'a Amending, instruction: &'a Instruction, done: Option<&Done>) {
        let words = words(&instruction.operation);
        if words.len() < 2 {
            return;
        }
        let source = &instruction.source;
        let known = self.0.last().is_some_and(|asked| {
            asked.act.number == act.number
                && (&asked.source.at, &asked.source.span) == (&source.at, &source.span)
        });
        if !known {
            let place = None;
            self.0.push(Asked {
                act,
                source,
                words,
                place,
            });
        }
        if let (Some(asked), Some(done)) = (self.0.last_mut(), done) {
            asked.words.retain(|word| done.met.iter().all(|met| met != word));
            if asked.place.is_none() {
                asked.place = done.provisions.first().cloned();
            }
        }
    }

    /// A flag for every sentence some of whose words stand nowhere.
    pub(super) fn flags(self) -> impl Iterator<Item = Flag> + use<'a> {
        let left = self.0.into_iter();
        left.filter(|asked| asked.place.is_some() && !asked.words.is_empty())
            .map(|asked| Flag {
                provision: asked.place,
                reason: Reason::PhraseNotFound,
                by: asked.act.number.clone(),
                sentence: asked.source.sentence.clone(),
            })
    }
}

fn words(operation: &Operation) -> Vec<&str> {
    match operation {
        Operation::ReplacePhrase(pairs) => pairs.iter().map(|pair| pair.old.as_str()).collect(),
        Operation::DropPhrase(words) => words.iter().map(String::as_str).collect(),
        _ => Vec::new(),
    }
}
