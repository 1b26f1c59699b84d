//! MP3: tags stand before and behind the sound (ID3v2.4 §3.1, ID3v1, APEv2, Lyrics3).

use super::Wrong;

/// Bytes of an ID3v1 tag at the end.
const OLD: usize = 128;
const HEAD: usize = 10;
const APE: usize = 32;

/// The sound alone.
pub fn strip(bytes: &[u8]) -> Result<&[u8], Wrong> {
    let mut sound = bytes;
    while sound.starts_with(b"ID3") {
        let size = tag_size(sound).ok_or(Wrong::Broken)?;
        sound = sound.get(size..).ok_or(Wrong::Broken)?;
    }
    while let Some(shorter) = without_tail(sound) {
        sound = shorter;
    }
    // Padding between tag and sound.
    let silent = sound.iter().take_while(|byte| **byte == 0).count();
    sound = &sound[silent..];
    match sound {
        [0xff, second, ..] if second & 0xe6 == 0xe2 => Ok(sound),
        _ => Err(Wrong::Broken),
    }
}

/// Head, frames and foot of an ID3v2 tag: seven bits of each byte count.
fn tag_size(tag: &[u8]) -> Option<usize> {
    let size = tag.get(6..HEAD)?;
    let size = size.iter().try_fold(0_usize, |sum, byte| {
        (*byte < 0x80).then_some(sum << 7 | usize::from(*byte))
    })?;
    let foot = if tag[5] & 0x10 == 0 { 0 } else { HEAD };
    Some(HEAD + size + foot)
}

/// The bytes before a tag at the end.
fn without_tail(sound: &[u8]) -> Option<&[u8]> {
    let len = sound.len();
    let old = len.checked_sub(OLD)?;
    if sound[old..].starts_with(b"TAG") {
        return Some(&sound[..old]);
    }
    let foot = &sound[len - APE..];
    if foot.starts_with(b"APETAGEX") {
        let size: [u8; 4] = foot[12..16].try_into().ok()?;
        let head = if foot[23] & 0x80 == 0 { 0 } else { APE };
        let size = usize::try_from(u32::from_le_bytes(size)).ok()?.max(APE) + head;
        return sound.get(..len.checked_sub(size)?);
    }
    let foot = &sound[len - HEAD..];
    if foot.starts_with(b"3DI") {
        let size = foot[6..]
            .iter()
            .fold(0, |sum, byte| sum << 7 | usize::from(*byte & 0x7f));
        return sound.get(..len.checked_sub(size + 2 * HEAD)?);
    }
    let size = sound[len - 15..].strip_suffix(b"LYRICS200")?;
    let size: usize = std::str::from_utf8(size).ok()?.parse().ok()?;
    sound.get(..len.checked_sub(size + 15)?)
}

#[cfg(test)]
pub mod tests {
    use super::*;

    const SOUND: &[u8] = &[0xff, 0xfb, 0x90, 0x00, 1, 2, 3, 4];

    fn tag() -> Vec<u8> {
        let text = b"TXXX\0\0\0\x0d\0\0\x0021.03,105.85";
        let mut tag = b"ID3\x04\0\0\0\0\0".to_vec();
        tag.push(u8::try_from(text.len()).expect("small"));
        tag.extend(text);
        tag
    }

    pub fn file() -> Vec<u8> {
        let mut old = b"TAGNguyen Van A".to_vec();
        old.resize(OLD, 0);
        let mut ape = b"APETAGEX\xd0\x07\0\0\x40\0\0\0\x01\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0".to_vec();
        ape.splice(0..0, [b'P'; 32]);
        [tag(), tag(), SOUND.to_vec(), vec![7; 200], ape, old].concat()
    }

    #[test]
    fn the_sound_alone_goes_out() {
        let file = file();
        let sound = strip(&file).expect("sound");
        assert_eq!(sound, [SOUND, &[7; 200]].concat());
        assert_eq!(strip(sound), Ok(sound));
    }

    #[test]
    fn a_tag_without_sound_is_broken() {
        for wrong in [&tag()[..], b"ID3\x04\0\0\x7f\x7f\x7f\x7f", b"ID3", b""] {
            assert_eq!(strip(wrong), Err(Wrong::Broken));
        }
    }
}
