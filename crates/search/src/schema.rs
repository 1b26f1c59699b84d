//! The shape of the index.
//!
//! One document an article (or other piece that stands by itself), one an act. Two texts of each
//! document are indexed, every one in three ways: marked, pairs of marked neighbours, plain.

use tantivy::schema::{
    FAST, Field, INDEXED, IndexRecordOption, STORED, STRING, Schema, SchemaBuilder, TextFieldIndexing,
    TextOptions,
};
use tantivy::tokenizer::TokenizerManager;

use crate::cutter::Blanks;
use crate::tokens::Analysis;

/// Grows whenever the shape or the words of the index change; the old index is then left behind.
pub const VERSION: u32 = 3;

/// The three ways in which a text is indexed, in the order of [`TextFields::ways`].
pub(crate) const WAYS: [(&str, Analysis); 3] = [
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
];

/// The fields of one indexed text.
#[derive(Clone, Copy, Debug)]
pub(crate) struct TextFields {
    /// In the order of [`WAYS`].
    pub ways: [Field; 3],
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
    /// Place of the act's kind in [`ActKind::all`](legal::model::ActKind::all).
    pub kind: Field,
    /// Days since 1970 of the day issued, if known.
    pub issued: Field,
    /// Days since 1970 of the first day in force, if known.
    pub starts: Field,
    /// Days since 1970 of the first day no longer in force, if known.
    pub ends: Field,
    /// Year of issue.
    pub year: Field,
    /// First issuer, as written.
    pub issuer: Field,
    /// Field of law (lĩnh vực), as written.
    pub area: Field,
    /// Words of the heading at the start of the body.
    pub head_len: Field,
    /// Keys of the act's number.
    pub number: Field,
    /// Whole names of the act.
    pub name_key: Field,
    /// Number of the article in the main part ("7a"), `+7a` in other parts.
    pub article: Field,
    /// Kind and title of the act.
    pub name: TextFields,
    /// Heading of the piece, then its text.
    pub body: TextFields,
    /// The words of the body as codes, in their order.
    pub order: Field,
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
            act: builder.add_text_field("act", STRING | FAST),
            piece: builder.add_u64_field("piece", FAST | INDEXED),
            kind: builder.add_u64_field("kind", FAST | INDEXED),
            issued: builder.add_i64_field("issued", FAST),
            starts: builder.add_i64_field("starts", FAST),
            ends: builder.add_i64_field("ends", FAST),
            year: builder.add_u64_field("year", FAST | INDEXED),
            issuer: builder.add_text_field("issuer", STRING | FAST),
            area: builder.add_text_field("area", STRING | FAST),
            head_len: builder.add_u64_field("head_len", FAST),
            number: builder.add_text_field("number", STRING),
            name_key: builder.add_text_field("name_key", STRING),
            article: builder.add_text_field("article", STRING),
            name: text(&mut builder, "name"),
            body: text(&mut builder, "body"),
            order: builder.add_u64_field("order", FAST),
            card: builder.add_text_field("card", STORED),
            text: builder.add_text_field("text", STORED),
        };
        (builder.build(), fields)
    }
}

/// The order of the words is not in the posting lists but in a column of its own, which one reads
/// for a document at once.
pub(crate) fn text(builder: &mut SchemaBuilder, name: &str) -> TextFields {
    TextFields {
        ways: WAYS.map(|(way, _)| {
            let indexing = TextFieldIndexing::default()
                .set_tokenizer(CUT)
                .set_index_option(IndexRecordOption::WithFreqs);
            let options = TextOptions::default().set_indexing_options(indexing);
            builder.add_text_field(&format!("{name}_{way}"), options)
        }),
    }
}

/// Name of the tokenizer of texts that are cut before they come to the index.
const CUT: &str = "cut";

/// Our tokenizer under its name.
pub(crate) fn tokenizers() -> TokenizerManager {
    let manager = TokenizerManager::default();
    manager.register(CUT, Blanks);
    manager
}
