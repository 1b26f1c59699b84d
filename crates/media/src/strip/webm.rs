//! WebM (EBML, RFC 8794; Matroska, RFC 9559): elements in elements.

use super::Wrong;

const HEAD: u32 = 0x1a45_dfa3;
const SEGMENT: u32 = 0x1853_8067;
const INFO: u32 = 0x1549_a966;
const CLUSTER: u32 = 0x1f43_b675;
const TAGS: u32 = 0x1254_c367;
const ATTACHMENTS: u32 = 0x1941_a469;
const TITLE: u32 = 0x7ba9;
const DATE: u32 = 0x4461;
const WRITING_APP: u32 = 0x5741;
const MUXING_APP: u32 = 0x4d80;
const VOID: u8 = 0xec;
/// Elements that stand in a segment besides: contents, tracks, chapters, cues.
const BESIDE: [u32; 4] = [0x114d_9b74, 0x1654_ae6b, 0x1043_a770, 0x1c53_bb6b];

/// An element: where it begins, its name, its body, and the byte after it (`None` = not said).
struct Element {
    at: usize,
    id: u32,
    body: usize,
    end: Option<usize>,
}

/// A number of 1 to `most` bytes whose first bit that is set tells how many; the bit itself is kept in
/// names and taken off sizes.
fn number(bytes: &[u8], at: usize, most: usize, is_name: bool) -> Result<(u64, usize), Wrong> {
    let first = *bytes.get(at).ok_or(Wrong::Broken)?;
    let len = first.leading_zeros() as usize + 1;
    let all = bytes
        .get(at..at + len)
        .filter(|_| len <= most)
        .ok_or(Wrong::Broken)?;
    let whole = all.iter().fold(0, |sum, byte| sum << 8 | u64::from(*byte));
    let value = if is_name { whole } else { whole & !(1 << (7 * len)) };
    Ok((value, len))
}

fn element(bytes: &[u8], at: usize, limit: usize) -> Result<Element, Wrong> {
    let (id, id_len) = number(bytes, at, 4, true)?;
    let (size, size_len) = number(bytes, at + id_len, 8, false)?;
    let body = at + id_len + size_len;
    let unknown = size == (1 << (7 * size_len)) - 1;
    let end = usize::try_from(size).ok().and_then(|size| body.checked_add(size));
    let end = end.filter(|end| *end <= limit);
    if body > limit || (end.is_none() && !unknown) {
        return Err(Wrong::Broken);
    }
    Ok(Element {
        at,
        id: u32::try_from(id).map_err(|_| Wrong::Broken)?,
        body,
        end: end.filter(|_| !unknown),
    })
}

/// Overwrites tags, attachments, title, date and the names of programs.
pub fn strip(bytes: &mut [u8]) -> Result<(), Wrong> {
    let head = element(bytes, 0, bytes.len())?;
    let mut at = head.end.filter(|_| head.id == HEAD).ok_or(Wrong::Broken)?;
    while at < bytes.len() {
        let found = element(bytes, at, bytes.len())?;
        let end = found.end.unwrap_or(bytes.len());
        match found.id {
            SEGMENT => segment(bytes, found.body, end)?,
            _ => void(bytes, at, end),
        }
        at = end;
    }
    Ok(())
}

fn segment(bytes: &mut [u8], mut at: usize, limit: usize) -> Result<(), Wrong> {
    while at < limit {
        let found = element(bytes, at, limit)?;
        at = match (found.id, found.end) {
            (TAGS | ATTACHMENTS, Some(end)) => {
                void(bytes, found.at, end);
                end
            }
            (INFO, Some(end)) => {
                info(bytes, found.body, end)?;
                end
            }
            (_, Some(end)) => end,
            // What is recorded live does not know how long it will be: pass over its blocks.
            (CLUSTER, None) => cluster(bytes, found.body, limit)?,
            _ => return Err(Wrong::Broken),
        };
    }
    Ok(())
}

