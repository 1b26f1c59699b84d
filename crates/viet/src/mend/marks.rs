//! Combining marks in an order from which Unicode composes no Vietnamese letter.

use unicode_normalization::UnicodeNormalization;

use super::Mended;

/// Tones above the letter. The dot below and the horn sort themselves in NFC.
const TONES: [char; 4] = ['\u{300}', '\u{301}', '\u{303}', '\u{309}'];
const CIRCUMFLEX: char = '\u{302}';
const BREVE: char = '\u{306}';

/// Puts the shape (ˆ ˘) before the tone where the file has them the other way round:
/// a + ´ + ˆ is ấ, and so is á + ˆ.
pub(super) fn reorder(text: &str, log: &mut Mended) -> Option<String> {
    if !text.contains([CIRCUMFLEX, BREVE]) {
        return None;
    }
    let mut out: Vec<char> = Vec::with_capacity(text.len());
    let mut count = 0;
    for c in text.chars() {
        if matches!(c, CIRCUMFLEX | BREVE) && swap_tone(&mut out, c) {
            count += 1;
        } else {
            out.push(c);
        }
    }
    log.add("mark-order", count, || "a + sắc + mũ → ấ".to_owned());
    (count > 0).then(|| out.into_iter().collect())
}

/// Slips `shape` under the tone that was written last; false where that makes no letter.
fn swap_tone(out: &mut Vec<char>, shape: char) -> bool {
    let Some(last) = out.pop() else { return false };
    let (base, tone) = if TONES.contains(&last) {
        (out.pop(), Some(last))
    } else {
        let mut parts = std::iter::once(last).nfd();
        let base = parts.next();
        (
            base,
            parts
                .next()
                .filter(|tone| TONES.contains(tone) && parts.next().is_none()),
        )
    };
    if let (Some(base), Some(tone)) = (base, tone)
        && takes(base, shape)
    {
        out.extend([base, shape, tone]);
        return true;
    }
    if TONES.contains(&last) {
        out.extend(base);
    }
    out.push(last);
    false
}

fn takes(base: char, shape: char) -> bool {
    match shape {
        BREVE => matches!(base, 'a' | 'A'),
        _ => matches!(base, 'a' | 'A' | 'e' | 'E' | 'o' | 'O'),
    }
}
