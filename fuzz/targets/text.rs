#![no_main]
//! Any bytes as plain text: never a panic, and the same answer twice.
libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let once = readers::read("tep.txt", bytes);
    assert_eq!(once, readers::read("tep.txt", bytes));
});
