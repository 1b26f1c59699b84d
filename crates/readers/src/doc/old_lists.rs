//! Numbers of Word 6 and 95, which every paragraph describes anew ([MS-DOC] 2.9.4 `ANLD`, its
//! older form): they count on from one numbered paragraph to the next.

use viet::legacy::as_characters;

use super::bytes::{u8_at, u16_at};
use crate::word::{Format, Look, Printed};

/// Levels up to this one belong to an outline.
const OUTLINE: u8 = 9;
const BULLET: u8 = 11;

/// The number of a paragraph.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct OldList {
    /// 1 to 9 in an outline, 10 a number, 11 a bullet; 0 none.
    pub level: u8,
    format: u8,
    start: u16,
    before: String,
    after: String,
}

impl OldList {
    /// Takes over what a paragraph describes.
    pub(super) fn describe(&mut self, operand: &[u8]) {
        let number = |at: usize| u8_at(operand, at).unwrap_or(0);
        let (before, after) = (usize::from(number(1)), usize::from(number(2)));
        let text = operand.get(20..).unwrap_or_default();
        // Either the end of the text or its length.
        let end = if after > before { after } else { before + after };
        let piece = |from: usize, to: usize| {
            let bytes = text.get(from..to.min(text.len())).unwrap_or_default();
            as_characters(bytes).replace('\0', "")
        };
        self.format = number(0);
        self.start = u16_at(operand, 10).unwrap_or(1);
        self.before = piece(0, before);
        self.after = piece(before, end);
    }
}

/// How far the numbers have counted.
#[derive(Clone, Debug, Default)]
pub(super) struct OldCount {
    last: [Option<i64>; 16],
}

impl OldCount {
    pub(super) fn next(&mut self, list: &OldList) -> Option<Printed> {
        let level = usize::from(list.level);
        let last = self.last.get_mut(level).filter(|_| level > 0)?;
        let number = last.map_or(i64::from(list.start), |last: i64| last.saturating_add(1));
        *last = Some(number);
        if list.level <= OUTLINE {
            let below = self
                .last
                .iter_mut()
                .take(usize::from(OUTLINE) + 1)
                .skip(level + 1);
            below.for_each(|level| *level = None);
        }
        let shown = Format::coded(list.format).print(number, false);
        let printed = format!("{}{shown}{}", list.before, list.after);
        (!printed.trim().is_empty()).then(|| Printed {
            text: format!("{printed} "),
            look: Look::default(),
            bullet: list.level == BULLET,
        })
    }

    /// A paragraph without a number: what is numbered after it begins anew, outlines go on.
    pub(super) fn rest(&mut self) {
        let lists = self.last.iter_mut().skip(usize::from(OUTLINE) + 1);
        lists.for_each(|level| *level = None);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list(level: u8, format: u8, start: u8, before: &str, after: &str) -> OldList {
        let length = |text: &str| u8::try_from(text.len()).expect("short");
        let mut operand = vec![0; 20];
        operand[..3].copy_from_slice(&[format, length(before), length(before) + length(after)]);
        operand[10] = start;
        operand.extend(before.bytes().chain(after.bytes()));
        let mut list = OldList {
            level,
            ..OldList::default()
        };
        list.describe(&operand);
        list
    }

    fn printed(count: &mut OldCount, list: &OldList) -> String {
        count.next(list).map(|printed| printed.text).unwrap_or_default()
    }

    #[test]
    fn numbers_count_on_until_a_paragraph_without_one() {
        let numbered = list(10, 0, 3, "", ".");
        let mut count = OldCount::default();
        assert_eq!(printed(&mut count, &numbered), "3. ");
        assert_eq!(printed(&mut count, &numbered), "4. ");
        count.rest();
        assert_eq!(printed(&mut count, &numbered), "3. ");
    }

    #[test]
    fn outlines_go_on_and_begin_anew_below_a_higher_level() {
        let (upper, lower) = (list(1, 1, 1, "Muc ", "."), list(2, 4, 1, "", ")"));
        let mut count = OldCount::default();
        let mut next = |list| printed(&mut count, list);
        assert_eq!(
            [next(&upper), next(&lower), next(&lower)],
            ["Muc I. ", "a) ", "b) "]
        );
        assert_eq!([next(&upper), next(&lower)], ["Muc II. ", "a) "]);
        count.rest();
        assert_eq!(
            printed(&mut count, &upper),
            "Muc III. ",
            "a paragraph without a number changes nothing"
        );
        assert_eq!(printed(&mut count, &OldList::default()), "", "no number at all");
    }
}
