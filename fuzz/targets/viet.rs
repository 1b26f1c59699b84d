#![no_main]
//! Any text mended, folded and taken for each old encoding: never a panic; mending and folding
//! twice is mending and folding once.
use viet::legacy::{Encoding, decode, decode_bytes, decode_font, detect, encode};

libfuzzer_sys::fuzz_target!(|text: &str| {
    let mended = viet::mend(text, &mut viet::Mended::default()).into_owned();
    let again = viet::mend(&mended, &mut viet::Mended::default()).into_owned();
    assert_eq!(mended, again);
    let folded = viet::fold(text);
    assert_eq!(folded, viet::fold(&folded));
    let _ = viet::slug(text);
    let _ = viet::dates_in(text);
    let _ = viet::parse_date(text);
    let _ = viet::point_rank(text);
    let _ = viet::numbers::roman(text);
    let _ = viet::numbers::rank(text);
    let _ = viet::numbers::ordinal(text);
    let _ = detect(text);
    for encoding in Encoding::ALL {
        let _ = decode(encoding, text);
        let _ = decode_bytes(encoding, &encode(encoding, text));
    }
    for font in [".VnTimeH", "VNI-Times", "VPS Times"] {
        let _ = decode_font(font, text);
    }
});
