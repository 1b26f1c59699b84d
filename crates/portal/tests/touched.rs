//! A change of law queues the posts that cite it to their unit, which confirms them, on both engines.

#[path = "../../posts/tests/common/mod.rs"]
mod common;

use common::{Portal, begin, form, open_with, put_amending, step, until};
use http::StatusCode;
use jiff::civil::date;
use policy::Role;

const PUBLIC: &str = "/bai/nguoi-thanh-nien";
const NOTICE: &str = "Quy định được dẫn trong bài đã thay đổi";
const WAITS: &str = "Quy định được dẫn đã thay đổi, chờ rà soát";

/// The site of the same portal so many days later, with a mail server.
fn later(portal: &Portal, days: i64) -> web::Site {
    let now = jiff::Timestamp::from_second(common::NOW).expect("a moment")
        + jiff::SignedDuration::from_hours(24 * days);
    let folder = blob::BlobConfig::Folder(std::env::temp_dir().join("no-files"));
    let options = web::SiteOptions {
        clock: web::Clock::Fixed(now),
        sends_letters: true,
        ..web::SiteOptions::default()
    };
    let blobs = blob::Blobs::open(&folder).expect("files");
    web::Site::new(portal.db().clone(), blobs, options)
}

async fn follow(site: &web::Site) {
    while acts::touch::follow(site, &portal::CITERS)
        .await
        .expect("followed")
        > 0
    {}
}

async fn waiting(site: &web::Site) -> Vec<acts::touch::Told> {
    acts::touch::waiting(site.db(), &portal::CITERS[0])
        .await
        .expect("waiting")
}

fn hidden(body: &str, name: &str) -> String {
    let start = format!("name=\"{name}\" value=\"");
    let from = body.find(&start).expect("a field") + start.len();
    body[from..].split('"').next().unwrap_or_default().to_owned()
}

db::both_engines!(the_unit_of_a_post_confirms_it_after_a_change, |test| {
    let portal = open_with(test, portal::routes()).await;
    let writer = portal.person(Role::Contributor, portal.commune).await;
    let approver = portal.person(Role::Approver, portal.commune).await;
    let stranger = portal.person(Role::Approver, portal.other_commune).await;
    let body = "Theo Điều 20 Bộ luật Dân sự năm 2015, đó là người từ đủ 18 tuổi.";
    let post = begin(&portal, &writer, portal.commune, "Người thành niên", body).await;
    for (who, way) in [(&writer, "trinh"), (&approver, "duyet"), (&approver, "dang")] {
        step(&portal, who, &post, way, 1).await;
    }
    let site = portal.site();
    follow(site).await;
    assert!(waiting(site).await.is_empty());
    put_amending(
        portal.db(),
        "7/2020/QH14",
        date(2021, 1, 1),
        "Người từ đủ mười bảy tuổi.",
    )
    .await;
    follow(site).await;

    // To those of its unit, and to nobody else.
    for (who, there) in [(&writer, true), (&approver, true), (&stranger, false)] {
        let page = portal.get(portal::WAITING, &who.session).await.body;
        assert_eq!(page.contains(WAITS), there, "{page}");
    }
    let review = format!("{post}/ra-soat");
    assert_eq!(
        portal.get(&review, &stranger.session).await.status,
        StatusCode::NOT_FOUND
    );
    let page = portal.get(&review, &approver.session).await.body;
    assert!(page.contains("</span> tám <span"), "{page}");
    assert!(page.contains("</span> bảy <span"), "{page}");
    let law = hidden(&page, "luat");
    let saw = |version: &str, law: &str| form(&[("phien_ban", version), ("luat", law)]);
    let asked = [
        (&writer, saw("1", &law), StatusCode::FORBIDDEN),
        (&stranger, saw("1", &law), StatusCode::NOT_FOUND),
        (&approver, saw("2", &law), StatusCode::UNPROCESSABLE_ENTITY),
        (&approver, saw("1", "khác"), StatusCode::UNPROCESSABLE_ENTITY),
    ];
    for (who, form, status) in asked {
        assert_eq!(portal.post(&review, &who.session, &form).await.status, status);
    }
    until(&portal, PUBLIC, NOTICE, true).await;
    let done = portal.post(&review, &approver.session, &saw("1", &law)).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    let public = until(&portal, PUBLIC, NOTICE, false).await;
    assert!(public.body.contains("Đã rà soát ngày"), "{}", public.body);
    follow(site).await;
    assert!(waiting(site).await.is_empty());
    let lines = db::sql("SELECT count(*) AS n FROM audit_log WHERE act = 'post.confirm'");
    let lines: i64 = lines
        .one(portal.db())
        .await
        .expect("lines")
        .get("n")
        .expect("a number");
    assert_eq!(lines, 1);

    // What is known and not yet in force touches nothing until its day; then a letter says so.
    put_amending(
        portal.db(),
        "8/2026/QH16",
        date(2027, 1, 1),
        "Người từ đủ mười sáu tuổi.",
    )
    .await;
    follow(site).await;
    assert!(waiting(site).await.is_empty());
    let then = later(&portal, 90);
    acts::store::versions_begin(portal.db(), then.today())
        .await
        .expect("begun");
    follow(&then).await;
    assert_eq!(waiting(&then).await.len(), 1);
    assert!(portal::write_letters(&then).await.expect("letters") >= 2);
    let letters = db::sql("SELECT recipient FROM letters WHERE body LIKE $1").bind(format!("%{WAITS}%"));
    let letters = letters.all(portal.db()).await.expect("letters");
    let to: Vec<String> = letters
        .iter()
        .map(|row| row.get("recipient").expect("text"))
        .collect();
    assert!(
        to.contains(&writer.email) && to.contains(&approver.email),
        "{to:?}"
    );
    assert!(!to.contains(&stranger.email), "{to:?}");

    // Withdrawn: nobody has to look at it.
    step(&portal, &approver, &post, "go", 1).await;
    follow(&then).await;
    assert!(waiting(&then).await.is_empty());
});

