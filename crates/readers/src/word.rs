//! What Word files of all formats, DOCX, Word 97–2003 and RTF, have in common: how runs look, how
//! lists count, how notes, tables and paragraphs become blocks, what the officer is told.

mod fault;
mod fields;
mod flow;
mod font;
mod format;
mod grid;
mod lists;
mod look;
mod notes;
mod pieces;
pub(crate) mod remarks;
mod rows;

pub(crate) use fault::{EPUB, Fault, OLD_WORD, OPEN_TEXT, OTHER, SHEET, SLIDES};
pub(crate) use fields::Fields;
pub(crate) use flow::{EndMark, Flow};
pub(crate) use font::Font;
pub(crate) use format::Format;
pub(crate) use grid::{CellForm, Grid, Merge, RowForm};
pub(crate) use lists::{LEVELS, Level, List, Lists, Printed};
pub(crate) use look::{Look, Raise};
pub(crate) use notes::{Notes, Rule, Series};
pub(crate) use pieces::Piece;
pub(crate) use remarks::Found;
pub(crate) use rows::{OpenTable, RowMake};
