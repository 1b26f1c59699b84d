#![no_main]
//! Any bytes as a law package, as JSON lines and as the list beside a folder of files: never a panic.
use readers::Sidecar;
use readers::archive::Limits;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let _ = readers::read("tep.json", bytes);
    let _ = readers::read("tep.jsonl", bytes);
    if readers::looks_like_list(bytes) {
        Sidecar::default().add("", bytes);
    }
    let _ = Sidecar::read("danh-sach.jsonl", bytes, &Limits::default());
});
