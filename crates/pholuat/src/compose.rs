//! From the configuration to the parts that it describes.

use std::sync::Arc;
use std::time::Duration;

use anyhow::Context;
use blob::Blobs;
use db::Db;
use policy::Permission;
use web::{Agency, Clock, Routes, Site, SiteOptions};

use crate::config::Config;
use crate::recognise::{self, Tesseract};
use crate::sandbox::{Limits, ReaderPool};

/// Opens the database.
pub async fn database(config: &Config) -> anyhow::Result<Db> {
    let opened = Db::connect(config.database(), &config.data).await;
    opened.context("không mở được cơ sở dữ liệu")
}

/// Opens the store of original files.
pub fn blobs(config: &Config) -> anyhow::Result<Blobs> {
    Blobs::open(&config.blobs()).context("không mở được kho tệp gốc")
}

/// The mail server, where one is set.
pub fn post(config: &Config) -> anyhow::Result<Option<mail::Post>> {
    let set = &config.mail;
    if set.server.is_empty() {
        return Ok(None);
    }
    Ok(Some(mail::Post::new(&set.server, &set.from)?))
}

/// The other house at which people may sign in, where one is set.
pub fn house(config: &Config) -> anyhow::Result<Option<Arc<people::oidc::Provider>>> {
    let set = &config.oidc;
    if set.issuer.is_empty() {
        return Ok(None);
    }
    let settings = people::oidc::Settings {
        issuer: set.issuer.clone(),
        client_id: set.client_id.clone(),
        client_secret: set.secret()?,
        second_proof_amr: set.second_proof_amr.clone(),
        second_proof_acr: set.second_proof_acr.clone(),
    };
    let house = people::oidc::Provider::new(settings).context("không chuẩn bị được đăng nhập tập trung")?;
    Ok(Some(Arc::new(house)))
}

/// The child processes that read files.
pub fn readers(config: &Config) -> anyhow::Result<ReaderPool> {
    let limits = Limits {
        workers: config.import.workers,
        memory_mb: config.import.memory_mb,
        time: Duration::from_secs(u64::from(config.import.seconds)),
    };
    ReaderPool::new(limits).context("không khởi động được tiến trình đọc tệp")
}

/// What recognises the letters of scans; `None` where it is not installed.
pub async fn recogniser(config: &Config) -> anyhow::Result<Option<Tesseract>> {
    let limits = recognise::Limits {
        memory_mb: config.recognise.memory_mb,
        page_time: Duration::from_secs(u64::from(config.recognise.page_seconds)),
        pages: config.recognise.pages,
    };
    // Asks the installed programs: not on an async thread.
    Ok(tokio::task::spawn_blocking(move || Tesseract::find(limits)).await?)
}

/// Database and files behind the pages.
pub async fn site(config: &Config) -> anyhow::Result<Site> {
    let db = database(config).await?;
    let mut options = site_options(config);
    options.illustration = portal::store::is_illustrated(&db).await?;
    Ok(Site::new(db, blobs(config)?, options))
}

/// The search box finds posts through two functions of their store.
pub const POSTS: search::PostSource = search::PostSource {
    slugs: |db, after, limit| Box::pin(async move { posts::store::shown_slugs(&db, &after, limit).await }),
    texts: |db, slugs| Box::pin(async move { post_texts(&db, &slugs).await }),
};

async fn post_texts(db: &Db, slugs: &[String]) -> db::Result<Vec<search::PostText>> {
    let kinds = posts::store::kinds(db).await?;
    let shown = posts::store::shown_texts(db, slugs).await?;
    let text = |(one, body): (posts::model::Shown, String)| {
        let kind = kinds.iter().find(|kind| kind.code == one.kind);
        search::PostText {
            kind: kind.map_or_else(Default::default, |kind| {
                (kind.label.clone(), kind.label_en.clone())
            }),
            from: one.showing.from.as_microsecond(),
            until: one.showing.until.map(jiff::Timestamp::as_microsecond),
            slug: one.slug,
            title: one.title,
            summary: one.summary,
            body,
        }
    };
    Ok(shown.into_iter().map(text).collect())
}

/// Doors of the desk that other rooms than `people` have.
const DOORS: [people::site::Door; 8] = [
    people::site::Door {
        permission: Permission::OpenDesk,
        path: portal::WAITING,
        label: "Việc đang chờ tôi",
        about: "Bài chờ duyệt, bị trả lại, chờ đăng, đến ngày xem lại, có quy định đã thay đổi; thư nhắc mỗi sáng.",
    },
    people::site::Door {
        permission: Permission::ReadDrafts,
        path: "/ban-lam-viec/bai",
        label: "Bài viết của đơn vị",
        about: "Soạn, trình duyệt, duyệt và đăng bài.",
    },
    people::site::Door {
        permission: Permission::EditLaw,
        path: acts::DESK,
        label: "Sửa đổi luật chờ quyết định",
        about: "Câu sửa đổi chưa áp dụng được: vì sao, hai nội dung; chấp nhận, sửa cách hiểu hoặc không áp dụng.",
    },
    people::site::Door {
        permission: Permission::ArrangePortal,
        path: portal::DESK,
        label: "Sắp xếp trang chủ",
        about: "Khối nào hiện, thứ tự, các sự kiện trong đời sống.",
    },
    people::site::Door {
        permission: Permission::ArrangePortal,
        path: portal::TOPICS,
        label: "Nhóm thông tin",
        about: "Các nhóm dùng chung: tên, thứ tự, thời gian dùng.",
    },
    people::site::Door {
        permission: Permission::EditContacts,
        path: units::desk::DESK,
        label: "Thông tin liên hệ của đơn vị",
        about: "Chức năng, địa chỉ, điện thoại, người phụ trách, bằng tiếng Việt và tiếng Anh.",
    },
    people::site::Door {
        permission: Permission::ReadDrafts,
        path: "/ban-lam-viec/hieu-luc",
        label: "Hiệu lực khác với nguồn",
        about: "Văn bản mà nguồn ghi tình trạng, ngày hiệu lực khác với nội dung các văn bản.",
    },
    people::site::Door {
        permission: Permission::ReadMissedSearches,
        path: search::site::MISSED,
        label: "Tìm không thấy",
        about: "Những từ mà người dùng tìm nhưng chưa có văn bản nào.",
    },
];

/// The routes of all rooms; what officers upload is read by `readers`, who signs in
/// elsewhere does so at `house`.
pub fn routes(
    index: &search::Index,
    readers: ReaderPool,
    house: Option<Arc<people::oidc::Provider>>,
) -> Routes {
    Routes::new()
        .merge(acts::routes())
        .merge(search::site::routes(index))
        .merge(units::routes())
        .merge(posts::routes(Arc::new(readers)))
        .merge(portal::routes())
        .merge(people::routes(&DOORS, house))
}

/// Names and addresses shown on pages.
pub fn site_options(config: &Config) -> SiteOptions {
    let agency = config.agency.clone();
    SiteOptions {
        base_url: config.site.base_url.clone(),
        files_url: config.files_url(),
        name: config.site.name.clone(),
        agency: Agency {
            name: agency.name,
            responsible: agency.responsible,
            address: agency.address,
            phone: agency.phone,
            email: agency.email,
        },
        sends_letters: !config.mail.server.is_empty(),
        sign_in_with: if config.oidc.issuer.is_empty() {
            String::new()
        } else {
            config.oidc.label.clone()
        },
        clock: Clock::System,
        sitemaps: vec![units::site::SITEMAP, posts::SITEMAP],
        illustration: false,
        beside_law: Some(posts::beside_law),
        beside_unit: Some(posts::beside_unit),
    }
}
