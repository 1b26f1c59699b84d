//! A feed and its entries, before they take a format.

use jiff::Timestamp;
use legal::validity::Status;
use web::Site;

use super::Asked;
use crate::model::Act;
use crate::site::words;
use crate::store::NewVersion;

/// What a feed says of itself.
#[derive(Clone, Debug)]
pub struct Channel {
    /// Its title.
    pub title: String,
    /// Name of the portal.
    pub site: String,
    /// Address of the feed, also its name for ever.
    pub url: String,
    /// Page that shows the same acts.
    pub page: String,
    /// When anything in it changed last.
    pub updated: Timestamp,
}

impl Channel {
    pub(super) fn new(
        site: &Site,
        named: &[String],
        asked: &Asked,
        format: &str,
        updated: Timestamp,
    ) -> Self {
        let mut title = format!("{}: văn bản pháp luật mới cập nhật", site.name());
        if !named.is_empty() {
            title = format!("{title} ({})", named.join(", "));
        }
        let filters = [
            ("loai", &asked.loai),
            ("co-quan", &asked.co_quan),
            ("linh-vuc", &asked.linh_vuc),
        ];
        let filters = filters.into_iter().filter(|filter| !filter.1.is_empty());
        // Slugs of known filters hold letters, digits and hyphens alone: nothing to escape.
        let query: Vec<String> = filters.map(|(name, slug)| format!("{name}={slug}")).collect();
        let query = if query.is_empty() {
            String::new()
        } else {
            format!("?{}", query.join("&"))
        };
        let base = site.base_url();
        Self {
            title,
            site: site.name().to_owned(),
            url: format!("{base}/cap-nhat.{format}{query}"),
            page: format!("{base}/van-ban/moi{query}"),
            updated,
        }
    }
}

/// One act, version of an act, or post in a feed.
#[derive(Clone, Debug)]
pub struct Entry {
    /// Full address, its name for ever.
    pub url: String,
    /// Title.
    pub title: String,
    /// A sentence or two.
    pub summary: String,
    /// Who issued it.
    pub authors: Vec<String>,
    /// Kind, then field: (word, label).
    pub categories: Vec<(String, String)>,
    /// When it appeared.
    pub created: Timestamp,
    /// When it changed last.
    pub updated: Timestamp,
    /// Address of the same as Akoma Ntoso, for acts.
    pub xml: Option<String>,
}

impl Entry {
    pub(super) fn new(site: &Site, act: &Act) -> Self {
        let field = act.field.as_ref().map(|field| (viet::slug(field), field.clone()));
        let kind = (act.kind.slug().to_owned(), act.kind.label().to_owned());
        Self {
            url: format!("{}/van-ban/{}", site.base_url(), act.slug),
            title: words::one_line(act),
            summary: summary(site, act),
            authors: act.issuers.clone(),
            categories: std::iter::once(kind).chain(field).collect(),
            created: instant(act.created),
            updated: instant(act.updated),
            xml: Some(format!("{}/van-ban/{}.xml", site.base_url(), act.slug)),
        }
    }

    /// A version: its name for ever is the act and its first day. It is news when it becomes known,
    /// when what is known of it changes, and when it begins.
    pub(super) fn version(site: &Site, version: &NewVersion) -> Self {
        let (act, day) = (&version.act, version.valid_from);
        let date = viet::date_numeric(day);
        let known = instant(version.known_from);
        let began = (day <= site.today()).then(|| Site::midnight(day));
        Self {
            url: format!("{}/van-ban/{}?ngay={day}", site.base_url(), act.slug),
            title: format!("{}: nội dung thay đổi từ ngày {date}", words::one_line(act)),
            summary: format!("Nội dung đã được sửa đổi, bổ sung, áp dụng từ ngày {date}."),
            created: instant(version.known_first),
            updated: began.map_or(known, |began| began.max(known)),
            xml: Some(format!("{}/van-ban/{}.xml?ngay={day}", site.base_url(), act.slug)),
            ..Self::new(site, act)
        }
    }
}

/// "Ban hành ngày 24/11/2015 bởi Quốc hội. Có hiệu lực từ ngày 01/01/2017." No state "today":
/// readers of a feed may see it years later.
fn summary(site: &Site, act: &Act) -> String {
    let mut sentences = Vec::new();
    let issuers = act.issuers.join(", ");
    match (act.issued.map(viet::date_numeric), issuers.is_empty()) {
        (Some(date), true) => sentences.push(format!("Ban hành ngày {date}.")),
        (Some(date), false) => sentences.push(format!("{issuers} ban hành ngày {date}.")),
        (None, false) => sentences.push(format!("{issuers} ban hành.")),
        (None, true) => {}
    }
    if let Some(date) = act.in_force {
        sentences.push(format!("Có hiệu lực từ ngày {}.", viet::date_numeric(date)));
    }
    if let Some(date) = act.ends {
        sentences.push(format!("Hết hiệu lực từ ngày {}.", viet::date_numeric(date)));
    }
    if sentences.is_empty() {
        sentences.push(format!("{}.", Status::label(act.status_on(site.today()))));
    }
    sentences.join(" ")
}

/// Epoch microseconds as an instant of whole seconds.
#[must_use]
pub fn instant(micros: i64) -> Timestamp {
    Timestamp::from_second(micros.div_euclid(1_000_000)).unwrap_or_default()
}
