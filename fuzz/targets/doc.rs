#![no_main]
//! Any bytes as a .doc file: never a panic.
libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    readers::read("tep.doc", bytes);
});
