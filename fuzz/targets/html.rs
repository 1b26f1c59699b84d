#![no_main]
//! Any bytes as a .html file: never a panic.
libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    readers::read("tep.html", bytes);
});
