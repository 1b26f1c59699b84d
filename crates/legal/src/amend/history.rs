//! What a sentence tells of earlier amendments ("đã được sửa đổi, bổ sung theo Luật số …"): no target.

use crate::citations::lexis::{eat, eat_any, letter, spaces};
use crate::citations::places::level;
use crate::citations::{acts, chain};

use super::ends::rank;
use super::sentence::Reader;

impl Reader<'_> {
    /// Position after the acts that amended something before.
    pub(super) fn skip_history(&mut self, from: usize) -> usize {
        let mut at = spaces(self.text, from);
        let mut end = at;
        let mut chained = None;
        let mut first = None;
        loop {
            let start = eat_any(self.text, at, &["các", "quy định tại", "những"])
                .map_or(at, |(_, e)| spaces(self.text, e));
            let (place, has) =
                match level(self.text, start).and_then(|_| chain::read(self.text, start, &mut self.budget)) {
                    Some(found) => {
                        let of = spaces(self.text, found.end);
                        (
                            eat(self.text, of, "của").map_or(of, |e| spaces(self.text, e)),
                            true,
                        )
                    }
                    None => (start, false),
                };
            if has && chained == Some(false) {
                break;
            }
            let Some(named) = acts::named(self.text, place, true) else {
                break;
            };
            // "theo Luật A và Luật B, Nghị quyết C hết hiệu lực": acts of one rank are told of together.
            let rank = named.acts.first().and_then(rank);
            if first.is_some_and(|first| first != rank) {
                break;
            }
            first = first.or(Some(rank));
            chained = chained.or(Some(has));
            end = named.span.end;
            let Some(next) = self.next_of_list(end) else {
                break;
            };
            at = next;
        }
        self.fresh = false;
        end.max(from)
    }

    /// Behind "," and "và" between acts, over a date and an issuer.
    fn next_of_list(&self, at: usize) -> Option<usize> {
        let start = spaces(self.text, at);
        match letter(self.text, start)? {
            ',' => {
                let next = spaces(self.text, start + 1);
                Some(eat(self.text, next, "và").map_or(next, |end| spaces(self.text, end)))
            }
            _ => eat(self.text, start, "và").map(|end| spaces(self.text, end)),
        }
    }
}
