//! What people ask of the index. All of it runs on threads of its own ([`super::threads`]).

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use jiff::civil::Date;

use super::Index;
use crate::asked::typed;
use crate::error::SearchError;
use crate::find::{Query, Results, find};
use crate::generation::Generation;
use crate::matches::Patience;
use crate::posts::PostHit;
use crate::suggest::{Suggestion, suggest};

impl Index {
    /// Finds acts and their pieces. Ends early when the returned future is dropped.
    ///
    /// # Errors
    /// The index cannot be read (it is then checked and built again), or time ran out.
    pub async fn search(&self, query: Query) -> Result<Results, SearchError> {
        self.show(query, None, |_, results, _| results).await
    }

    /// Finds acts, and with a moment (epoch microseconds) the posts that are public then, and gives both
    /// to `show`, which may take its time: a page is made where its search ran, so that it waits once.
    ///
    /// # Errors
    /// As [`Index::search`].
    pub async fn show<T: Send + 'static>(
        &self,
        query: Query,
        posts_at: Option<i64>,
        show: impl FnOnce(&Query, Results, Vec<PostHit>) -> T + Send + 'static,
    ) -> Result<T, SearchError> {
        let index = self.clone();
        let abandoned = Abandon::default();
        let flag = Arc::clone(&abandoned.0);
        let shown = self.inner.threads.in_turn(move || {
            let (results, posts) = index.found(&query, posts_at, &Patience::new(&flag))?;
            Ok(show(&query, results, posts))
        });
        let shown = shown.await;
        if shown.as_ref().is_err_and(SearchError::is_damage) {
            self.inner.suspect.store(true, Ordering::Release);
        }
        shown
    }

    fn found(
        &self,
        query: &Query,
        posts_at: Option<i64>,
        patience: &Patience<'_>,
    ) -> Result<(Results, Vec<PostHit>), SearchError> {
        let generation = self.serving();
        let posts = match (self.inner.posts.get(), posts_at) {
            (Some(posts), Some(now)) => posts.search(|| words(generation.as_deref(), &query.text), now)?,
            _ => Vec::new(),
        };
        let Some(generation) = generation else {
            let results = Results {
                page: 1,
                building: true,
                ..Results::default()
            };
            return Ok((results, posts));
        };
        let results = find(&generation, &self.inner.names, query, patience)?;
        let building = !self.inner.complete.load(Ordering::Acquire);
        Ok((Results { building, ..results }, posts))
    }

    /// Acts whose name or number begins as typed, and posts that are public at a moment (epoch
    /// microseconds) and whose title holds what is typed.
    ///
    /// # Errors
    /// The index cannot be read.
    pub async fn suggest(
        &self,
        text: String,
        today: Date,
        now: i64,
    ) -> Result<(Vec<Suggestion>, Vec<PostHit>), SearchError> {
        let index = self.clone();
        let suggested = move || {
            let acts = match index.serving() {
                Some(generation) => suggest(&generation, &index.inner.names, &text, today)?,
                None => Vec::new(),
            };
            let posts = index.inner.posts.get().map(|posts| posts.suggest(&text, now));
            Ok((acts, posts.transpose()?.unwrap_or_default()))
        };
        self.inner.threads.in_turn(suggested).await
    }

    /// When the posts that a search finds change by themselves after a moment: one appears or goes.
    #[must_use]
    pub fn next_turn(&self, now: i64) -> Option<i64> {
        self.inner.posts.get()?.next_turn(now)
    }
}

fn words(generation: Option<&Generation>, text: &str) -> Result<Vec<crate::tokens::Token>, SearchError> {
    match generation {
        Some(generation) => generation.read_typed(&generation.reader.searcher(), text),
        None => Ok(typed(text)),
    }
}

/// Tells a search, when it is dropped, that nobody waits for it any more.
#[derive(Default)]
struct Abandon(Arc<AtomicBool>);

impl Drop for Abandon {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}
