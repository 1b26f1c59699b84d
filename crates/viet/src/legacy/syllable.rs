//! Which strings of letters can be a Vietnamese syllable.

use std::collections::HashSet;
use std::sync::LazyLock;

use super::letter::{Letter, TONES};

const ONSETS: [&str; 27] = [
    "ngh", "ng", "gh", "gi", "kh", "nh", "ph", "qu", "th", "tr", "ch", "b", "c", "d", "đ", "g", "h", "k",
    "l", "m", "n", "p", "r", "s", "t", "v", "x",
];

/// Rhymes without tone.
static RHYMES: LazyLock<HashSet<&str>> = LazyLock::new(|| {
    "a ac ach ai am an ang anh ao ap at au ay ă ăc ăm ăn ăng ăp ăt â âc âm ân âng âp ât âu ây \
     e ec em en eng eo ep et ê êch êm ên êng ênh êp êt êu \
     i ia ich im in inh ip it iu iêc iêm iên iêng iêp iêt iêu \
     o oc oi om on ong ooc oong op ot oa oac oach oai oam oan oang oanh oao oap oat oay \
     oăc oăm oăn oăng oăp oăt oe oen oeo oet \
     ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt \
     u ua uc ui um un ung up ut uân uâng uât uây uê uêch uên uênh uơ uôc uôi uôm uôn uông uôt \
     uy uya uych uyn uynh uyp uyt uyu uyên uyêt \
     ư ưa ưc ưi ưm ưn ưng ưt ưu ươc ươi ươm ươn ương ươp ươt ươu \
     y yt ych ynh yêm yên yêng yêt yêu"
        .split(' ')
        .filter(|rhyme| !rhyme.is_empty())
        .collect()
});

/// Whether lower-case composed letters spell a possible syllable. A rhyme that ends in
/// c, ch, p or t carries sắc or nặng; without any mark at all the tone may have been dropped.
pub(crate) fn is_possible(word: &str) -> bool {
    let mut tones = 0_u32;
    let mut stopped_tone = true;
    let mut toneless = String::with_capacity(word.len());
    for c in word.chars() {
        let letter = Letter::of(c);
        if let Some(tone) = letter.tone {
            tones += 1;
            stopped_tone = tone == TONES[1] || tone == TONES[4];
        }
        toneless.push(letter.toneless());
    }
    if tones > 1 {
        return false;
    }
    let stopped = toneless.ends_with(['c', 'p', 't']) || toneless.ends_with("ch");
    let tone_fits = !stopped || (stopped_tone && (tones == 1 || toneless.is_ascii()));
    tone_fits && is_spelled(&toneless)
}

fn is_spelled(toneless: &str) -> bool {
    RHYMES.contains(toneless)
        || ONSETS.iter().any(|onset| {
            toneless
                .strip_prefix(onset)
                .is_some_and(|rhyme| RHYMES.contains(rhyme))
        })
        || matches!(toneless, "gi" | "gin" | "giêng" | "giêt")
}

#[cfg(test)]
mod tests {
    use super::is_possible;

    #[test]
    fn syllables_of_law_texts() {
        for word in
            "điều khoản quốc hội nghị quyết giếng gì gìn quỳnh khuya ngoằn huỳnh thuở xoong ủy uỷ yếu được"
                .split(' ')
        {
            assert!(is_possible(word), "{word}");
        }
    }

    #[test]
    fn other_words_are_none() {
        for word in "luët viêt các̀ article điềú fee zà bành1 khoàt ðiều".split(' ') {
            assert!(!is_possible(word), "{word}");
        }
    }
}
