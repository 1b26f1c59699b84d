#![no_main]
//! Any bytes as the body of an RTF file.

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let _ = readers::read("tep.rtf", &[b"{\\rtf1\\ansi", bytes].concat());
});
