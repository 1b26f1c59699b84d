//! The shape of the index.
//!
//! One document an article (or other piece that stands by itself), one an act. Three texts of
//! each document are indexed, every one in four ways: marked and plain, syllables and pairs.

use tantivy::schema::{
    FAST, Field, INDEXED, IndexRecordOption, STORED, STRING, Schema, SchemaBuilder, TextFieldIndexing,
    TextOptions,
};
use tantivy::tokenizer::TokenizerManager;

use crate::tokens::Analysis;

/// Grows whenever the shape or the words of the index change; the old index is then left behind.
pub const VERSION: u32 = 1;

/// The four ways in which a text is indexed, in the order of [`TextFields::ways`].
pub(crate) const WAYS: [(&str, Analysis); 4] = [
    (
        "marked",
        Analysis {
            plain: false,
            pairs: false,
        },
    ),
    (
        "marked_pairs",
        Analysis {
            plain: false,
            pairs: true,
        },
    ),
    (
        "plain",
        Analysis {
            plain: true,
            pairs: false,
        },
    ),
    (
        "plain_pairs",
        Analysis {
            plain: true,
            pairs: true,
        },
    ),
];

/// The fields of one indexed text.
#[derive(Clone, Copy, Debug)]
pub(crate) struct TextFields {
    /// In the order of [`WAYS`].
    pub ways: [Field; 4],
}

/// Handles of all fields.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Fields {
    /// Row id of the act: groups results.
    pub group: Field,
    /// Slug of the act: what a change deletes.
    pub act: Field,
    /// 0 = the act itself, 1 = a piece of its text.
    pub piece: Field,
    /// Days since 1970 of the first day no longer in force, if known.
    pub ends: Field,
    /// Keys of the act's number.
    pub number: Field,
    /// Whole names of the act.
    pub name_key: Field,
    /// Number of the article in the main part ("7a"), `+7a` in other parts.
    pub article: Field,
    /// Kind, title and number of the act.
    pub name: TextFields,
    /// Heading of the piece.
    pub head: TextFields,
    /// Text of the piece.
    pub body: TextFields,
    /// What a result shows, as JSON.
    pub card: Field,
    /// The text for excerpts.
    pub text: Field,
}

impl Fields {
    /// The schema with its handles.
    pub(crate) fn build() -> (Schema, Self) {
        let mut builder = Schema::builder();
        let fields = Self {
            group: builder.add_u64_field("group", FAST | INDEXED),
            act: builder.add_text_field("act", STRING),
            piece: builder.add_u64_field("piece", FAST | INDEXED),
            ends: builder.add_i64_field("ends", FAST),
            number: builder.add_text_field("number", STRING),
            name_key: builder.add_text_field("name_key", STRING),
            article: builder.add_text_field("article", STRING),
            name: text(&mut builder, "name"),
            head: text(&mut builder, "head"),
            body: text(&mut builder, "body"),
            card: builder.add_text_field("card", STORED),
            text: builder.add_text_field("text", STORED),
        };
        (builder.build(), fields)
    }
}

fn text(builder: &mut SchemaBuilder, name: &str) -> TextFields {
    TextFields {
        ways: WAYS.map(|(way, _)| {
            let indexing = TextFieldIndexing::default()
                .set_tokenizer(way)
                .set_index_option(IndexRecordOption::WithFreqs);
            let options = TextOptions::default().set_indexing_options(indexing);
            builder.add_text_field(&format!("{name}_{way}"), options)
        }),
    }
}

/// Our tokenizers under their names.
pub(crate) fn tokenizers() -> TokenizerManager {
    let manager = TokenizerManager::default();
    for (name, analysis) in WAYS {
        manager.register(name, analysis);
    }
    manager
}
