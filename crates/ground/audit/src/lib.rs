//! The audit log: one line for every act that changes anything, written in the transaction that
//! changes it. Each line holds the hash of the one before, so that an edit, a deletion or a swap
//! breaks the chain (trust.md 4.5). What a chain alone cannot show, a tail that was cut off or
//! written anew to its end, is found by comparing with heads that were noted elsewhere ([`Head`]).

mod chain;
mod store;

pub use chain::{Fault, Head, Line, Verdict, Verifier};
pub use store::{Filter, append, head, page, verify};

use policy::{AccountId, UnitId};

/// Who did it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Actor {
    /// A person who was signed in.
    Person(AccountId, String),
    /// Somebody who is not signed in (a failed sign-in, an invitation that is accepted).
    Guest,
    /// The operator at the command line.
    Operator,
    /// The program itself.
    System,
}

/// What was done, before it has its place in the chain.
#[derive(Clone, Debug)]
pub struct Entry {
    /// Who.
    pub actor: Actor,
    /// Stable code: `account.invite`, `session.start` … (noun, then verb).
    pub act: &'static str,
    /// To what: `account:12`, `unit:7`.
    pub object: String,
    /// In which unit, for those who read the log of their unit only.
    pub unit: Option<UnitId>,
    /// More, never a secret and no more about a person than the reader of the log may know.
    pub detail: serde_json::Value,
}

impl Entry {
    /// An entry without unit and detail.
    #[must_use]
    pub fn new(actor: Actor, act: &'static str, object: impl Into<String>) -> Self {
        Self {
            actor,
            act,
            object: object.into(),
            unit: None,
            detail: serde_json::Value::Null,
        }
    }

    /// Names the unit.
    #[must_use]
    pub fn unit(mut self, unit: UnitId) -> Self {
        self.unit = Some(unit);
        self
    }

    /// Adds a detail.
    #[must_use]
    pub fn detail(mut self, detail: serde_json::Value) -> Self {
        self.detail = detail;
        self
    }
}
