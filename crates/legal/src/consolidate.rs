//! The text of an act with amendments applied: a pure function of the text as passed and of
//! what other acts do to it.
//!
//! Instructions are taken in the order of the day on which they hold, then of the day on which
//! their act was passed, then of its number, then as they stand in it. What cannot be placed
//! with certainty is not applied; it is an [`Outcome`] with its [`Reason`], and the provisions
//! it is about carry a [`Flag`].
//!
//! What is repealed keeps its number and reads "(được bãi bỏ)", as in official consolidated
//! texts (Pháp lệnh 01/2012/UBTVQH13).

mod apply;
mod begin;
mod beside;
mod check;
mod clauses;
mod decide;
mod exchange;
mod find;
mod order;
mod pieces;
mod range;
mod replace;
mod rows;
mod splice;
mod tree;
mod unmet;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::amend::{Instruction, Operation, Reason, Refusal};
use crate::model::{ActText, ProvisionKind};

pub use begin::{Moved, moved};
pub use decide::{Decision, Order, Verdict, candidates, places};
pub use exchange::Occurrence;
pub use order::{Amending, aims_at};
pub use pieces::label;

/// What is printed for text that was repealed.
pub const REPEALED: &str = "(được bãi bỏ)";

/// An act's text on a day, and how it came about.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Expression {
    /// The text.
    pub text: ActText,
    /// What came of every instruction, in the order of application.
    pub outcomes: Vec<Outcome>,
    /// Provisions that are in doubt.
    pub flags: Vec<Flag>,
}

/// What came of one instruction.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outcome {
    /// Number of the amending act.
    pub by: String,
    /// Number of the instruction in that act; `None` for a sentence that was not read.
    pub instruction: Option<u32>,
    /// The sentence.
    pub sentence: String,
    /// The provision of the amending act that says so.
    pub at: String,
    /// First day on which it holds, where known.
    pub on: Option<Date>,
    /// What was read there, by name, where it was given one.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub seen: String,
    /// What was done.
    pub result: Applied,
}

/// What was done with an instruction.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase", tag = "result")]
pub enum Applied {
    /// These provisions changed; ids in the resulting text, none: the act as a whole.
    Changed {
        /// Ids.
        provisions: Vec<String>,
        /// What happened to them.
        how: Change,
    },
    /// Nothing was done.
    Refused {
        /// Why.
        reason: Reason,
        /// Provisions of the act that the sentence seems to be about.
        about: Vec<String>,
    },
}

/// What happened to a provision.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Change {
    /// sửa đổi, bổ sung
    Amended,
    /// bổ sung
    Inserted,
    /// bãi bỏ
    Repealed,
    /// hết hiệu lực, its words stay
    Lapsed,
    /// ngưng hiệu lực
    Suspended,
    /// có hiệu lực trở lại
    Resumed,
    /// lùi thời điểm có hiệu lực: it holds from that day
    Postponed,
    /// kéo dài thời hạn áp dụng: it ends on that day
    Extended,
    /// đổi số
    Renumbered,
}

impl Change {
    /// Whether words changed, and not only the time for which they hold.
    #[must_use]
    pub fn is_worded(self) -> bool {
        matches!(
            self,
            Self::Amended | Self::Inserted | Self::Repealed | Self::Renumbered
        )
    }
}

/// A provision in doubt.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Flag {
    /// Id in the resulting text; `None`: the act as a whole.
    pub provision: Option<String>,
    /// Why.
    pub reason: Reason,
    /// Number of the amending act.
    pub by: String,
    /// What it says.
    pub sentence: String,
}

/// The text of `base` on `day`, or with everything applied where no day is given.
#[must_use]
pub fn consolidate(base: &ActText, amending: &[Amending], day: Option<Date>) -> Expression {
    let mut run = Run::of(base);
    for turn in order::turns(amending, day) {
        run.take(&turn);
    }
    run.end(base)
}

