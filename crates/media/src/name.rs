//! Names of files, as strangers gave them.

/// Letters that a name keeps.
const LETTERS: usize = 100;

/// The last part of a name in NFC, without signs that steer text or lead elsewhere, with the ending of
/// what the file is.
pub fn tidy(name: &str, extension: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let stem = last.rsplit_once('.').map_or(last, |(stem, _)| stem);
    let kept: String = viet::nfc(stem)
        .chars()
        .filter(|c| !c.is_control() && !steers(*c))
        .map(|c| {
            if "<>:\"|?*%".contains(c) || c.is_whitespace() {
                ' '
            } else {
                c
            }
        })
        .take(LETTERS)
        .collect();
    let kept = kept.split_whitespace().collect::<Vec<_>>().join(" ");
    let kept = kept.trim_matches(['.', ' ']);
    format!("{}.{extension}", if kept.is_empty() { "tep" } else { kept })
}

/// Signs without width and those that turn the direction of text: "gpj.exe" must not read "exe.jpg".
fn steers(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{ad}')
}

/// The name as a part of an address.
pub fn slug(name: &str, extension: &str) -> String {
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let slug: String = viet::slug(stem).chars().take(60).collect();
    match slug.trim_matches('-') {
        "" => format!("tep.{extension}"),
        slug => format!("{slug}.{extension}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_lead_nowhere_and_say_what_the_file_is() {
        for (given, tidied, address) in [
            ("Kế hoạch 2026.PDF", "Kế hoạch 2026.pdf", "ke-hoach-2026.pdf"),
            ("../../etc/passwd", "passwd.pdf", "passwd.pdf"),
            ("C:\\Users\\a\\b.pdf", "b.pdf", "b.pdf"),
            ("a\u{202e}fdp.exe", "afdp.pdf", "afdp.pdf"),
            ("\"><script>.pdf", "script.pdf", "script.pdf"),
            ("\r\nX-A: b.pdf", "X-A b.pdf", "x-a-b.pdf"),
            ("...", "tep.pdf", "tep.pdf"),
            ("", "tep.pdf", "tep.pdf"),
        ] {
            let name = tidy(given, "pdf");
            assert_eq!(
                (name.as_str(), slug(&name, "pdf").as_str()),
                (tidied, address),
                "{given:?}"
            );
        }
    }
}
