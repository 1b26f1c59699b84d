//! One built index in a folder of its own.
//!
//! The number of the last change that it holds stands in the payload of the commit, so that
//! documents and number become durable together or not at all.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError, RwLock};

use acts::model::Act;
use legal::model::{ActKind, ActText};
use legal::validity::{Status, claimed_status};
use serde::{Deserialize, Serialize};
use tantivy::indexer::{NoMergePolicy, UserOperation};
use tantivy::{Directory, Index, IndexReader, IndexSettings, IndexWriter, ReloadPolicy, Searcher, Term};

use crate::asked::typed;
use crate::asking::Asking;
use crate::cutter::Cutter;
use crate::document::{self, ActCard};
use crate::error::SearchError;
use crate::schema::{Fields, tokenizers};
use crate::tokens::Token;
use crate::vocabulary::Vocabulary;
use web::Edition;

/// Memory of the one indexing thread.
const WRITER_MEMORY: usize = 32 << 20;

/// Bytes of stored text that are unpacked to show one document: a page shows forty from all over.
const STORED_BLOCK: usize = 4 << 10;

/// Where in the change log an index stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Position {
    /// Number of the last change held.
    pub seq: i64,
    /// When that change was made: tells another database from ours.
    pub at: i64,
}

/// An act on its way into the index; `act` is `None` for one that is gone.
pub(crate) struct Fresh {
    /// Address of the act.
    pub slug: String,
    /// The act with its text, where it has one.
    pub act: Option<(Act, Option<ActText>)>,
}

/// A built index, open for searching.
pub(crate) struct Generation {
    folder: PathBuf,
    index: Index,
    pub(crate) reader: IndexReader,
    pub(crate) fields: Fields,
    /// How much the words of questions tell.
    pub(crate) asking: Asking,
    /// Counts the states that searches have seen.
    pub(crate) edition: Edition,
    vocabulary: RwLock<Arc<Vocabulary>>,
    cutter: Mutex<Cutter>,
}

impl Generation {
    /// An empty index in a new folder.
    pub(crate) fn create(folder: &Path) -> Result<Self, SearchError> {
        std::fs::create_dir_all(folder)?;
        let (schema, _) = Fields::build();
        let settings = IndexSettings {
            docstore_blocksize: STORED_BLOCK,
            ..IndexSettings::default()
        };
        let index = Index::builder()
            .schema(schema)
            .settings(settings)
            .tokenizers(tokenizers())
            .create_in_dir(folder)?;
        Self::of(folder, index)
    }

    /// The index in a folder, every file verified against its checksum.
    pub(crate) fn open(folder: &Path) -> Result<Self, SearchError> {
        let mut index = Index::open_in_dir(folder)?;
        index.set_tokenizers(tokenizers());
        verify(&index)?;
        Self::of(folder, index)
    }

    fn of(folder: &Path, index: Index) -> Result<Self, SearchError> {
        let (schema, fields) = Fields::build();
        if index.schema() != schema {
            return Err(SearchError::Shape("schema".into()));
        }
        let reader = index
            .reader_builder()
            .reload_policy(ReloadPolicy::Manual)
            .try_into()?;
        let vocabulary = Vocabulary::read(&reader.searcher(), &fields)?;
        Ok(Self {
            folder: folder.to_owned(),
            index,
            reader,
            fields,
            asking: Asking::own(),
            edition: Edition::default(),
            vocabulary: RwLock::new(Arc::new(vocabulary)),
            cutter: Mutex::default(),
        })
    }

    /// Shows the last commit to searches.
    pub(crate) fn reload(&self) -> Result<(), SearchError> {
        let before = self.reader.searcher();
        self.reader.reload()?;
        let now = self.reader.searcher();
        if now.generation().segments() == before.generation().segments() {
            return Ok(());
        }
        let fresh = Arc::new(Vocabulary::read(&now, &self.fields)?);
        *self.vocabulary.write().unwrap_or_else(PoisonError::into_inner) = fresh;
        self.edition.advance();
        Ok(())
    }

