//! `/healthz` and `/readyz`: answered before limits and queues.

use std::time::Duration;

use axum::response::{IntoResponse, Response};
use db::Db;
use db::changes;
use http::StatusCode;

use crate::follow::Pulse;
use crate::page::{Page, Policy};

const PATIENCE: Duration = Duration::from_secs(1);

/// The process runs.
pub fn live() -> Response {
    answer(StatusCode::OK, "ok\n".to_owned())
}

/// The database answers and the change log is followed; `seen` is the last change known here.
pub async fn ready(db: &Db, pulse: &Pulse, seen: i64) -> Response {
    let latest = tokio::time::timeout(PATIENCE, changes::latest(db)).await;
    let latest = latest.ok().and_then(Result::ok);
    let text = format!(
        "database: {}\nfollower: {}\nwrites: {}\nlag: {}\n",
        if latest.is_some() { "ok" } else { "unreachable" },
        if pulse.is_alive() { "ok" } else { "stopped" },
        if db.is_halted() { "halted" } else { "ok" },
        latest.map_or(-1, |latest| latest - seen),
    );
    let good = latest.is_some() && pulse.is_alive();
    answer(
        if good {
            StatusCode::OK
        } else {
            StatusCode::SERVICE_UNAVAILABLE
        },
        text,
    )
}

fn answer(status: StatusCode, text: String) -> Response {
    Page::bytes("text/plain; charset=utf-8", text)
        .policy(Policy::Never)
        .status(status)
        .into_response()
}
