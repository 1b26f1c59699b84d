//! Footnotes as Word writes them into pages: a sign in the text, the text at the end.

use std::collections::HashMap;

use legal::model::{Block, Footnote, MarkKind, Para};

/// Takes the texts of footnotes out of `blocks` and names the signs that point to them.
/// Signs without a text become plain superscripts.
pub(super) fn collect(blocks: &mut Vec<Block>) -> Vec<Footnote> {
    let mut notes: Vec<Footnote> = Vec::new();
    let mut ids: HashMap<String, String> = HashMap::new();
    blocks.retain(|block| {
        let Block::Para(para) = block else { return true };
        let Some((name, sign, text)) = note_text(para) else {
            return true;
        };
        let id = format!("fn_{}", notes.len() + 1);
        ids.insert(name, id.clone());
        notes.push(Footnote { id, sign, text });
        false
    });
    for block in blocks.iter_mut() {
        match block {
            Block::Para(para) => point(para, &ids),
            Block::Table(table) => table
                .rows
                .iter_mut()
                .flat_map(|row| &mut row.cells)
                .flat_map(|cell| &mut cell.paras)
                .for_each(|para| point(para, &ids)),
            Block::Quote(_) => {}
        }
    }
    notes
}

/// Name, sign and text of a paragraph that begins with the anchor of a footnote's text.
fn note_text(para: &Para) -> Option<(String, String, String)> {
    let mark = para
        .marks
        .iter()
        .find(|mark| mark.start == 0 && matches!(mark.kind, MarkKind::Note(_)))?;
    let MarkKind::Note(name) = &mark.kind else {
        return None;
    };
    let number = name.strip_prefix("text:")?;
    let sign = para.text.get(..mark.end as usize)?;
    let text = para.text.get(mark.end as usize..)?;
    Some((number.to_owned(), bare_sign(sign), text.trim().to_owned()))
}

fn bare_sign(sign: &str) -> String {
    sign.trim().trim_matches(['[', ']', '(', ')']).trim().to_owned()
}

fn point(para: &mut Para, ids: &HashMap<String, String>) {
    for mark in &mut para.marks {
        if let MarkKind::Note(name) = &mark.kind {
            mark.kind = match ids.get(name.strip_prefix("text:").unwrap_or(name)) {
                Some(id) => MarkKind::Note(id.clone()),
                None => MarkKind::Sup,
            };
        }
    }
}
