//! Accounts, sessions, invitations.

use jiff::Timestamp;
use jiff::civil::Date;
use policy::{AccountId, Grant, Role, UnitId};

/// An e-mail address as accounts are known by it: trimmed, small letters, one `@`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Email(String);

impl Email {
    /// Reads an address; `None` where it cannot be one.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let text = text.trim().to_lowercase();
        let (local, host) = text.split_once('@')?;
        let plain = |part: &str| {
            !part.is_empty()
                && part
                    .chars()
                    .all(|c| c.is_ascii_alphanumeric() || ".+-_".contains(c))
        };
        let dotted = host.contains('.') && !host.starts_with('.') && !host.ends_with('.');
        (plain(local) && plain(host) && dotted && text.len() <= 200).then_some(Self(text))
    }

    /// The address.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Display for Email {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

/// An account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    /// Its number.
    pub id: AccountId,
    /// Address to sign in with.
    pub email: Email,
    /// Name as shown.
    pub name: String,
    /// PHC string of the password, or [`NO_PASSWORD`].
    pub password: String,
    /// Secret of the authenticator app; `None` until it is set up.
    pub totp_secret: Option<String>,
    /// How many passkeys it has.
    pub keys: i64,
    /// Step of the last code that was used.
    pub totp_step: i64,
    /// Stopped by an administrator.
    pub suspended: bool,
    /// First day on which the account no longer holds.
    pub expires: Option<Date>,
    /// Wrong passwords in a row.
    pub failures: i64,
    /// Until when no password is looked at, in epoch microseconds; 0 = now.
    pub locked_until: i64,
}

impl Account {
    /// Whether the account may be used on a day.
    #[must_use]
    pub fn is_open(&self, day: Date) -> bool {
        !self.suspended && self.expires.is_none_or(|expires| day < expires)
    }

    /// Whether it has a password; who joined through another house has none.
    #[must_use]
    pub fn has_password(&self) -> bool {
        self.password != NO_PASSWORD
    }

    /// Whether a password alone does not open the account.
    #[must_use]
    pub fn has_second_proof(&self) -> bool {
        self.totp_secret.is_some() || self.keys > 0
    }
}

/// What stands for the password of an account that has none.
pub const NO_PASSWORD: &str = "-";

/// An identity at another house that an account is linked with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identity {
    /// The house.
    pub issuer: String,
    /// The person there.
    pub subject: String,
    /// Whose account.
    pub account: AccountId,
    /// What people know the identity by.
    pub name: String,
    /// When it was linked.
    pub created: Timestamp,
    /// When it was last used.
    pub used: Option<Timestamp>,
}

/// A passkey of an account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Key {
    /// What browsers call it, as base64url.
    pub credential: String,
    /// Whose.
    pub account: AccountId,
    /// Name its owner gave it.
    pub name: String,
    /// The public key with what belongs to it, as JSON.
    pub key: String,
    /// When it was made.
    pub created: Timestamp,
    /// When it was last used.
    pub used: Option<Timestamp>,
}

/// A session as its owner sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    /// SHA-256 of the token: names the session, opens nothing.
    pub hash: String,
    /// When it began.
    pub created: Timestamp,
    /// When it was last used.
    pub seen: Timestamp,
    /// Browser and system.
    pub device: String,
}

/// A role somebody holds, held or will hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Held {
    /// Number of the row.
    pub id: i64,
    /// Whose.
    pub account: AccountId,
    /// Role, unit, time.
    pub grant: Grant,
}

/// An invitation that waits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invitation {
    /// To whom.
    pub email: Email,
    /// Name as the inviter wrote it.
    pub name: String,
    /// To what.
    pub purpose: Purpose,
    /// Who invited; `None` = the operator.
    pub invited_by: Option<AccountId>,
    /// Last moment.
    pub expires: Timestamp,
}

/// What an invitation is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// An account with its first role.
    Join {
        /// As what.
        role: Role,
        /// Where.
        unit: UnitId,
    },
    /// Another password for an account; its authenticator app is set up anew.
    Reset(AccountId),
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_read_strictly() {
        let read = Email::read(" Thu.Ha+a@STP.example.vn ").expect("an address");
        assert_eq!(read.as_str(), "thu.ha+a@stp.example.vn");
        for wrong in [
            "",
            "@",
            "a@",
            "@b.vn",
            "a@b",
            "a b@c.vn",
            "a@b@c.vn",
            "a@.vn",
            "đ@b.vn",
            "a\n@b.vn",
            "a@b.vn>,x@y.vn",
        ] {
            assert_eq!(Email::read(wrong), None, "{wrong:?}");
        }
    }
}
