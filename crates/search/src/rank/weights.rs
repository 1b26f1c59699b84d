//! What each signal weighs, as `cargo run --example learn` found it.

use super::signals::{SIGNALS, Signals};

/// Weights in the order of [`super::signals::NAMES`]. Their scale is that of a softmax over the
/// documents of a question: `exp(score)` over the sum of all is how likely a document is the answer.
pub(crate) const LEARNED: Signals = [
    1.652, 0.730, 1.485, -5.292, 1.612, 2.375, 2.011, 1.882, -0.875, 0.062, 0.036, 2.874, 2.013, 4.155,
    -15.237, 5.761, 1.218, 2.707, -1.371, -2.029, -1.843, 3.415, 0.767, 0.288, 3.453, 0.917, 0.0, 0.0, 0.0,
    0.0, 0.0, 0.0,
];

/// The sum of the weighed signals.
pub(crate) fn score(weights: &Signals, signals: &Signals) -> f32 {
    (0..SIGNALS).map(|at| weights[at] * signals[at]).sum()
}
