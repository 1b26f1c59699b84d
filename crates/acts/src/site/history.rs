//! History and sources of an act: what happened to it here, its originals, what sources say.

use askama::Template;
use axum::extract::{Path, State};
use legal::model::Language;
use web::{Chrome, Look, Page, Problem, Site};

use super::act::{Head, crumbs, found, head};
use super::life::{Step, steps};
use super::time::Times;
use super::words;
use crate::downloads::main_language;
use crate::import::BY_NAME;
use crate::model::{Act, Event, KeptClaim, Original, Scan, ScanState};
use crate::store;

#[derive(Template)]
#[template(path = "history.html")]
struct History {
    chrome: Chrome,
    head: Head,
    events: Vec<Happened>,
    files: Vec<File>,
    /// Several originals hold the text.
    compared: bool,
    claims: Vec<Said>,
    /// Days on which others changed the text.
    steps: Vec<Step>,
    /// Something in force amends the text, so that it can be had consolidated.
    hop_nhat: bool,
    /// The text as passed.
    passed: Option<(String, String)>,
}

struct Happened {
    when: String,
    what: &'static str,
    file: String,
}

/// An original file as the page shows it.
struct File {
    path: String,
    name: String,
    /// Our text stands on this file.
    stands: bool,
    /// Whether a browser can show it without running anything of it.
    shown: bool,
    source: String,
    format: String,
    size: String,
    received: String,
    sha256: String,
    parser: String,
    /// What became of a file without letters; empty for others.
    scan: &'static str,
    /// Why it could not be recognised.
    failed: String,
    /// How far its recognised text is trusted; empty for exact text.
    confidence: String,
    /// "Thay Ð bằng Đ: 12 chỗ" …
    mendings: Vec<String>,
    warnings: Vec<String>,
}

struct Said {
    name: &'static str,
    value: String,
    source: String,
    seen: String,
}

/// `GET /van-ban/{slug}/lich-su`
pub async fn page(State(site): State<Site>, look: Look, Path(slug): Path<String>) -> Result<Page, Problem> {
    let act = found(&site, &slug).await?;
    let events = store::events(site.db(), act.id)
        .await
        .map_err(Problem::internal)?;
    let originals = store::originals(site.db(), act.id)
        .await
        .map_err(Problem::internal)?;
    let claims = store::claims(site.db(), act.id)
        .await
        .map_err(Problem::internal)?;
    let scans = store::scans_of_act(site.db(), act.id)
        .await
        .map_err(Problem::internal)?;
    let times = Times::load(site.db(), &act).await.map_err(Problem::internal)?;
    let steps = steps(&act, &times, site.today(), look);
    let consolidated = steps.iter().any(|step| !step.ahead);
    let history = History {
        hop_nhat: act.has_text && consolidated,
        steps,
        passed: act
            .issued
            .or(act.in_force)
            .map(|day| (words::short_date(day), format!("/van-ban/{slug}?ngay={day}"))),
        chrome: chrome(&site, look, &act),
        head: head(&act, &site, look, Language::Vi),
        events: events.iter().rev().map(happened).collect(),
        compared: is_compared(&originals, &act),
        files: originals
            .iter()
            .map(|one| file(one, &scans, &act, look))
            .collect(),
        claims: claims.into_iter().map(said).collect(),
    };
    Ok(Page::html(&history)?
        .dep(format!("act:{slug}"))
        .fresh_until(site.next_midnight()))
}

/// What became of a scan; once an exact text stands, nobody waits for its letters.
fn scan_label(scan: &Scan, act: &Act) -> &'static str {
    let exact = act.has_text && !act.translation_only && act.confidence.is_none();
    if exact && scan.state != ScanState::Recognised {
        "Không cần nhận dạng: đã có tệp văn bản"
    } else {
        scan.state.label()
    }
}

/// Whether there is another original to compare with the one that stands.
fn is_compared(originals: &[Original], act: &Act) -> bool {
    let language = main_language(act);
    let texts = originals
        .iter()
        .filter(|one| one.has_text && one.language == language);
    texts.count() > 1
}

