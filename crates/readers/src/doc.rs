//! Word 6.0 to 2003 files (.doc, [MS-DOC]) → drafts, as `docx` reads theirs.
//!
//! An own reader, because libraries that read these files (undoc 0.27) give text or Markdown:
//! names of fonts, in which TCVN3 keeps its capitals, joined cells, headers and text boxes are lost.

mod bins;
mod bytes;
mod container;
mod file;
mod fonts;
mod lists;
mod old_lists;
mod props;
mod sections;
mod sprm;
mod stories;
mod styles;
mod table;
#[cfg(test)]
mod tests;
mod text;
mod walk;

use legal::draft::Draft;
use legal::model::Block;
use viet::legacy::Encoding;

use crate::reading::{from_draft, one, refused};
use crate::word::{Fault, Found, Notes, Series, remarks};
use crate::{Reading, Refusal};
use container::Streams;
use file::{File, Story};
use lists::Numbering;
use sections::Section;
use stories::Places;
use styles::Styles;
use walk::{Source, Walk};

/// Reads one file; refuses what is no Word document, damaged or out of all measure.
pub(crate) fn read(name: &str, bytes: &[u8]) -> Reading {
    match draft(bytes) {
        Ok(draft) => one(name, from_draft(draft)),
        Err(fault) => refused(name, Refusal::from(fault)),
    }
}

fn draft(bytes: &[u8]) -> Result<Draft, Fault> {
    let streams = Streams::open(bytes)?;
    let macros = streams.macros;
    let file = File::open(streams)?;
    let sections = sections::read(&file)?;
    let ends = sections.iter().map(|section| section.end).collect();
    let mut reader = Reader {
        file: &file,
        source: Source::read(&file, ends)?,
        styles: Styles::read(&file)?,
        lists: Numbering::read(&file)?,
        places: Places::read(&file)?,
    };
    let mut body = reader.body(&sections, false, None)?;
    let (endless, old) = (body.endless_contents, body.found.to_assume());
    if endless || old.is_some() {
        body = reader.body(&sections, endless, old)?;
    }
    let header = match sections::first_header(&file, &sections)? {
        Some(range) => reader.story(Story::Header, range)?,
        None => Vec::new(),
    };
    body.found.macros = macros;
    let mut draft = Draft {
        warnings: remarks::warnings(&body.found),
        blocks: body.blocks,
        notes: body.notes.into_met(),
        mended: body.found.mended,
        ..Draft::default()
    };
    remarks::head_from_header(&mut draft, header);
    Ok(draft)
}

/// The body as it was read.
struct Body {
    blocks: Vec<Block>,
    notes: Notes,
    found: Found,
    endless_contents: bool,
}

/// All that the stories of a file are read with.
struct Reader<'f> {
    file: &'f File,
    source: Source<'f>,
    styles: Styles<'f>,
    lists: Numbering,
    places: Places,
}

impl Reader<'_> {
    fn body(
        &mut self,
        sections: &[Section],
        keep_contents: bool,
        assumed: Option<Encoding>,
    ) -> Result<Body, Fault> {
        self.source.reset();
        let mut notes = self.notes()?;
        if !notes.is_empty() {
            notes.count_by(
                Series::Foot,
                sections.iter().map(|section| section.foot.clone()).collect(),
            );
            let ends = sections.iter().map(|section| section.end_notes.clone());
            notes.count_by(Series::End, ends.collect());
        }
        let range = self
            .file
            .story(Story::Body)
            .ok_or_else(|| Fault::Damaged("FIB".to_owned()))?;
        let plain = Walk::new(&self.source, &mut self.styles, self.lists.clone());
        let mut walk = plain.body(&mut notes, &self.places, keep_contents);
        walk.found.assumed = assumed;
        let mut blocks = walk.story(range)?;
        let mut found = walk.found;
        let endless_contents = walk.endless_contents;
        for range in &self.places.loose {
            let mut walk = Walk::new(&self.source, &mut self.styles, self.lists.clone());
            blocks.extend(walk.story(*range)?);
            found.mended.merge(&walk.found.mended);
        }
        Ok(Body {
            blocks,
            notes,
            found,
            endless_contents,
        })
    }

    fn notes(&mut self) -> Result<Notes, Fault> {
        let mut notes = Notes::default();
        for series in Series::ALL {
            for (index, range) in stories::notes(self.file, series)?.into_iter().enumerate() {
                let mut walk = Walk::new(&self.source, &mut self.styles, self.lists.clone());
                let blocks = walk.story(range)?;
                notes.add(series, &index.to_string(), legal::inspect::text_of(&blocks))?;
            }
        }
        Ok(notes)
    }

    /// A range of a story that stands apart from the body.
    fn story(&mut self, story: Story, range: stories::Range) -> Result<Vec<Block>, Fault> {
        let range = self
            .file
            .story(story)
            .and_then(|story| stories::within(story, range));
        match range {
            Some(range) => Walk::new(&self.source, &mut self.styles, self.lists.clone()).story(range),
            None => Ok(Vec::new()),
        }
    }
}