/// Everything applied, and the text from each day on which provisions change, earliest first: what
/// [`consolidate`] gives for each of these days, in one pass.
#[must_use]
pub fn consolidate_each(base: &ActText, amending: &[Amending]) -> (Expression, Vec<(Date, ActText)>) {
    let mut run = Run::of(base);
    let mut texts: Vec<(Date, ActText)> = Vec::new();
    // A day whose text changed, not yet kept: the last one is the end.
    let mut open: Option<Date> = None;
    for turn in order::turns(amending, None) {
        if let Some(day) = open.filter(|day| turn.on != Some(*day)) {
            texts.push((day, run.text(base)));
            open = None;
        }
        let changes = run.take(&turn);
        open = open.or(turn.on.filter(|_| changes));
    }
    let all = run.end(base);
    texts.extend(open.map(|day| (day, all.text.clone())));
    (all, texts)
}

/// What has been applied so far.
struct Run<'a> {
    tree: tree::Tree,
    outcomes: Vec<Outcome>,
    flags: Vec<Flag>,
    unmet: unmet::Unmet<'a>,
    /// First day on which the act holds, as far as it is known by now.
    begins: Option<Date>,
}

impl<'a> Run<'a> {
    fn of(base: &ActText) -> Self {
        Self {
            tree: tree::Tree::of(base),
            outcomes: Vec::new(),
            flags: Vec::new(),
            unmet: unmet::Unmet::default(),
            begins: base.metadata.in_force,
        }
    }

    /// Whether an act that puts this one off came in time: what holds already cannot begin later.
    fn is_in_time(&self, act: &Amending, to: Option<Date>) -> bool {
        let said = act.in_force.or(act.issued);
        self.begins
            .is_none_or(|day| said.is_some_and(|said| said <= day) && to > Some(day))
    }

    /// Takes one turn; true where it changed provisions.
    fn take(&mut self, turn: &order::Turn<'a>) -> bool {
        let late = |to| !self.is_in_time(turn.act, to);
        let put_off = |one: &Instruction| one.operation == Operation::Postpone && late(one.in_force);
        let too_late = matches!(turn.what, order::What::Instruction(one) if put_off(one));
        let Self {
            tree,
            outcomes,
            flags,
            unmet,
            begins,
        } = self;
        match turn.what {
            order::What::Instruction(instruction) => {
                // The day of passing stands in for a change of words, never for one of time.
                let dated = instruction.in_force.or(turn.act.in_force).is_some();
                let of_time = instruction.is_end() || instruction.is_of_time();
                let result = if of_time && !dated {
                    Err(Reason::NoDay)
                } else if too_late {
                    Err(Reason::Postponed)
                } else {
                    tree.exact = instruction.decided;
                    let done = range::apply(tree, instruction);
                    done.map(|done| day_doubts(done, instruction, dated))
                };
                tree.exact = false;
                let moves = |done: &apply::Done| done.how == Change::Postponed && done.provisions.is_empty();
                if result.as_ref().is_ok_and(moves) {
                    *begins = instruction.in_force;
                }
                let changes = result.as_ref().is_ok_and(|done| !done.provisions.is_empty());
                unmet.note(turn.act, instruction, result.as_ref().ok());
                note(tree, outcomes, flags, turn.act, instruction, turn.on, result);
                changes
            }
            order::What::Refusal(refusal) => {
                refused(tree, outcomes, flags, turn.act, refusal, turn.on);
                false
            }
        }
    }

    /// The text as it stands.
    fn text(&self, base: &ActText) -> ActText {
        let mut tree = self.tree.clone();
        check::mend(&mut tree, &mut Vec::new());
        check::punctuate(&mut tree);
        tree.text(base)
    }

    fn end(mut self, base: &ActText) -> Expression {
        self.flags.extend(self.unmet.flags());
        check::mend(&mut self.tree, &mut self.flags);
        check::punctuate(&mut self.tree);
        Expression {
            text: self.tree.text(base),
            outcomes: self.outcomes,
            flags: self.flags,
        }
    }
}

/// What was done on a day that is in doubt.
fn day_doubts(mut done: apply::Done, instruction: &Instruction, dated: bool) -> apply::Done {
    let doubt = match (dated, instruction.day_doubted) {
        (false, _) => Some(Reason::NoDay),
        (true, true) => Some(Reason::DayByMatter),
        (true, false) => None,
    };
    if let Some(reason) = doubt.filter(|_| !instruction.decided) {
        let place = done.provisions.first().cloned().unwrap_or_default();
        done.doubts.push((place, reason));
    }
    done
}

