//! What can be downloaded of an act, each file with its size.

use askama::Template;
use axum::extract::{Path, State};
use web::{Chrome, Look, Page, Problem, Site};
use writers::{ExportAct, Format};

use super::act::{crumbs, found};
use super::words;
use crate::model::Original;
use crate::{downloads, store};

#[derive(Template)]
#[template(path = "take.html")]
struct Take {
    chrome: Chrome,
    name: String,
    home: String,
    /// Files made from the text.
    formats: Vec<File>,
    /// Files as they came.
    originals: Vec<File>,
}

struct File {
    path: String,
    /// Untranslated name of a format, or the name of a file.
    name: String,
    /// What it is good for; empty for originals.
    about: &'static str,
    size: String,
}

/// `GET /van-ban/{slug}/tai-ve`
pub async fn page(State(site): State<Site>, look: Look, Path(slug): Path<String>) -> Result<Page, Problem> {
    let act = found(&site, &slug).await?;
    let originals = store::originals(site.db(), act.id)
        .await
        .map_err(Problem::internal)?;
    let home = format!("/van-ban/{slug}");
    let sizes = if act.has_text || act.has_english {
        let export = downloads::load(&site, &act, downloads::main_language(&act), None).await?;
        // Packing a long act takes a while: not on a thread that serves others.
        tokio::task::spawn_blocking(move || sizes(&export))
            .await
            .map_err(Problem::internal)?
    } else {
        Vec::new()
    };
    let format = |(format, size): (Format, usize)| File {
        path: format!("{home}.{}", format.extension()),
        name: name(format).0.to_owned(),
        about: name(format).1,
        size: words::size(size as u64, look),
    };
    let mut chrome = Chrome::new(
        &site,
        look,
        format!("{home}/tai-ve"),
        format!("{} – {}", look.t("Tải về"), words::short(&act)),
    );
    chrome.nav = "acts";
    chrome.crumbs = crumbs(&act, look, Some(look.t("Tải về").to_owned()));
    let take = Take {
        chrome,
        name: words::one_line(&act),
        formats: sizes.into_iter().map(format).collect(),
        originals: originals.iter().map(|one| original(one, &home, look)).collect(),
        home,
    };
    Ok(Page::html(&take)?
        .dep(format!("act:{slug}"))
        .fresh_until(site.next_midnight()))
}

/// Formats that can be written, with the bytes of each.
fn sizes(export: &ExportAct) -> Vec<(Format, usize)> {
    let size = |format: Format| format.write(export).ok().map(|bytes| (format, bytes.len()));
    Format::ALL.into_iter().filter_map(size).collect()
}

fn name(format: Format) -> (&'static str, &'static str) {
    match format {
        Format::Docx => (
            "Word (DOCX)",
            "Để soạn thảo, in theo thể thức văn bản hành chính.",
        ),
        Format::Epub => (
            "Sách điện tử (EPUB)",
            "Để đọc trên điện thoại, máy đọc sách, không cần mạng.",
        ),
        Format::Akn => (
            "Akoma Ntoso (XML)",
            "Để hệ thống khác trao đổi, xử lý (chuẩn OASIS).",
        ),
        Format::Json => ("JSON", "Để lập trình viên dùng lại dữ liệu."),
    }
}

fn original(one: &Original, home: &str, look: Look) -> File {
    File {
        path: format!("{home}/ban-goc/{}?tai-ve=1", one.sha256),
        name: one.file_name.clone(),
        about: "",
        size: words::size(one.size.unsigned_abs(), look),
    }
}
