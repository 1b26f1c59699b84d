//! Resumption tokens: where a list goes on, in words that need no memory of ours.

use super::request::Prefix;
use crate::model::ChangeToken;

const SEPARATOR: char = '!';

/// What a token says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Token {
    pub prefix: Prefix,
    /// Epoch microseconds, inclusive.
    pub from: i64,
    /// Epoch microseconds, exclusive; fixed by the first request, so a list has an end.
    pub until: i64,
    pub set: String,
    /// The last act handed out.
    pub after: ChangeToken,
    /// How many acts were handed out before.
    pub cursor: u64,
}

impl Token {
    pub fn write(&self) -> String {
        let Self {
            prefix,
            from,
            until,
            set,
            after,
            cursor,
        } = self;
        let prefix = prefix.word();
        format!(
            "{prefix}!{from}!{until}!{set}!{}!{}!{cursor}",
            after.updated, after.id
        )
    }

    /// `None` for anything that `write` did not write.
    pub fn read(text: &str) -> Option<Self> {
        let words: Vec<&str> = text.split(SEPARATOR).collect();
        let [prefix, from, until, set, updated, id, cursor] = words[..] else {
            return None;
        };
        let is_set = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        if !set.chars().all(is_set) {
            return None;
        }
        Some(Self {
            prefix: Prefix::read(prefix).ok()?,
            from: from.parse().ok()?,
            until: until.parse().ok()?,
            set: set.to_owned(),
            after: ChangeToken {
                updated: updated.parse().ok()?,
                id: id.parse().ok()?,
            },
            cursor: cursor.parse().ok()?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_round_trip_and_nothing_else_does() {
        let token = Token {
            prefix: Prefix::Akn,
            from: 0,
            until: i64::MAX,
            set: "kind-bo-luat".to_owned(),
            after: ChangeToken { updated: 5, id: 7 },
            cursor: 100,
        };
        assert_eq!(Token::read(&token.write()), Some(token));
        for text in [
            "",
            "akn",
            "akn!0!1!<b>!0!0!0",
            "akn!0!1!!0!0!0!0",
            "marc!0!1!!0!0!0",
            "akn!0!1!!0!x!0",
        ] {
            assert_eq!(Token::read(text), None, "{text}");
        }
    }
}
