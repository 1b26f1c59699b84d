#![no_main]
//! Any bytes as a .pdf file: never a panic.
libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    readers::read("tep.pdf", bytes);
});
