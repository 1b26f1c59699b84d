//! OAI-PMH 2.0 at `/oai`: harvesting in Dublin Core and Akoma Ntoso.
//!
//! Sets are kinds (`kind-luat`) and fields (`field-dan-su`). Datestamps have seconds.
//! Deletions are not recorded (`deletedRecord: no`): published law is not deleted here.
//! Resumption tokens carry all they need, so any node can answer them at any time.

mod answer;
mod record;
mod request;
mod token;

use axum::extract::rejection::{FormRejection, QueryRejection};
use axum::extract::{Form, Query, State};
use web::{Access, Page, Policy, Problem, Routes, Site};

use request::{OaiError, Request};

type Pairs = Vec<(String, String)>;

/// The routes of this module.
#[must_use]
pub fn routes() -> Routes {
    Routes::new()
        .get("/oai", Access::Public, get)
        .post("/oai", Access::Public, post)
}

async fn get(State(site): State<Site>, pairs: Result<Query<Pairs>, QueryRejection>) -> Result<Page, Problem> {
    let pairs = pairs.map(|Query(pairs)| pairs);
    respond(&site, pairs.map_err(|error| error.to_string())).await
}

async fn post(State(site): State<Site>, pairs: Result<Form<Pairs>, FormRejection>) -> Result<Page, Problem> {
    let pairs = pairs.map(|Form(pairs)| pairs);
    respond(&site, pairs.map_err(|error| error.to_string())).await
}

/// Every answer of the protocol has status 200; its errors stand in the XML.
async fn respond(site: &Site, pairs: Result<Pairs, String>) -> Result<Page, Problem> {
    let pairs = pairs.map_err(|why| OaiError::new("badArgument", why));
    let request = pairs.and_then(|pairs| Request::read(&pairs));
    let body = answer::answer(site, request).await?;
    // Each answer tells its own time.
    Ok(Page::bytes("text/xml; charset=utf-8", body).policy(Policy::Never))
}
