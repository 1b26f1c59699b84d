//! Akoma Ntoso: valid against the published schema, and no text is lost on the way.

mod common;
mod tools;

use legal::model::{Block, Mark, MarkKind, Para};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use tools::{assert_text_survives, assert_valid};
use writers::akn;

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

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]
    #[test]
    fn text_survives(act in common::any_act()) {
        assert_text_survives(&act);
    }
}
