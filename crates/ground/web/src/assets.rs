//! Files of `/web` (style, script, fonts, icons), served from the binary under addresses that
//! hold their hash. Folders only sort the files: `fonts/a.woff2` is the asset `a.woff2`.

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

/// The same for an asset that a build may lack (what npm makes); `None` where it does.
pub fn known(name: &str) -> Option<&'static str> {
    table().by_name.get(name).map(|asset| asset.address.as_str())
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

/// Reads all files once. The parts in `css/` and `js/` are joined in the order of their names into
/// `app.css` and `app.js`; style sheets come last because they name the others by address.
fn build() -> Table {
    let mut table = Table {
        by_name: HashMap::new(),
        by_address: HashMap::new(),
    };
    let mut names: Vec<_> = Files::iter()
        .map(|n| n.into_owned())
        .filter(|n| is_served(n))
        .collect();
    names.sort_unstable();
    let (mut css, mut js, mut manifests) = (String::new(), Vec::new(), Vec::new());
    for name in names {
        let Some(file) = Files::get(&name) else { continue };
        if name.starts_with("css/") {
            css.push_str(&without_comments(&String::from_utf8_lossy(&file.data)));
        } else if name.starts_with("js/") {
            js.extend_from_slice(&file.data);
        } else if name.ends_with(".webmanifest") {
            manifests.push((name, String::from_utf8_lossy(&file.data).into_owned()));
        } else {
            insert(&mut table, &name, Bytes::from(file.data.into_owned()));
        }
    }
    for (name, text) in manifests {
        let text = with_quoted_addresses(&text, &table.by_name);
        insert(&mut table, &name, Bytes::from(text));
    }
    insert(&mut table, "app.js", Bytes::from(js));
    let css = with_addresses(&css, &table.by_name);
    insert(&mut table, "app.css", Bytes::from(css));
    table
}

/// Drops comments and indentation; our own files only, so no string holds `/*`.
fn without_comments(css: &str) -> String {
    let mut pieces = css.split("/*");
    let mut bare = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        bare.push_str(piece.split_once("*/").map_or("", |(_, rest)| rest));
    }
    bare.lines().map(str::trim).filter(|line| !line.is_empty()).fold(
        String::with_capacity(bare.len()),
        |mut out, line| {
            out.push_str(line);
            out.push('\n');
            out
        },
    )
}

/// Licences and notes lie beside the fonts but are not served.
fn is_served(name: &str) -> bool {
    !name.ends_with(".md") && !name.ends_with(".txt")
}

fn insert(table: &mut Table, file: &str, body: Bytes) {
    let name = file.rsplit('/').next().unwrap_or(file).to_owned();
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

/// Replaces `"icon.svg"` in a manifest by the address with hash, for names we have.
fn with_quoted_addresses(text: &str, known: &HashMap<String, Asset>) -> String {
    known.iter().fold(text.to_owned(), |text, (name, asset)| {
        text.replace(&format!("\"{name}\""), &format!("\"{}\"", asset.address))
    })
}

/// Replaces `url(fonts/x.woff2)` by the address with hash, for names we have.
fn with_addresses(css: &str, known: &HashMap<String, Asset>) -> String {
    let mut pieces = css.split("url(");
    let mut out = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        out.push_str("url(");
        let (inside, rest) = piece.split_once(')').unwrap_or((piece, ""));
        let bare = inside.trim().trim_matches(['"', '\'']);
        match known.get(bare.rsplit('/').next().unwrap_or(bare)) {
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
        insert(&mut table, "fonts/a.woff2", Bytes::from_static(b"font"));
        let address = table.by_name["a.woff2"].address.clone();
        let css = "a{src:url(\"fonts/a.woff2\")}b{background:url(data:x)}c{x:url(open";
        let got = with_addresses(css, &table.by_name);
        assert_eq!(
            got,
            format!("a{{src:url({address})}}b{{background:url(data:x)}}c{{x:url(open")
        );
        assert!(address.starts_with("/tai-nguyen/a.") && address.ends_with(".woff2"));
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
