//! DOCX files → drafts: the text as Word would print it, every tracked change accepted.
//!
//! Titles in the properties of a file are left alone: they tell of the template or of the
//! file it was typed over more often than of the act.

mod element;
mod meter;
mod notes;
mod numbering;
mod package;
mod page;
mod paragraph;
mod styles;
#[cfg(test)]
mod tests;
mod walk;
mod xml;

use legal::draft::Draft;
use legal::model::Block;
use viet::legacy::Encoding;

use crate::reading::{from_draft, one, refused};
use crate::word::{Fault, Notes, Rule, Series, remarks};
use crate::{Reading, Refusal};
use numbering::Numbering;
use package::{Package, Part};
pub use page::{WordPage, word_page};
use styles::Styles;
use walk::{Context, Seen, Walk};
use xml::{Node, Step};

/// Sections that one file may have.
const MAX_SECTIONS: usize = 10_000;

/// Reads one DOCX file; refuses what is no Word document, damaged or out of all measure.
pub(crate) fn read(name: &str, bytes: &[u8]) -> Reading {
    match draft(bytes) {
        Ok(draft) => one(name, from_draft(draft)),
        Err(fault) => refused(name, Refusal::from(fault)),
    }
}

fn draft(bytes: &[u8]) -> Result<Draft, Fault> {
    let mut package = Package::open(bytes)?;
    let mut source = Source::read(&mut package)?;
    let mut story = source.body(&mut package, false, None)?;
    let (endless, old) = (story.seen.endless_contents, story.seen.found.to_assume());
    if endless || old.is_some() {
        story = source.body(&mut package, endless, old)?;
    }
    let header = match story.seen.header.take() {
        Some(id) => source.header(&mut package, &id)?,
        None => Vec::new(),
    };
    let mut draft = Draft {
        warnings: remarks::warnings(&story.seen.found),
        blocks: story.blocks,
        notes: story.notes.into_met(),
        mended: story.seen.found.mended,
        ..Draft::default()
    };
    remarks::head_from_header(&mut draft, header);
    Ok(draft)
}

/// A story that was read.
struct Body {
    blocks: Vec<Block>,
    seen: Seen,
    notes: Notes,
}

/// What every story of a file is read with.
struct Source {
    styles: Styles,
    lists: Numbering,
    settings: Option<Node>,
}

impl Source {
    fn read(package: &mut Package<'_>) -> Result<Self, Fault> {
        let styles = match package.related("styles")? {
            Some(mut part) => Styles::read(&mut part)?,
            None => Styles::default(),
        };
        let lists = match package.related("numbering")? {
            Some(mut part) => Numbering::read(&mut part)?,
            None => Numbering::default(),
        };
        let settings = match package.related("settings")? {
            Some(mut part) => match part.next()? {
                Step::Open => Some(part.node()?),
                _ => None,
            },
            None => None,
        };
        Ok(Self {
            styles,
            lists,
            settings,
        })
    }

    fn body(
        &mut self,
        package: &mut Package<'_>,
        keep_contents: bool,
        assumed: Option<Encoding>,
    ) -> Result<Body, Fault> {
        let mut notes = self.notes(package)?;
        let mut part = package.main()?;
        let mut walk = Walk::new(Context {
            styles: &mut self.styles,
            lists: self.lists.clone(),
            notes: Some(&mut notes),
            keep_contents,
        });
        walk.seen.found.assumed = assumed;
        let (blocks, mut seen) = walk.read(&mut part)?;
        drop(part);
        seen.found.macros = package.macros;
        Ok(Body { blocks, seen, notes })
    }

    fn notes(&mut self, package: &mut Package<'_>) -> Result<Notes, Fault> {
        let mut notes = Notes::default();
        for series in Series::ALL {
            let Some(mut part) = package.related(notes::part(series))? else {
                continue;
            };
            loop {
                match part.next()? {
                    Step::Open if part.tag().is(notes::element(series)) => {
                        let id = part.tag().attr("id").unwrap_or_default().to_owned();
                        // The lines between text and notes are notes of their own kind.
                        if part.tag().attr("type").is_some_and(|kind| kind != "normal") {
                            part.skip()?;
                            continue;
                        }
                        let (blocks, _) = self.plain().read(&mut part)?;
                        notes.add(series, &id, legal::inspect::text_of(&blocks))?;
                    }
                    Step::End => break,
                    _ => {}
                }
            }
        }
        if !notes.is_empty() {
            for (series, rules) in rules(&mut package.main()?, self.settings.as_ref())? {
                notes.count_by(series, rules);
            }
        }
        Ok(notes)
    }

    fn header(&mut self, package: &mut Package<'_>, id: &str) -> Result<Vec<Block>, Fault> {
        match package.by_id(id)? {
            Some(mut part) => Ok(self.plain().read(&mut part)?.0),
            None => Ok(Vec::new()),
        }
    }

    /// A walk over a story without notes of its own.
    fn plain(&mut self) -> Walk<'_> {
        Walk::new(Context {
            styles: &mut self.styles,
            lists: self.lists.clone(),
            notes: None,
            keep_contents: true,
        })
    }
}

/// How the sections of a body count the notes of each series, in order.
fn rules(part: &mut Part<'_>, settings: Option<&Node>) -> Result<[(Series, Vec<Rule>); 2], Fault> {
    let mut out = Series::ALL.map(|series| (series, Vec::new()));
    loop {
        match part.next()? {
            Step::Open if part.tag().is("sectPr") => {
                let section = part.node()?;
                for (series, rules) in &mut out {
                    rules.push(notes::rule(*series, Some(&section), settings));
                    if rules.len() > MAX_SECTIONS {
                        return Err(Fault::TooLarge);
                    }
                }
            }
            Step::End => break,
            _ => {}
        }
    }
    for (series, rules) in out.iter_mut().filter(|(_, rules)| rules.is_empty()) {
        rules.push(notes::rule(*series, None, settings));
    }
    Ok(out)
}
