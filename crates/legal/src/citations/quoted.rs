//! Quoted passages: which provision a line of one begins, and what stands inside the marks.

use crate::address::segment;
use crate::model::{Language, ProvisionKind};
use crate::structure::head;

/// Moves the place inside a quoted passage to the provision that `text` begins.
pub(super) fn step(at: &mut String, text: &str) {
    let article = at.split("__").find(|s| s.starts_with("art_")).map(str::to_owned);
    if let Some(found) = head::article(text) {
        *at = segment(ProvisionKind::Article, found.number);
    } else if let (Some(found), Some(article)) = (head::clause(text), &article) {
        *at = format!("{article}__{}", segment(ProvisionKind::Clause, found.number));
    } else if let Some(found) = head::point(text, Language::Vi) {
        let base = at.split("__point_").next().unwrap_or_default();
        if !base.is_empty() {
            *at = format!("{base}__{}", segment(ProvisionKind::Point, found.number));
        }
    }
}

/// Whether an opening mark before `at` is still open.
pub(super) fn is_inside_quotes(text: &str, at: usize) -> bool {
    let head = text.get(..at).unwrap_or_default();
    let (mut curly, mut straight) = (0i32, false);
    for sign in head.chars() {
        match sign {
            '“' => curly += 1,
            '”' => curly = (curly - 1).max(0),
            '"' => straight = !straight,
            _ => {}
        }
    }
    curly > 0 || straight
}
