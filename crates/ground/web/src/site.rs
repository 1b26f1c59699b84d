//! The site: database, files, names and clock. What every handler gets as axum state.

use std::sync::{Arc, OnceLock};

use http::HeaderValue;
use jiff::civil::Date;
use jiff::tz::{Offset, TimeZone};
use jiff::{Timestamp, ToSpan};

use db::Db;

use crate::beside::{Beside, BesideLaw, BesideUnit};
use crate::look::Look;
use crate::sitemap::Sitemap;

/// Where uploaded files are served.
pub const FILES: &str = "/tep/";

/// The agency that answers for the portal, as the footer shows it. Empty = not set.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Agency {
    /// Cơ quan chủ quản.
    pub name: String,
    /// Người chịu trách nhiệm chính.
    pub responsible: String,
    /// Address of the office.
    pub address: String,
    /// Telephone.
    pub phone: String,
    /// E-mail.
    pub email: String,
}

/// Where "now" comes from.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Clock {
    /// The machine's clock.
    #[default]
    System,
    /// A fixed instant, for tests and exact copies.
    Fixed(Timestamp),
}

/// What a site is made of besides database and files.
#[derive(Debug, Clone)]
pub struct SiteOptions {
    /// Scheme and host readers type, without a slash at the end.
    pub base_url: String,
    /// Scheme and host from which uploaded files go out, another one than that of the pages, so that a
    /// file never speaks for the portal; empty = there is none yet.
    pub files_url: String,
    /// Name of the portal.
    pub name: String,
    /// The agency behind it.
    pub agency: Agency,
    /// Whether letters are sent; without a mail server people hand links over themselves.
    pub sends_letters: bool,
    /// Words of the button that signs people in at another house; empty = there is none.
    pub sign_in_with: String,
    /// Clock.
    pub clock: Clock,
    /// The sitemaps that rooms serve beside that of acts.
    pub sitemaps: Vec<Sitemap>,
    /// Whether the portal shows an invented province: every page then says so.
    pub illustration: bool,
    /// What stands beside acts and provisions; `None` = nothing.
    pub beside_law: Option<BesideLaw>,
    /// What stands beside units; `None` = nothing.
    pub beside_unit: Option<BesideUnit>,
}

impl Default for SiteOptions {
    fn default() -> Self {
        SiteOptions {
            base_url: "http://localhost:8080".to_owned(),
            files_url: String::new(),
            name: "Phổ Luật".to_owned(),
            agency: Agency::default(),
            sends_letters: false,
            sign_in_with: String::new(),
            clock: Clock::System,
            sitemaps: Vec::new(),
            illustration: false,
            beside_law: None,
            beside_unit: None,
        }
    }
}

/// The site. Cheap to clone.
#[derive(Clone)]
pub struct Site {
    inner: Arc<Inner>,
}

struct Inner {
    db: Db,
    blobs: blob::Blobs,
    options: SiteOptions,
    csp: HeaderValue,
    build: OnceLock<String>,
}

impl Site {
    /// Puts a site together.
    pub fn new(db: Db, blobs: blob::Blobs, mut options: SiteOptions) -> Self {
        options
            .base_url
            .truncate(options.base_url.trim_end_matches('/').len());
        options
            .files_url
            .truncate(options.files_url.trim_end_matches('/').len());
        Site {
            inner: Arc::new(Inner {
                db,
                blobs,
                csp: crate::headers::policy_of_pages(&options.files_url),
                options,
                build: OnceLock::new(),
            }),
        }
    }

    /// The database.
    pub fn db(&self) -> &Db {
        &self.inner.db
    }

    /// The original files.
    pub fn blobs(&self) -> &blob::Blobs {
        &self.inner.blobs
    }

    /// Scheme and host without a slash at the end.
    pub fn base_url(&self) -> &str {
        &self.inner.options.base_url
    }

