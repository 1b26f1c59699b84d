//! What agencies publish, searched beside the acts: an index of its own, so that no post ever moves
//! the ranking of an act. The room of posts stands above this one: the composition hands over two
//! of its store functions ([`PostSource`]).

mod find;

use std::collections::BTreeSet;
use std::future::Future;
use std::path::{Path, PathBuf};
use std::pin::Pin;
use std::sync::{Arc, PoisonError, RwLock};

use db::changes;
use db::{Db, DbError};
use serde::{Deserialize, Serialize};
use tantivy::schema::{FAST, Field, STORED, STRING, Schema};
use tantivy::{IndexReader, IndexWriter, ReloadPolicy, TantivyDocument, Term};

use crate::error::SearchError;
use crate::feed::{belongs, position_of};
use crate::generation::Position;
use crate::schema::{TextFields, WAYS, text, tokenizers};
use crate::tokens::tokens;

/// Grows whenever the shape of the index changes.
const VERSION: u32 = 1;
/// Memory of the one indexing thread.
const WRITER_MEMORY: usize = 16 << 20;
/// Posts read from the database at once, and entries of the log.
const BATCH: i64 = 200;

/// A public post, as the room of posts tells of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PostText {
    /// Its address below `/bai/`.
    pub slug: String,
    /// Title.
    pub title: String,
    /// Summary.
    pub summary: String,
    /// Name of its kind, Vietnamese and English.
    pub kind: (String, String),
    /// Its text.
    pub body: String,
    /// First instant at which it is public, in epoch microseconds.
    pub from: i64,
    /// First instant at which it is gone again.
    pub until: Option<i64>,
}

/// What a store function gives.
pub type Told<T> = Pin<Box<dyn Future<Output = Result<T, DbError>> + Send>>;

/// The store functions of the room of posts.
#[derive(Clone, Copy, Debug)]
pub struct PostSource {
    /// Addresses after one, in order, at most so many; those to come too.
    pub slugs: fn(Db, String, i64) -> Told<Vec<String>>,
    /// The texts of addresses; those that are gone are left out.
    pub texts: fn(Db, Vec<String>) -> Told<Vec<PostText>>,
}

/// A post in the results.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PostHit {
    /// Its address below `/bai/`.
    pub slug: String,
    /// Title.
    pub title: String,
    /// Summary.
    pub summary: String,
    /// Name of its kind, Vietnamese and English.
    pub kind: (String, String),
}

#[derive(Clone, Copy)]
struct Fields {
    slug: Field,
    from: Field,
    until: Field,
    title: TextFields,
    body: TextFields,
    card: Field,
}

impl Fields {
    fn build() -> (Schema, Self) {
        let mut builder = Schema::builder();
        let fields = Self {
            slug: builder.add_text_field("slug", STRING),
            from: builder.add_i64_field("from", FAST),
            until: builder.add_i64_field("until", FAST),
            title: text(&mut builder, "title"),
            body: text(&mut builder, "body"),
            card: builder.add_text_field("card", STORED),
        };
        (builder.build(), fields)
    }
}

/// The index of posts.
pub(crate) struct Posts {
    index: tantivy::Index,
    reader: IndexReader,
    fields: Fields,
    source: PostSource,
    /// When a post appears or goes, ascending, in epoch microseconds.
    turns: RwLock<Vec<i64>>,
}

/// Where the index of posts stands below the folder of all indexes.
pub(crate) fn folder(home: &Path) -> PathBuf {
    home.join(format!("posts-v{VERSION}"))
}

impl Posts {
    /// Opens the index below `home`; one that cannot be read is begun anew.
    pub(crate) fn open(home: &Path, source: PostSource) -> Result<Self, SearchError> {
        let folder = folder(home);
        std::fs::create_dir_all(&folder)?;
        let (schema, fields) = Fields::build();
        let known = tantivy::Index::open_in_dir(&folder).ok();
        let known = known.filter(|index| {
            index.schema() == schema && index.validate_checksum().is_ok_and(|bad| bad.is_empty())
        });
        let mut index = match known {
            Some(index) => index,
            None => {
                std::fs::remove_dir_all(&folder)?;
                std::fs::create_dir_all(&folder)?;
                tantivy::Index::create_in_dir(&folder, schema)?
            }
        };
        index.set_tokenizers(tokenizers());
        let reader = index
            .reader_builder()
            .reload_policy(ReloadPolicy::Manual)
            .try_into()?;
        let posts = Self {
            index,
            reader,
            fields,
            source,
            turns: RwLock::default(),
        };
        posts.reload()?;
        Ok(posts)
    }

    /// Shows what was committed, here or by another process.
    pub(crate) fn reload(&self) -> Result<(), SearchError> {
        self.reader.reload()?;
        let mut turns = BTreeSet::new();
        for segment in self.reader.searcher().segment_readers() {
            for name in ["from", "until"] {
                let column = segment.fast_fields().i64(name)?;
                turns.extend(segment.doc_ids_alive().filter_map(|doc| column.first(doc)));
            }
        }
        *self.turns.write().unwrap_or_else(PoisonError::into_inner) = turns.into_iter().collect();
        Ok(())
    }

