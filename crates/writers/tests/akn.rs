//! Akoma Ntoso: valid against the published schema, and no text is lost on the way.

mod common;
mod tools;

use jiff::civil::{Date, date};
use legal::citations::Field;
use legal::consolidate::Change;
use legal::model::{ActKind, Block, Mark, MarkKind, Para};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use tools::{assert_text_survives, assert_valid};
use writers::{ExportAct, Modification, NamedAct, OtherAct, akn};

#[test]
fn acts_made_by_hand_are_valid() {
    assert_valid("akn-hand", &[common::rich(), common::bare()]);
}

#[test]
fn acts_of_any_shape_are_valid() {
    let mut runner = TestRunner::deterministic();
    let acts: Vec<_> = (0..300)
        .map(|_| common::any_act().new_tree(&mut runner).expect("an act").current())
        .collect();
    assert_valid("akn-any", &acts);
}

#[test]
fn the_same_act_gives_the_same_bytes() {
    assert_eq!(akn::write(&common::rich()), akn::write(&common::rich()));
}

#[test]
fn identity_and_structure_are_said() {
    let xml = akn::write(&common::rich());
    for part in [
        "<FRBRuri value=\"/akn/vn/act/bo-luat/2015-11-24/91-2015-qh13\"/>",
        "<FRBRuri value=\"/akn/vn/act/bo-luat/2015-11-24/91-2015-qh13/vie@2015-11-24\"/>",
        "<chapter eId=\"chp_1\"><num>Chương I</num><heading>QUY ĐỊNH CHUNG</heading>",
        "<b>Bể</b> có thể tích 2m<sup>3</sup><authorialNote eId=\"fn_1\" marker=\"[1]\"",
        "<quotedStructure eId=\"quo_1\" startQuote=\"“\" endQuote=\"”\"><p>Điều 5. Nội dung mới</p>",
        "<attachment eId=\"att_1\"><heading>Quy chế làm việc</heading>",
        "<signature refersTo=\"#signer_1\">Nguyễn Sinh Hùng</signature>",
        "<td>",
        "<th rowspan=\"2\">",
        "refersTo=\"#in_force\"",
    ] {
        assert!(xml.contains(part), "{part} not in {xml}");
    }
}

#[test]
fn citations_are_references() {
    let mut act = common::rich();
    let words = "Theo Điều 2 của Bộ luật này, Điều 99 của Bộ luật này và Điều 5 Nghị định số 100/2019/NĐ-CP.";
    act.text.provisions[3].notes.clear();
    act.text.provisions[3].blocks = vec![Block::Para(Para {
        text: words.to_owned(),
        marks: vec![Mark {
            start: 5,
            end: 12,
            kind: MarkKind::Bold,
        }],
        ..Para::default()
    })];
    let xml = akn::write(&act);
    assert!(
        xml.contains("<ref href=\"/akn/vn/act/nghi-dinh/2019/100-2019-nd-cp/~art_5\">"),
        "{xml}"
    );
    assert!(xml.contains("<ref href=\"#art_2\">"), "{xml}");
    assert!(
        !xml.contains("art_99"),
        "what is not there is no reference: {xml}"
    );
    assert_valid("akn-references", &[act.clone()]);
    assert_text_survives(&act);
}

/// A name becomes a reference where the portal knows the act, and only in the very words that it knows.
#[test]
fn acts_cited_by_name_are_references_where_they_are_known() {
    let mut act = common::rich();
    let words = "Theo Điều 9 Luật Đất đai ngày 29 tháng 11 năm 2013 và Luật Nhà ở ngày 25 tháng 11 năm 2014.";
    act.text.provisions[3].notes.clear();
    act.text.provisions[3].blocks = vec![Block::Para(Para {
        text: words.to_owned(),
        ..Para::default()
    })];
    let at = act.text.provisions[3].id.clone();
    let found = legal::citations::citations(&act.text);
    let spans: Vec<_> = found
        .iter()
        .filter(|one| one.spot.at == at)
        .flat_map(|one| &one.citation.targets)
        .map(|target| target.span.clone())
        .collect();
    let [land, _] = spans.as_slice() else {
        panic!("{spans:?}");
    };
    assert!(!akn::write(&act).contains("dat-dai"));
    act.named = vec![NamedAct {
        at,
        field: Field::Body,
        path: vec![0],
        span: land.clone(),
        act: law("45-2013-qh13", date(2013, 11, 29)),
        provision: "art_9".to_owned(),
    }];
    let xml = akn::write(&act);
    assert!(
        xml.contains("<ref href=\"/akn/vn/act/luat/2013-11-29/45-2013-qh13/~art_9\">"),
        "{xml}"
    );
    assert_eq!(xml.matches("<ref ").count(), 1, "{xml}");
    assert_valid("akn-named", &[act.clone()]);
    assert_text_survives(&act);
}

