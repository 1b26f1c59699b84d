//! What a body cites, pinned to what the law says when it is written.

use acts::store::cited_law;
use db::{Result, Tx};
use jiff::civil::Date;

use crate::body::{Block, Lang, lines};
use crate::model::Pinned;

/// Everything that the Vietnamese lines of a body cite.
///
/// # Errors
/// What the engine says.
pub async fn pin(tx: &mut Tx, body: &[Block], day: Date) -> Result<Vec<Pinned>> {
    let languages = body
        .iter()
        .flat_map(|block| vec![block.lang; block.content.lines().len()]);
    let all = lines(body);
    let texts: Vec<&str> = all
        .iter()
        .zip(languages)
        .map(|(line, lang)| if lang == Lang::Vi { line.text.as_str() } else { "" })
        .collect();
    let found = cited_law(tx, &texts, day).await?;
    let pinned = found.into_iter().filter_map(|one| {
        let words = texts.get(one.paragraph)?.get(one.from..one.to)?.to_owned();
        Some(Pinned {
            line: one.paragraph,
            from: one.from,
            to: one.to,
            act: one.act,
            provision: one.provision,
            missing: one.missing,
            words,
            hash: one.hash,
        })
    });
    Ok(pinned.collect())
}
