//! Configuration: a TOML file, environment variables over it, checked before anything starts.

mod layers;
mod oidc;
mod problems;

use std::path::PathBuf;

use blob::{BlobConfig, S3Config};
use serde::{Deserialize, Serialize};

pub use layers::{ConfigError, load};
pub use oidc::OidcConfig;

/// The commented example, with every default; also `docs/pholuat.example.toml`.
pub const EXAMPLE: &str = include_str!("../../../docs/pholuat.example.toml");

/// Everything an operator can set.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Config {
    /// Folder of database, files and index.
    pub data: PathBuf,
    /// `postgres://…`; empty means SQLite in the data folder.
    pub database_url: String,
    /// The portal.
    pub site: SiteConfig,
    /// The agency that answers for it.
    pub agency: AgencyConfig,
    /// The HTTP server.
    pub server: ServerConfig,
    /// S3-compatible storage of original files; an empty bucket means a folder in the data folder.
    pub files: S3Config,
    /// Import.
    pub import: ImportConfig,
    /// Recognising the letters of scans.
    pub recognise: RecogniseConfig,
    /// Letters.
    pub mail: MailConfig,
    /// Signing in at another house.
    pub oidc: OidcConfig,
    /// Logs.
    pub log: LogConfig,
}

/// The portal.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct SiteConfig {
    /// Name shown to readers.
    pub name: String,
    /// Scheme and host that readers type.
    pub base_url: String,
    /// Scheme and host from which uploaded files go out, another one than `base_url`.
    pub files_url: String,
}

/// The agency that answers for the portal, as shown in the footer; empty lines are left out.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct AgencyConfig {
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

/// The HTTP server.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ServerConfig {
    /// Address and port of the site.
    pub listen: String,
    /// Address and port of the metrics; empty means none.
    pub metrics_listen: String,
    /// Megabytes of finished pages kept in memory.
    pub cache_mb: u32,
    /// Requests that are worked on at once.
    pub places: u32,
    /// Requests that may wait for a place.
    pub queue: u32,
    /// Seconds that one waits before the waiting page.
    pub patience_seconds: u32,
    /// Seconds that a request may take.
    pub request_seconds: u32,
    /// Requests a second from one address, on average.
    pub per_second: u32,
    /// Requests from one address at once.
    pub burst: u32,
    /// Proxies whose `X-Forwarded-For` is believed.
    pub trusted_proxies: Vec<String>,
    /// Seconds that open requests get when the server stops.
    pub stop_seconds: u32,
    /// Threads that work; 0 means one a core.
    pub threads: u32,
}

/// Import.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ImportConfig {
    /// Child processes that read files.
    pub workers: u32,
    /// Megabytes of memory each may use.
    pub memory_mb: u32,
    /// Seconds that one file may take.
    pub seconds: u32,
}

/// Recognising the letters of scans, where Tesseract is installed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct RecogniseConfig {
    /// Whether the server does it in the background.
    pub background: bool,
    /// Megabytes of memory of each program.
    pub memory_mb: u32,
    /// Seconds that one page may take.
    pub page_seconds: u32,
    /// Pages of a file that is recognised at all.
    pub pages: u32,
}

/// Letters; without a server none are sent and links are handed over by people.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct MailConfig {
    /// `smtps://NAME:PASSWORD@HOST:PORT` or `smtp://…`; empty means none.
    pub server: String,
    /// In whose name letters go out: `Tên cổng <dia-chi@donvi.gov.vn>`.
    pub from: String,
}

/// Logs.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct LogConfig {
    /// `text`, `json`, or `auto`: text on a terminal, JSON elsewhere.
    pub format: String,
    /// `error`, `warn`, `info`, `debug`, or a filter such as `info,web=debug`.
    pub level: String,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            data: PathBuf::from("data"),
            database_url: String::new(),
            site: SiteConfig::default(),
            agency: AgencyConfig::default(),
            server: ServerConfig::default(),
            files: S3Config::default(),
            import: ImportConfig::default(),
            recognise: RecogniseConfig::default(),
            mail: MailConfig::default(),
            oidc: OidcConfig::default(),
            log: LogConfig::default(),
        }
    }
}

impl Default for SiteConfig {
    fn default() -> Self {
        Self {
            name: "Phổ Luật".to_owned(),
            base_url: "http://localhost:8080".to_owned(),
            files_url: String::new(),
        }
    }
}

impl Default for ServerConfig {
    fn default() -> Self {
        Self {
            listen: "127.0.0.1:8080".to_owned(),
            metrics_listen: "127.0.0.1:9090".to_owned(),
            cache_mb: 48,
            places: 64,
            queue: 256,
            patience_seconds: 2,
            request_seconds: 10,
            per_second: 30,
            burst: 300,
            trusted_proxies: Vec::new(),
            stop_seconds: 10,
            threads: 0,
        }
    }
}

