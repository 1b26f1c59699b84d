#![no_main]
//! Any bytes as an archive: never a panic, never more than the limits allow.
use readers::archive::{Limits, walk};

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let limits = Limits {
        bytes: 4 << 20,
        ..Limits::default()
    };
    let mut out = 0;
    let _ = walk("tep", bytes, &limits, &mut |_, content| out += content.len());
    assert!(out <= 4 << 20, "{out} bytes came out");
});
