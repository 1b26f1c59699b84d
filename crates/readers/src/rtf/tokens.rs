//! RTF as tokens (Rich Text Format 1.9.1, "Conventions of an RTF Reader").

/// One token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Token<'b> {
    Open,
    Close,
    /// `\par`, `\b0`: the word and its number.
    Word(&'b [u8], Option<i32>),
    /// `\~`, `\*`: one sign.
    Sign(u8),
    /// A character as written, or by `\'hh`.
    Byte(u8),
}

/// The tokens of a file; what is cut off at its end is passed over.
pub(super) struct Tokens<'b> {
    rest: &'b [u8],
}

impl<'b> Tokens<'b> {
    pub(super) fn new(bytes: &'b [u8]) -> Self {
        Self { rest: bytes }
    }

    fn word(&mut self) -> Token<'b> {
        let letters = self
            .rest
            .iter()
            .take_while(|byte| byte.is_ascii_alphabetic())
            .count();
        let (word, rest) = self.rest.split_at(letters.min(self.rest.len()));
        let sign = usize::from(rest.first() == Some(&b'-'));
        let digits = rest
            .iter()
            .skip(sign)
            .take_while(|byte| byte.is_ascii_digit())
            .count();
        let length = if digits > 0 { sign + digits } else { 0 };
        let (number, rest) = rest.split_at(length.min(rest.len()));
        let number = std::str::from_utf8(number)
            .ok()
            .and_then(|number| number.parse().ok());
        // One space that ends the word belongs to it.
        self.rest = rest.strip_prefix(b" ").unwrap_or(rest);
        if word == b"bin" {
            let length = number
                .and_then(|length| usize::try_from(length).ok())
                .unwrap_or(0);
            self.rest = self.rest.get(length..).unwrap_or_default();
        }
        Token::Word(word, number)
    }
}

impl<'b> Iterator for Tokens<'b> {
    type Item = Token<'b>;

    fn next(&mut self) -> Option<Token<'b>> {
        loop {
            let (first, rest) = self.rest.split_first()?;
            self.rest = rest;
            match (first, rest.first()) {
                (b'\r' | b'\n' | 0, _) => {}
                (b'{', _) => return Some(Token::Open),
                (b'}', _) => return Some(Token::Close),
                (b'\\', Some(next)) if next.is_ascii_alphabetic() => return Some(self.word()),
                (b'\\', Some(b'\'')) => {
                    let digits = rest.get(1..3).and_then(|digits| std::str::from_utf8(digits).ok());
                    let Some(byte) = digits.and_then(|digits| u8::from_str_radix(digits, 16).ok()) else {
                        self.rest = rest.get(1..).unwrap_or_default();
                        continue;
                    };
                    self.rest = rest.get(3..).unwrap_or_default();
                    return Some(Token::Byte(byte));
                }
                (b'\\', Some(sign)) => {
                    self.rest = rest.get(1..).unwrap_or_default();
                    return Some(Token::Sign(*sign));
                }
                (b'\\', None) => return None,
                (byte, _) => return Some(Token::Byte(*byte)),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_signs_and_bytes_are_told_apart() {
        let tokens: Vec<Token<'_>> = Tokens::new(b"{\\b0 a\\'e2\\*\r\n\\u-10?\\bin2 }{\\x}\\").collect();
        let expected = [
            Token::Open,
            Token::Word(b"b", Some(0)),
            Token::Byte(b'a'),
            Token::Byte(0xe2),
            Token::Sign(b'*'),
            Token::Word(b"u", Some(-10)),
            Token::Byte(b'?'),
            Token::Word(b"bin", Some(2)),
            Token::Word(b"x", None),
            Token::Close,
        ];
        assert_eq!(tokens, expected);
    }
}
