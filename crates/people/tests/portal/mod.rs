//! A portal with a small tree of units, asked as a browser asks.
#![allow(dead_code)]

use std::sync::Arc;

use axum::body::Body;
use blob::{BlobConfig, Blobs};
use db::Db;
use db::testing::TestDb;
use http::{Request, StatusCode};
use http_body_util::BodyExt;
use people::model::Email;
use people::{Invited, Inviter, store};
use policy::{AccountId, Role, UnitId};
use units::model::{Name, State};
use web::{Clock, Kernel, KernelOptions, Site, SiteOptions};

/// A password nobody guesses, as a form sends it.
pub const PASSWORD: &str = "thuyền+giấy+vượt+bảy+con+mưa";
pub const NOW: i64 = 1_795_651_200;
pub const SECRET: &str = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

pub struct Portal {
    kernel: Arc<Kernel>,
    pub department: UnitId,
    pub commune: UnitId,
    pub other_commune: UnitId,
    _test: TestDb,
}

pub struct Answer {
    pub status: StatusCode,
    pub location: String,
    pub cache: String,
    /// Token of the session that the answer sets.
    pub session: String,
    pub body: String,
}

pub struct Person {
    pub account: AccountId,
    pub email: String,
    pub session: String,
}

async fn unit(db: &Db, name: &str, kind: &str, parent: Option<UnitId>) -> UnitId {
    let mut tx = db.begin().await.expect("a transaction");
    store_kinds(&mut tx).await;
    let state = State {
        name: Name {
            full: name.to_owned(),
            short: name.to_owned(),
            english: None,
        },
        kind: kind.to_owned(),
        parent,
        code: None,
    };
    let made = units::reorganise::create(&mut tx, None, None, state)
        .await
        .expect("a unit");
    tx.commit().await.expect("committed");
    made
}

async fn store_kinds(tx: &mut db::Tx) {
    units::store::kinds_ensure(tx).await.expect("kinds");
}

impl Portal {
    pub async fn new(test: TestDb) -> Self {
        Self::with(test, people::routes(&[], None)).await
    }

    /// A portal with the routes of other rooms too.
    pub async fn with(test: TestDb, routes: web::Routes) -> Self {
        Self::with_options(test, routes, SiteOptions::default()).await
    }

    /// A portal with settings of its own; the clock stands still.
    pub async fn with_options(test: TestDb, routes: web::Routes, options: SiteOptions) -> Self {
        let department = unit(&test.db, "Sở Tư pháp tỉnh Minh Giang", "department", None).await;
        let commune = unit(&test.db, "Xã An Hòa", "commune", Some(department)).await;
        let other_commune = unit(&test.db, "Xã Bình Sơn", "commune", Some(department)).await;
        let blobs = Blobs::open(&BlobConfig::Folder(test.folder.path().join("files"))).expect("files");
        let options = SiteOptions {
            clock: Clock::Fixed(jiff::Timestamp::from_second(NOW).expect("a moment")),
            ..options
        };
        let site = Site::new(test.db.clone(), blobs, options);
        let kernel = Kernel::start(site, routes, KernelOptions::default());
        Self {
            kernel: kernel.await.expect("a kernel"),
            department,
            commune,
            other_commune,
            _test: test,
        }
    }

    pub fn site(&self) -> &Site {
        self.kernel.site()
    }

    pub fn db(&self) -> &Db {
        self.kernel.site().db()
    }

    /// The code of the app right now.
    pub fn code(&self) -> String {
        let secret = totp_rs::Secret::try_from_base32(SECRET).expect("a secret");
        let app = totp_rs::Builder::new()
            .with_secret(secret)
            .with_account_name("x")
            .build()
            .expect("an app");
        app.generate(u64::try_from(NOW).expect("positive")).to_string()
    }

    pub async fn get(&self, path: &str, session: &str) -> Answer {
        let request = Request::get(path).header("cookie", format!("pl_phien={session}"));
        self.ask(request.body(Body::empty()).expect("a request")).await
    }

    pub async fn post(&self, path: &str, session: &str, form: &str) -> Answer {
        self.post_with(path, session, form, &[("sec-fetch-site", "same-origin")])
            .await
    }

    pub async fn post_with(&self, path: &str, session: &str, form: &str, headers: &[(&str, &str)]) -> Answer {
        let mut request = Request::post(path)
            .header("cookie", format!("pl_phien={session}"))
            .header("content-type", "application/x-www-form-urlencoded");
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        self.ask(request.body(Body::from(form.to_owned())).expect("a request"))
            .await
    }

    pub async fn ask(&self, request: Request<Body>) -> Answer {
        let response = self.kernel.answer(request, None).await;
        let header = |name: &str| {
            let value = response.headers().get(name).and_then(|value| value.to_str().ok());
            value.unwrap_or_default().to_owned()
        };
        let cookie = header("set-cookie");
        let session = cookie
            .strip_prefix("pl_phien=")
            .and_then(|rest| rest.split(';').next());
        Answer {
            status: response.status(),
            location: header("location"),
            cache: header("cache-control"),
            session: session.unwrap_or_default().to_owned(),
            body: {
                let bytes = response.into_body().collect().await.expect("a body").to_bytes();
                String::from_utf8_lossy(&bytes).into_owned()
            },
        }
    }

    pub async fn operator_invites(&self, name: &str, email: &str) -> String {
        let site = self.kernel.site();
        let invited = people::invite(
            site,
            Inviter::Operator,
            name,
            email,
            Role::ProvincialAdmin,
            self.department,
        );
        match invited.await.expect("an invitation") {
            Invited::Link(token) => format!("/loi-moi/{token}"),
            Invited::Given(_) => panic!("the account is new"),
        }
    }

    pub async fn sign_in(&self, email: &str) -> String {
        let answer = self
            .post("/dang-nhap", "", &format!("dia_chi={email}&mat_khau={PASSWORD}"))
            .await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
        answer.session
    }

    pub async fn set_up_app(&self, session: &str) -> String {
        let form = format!("bi_mat={SECRET}&ma={}", self.code());
        let answer = self.post("/tai-khoan/hai-lop", session, &form).await;
        assert!(answer.body.contains("Mã dự phòng"), "{}", answer.body);
        answer.session
    }

    /// A person with a role who is signed in, with a second proof where the role asks for it.
    pub async fn person(&self, role: Role, unit: UnitId) -> Person {
        let email = format!("{}-{}@xa.example.vn", role.code(), unit.get());
        let site = self.kernel.site();
        let invited = people::invite(site, Inviter::Operator, "Lê Thị Minh", &email, role, unit);
        let Invited::Link(token) = invited.await.expect("an invitation") else {
            panic!("the account is new")
        };
        let form = format!("ho_ten=Lê+Thị+Minh&mat_khau={PASSWORD}");
        self.post(&format!("/loi-moi/{token}"), "", &form).await;
        let mut session = self.sign_in(&email).await;
        if role.needs_second_proof() {
            session = self.set_up_app(&session).await;
        }
        let known = Email::read(&email).expect("an address");
        let account = store::account_by_email(self.db(), &known)
            .await
            .expect("read")
            .expect("there");
        Person {
            account: account.id,
            email,
            session,
        }
    }

    /// How many faults the audit log has.
    pub async fn verified(&self) -> u64 {
        let mut tx = self.db().snapshot().await.expect("a snapshot");
        audit::verify(&mut tx, Vec::new()).await.expect("read").count
    }
}
