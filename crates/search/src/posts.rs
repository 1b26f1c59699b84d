//! What agencies publish, searched beside the acts: an index of its own, so that no post ever moves
//! the ranking of an act. The room of posts stands above this one: the composition hands over two
//! of its store functions ([`PostSource`]).

use std::collections::{BTreeSet, HashSet};
use std::future::Future;
use std::path::{Path, PathBuf};
use std::pin::Pin;
use std::sync::{Arc, OnceLock, PoisonError, RwLock};

use db::changes;
use db::{Db, DbError};
use serde::{Deserialize, Serialize};
use tantivy::collector::TopDocs;
use tantivy::query::{BooleanQuery, BoostQuery, Occur, Query, TermQuery};
use tantivy::schema::{FAST, Field, IndexRecordOption, STORED, STRING, Schema, Value};
use tantivy::{IndexReader, IndexWriter, ReloadPolicy, TantivyDocument, Term};

use crate::error::SearchError;
use crate::feed::{belongs, position_of};
use crate::generation::Position;
use crate::schema::{TextFields, WAYS, text, tokenizers};
use crate::suggest::ending;
use crate::tokens::{Token, one_spelling, tokens};

/// Grows whenever the shape of the index changes.
const VERSION: u32 = 1;
/// Memory of the one indexing thread.
const WRITER_MEMORY: usize = 16 << 20;
/// Posts read from the database at once, and entries of the log.
const BATCH: i64 = 200;
/// Posts of a group of results, and suggestions.
const SHOWN: usize = 5;
const SUGGESTED: usize = 3;
/// What a word counts for in the title, marked and plain, and in the text likewise.
const WEIGHTS: [(bool, usize, f32); 4] = [(true, 0, 3.0), (true, 2, 2.0), (false, 0, 1.0), (false, 2, 0.6)];
/// Words of questions that say nothing of what is asked.
const EMPTY_WORDS: [&str; 26] = [
    "bao", "nhiêu", "là", "có", "thì", "được", "gì", "nào", "như", "thế", "của", "và", "các", "cho", "khi",
    "bị", "phải", "làm", "sao", "không", "tôi", "mình", "nếu", "ở", "với", "những",
];

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

    /// Posts that are public at a moment and say what is asked, best first. Where some word has marks,
    /// all are meant as they are. Nothing is read where there are no posts.
    pub(crate) fn search(
        &self,
        asked: impl FnOnce() -> Result<Vec<Token>, SearchError>,
        now: i64,
    ) -> Result<Vec<PostHit>, SearchError> {
        if self.reader.searcher().num_docs() == 0 {
            return Ok(Vec::new());
        }
        let mut asked = asked()?;
        let has_marks = asked.iter().any(Token::is_marked);
        let telling: Vec<Token> = asked.iter().filter(|token| !is_empty(token)).cloned().collect();
        if !telling.is_empty() {
            asked = telling;
        }
        if asked.is_empty() {
            return Ok(Vec::new());
        }
        let words = asked
            .iter()
            .map(|token| (Occur::Should, self.word(token, has_marks)));
        let mut query = BooleanQuery::new(words.collect());
        query.set_minimum_number_should_match(asked.len() - asked.len() / 3);
        self.top(Box::new(query), now, SHOWN)
    }

    /// A word in any of the ways; the place where it stands weighs.
    fn word(&self, token: &Token, as_typed: bool) -> Box<dyn Query> {
        let one = |(title, way, weight): (bool, usize, f32)| -> (Occur, Box<dyn Query>) {
            let fields = if title {
                self.fields.title
            } else {
                self.fields.body
            };
            let word = one_spelling(if way == 2 { &token.plain } else { &token.marked });
            let term = Term::from_field_text(fields.ways[way], &word);
            let query = TermQuery::new(term, IndexRecordOption::WithFreqs);
            (Occur::Should, Box::new(BoostQuery::new(Box::new(query), weight)))
        };
        let ways = WEIGHTS.into_iter().filter(|(_, way, _)| *way == 0 || !as_typed);
        Box::new(BooleanQuery::new(ways.map(one).collect()))
    }

    /// Titles that hold what was typed, the last word perhaps unfinished.
    pub(crate) fn suggest(&self, typed: &str, now: i64) -> Result<Vec<PostHit>, SearchError> {
        let typed = tokens(typed);
        let [before @ .., last] = typed.as_slice() else {
            return Ok(Vec::new());
        };
        let title = self.fields.title.ways[2];
        let mut must: Vec<Box<dyn Query>> = Vec::new();
        for token in before {
            let term = Term::from_field_text(title, &one_spelling(&token.plain));
            must.push(Box::new(TermQuery::new(term, IndexRecordOption::Basic)));
        }
        must.push(ending(
            &self.reader.searcher(),
            title,
            &one_spelling(&last.plain),
        )?);
        self.top(Box::new(BooleanQuery::intersection(must)), now, SUGGESTED)
    }

    fn top(&self, query: Box<dyn Query>, now: i64, most: usize) -> Result<Vec<PostHit>, SearchError> {
        use std::ops::Bound::{Excluded, Included, Unbounded};
        use tantivy::query::RangeQuery;
        let bound = |field, value| Term::from_field_i64(field, value);
        let from = RangeQuery::new(Unbounded, Included(bound(self.fields.from, now)));
        let until = RangeQuery::new(Excluded(bound(self.fields.until, now)), Unbounded);
        let still = |query: RangeQuery| -> (Occur, Box<dyn Query>) {
            (
                Occur::Must,
                Box::new(tantivy::query::ConstScoreQuery::new(Box::new(query), 0.0)),
            )
        };
        let query = BooleanQuery::new(vec![(Occur::Must, query), still(from), still(until)]);
        let searcher = self.reader.searcher();
        let top = searcher.search(&query, &TopDocs::with_limit(most).order_by_score())?;
        let hit = |(_, at)| {
            let document: TantivyDocument = searcher.doc(at)?;
            let card = document
                .get_first(self.fields.card)
                .and_then(|card| card.as_str());
            serde_json::from_str(card.unwrap_or_default())
                .map_err(|error| SearchError::Shape(error.to_string()))
        };
        top.into_iter().map(hit).collect()
    }
}

