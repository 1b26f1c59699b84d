//! Ogg (RFC 3533) with Vorbis or Opus (RFC 7845): the second packet holds the comments.

use super::Wrong;

const HEAD: usize = 27;

/// A page: where it begins, its body, its end, whose it is and how its segments are laced.
struct Page {
    at: usize,
    body: usize,
    end: usize,
    stream: u32,
    laces: Vec<u8>,
}

fn little(bytes: &[u8], at: usize) -> Result<u32, Wrong> {
    let four = bytes.get(at..at + 4).and_then(|four| four.try_into().ok());
    four.map(u32::from_le_bytes).ok_or(Wrong::Broken)
}

fn page(bytes: &[u8], at: usize) -> Result<Page, Wrong> {
    let head = bytes
        .get(at..at + HEAD)
        .filter(|head| head.starts_with(b"OggS\0"));
    let count = usize::from(head.ok_or(Wrong::Broken)?[26]);
    let laces = bytes
        .get(at + HEAD..at + HEAD + count)
        .ok_or(Wrong::Broken)?
        .to_vec();
    let body = at + HEAD + count;
    let end = body + laces.iter().map(|lace| usize::from(*lace)).sum::<usize>();
    if end > bytes.len() {
        return Err(Wrong::Broken);
    }
    Ok(Page {
        at,
        body,
        end,
        stream: little(bytes, at + 14)?,
        laces,
    })
}

/// Overwrites the comments and sums their pages anew.
pub fn strip(bytes: &mut [u8]) -> Result<(), Wrong> {
    let mut pages = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        let page = page(bytes, at)?;
        at = page.end;
        pages.push(page);
    }
    let first = pages.first().ok_or(Wrong::Broken)?;
    // Several streams at once: film, or a skeleton that describes the others.
    if pages.iter().any(|page| page.stream != first.stream) {
        return Err(Wrong::Telling);
    }
    let opening = &bytes[first.body..first.end];
    let (name, framed) = if opening.starts_with(b"\x01vorbis") {
        (&b"\x03vorbis"[..], true)
    } else if opening.starts_with(b"OpusHead") {
        (&b"OpusTags"[..], false)
    } else {
        return Err(Wrong::Telling);
    };
    let places = second_packet(&pages)?;
    let mut packet: Vec<u8> = places.iter().map(|at| bytes[*at]).collect();
    silence(&mut packet, name, framed)?;
    for (at, byte) in places.iter().zip(packet) {
        bytes[*at] = byte;
    }
    for page in &pages {
        if places.iter().any(|at| (page.body..page.end).contains(at)) {
            bytes[page.at + 22..page.at + 26].fill(0);
            let sum = checksum(&bytes[page.at..page.end]);
            bytes[page.at + 22..page.at + 26].copy_from_slice(&sum.to_le_bytes());
        }
    }
    Ok(())
}

/// Where the bytes of the second packet stand.
fn second_packet(pages: &[Page]) -> Result<Vec<usize>, Wrong> {
    let (mut places, mut packet) = (Vec::new(), 1);
    for page in pages {
        let mut at = page.body;
        for lace in &page.laces {
            let next = at + usize::from(*lace);
            if packet == 2 {
                places.extend(at..next);
            }
            at = next;
            // A segment that is not full ends its packet.
            if *lace < 255 {
                packet += 1;
            }
            if packet > 2 {
                return Ok(places);
            }
        }
    }
    Err(Wrong::Broken)
}

/// Comments of the same length that say nothing: a maker of spaces, no comment.
fn silence(packet: &mut [u8], name: &[u8], framed: bool) -> Result<(), Wrong> {
    if !packet.starts_with(name) {
        return Err(Wrong::Broken);
    }
    let rest = packet.len().checked_sub(name.len() + 8 + usize::from(framed));
    let maker = rest.ok_or(Wrong::Broken)?;
    let size = u32::try_from(maker).map_err(|_| Wrong::Broken)?.to_le_bytes();
    let said = [
        name,
        &size[..],
        &vec![b' '; maker],
        &[0; 4],
        &[1][..usize::from(framed)],
    ]
    .concat();
    packet.copy_from_slice(&said);
    Ok(())
}

