//! What others did to an act, as events of its life cycle, intervals and passive modifications.

use std::collections::BTreeMap;

use jiff::civil::Date;
use legal::consolidate::Change;

use crate::{ExportAct, Modification, OtherAct, Xml};

/// The changes of an act, by the day on which and the act by which each came.
pub(super) struct OverTime<'a> {
    act: &'a ExportAct,
    /// Number of each acting act from 1, in the order of first use.
    acts: Vec<&'a OtherAct>,
    /// Day and place among the acts → number of the event from 1.
    events: BTreeMap<(Date, usize), usize>,
}

impl<'a> OverTime<'a> {
    pub(super) fn of(act: &'a ExportAct) -> Self {
        let mut acts: Vec<&OtherAct> = Vec::new();
        let mut events = BTreeMap::new();
        for one in &act.changed {
            let place = acts
                .iter()
                .position(|known| known.slug == one.other.slug)
                .unwrap_or_else(|| {
                    acts.push(&one.other);
                    acts.len() - 1
                });
            let next = events.len() + 1;
            events.entry((one.on, place)).or_insert(next);
        }
        Self { act, acts, events }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.events.is_empty()
    }

    /// The days on which it was changed.
    pub(super) fn events(&self, xml: &mut Xml) {
        for ((day, act), number) in &self.events {
            let (id, day) = (format!("evt_change_{number}"), day.to_string());
            let source = format!("#acting_{}", act + 1);
            xml.empty(
                "eventRef",
                &[
                    ("eId", &id),
                    ("date", &day),
                    ("source", &source),
                    ("type", "amendment"),
                ],
            );
        }
    }

    /// What of the text came from which event: an interval that begins on each.
    pub(super) fn intervals(&self, xml: &mut Xml) {
        for number in self.events.values() {
            let start = format!("#evt_change_{number}");
            xml.open("temporalGroup", &[("eId", &format!("tmp_change_{number}"))]);
            xml.empty("timeInterval", &[("start", &start), ("refersTo", "#in_force")]);
            xml.close();
        }
    }

    /// What holds on the day of the text.
    fn done(&self) -> impl Iterator<Item = &'a Modification> {
        let (changed, until) = (&self.act.changed, self.act.on);
        changed
            .iter()
            .filter(move |one| until.is_none_or(|day| one.on <= day))
    }

    /// Whether anything was changed by the day of the text.
    pub(super) fn changes_text(&self) -> bool {
        self.done().next().is_some()
    }

    /// Each change that holds on the day of the text.
    pub(super) fn modifications(&self, xml: &mut Xml) {
        if !self.changes_text() {
            return;
        }
        xml.open("passiveModifications", &[]);
        for (place, one) in self.done().enumerate() {
            let source = format!("{}/~{}", iri(&one.other), one.place);
            let target = format!("#{}", whole_or(&one.provision, "main"));
            modification(
                xml,
                &format!("pmod_{}", place + 1),
                one,
                (&source, &target),
                &self.period(one),
            );
        }
        xml.close();
    }

    fn period(&self, one: &Modification) -> String {
        let known = |act: &&OtherAct| act.slug == one.other.slug;
        let place = self.acts.iter().position(known).unwrap_or_default();
        let event = self.events.get(&(one.on, place)).copied().unwrap_or_default();
        format!("#tmp_change_{event}")
    }

    /// The acts that changed it.
    pub(super) fn references(&self, xml: &mut Xml) {
        for (place, act) in self.acts.iter().enumerate() {
            let id = format!("acting_{}", place + 1);
            xml.empty(
                "passiveRef",
                &[("eId", &id), ("href", &iri(act)), ("showAs", &act.name)],
            );
        }
    }
}

/// One modification: where it is said, what it is done to, since when.
pub(super) fn modification(
    xml: &mut Xml,
    id: &str,
    one: &Modification,
    (source, target): (&str, &str),
    period: &str,
) {
    let (element, kind) = match one.change {
        Change::Amended => ("textualMod", "substitution"),
        Change::Inserted => ("textualMod", "insertion"),
        Change::Renumbered => ("textualMod", "renumbering"),
        Change::Repealed => ("textualMod", "repeal"),
        Change::Lapsed => ("forceMod", "endOfEnactment"),
        Change::Suspended => ("efficacyMod", "inapplication"),
        Change::Resumed => ("efficacyMod", "entryIntoEfficacy"),
        Change::Postponed => ("forceMod", "postponementOfEntryIntoForce"),
        Change::Extended => ("forceMod", "prorogationOfForce"),
    };
    xml.open(element, &[("eId", id), ("type", kind), ("period", period)]);
    xml.empty("source", &[("eId", &format!("{id}__src")), ("href", source)]);
    xml.empty(
        "destination",
        &[("eId", &format!("{id}__dest")), ("href", target)],
    );
    xml.close();
}

/// A provision, or the name of the whole.
pub(super) fn whole_or<'a>(provision: &'a str, whole: &'a str) -> &'a str {
    if provision.is_empty() { whole } else { provision }
}

/// Address of the work, as in its own file.
pub(super) fn iri(act: &OtherAct) -> String {
    let kind = act.kind.map_or("van-ban", |kind| kind.slug());
    let day = act
        .issued
        .map_or_else(|| "0001-01-01".to_owned(), |day| day.to_string());
    format!("/akn/vn/act/{kind}/{day}/{}", act.slug)
}
