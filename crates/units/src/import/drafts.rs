//! Units while the plan is made: what is known of each, and what follows from it.

use std::collections::{HashMap, HashSet};

use jiff::civil::Date;

use super::files::Files;
use super::keys::kind_of;
use super::laws;
use super::plan::{Level, Plan};
use super::{Doubt, ImportError, NEW_STRUCTURE};
use crate::model::{Basis, How, State, Succession, Unit, UnitId};
use crate::names::slug_of;
use crate::span::{Span, Timeline};

/// A unit while the plan is made.
pub struct Draft {
    pub key: String,
    pub slug: Vec<String>,
    pub first: State,
    /// State from the first day of the new structure on: for units that go on, and for new ones.
    pub then: Option<State>,
    /// State since a later change.
    pub later: Option<(Date, State)>,
    pub begins: bool,
}

#[derive(Default)]
pub struct Making {
    pub drafts: Vec<Draft>,
    pub by_key: HashMap<String, UnitId>,
    pub successions: Vec<(String, Succession)>,
    pub doubts: Vec<Doubt>,
}

/// A unit of the new structure, as the files tell it.
pub struct New {
    pub key: String,
    pub now: State,
    pub level: Level,
    pub slug: Option<Vec<String>>,
    /// Old units that went in wholly.
    pub whole: Vec<UnitId>,
    /// Old units of which a part went in.
    pub parts: usize,
    pub later: Option<(Date, Basis)>,
    pub basis: Basis,
}

impl Making {
    pub fn add(&mut self, draft: Draft) -> UnitId {
        let id = UnitId::of(i64::try_from(self.drafts.len() + 1).unwrap_or(i64::MAX));
        self.by_key.insert(draft.key.clone(), id);
        self.drafts.push(draft);
        id
    }

    pub fn draft(&mut self, id: UnitId) -> &mut Draft {
        let at = usize::try_from(id.get() - 1).unwrap_or_default();
        &mut self.drafts[at]
    }

    pub fn doubt(&mut self, name: impl Into<String>, why: &str) {
        self.doubts.push(Doubt {
            name: name.into(),
            why: why.to_owned(),
        });
    }

    pub fn old(&mut self, key: String, slug: &[&str], state: State) -> UnitId {
        self.add(Draft {
            key: format!("2024:{key}"),
            slug: slug.iter().map(|piece| (*piece).to_owned()).collect(),
            first: state,
            then: None,
            later: None,
            begins: false,
        })
    }

    pub fn happened(&mut self, key: String, how: How, basis: Basis) {
        let on = NEW_STRUCTURE;
        self.successions.push((key, Succession { on, how, basis }));
    }

    /// A unit of the new structure: an old one that goes on, or a new one with what went into it.
    pub fn new_unit(&mut self, new: New) -> UnitId {
        let (then, later) = self.since_then(&new);
        let id = match new.whole[..] {
            [only] if new.parts == 0 => self.goes_on(only, &new, then),
            _ => self.begins(&new, then),
        };
        if let Some((on, state, basis)) = later {
            self.draft(id).later = Some((on, state));
            let how = How::Renamed(id);
            let key = format!("{}:rename:{}", on, new.key);
            self.successions.push((key, Succession { on, how, basis }));
        }
        id
    }

    /// What a unit was on the first day of the new structure, and what it became later: the map knows
    /// its kind of then, the list its kind of now.
    fn since_then(&mut self, new: &New) -> (State, Option<(Date, State, Basis)>) {
        let word = new.key.rsplit('_').next().unwrap_or_default();
        let kind_then = kind_of(word, new.level).filter(|kind| kind.0 != new.now.kind);
        let Some((kind, label)) = kind_then else {
            return (new.now.clone(), None);
        };
        let Some((on, basis)) = new.later.clone() else {
            self.doubt(
                &new.now.name.full,
                "Đơn vị đã đổi loại sau 01/7/2025 nhưng chưa rõ từ ngày nào; ghi theo tên hiện nay.",
            );
            return (new.now.clone(), None);
        };
        let mut then = new.now.clone();
        kind.clone_into(&mut then.kind);
        then.name.full = format!("{label} {}", then.name.short);
        then.name.english = None;
        (then, Some((on, new.now.clone(), basis)))
    }

    fn goes_on(&mut self, id: UnitId, new: &New, then: State) -> UnitId {
        let draft = self.draft(id);
        if draft.first.name.full == then.name.full {
            draft.first.name.english.clone_from(&then.name.english);
        }
        if let Some(slug) = &new.slug {
            draft.slug.clone_from(slug);
        }
        let key = draft.key.clone();
        let renamed = draft.first.name.full != then.name.full || draft.first.kind != then.kind;
        let moved = draft.first.parent != then.parent;
        draft.then = Some(then);
        if renamed {
            self.happened(format!("2025:rename:{key}"), How::Renamed(id), new.basis.clone());
        }
        if moved {
            let basis = if renamed {
                new.basis.clone()
            } else {
                laws::districts()
            };
            self.happened(format!("2025:move:{key}"), How::Moved(id), basis);
        }
        id
    }