fn law(slug: &str, day: Date) -> OtherAct {
    OtherAct {
        slug: slug.to_owned(),
        kind: Some(ActKind::Luat),
        issued: Some(day),
        name: format!("Luật số {slug}"),
    }
}

fn one(on: Date, change: Change, provision: &str, other: OtherAct) -> Modification {
    Modification {
        on,
        change,
        provision: provision.to_owned(),
        other,
        place: "art_1__clause_2".to_owned(),
    }
}

#[test]
fn an_amending_act_tells_what_it_changes() {
    let (first, second) = (
        law("1-2010-qh12", date(2010, 6, 1)),
        law("2-2012-qh13", date(2012, 6, 1)),
    );
    let mut act = common::rich();
    let own = date(2017, 1, 1);
    act.text.metadata.in_force = Some(own);
    act.changes = vec![
        one(own, Change::Amended, "art_1", first.clone()),
        one(date(2018, 1, 1), Change::Inserted, "art_2a", first.clone()),
        one(date(2018, 1, 1), Change::Lapsed, "", second),
    ];
    let undated = {
        let mut act = act.clone();
        act.text.metadata.in_force = None;
        act
    };
    let both = ExportAct {
        changed: vec![one(date(2019, 1, 1), Change::Amended, "art_1", first)],
        ..act.clone()
    };
    assert_valid("akn-amending", &[act.clone(), undated, both]);
    let xml = akn::write(&act);
    for part in [
        "<textualMod eId=\"amod_1\" type=\"substitution\" period=\"#tmp_1\"><source eId=\"amod_1__src\" href=\"#art_1__clause_2\"/>",
        "<destination eId=\"amod_1__dest\" href=\"/akn/vn/act/luat/2010-06-01/1-2010-qh12/~art_1\"/>",
        "<textualMod eId=\"amod_2\" type=\"insertion\" period=\"#tmp_acts_1\">",
        "<forceMod eId=\"amod_3\" type=\"endOfEnactment\" period=\"#tmp_acts_1\">",
        "href=\"/akn/vn/act/luat/2012-06-01/2-2012-qh13/!main\"",
        "<activeRef eId=\"acted_2\" href=\"/akn/vn/act/luat/2012-06-01/2-2012-qh13\"",
        "<eventRef eId=\"evt_acts_1\" date=\"2018-01-01\"",
    ] {
        assert!(xml.contains(part), "{part} not in {xml}");
    }
}

#[test]
fn an_amended_act_tells_of_its_changes_on_any_day() {
    let (first, second) = (
        law("1-2018-qh14", date(2018, 6, 1)),
        law("2-2020-qh14", date(2020, 6, 1)),
    );
    let (early, late) = (date(2019, 1, 1), date(2021, 1, 1));
    let mut act = common::rich();
    act.expires = Some(late);
    act.changed = vec![
        one(early, Change::Amended, "art_1", first.clone()),
        one(early, Change::Inserted, "art_2", first.clone()),
        one(early, Change::Renumbered, "art_2", first),
        one(late, Change::Repealed, "art_1", second.clone()),
        one(late, Change::Suspended, "art_2", second.clone()),
        one(late, Change::Resumed, "art_2", second.clone()),
        one(late, Change::Postponed, "", second.clone()),
        one(late, Change::Extended, "art_1", second.clone()),
        one(late, Change::Lapsed, "", second),
    ];
    let days = [None, Some(date(2018, 1, 1)), Some(early), Some(late)];
    let acts = days.map(|on| ExportAct { on, ..act.clone() });
    assert_valid("akn-amended", &acts);
    let count = |act: &ExportAct| akn::write(act).matches("<source eId=\"pmod_").count();
    assert_eq!(acts.iter().map(count).collect::<Vec<_>>(), [9, 0, 3, 9]);
    let xml = akn::write(&act);
    for part in [
        "<eventRef eId=\"evt_change_1\" date=\"2019-01-01\" source=\"#acting_1\" type=\"amendment\"/>",
        "<textualMod eId=\"pmod_1\" type=\"substitution\" period=\"#tmp_change_1\">",
        "href=\"/akn/vn/act/luat/2018-06-01/1-2018-qh14/~art_1__clause_2\"",
        "<forceMod eId=\"pmod_9\" type=\"endOfEnactment\"",
    ] {
        assert!(xml.contains(part), "{part} not in {xml}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]
    #[test]
    fn text_survives(act in common::any_act()) {
        assert_text_survives(&act);
    }
}
