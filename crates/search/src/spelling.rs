//! Spelling: where a tone stands, and which words are a slip apart.

/// A word with its tone where the standard spelling puts it: `đât` and a dot below → `đất`.
pub(crate) fn compose(marked: &str) -> String {
    use unicode_normalization::UnicodeNormalization;
    let Some((at, tone)) = marked
        .char_indices()
        .next_back()
        .filter(|(_, c)| "\u{300}\u{301}\u{303}\u{309}\u{323}".contains(*c))
    else {
        return marked.to_owned();
    };
    let letters: Vec<char> = marked[..at].chars().collect();
    let place = tone_place(&letters);
    let mut out = String::with_capacity(marked.len());
    for (at, letter) in letters.iter().enumerate() {
        out.push(*letter);
        if at == place {
            out.push(tone);
        }
    }
    out.nfc().collect()
}

/// The letter that carries the tone.
fn tone_place(letters: &[char]) -> usize {
    let is_vowel = |at: usize| {
        letters
            .get(at)
            .is_some_and(|letter| "aeiouyăâêôơư".contains(*letter))
    };
    if let Some(at) = letters.iter().rposition(|letter| "ăâêôơư".contains(*letter)) {
        return at;
    }
    let glide = matches!(letters, ['q', 'u', ..]) || (matches!(letters, ['g', 'i', ..]) && is_vowel(2));
    let first = (if glide { 2 } else { 0 }..letters.len())
        .find(|at| is_vowel(*at))
        .unwrap_or(0);
    let vowels = (first..letters.len()).take_while(|at| is_vowel(*at)).count();
    let has_coda = first + vowels < letters.len();
    match vowels {
        2 if has_coda => first + 1,
        3 => first + 1,
        _ => first,
    }
}

/// True where one letter put in, left out, replaced, or exchanged with its neighbour tells two words apart.
pub(crate) fn one_away(one: &str, other: &str) -> bool {
    let (short, long) = if one.len() <= other.len() {
        (one, other)
    } else {
        (other, one)
    };
    let (short, long) = (short.as_bytes(), long.as_bytes());
    if long.len() - short.len() > 1 || short == long {
        return false;
    }
    let start = short.iter().zip(long).take_while(|(a, b)| a == b).count();
    let (short, long) = (&short[start..], &long[start..]);
    if short.len() < long.len() {
        return *short == long[1..];
    }
    short[1..] == long[1..]
        || (short.len() >= 2 && short[0] == long[1] && short[1] == long[0] && short[2..] == long[2..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tones_find_their_letter() {
        for word in [
            "đất",
            "hòa",
            "thủy",
            "quyền",
            "giá",
            "người",
            "toán",
            "luật",
            "khoản",
            "già",
            "quý",
            "thuế",
            "ngoài",
            "gì",
            "an",
            "đường",
        ] {
            let marked = &crate::tokens::tokens(word)[0].marked;
            assert_eq!(compose(marked), word);
        }
    }

    #[test]
    fn words_one_letter_apart_are_known() {
        for (one, other) in [
            ("quyen", "quyn"),
            ("quyen", "quyeen"),
            ("dat", "dai"),
            ("luat", "laut"),
            ("thue", "hthue"),
        ] {
            assert!(one_away(one, other) && one_away(other, one), "{one} {other}");
        }
        for (one, other) in [("dat", "dat"), ("dat", "dong"), ("luat", "tual"), ("", "ab")] {
            assert!(!one_away(one, other), "{one} {other}");
        }
    }
}
