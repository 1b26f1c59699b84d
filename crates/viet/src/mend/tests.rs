use super::*;
use proptest::prelude::*;

fn mended(text: &str) -> (String, Vec<(&'static str, u32)>) {
    let mut log = Mended::default();
    let out = mend(text, &mut log).into_owned();
    let kinds = log.kinds().map(|(code, count, _)| (code, count)).collect();
    (out, kinds)
}

#[test]
fn every_trap_is_mended_and_recorded() {
    for (before, after, code) in [
        ("Ðiều", "Điều", "eth"),
        ("ðiểm", "điểm", "eth"),
        ("hƣớng", "hướng", "u-horn"),
        ("NGƢỜI", "NGƯỜI", "u-horn"),
        ("152/2025/TT-BTС", "152/2025/TT-BTC", "lookalike"),
        ("Điê\u{300}u", "Điều", "nfc"),
        ("\u{110}ie\u{302}\u{300}u", "Điều", "nfc"),
        ("Đie\u{300}\u{302}u", "Điều", "mark-order"),
        ("Điè\u{302}u", "Điều", "mark-order"),
        ("ứng du\u{323}ng", "ứng dụng", "nfc"),
        ("pháp\u{ad}luật", "phápluật", "soft-hyphen"),
        ("pháp\u{200b} luật", "pháp luật", "zero-width"),
        ("Điều\u{a0}1", "Điều 1", "no-break-space"),
        ("a\u{2028}b", "a\nb", "line-separator"),
        ("\u{f0b7} mục", "• mục", "private-use"),
        ("a\u{1}b", "ab", "control"),
    ] {
        let (out, kinds) = mended(before);
        assert_eq!(out, after);
        assert!(
            kinds.iter().any(|(kind, count)| *kind == code && *count > 0),
            "{before}: {kinds:?}"
        );
    }
}

#[test]
fn right_text_is_left_alone() {
    for text in [
        "Điều 1. Phạm vi",
        "10 μm, α, β và Ω",
        "Москва",
        "10 kΩ",
        "a\tb\nc",
        "№ 5 – “x”",
    ] {
        assert_eq!(mended(text), (text.to_owned(), vec![]), "{text}");
    }
}

proptest! {
    #[test]
    fn nfc_is_idempotent(text in "\\PC{0,40}") {
        let once = nfc(&text);
        prop_assert_eq!(nfc(&once), once);
    }

    #[test]
    fn mending_is_idempotent(text in "[a-zA-ZđðĐÐưƣƠăâêô\u{300}\u{301}\u{302}\u{303}\u{306}\u{309}\u{31b}\u{323}СТхоα \u{a0}\u{ad}]{0,30}") {
        let once = mended(&text).0;
        let (twice, kinds) = mended(&once);
        prop_assert_eq!(&twice, &once);
        prop_assert!(kinds.is_empty(), "{:?} {:?}", once, kinds);
    }

    #[test]
    fn folding_is_idempotent(text in "\\PC{0,40}") {
        let once = crate::fold(&text);
        prop_assert_eq!(crate::fold(&once), once);
    }

    #[test]
    fn mending_keeps_the_folded_letters(text in "[a-zăâđêôơưáàảãạ ]{0,40}") {
        prop_assert_eq!(crate::fold(&mended(&text).0), crate::fold(&text));
    }

    #[test]
    fn order_is_total(mut words in proptest::collection::vec("[a-zăâđêôơưáàảãạ0-9 ]{0,8}", 0..12)) {
        words.sort_by(|a, b| crate::compare(a, b));
        for pair in words.windows(2) {
            prop_assert!(crate::compare(&pair[0], &pair[1]).is_le());
            prop_assert_eq!(crate::compare(&pair[0], &pair[1]), crate::compare(&pair[1], &pair[0]).reverse());
        }
    }
}

#[test]
fn capitals_half_lost_come_back() {
    for (broken, whole) in [
        ("SắC LệNH", "SẮC LỆNH"),
        (
            "CủA CHủ TịCH CHíNH PHủ LâM THờI Số 4",
            "CỦA CHỦ TỊCH CHÍNH PHỦ LÂM THỜI SỐ 4",
        ),
        ("Nay CHíNH PHủ ra lệnh số 4", "Nay CHÍNH PHỦ ra lệnh số 4"),
        (
            "Bộ Tài chính trả 5.000 VNđ; UBNDxã",
            "Bộ Tài chính trả 5.000 VNđ; UBNDxã",
        ),
        ("QĐ-UBND TP.Hồ Chí Minh", "QĐ-UBND TP.Hồ Chí Minh"),
    ] {
        let mut log = Mended::default();
        assert_eq!(mend(broken, &mut log), whole);
        assert_eq!(log.kinds().count(), usize::from(broken != whole), "{broken}");
        assert_eq!(mend(whole, &mut Mended::default()), whole);
    }
}
