//! The file information block ([MS-DOC] 2.5, and its older form of Word 6 and 95): where
//! everything else stands.

use super::bytes::{place, u16_at, u32_at};
use super::container::Streams;
use super::sprm::Dialect;
use crate::word::{Fault, OLD_WORD};

/// Parts of a document that the block points to, by their place among its pairs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    Styles = 1,
    FootRefs = 2,
    FootTexts = 3,
    Sections = 6,
    Headers = 11,
    CharBins = 12,
    ParaBins = 13,
    Fonts = 15,
    Settings = 31,
    Clx = 33,
    Shapes = 40,
    EndRefs = 46,
    EndTexts = 47,
    BoxTexts = 56,
    Lists = 73,
    ListUses = 74,
}

/// The stories of a document in the order in which their texts follow each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Story {
    Body = 0,
    Foot = 1,
    Header = 2,
    End = 5,
    Box = 6,
}

/// Stories, those that are never read included.
const STORIES: usize = 8;

/// A document with its streams and its block read.
#[derive(Debug)]
pub(super) struct File {
    pub streams: Streams,
    pub dialect: Dialect,
    /// Which of the two table streams is in force.
    table: usize,
    /// Length in characters of each story.
    lengths: [u32; STORIES],
    /// Offset of the first pair.
    pairs: usize,
    /// How many pairs there are.
    count: usize,
}

impl File {
    /// Reads the block; refuses what is encrypted or of a version before Word 6.
    pub(super) fn open(streams: Streams) -> Result<Self, Fault> {
        let main = streams.main.as_slice();
        let damaged = || Fault::Damaged("FIB".to_owned());
        let version = u16_at(main, 2).ok_or_else(damaged)?;
        let flags = u16_at(main, 10).ok_or_else(damaged)?;
        let dialect = match u16_at(main, 0) {
            Some(0xa5ec) if version >= 0xc0 => Dialect::Word97,
            Some(0xa5dc | 0xa5ec) => Dialect::Word6,
            _ => return Err(Fault::NotWord(OLD_WORD)),
        };
        if flags & 0x100 != 0 {
            return Err(Fault::Encrypted);
        }
        let (lengths, pairs, count) = match dialect {
            Dialect::Word6 => (0x34, 0x58, 38),
            Dialect::Word97 => {
                let words = usize::from(u16_at(main, 32).ok_or_else(damaged)?);
                let longs = 34 + words * 2;
                let count = usize::from(u16_at(main, longs).ok_or_else(damaged)?);
                let pairs = longs + 2 + count * 4;
                let count = u16_at(main, pairs).ok_or_else(damaged)?;
                (longs + 2 + 12, pairs + 2, usize::from(count))
            }
        };
        let mut own = [0; STORIES];
        for (story, length) in own.iter_mut().enumerate() {
            *length = u32_at(main, lengths + story * 4).ok_or_else(damaged)?;
        }
        Ok(Self {
            dialect,
            table: usize::from(flags & 0x200 != 0),
            lengths: own,
            pairs,
            count,
            streams,
        })
    }

    /// First and last position of a story; `None` where the numbers make no sense.
    pub(super) fn story(&self, story: Story) -> Option<(u32, u32)> {
        let mut start = self.lengths.iter().take(story as usize);
        let start = start.try_fold(0u32, |sum, length| sum.checked_add(*length))?;
        Some((start, start.checked_add(*self.lengths.get(story as usize)?)?))
    }

    /// Characters of all stories.
    pub(super) fn text_length(&self) -> Option<u32> {
        let mut lengths = self.lengths.iter();
        lengths.try_fold(0u32, |sum, length| sum.checked_add(*length))
    }

    /// The stream that parts stand in.
    fn table(&self) -> &[u8] {
        match self.dialect {
            Dialect::Word6 => &self.streams.main,
            Dialect::Word97 => self.streams.tables.get(self.table).map_or(&[], Vec::as_slice),
        }
    }

    fn pair(&self, part: Part) -> Option<(usize, usize)> {
        let index = part as usize;
        let at = match (self.dialect, part) {
            (Dialect::Word6, Part::EndRefs) => 0x1d2,
            (Dialect::Word6, Part::EndTexts) => 0x1da,
            _ if index < self.count => self.pairs + index * 8,
            _ => return None,
        };
        let main = &self.streams.main;
        Some((place(u32_at(main, at)?), place(u32_at(main, at + 4)?)))
    }

    /// A part; empty where the document has none, an error where the file was cut off.
    pub(super) fn part(&self, part: Part) -> Result<&[u8], Fault> {
        match self.pair(part) {
            None | Some((_, 0)) => Ok(&[]),
            Some((start, length)) => start
                .checked_add(length)
                .and_then(|end| self.table().get(start..end))
                .ok_or_else(|| Fault::Damaged(format!("{part:?}"))),
        }
    }

    /// A part and all that follows it in its stream: what belongs to lists stands behind them.
    pub(super) fn part_on(&self, part: Part) -> Result<&[u8], Fault> {
        match self.pair(part) {
            None | Some((_, 0)) => Ok(&[]),
            Some((start, _)) => self
                .table()
                .get(start..)
                .ok_or_else(|| Fault::Damaged(format!("{part:?}"))),
        }
    }
}
