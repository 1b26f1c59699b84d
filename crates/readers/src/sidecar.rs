//! Lists that describe the files beside them (`docs.jsonl` of a crawl): claims, never text.

use std::collections::HashMap;

use legal::model::Claim;
use serde::{Deserialize, Serialize};

use crate::archive::{self, Limits};
use crate::{Refusal, json, sniff};

/// What lists say of files, by folder and name of the file.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Sidecar {
    claims: HashMap<String, Vec<Claim>>,
}

impl Sidecar {
    /// The lists in a file, which is one itself or an archive that holds some.
    ///
    /// # Errors
    /// As [`archive::walk`].
    pub fn read(name: &str, bytes: &[u8], limits: &Limits) -> Result<Self, Refusal> {
        let mut lists = Self::default();
        archive::walk(name, bytes, limits, &mut |name, bytes| {
            if looks_like_list(&bytes) {
                lists.add(name.rsplit_once('/').map_or("", |(folder, _)| folder), &bytes);
            }
        })?;
        Ok(lists)
    }

    /// Takes in a list; true when it describes at least one file. `folder` is where it stands:
    /// "" at the top, else with slashes inside ("vbpl_html").
    pub fn add(&mut self, folder: &str, bytes: &[u8]) -> bool {
        let Ok(text) = sniff::decode(bytes) else {
            return false;
        };
        let rows = json::descriptions(&text);
        let any = !rows.is_empty();
        for (file, claims) in rows {
            self.claims.insert(key(folder, &file), claims);
        }
        any
    }

    /// Takes in what other lists say; theirs wins.
    pub fn extend(&mut self, other: Self) {
        self.claims.extend(other.claims);
    }

    /// What a list in the folder of `path` (with slashes), or in one above it, says of that file.
    #[must_use]
    pub fn claims(&self, path: &str) -> &[Claim] {
        let (mut folder, file) = path.rsplit_once('/').unwrap_or(("", path));
        loop {
            if let Some(claims) = self.claims.get(&key(folder, file)) {
                return claims;
            }
            if folder.is_empty() {
                return &[];
            }
            folder = folder.rsplit_once('/').map_or("", |(above, _)| above);
        }
    }
}

fn key(folder: &str, file: &str) -> String {
    let name = file.rsplit_once('/').map_or(file, |(_, name)| name);
    format!("{folder}/{name}")
}

/// Whether the first letters are those of JSON lines that name files: such content is worth
/// parsing as a list, and may turn out to be none.
#[must_use]
pub fn looks_like_list(bytes: &[u8]) -> bool {
    const HEAD: usize = 64 << 10;
    let head = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let head = head.get(..HEAD).unwrap_or(head).trim_ascii_start();
    head.starts_with(b"{") && head.windows(6).any(|six| six == b"\"file\"")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Outcome, read_described};

    const LINE: &[u8] = br#"{"file":"a.html","url":"https://vbpl.vn/a","status":"x","number":"28/2021/ND-CP","updated":"07/04/2026"}"#;

    #[test]
    fn claims_reach_the_file_beside_or_below() {
        let mut lists = Sidecar::default();
        assert!(lists.add("set", LINE));
        assert_eq!(lists.claims("set/html/a.html"), lists.claims("set/a.html"));
        assert_eq!(lists.claims("other/a.html"), &[]);
        let claims = lists.claims("set/a.html");
        let status = claims.iter().find(|claim| claim.field == "status");
        assert!(status.is_some_and(|claim| claim.source == "https://vbpl.vn/a" && claim.seen.is_some()));
    }

    #[test]
    fn what_the_text_does_not_say_comes_from_the_list() {
        let lists = Sidecar::read("docs.jsonl", LINE, &Limits::default()).expect("a list");
        let page = "<html><body><p>Article 1. Scope</p><p>This Decree provides for tests.</p></body></html>";
        let reading = read_described("a.html", page.as_bytes(), lists.claims("a.html"));
        let [item] = reading.items.as_slice() else {
            panic!("one act")
        };
        let Outcome::Act(act) = &item.outcome else {
            panic!("an act: {item:?}")
        };
        assert_eq!(act.metadata.number.as_deref(), Some("28/2021/NĐ-CP"));
        assert_eq!(act.metadata.issuers, ["Chính phủ"]);
    }

    #[test]
    fn only_json_lines_that_name_files_are_taken_for_lists() {
        assert!(looks_like_list(LINE));
        assert!(looks_like_list(b"\xef\xbb\xbf\n{\"title\":\"x\",\"file\":\"a\"}"));
        for other in [&b""[..], b"{", b"<p>\"file\"</p>", b"{\"raw_text\":\"x\"}"] {
            assert!(!looks_like_list(other));
        }
        let act = Sidecar::read(
            "a.txt",
            b"{\"file\":\"a\",\"raw_text\":\"x\"}",
            &Limits::default(),
        );
        assert_eq!(act, Ok(Sidecar::default()));
    }
}
