//! What hangs on places of the body: notes, and text boxes ([MS-DOC] 2.3.2, 2.3.5).

use std::collections::HashMap;

use super::bytes::{Plc, u16_at, u32_at};
use super::file::{File, Part, Story};
use crate::word::{Fault, Series};

/// Notes, and text boxes, that one document may have.
const MAX_PLACES: usize = 100_000;

/// First position of a text and the one after its last.
pub(super) type Range = (u32, u32);

/// A sign in the body that refers to a note.
#[derive(Clone, Debug)]
pub(super) struct NoteSign {
    pub series: Series,
    /// Number of the note among those of its series.
    pub note: String,
    /// Word does not number it: the character there is its sign.
    pub own: bool,
}

/// The places by position.
#[derive(Debug, Default)]
pub(super) struct Places {
    pub signs: HashMap<u32, NoteSign>,
    pub boxes: HashMap<u32, Range>,
    /// Text boxes of groups of drawings, which no place of the body names.
    pub loose: Vec<Range>,
}

impl Places {
    pub(super) fn read(file: &File) -> Result<Self, Fault> {
        let mut out = Self::default();
        for (series, part) in [(Series::Foot, Part::FootRefs), (Series::End, Part::EndRefs)] {
            let table = bounded(Plc::new(file.part(part)?, 2))?;
            for index in 0..table.len() {
                let (Some(at), Some(entry)) = (table.position(index), table.entry(index)) else {
                    break;
                };
                out.signs.insert(
                    at,
                    NoteSign {
                        series,
                        note: index.to_string(),
                        own: u16_at(entry, 0) == Some(0),
                    },
                );
            }
        }
        out.boxes(file)?;
        Ok(out)
    }

    fn boxes(&mut self, file: &File) -> Result<(), Fault> {
        let texts = bounded(Plc::new(file.part(Part::BoxTexts)?, 22))?;
        let shapes = bounded(Plc::new(file.part(Part::Shapes)?, 26))?;
        let Some((start, end)) = file.story(Story::Box) else {
            return Ok(());
        };
        let mut anchors = HashMap::new();
        for index in 0..shapes.len() {
            let shape = shapes.entry(index).and_then(|entry| u32_at(entry, 0));
            // Text boxes stand in no text box: ranges that overlap would be read in circles.
            let at = shapes.position(index).filter(|at| !(start..end).contains(at));
            if let (Some(shape), Some(at)) = (shape, at) {
                anchors.insert(shape, at);
            }
        }
        for index in 0..texts.len() {
            let range = texts.position(index).zip(texts.position(index + 1));
            let range = range.and_then(|range| within((start, end), range));
            let shape = texts.entry(index).and_then(|entry| u32_at(entry, 14));
            let (Some(range), Some(shape)) = (range, shape) else {
                continue;
            };
            match anchors.get(&shape) {
                Some(at) => {
                    self.boxes.insert(*at, range);
                }
                None => self.loose.push(range),
            }
        }
        Ok(())
    }
}

fn bounded(table: Plc<'_>) -> Result<Plc<'_>, Fault> {
    if table.len() > MAX_PLACES {
        return Err(Fault::TooLarge);
    }
    Ok(table)
}

/// A range counted from the start of a story, as one of the whole text.
pub(super) fn within(story: Range, (from, to): Range) -> Option<Range> {
    let at = |position: u32| story.0.checked_add(position).filter(|at| *at <= story.1);
    at(from).zip(at(to)).filter(|(from, to)| from < to)
}

/// The texts of all notes of a series, in order.
pub(super) fn notes(file: &File, series: Series) -> Result<Vec<Range>, Fault> {
    let (part, story) = match series {
        Series::Foot => (Part::FootTexts, Story::Foot),
        Series::End => (Part::EndTexts, Story::End),
    };
    let table = bounded(Plc::new(file.part(part)?, 0))?;
    let Some(story) = file.story(story) else {
        return Ok(Vec::new());
    };
    let ranges = (0..table.len()).filter_map(|index| table.position(index).zip(table.position(index + 1)));
    Ok(ranges
        .map(|range| within(story, range).unwrap_or((story.0, story.0)))
        .collect())
}
