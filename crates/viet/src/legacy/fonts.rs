//! Fonts whose name tells the encoding of the text set in them.

use super::Encoding;

/// What a font makes of letters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Capitals {
    /// Shows what is typed.
    AsTyped,
    /// Shows capitals whatever is typed (`.VnTimeH`).
    All,
}

/// The encoding that a font's name promises: `.VnTime`, `.VnArialH`, `VNI-Times`, `VPS Times` …
///
/// `None` for fonts of Unicode. The text may still be Unicode: files keep old names.
#[must_use]
pub fn by_font(name: &str) -> Option<(Encoding, Capitals)> {
    let name = name.trim().trim_matches(['"', '\'']).trim();
    let name = name.strip_prefix('@').unwrap_or(name);
    let lower = name.to_lowercase();
    if lower.starts_with(".vn") || lower.starts_with("vntime") || lower.starts_with("vnarial") {
        // The last letter of `.VnTimeH`, also before a style ("… H Bold").
        let stem = name.split(' ').next().unwrap_or(name);
        let capital = name.ends_with('H') || (stem.len() > 3 && stem.ends_with('H'));
        let capitals = if capital { Capitals::All } else { Capitals::AsTyped };
        return Some((Encoding::Tcvn3, capitals));
    }
    let encoding = match lower.as_str() {
        _ if lower.starts_with("vni-") || lower.starts_with("vni ") => Encoding::Vni,
        _ if lower.starts_with("vps ") || lower.starts_with("vps-") || lower == "vps" => Encoding::Vps,
        _ if lower.starts_with("vi ") || lower.contains("viscii") => Encoding::Viscii,
        _ => return None,
    };
    Some((encoding, Capitals::AsTyped))
}
