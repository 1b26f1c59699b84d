//! Vietnamese text: composed characters and their mending, folding for search
//! and addresses, numbers and dates in words, the order of the alphabet.
//!
//! Pure functions over `&str`; nothing here fails or panics on any input.

mod dates;
mod fold;
pub mod legacy;
mod letters;
pub mod mend;
pub mod numbers;
mod order;
mod syllable;

pub use dates::{date_in_words, date_numeric, dates_in, parse_date};
pub use fold::{fold, slug, tone_last};
pub use letters::{POINT_LETTERS, point_rank};
pub use mend::{Mended, mend, nfc};
pub use order::compare;
pub use syllable::is_odd_syllable;
