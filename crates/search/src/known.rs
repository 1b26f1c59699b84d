//! What the index knows of the numbers and names that were asked for.

use tantivy::schema::Field;
use tantivy::{Searcher, Term};

use crate::asked::Asked;
use crate::error::SearchError;
use crate::generation::Generation;
use crate::numbers::Candidate;
use crate::plan::Known;

/// Which of the numbers and names asked for some act has; of the numbers the longest alone. A spoken
/// name takes the place of what was typed where an act has it.
pub(crate) fn known(
    generation: &Generation,
    searcher: &Searcher,
    asked: &mut Asked,
) -> Result<Known, SearchError> {
    let fields = &generation.fields;
    let has = |field: Field, key: &str| -> Result<bool, SearchError> {
        Ok(!key.is_empty() && searcher.doc_freq(&Term::from_field_text(field, key))? > 0)
    };
    let name = asked.name_key();
    if has(fields.name_key, &name)? {
        return Ok(Known {
            name: Some(name),
            ..Known::default()
        });
    }
    for spoken in asked.spoken.clone() {
        let numbers = longest(&spoken.numbers, |key| has(fields.number, key))?;
        let name = has(fields.name_key, &spoken.name_key)?.then_some(spoken.name_key);
        let within = has(fields.name_key, &spoken.own_key)?.then_some(spoken.own_key);
        if numbers.is_empty() && name.is_none() && within.is_none() {
            continue;
        }
        asked.tokens = spoken.tokens;
        return Ok(Known {
            numbers,
            name,
            within,
        });
    }
    let numbers = longest(&asked.numbers, |key| has(fields.number, key))?;
    let mut within = None;
    if numbers.is_empty() {
        for key in asked.names_within() {
            if has(fields.name_key, &key)? {
                within = Some(key);
                break;
            }
        }
    }
    Ok(Known {
        numbers,
        name: None,
        within,
    })
}

fn longest(
    candidates: &[Candidate],
    has: impl Fn(&str) -> Result<bool, SearchError>,
) -> Result<Vec<String>, SearchError> {
    let (mut keys, mut width) = (Vec::new(), 0);
    for candidate in candidates {
        let own = candidate.to - candidate.from;
        if own >= width && has(&candidate.key)? {
            width = own;
            keys.push(candidate.key.clone());
        }
    }
    Ok(keys)
}