    /// When the next post appears or goes after a moment, in epoch microseconds.
    pub(crate) fn next_turn(&self, now: i64) -> Option<i64> {
        let turns = self.turns.read().unwrap_or_else(PoisonError::into_inner);
        let at = turns.partition_point(|turn| *turn <= now);
        turns.get(at).copied().filter(|turn| *turn < i64::MAX)
    }

    fn position(&self) -> Result<Position, SearchError> {
        let payload = self.index.load_metas()?.payload;
        let read =
            |text: String| serde_json::from_str(&text).map_err(|error| SearchError::Shape(error.to_string()));
        payload.map_or(Ok(Position::default()), read)
    }

    /// Brings the index up to the newest change; true where something changed in it.
    pub(crate) async fn catch_up(self: &Arc<Self>, db: &Db) -> Result<bool, SearchError> {
        let mut position = self.position()?;
        if position == Position::default() || !belongs(db, position).await? {
            self.build(db).await?;
            return Ok(true);
        }
        let mut changed = false;
        loop {
            let page = changes::since(db, position.seq, BATCH).await?;
            let Some(last) = page.last() else {
                return Ok(changed);
            };
            position = Position {
                seq: last.seq,
                at: last.at,
            };
            let slugs: BTreeSet<String> = page
                .into_iter()
                .filter(|change| change.kind == "post")
                .map(|change| change.key)
                .collect();
            // A commit for each change of an act would cost more than reading the log again.
            if slugs.is_empty() {
                continue;
            }
            changed = true;
            let slugs: Vec<String> = slugs.into_iter().collect();
            let texts = (self.source.texts)(db.clone(), slugs.clone()).await?;
            let own = Arc::clone(self);
            tokio::task::spawn_blocking(move || {
                let mut writer = own.writer()?;
                own.put(&writer, &slugs, &texts)?;
                own.commit(&mut writer, position)
            })
            .await??;
        }
    }

    async fn build(self: &Arc<Self>, db: &Db) -> Result<(), SearchError> {
        // The number is taken first: what changes meanwhile comes again through the log.
        let position = position_of(db, changes::latest(db).await?).await?;
        let mut writer = self.writer()?;
        writer.delete_all_documents()?;
        let mut after = String::new();
        loop {
            let slugs = (self.source.slugs)(db.clone(), after, BATCH).await?;
            let Some(last) = slugs.last() else { break };
            after = last.clone();
            let texts = (self.source.texts)(db.clone(), slugs.clone()).await?;
            let own = Arc::clone(self);
            writer = tokio::task::spawn_blocking(move || own.put(&writer, &slugs, &texts).map(|()| writer))
                .await??;
        }
        let own = Arc::clone(self);
        tokio::task::spawn_blocking(move || own.commit(&mut writer, position)).await?
    }

    fn writer(&self) -> Result<IndexWriter, SearchError> {
        Ok(self.index.writer_with_num_threads(1, WRITER_MEMORY)?)
    }

    fn put(&self, writer: &IndexWriter, slugs: &[String], texts: &[PostText]) -> Result<(), SearchError> {
        for slug in slugs {
            writer.delete_term(Term::from_field_text(self.fields.slug, slug));
        }
        for text in texts {
            writer.add_document(self.document(text)?)?;
        }
        Ok(())
    }

    fn document(&self, text: &PostText) -> Result<TantivyDocument, SearchError> {
        let fields = &self.fields;
        let hit = PostHit {
            slug: text.slug.clone(),
            title: text.title.clone(),
            summary: text.summary.clone(),
            kind: text.kind.clone(),
        };
        let card = serde_json::to_string(&hit).map_err(|error| SearchError::Shape(error.to_string()))?;
        let mut document = TantivyDocument::default();
        document.add_text(fields.slug, &text.slug);
        document.add_i64(fields.from, text.from);
        document.add_i64(fields.until, text.until.unwrap_or(i64::MAX));
        document.add_text(fields.card, card);
        let body = format!("{}\n{}\n{}", text.title, text.summary, text.body);
        for (words, into) in [(&text.title, fields.title), (&body, fields.body)] {
            let found = tokens(words);
            for ((_, analysis), field) in WAYS.iter().zip(into.ways) {
                document.add_text(field, analysis.words(&found).join(" "));
            }
        }
        Ok(document)
    }

    fn commit(&self, writer: &mut IndexWriter, position: Position) -> Result<(), SearchError> {
        let payload =
            serde_json::to_string(&position).map_err(|error| SearchError::Shape(error.to_string()))?;
        let mut prepared = writer.prepare_commit()?;
        prepared.set_payload(&payload);
        prepared.commit()?;
        self.reload()
    }
}

#[cfg(test)]
#[path = "posts_tests.rs"]
mod tests;
