//! Files of `/web` (style, script, fonts, icons), served from the binary under addresses that
//! hold their hash.

use std::collections::HashMap;
use std::sync::OnceLock;

use bytes::Bytes;
use rust_embed::RustEmbed;
use sha2::{Digest, Sha256};

/// Where assets are served.
pub const PREFIX: &str = "/tai-nguyen/";

#[derive(RustEmbed)]
#[folder = "$CARGO_MANIFEST_DIR/../../../web"]
struct Files;

/// One embedded file.
pub struct Asset {
    /// Full local address with hash.
    pub address: String,
    /// Media type.
    pub content_type: &'static str,
    /// The bytes as served.
    pub body: Bytes,
}

struct Table {
    by_name: HashMap<String, Asset>,
    by_address: HashMap<String, String>,
}

/// Local address of an asset of `/web`, e.g. `asset("app.css")` → `/tai-nguyen/app.1a2b3c4d.css`.
/// An unknown name gives `/tai-nguyen/` + name, which answers 404.
pub fn asset(name: &str) -> &'static str {
    match table().by_name.get(name) {
        Some(asset) => &asset.address,
        None => {
            tracing::error!(name, "a page names an asset that does not exist");
            "/tai-nguyen/khong-co"
        }
    }
}

/// The asset at a local address, if the hash is right.
pub fn at(address: &str) -> Option<&'static Asset> {
    let table = table();
    table.by_name.get(table.by_address.get(address)?)
}

/// Every asset name, sorted.
pub fn names() -> Vec<&'static str> {
    let mut names: Vec<_> = table().by_name.keys().map(String::as_str).collect();
    names.sort_unstable();
    names
}

fn table() -> &'static Table {
    static TABLE: OnceLock<Table> = OnceLock::new();
    TABLE.get_or_init(build)
}

/// Reads all files once. Style sheets come last because they name the others by address.
fn build() -> Table {
    let mut table = Table {
        by_name: HashMap::new(),
        by_address: HashMap::new(),
    };
    let (styles, others): (Vec<_>, Vec<_>) = Files::iter()
        .map(|name| name.into_owned())
        .filter(|name| is_served(name))
        .partition(|name| name.ends_with(".css"));
    for name in others {
        if let Some(file) = Files::get(&name) {
            insert(&mut table, name, Bytes::from(file.data.into_owned()));
        }
    }
    for name in styles {
        if let Some(file) = Files::get(&name) {
            let text = String::from_utf8_lossy(&file.data).into_owned();
            let text = with_addresses(&text, &table.by_name);
            insert(&mut table, name, Bytes::from(text));
        }
    }
    table
}

/// Licences and notes lie beside the fonts but are not served.
fn is_served(name: &str) -> bool {
    !name.ends_with(".md") && !name.ends_with(".txt")
}

fn insert(table: &mut Table, name: String, body: Bytes) {
    let hash = hex::encode(&Sha256::digest(&body)[..6]);
    let (stem, extension) = name.rsplit_once('.').unwrap_or((&name, "bin"));
    let address = format!("{PREFIX}{stem}.{hash}.{extension}");
    let content_type = media_type(extension);
    table.by_address.insert(address.clone(), name.clone());
    table.by_name.insert(
        name,
        Asset {
            address,
            content_type,
            body,
        },
    );
}

/// Replaces `url(fonts/x.woff2)` by the address with hash, for names we have.
fn with_addresses(css: &str, known: &HashMap<String, Asset>) -> String {
    let mut pieces = css.split("url(");
    let mut out = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        out.push_str("url(");
        let (inside, rest) = piece.split_once(')').unwrap_or((piece, ""));
        let bare = inside.trim().trim_matches(['"', '\'']).trim_start_matches("./");
        match known.get(bare.trim_start_matches('/')) {
            Some(asset) => out.push_str(&asset.address),
            None => out.push_str(inside),
        }
        if piece.len() > inside.len() {
            out.push(')');
        }
        out.push_str(rest);
    }
    out
}

fn media_type(extension: &str) -> &'static str {
    match extension {
        "css" => "text/css; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "ico" => "image/x-icon",
        "webp" => "image/webp",
        "woff2" => "font/woff2",
        "webmanifest" => "application/manifest+json",
        "json" => "application/json",
        "xsl" => "text/xsl; charset=utf-8",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn style_sheets_name_fonts_by_hashed_address() {
        let mut table = Table {
            by_name: HashMap::new(),
            by_address: HashMap::new(),
        };
        insert(
            &mut table,
            "fonts/a.woff2".to_owned(),
            Bytes::from_static(b"font"),
        );
        let address = table.by_name["fonts/a.woff2"].address.clone();
        let css = "a{src:url(\"fonts/a.woff2\")}b{background:url(data:x)}c{x:url(open";
        let got = with_addresses(css, &table.by_name);
        assert_eq!(
            got,
            format!("a{{src:url({address})}}b{{background:url(data:x)}}c{{x:url(open")
        );
        assert!(address.starts_with("/tai-nguyen/fonts/a.") && address.ends_with(".woff2"));
    }

    #[test]
    fn only_the_right_hash_answers() {
        for name in names() {
            let address = asset(name);
            assert!(at(address).is_some(), "{address}");
            assert!(at(&format!("{PREFIX}{name}")).is_none());
        }
    }
}
