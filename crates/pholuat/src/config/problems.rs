//! What in a configuration makes no sense, told before anything starts.

use std::net::SocketAddr;
use std::path::Path;

use blob::S3Config;

use super::{Config, ImportConfig, RecogniseConfig, ServerConfig};

impl Config {
    /// Everything that makes no sense, in Vietnamese; empty when all is well.
    #[must_use]
    pub fn problems(&self) -> Vec<String> {
        let mut found = Vec::new();
        let mut refuse = |wrong: bool, why: &str| {
            if wrong {
                found.push(why.to_owned());
            }
        };
        refuse(is_blank(&self.data), "data: chưa nêu thư mục dữ liệu.");
        refuse(
            !is_database(&self.database_url),
            "database_url: phải bắt đầu bằng postgres:// hoặc để trống để dùng SQLite.",
        );
        refuse(
            self.site.name.trim().is_empty(),
            "site.name: tên cổng không được để trống.",
        );
        refuse(
            !is_origin(&self.site.base_url),
            "site.base_url: phải là địa chỉ gốc như https://phapluat.example.gov.vn, không có đường dẫn phía sau.",
        );
        refuse(
            !self.site.files_url.is_empty()
                && (!is_origin(&self.site.files_url) || self.site.files_url == self.site.base_url),
            "site.files_url: phải là địa chỉ gốc khác site.base_url, như https://tep.phapluat.example.gov.vn, hoặc để trống.",
        );
        refuse(
            !["auto", "text", "json"].contains(&self.log.format.as_str()),
            "log.format: chỉ nhận “auto”, “text” hoặc “json”.",
        );
        refuse(
            self.log.level.trim().is_empty(),
            "log.level: chưa nêu mức ghi, ví dụ “info”.",
        );
        found.extend(self.server.problems());
        found.extend(self.import.problems());
        found.extend(self.recognise.problems());
        found.extend(file_problems(&self.files));
        found.extend(self.oidc.problems());
        found
    }
}

impl ServerConfig {
    fn problems(&self) -> Vec<String> {
        let mut found = Vec::new();
        if self.listen.parse::<SocketAddr>().is_err() {
            found.push("server.listen: phải có dạng địa chỉ:cổng, ví dụ 0.0.0.0:8080.".to_owned());
        }
        if !self.metrics_listen.is_empty() && self.metrics_listen.parse::<SocketAddr>().is_err() {
            found.push(
                "server.metrics_listen: phải có dạng địa chỉ:cổng, hoặc để trống để không mở.".to_owned(),
            );
        }
        if self.listen == self.metrics_listen && !self.listen.ends_with(":0") {
            found.push("server.metrics_listen: không được trùng với server.listen.".to_owned());
        }
        let ranges = [
            ("server.cache_mb", self.cache_mb, 1, 65_536),
            ("server.places", self.places, 1, 10_000),
            ("server.queue", self.queue, 0, 100_000),
            ("server.patience_seconds", self.patience_seconds, 0, 60),
            ("server.request_seconds", self.request_seconds, 1, 300),
            ("server.per_second", self.per_second, 1, 1_000_000),
            ("server.burst", self.burst, 1, 1_000_000),
            ("server.stop_seconds", self.stop_seconds, 0, 600),
            ("server.threads", self.threads, 0, 256),
        ];
        found.extend(ranges.iter().filter_map(out_of_range));
        let wrong = self
            .trusted_proxies
            .iter()
            .filter_map(|net| net.parse::<web::Net>().err());
        found.extend(wrong.map(|why| format!("server.trusted_proxies: {why}.")));
        found
    }
}

impl ImportConfig {
    fn problems(&self) -> Vec<String> {
        let ranges = [
            ("import.workers", self.workers, 1, 64),
            ("import.memory_mb", self.memory_mb, 64, 8_192),
            ("import.seconds", self.seconds, 1, 600),
        ];
        ranges.iter().filter_map(out_of_range).collect()
    }
}

impl RecogniseConfig {
    fn problems(&self) -> Vec<String> {
        let ranges = [
            ("recognise.memory_mb", self.memory_mb, 256, 16_384),
            ("recognise.page_seconds", self.page_seconds, 5, 600),
            ("recognise.pages", self.pages, 1, 5_000),
        ];
        ranges.iter().filter_map(out_of_range).collect()
    }
}

fn out_of_range((name, value, least, most): &(&str, u32, u32, u32)) -> Option<String> {
    let inside = (least..=most).contains(&value);
    (!inside).then(|| format!("{name}: {value} nằm ngoài khoảng cho phép từ {least} đến {most}."))
}

fn file_problems(files: &S3Config) -> Vec<String> {
    if files.bucket.is_empty() {
        let stray = !files.endpoint.is_empty() || !files.access_key.is_empty();
        let why = "files: đã nêu máy chủ hoặc khóa nhưng chưa nêu bucket.";
        return stray.then(|| why.to_owned()).into_iter().collect();
    }
    let mut found = Vec::new();
    if !files.endpoint.starts_with("https://") && !files.endpoint.starts_with("http://") {
        found.push("files.endpoint: phải là địa chỉ https:// (hoặc http:// trong mạng nội bộ).".to_owned());
    }
    if files.access_key.is_empty() || files.secret_key.is_empty() {
        found.push("files.access_key, files.secret_key: cần cả hai để dùng kho S3.".to_owned());
    }
    found
}

fn is_blank(path: &Path) -> bool {
    path.as_os_str().is_empty()
}

fn is_database(url: &str) -> bool {
    url.is_empty() || url.starts_with("postgres://") || url.starts_with("postgresql://")
}

/// Scheme and host, no path, query or user.
fn is_origin(url: &str) -> bool {
    let host = url
        .strip_prefix("https://")
        .or_else(|| url.strip_prefix("http://"));
    host.map(|host| host.strip_suffix('/').unwrap_or(host))
        .is_some_and(|host| {
            !host.is_empty()
                && host
                    .chars()
                    .all(|c| c.is_ascii_alphanumeric() || ".-:[]".contains(c))
        })
}
