//! Capitals that TCVN3 cannot write, given back where the letters around them tell.

/// Capitals within words typed in capitals ("QUYếT" → "QUYẾT") and in lines without any
/// small letter that has a capital of its own ("Bộ TÀI CHíNH" → "BỘ TÀI CHÍNH").
pub(super) fn restore(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for line in text.split_inclusive('\n') {
        if is_capital_line(line) {
            out.push_str(&line.to_uppercase());
        } else {
            restore_words(line, &mut out);
        }
    }
    out
}

/// A small letter for which TCVN3 has no capital.
fn lacks_capital(c: char) -> bool {
    !c.is_ascii() && c.is_lowercase() && !matches!(c, 'ă' | 'â' | 'ê' | 'ô' | 'ơ' | 'ư' | 'đ')
}

/// Most letters are capitals and no small one could have been a capital.
fn is_capital_line(line: &str) -> bool {
    let (mut capitals, mut lacking) = (0_usize, 0_usize);
    for c in line.chars().filter(|c| c.is_alphabetic()) {
        if c.is_uppercase() {
            capitals += 1;
        } else if lacks_capital(c) {
            lacking += 1;
        } else {
            return false;
        }
    }
    lacking > 0 && capitals >= 3 && capitals > lacking
}

fn restore_words(line: &str, out: &mut String) {
    let mut rest = line;
    while !rest.is_empty() {
        let length = |test: fn(char) -> bool| rest.find(|c| !test(c)).unwrap_or(rest.len());
        let word = length(char::is_alphabetic);
        let (head, tail) = rest.split_at(if word > 0 {
            word
        } else {
            length(|c| !c.is_alphabetic())
        });
        if is_capital_word(head) {
            out.push_str(&head.to_uppercase());
        } else {
            out.push_str(head);
        }
        rest = tail;
    }
}

/// A capital stands after the first letter and every small letter lacks its capital.
fn is_capital_word(word: &str) -> bool {
    word.chars().skip(1).any(char::is_uppercase)
        && word.chars().any(lacks_capital)
        && word.chars().all(|c| c.is_uppercase() || lacks_capital(c))
}
