#![no_main]
//! Any bytes as a page: never a panic.
libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let _ = readers::read("tep.html", bytes);
});
