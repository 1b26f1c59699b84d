//! Words that an act defines: "Giải thích từ ngữ", "(sau đây gọi tắt là …)", "… được hiểu là …".

mod glossary;
mod short;

use serde::{Deserialize, Serialize};

use crate::model::{ActText, Block, Language, Provision, ProvisionKind};

/// How a word is defined.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum DefinitionKind {
    /// In an article of definitions.
    Glossary,
    /// A short form of longer words.
    Short,
    /// "được hiểu là" in any sentence.
    Understood,
}

/// One defined word.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Definition {
    /// How.
    pub kind: DefinitionKind,
    /// The word as printed, quotation marks aside.
    pub term: String,
    /// Other words given to the same thing in the definition ("sau đây gọi là …").
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub also: Vec<String>,
    /// What it means: the whole sentence with its points; for a short form the words it stands for.
    pub text: String,
    /// Id of the provision or part in which the word has this meaning: a part for the whole of it.
    pub scope: String,
    /// Id of the provision or part that defines it.
    pub at: String,
}

/// The definitions of an act in document order.
#[must_use]
pub fn definitions(act: &ActText) -> Vec<Definition> {
    if act.language != Language::Vi {
        return Vec::new();
    }
    let mut out = Vec::new();
    for part in &act.parts {
        for text in paragraphs(&part.opening) {
            short::read(text, &part.id, &part.id, &mut out);
        }
        let own = act.provisions.iter().enumerate();
        let own = own.filter(|(_, provision)| provision.part == part.id);
        let mut glossary = None;
        for (place, provision) in own {
            if provision.kind == ProvisionKind::Article {
                glossary = glossary::scope(act, provision);
            }
            if let Some(scope) = &glossary {
                glossary::read(act, place, scope, &mut out);
            }
            for text in paragraphs(&provision.blocks) {
                short::read(text, &provision.id, &part.id, &mut out);
                if glossary.is_none() {
                    short::understood(text, &provision.id, &part.id, &mut out);
                }
            }
        }
    }
    out
}

fn paragraphs(blocks: &[Block]) -> impl Iterator<Item = &str> {
    blocks.iter().filter_map(|block| match block {
        Block::Para(para) => Some(para.text.as_str()),
        _ => None,
    })
}

/// The provision with the text of what stands below it, one paragraph a line.
fn with_children(act: &ActText, place: usize, provision: &Provision) -> String {
    let under = format!("{}__", provision.id);
    let below = act.provisions.iter().skip(place + 1);
    let below = below.take_while(|child| child.id.starts_with(&under));
    let mut lines: Vec<String> = paragraphs(&provision.blocks).map(str::to_owned).collect();
    for child in below {
        let number = match child.kind {
            ProvisionKind::Point => format!("{}) ", child.number),
            _ => format!("{}. ", child.number),
        };
        lines.push(number + &paragraphs(&child.blocks).collect::<Vec<_>>().join("\n"));
    }
    lines.join("\n")
}
