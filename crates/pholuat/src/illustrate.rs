//! The invented province that `pholuat illustrate` shows: units, three officers and posts that explain
//! the codes of `make run`. Everything goes the ordinary way, through the use cases that officers
//! use; nobody can sign in as one of the three.

mod home;
mod posts;
mod units;

use anyhow::{Context, bail};
use people::{Invited, Inviter};
use policy::{Role, UnitId, Visitor};
use web::Site;

/// What was loaded.
#[derive(Debug, Default)]
pub struct Loaded {
    /// Units of the province.
    pub units: usize,
    /// Posts that are public now.
    pub posts: usize,
    /// Posts that were so before.
    pub known: usize,
}

/// Loads the province, or what of it is missing.
///
/// # Errors
/// The portal has units or accounts of its own; no act is loaded; a post is refused; the database.
pub async fn load(site: &Site) -> anyhow::Result<Loaded> {
    let db = site.db();
    if acts::store::acts_total(db).await?.acts == 0 {
        bail!("Chưa có văn bản nào để bài viết dẫn. Xin nhập các bộ luật trước: pholuat import ĐƯỜNG-DẪN");
    }
    let illustrated = ::portal::store::is_illustrated(db).await?;
    let in_use = people::store::account_count(db).await? > 0
        || !::units::store::slugs(db, site.today()).await?.is_empty();
    if in_use && !illustrated {
        bail!(
            "Cổng đã có đơn vị hoặc tài khoản thật nên không nạp tỉnh minh họa. Hãy dùng một thư mục dữ liệu khác: pholuat --data THƯ-MỤC illustrate"
        );
    }
    let units = units::load(site, illustrated).await?;
    let province = units.of("tinh")?;
    let writer = officer(
        site,
        "Cán bộ minh họa soạn bài",
        "soan",
        Role::Contributor,
        province,
    )
    .await?;
    let approver = officer(
        site,
        "Cán bộ minh họa duyệt bài",
        "duyet",
        Role::Approver,
        province,
    )
    .await?;
    let admin = officer(
        site,
        "Cán bộ minh họa quản trị cổng",
        "quan-tri",
        Role::ProvincialAdmin,
        province,
    )
    .await?;
    let mut loaded = Loaded {
        units: units.len(),
        ..Loaded::default()
    };
    for text in posts::TEXTS {
        match posts::publish(site, &units, &writer, &approver, text).await? {
            true => loaded.posts += 1,
            false => loaded.known += 1,
        }
    }
    home::arrange(site, &admin).await?;
    Ok(loaded)
}

/// An officer of the province. The account is invited and accepted as any other, with a password
/// that nobody keeps, and stopped at once: it signs posts and opens nothing.
async fn officer(site: &Site, name: &str, word: &str, role: Role, unit: UnitId) -> anyhow::Result<Visitor> {
    let address = format!("{word}@minh-hoa.example");
    let email = people::model::Email::read(&address).context("địa chỉ minh họa")?;
    let account = match people::store::account_by_email(site.db(), &email).await? {
        Some(account) => account,
        None => {
            let invited = people::invite(site, Inviter::Operator, name, &address, role, unit).await?;
            if let Invited::Link(token) = invited {
                people::accept(site, &token, name, &token).await?;
            }
            let account = people::store::account_by_email(site.db(), &email).await?;
            let account = account.context("tài khoản minh họa")?;
            people::suspend_by_operator(site, account.id).await?;
            account
        }
    };
    let held = people::store::grants_of(site.db(), account.id).await?;
    Ok(Visitor {
        account: account.id,
        name: account.name,
        grants: held.into_iter().map(|held| held.grant).collect(),
        second_proof: true,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use legal::model::{ActText, Metadata};

    async fn act(db: &db::Db) {
        let text = ActText {
            metadata: Metadata {
                number: Some("1/2026/QH16".to_owned()),
                title: Some("Luật thử".to_owned()),
                ..Metadata::default()
            },
            ..ActText::default()
        };
        let put = acts::store::Put {
            text: &text,
            has_text: false,
            sha256: "aa",
            item: 0,
            file_name: "a.html",
            format: "html",
            media_type: "text/html",
            size: 1,
            parser: "1",
            confidence: None,
        };
        let mut tx = db.begin().await.expect("begin");
        acts::store::act_put(&mut tx, &put).await.expect("put");
        tx.commit().await.expect("commit");
    }

    fn site(test: &db::testing::TestDb) -> Site {
        let files = blob::BlobConfig::Folder(test.folder.path().join("files"));
        let blobs = blob::Blobs::open(&files).expect("files");
        Site::new(test.db.clone(), blobs, web::SiteOptions::default())
    }

    db::both_engines!(the_province_is_loaded_once_and_signed_by_two, |test| {
        let site = site(&test);
        assert!(load(&site).await.is_err(), "no act to explain");
        act(&test.db).await;
        let first = load(&site).await.expect("loaded");
        assert_eq!((first.posts, first.known), (posts::TEXTS.len(), 0));
        let again = load(&site).await.expect("loaded again");
        assert_eq!((again.posts, again.known), (0, posts::TEXTS.len()));
        assert!(::portal::store::is_illustrated(&test.db).await.expect("read"));
        assert_eq!(::portal::store::home(&test.db).await.expect("read").number, 1);
        // Nobody signs in as one of them, and nobody published on his own word.
        for word in ["soan", "duyet", "quan-tri"] {
            let email = people::model::Email::read(&format!("{word}@minh-hoa.example")).expect("an address");
            let account = people::store::account_by_email(&test.db, &email)
                .await
                .expect("read");
            assert!(account.expect("an account").suspended);
        }
        let log = db::sql(
            "SELECT count(DISTINCT account_id) AS n FROM audit_log WHERE act IN ('post.create', 'post.approve')",
        );
        let n: i64 = log.one(&test.db).await.expect("read").get("n").expect("n");
        assert_eq!(n, 2);
    });

    db::both_engines!(a_portal_in_use_is_left_alone, |test| {
        let site = site(&test);
        act(&test.db).await;
        people::first_unit(&site).await.expect("a unit");
        let refused = load(&site).await.expect_err("refused").to_string();
        assert!(refused.contains("thật"), "{refused}");
        assert!(!::portal::store::is_illustrated(&test.db).await.expect("read"));
    });
}
