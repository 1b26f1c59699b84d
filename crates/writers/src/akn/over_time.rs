//! What others did to an act, as events of its life cycle, intervals and passive modifications.

use std::collections::BTreeMap;

use jiff::civil::Date;
use legal::consolidate::Change;

use super::meta::SOURCE;
use crate::{ActingAct, ExportAct, Modification, Xml};

/// The changes of an act, by the day on which and the act by which each came.
pub(super) struct OverTime<'a> {
    act: &'a ExportAct,
    /// Number of each acting act from 1, in the order of first use.
    acts: Vec<&'a ActingAct>,
    /// Day and place among the acts → number of the event from 1.
    events: BTreeMap<(Date, usize), usize>,
}

impl<'a> OverTime<'a> {
    pub(super) fn of(act: &'a ExportAct) -> Self {
        let mut acts: Vec<&ActingAct> = Vec::new();
        let mut events = BTreeMap::new();
        for one in &act.changed {
            let place = acts
                .iter()
                .position(|known| known.slug == one.by.slug)
                .unwrap_or_else(|| {
                    acts.push(&one.by);
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

    /// Each change that holds on the day of the text.
    pub(super) fn analysis(&self, xml: &mut Xml) {
        let until = self.act.on;
        let holds = |one: &&Modification| until.is_none_or(|day| one.on <= day);
        let done: Vec<&Modification> = self.act.changed.iter().filter(holds).collect();
        if done.is_empty() {
            return;
        }
        xml.open("analysis", &[SOURCE]);
        xml.open("passiveModifications", &[]);
        for (place, one) in done.into_iter().enumerate() {
            self.modification(xml, place + 1, one);
        }
        xml.close();
        xml.close();
    }

    fn modification(&self, xml: &mut Xml, number: usize, one: &Modification) {
        let (element, kind) = match one.change {
            Change::Amended => ("textualMod", "substitution"),
            Change::Inserted => ("textualMod", "insertion"),
            Change::Renumbered => ("textualMod", "renumbering"),
            Change::Repealed => ("textualMod", "repeal"),
            Change::Lapsed => ("forceMod", "endOfEnactment"),
            Change::Suspended => ("efficacyMod", "inapplication"),
        };
        let id = format!("pmod_{number}");
        let place = self
            .acts
            .iter()
            .position(|known| known.slug == one.by.slug)
            .unwrap_or_default();
        let event = self.events.get(&(one.on, place)).copied().unwrap_or_default();
        let period = format!("#tmp_change_{event}");
        xml.open(element, &[("eId", &id), ("type", kind), ("period", &period)]);
        let source = format!("{}/~{}", iri(&one.by), one.place);
        xml.empty("source", &[("eId", &format!("{id}__src")), ("href", &source)]);
        let target = format!("#{}", one.provision);
        let target = if one.provision.is_empty() {
            "#main"
        } else {
            &target
        };
        xml.empty(
            "destination",
            &[("eId", &format!("{id}__dest")), ("href", target)],
        );
        xml.close();
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

/// Address of the work, as in its own file.
fn iri(act: &ActingAct) -> String {
    let kind = act.kind.map_or("van-ban", |kind| kind.slug());
    let day = act
        .issued
        .map_or_else(|| "0001-01-01".to_owned(), |day| day.to_string());
    format!("/akn/vn/act/{kind}/{day}/{}", act.slug)
}