fn note(
    tree: &mut tree::Tree,
    outcomes: &mut Vec<Outcome>,
    flags: &mut Vec<Flag>,
    act: &Amending,
    instruction: &Instruction,
    on: Option<Date>,
    result: Result<apply::Done, Reason>,
) {
    let result = match result {
        Ok(done) => {
            // What only lost its force keeps the words that it had.
            for id in done.provisions.iter().filter(|_| done.how.is_worded()) {
                tree.touch(id, &act.number);
            }
            flags.extend(done.doubts.into_iter().map(|(id, reason)| Flag {
                provision: Some(id).filter(|id| !id.is_empty()),
                reason,
                by: act.number.clone(),
                sentence: instruction.source.sentence.clone(),
            }));
            Applied::Changed {
                provisions: done.provisions,
                how: done.how,
            }
        }
        Err(reason) => {
            let about: Vec<String> = instruction
                .target
                .provision
                .iter()
                .filter_map(|id| tree.nearest(id))
                .collect();
            flag(flags, &about, reason, act, &instruction.source.sentence);
            Applied::Refused { reason, about }
        }
    };
    outcomes.push(Outcome {
        by: act.number.clone(),
        instruction: Some(instruction.number),
        sentence: instruction.source.sentence.clone(),
        at: instruction.source.at.clone(),
        on,
        seen: instruction.source.seen.clone(),
        result,
    });
}

fn refused(
    tree: &tree::Tree,
    outcomes: &mut Vec<Outcome>,
    flags: &mut Vec<Flag>,
    act: &Amending,
    refusal: &Refusal,
    on: Option<Date>,
) {
    let targets = refusal
        .targets
        .iter()
        .filter_map(|target| target.provision.as_deref());
    let mut about: Vec<String> = targets.filter_map(|id| tree.nearest(id)).collect();
    about.dedup();
    flag(flags, &about, refusal.reason, act, &refusal.source.sentence);
    outcomes.push(Outcome {
        by: act.number.clone(),
        instruction: None,
        sentence: refusal.source.sentence.clone(),
        at: refusal.source.at.clone(),
        on,
        seen: refusal.source.seen.clone(),
        result: Applied::Refused {
            reason: refusal.reason,
            about,
        },
    });
}

fn flag(flags: &mut Vec<Flag>, about: &[String], reason: Reason, act: &Amending, sentence: &str) {
    let one = |provision| Flag {
        provision,
        reason,
        by: act.number.clone(),
        sentence: sentence.to_owned(),
    };
    if about.is_empty() {
        flags.push(one(None));
    }
    flags.extend(about.iter().map(|id| one(Some(id.clone()))));
}

impl Expression {
    /// Flags on an article or on anything below it, and on a group that holds it.
    pub fn flags_of<'a>(&'a self, article: &'a str) -> impl Iterator<Item = &'a Flag> {
        let groups = self.groups_of(article);
        self.flags.iter().filter(move |flag| {
            flag.provision.as_deref().is_some_and(|id| {
                id == article
                    || id
                        .strip_prefix(article)
                        .is_some_and(|rest| rest.starts_with("__"))
                    || groups.iter().any(|group| group == id)
            })
        })
    }

    fn groups_of(&self, article: &str) -> Vec<String> {
        let parent = |id: &str| {
            let provision = self.text.provisions.iter().find(|provision| provision.id == id)?;
            provision.parent.clone()
        };
        let mut groups = Vec::new();
        let mut place = parent(article);
        while let Some(id) = place {
            place = parent(&id);
            groups.push(id);
        }
        groups
    }

    /// Ids of the articles of the text, in order.
    pub fn articles(&self) -> impl Iterator<Item = &str> {
        let provisions = self.text.provisions.iter();
        provisions
            .filter(|one| one.kind == ProvisionKind::Article)
            .map(|one| one.id.as_str())
    }
}
