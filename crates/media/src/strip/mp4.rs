//! MP4 and M4A (ISO/IEC 14496-12): boxes in boxes.

use super::{Wrong, word};

/// Boxes in boxes, at most.
const DEEPEST: u8 = 8;

/// Tracks that are picture, sound, words, or order among them.
const PLAIN: [&[u8; 4]; 9] = [
    b"vide", b"soun", b"text", b"sbtl", b"subt", b"clcp", b"hint", b"tmcd", b"auxv",
];

/// Overwrites what is not sound, picture or subtitle.
pub fn strip(bytes: &mut [u8]) -> Result<(), Wrong> {
    let end = bytes.len();
    walk(bytes, 0, end, 0)
}

fn walk(bytes: &mut [u8], mut at: usize, end: usize, depth: u8) -> Result<(), Wrong> {
    if depth > DEEPEST {
        return Err(Wrong::Broken);
    }
    while at < end {
        let (body, next) = span(bytes, at, end)?;
        let kind: [u8; 4] = bytes[at + 4..at + 8].try_into().map_err(|_| Wrong::Broken)?;
        match &kind {
            // `udta` holds what phones write (`©xyz` is the place), `meta` the same in newer words,
            // `uuid` whatever a maker likes (XMP foremost).
            b"udta" | b"meta" | b"uuid" | b"ilst" | b"free" | b"skip" | b"wide" | b"emsg" => {
                bytes[at + 4..at + 8].copy_from_slice(b"free");
                bytes[body..next].fill(0);
            }
            b"moov" | b"trak" | b"mdia" | b"moof" | b"traf" | b"edts" | b"mvex" => {
                walk(bytes, body, next, depth + 1)?;
            }
            b"mvhd" | b"tkhd" | b"mdhd" => forget_times(bytes.get_mut(body..next).ok_or(Wrong::Broken)?)?,
            b"hdlr" => handler(bytes.get_mut(body..next).ok_or(Wrong::Broken)?)?,
            _ => {}
        }
        at = next;
    }
    Ok(())
}

/// First byte of the body of the box at a place, and the byte after it.
fn span(bytes: &[u8], at: usize, end: usize) -> Result<(usize, usize), Wrong> {
    let (body, size) = match word(bytes, at)? {
        // To the end of the file, which only the last box may do.
        0 if end == bytes.len() => (at + 8, end - at),
        1 => {
            let (high, low) = (word(bytes, at + 8)?, word(bytes, at + 12)?);
            let size = u64::from(high) << 32 | u64::from(low);
            (at + 16, usize::try_from(size).map_err(|_| Wrong::Broken)?)
        }
        size => (at + 8, size as usize),
    };
    let next = at.checked_add(size).filter(|next| *next <= end && body <= *next);
    next.map(|next| (body, next)).ok_or(Wrong::Broken)
}

/// When the film was made and changed.
fn forget_times(body: &mut [u8]) -> Result<(), Wrong> {
    let last = match body.first() {
        Some(0) => 12,
        Some(1) => 20,
        _ => return Err(Wrong::Broken),
    };
    body.get_mut(4..last).ok_or(Wrong::Broken)?.fill(0);
    Ok(())
}

/// What a track is: places and movements come as tracks of their own, woven into the film.
fn handler(body: &mut [u8]) -> Result<(), Wrong> {
    let kind = body.get(8..12).ok_or(Wrong::Broken)?;
    if !PLAIN.iter().any(|known| *known == kind) {
        return Err(Wrong::Telling);
    }
    // The name of the maker, up to a zero.
    let name = body.len().min(24);
    body[name..].fill(0);
    Ok(())
}

#[cfg(test)]
pub mod tests {
    use memchr::memmem::find;

    use super::*;

    fn piece(kind: &[u8; 4], body: &[u8]) -> Vec<u8> {
        let size = u32::try_from(body.len() + 8).expect("small");
        [&size.to_be_bytes(), &kind[..], body].concat()
    }

    fn track(handler: &[u8; 4]) -> Vec<u8> {
        let handler = [&[0; 8], &handler[..], &[0; 12], b"DJI Pilot\0"].concat();
        let header = [&[0, 0, 0, 7][..], &[9; 8], &[0; 72]].concat();
        let media = piece(
            b"mdia",
            &[piece(b"mdhd", &[9; 24].map(|_| 0)), piece(b"hdlr", &handler)].concat(),
        );
        piece(
            b"trak",
            &[piece(b"tkhd", &header), media, piece(b"udta", b"Tran Thi B")].concat(),
        )
    }

    fn film(tracks: &[Vec<u8>]) -> Vec<u8> {
        let place = piece(b"udta", &piece(b"\xa9xyz", b"\0\x12\x15\xc7+21.0285+105.8542/"));
        let header = [&[0, 0, 0, 0][..], &[9; 8], &[0; 88]].concat();
        let moov = [
            piece(b"mvhd", &header),
            tracks.concat(),
            place,
            piece(b"meta", b"com.apple.quicktime.model iPhone"),
        ];
        [
            piece(b"ftyp", b"isommp42"),
            piece(b"moov", &moov.concat()),
            piece(b"uuid", b"<x:xmpmeta>GPSLatitude</x:xmpmeta>"),
            piece(b"mdat", b"the film itself"),
        ]
        .concat()
    }

    pub fn file() -> Vec<u8> {
        film(&[track(b"vide"), track(b"soun")])
    }

    #[test]
    fn place_device_and_names_are_gone_and_nothing_moves() {
        let before = file();
        let mut after = before.clone();
        assert_eq!(strip(&mut after), Ok(()));
        for told in [
            "21.0285",
            "105.8542",
            "iPhone",
            "GPSLatitude",
            "Tran Thi B",
            "DJI",
            "xyz",
            "\t\t\t\t",
        ] {
            assert!(find(&before, told.as_bytes()).is_some(), "{told} was there");
            assert!(find(&after, told.as_bytes()).is_none(), "{told} is gone");
        }
        let film = b"the film itself";
        assert_eq!(
            (find(&after, film), after.len()),
            (find(&before, film), before.len())
        );
    }

    #[test]
    fn a_track_of_places_is_refused() {
        for kind in [b"meta", b"mebx", b"gpmd", b"camm"] {
            let mut film = film(&[track(b"vide"), track(kind)]);
            assert_eq!(strip(&mut film), Err(Wrong::Telling));
        }
    }

    #[test]
    fn boxes_that_lie_are_broken() {
        for size in [2_u32, 7, 4_000, u32::MAX] {
            let mut film = file();
            film[..4].copy_from_slice(&size.to_be_bytes());
            assert_eq!(strip(&mut film), Err(Wrong::Broken), "{size}");
        }
    }
}
