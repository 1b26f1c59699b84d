//! Instructions that end whole acts.

use jiff::civil::Date;

use crate::citations::{ActRef, Context};
use crate::model::Block;

use super::ends::{Ends, rank, rank_of_number};
use super::interpret::Deed;
use super::term::Term;
use super::terms::{self, Terms};
use super::walk::Walk;
use super::{Instruction, Operation, Portion, Reason, Source, Target};

/// Days of an instruction: the first on which it holds where that is not the day of its act, and
/// the first on which it no longer does.
pub(super) struct Time {
    pub(super) from: Option<Date>,
    pub(super) until: Option<Date>,
    /// It may be one of the matters that the act gives another day.
    pub(super) doubted: bool,
}

impl Walk<'_> {
    /// Writes down which acts a sentence ends.
    pub(super) fn end(&mut self, source: &Source, text: &str, ends: &Ends, term: &Term) {
        // "Tiếp tục thực hiện Nghị quyết số …": no day is moved.
        if ends.deed == Some(Deed::Extend) && !term.has_end() {
            return;
        }
        let part = |range: &std::ops::Range<usize>| text.get(range.clone()).unwrap_or_default();
        let terms = terms::read(
            part(&ends.lead),
            part(&ends.tail),
            ends.passive,
            &self.context(&source.at),
        );
        for act in &ends.acts {
            let target = match act {
                ActRef::This => self.own(),
                act => Some(self.names.resolve(act)).filter(|act| self.may_end(act)),
            };
            let Some(target) = target.map(whole) else { continue };
            let timed = ends.deed.as_ref().filter(|deed| deed.is_of_time());
            let made = match timed {
                Some(deed) => self.timed(source, deed, term, target.clone()),
                None => {
                    let made = self.ending(source, ends, &terms, act, target.clone());
                    made.map(|one| (one, None))
                }
            };
            match made {
                Ok((one, until)) if timed.is_some() => self.write(one, until),
                Ok((one, _)) => self.write_end(one, terms.until),
                Err(reason) => self.refuse(source.clone(), reason, vec![target]),
            }
        }
        for act in &ends.doubted {
            let act = self.names.resolve(act);
            if self.may_end(&act) {
                self.refuse(source.clone(), Reason::Titled, vec![whole(act)]);
            }
        }
    }

    /// Writes an end, and the later one of what keeps its force until a day.
    fn write_end(&mut self, instruction: Instruction, until: Option<Date>) {
        let later = until.into_iter().flat_map(|day| {
            let one = |id: &String| Instruction {
                operation: Operation::Lapse,
                target: Target {
                    provision: Some(id.clone()),
                    ..instruction.target.clone()
                },
                in_force: Some(day),
                except: Vec::new(),
                ..instruction.clone()
            };
            instruction.except.iter().map(one).collect::<Vec<_>>()
        });
        let later: Vec<Instruction> = later.collect();
        for one in std::iter::once(instruction).chain(later) {
            self.write(one, None);
        }
    }

    /// What changes the time for which a whole act holds, and the end of that time.
    fn timed(
        &self,
        source: &Source,
        deed: &Deed,
        term: &Term,
        target: Target,
    ) -> Result<(Instruction, Option<Date>), Reason> {
        let time = self.time_of(source, deed, term)?;
        let operation = match deed {
            Deed::Suspend => Operation::Suspend,
            Deed::Postpone => Operation::Postpone,
            _ => Operation::Extend,
        };
        let one = Instruction {
            number: 0,
            source: source.clone(),
            operation,
            target,
            text: Vec::new(),
            in_force: time.from,
            except: Vec::new(),
            day_doubted: time.doubted,
            decided: false,
        };
        Ok((one, time.until))
    }

    fn ending(
        &self,
        source: &Source,
        ends: &Ends,
        terms: &Terms,
        named: &ActRef,
        target: Target,
    ) -> Result<Instruction, Reason> {
        let operation = match ends.deed {
            Some(Deed::Remove) => Operation::Repeal,
            Some(Deed::Lapse) => Operation::Lapse,
            _ => return Err(Reason::Unread),
        };
        if let Some(reason) = terms.doubt {
            return Err(reason);
        }
        let own = *named == ActRef::This;
        if own && terms.day.is_none() {
            return Err(Reason::Condition);
        }
        let except = self.kept(terms, &target.act)?;
        let time = self.begun(source, terms.day)?;
        Ok(Instruction {
            number: 0,
            source: source.clone(),
            operation,
            target,
            text: Vec::new(),
            in_force: time.from,
            except,
            // It names the day on which the act as a whole begins.
            day_doubted: false,
            decided: false,
        })
    }

    /// The provisions of an act that keep their force.
    fn kept(&self, terms: &Terms, act: &ActRef) -> Result<Vec<String>, Reason> {
        let mut kept: Vec<(ActRef, String)> = terms.kept.clone();
        for id in &terms.told {
            let told = self
                .act
                .provisions
                .iter()
                .find(|one| one.id == *id)
                .ok_or(Reason::Exception)?;
            let [Block::Para(para)] = told.blocks.as_slice() else {
                return Err(Reason::Exception);
            };
            kept.extend(terms::kept_by(&para.text, &self.context(id)).ok_or(Reason::Exception)?);
        }
        let count = kept.len();
        let mine = kept
            .into_iter()
            .filter(|(of, _)| same(&self.names.resolve(of), act));
        let mine: Vec<String> = mine.map(|(_, id)| id).collect();
        if mine.is_empty() && count > 0 {
            return Err(Reason::Exception);
        }
        Ok(mine)
    }

    /// For which time a sentence holds that names provisions or acts.
    pub(super) fn time_of(&self, source: &Source, deed: &Deed, term: &Term) -> Result<Time, Reason> {
        if deed.is_of_time() && source.sentence.contains("trừ ") {
            return Err(Reason::Exception);
        }
        let (from, until) = match deed {
            Deed::Suspend => term.suspended()?,
            Deed::Postpone => (Some(term.begins()?), None),
            Deed::Extend => (Some(term.ends()?), None),
            _ => {
                let terms = self.terms_of(source, deed);
                (terms.doubt.map_or(Ok(terms.day), Err)?, None)
            }
        };
        let begun = self.begun(source, from)?;
        Ok(Time { until, ..begun })
    }

    /// The first day of a sentence: as it says, else as the act says of its provision.
    fn begun(&self, source: &Source, said: Option<Date>) -> Result<Time, Reason> {
        let own = match (said, self.days.day_of(&source.at)) {
            (None, Some(None)) => return Err(Reason::NoDay),
            (said, own) => said.or(own.flatten()),
        };
        Ok(Time {
            from: own,
            until: None,
            doubted: own.is_none() && self.days.by_matter,
        })
    }

    /// What a sentence that takes provisions away says of the day and of exceptions.
    fn terms_of(&self, source: &Source, deed: &Deed) -> Terms {
        if !matches!(deed, Deed::Remove | Deed::Lapse) {
            return Terms::default();
        }
        let tail = ["hết hiệu lực", "bị bãi bỏ", "được bãi bỏ"]
            .iter()
            .filter_map(|words| source.sentence.rfind(words).map(|at| at + words.len()))
            .max();
        let rest = tail.map_or(source.sentence.as_str(), |at| {
            source.sentence.get(at..).unwrap_or_default()
        });
        let terms = terms::read("", rest, tail.is_some(), &self.context(&source.at));
        let excepts = !terms.kept.is_empty() || !terms.told.is_empty();
        Terms {
            doubt: terms.doubt.or(excepts.then_some(Reason::Exception)),
            ..terms
        }
    }

    fn context<'c>(&'c self, at: &'c str) -> Context<'c> {
        Context {
            at,
            kind: self.act.metadata.kind,
            index: Some(&self.index),
            ..Context::default()
        }
    }

    fn own(&self) -> Option<ActRef> {
        let meta = &self.act.metadata;
        Some(ActRef::Number {
            number: meta.number.clone()?,
            issuer: None,
            issued: meta.issued,
        })
    }

    /// An act is ended by its issuer or by a body above it (Luật 64/2025/QH15 Điều 57).
    fn may_end(&self, act: &ActRef) -> bool {
        let own = self.act.metadata.number.as_deref().map(rank_of_number);
        match (own, rank(act)) {
            (Some(own), Some(other)) => own <= other,
            _ => true,
        }
    }
}

fn whole(act: ActRef) -> Target {
    Target {
        act,
        provision: None,
        portion: Portion::Whole,
    }
}

/// Whether two references name one act, whatever date or issuer one of them adds.
fn same(one: &ActRef, other: &ActRef) -> bool {
    match (one, other) {
        (ActRef::Amended, _) => true,
        (ActRef::Number { number: a, .. }, ActRef::Number { number: b, .. }) => a == b,
        (ActRef::Name { name: a, .. }, ActRef::Name { name: b, .. }) => viet::fold(a) == viet::fold(b),
        _ => false,
    }
}