impl Default for ImportConfig {
    fn default() -> Self {
        Self {
            workers: 2,
            memory_mb: 256,
            seconds: 8,
        }
    }
}

impl Default for RecogniseConfig {
    fn default() -> Self {
        Self {
            background: true,
            memory_mb: 1024,
            page_seconds: 60,
            pages: 500,
        }
    }
}

impl Default for LogConfig {
    fn default() -> Self {
        Self {
            format: "auto".to_owned(),
            level: "info".to_owned(),
        }
    }
}

impl Config {
    /// Address of the database server; `None` for SQLite.
    #[must_use]
    pub fn database(&self) -> Option<&str> {
        (!self.database_url.is_empty()).then_some(self.database_url.as_str())
    }

    /// Where original files are kept.
    #[must_use]
    pub fn blobs(&self) -> BlobConfig {
        if self.files.bucket.is_empty() {
            BlobConfig::Folder(self.data.join("files"))
        } else {
            BlobConfig::S3(self.files.clone())
        }
    }

    /// Where heads of the audit log are noted.
    pub fn heads_file(&self) -> PathBuf {
        self.data.join("audit-heads.txt")
    }

    /// Folder of the search index of this node.
    #[must_use]
    pub fn index_folder(&self) -> PathBuf {
        self.data.join("index")
    }

    /// Scheme and host of uploaded files: as set, or a name below `localhost` (browsers find those by
    /// themselves); empty where there is none.
    #[must_use]
    pub fn files_url(&self) -> String {
        let set = &self.site.files_url;
        match self.site.base_url.strip_prefix("http://localhost") {
            Some(port) if set.is_empty() && (port.is_empty() || port.starts_with(':')) => {
                format!("http://tep.localhost{port}")
            }
            _ => set.clone(),
        }
    }

    /// The same with secrets replaced, for showing.
    #[must_use]
    pub fn redacted(&self) -> Self {
        let mut shown = self.clone();
        if !shown.files.secret_key.is_empty() {
            "***".clone_into(&mut shown.files.secret_key);
        }
        shown.database_url = without_password(&shown.database_url);
        shown.mail.server = without_password(&shown.mail.server);
        if !shown.oidc.client_secret.is_empty() {
            "***".clone_into(&mut shown.oidc.client_secret);
        }
        shown
    }
}

fn without_password(url: &str) -> String {
    let Some((scheme, rest)) = url.split_once("://") else {
        return url.to_owned();
    };
    let Some((user, host)) = rest.rsplit_once('@') else {
        return url.to_owned();
    };
    let user = user.split(':').next().unwrap_or_default();
    format!("{scheme}://{user}:***@{host}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_example_is_the_defaults() {
        let example: Config = toml::from_str(EXAMPLE).expect("the example parses");
        assert_eq!(example, Config::default());
        assert_eq!(example.problems(), Vec::<String>::new());
    }

    #[test]
    fn the_example_names_every_setting() {
        let table = toml::Table::try_from(Config::default()).expect("a table");
        for (name, value) in &table {
            assert!(
                EXAMPLE.contains(&format!("\n{name} =")) || EXAMPLE.contains(&format!("\n[{name}]")),
                "{name}"
            );
            for key in value.as_table().into_iter().flat_map(toml::Table::keys) {
                assert!(EXAMPLE.contains(&format!("\n{key} =")), "{name}.{key}");
            }
        }
    }

    #[test]
    fn nonsense_is_named() {
        let mut config = Config::default();
        config.server.listen = "8080".into();
        config.database_url = "mysql://x".into();
        config.site.base_url = "https://x.vn/path".into();
        config.site.files_url = "https://x.vn/path".into();
        config.import.memory_mb = 1;
        config.files.endpoint = "https://s3.example".into();
        let found = config.problems().join("\n");
        for name in [
            "server.listen",
            "database_url",
            "site.base_url",
            "site.files_url",
            "import.memory_mb",
            "files:",
        ] {
            assert!(found.contains(name), "{name} in {found}");
        }
    }

    #[test]
    fn secrets_are_not_shown() {
        let mut config = Config {
            database_url: "postgres://u:p%40ss@db/x".into(),
            ..Config::default()
        };
        config.files.secret_key = "s3cret".into();
        config.oidc.client_secret = "s3cret".into();
        let shown = toml::to_string(&config.redacted()).expect("toml");
        assert!(!shown.contains("p%40ss") && !shown.contains("s3cret"), "{shown}");
        assert!(shown.contains("postgres://u:***@db/x"));
    }
}
