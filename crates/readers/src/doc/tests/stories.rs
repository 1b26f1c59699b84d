//! Texts beside the body, and bodies in pieces.

use super::*;

/// A sign of a note.
fn sign() -> Run<'static> {
    ("\u{2}", sprm(0x0855, &[1]))
}

fn text_of(draft: &Draft) -> Vec<String> {
    let paras = draft.blocks.iter().filter_map(|block| match block {
        Block::Para(para) => Some(para.text.clone()),
        _ => None,
    });
    paras.collect()
}

#[test]
fn endnotes_are_counted_apart_from_footnotes() {
    let runs = vec![("Một", vec![]), sign(), (" hai", vec![]), sign(), ("\r", vec![])];
    let draft = draft_of(&Written {
        body: vec![(runs, vec![])],
        notes: vec!["chân trang"],
        ends: vec!["cuối văn bản"],
        sections: vec![(10, vec![])],
        ..Written::default()
    });
    assert_eq!(text_of(&draft), ["Một[1] hai[i]"]);
    let notes: Vec<&str> = draft.notes.iter().map(|note| note.text.as_str()).collect();
    assert_eq!(notes, ["chân trang", "cuối văn bản"]);
}

#[test]
fn notes_begin_anew_where_a_section_says_so() {
    let body = vec![
        (vec![("Một", vec![]), sign(), ("\u{c}", vec![])], vec![]),
        (vec![("Hai", vec![]), sign(), ("\r", vec![])], vec![]),
    ];
    let written = |second: Vec<u8>| Written {
        body: body.clone(),
        notes: vec!["a", "b"],
        sections: vec![(5, vec![]), (10, second)],
        ..Written::default()
    };
    let signs = |second| -> Vec<String> {
        let notes = draft_of(&written(second)).notes.into_iter();
        notes.map(|note| note.sign).collect()
    };
    assert_eq!(signs(vec![]), ["1", "2"]);
    let anew = [sprm(0x303c, &[1]), sprm(0x503f, &[5, 0])].concat();
    assert_eq!(signs(anew), ["1", "5"]);
}

#[test]
fn text_boxes_follow_the_paragraph_they_hang_on() {
    let runs = vec![("Một", vec![]), ("\u{8}", sprm(0x0855, &[1])), ("\r", vec![])];
    let written = Written {
        body: vec![(runs, vec![]), para("Hai", vec![])],
        boxes: vec!["trong khung", "trong nhóm"],
        ..Written::default()
    };
    assert_eq!(lines(&written), ["Một", "trong khung", "Hai", "trong nhóm"]);
}

#[test]
fn pieces_of_a_fast_saved_file_are_read_in_their_order() {
    for narrow in [false, true] {
        let written = Written {
            body: vec![para("Mot ", vec![]), para("hai ba", vec![])],
            // "hai ", "Mot", the mark behind "ba"; the rest is no longer text.
            saved: vec![(5, 9), (0, 3), (11, 12)],
            narrow,
            ..Written::default()
        };
        let Some(last) = lines(&written).first().cloned() else {
            panic!("no text")
        };
        assert_eq!(last, "hai Mot");
    }
}
