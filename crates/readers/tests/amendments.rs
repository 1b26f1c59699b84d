//! Amending sentences of the real set: each becomes an instruction or a refusal with its reason.

mod support;

use std::collections::{BTreeMap, HashSet};

use legal::amend::{Operation, read};
use legal::model::{ActText, Block, Language};
use readers::Outcome;
use readers::archive::{Limits, walk};
use support::shared;

/// Share of the amending sentences that must be read or refused with a reason.
const BAR: f64 = 0.98;

/// Words with which an amending sentence begins, told without the reader that is tested.
const BEGINS: [&str; 12] = [
    "sửa đổi",
    "bổ sung",
    "bãi bỏ",
    "hủy bỏ",
    "huỷ bỏ",
    "thay thế",
    "thay cụm",
    "thay từ",
    "bỏ cụm",
    "bỏ từ",
    "bỏ khoản",
    "bỏ điểm",
];

#[derive(Default)]
struct Tally {
    acts: u32,
    instructions: u32,
    refusals: u32,
    missed: u32,
    kinds: BTreeMap<&'static str, u32>,
    reasons: BTreeMap<String, u32>,
}

impl Tally {
    fn add(&mut self, act: &ActText) {
        let reading = read(act);
        self.acts += u32::from(!reading.instructions.is_empty());
        self.instructions += u32::try_from(reading.instructions.len()).unwrap_or(u32::MAX);
        self.refusals += u32::try_from(reading.refusals.len()).unwrap_or(u32::MAX);
        for one in &reading.instructions {
            *self.kinds.entry(kind(&one.operation)).or_default() += 1;
        }
        for one in &reading.refusals {
            *self.reasons.entry(format!("{:?}", one.reason)).or_default() += 1;
        }
        let spoken: HashSet<&str> = reading
            .instructions
            .iter()
            .map(|one| one.source.at.as_str())
            .chain(reading.refusals.iter().map(|one| one.source.at.as_str()))
            .collect();
        for provision in &act.provisions {
            let below = format!("{}__", provision.id);
            let said = spoken
                .iter()
                .any(|at| *at == provision.id || at.starts_with(&below));
            let sentences = provision.blocks.iter().filter(|block| amends(block)).count();
            if !said {
                self.missed += u32::try_from(sentences).unwrap_or(u32::MAX);
            }
        }
    }
}

fn kind(operation: &Operation) -> &'static str {
    match operation {
        Operation::Replace => "replace",
        Operation::Insert(_) => "insert",
        Operation::Repeal => "repeal",
        Operation::Lapse => "lapse",
        Operation::Suspend => "suspend",
        Operation::Resume => "resume",
        Operation::Postpone => "postpone",
        Operation::Extend => "extend",
        Operation::ReplacePhrase(_) => "replace words",
        Operation::DropPhrase(_) => "drop words",
        Operation::AddPhrase(_) => "add words",
        Operation::Renumber(_) => "renumber",
        Operation::Only(_) => "decided",
    }
}

fn amends(block: &Block) -> bool {
    let Block::Para(para) = block else { return false };
    let text = para.text.to_lowercase();
    let names = ["điều ", "khoản ", "điểm ", "cụm từ", "chương ", "mục "]
        .iter()
        .any(|word| text.contains(word));
    let passive = text.contains("được sửa đổi, bổ sung như sau") || text.contains("được bổ sung như sau");
    BEGINS.iter().any(|word| text.starts_with(word)) && names || passive
}

#[test]
fn amending_sentences_become_instructions_or_refusals() -> Result<(), Box<dyn std::error::Error>> {
    let Some(shared) = shared() else {
        println!("skipped: the real data is not here");
        return Ok(());
    };
    let path = shared.join("data/acts/html.tar.zst");
    let mut tally = Tally::default();
    let packed = std::fs::read(&path)?;
    walk(
        &path.to_string_lossy(),
        &packed,
        &Limits::default(),
        &mut |name, bytes| {
            for item in readers::read(name, &bytes).items {
                if let Outcome::Act(act) = item.outcome
                    && act.language == Language::Vi
                {
                    tally.add(&act);
                }
            }
        },
    )?;
    let (read, missed) = (tally.instructions + tally.refusals, tally.missed);
    println!(
        "{} acts amend; {} instructions {:?}",
        tally.acts, tally.instructions, tally.kinds
    );
    println!(
        "{} refusals {:?}; {missed} sentences gave neither",
        tally.refusals, tally.reasons
    );
    assert!(tally.acts > 150, "the whole set is read");
    assert!(
        f64::from(read) >= BAR * f64::from(read + missed),
        "{read} read, {missed} missed"
    );
    Ok(())
}
