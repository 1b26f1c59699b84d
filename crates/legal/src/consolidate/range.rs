//! "Điều 5 đến Điều 8" where the act has a Điều 5a: what was put in between belongs to the range.

use std::sync::LazyLock;

use regex::Regex;

use super::apply::{self, Done};
use super::tree::Tree;
use crate::amend::{Instruction, Key, Operation, Portion, Reason};

static RANGE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)\b(?P<from>\d{1,3})\s+đến\s+(?:hết\s+)?(?:(?:điều|khoản)\s+)?(?P<to>\d{1,3})\b")
        .expect("fixed pattern")
});

/// Carries out an instruction. As the last or a later one of a range it is also about what stands
/// between its provision and the one before it: that is done and flagged, or where the new text
/// has no words for it, only flagged.
pub(super) fn apply(tree: &mut Tree, instruction: &Instruction) -> Result<Done, Reason> {
    let mut done = apply::apply(tree, instruction)?;
    for id in between(tree, instruction) {
        match instruction.operation {
            Operation::Replace => done.doubts.push((id, Reason::InRange)),
            Operation::Insert(_) | Operation::Renumber(_) | Operation::Only(_) | Operation::AddPhrase(_) => {}
            _ => {
                let mut own = instruction.clone();
                own.target.provision = Some(id.clone());
                // What is named beside the range has its own instruction; words need not stand there.
                if let Ok(more) = apply::apply(tree, &own) {
                    done.provisions.extend(more.provisions);
                    done.doubts.push((id, Reason::InRange));
                }
            }
        }
    }
    Ok(done)
}

/// Provisions with a letter between the one before in the range and this one: "5a", "5b" before 6.
fn between(tree: &mut Tree, instruction: &Instruction) -> Vec<String> {
    let target = &instruction.target;
    let mut found = || {
        let id = target
            .provision
            .as_deref()
            .filter(|_| target.portion == Portion::Whole && !instruction.decided)?;
        let number: u32 = Key::of(id)?.number.parse().ok()?;
        let sentence = &instruction.source.sentence;
        let in_range = RANGE.captures_iter(sentence).any(|ends| {
            let end = |name| ends.name(name).and_then(|end| end.as_str().parse::<u32>().ok());
            end("from")
                .zip(end("to"))
                .is_some_and(|(from, to)| from < number && number <= to)
        });
        let stem = id.strip_suffix(&number.to_string()).filter(|_| in_range)?;
        let before = format!("{stem}{}", number - 1);
        let (part, path) = tree.find(id).ok()?;
        let (_, above) = path.split_last()?;
        let beside = tree.below(&(part, above.to_vec()))?.iter();
        let beside = beside.map(|node| node.provision.id.clone());
        let lettered = beside.filter(|one| {
            one.strip_prefix(before.as_str())
                .is_some_and(|rest| !rest.is_empty() && rest.chars().all(char::is_alphabetic))
        });
        Some(lettered.collect::<Vec<String>>())
    };
    found().unwrap_or_default()
}
