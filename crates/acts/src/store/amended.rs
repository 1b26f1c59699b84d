//! What acts do to each other's texts: which versions an amended act has, from which days.
//!
//! The transaction that writes an act keeps its amending sentences (`amendments`, beside the other
//! links) and marks the acts that they change (`versions_due`); [`versions_catch_up`] derives the
//! marked ones. Versions are a pure function of the text as imported and of the amending sentences,
//! whatever the order in which they came, and of what officers decided of them; the text as imported is
//! never changed.

mod decisions;
mod derive;
mod due;
mod ended;
mod input;
mod read;
mod said;
mod touched;
mod waiting;
mod write;

pub use decisions::{
    Decided, Deciding, Ruling, decision, decision_end, decision_list, decision_of, decision_put,
    decisions_stale_at,
};
pub(crate) use due::mark;
pub(super) use due::{is_target, targets};
pub(super) use ended::settle;
pub use read::{
    ChangeRow, How, Transition, Version, changes_by, changes_of, provision_days, transitions_of, versions,
};
pub(super) use read::{Stored, stored};
pub use said::{Said, said};
pub(super) use touched::Standing;
pub use touched::{Pin, Touched, pin_texts, touched};
pub use waiting::{
    Item, Sought, Tried, Which, amendment, amendment_acts, amendment_count, amendment_list, amendment_try,
    amendments_waiting,
};
pub use write::{ACTING, CaughtUp, versions_begin, versions_catch_up, versions_derive, versions_now};