    /// The words of the last commit shown.
    pub(crate) fn vocabulary(&self) -> Arc<Vocabulary> {
        Arc::clone(&self.vocabulary.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// The words of a text that someone typed, with raw keystrokes and lost marks read.
    pub(crate) fn read_typed(&self, searcher: &Searcher, text: &str) -> Result<Vec<Token>, SearchError> {
        let vocabulary = self.vocabulary();
        let decoded = vocabulary.decoded(&typed(text));
        Ok(vocabulary.completed(searcher, &self.fields, decoded)?)
    }

    /// Name of its folder.
    pub(crate) fn folder(&self) -> &Path {
        &self.folder
    }

    /// Checks every file of the index.
    ///
    /// # Errors
    /// Names what is damaged or missing.
    pub(crate) fn verify(&self) -> Result<(), SearchError> {
        verify(&self.index)
    }

    /// Where it stands; the beginning for a new one.
    pub(crate) fn position(&self) -> Result<Position, SearchError> {
        let payload = self.index.load_metas()?.payload;
        let read =
            |text: String| serde_json::from_str(&text).map_err(|error| SearchError::Shape(error.to_string()));
        payload.map_or(Ok(Position::default()), read)
    }

    /// The one writer; fails while another process has it.
    pub(crate) fn writer(&self) -> Result<IndexWriter, SearchError> {
        Ok(self.index.writer_with_num_threads(1, WRITER_MEMORY)?)
    }

    /// A writer for filling an empty index: what it writes stays in pieces until [`Self::join`].
    pub(crate) fn first_writer(&self) -> Result<IndexWriter, SearchError> {
        let writer = self.writer()?;
        writer.set_merge_policy(Box::new(NoMergePolicy));
        Ok(writer)
    }

    /// Joins all pieces into one, in their order: a search reads one dictionary instead of many.
    pub(crate) fn join(&self, mut writer: IndexWriter) -> Result<(), SearchError> {
        let pieces = self.index.searchable_segment_ids()?;
        if pieces.len() > 1 {
            writer.merge(&pieces).wait()?;
        }
        writer.wait_merging_threads()?;
        self.reload()
    }

    /// Replaces the documents of one act; visible after the commit. They stay neighbours, in order.
    pub(crate) fn put(&self, writer: &IndexWriter, fresh: &Fresh) -> Result<(), SearchError> {
        let old = Term::from_field_text(self.fields.act, &fresh.slug);
        let mut steps = vec![UserOperation::Delete(old)];
        if let Some((act, text)) = &fresh.act {
            let mut cutter = self.cutter.lock().unwrap_or_else(PoisonError::into_inner);
            let documents = document::documents(&self.fields, &mut cutter, &card(act), text.as_ref());
            steps.extend(documents.into_iter().map(UserOperation::Add));
        }
        writer.run(steps)?;
        Ok(())
    }

    /// Makes everything put durable together with the position, then visible.
    pub(crate) fn commit(&self, writer: &mut IndexWriter, position: Position) -> Result<(), SearchError> {
        let payload =
            serde_json::to_string(&position).map_err(|error| SearchError::Shape(error.to_string()))?;
        let mut prepared = writer.prepare_commit()?;
        prepared.set_payload(&payload);
        prepared.commit()?;
        self.reload()
    }
}

/// Goes by the segments in use and not by the index's own list of files, which may be damaged itself.
fn verify(index: &Index) -> Result<(), SearchError> {
    let directory = index.directory();
    for file in index.load_metas()?.list_segment_files() {
        let is_there = directory.exists(&file).map_err(tantivy::TantivyError::from)?;
        if is_there
            && !directory
                .validate_checksum(&file)
                .map_err(tantivy::TantivyError::from)?
        {
            return Err(SearchError::Shape(file.display().to_string()));
        }
    }
    Ok(())
}

fn card(act: &Act) -> ActCard {
    ActCard {
        id: act.id.0,
        slug: act.slug.clone(),
        kind: (act.kind != ActKind::Khac).then_some(act.kind),
        number: act.number.clone(),
        title: act.title.clone(),
        issuer: act.issuers.first().cloned(),
        area: act.field.clone(),
        issued: act.issued,
        in_force: act.in_force,
        expires: act.ends,
        claimed: act
            .partly
            .map(|_| Status::PartlyExpired)
            .or(act.claimed_status.as_deref().and_then(claimed_status)),
        halts: act.halts.clone(),
    }
}
