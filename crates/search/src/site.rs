//! `/tim`: the page of results, its feed, what is suggested while someone types, and what was not found.

mod address;
mod feed;
mod missed;
mod view;

use axum::extract::rejection::QueryRejection;
use axum::extract::{Query as Params, State};
use jiff::Timestamp;
use policy::Permission;
use web::{Access, Look, Page, Policy, Problem, Routes, Site};

use crate::error::SearchError;
use crate::filter::Filter;
use crate::find::{Query, Results, Widened};
use crate::missed::countable;
use crate::{Index, LONGEST_QUERY, store};
use address::Asked;
use view::View;

/// What people searched for and did not find, for those who write.
pub const MISSED: &str = "/ban-lam-viec/tim-khong-thay";

/// The routes of the search box over one index.
#[must_use]
pub fn routes(index: &Index) -> Routes {
    let page_index = index.clone();
    let page = move |State(site): State<Site>, look: Look, asked: Result<Params<Asked>, QueryRejection>| async move {
        let Params(asked) = asked.map_err(|_| invalid())?;
        results_page(&site, look, &page_index, &asked).await
    };
    let feed_index = index.clone();
    let feed = move |State(site): State<Site>, asked: Result<Params<Asked>, QueryRejection>| async move {
        let Params(asked) = asked.map_err(|_| invalid())?;
        feed::page(&site, &feed_index, &asked).await
    };
    let index = index.clone();
    let suggestions = move |State(site): State<Site>, asked: Result<Params<Asked>, QueryRejection>| async move {
        let Params(asked) = asked.map_err(|_| invalid())?;
        suggestions(&site, &index, &asked).await
    };
    Routes::new()
        .get("/tim", Access::Public, page)
        .get("/tim/goi-y", Access::Public, suggestions)
        .get("/tim.atom", Access::Public, feed)
        .get(MISSED, Access::May(Permission::ReadMissedSearches), missed::show)
}

fn invalid() -> Problem {
    Problem::Invalid("Địa chỉ tìm kiếm không đúng dạng.".into())
}

async fn results_page(site: &Site, look: Look, index: &Index, asked: &Asked) -> Result<Page, Problem> {
    let query = asked.query(site.today());
    let now = site.now().as_microsecond();
    let edition = index.edition();
    let number = edition.number();
    // Posts stand on the first page of a search that is not narrowed to acts.
    let posts_at = (query.page <= 1 && query.filter == Filter::default()).then_some(now);
    let own = site.clone();
    let made = move |query: &Query, results: Results, posts| {
        let missed = missed_words(query, &results);
        let building = results.building;
        let page = Page::html(&View::new(&own, look, query.clone(), results, posts))?;
        Ok::<_, Problem>((page, missed, building))
    };
    let (page, missed, building) = if query.text.is_empty() {
        made(&query, Results::default(), Vec::new())?
    } else {
        index.show(query, posts_at, made).await.map_err(problem)??
    };
    if let Some(words) = &missed {
        count_missed(site, words).await;
    }
    // What is counted must come here each time; what is not yet whole must be asked again. What people
    // search for is their own: no copy of it is kept on the way.
    let policy = if missed.is_some() || building {
        Policy::Never
    } else {
        Policy::Here
    };
    let page = page.of_edition(&edition, number).policy(policy);
    let page = page.fresh_until(site.next_midnight());
    // Posts appear and go by the clock; no change of the index tells of it.
    let turn = index.next_turn(now).map(Timestamp::from_microsecond);
    Ok(match turn {
        Some(Ok(at)) => page.fresh_until(at),
        _ => page,
    })
}

/// The words of a search that found nothing as asked.
fn missed_words(query: &Query, results: &Results) -> Option<String> {
    let is_missed = results.acts == 0 || results.widened == Some(Widened::AnyWord);
    let counts = is_missed && !results.building && query.page <= 1 && query.filter == Filter::default();
    counts.then(|| countable(&query.text)).flatten()
}

/// Counts a search that found nothing as asked. A failure to count fails no search.
async fn count_missed(site: &Site, words: &str) {
    if let Err(error) = store::missed_count(site.db(), words, site.today()).await {
        tracing::warn!(%error, "missed search not counted");
    }
}

/// What is suggested: an act, or a post by its title.
#[derive(serde::Serialize)]
#[serde(untagged)]
enum Suggested {
    Act(crate::Suggestion),
    Post {
        text: String,
        post: String,
        status: String,
    },
}

/// `[{"text", "slug" or "post", "status"}]`.
async fn suggestions(site: &Site, index: &Index, asked: &Asked) -> Result<Page, Problem> {
    let text: String = asked.q.trim().chars().take(LONGEST_QUERY).collect();
    let mut found: Vec<Suggested> = Vec::new();
    if text.chars().count() >= 2 {
        let suggested = index
            .suggest(text, site.today(), site.now().as_microsecond())
            .await;
        let (acts, posts) = suggested.map_err(problem)?;
        found.extend(acts.into_iter().map(Suggested::Act));
        found.extend(posts.into_iter().map(|post| Suggested::Post {
            text: post.title,
            post: post.slug,
            status: post.kind.0,
        }));
    }
    Ok(Page::json(&found)?.policy(Policy::Never))
}

fn problem(error: SearchError) -> Problem {
    match error {
        SearchError::Timeout | SearchError::Abandoned => Problem::Busy,
        other => Problem::internal(other),
    }
}