db::both_engines!(nobody_confirms_alone_what_he_wrote, |test| {
    let portal = open_with(test, portal::routes()).await;
    let admin = portal.person(Role::UnitAdmin, portal.commune).await;
    let author = portal.person(Role::Approver, portal.commune).await;
    let body = "Theo Điều 20 Bộ luật Dân sự năm 2015, đó là người từ đủ 18 tuổi.";
    let post = begin(&portal, &author, portal.commune, "Người thành niên", body).await;
    for (who, way) in [(&author, "trinh"), (&admin, "duyet"), (&admin, "dang")] {
        let answer = step(&portal, who, &post, way, 1).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{way}: {}", answer.body);
    }
    let words = "Người từ đủ mười bảy tuổi.";
    put_amending(portal.db(), "7/2020/QH14", date(2021, 1, 1), words).await;
    follow(portal.site()).await;
    let review = format!("{post}/ra-soat");
    let page = portal.get(&review, &admin.session).await.body;
    let saw = form(&[("phien_ban", "1"), ("luat", &hidden(&page, "luat"))]);
    let alone = portal.post(&review, &author.session, &saw).await;
    assert_ne!(alone.status, StatusCode::SEE_OTHER);
    assert!(alone.body.contains("không duyệt bài của mình"), "{}", alone.body);
    assert_eq!(waiting(portal.site()).await.len(), 1);
    let other = portal.post(&review, &admin.session, &saw).await;
    assert_eq!(other.status, StatusCode::SEE_OTHER, "{}", other.body);
    assert!(waiting(portal.site()).await.is_empty());
});

db::both_engines!(an_act_that_ends_touches_what_cites_it_on_its_day, |test| {
    let portal = open_with(test, portal::routes()).await;
    let approver = portal.person(Role::Approver, portal.commune).await;
    let writer = portal.person(Role::Contributor, portal.commune).await;
    let body = "Theo Điều 20 Bộ luật Dân sự năm 2015, đó là người từ đủ 18 tuổi.";
    let post = begin(&portal, &writer, portal.commune, "Người thành niên", body).await;
    for (who, way) in [(&writer, "trinh"), (&approver, "duyet"), (&approver, "dang")] {
        step(&portal, who, &post, way, 1).await;
    }
    let mut tx = portal.db().begin().await.expect("begin");
    let ends = "UPDATE acts SET ends = '2027-01-01' WHERE slug = '91-2015-qh13'";
    db::sql(ends).run(&mut tx).await.expect("an end");
    tx.commit().await.expect("commit");
    follow(portal.site()).await;
    assert!(waiting(portal.site()).await.is_empty());
    let then = later(&portal, 90);
    follow(&then).await;
    assert_eq!(waiting(&then).await.len(), 1);

    // The heir of the unit answers for it.
    let heir = portal.person(Role::Contributor, portal.other_commune).await;
    assert!(
        !portal
            .get(portal::WAITING, &heir.session)
            .await
            .body
            .contains(WAITS)
    );
    let mut tx = portal.db().begin().await.expect("begin");
    let basis = units::model::Basis::default();
    let from = vec![portal.commune];
    units::reorganise::merge(&mut tx, from, portal.other_commune, date(2026, 11, 25), basis)
        .await
        .expect("merged");
    tx.commit().await.expect("commit");
    assert!(
        portal
            .get(portal::WAITING, &heir.session)
            .await
            .body
            .contains(WAITS)
    );
});