/// RFC 3533 §6: polynomial 04c11db7, begun with zero, nothing turned over.
fn checksum(page: &[u8]) -> u32 {
    page.iter().fold(0, |mut sum: u32, byte| {
        sum ^= u32::from(*byte) << 24;
        for _ in 0..8 {
            sum = if sum & 0x8000_0000 == 0 {
                sum << 1
            } else {
                sum << 1 ^ 0x04c1_1db7
            };
        }
        sum
    })
}

#[cfg(test)]
pub mod tests {
    use memchr::memmem::find;

    use super::*;

    fn put(stream: u32, laces: &[u8], body: &[u8]) -> Vec<u8> {
        let mut page = b"OggS\0\0\0\0\0\0\0\0\0\0".to_vec();
        page.extend(stream.to_le_bytes());
        page.extend([0; 8]);
        page.push(u8::try_from(laces.len()).expect("few"));
        page.extend(laces);
        page.extend(body);
        let sum = checksum(&page);
        page[22..26].copy_from_slice(&sum.to_le_bytes());
        page
    }

    fn lace(len: usize) -> Vec<u8> {
        let mut laces = vec![255; len / 255];
        laces.push(u8::try_from(len % 255).expect("less than 255"));
        laces
    }

    pub fn file() -> Vec<u8> {
        // The comments go on over three pages, the last of which also holds the books of the coder.
        let comments = [
            &b"\x03vorbis\x04\0\0\0Cool\x01\0\0\0\xff\x01\0\0LOCATION=21.0285"[..],
            &[b'x'; 600],
            &[1],
        ]
        .concat();
        let (one, two, three) = (&comments[..255], &comments[255..510], &comments[510..]);
        let mut last = lace(three.len());
        last.extend(lace(9));
        [
            put(7, &lace(30), &[b"\x01vorbis", &[0; 23][..]].concat()),
            put(7, &[255], one),
            put(7, &[255], two),
            put(7, &last, &[three, b"\x05vorbis__"].concat()),
            put(7, &lace(5), b"sound"),
        ]
        .concat()
    }

    #[test]
    fn comments_are_gone_and_every_page_still_sums_up() {
        let before = file();
        let mut after = before.clone();
        assert_eq!(strip(&mut after), Ok(()));
        for told in [&b"LOCATION"[..], b"21.0285", b"Cool", b"xxx"] {
            assert!(find(&before, told).is_some() && find(&after, told).is_none());
        }
        assert_eq!(after.len(), before.len());
        assert!(find(&after, b"\x05vorbis__").is_some() && after.ends_with(b"sound"));
        let mut at = 0;
        while at < after.len() {
            let one = page(&after, at).expect("a page");
            let mut alone = after[one.at..one.end].to_vec();
            alone[22..26].fill(0);
            assert_eq!(checksum(&alone), little(&after, at + 22).expect("a sum"));
            at = one.end;
        }
    }

    #[test]
    fn film_and_other_coders_are_refused() {
        let opus = put(7, &lace(8), b"OpusHead");
        for (wrong, why) in [
            (put(7, &lace(7), b"\x80theora"), Wrong::Telling),
            (
                [opus.clone(), put(8, &lace(8), b"fishead\0")].concat(),
                Wrong::Telling,
            ),
            (
                [opus.clone(), put(7, &lace(8), b"Nothing!")].concat(),
                Wrong::Broken,
            ),
            ([opus.clone(), b"tail".to_vec()].concat(), Wrong::Broken),
            (opus, Wrong::Broken),
        ] {
            assert_eq!(strip(&mut wrong.clone()), Err(why));
        }
    }
}
