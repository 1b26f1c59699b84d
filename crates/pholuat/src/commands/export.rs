//! `pholuat export`: one act, or all of them, to files.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use acts::model::Act;
use acts::{downloads, store};
use anyhow::{Context, bail};
use clap::ValueEnum;
use db::Db;
use jiff::civil::Date;
use jiff::tz::{Offset, TimeZone};
use legal::model::Language;
use writers::{ExportAct, Format};

use super::say;
use crate::compose;
use crate::config::Config;

/// Acts asked for at once.
const PAGE: i64 = 200;

/// Arguments of `pholuat export`.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// Địa chỉ ngắn của văn bản, ví dụ 91-2015-qh13; bỏ trống cùng --out để xuất tất cả
    #[arg(value_name = "VĂN BẢN")]
    slug: Option<String>,
    /// Định dạng của tệp
    #[arg(long, value_enum, default_value_t = FormatName::Xml, value_name = "ĐỊNH DẠNG")]
    format: FormatName,
    /// Xuất bản tiếng Anh
    #[arg(long)]
    english: bool,
    /// Ghi vào tệp này (một văn bản) hoặc thư mục này (tất cả); mặc định in ra màn hình
    #[arg(long, value_name = "NƠI GHI")]
    out: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum FormatName {
    /// Akoma Ntoso
    Xml,
    Json,
    Docx,
    Epub,
}

impl FormatName {
    fn format(self) -> Format {
        match self {
            Self::Xml => Format::Akn,
            Self::Json => Format::Json,
            Self::Docx => Format::Docx,
            Self::Epub => Format::Epub,
        }
    }
}

/// Exports.
///
/// # Errors
/// An act that is not there, a place that cannot be written.
pub async fn run(config: &Config, arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let db = compose::database(config).await?;
    let language = if arguments.english {
        Language::En
    } else {
        Language::Vi
    };
    let export = Export {
        config,
        db: &db,
        format: arguments.format.format(),
        language,
        today: today(),
    };
    match (&arguments.slug, &arguments.out) {
        (Some(slug), out) => export.one(slug, out.as_deref()).await?,
        (None, Some(folder)) => export.all(folder).await?,
        (None, None) => bail!("hãy nêu văn bản cần xuất, hoặc --out THƯ MỤC để xuất tất cả"),
    }
    db.close().await;
    Ok(ExitCode::SUCCESS)
}

/// Today in Vietnam.
fn today() -> Date {
    TimeZone::fixed(Offset::constant(7))
        .to_datetime(jiff::Timestamp::now())
        .date()
}

struct Export<'a> {
    config: &'a Config,
    db: &'a Db,
    format: Format,
    language: Language,
    today: Date,
}

impl Export<'_> {
    async fn one(&self, slug: &str, out: Option<&Path>) -> anyhow::Result<()> {
        let act = store::act_by_slug(self.db, slug).await?;
        let act = act.with_context(|| format!("không có văn bản {slug}"))?;
        let bytes = self.bytes(&act).await?;
        let bytes = bytes.with_context(|| format!("văn bản {slug} không có nội dung ở ngôn ngữ này"))?;
        match out {
            Some(path) => std::fs::write(path, bytes).with_context(|| path.display().to_string()),
            None => Ok(say(bytes)?),
        }
    }

    async fn all(&self, folder: &Path) -> anyhow::Result<()> {
        std::fs::create_dir_all(folder).with_context(|| folder.display().to_string())?;
        let (mut after, mut written) = (String::new(), 0_u64);
        loop {
            let slugs = store::slugs_all(self.db, &after, PAGE).await?;
            let Some(last) = slugs.last() else { break };
            after.clone_from(last);
            for act in store::acts_by_slugs(self.db, &slugs).await? {
                if let Some(bytes) = self.bytes(&act).await? {
                    let name = format!("{}.{}", act.slug, self.format.extension());
                    std::fs::write(folder.join(&name), bytes).with_context(|| name)?;
                    written += 1;
                }
            }
        }
        Ok(say(format!(
            "Đã xuất {written} văn bản vào {}\n",
            folder.display()
        ))?)
    }

    async fn bytes(&self, act: &Act) -> anyhow::Result<Option<Vec<u8>>> {
        let today = self.today;
        let Some(text) = store::act_text(self.db, act.id, self.language, today).await? else {
            return Ok(None);
        };
        let base = self.config.site.base_url.trim_end_matches('/');
        let export = ExportAct {
            slug: act.slug.clone(),
            url: format!("{base}/van-ban/{}", act.slug),
            publisher: self.config.site.name.clone(),
            expires: act.ends,
            on: None,
            changed: downloads::changed(&store::changes_of(self.db, act.id).await?),
            changes: downloads::changed(&store::changes_by(self.db, act.id).await?),
            named: match self.language {
                Language::Vi => downloads::named(self.db, act, today).await?,
                Language::En => Vec::new(),
            },
            text,
        };
        Ok(Some(self.format.write(&export)?))
    }
}
