//! What each signal weighs, as `cargo run --example learn` found it.

use super::signals::{SIGNALS, Signals};

/// Weights in the order of [`super::signals::NAMES`]. Their scale is that of a softmax over the
/// documents of a question: `exp(score)` over the sum of all is how likely a document is the answer.
pub(crate) const LEARNED: Signals = [
    1.347, 0.187, 1.435, -4.802, 1.734, 1.952, 0.917, 1.142, -1.536, -0.396, 0.477, 1.552, 0.530, 2.926,
    -15.609, 6.204, 1.488, 2.203, -1.210, -1.729, -1.938, 0.730, 0.417, 0.927, 4.143, 1.082, 5.663, 1.132,
    -2.502, 0.665, 4.396, 1.142,
];

/// The sum of the weighed signals.
pub(crate) fn score(weights: &Signals, signals: &Signals) -> f32 {
    (0..SIGNALS).map(|at| weights[at] * signals[at]).sum()
}
