//! Paragraphs and tables → the structure of an act.
//!
//! Order of work: language, quoted passages, parts of the document, the tree of each
//! part, metadata, footnotes. Every step is one pass over the blocks.

mod annex;
mod divide;
pub(crate) mod head;
mod quote;
mod sequence;
pub(crate) mod signature;
mod tree;
mod typed;
pub(crate) mod wrap;

pub(crate) use annex::is_state;

use crate::draft::Draft;
use crate::model::{
    ActText, Block, Finding, Footnote, Language, MarkKind, Mending, Para, Provision, ProvisionKind,
};
use crate::{draft, metadata};

/// Gives a draft its structure and reads its metadata.
#[must_use]
pub fn structure(draft: Draft) -> ActText {
    let Draft {
        mut blocks,
        mut notes,
        page_title,
        claims,
        mut warnings,
        mended,
    } = draft;
    if notes.is_empty() {
        notes = typed::collect(&mut blocks);
    }
    let language = language_of(&blocks);
    number_tables(&mut blocks);
    let blocks = quote::gather(blocks, &mut warnings);
    let mut pieces = divide::divide(blocks, language);
    wrap::number_quotes(&mut pieces);
    let mut act = ActText {
        language,
        warnings,
        ..ActText::default()
    };
    for piece in pieces {
        tree::build(piece, language, &mut act);
    }
    act.mendings = mended
        .kinds()
        .map(|(code, count, example)| Mending {
            code: code.to_owned(),
            count,
            example: example.to_owned(),
        })
        .collect();
    act.metadata = metadata::read(&act, page_title.as_deref());
    act.metadata.claims = claims;
    let head = metadata::head_blocks(&act);
    if let Some(main) = act.parts.first_mut() {
        main.head = main.opening.drain(..head).collect();
    }
    spread_notes(&mut act, notes);
    act
}

/// Whether a line begins a provision or a group: "Điều 5.", "Chương II", "2. …", "đ) …".
#[must_use]
pub fn starts_provision(line: &str) -> bool {
    head::article(line).is_some()
        || head::group(line).is_some()
        || head::clause(line).is_some_and(|found| !found.rest.is_empty())
        || head::point(line, Language::Vi).is_some()
}

/// Whether a line is the head of an article.
#[must_use]
pub fn is_article(line: &str) -> bool {
    head::article(line).is_some()
}

/// The provisions of new text that an amending act brings, which begins with the provision
/// `number` of level `kind`. Ids are those of the passage alone.
pub(crate) fn passage(blocks: Vec<Block>, kind: ProvisionKind, number: &str) -> Vec<Provision> {
    tree::passage(blocks, kind, number)
}

/// Vietnamese unless hardly any letter carries a Vietnamese mark.
fn language_of(blocks: &[Block]) -> Language {
    let (mut letters, mut marked) = (0u32, 0u32);
    let paras = blocks.iter().flat_map(|block| match block {
        Block::Para(para) => vec![para],
        Block::Table(table) => draft::table_paras(table).take(40).collect(),
        Block::Quote(_) => Vec::new(),
    });
    for c in paras
        .take(400)
        .flat_map(|para| para.text.chars())
        .filter(|c| c.is_alphabetic())
    {
        letters += 1;
        marked += u32::from(!c.is_ascii());
    }
    if letters > 200 && marked * 20 < letters {
        Language::En
    } else {
        Language::Vi
    }
}

fn number_tables(blocks: &mut [Block]) {
    let tables = blocks.iter_mut().filter_map(|block| match block {
        Block::Table(table) => Some(table),
        _ => None,
    });
    for (place, table) in tables.enumerate() {
        table.id = format!("tbl_{}", place + 1);
    }
}

/// A warning.
pub(crate) fn finding(code: &str, message: String, at: Option<&str>) -> Finding {
    Finding {
        code: code.to_owned(),
        message,
        at: at.map(str::to_owned),
    }
}

/// Puts every footnote where its sign stands; the rest goes to the main part.
fn spread_notes(act: &mut ActText, notes: Vec<Footnote>) {
    let mut rest: Vec<Option<Footnote>> = notes.into_iter().map(Some).collect();
    if rest.is_empty() {
        return;
    }
    for provision in &mut act.provisions {
        let mut wanted = Vec::new();
        signs(&provision.heading_marks, &mut wanted);
        block_signs(&provision.blocks, &mut wanted);
        provision.notes = take_notes(&mut rest, &wanted);
    }
    for part in &mut act.parts {
        let mut wanted = Vec::new();
        block_signs(&part.opening, &mut wanted);
        block_signs(&part.closing, &mut wanted);
        part.notes = take_notes(&mut rest, &wanted);
    }
    if let Some(main) = act.parts.first_mut() {
        main.notes.extend(rest.into_iter().flatten());
    }
}

fn take_notes(rest: &mut [Option<Footnote>], wanted: &[String]) -> Vec<Footnote> {
    let place = |id: &String| id.strip_prefix("fn_")?.parse::<usize>().ok()?.checked_sub(1);
    wanted
        .iter()
        .filter_map(place)
        .filter_map(|place| rest.get_mut(place)?.take())
        .collect()
}

fn signs(marks: &[crate::model::Mark], out: &mut Vec<String>) {
    out.extend(marks.iter().filter_map(|mark| match &mark.kind {
        MarkKind::Note(id) => Some(id.clone()),
        _ => None,
    }));
}

fn block_signs(blocks: &[Block], out: &mut Vec<String>) {
    for block in blocks {
        match block {
            Block::Para(para) => signs(&para.marks, out),
            Block::Table(table) => draft::table_paras(table).for_each(|para| signs(&para.marks, out)),
            Block::Quote(quote) => block_signs(&quote.blocks, out),
        }
    }
}

/// Whether most of a paragraph is bold.
pub(crate) fn is_bold(para: &Para) -> bool {
    let bold: u32 = para
        .marks
        .iter()
        .filter(|mark| mark.kind == MarkKind::Bold)
        .map(|mark| mark.end - mark.start)
        .sum();
    bold as usize * 10 >= para.text.len() * 7
}

/// Whether all letters of a text are capitals.
pub(crate) fn is_upper(text: &str) -> bool {
    let mut letters = text.chars().filter(|c| c.is_alphabetic()).peekable();
    letters.peek().is_some() && letters.all(char::is_uppercase)
}
