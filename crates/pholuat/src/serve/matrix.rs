//! Visitors of every kind, for the matrix of access.

use axum::body::Body;
use axum::http::{Method, Request, StatusCode, header};
use people::model::Email;
use people::store::{self, Live};
use policy::{AccountId, Grant, Role};
use web::{Kernel, Site};

const HOUR: i64 = 3_600_000_000;

/// What sets one visitor apart from a person with a good account and a role.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Flaw {
    None,
    Suspended,
    RoleEnded,
    NoSecondProof,
    SessionOver,
}

/// Every role, and the same administrator with each flaw; name and token.
pub async fn visitors(site: &Site) -> Vec<(String, String)> {
    let mut all = vec![("guest".to_owned(), String::new())];
    for role in Role::ALL {
        all.push(visitor(site, role.code(), role, Flaw::None).await);
    }
    for (name, flaw) in [
        ("suspended", Flaw::Suspended),
        ("role-ended", Flaw::RoleEnded),
        ("no-second-proof", Flaw::NoSecondProof),
        ("session-over", Flaw::SessionOver),
    ] {
        all.push(visitor(site, name, Role::ProvincialAdmin, flaw).await);
    }
    all
}

async fn visitor(site: &Site, name: &str, role: Role, flaw: Flaw) -> (String, String) {
    let email = Email::read(&format!("{name}@stp.example.vn")).expect("an address");
    let now = site.now().as_microsecond();
    let mut tx = site.db().begin().await.expect("a transaction");
    let account = store::account_insert(&mut tx, &email, name, "-")
        .await
        .expect("an account");
    grant(&mut tx, site, account, role, flaw).await;
    if flaw == Flaw::Suspended {
        store::account_suspend(&mut tx, account, true)
            .await
            .expect("suspended");
    }
    let live = Live {
        account,
        seen: now,
        expires: if flaw == Flaw::SessionOver {
            now - 1
        } else {
            now + HOUR
        },
        second_proof: flaw != Flaw::NoSecondProof,
    };
    let token = format!("token-of-{name}");
    store::session_add(&mut tx, &people::session_hash(&token), live, "thử")
        .await
        .expect("a session");
    tx.commit().await.expect("committed");
    (name.to_owned(), token)
}

async fn grant(tx: &mut db::Tx, site: &Site, account: AccountId, role: Role, flaw: Flaw) {
    let grant = Grant {
        role,
        unit: policy::UnitId::of(1),
        from: site.today(),
        until: (flaw == Flaw::RoleEnded).then(|| site.today()),
    };
    store::grant_add(tx, account, &grant, None).await.expect("a role");
}

/// Whether the handler behind a route was reached: not sent to sign in, not refused.
pub async fn verdict(kernel: &Kernel, method: &Method, path: &str, token: &str) -> bool {
    let request = Request::builder()
        .method(method)
        .uri(path)
        .header(header::COOKIE, format!("pl_phien={token}"))
        .header("sec-fetch-site", "same-origin");
    let response = kernel
        .answer(request.body(Body::empty()).expect("a request"), None)
        .await;
    let elsewhere = response
        .headers()
        .get(header::LOCATION)
        .and_then(|to| to.to_str().ok());
    let sent_away =
        elsewhere.is_some_and(|to| to.starts_with(web::SIGN_IN) || to.starts_with(web::SECOND_PROOF));
    !sent_away
        && !matches!(
            response.status(),
            StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN
        )
}