    /// Scheme and host from which uploaded files go out, without a slash at the end; empty = they go
    /// out from the host of the pages.
    pub fn files_url(&self) -> &str {
        &self.inner.options.files_url
    }

    /// Whether a request came to a host that does not have this path: files only on theirs, where
    /// there is one, and nothing else there.
    pub(crate) fn is_misplaced(&self, host: Option<&HeaderValue>, path: &str) -> bool {
        let Some((_, own)) = self.files_url().split_once("://") else {
            return false;
        };
        let there = host.is_some_and(|host| host.as_bytes().eq_ignore_ascii_case(own.as_bytes()));
        there != path.starts_with(FILES)
    }

    /// The content security policy of pages.
    pub(crate) fn csp(&self) -> &HeaderValue {
        &self.inner.csp
    }

    /// Name of the portal.
    pub fn name(&self) -> &str {
        &self.inner.options.name
    }

    /// The agency that answers for the portal.
    pub fn agency(&self) -> &Agency {
        &self.inner.options.agency
    }

    /// Whether letters are sent.
    pub fn sends_letters(&self) -> bool {
        self.inner.options.sends_letters
    }

    /// Words of the button that signs people in at another house; empty = there is none.
    pub fn sign_in_with(&self) -> &str {
        &self.inner.options.sign_in_with
    }

    /// Whether the portal shows an invented province.
    pub fn is_illustration(&self) -> bool {
        self.inner.options.illustration
    }

    /// What stands beside a unit.
    ///
    /// # Errors
    /// What the database says.
    pub async fn beside_unit(&self, look: Look, unit: i64) -> db::Result<Beside> {
        match self.inner.options.beside_unit {
            Some(ask) => ask(self.clone(), look, unit).await,
            None => Ok(Beside::default()),
        }
    }

    /// What stands beside an act or one of its provisions.
    ///
    /// # Errors
    /// What the database says.
    pub async fn beside_law(&self, look: Look, act: &str, provision: Option<&str>) -> db::Result<Beside> {
        match self.inner.options.beside_law {
            Some(ask) => ask(self.clone(), look, act.to_owned(), provision.map(str::to_owned)).await,
            None => Ok(Beside::default()),
        }
    }

    /// The sitemaps that rooms serve beside that of acts.
    pub fn sitemaps(&self) -> &[Sitemap] {
        &self.inner.options.sitemaps
    }

    /// True when readers come over TLS.
    pub fn is_https(&self) -> bool {
        self.base_url().starts_with("https://")
    }

    /// Names the program and the settings that show on pages: pages kept by another build are
    /// made anew. The first call reads the program file (tens of milliseconds).
    pub fn build(&self) -> &str {
        self.inner.build.get_or_init(|| {
            let SiteOptions {
                base_url,
                name,
                agency,
                illustration,
                ..
            } = &self.inner.options;
            let shown = format!(
                "{}\n{base_url}\n{name}\n{agency:?}\n{illustration}",
                crate::build::program()
            );
            crate::build::short(shown.as_bytes())
        })
    }

    /// This instant.
    pub fn now(&self) -> Timestamp {
        match self.inner.options.clock {
            Clock::System => Timestamp::now(),
            Clock::Fixed(at) => at,
        }
    }

    /// Today in Vietnam.
    pub fn today(&self) -> Date {
        vietnam().to_datetime(self.now()).date()
    }

    /// The instant at which [`Site::today`] changes next.
    pub fn next_midnight(&self) -> Timestamp {
        Self::midnight(self.today().saturating_add(1.day()))
    }

    /// When a day begins in Vietnam.
    #[must_use]
    pub fn midnight(day: Date) -> Timestamp {
        vietnam()
            .to_timestamp(day.at(0, 0, 0, 0))
            .unwrap_or(Timestamp::MAX)
    }
}

/// Asia/Ho_Chi_Minh: UTC+7 all year since 1975; all dates of validity we compute are later.
fn vietnam() -> TimeZone {
    TimeZone::fixed(Offset::constant(7))
}