fn info(bytes: &mut [u8], mut at: usize, limit: usize) -> Result<(), Wrong> {
    while at < limit {
        let found = element(bytes, at, limit)?;
        let end = found.end.ok_or(Wrong::Broken)?;
        match found.id {
            TITLE | DATE => void(bytes, at, end),
            // A film must name its programs.
            WRITING_APP | MUXING_APP => bytes[found.body..end].fill(b' '),
            _ => {}
        }
        at = end;
    }
    Ok(())
}

fn cluster(bytes: &[u8], mut at: usize, limit: usize) -> Result<usize, Wrong> {
    while at < limit {
        let found = element(bytes, at, limit)?;
        if [CLUSTER, TAGS, ATTACHMENTS, INFO].contains(&found.id) || BESIDE.contains(&found.id) {
            return Ok(at);
        }
        at = found.end.ok_or(Wrong::Broken)?;
    }
    Ok(limit)
}

/// An element that says nothing, as long as the one before.
fn void(bytes: &mut [u8], at: usize, end: usize) {
    let whole = end - at;
    bytes[at..end].fill(0);
    if whole < 9 {
        if let (Ok(size), [first, second, ..]) = (u8::try_from(whole.saturating_sub(2)), &mut bytes[at..end])
        {
            (*first, *second) = (VOID, 0x80 | size);
        }
        return;
    }
    let size = (1 << 56 | (whole as u64 - 9)).to_be_bytes();
    bytes[at] = VOID;
    bytes[at + 1..at + 9].copy_from_slice(&size);
}

#[cfg(test)]
pub mod tests {
    use memchr::memmem::find;

    use super::*;

    fn put(id: u32, body: &[u8]) -> Vec<u8> {
        let id: Vec<u8> = id
            .to_be_bytes()
            .into_iter()
            .skip_while(|byte| *byte == 0)
            .collect();
        let size = 0x4000 | u16::try_from(body.len()).expect("small");
        [&id[..], &size.to_be_bytes(), body].concat()
    }

    fn film(live: bool) -> Vec<u8> {
        let about = [
            put(TITLE, b"Ho ten nguoi quay"),
            put(DATE, &[9; 8]),
            put(MUXING_APP, b"Lavf60"),
        ]
        .concat();
        let blocks = put(0xa3, b"the film itself");
        let cluster = if live {
            [&CLUSTER.to_be_bytes()[..], &[0xff], &blocks].concat()
        } else {
            put(CLUSTER, &blocks)
        };
        let inside = [
            put(INFO, &about),
            put(0x1654_ae6b, b"tracks"),
            cluster,
            put(TAGS, b"LOCATION +21.0285+105.8542/"),
            put(ATTACHMENTS, b"cover.jpg"),
        ]
        .concat();
        let segment = if live {
            [
                &SEGMENT.to_be_bytes()[..],
                &[0x01, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff],
                &inside,
            ]
            .concat()
        } else {
            put(SEGMENT, &inside)
        };
        [put(HEAD, b"webm"), segment].concat()
    }

    pub fn file() -> Vec<u8> {
        film(false)
    }

    #[test]
    fn tags_title_and_date_are_gone_and_nothing_moves() {
        for live in [false, true] {
            let before = film(live);
            let mut after = before.clone();
            assert_eq!(strip(&mut after), Ok(()), "live: {live}");
            for told in [&b"21.0285"[..], b"Ho ten", b"cover.jpg", b"Lavf", &[9; 8]] {
                assert!(find(&before, told).is_some() && find(&after, told).is_none());
            }
            let film = b"the film itself";
            assert_eq!(
                (find(&after, film), after.len()),
                (find(&before, film), before.len())
            );
            let again = after.clone();
            assert_eq!(
                (strip(&mut after), after == again),
                (Ok(()), true),
                "what is left can be read"
            );
        }
    }
}