    fn begins(&mut self, new: &New, then: State) -> UnitId {
        let own = vec![new.now.name.short.clone()];
        let id = self.add(Draft {
            key: format!("2025:{}", new.key),
            slug: new.slug.clone().unwrap_or(own),
            first: then.clone(),
            then: Some(then),
            later: None,
            begins: true,
        });
        let from = new.whole.clone();
        let how = match from[..] {
            [] => return id,
            [from] => How::Replaced { from, to: id },
            _ => How::Merged { from, to: id },
        };
        self.happened(format!("2025:merge:{}", new.key), how, new.basis.clone());
        id
    }

    /// Old units that do not go on: districts end by the Constitution, the rest should have heirs.
    pub fn endings(&mut self, files: &Files) {
        let givers: HashSet<UnitId> = self
            .successions
            .iter()
            .flat_map(|one| one.1.how.passes())
            .filter(|pass| pass.to.is_some())
            .map(|pass| pass.from)
            .collect();
        let districts: HashSet<String> = files
            .before
            .districts
            .iter()
            .flat_map(|(province, list)| list.keys().map(move |key| format!("2024:{province}_{key}")))
            .collect();
        for at in 0..self.drafts.len() {
            let id = UnitId::of(i64::try_from(at + 1).unwrap_or(i64::MAX));
            let draft = &self.drafts[at];
            if draft.begins || draft.then.is_some() || givers.contains(&id) {
                continue;
            }
            let (key, name) = (draft.key.clone(), draft.first.name.full.clone());
            if !districts.contains(&key) {
                self.doubt(
                    format!("{name} ({key})"),
                    "Bảng chuyển đổi không nói đơn vị cũ này thành đơn vị nào.",
                );
            }
            self.happened(
                format!("2025:abolish:{key}"),
                How::Abolished(id),
                laws::districts(),
            );
        }
    }

    pub fn finish(self) -> Result<Plan, ImportError> {
        let slugs = slugs(&self.drafts);
        let mut units = Vec::with_capacity(self.drafts.len());
        for ((at, draft), slug) in (1_i64..).zip(self.drafts).zip(slugs) {
            let contradiction = |_| ImportError::Contradiction(draft.key.clone());
            let life = match (draft.begins, draft.then) {
                (true, _) => Timeline::since(Some(NEW_STRUCTURE), draft.first),
                (false, Some(then)) if then == draft.first => Timeline::since(None, then),
                (false, Some(then)) => Timeline::of(Span::ALWAYS, draft.first, vec![(NEW_STRUCTURE, then)])
                    .map_err(contradiction)?,
                (false, None) => {
                    let mut life = Timeline::since(None, draft.first);
                    life.end(NEW_STRUCTURE).map_err(contradiction)?;
                    life
                }
            };
            let mut unit = Unit {
                id: UnitId::of(at),
                slug,
                life,
            };
            if let Some((on, state)) = draft.later {
                unit.life.change(on, state).map_err(contradiction)?;
            }
            units.push((draft.key, unit));
        }
        let plan = Plan {
            units,
            successions: self.successions,
            doubts: self.doubts,
        };
        plan.check()?;
        Ok(plan)
    }
}

/// Addresses: living units first; where two would have the same, the code tells them apart.
fn slugs(drafts: &[Draft]) -> Vec<String> {
    let wanted: Vec<String> = drafts
        .iter()
        .map(|draft| slug_of(&draft.slug.iter().map(String::as_str).collect::<Vec<_>>()))
        .collect();
    let mut times: HashMap<(&str, bool), usize> = HashMap::new();
    for (slug, draft) in wanted.iter().zip(drafts) {
        *times.entry((slug, draft.then.is_some())).or_default() += 1;
    }
    let slug = |(wanted, draft): (&String, &Draft)| {
        let living = draft.then.is_some();
        let alone = times.get(&(wanted.as_str(), living)) == Some(&1);
        let shadowed = !living && times.contains_key(&(wanted.as_str(), true));
        let era = if shadowed { "-truoc-2025-07" } else { "" };
        match &draft.first.code {
            Some(code) if !alone => format!("{wanted}{era}-{code}"),
            _ => format!("{wanted}{era}"),
        }
    };
    wanted.iter().zip(drafts).map(slug).collect()
}
