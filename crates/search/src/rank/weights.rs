//! What each signal weighs, as `cargo run --example learn` found it.

use super::signals::{SIGNALS, Signals};

/// Weights in the order of [`super::signals::NAMES`]. Their scale is that of a softmax over the
/// documents of a question: `exp(score)` over the sum of all is how likely a document is the answer.
pub(crate) const LEARNED: Signals = [
    1.181, 0.540, 1.020, -4.177, 2.152, 2.800, 1.565, 1.443, -1.448, -0.252, 0.069, 1.615, 0.297, 2.868,
    -15.865, 6.011, 1.782, 2.649, -1.400, -2.146, -1.980, 0.645, 0.528, 0.473, 3.907, 1.153, 5.051, 1.058,
    3.361, 1.248,
];

/// The sum of the weighed signals.
pub(crate) fn score(weights: &Signals, signals: &Signals) -> f32 {
    (0..SIGNALS).map(|at| weights[at] * signals[at]).sum()
}