fn chrome(site: &Site, look: Look, act: &Act) -> Chrome {
    let title = format!("{} – {}", look.t("Lịch sử và nguồn"), words::short(act));
    let mut chrome = Chrome::new(site, look, format!("/van-ban/{}/lich-su", act.slug), title);
    chrome.nav = "acts";
    chrome.crumbs = crumbs(act, look, Some(look.t("Lịch sử và nguồn").to_owned()));
    chrome
}

fn happened(event: &Event) -> Happened {
    Happened {
        when: words::moment(event.at),
        what: event.kind.label(),
        file: event.file_name.clone().unwrap_or_default(),
    }
}

fn file(one: &Original, scans: &[Scan], act: &Act, look: Look) -> File {
    let scan = scans.iter().find(|scan| scan.sha256 == one.sha256);
    let count = |mending: &legal::model::Mending| {
        look.fill(
            "{}: {} chỗ, ví dụ {}",
            &[
                &look.t(mending_name(&mending.code)),
                &mending.count,
                &mending.example,
            ],
        )
    };
    File {
        path: format!("/van-ban/{}/ban-goc/{}", act.slug, one.sha256),
        name: one.file_name.clone(),
        stands: one.stands,
        shown: super::original::shown_type(&one.media_type).is_some(),
        source: one
            .source
            .clone()
            .filter(|source| source != BY_NAME)
            .unwrap_or_default(),
        format: one.format.to_uppercase(),
        size: words::size(one.size.unsigned_abs(), look),
        received: words::moment(one.received),
        sha256: one.sha256.clone(),
        parser: one.parser.clone(),
        scan: scan.map_or("", |scan| scan_label(scan, act)),
        failed: scan.map_or_else(String::new, |scan| scan.message.clone()),
        confidence: one
            .confidence
            .map(|percent| look.fill("độ tin cậy {} %", &[&percent]))
            .unwrap_or_default(),
        mendings: one.mendings.iter().map(count).collect(),
        warnings: one
            .warnings
            .iter()
            .map(|warning| warning.message.clone())
            .collect(),
    }
}

fn said(kept: KeptClaim) -> Said {
    Said {
        name: claim_name(&kept.claim.field),
        value: kept.claim.value,
        source: kept.claim.source,
        seen: kept.claim.seen.map(words::short_date).unwrap_or_default(),
    }
}

/// What a claim is about, in Vietnamese.
#[must_use]
pub fn claim_name(field: &str) -> &'static str {
    match field {
        "status" => "Tình trạng hiệu lực",
        "in_force" => "Ngày có hiệu lực",
        "expires" => "Ngày hết hiệu lực",
        "issued" => "Ngày ban hành",
        "number" => "Số, ký hiệu",
        "title" => "Trích yếu",
        "kind" => "Loại văn bản",
        "issuer" => "Cơ quan ban hành",
        "signer" => "Người ký",
        "field" => "Lĩnh vực",
        "gazette" => "Công báo",
        _ => "Thông tin khác",
    }
}

/// What was repaired in the characters, in Vietnamese.
fn mending_name(code: &str) -> &'static str {
    match code {
        "nfc" => "Chuẩn hóa Unicode dựng sẵn (NFC)",
        "eth" => "Thay Ð, ð bằng Đ, đ",
        "u-horn" => "Thay ƣ bằng ư",
        "cyrillic" | "greek" | "lookalike" => "Thay chữ cái nước ngoài trông giống chữ Latinh",
        "mark-order" => "Xếp lại thứ tự dấu thanh, dấu mũ",
        "no-break-space" => "Thay dấu cách không ngắt bằng dấu cách thường",
        "control" => "Bỏ ký tự điều khiển",
        "soft-hyphen" => "Bỏ dấu ngắt từ ẩn",
        "zero-width" => "Bỏ ký tự không nhìn thấy",
        "private-use" => "Thay ký tự riêng của phông chữ",
        "line-separator" => "Thay ký tự ngắt dòng lạ",
        _ => "Sửa ký tự",
    }
}
