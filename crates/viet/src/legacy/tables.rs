//! Encodings of one byte a character: which bytes differ from Windows-1252.

use std::sync::LazyLock;

/// Runs of consecutive bytes: the first one and the characters from there on.
type Runs = &'static [(u8, &'static str)];

/// One encoding.
pub(super) struct Table {
    /// Character of each byte, where it differs from Windows-1252.
    by_byte: [Option<char>; 256],
}

impl Table {
    fn of(runs: Runs) -> Self {
        let mut by_byte = [None; 256];
        for (first, characters) in runs {
            for (byte, character) in (usize::from(*first)..).zip(characters.chars()) {
                if let Some(place) = by_byte.get_mut(byte) {
                    *place = Some(character);
                }
            }
        }
        Self { by_byte }
    }

    fn byte(&self, wanted: char) -> Option<u8> {
        let place = self.by_byte.iter().position(|c| *c == Some(wanted))?;
        u8::try_from(place).ok()
    }
}

/// TCVN 5712:1993 VN3, the part that the fonts of Vietnamese ABC show.
pub(super) static TCVN3: LazyLock<Table> = LazyLock::new(|| {
    Table::of(&[
        (0xa1, "ĂÂÊÔƠƯĐăâêôơưđ"),
        (0xb5, "àảãáạ"),
        (0xbb, "ằẳẵắ"),
        (0xc6, "ặầẩẫấậè"),
        (0xce, "ẻẽéẹềểễếệìỉ"),
        (0xdc, "ĩíịò"),
        (0xe1, "ỏõóọồổỗốộờởỡớợù"),
        (0xf1, "ủũúụừửữứựỳỷỹýỵ"),
    ])
});

/// VPS for Windows.
pub(super) static VPS: LazyLock<Table> = LazyLock::new(|| {
    Table::of(&[
        (0x02, "ẠẬẶẸỆ"),
        (0x10, "ỊỌỘỢỤỰ"),
        (0x19, "Ỵ"),
        (0x1c, "ẪỮ"),
        (0x80, "ÀẢÃẤẦẨọỗĂếềểệẮẰẲẾ"),
        (0x93, "ỀỂỄỐỒỔỖýỷỵỚỜỞ"),
        (
            0xa1,
            "ắằẳẵặỠớÙờởỡŨỨợỪổỬỲỸÍÌộỈĨÓửữÒỎÕựầÁÂấẩẫậđẻÉÊẹỉễịỹƯỦồốÔỏơÈừứÚũưÝẺ",
        ),
        (0xe0, "àáâãảạă"),
        (0xe8, "èéêẽìí"),
        (0xef, "ĩẴĐòóôõ"),
        (0xf7, "Ơụùúủ"),
        (0xfd, "ỶẼỳ"),
    ])
});

/// VISCII 1.1.
pub(super) static VISCII: LazyLock<Table> = LazyLock::new(|| {
    Table::of(&[
        (0x02, "Ẳ"),
        (0x05, "ẴẪ"),
        (0x14, "Ỷ"),
        (0x19, "Ỹ"),
        (0x1e, "Ỵ"),
        (0x80, "ẠẮẰẶẤẦẨẬẼẸẾỀỂỄỆỐ"),
        (0x90, "ỒỔỖỘỢỚỜỞỊỎỌỈỦŨỤỲ"),
        (0xa0, "ÕắằặấầẩậẽẹếềểễệốồổỗỠƠộờởịỰỨỪỬơớƯ"),
        (0xc0, "ÀÁÂÃẢĂẳẵÈÉÊẺÌÍĨỳĐứÒÓÔạỷừửÙÚỹỵÝỡư"),
        (0xe0, "àáâãảăữẫèéêẻìíĩỉđựòóôõỏọụùúũủýợỮ"),
    ])
});

/// Windows-1258, its combining tones on their own.
pub(super) static CP1258: LazyLock<Table> = LazyLock::new(|| {
    Table::of(&[
        (0xc3, "Ă"),
        (0xcc, "\u{300}"),
        (0xd0, "Đ"),
        (0xd2, "\u{309}"),
        (0xd5, "Ơ"),
        (0xdd, "Ư\u{303}"),
        (0xe3, "ă"),
        (0xec, "\u{301}"),
        (0xf0, "đ"),
        (0xf2, "\u{323}"),
        (0xf5, "ơ"),
        (0xfd, "ư₫"),
    ])
});

/// Windows-1252 from 0x80 to 0x9F; NUL where it leaves a byte open.
const CP1252: &str = "€\0‚ƒ„…†‡ˆ‰Š‹Œ\0Ž\0\0‘’“”•–—˜™š›œ\0žŸ";

/// The character that Windows-1252 reads in a byte.
pub(super) fn character(byte: u8) -> char {
    let special = (0x80..0xa0)
        .contains(&byte)
        .then(|| CP1252.chars().nth(usize::from(byte - 0x80)))
        .flatten();
    match special {
        Some(c) if c != '\0' => c,
        _ => char::from(byte),
    }
}

/// The byte that Windows-1252 (or Latin-1) writes for a character.
pub(super) fn byte(c: char) -> Option<u8> {
    u8::try_from(u32::from(c)).ok().or_else(|| {
        let place = CP1252.chars().position(|special| special == c)?;
        u8::try_from(place + 0x80).ok()
    })
}

pub(super) fn decode(table: &Table, text: &str) -> String {
    let read = |c: char| {
        let byte = byte(c)?;
        table.by_byte.get(usize::from(byte)).copied().flatten()
    };
    text.chars().map(|c| read(c).unwrap_or(c)).collect()
}

pub(super) fn encode(table: &Table, text: &str) -> Vec<u8> {
    let write = |c: char| {
        let small = || c.to_lowercase().next().and_then(|small| table.byte(small));
        let same = || byte(c).filter(|b| table.by_byte.get(usize::from(*b)).is_some_and(Option::is_none));
        table.byte(c).or_else(same).or_else(small)
    };
    text.chars().map(|c| write(c).unwrap_or(b'?')).collect()
}
