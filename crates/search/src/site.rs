//! `/tim`: the page of results, its feed, what is suggested while someone types, and what was not found.

mod address;
mod feed;
mod missed;
mod view;

use axum::extract::rejection::QueryRejection;
use axum::extract::{Query as Params, State};
use policy::Permission;
use web::{Access, Look, Page, Policy, Problem, Routes, Site};

use crate::error::SearchError;
use crate::find::{Query, Results, Widened};
use crate::missed::countable;
use crate::posts::PostHit;
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
    let edition = index.edition();
    let number = edition.number();
    let results = if query.text.is_empty() {
        Results::default()
    } else {
        index.search(query.clone()).await.map_err(problem)?
    };
    // What is counted must come here each time; what is not yet whole must be asked again.
    let passing = count_missed(site, &query, &results).await || results.building;
    let posts = posts_beside(site, index, &query).await?;
    let view = View::new(site, look, query, results, posts);
    // What people search for is their own: no copy of it is kept on the way.
    let policy = if passing { Policy::Never } else { Policy::Here };
    let page = Page::html(&view)?.of_edition(&edition, number);
    Ok(page.fresh_until(site.next_midnight()).policy(policy))
}

/// Posts that say what is asked, on the first page of a search that is not narrowed to acts.
async fn posts_beside(site: &Site, index: &Index, query: &Query) -> Result<Vec<PostHit>, Problem> {
    if query.text.is_empty() || query.page > 1 || query.filter != crate::Filter::default() {
        return Ok(Vec::new());
    }
    let now = site.now().as_microsecond();
    let found = index.search_posts(query.text.clone(), now).await;
    Ok(found.map_err(problem)?.0)
}

/// Counts a search that found nothing as asked; true where it was one. A failure to count fails no search.
async fn count_missed(site: &Site, query: &Query, results: &Results) -> bool {
    let is_missed = results.acts == 0 || results.widened == Some(Widened::AnyWord);
    if !is_missed || results.building || query.page > 1 || query.filter != crate::Filter::default() {
        return false;
    }
    let Some(words) = countable(&query.text) else {
        return false;
    };
    if let Err(error) = store::missed_count(site.db(), &words, site.today()).await {
        tracing::warn!(%error, "missed search not counted");
    }
    true
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
        let acts = index.suggest(text.clone(), site.today()).await;
        found.extend(acts.map_err(problem)?.into_iter().map(Suggested::Act));
        let posts = index.suggest_posts(text, site.now().as_microsecond()).await;
        found.extend(posts.map_err(problem)?.into_iter().map(|post| Suggested::Post {
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
