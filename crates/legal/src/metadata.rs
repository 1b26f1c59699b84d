//! What an act says of itself.
use crate::model::{ActKind, ActText, Metadata};
/// Reads the metadata of a structured text.
#[must_use]
pub fn read(_act: &ActText, _page_title: Option<&str>) -> Metadata {
    Metadata::default()
}
/// k
#[must_use]
pub fn kind_named(_t: &str) -> Option<ActKind> {
    None
}
/// k
#[must_use]
pub fn bare_title(t: &str, _k: Option<ActKind>, _n: Option<&str>) -> String {
    t.to_owned()
}
/// k
#[must_use]
pub fn issuers_named(t: &str) -> Vec<String> {
    vec![t.to_owned()]
}
