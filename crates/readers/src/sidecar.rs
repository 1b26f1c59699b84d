//! Lists that describe the files beside them (`docs.jsonl` of a crawl): claims, never text.

use std::collections::HashMap;

use legal::model::Claim;

use crate::{Outcome, json, sniff};

/// What lists say of files, by folder and name of the file.
#[derive(Clone, Debug, Default)]
pub struct Sidecar {
    claims: HashMap<String, Vec<Claim>>,
}

impl Sidecar {
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

    /// Adds to what was read from `path` (with slashes) what a list in the same folder, or in one
    /// above it, says of the file. What the text says of itself stays.
    pub fn enrich(&self, path: &str, outcome: &mut Outcome) {
        let Some(claims) = self.find(path) else { return };
        if let Outcome::Act(act) | Outcome::MetadataOnly(act) = outcome {
            legal::metadata::supplement(&mut act.metadata, claims.clone());
        }
    }

    fn find(&self, path: &str) -> Option<&Vec<Claim>> {
        let (mut folder, file) = path.rsplit_once('/').unwrap_or(("", path));
        loop {
            if let Some(claims) = self.claims.get(&key(folder, file)) {
                return Some(claims);
            }
            if folder.is_empty() {
                return None;
            }
            folder = folder.rsplit_once('/').map_or("", |(above, _)| above);
        }
    }
}

fn key(folder: &str, file: &str) -> String {
    let name = file.rsplit_once('/').map_or(file, |(_, name)| name);
    format!("{folder}/{name}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use legal::model::ActText;

    const LINE: &[u8] = br#"{"file":"a.html","url":"https://vbpl.vn/a","status":"x","number":"28/2021/ND-CP","updated":"07/04/2026"}"#;

    #[test]
    fn claims_reach_the_file_beside_or_below() {
        let mut lists = Sidecar::default();
        assert!(lists.add("set", LINE));
        let mut outcome = Outcome::Act(Box::<ActText>::default());
        lists.enrich("set/html/a.html", &mut outcome);
        let Outcome::Act(act) = outcome else {
            panic!("still an act")
        };
        assert_eq!(act.metadata.number.as_deref(), Some("28/2021/NĐ-CP"));
        assert_eq!(act.metadata.issuers, ["Chính phủ"]);
        let status = act.metadata.claims.iter().find(|claim| claim.field == "status");
        assert!(status.is_some_and(|claim| claim.source == "https://vbpl.vn/a" && claim.seen.is_some()));
        let mut other = Outcome::Act(Box::<ActText>::default());
        lists.enrich("other/a.html", &mut other);
        assert_eq!(other, Outcome::Act(Box::default()));
    }
}
