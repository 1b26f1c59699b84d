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

/// One kind of visitor.
pub struct Kind {
    /// Name in the golden file.
    pub name: String,
    /// `None` = a guest.
    account: Option<AccountId>,
    flaw: Flaw,
}

/// Every role, and the same administrator with each flaw.
pub async fn kinds(site: &Site) -> Vec<Kind> {
    let mut all = vec![Kind {
        name: "guest".to_owned(),
        account: None,
        flaw: Flaw::None,
    }];
    for role in Role::ALL {
        all.push(kind(site, role.code(), role, Flaw::None).await);
    }
    for (name, flaw) in [
        ("suspended", Flaw::Suspended),
        ("role-ended", Flaw::RoleEnded),
        ("no-second-proof", Flaw::NoSecondProof),
        ("session-over", Flaw::SessionOver),
    ] {
        all.push(kind(site, name, Role::ProvincialAdmin, flaw).await);
    }
    all
}

async fn kind(site: &Site, name: &str, role: Role, flaw: Flaw) -> Kind {
    let email = Email::read(&format!("{name}@stp.example.vn")).expect("an address");
    let mut tx = site.db().begin().await.expect("a transaction");
    let account = store::account_insert(&mut tx, &email, name, "-")
        .await
        .expect("an account");
    let grant = Grant {
        role,
        unit: policy::UnitId::of(1),
        from: site.today(),
        until: (flaw == Flaw::RoleEnded).then(|| site.today()),
    };
    store::grant_add(&mut tx, account, &grant, None)
        .await
        .expect("a role");
    if flaw == Flaw::Suspended {
        store::account_suspend(&mut tx, account, true)
            .await
            .expect("suspended");
    }
    tx.commit().await.expect("committed");
    Kind {
        name: name.to_owned(),
        account: Some(account),
        flaw,
    }
}

/// A session of its own for each question: signing out ends it.
async fn session(site: &Site, kind: &Kind) -> String {
    let Some(account) = kind.account else {
        return String::new();
    };
    let now = site.now().as_microsecond();
    let live = Live {
        account,
        seen: now,
        expires: if kind.flaw == Flaw::SessionOver {
            now - 1
        } else {
            now + HOUR
        },
        second_proof: kind.flaw != Flaw::NoSecondProof,
    };
    let token = format!("{}-{now}", kind.name);
    let mut tx = site.db().begin().await.expect("a transaction");
    store::session_add(&mut tx, &people::session_hash(&token), live, "thử")
        .await
        .expect("a session");
    tx.commit().await.expect("committed");
    token
}

/// Whether the handler behind a route was reached: not sent to sign in, not refused.
pub async fn reached(kernel: &Kernel, method: &Method, path: &str, kind: &Kind) -> bool {
    let token = session(kernel.site(), kind).await;
    let request = Request::builder()
        .method(method)
        .uri(path)
        .header(header::COOKIE, format!("pl_phien={token}"))
        .header("sec-fetch-site", "same-origin");
    let request = request.body(Body::empty()).expect("a request");
    let response = kernel.answer(request, None).await;
    let to = response
        .headers()
        .get(header::LOCATION)
        .and_then(|to| to.to_str().ok());
    let sent_away = to.is_some_and(|to| to.starts_with(web::SIGN_IN) || to.starts_with(web::SECOND_PROOF));
    !sent_away
        && !matches!(
            response.status(),
            StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN
        )
}
