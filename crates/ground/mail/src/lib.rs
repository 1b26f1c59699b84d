//! Letters: written in the transaction of what they tell of, sent afterwards, at least once.
//! A server that does not answer costs time, never a letter; what was sent keeps no text.

mod post;
mod store;

pub use post::{Post, SettingError, keep_sending};
pub use store::{Due, enqueue, failed, next_due, sent};

/// A letter in plain text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Letter {
    /// Address of one person.
    pub to: String,
    /// Subject.
    pub subject: String,
    /// Text; lines end with `\n`.
    pub text: String,
}
