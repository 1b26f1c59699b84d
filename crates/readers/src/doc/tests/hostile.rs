//! Files made to harm, and honest ones that were damaged on the way.

use proptest::prelude::*;

use super::*;
use crate::word::Fault;

fn rich() -> Written<'static> {
    let list = [sprm(0x260a, &[0]), sprm(0x460b, &[1, 0])].concat();
    Written {
        body: vec![
            para("NGHỊ ĐỊNH", sprm(0x2403, &[1])),
            (
                vec![("Phạm vi", vec![]), ("\u{2}", sprm(0x0855, &[1])), ("\r", vec![])],
                list,
            ),
            (vec![("ô", vec![]), ("\u{7}", vec![])], sprm(0x2416, &[1])),
            (
                vec![("\u{7}", vec![])],
                [sprm(0x2416, &[1]), sprm(0x2417, &[1])].concat(),
            ),
        ],
        fonts: vec!["Times New Roman", ".VnTimeH"],
        notes: vec!["chú thích"],
        header: "đầu trang\r",
        lists: vec![(0, "Điều \u{0}.", 1)],
        ..Written::default()
    }
}

fn survives(bytes: &[u8]) {
    for item in crate::read("x.doc", bytes).items {
        if let crate::Outcome::Refused(refusal) = item.outcome {
            assert!(
                !refusal.message.is_ascii() && refusal.message.ends_with('.'),
                "{refusal:?}"
            );
        }
    }
}

#[test]
fn a_file_cut_off_anywhere_is_refused() {
    let whole = rich().bytes();
    let text = draft(&whole).map(|draft| draft.blocks);
    assert!(text.is_ok());
    for cut in (8..whole.len() - 1).step_by(61) {
        // What stands at the very end is padding of the last sector.
        let cut_off = draft(&whole[..cut]).map(|draft| draft.blocks);
        assert!(cut_off.is_err() || cut_off == text, "cut at {cut}");
        survives(&whole[..cut]);
    }
}

#[test]
fn locked_and_foreign_files_say_so() {
    let locked = Written {
        flags: 0x100,
        ..rich()
    };
    assert_eq!(draft(&locked.bytes()).err(), Some(Fault::Encrypted));
    let mut file = cfb::CompoundFile::create(Cursor::new(Vec::new())).expect("memory");
    file.create_stream("/Workbook").expect("a new stream");
    let bytes = file.into_inner().into_inner();
    assert!(matches!(draft(&bytes), Err(Fault::NotWord(_))));
}

#[test]
fn chains_of_sectors_that_run_in_circles_are_refused() {
    let whole = rich().bytes();
    // Every entry of the first table of sectors is made to point to each of the first sectors.
    let table = u32::from_le_bytes(whole[76..80].try_into().expect("four bytes"));
    let shift = u16::from_le_bytes(whole[30..32].try_into().expect("two bytes"));
    let at = (usize::try_from(table).expect("small") + 1) << shift;
    for entry in 0..16 {
        for target in 0u32..8 {
            let mut bytes = whole.clone();
            bytes[at + entry * 4..at + entry * 4 + 4].copy_from_slice(&target.to_le_bytes());
            survives(&bytes);
        }
    }
}

#[test]
fn lengths_beyond_all_measure_are_refused() {
    let [main, table] = rich().streams();
    // Lengths of stories, and every pair of the block, one after the other.
    for at in (76..100).chain(154..154 + 93 * 8).step_by(4) {
        for value in [u32::MAX, 0x7fff_ffff, 0x0100_0000, 1] {
            let mut main = main.clone();
            main[at..at + 4].copy_from_slice(&value.to_le_bytes());
            let mut file = cfb::CompoundFile::create(Cursor::new(Vec::new())).expect("memory");
            for (name, bytes) in [("/WordDocument", &main), ("/1Table", &table)] {
                let mut stream = file.create_stream(name).expect("a new stream");
                stream.write_all(bytes).expect("memory");
            }
            file.flush().expect("memory");
            survives(&file.into_inner().into_inner());
        }
    }
}

#[test]
fn pieces_that_name_one_text_over_and_over_are_refused() {
    let long = "Điều 1. ".repeat(60);
    for (text, again) in [(long.as_str(), 90_000), ("a", 400_000), ("", 1_100_000)] {
        let written = Written {
            body: vec![para(text, vec![])],
            again,
            ..Written::default()
        };
        let fault = draft(&written.bytes()).err();
        assert!(
            matches!(fault, Some(Fault::TooLarge | Fault::Damaged(_))),
            "{again} {fault:?}"
        );
    }
}

/// Two boxes of the same text, one of them hung on a place inside it.
#[test]
fn text_boxes_that_hold_themselves_are_read_once() {
    let written = Written {
        body: vec![para("\u{8}", vec![])],
        boxes: vec!["a\u{8}b", "x", "y"],
        ..Written::default()
    };
    let [main, mut table] = written.streams();
    let pair = 154 + 56 * 8;
    let at = u32::from_le_bytes(main[pair..pair + 4].try_into().expect("four bytes"));
    let at = usize::try_from(at).expect("small");
    table[at..at + 16].copy_from_slice(&longs(&[0, 4, 0, 4]));
    let shape = at + 16 + 2 * 22 + 14;
    table[shape..shape + 4].copy_from_slice(&longs(&[1]));
    let mut file = cfb::CompoundFile::create(Cursor::new(Vec::new())).expect("memory");
    for (name, bytes) in [("/WordDocument", &main), ("/1Table", &table)] {
        let mut stream = file.create_stream(name).expect("a new stream");
        stream.write_all(bytes).expect("memory");
    }
    file.flush().expect("memory");
    survives(&file.into_inner().into_inner());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn flipped_bytes_are_survived(flips in proptest::collection::vec((0usize..20_000, any::<u8>()), 1..12)) {
        let mut bytes = rich().bytes();
        for (at, value) in flips {
            let at = at % bytes.len();
            bytes[at] = value;
        }
        survives(&bytes);
    }

    #[test]
    fn any_changes_are_survived(run in proptest::collection::vec(any::<u8>(), 0..40), para in proptest::collection::vec(any::<u8>(), 0..60)) {
        let text = "a\u{1}\u{2}\u{5}\u{7}\u{8}\u{13}b\u{14}c\u{15}\u{28}\r";
        let written = Written {
            body: vec![(vec![(text, run.clone()), ("x\u{7}\r", run)], para)],
            ..rich()
        };
        survives(&written.bytes());
    }
}
