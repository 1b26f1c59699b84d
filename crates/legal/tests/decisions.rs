//! What officers decide is part of the input: the same text, the same decisions, the same bytes.

use jiff::civil::date;
use legal::amend::{Addition, Exchange, Operation, Places, Portion, Reason, Side, read};
use legal::consolidate::{
    Amending, Applied, Decision, Expression, Order, Verdict, candidates, consolidate, places,
};
use legal::draft::Draft;
use legal::inspect::full_text;
use legal::model::{ActText, Block, Para};
use legal::structure::structure;

fn para(line: &str) -> Block {
    Block::Para(Para {
        text: line.to_owned(),
        ..Para::default()
    })
}

fn act(lines: &[&str]) -> ActText {
    structure(Draft {
        blocks: lines.iter().map(|line| para(line)).collect(),
        ..Draft::default()
    })
}

fn base() -> ActText {
    act(&[
        "QUỐC HỘI",
        "Luật số: 10/2020/QH14",
        "Hà Nội, ngày 01 tháng 6 năm 2020",
        "LUẬT",
        "THƯ VIỆN",
        "Điều 1. Phạm vi",
        "Sách của thư viện là sách công; sách mượn phải trả.",
        "Điều 2. Nguyên tắc",
        "1. Thư viện phục vụ bạn đọc và mọi bạn đọc.",
        "2. Không thu tiền.",
    ])
}

fn amending(lines: &[&str]) -> Amending {
    let head = [
        "QUỐC HỘI",
        "Luật số: 20/2023/QH15",
        "Hà Nội, ngày 20 tháng 6 năm 2023",
        "LUẬT",
        "SỬA ĐỔI, BỔ SUNG MỘT SỐ ĐIỀU CỦA LUẬT THƯ VIỆN",
        "Quốc hội ban hành Luật sửa đổi, bổ sung một số điều của Luật Thư viện số 10/2020/QH14.",
        "Điều 1. Sửa đổi, bổ sung một số điều của Luật Thư viện",
    ];
    let all: Vec<&str> = head.iter().chain(lines).copied().collect();
    let text = act(&all);
    let found = Amending::of(&text, &read(&text), &base().metadata);
    Amending {
        in_force: Some(date(2024, 1, 1)),
        ..found
    }
}

/// The text with decisions, which must give the same bytes again.
fn decided(amending: &Amending, decisions: &[Decision]) -> Expression {
    let run = || consolidate(&base(), &[amending.clone().decided(decisions)], None);
    let (first, again) = (run(), run());
    assert_eq!(
        serde_json::to_string(&first).ok(),
        serde_json::to_string(&again).ok()
    );
    first
}

fn words(text: &ActText, id: &str) -> String {
    let place = text.provisions.iter().position(|one| one.id == id);
    place.map_or_else(String::new, |place| full_text(text, place))
}

fn apply(seen: &str, order: Order) -> Decision {
    Decision {
        seen: seen.to_owned(),
        verdict: Verdict::Apply(vec![order]),
    }
}

fn order(provision: &str, operation: Operation) -> Order {
    Order {
        provision: Some(provision.to_owned()),
        portion: Portion::Whole,
        operation,
        text: Vec::new(),
        in_force: None,
        except: Vec::new(),
    }
}

#[test]
fn an_applied_sentence_is_taken_back() {
    let acts = amending(&["1. Thay cụm từ “tiền” bằng cụm từ “phí” tại khoản 2 Điều 2."]);
    let seen = acts.instructions[0].seen();
    assert!(words(&decided(&acts, &[]).text, "art_2").contains("thu phí"));
    let refused = Decision {
        seen: seen.clone(),
        verdict: Verdict::Refuse,
    };
    let text = decided(&acts, std::slice::from_ref(&refused));
    assert!(words(&text.text, "art_2").contains("thu tiền"));
    let reason = |one: &Applied| matches!(one, Applied::Refused { reason, .. } if *reason == Reason::Refused);
    assert!(
        text.outcomes
            .iter()
            .any(|one| one.seen == seen && reason(&one.result))
    );
    // A decision is about what was read when it was made.
    let other = amending(&["1. Thay cụm từ “tiền” bằng cụm từ “lệ phí” tại khoản 2 Điều 2."]);
    assert!(words(&decided(&other, &[refused]).text, "art_2").contains("thu lệ phí"));
}