/// Whether a word, with its marks or typed without any, says nothing.
fn is_empty(token: &Token) -> bool {
    static EMPTY: OnceLock<HashSet<String>> = OnceLock::new();
    let empty = EMPTY.get_or_init(|| {
        let words = EMPTY_WORDS.iter().flat_map(|word| tokens(word));
        words.flat_map(|word| [word.marked, word.plain]).collect()
    });
    empty.contains(&token.marked)
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: i64 = 1_000;

    fn post(slug: &str, title: &str, body: &str, from: i64) -> PostText {
        PostText {
            slug: slug.to_owned(),
            title: title.to_owned(),
            summary: format!("Tóm tắt {slug}"),
            kind: ("Hướng dẫn".to_owned(), "Guide".to_owned()),
            body: body.to_owned(),
            from,
            until: None,
        }
    }

    fn known() -> Vec<PostText> {
        vec![
            post(
                "di-chuc",
                "Lập di chúc: viết tay cũng có giá trị",
                "Người làm chứng",
                0,
            ),
            post(
                "vay",
                "Cho vay, đi vay: lãi bao nhiêu là đúng luật",
                "Lãi suất không quá 20 %",
                0,
            ),
            post("mai", "Di chúc của ngày mai", "", NOW + 1),
        ]
    }

    const SOURCE: PostSource = PostSource {
        slugs: |_, after, _| {
            let mut slugs: Vec<String> = known()
                .into_iter()
                .map(|one| one.slug)
                .filter(|slug| *slug > after)
                .collect();
            slugs.sort();
            Box::pin(async move { Ok(slugs) })
        },
        texts: |_, slugs| {
            let texts = known()
                .into_iter()
                .filter(|one| slugs.contains(&one.slug))
                .collect();
            Box::pin(async move { Ok(texts) })
        },
    };

    fn slugs(posts: &Posts, asked: &str, now: i64) -> Vec<String> {
        let hits = posts.search(|| Ok(tokens(asked)), now).expect("found");
        hits.into_iter().map(|hit| hit.slug).collect()
    }

    async fn log(db: &Db, kind: &str, key: &str) {
        let mut tx = db.begin().await.expect("begin");
        changes::append(&mut tx, kind, key).await.expect("append");
        tx.commit().await.expect("commit");
    }

    db::both_engines!(posts_are_found_while_they_are_public, |test| {
        log(&test.db, "act", "x").await;
        let posts = Arc::new(Posts::open(test.folder.path(), SOURCE).expect("opened"));
        assert!(posts.catch_up(&test.db).await.expect("built"));
        for (asked, found) in [
            ("lập di chúc viết tay", vec!["di-chuc"]),
            ("lap di chuc viet tay", vec!["di-chuc"]),
            ("lãi suất cho vay bao nhiêu là đúng?", vec!["vay"]),
            ("di chúc", vec!["di-chuc"]),
            ("dị chức", vec![]),
            ("tàu biển", vec![]),
            ("là gì", vec![]),
            ("", vec![]),
        ] {
            assert_eq!(slugs(&posts, asked, NOW), found, "{asked}");
        }
        assert_eq!(slugs(&posts, "di chúc", NOW + 1).len(), 2);
        assert_eq!(
            (posts.next_turn(NOW), posts.next_turn(NOW + 1)),
            (Some(NOW + 1), None)
        );
        let suggested = posts.suggest("cho vay di v", NOW).expect("suggested");
        assert_eq!(suggested.len(), 1);
        assert!(
            posts
                .suggest("di chuc cua ng", NOW)
                .expect("suggested")
                .is_empty()
        );

        // The log is followed; what is gone goes; another process's index is not this database's.
        assert!(!posts.catch_up(&test.db).await.expect("followed"));
        log(&test.db, "act", "y").await;
        log(&test.db, "post", "vay").await;
        log(&test.db, "post", "gone").await;
        assert!(posts.catch_up(&test.db).await.expect("followed"));
        assert_eq!(slugs(&posts, "cho vay", NOW), ["vay"]);
        let again = Posts::open(test.folder.path(), SOURCE).expect("opened again");
        assert_eq!(again.position().expect("a position").seq, 4);
        drop((posts, again));
        let folder = test.folder.path().join(format!("posts-v{VERSION}"));
        for file in std::fs::read_dir(&folder).expect("a folder") {
            std::fs::write(file.expect("a file").path(), "x").expect("damaged");
        }
        let anew = Posts::open(test.folder.path(), SOURCE).expect("begun anew");
        assert_eq!(anew.position().expect("a position"), Position::default());
    });
}
