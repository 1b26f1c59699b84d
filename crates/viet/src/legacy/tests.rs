use super::*;

/// Every Vietnamese letter with a mark, and đ: 67 small ones and their capitals.
fn letters() -> Vec<char> {
    let mut small = Vec::new();
    for base in "aăâeêioôơuưy".chars() {
        for tone in std::iter::once(None).chain(letter::TONES.map(Some)) {
            let shape = letter::Letter::of(base);
            small.push(letter::Letter { tone, ..shape }.composed());
        }
    }
    small.push('đ');
    small.retain(|c| !c.is_ascii());
    small.dedup();
    let capitals: Vec<char> = small.iter().flat_map(|c| c.to_uppercase()).collect();
    small.extend(capitals);
    small
}

#[test]
fn every_letter_comes_back_from_every_encoding() {
    let letters = letters();
    assert_eq!(letters.len(), 134);
    for encoding in Encoding::ALL {
        for c in &letters {
            let bytes = encode(encoding, &c.to_string());
            let back = if encoding == Encoding::Tcvn3 && c.is_uppercase() {
                decode_font(".VnTimeH", &as_characters(&bytes))
            } else {
                Some(decode_bytes(encoding, &bytes))
            };
            assert_eq!(back, Some(c.to_string()), "{} {bytes:x?}", encoding.name());
        }
    }
}

#[test]
fn sentences_come_back_whole() {
    let text = "Điều 1. Căn cứ Luật Tổ chức Chính phủ ngày 19 tháng 6 năm 2015; “Ủy ban” (xã, phường) & 50% – kỳ họp?";
    for encoding in [
        Encoding::Vni,
        Encoding::Vps,
        Encoding::Viqr,
        Encoding::Cp1258,
        Encoding::Tcvn3,
    ] {
        let text = if encoding == Encoding::Tcvn3 {
            text.replace('Ủ', "u")
        } else {
            text.to_owned()
        };
        let text = if encoding == Encoding::Vps {
            text.replace(['“', '”', '–'], "-")
        } else {
            text
        };
        let text = if encoding == Encoding::Viqr {
            text.replace(['“', '”', '–'], "-")
        } else {
            text
        };
        assert_eq!(
            decode_bytes(encoding, &encode(encoding, &text)),
            text,
            "{}",
            encoding.name()
        );
    }
}

#[test]
fn text_read_as_western_is_mended() {
    assert_eq!(
        decode(Encoding::Tcvn3, "§iÒu 1. Thñ t\u{ad}íng ChÝnh phñ"),
        "Điều 1. Thủ tướng Chính phủ"
    );
    assert_eq!(
        decode(Encoding::Vni, "Ñieàu 1. Thuû töôùng Chính phuû"),
        "Điều 1. Thủ tướng Chính phủ"
    );
    assert_eq!(
        decode(Encoding::Cp1258, "Ðiê\u{cc}u 1. Thu\u{d2} tý\u{f5}\u{ec}ng"),
        "Điều 1. Thủ tướng"
    );
    assert_eq!(
        decode(Encoding::Viqr, "DDie^`u 1. Thu? tu+o+'ng Chi'nh phu?. Dda^y"),
        "Điều 1. Thủ tướng Chính phủ. Đây"
    );
}

#[test]
fn capitals_come_back_where_the_line_tells() {
    assert_eq!(decode(Encoding::Tcvn3, "Bé TµI CHÝNH"), "BỘ TÀI CHÍNH");
    assert_eq!(decode(Encoding::Tcvn3, "Bé luËt"), "Bộ luật");
    assert_eq!(
        decode(Encoding::Tcvn3, "theo QUYÕT §ÞNH nµy"),
        "theo QUYẾT ĐỊNH này"
    );
    assert_eq!(decode_font(".VnTimeH", "bé luËt").as_deref(), Some("BỘ LUẬT"));
    assert_eq!(decode_font("Times New Roman", "bé"), None);
}

#[test]
fn fonts_name_their_encoding() {
    assert_eq!(by_font(".VnTime"), Some((Encoding::Tcvn3, Capitals::AsTyped)));
    assert_eq!(
        by_font(".VnArial NarrowH"),
        Some((Encoding::Tcvn3, Capitals::All))
    );
    assert_eq!(by_font("'.VnTimeH Bold'"), Some((Encoding::Tcvn3, Capitals::All)));
    assert_eq!(by_font("VNI-Times"), Some((Encoding::Vni, Capitals::AsTyped)));
    assert_eq!(by_font("VPS Times"), Some((Encoding::Vps, Capitals::AsTyped)));
    assert_eq!(by_font("Vni"), None);
    assert_eq!(by_font("Arial"), None);
}

#[test]
fn unicode_and_foreign_texts_are_left_alone() {
    for text in [
        "Điều 1. Phạm vi điều chỉnh",
        "Các cá nhân và các hộ",
        "Article 1. The Government, ministries. So do they? No.",
        "Société générale à l'école, où il a été élevé; São Paulo, Müller & Söhne, señor Ñandú",
        "Diện tích 50 m², nhiệt độ 30 °C ± 2; © 2020 § 12 ¶ 3",
        "",
    ] {
        assert_eq!(detect(text), None, "{text}");
    }
}