#[test]
fn the_name_does_not_follow_the_number() {
    let alone = amending(&["1. Không đổi gì.", "2. Bãi bỏ khoản 2 Điều 2."]);
    let second = amending(&["1. Bãi bỏ Điều 1.", "2. Bãi bỏ khoản 2 Điều 2."]);
    assert_ne!(second.instructions[1].number, alone.instructions[0].number);
    assert_eq!(second.instructions[1].seen(), alone.instructions[0].seen());
}

#[test]
fn words_are_changed_at_chosen_places_only() {
    let acts = amending(&["1. Thay cụm từ “sách” bằng cụm từ “báo” tại Điều 1."]);
    let read = &acts.instructions[0];
    let all = places(&base(), &Order::of(read));
    assert_eq!(all.len(), 3, "{all:?}");
    assert_eq!(all[0].words, "Sách");
    let only = |chosen: Vec<u32>, among| {
        let what = Box::new(read.operation.clone());
        let order = order("art_1", Operation::Only(Places { chosen, among, what }));
        decided(&acts, &[apply(&read.seen(), order)])
    };
    let text = words(&only(vec![1, 3], 3).text, "art_1");
    assert!(text.contains("Báo của thư viện là sách công; báo mượn"), "{text}");
    let other = only(vec![1], 2);
    let refused = &other.outcomes[0].result;
    assert!(
        matches!(
            refused,
            Applied::Refused {
                reason: Reason::Ambiguous,
                ..
            }
        ),
        "{refused:?}"
    );
}

#[test]
fn words_are_added_at_the_chosen_one_of_several_places() {
    let acts = amending(&["1. Bổ sung cụm từ “nhỏ tuổi” vào sau cụm từ “bạn đọc” tại khoản 1 Điều 2."]);
    let read = &acts.instructions[0];
    let before = decided(&acts, &[]);
    assert!(matches!(
        &before.outcomes[0].result,
        Applied::Refused {
            reason: Reason::Ambiguous,
            ..
        }
    ));
    let what = Box::new(Operation::AddPhrase(Addition {
        words: "nhỏ tuổi".to_owned(),
        side: Side::After("bạn đọc".to_owned()),
    }));
    assert_eq!(*what, read.operation);
    let only = Operation::Only(Places {
        chosen: vec![2],
        among: 2,
        what,
    });
    let text = decided(&acts, &[apply(&read.seen(), order("art_2__clause_1", only))]);
    assert!(
        words(&text.text, "art_2").contains("phục vụ bạn đọc và mọi bạn đọc nhỏ tuổi."),
        "{}",
        words(&text.text, "art_2")
    );
}

#[test]
fn a_sentence_that_was_not_read_is_carried_out_as_decided() {
    let acts = amending(&["1. Bãi bỏ quy định về việc thu tiền tại Điều 2."]);
    let unread = &acts.refusals[0];
    let exchange = Operation::ReplacePhrase(vec![Exchange {
        old: "Không thu tiền".to_owned(),
        new: "Được thu tiền".to_owned(),
    }]);
    let text = decided(
        &acts,
        &[apply(&unread.seen(), order("art_2__clause_2", exchange))],
    );
    assert!(words(&text.text, "art_2").contains("Được thu tiền."));
    assert_eq!(text.outcomes[0].instruction, Some(0));
    assert_eq!(text.outcomes[0].seen, unread.seen());
}

#[test]
fn of_two_provisions_of_one_number_the_chosen_one_is_changed() {
    let mut base = base();
    let mut twin = base.provisions[0].clone();
    twin.id = "art_1-2".to_owned();
    twin.blocks = vec![para("Điều thứ hai.")];
    base.provisions.push(twin);
    assert_eq!(candidates(&base, "art_1"), ["art_1", "art_1-2"]);
    let acts = amending(&["1. Bãi bỏ Điều 1."]);
    let read = &acts.instructions[0];
    for (id, other) in [("art_1", "art_1-2"), ("art_1-2", "art_1")] {
        let decision = apply(&read.seen(), order(id, Operation::Repeal));
        let found = consolidate(&base, &[acts.clone().decided(&[decision])], None);
        assert!(
            words(&found.text, id).contains("bãi bỏ")
                || found
                    .text
                    .provisions
                    .iter()
                    .any(|one| one.id == id && one.heading.as_deref() == Some("(được bãi bỏ)")),
            "{id}"
        );
        assert_eq!(words(&found.text, other), words(&base, other), "{id}");
    }
}
