//! The chain of hashes, without a database.

use std::fmt;
use std::str::FromStr;

use sha2::{Digest, Sha256};

/// Faults that are listed one by one; more are only counted.
const LISTED: usize = 100;
/// The hash before the first line.
const START: &str = "";

/// One line of the log as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Number, gapless from 1.
    pub seq: i64,
    /// When, in epoch microseconds.
    pub at: i64,
    /// Account; `None` for guests, operator and system.
    pub account: Option<i64>,
    /// Who, as it was shown then.
    pub actor: String,
    /// Unit.
    pub unit: Option<i64>,
    /// Code of the act.
    pub act: String,
    /// To what.
    pub object: String,
    /// JSON text.
    pub detail: String,
    /// Hash of the line before; empty before the first.
    pub prev: String,
    /// SHA-256 over all of the above, as hexadecimal digits.
    pub hash: String,
}

impl Line {
    /// The hash that belongs to this line. Every value is written with its length before it, so
    /// that no two lines have the same bytes.
    #[must_use]
    pub fn right_hash(&self) -> String {
        let number = |value: Option<i64>| value.map_or_else(String::new, |value| value.to_string());
        let mut sha = Sha256::new();
        for value in [
            &self.seq.to_string(),
            &self.at.to_string(),
            &number(self.account),
            &self.actor,
            &number(self.unit),
            &self.act,
            &self.object,
            &self.detail,
            &self.prev,
        ] {
            sha.update((value.len() as u64).to_be_bytes());
            sha.update(value.as_bytes());
        }
        hex::encode(sha.finalize())
    }
}

/// The end of the log at a moment: noted elsewhere, it proves later that nothing before it changed.
/// Written `SEQ:HASH`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Head {
    /// Number of the last line; 0 for an empty log.
    pub seq: i64,
    /// Its hash.
    pub hash: String,
}

impl Default for Head {
    fn default() -> Self {
        Self {
            seq: 0,
            hash: START.to_owned(),
        }
    }
}

impl fmt::Display for Head {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.seq, self.hash)
    }
}

/// Text that is no head.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("“{0}” không phải là mốc nhật ký (dạng đúng: SỐ:MÃ)")]
pub struct NoHead(String);

impl FromStr for Head {
    type Err = NoHead;

    fn from_str(text: &str) -> Result<Self, NoHead> {
        let parts = text.trim().split_once(':');
        let read = parts.and_then(|(seq, hash)| {
            let seq = seq.parse().ok().filter(|seq| *seq >= 0)?;
            let right = hash.bytes().all(|b| b.is_ascii_hexdigit()) && (hash.len() == 64 || seq == 0);
            right.then(|| Self {
                seq,
                hash: hash.to_owned(),
            })
        });
        read.ok_or_else(|| NoHead(text.to_owned()))
    }
}

/// What is wrong with the log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// The line with this number does not stand where it should: lines are missing, doubled or swapped.
    Order {
        /// The number that was to come.
        expected: i64,
        /// The number that came.
        found: i64,
    },
    /// The line was changed after it was written.
    Changed(i64),
    /// The line does not follow the one before it.
    Unlinked(i64),
    /// The log ends before a head that was noted.
    CutOff {
        /// The noted head.
        noted: i64,
        /// The last line.
        last: i64,
    },
    /// A noted head is another than the line of its number now: everything up to it was written anew.
    Rewritten(i64),
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Order { expected, found } => {
                write!(
                    f,
                    "đến lượt dòng {expected} nhưng gặp dòng {found}: có dòng bị xóa, chèn hoặc đổi chỗ"
                )
            }
            Self::Changed(seq) => write!(f, "dòng {seq} đã bị sửa sau khi ghi"),
            Self::Unlinked(seq) => write!(f, "dòng {seq} không nối với dòng đứng trước"),
            Self::CutOff { noted, last } => {
                write!(
                    f,
                    "nhật ký kết thúc ở dòng {last}, trước mốc đã ghi {noted}: phần cuối bị cắt"
                )
            }
            Self::Rewritten(seq) => write!(
                f,
                "mốc đã ghi tại dòng {seq} khác với nhật ký hiện nay: nhật ký bị viết lại"
            ),
        }
    }
}

/// What a verification found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// Lines read.
    pub lines: u64,
    /// The end of the log.
    pub head: Head,
    /// The first hundred faults.
    pub faults: Vec<Fault>,
    /// All faults.
    pub count: u64,
}

/// Reads a log line by line.
#[derive(Debug)]
pub struct Verifier {
    noted: Vec<Head>,
    verdict: Verdict,
}

impl Verifier {
    /// `noted` are heads from elsewhere, in any order.
    #[must_use]
    pub fn new(mut noted: Vec<Head>) -> Self {
        noted.sort_by_key(|head| head.seq);
        Self {
            noted,
            verdict: Verdict {
                lines: 0,
                head: Head::default(),
                faults: Vec::new(),
                count: 0,
            },
        }
    }

    /// Takes the next line, in the order of numbers.
    pub fn take(&mut self, line: &Line) {
        let expected = self.verdict.head.seq + 1;
        if line.seq != expected {
            self.fault(Fault::Order {
                expected,
                found: line.seq,
            });
        } else if line.prev != self.verdict.head.hash {
            self.fault(Fault::Unlinked(line.seq));
        }
        if line.hash != line.right_hash() {
            self.fault(Fault::Changed(line.seq));
        }
        let noted = self.noted.partition_point(|head| head.seq < line.seq);
        let other = self.noted[noted..]
            .iter()
            .take_while(|head| head.seq == line.seq)
            .any(|head| head.hash != line.hash);
        if other {
            self.fault(Fault::Rewritten(line.seq));
        }
        self.verdict.lines += 1;
        self.verdict.head = Head {
            seq: line.seq,
            hash: line.hash.clone(),
        };
    }

    /// The verdict once all lines were taken.
    #[must_use]
    pub fn finish(mut self) -> Verdict {
        let last = self.verdict.head.seq;
        let beyond = self
            .noted
            .last()
            .filter(|head| head.seq > last)
            .map(|head| head.seq);
        if let Some(noted) = beyond {
            self.fault(Fault::CutOff { noted, last });
        }
        self.verdict
    }

    fn fault(&mut self, fault: Fault) {
        self.verdict.count += 1;
        if self.verdict.faults.len() < LISTED {
            self.verdict.faults.push(fault);
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn log(lines: i64) -> Vec<Line> {
        let mut prev = START.to_owned();
        (1..=lines)
            .map(|seq| {
                let mut line = Line {
                    seq,
                    at: 1_700_000_000_000_000 + seq,
                    account: (seq % 3 == 0).then_some(seq),
                    actor: format!("Cán bộ {}", seq % 5),
                    unit: (seq % 2 == 0).then_some(seq % 7),
                    act: "account.invite".into(),
                    object: format!("account:{seq}"),
                    detail: "null".into(),
                    prev: prev.clone(),
                    hash: String::new(),
                };
                line.hash = line.right_hash();
                prev.clone_from(&line.hash);
                line
            })
            .collect()
    }

    fn verdict(lines: &[Line], noted: Vec<Head>) -> Verdict {
        let mut verifier = Verifier::new(noted);
        for line in lines {
            verifier.take(line);
        }
        verifier.finish()
    }

    fn head_of(lines: &[Line]) -> Head {
        lines.last().map_or_else(Head::default, |line| Head {
            seq: line.seq,
            hash: line.hash.clone(),
        })
    }

    /// Hashes the lines anew from `from` on, as somebody who knows the rule would.
    fn forge(lines: &mut [Line], from: usize) {
        for place in from..lines.len() {
            lines[place].prev = place
                .checked_sub(1)
                .map_or(START.to_owned(), |before| lines[before].hash.clone());
            lines[place].hash = lines[place].right_hash();
        }
    }

    #[test]
    fn a_log_as_it_was_written_is_right() {
        let lines = log(50);
        let found = verdict(&lines, vec![head_of(&lines[..20]), head_of(&lines)]);
        assert_eq!((found.lines, found.count), (50, 0));
        assert_eq!(found.head.to_string().parse(), Ok(found.head));
        assert_eq!(verdict(&[], Vec::new()).head, Head::default());
    }

    #[test]
    fn heads_are_read_strictly() {
        assert_eq!("0:".parse(), Ok(Head::default()));
        for wrong in ["", "5", "5:", "x:abc", "-1:", "5:zz"] {
            assert!(wrong.parse::<Head>().is_err(), "{wrong}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2_500))]

        #[test]
        fn an_edit_is_found(place in 0_usize..60, field in 0..8, to in "[a-zđ0-9]{1,12}") {
            let mut lines = log(60);
            let line = &mut lines[place];
            let before = line.clone();
            match field {
                0 => line.at += 1,
                1 => line.account = Some(77),
                2 => line.actor = to,
                3 => line.unit = Some(99),
                4 => line.act = to,
                5 => line.object = to,
                6 => line.detail = to,
                _ => line.hash = to,
            }
            prop_assume!(*line != before);
            prop_assert!(verdict(&lines, Vec::new()).count > 0);
        }

        #[test]
        fn a_deletion_is_found(place in 0_usize..60) {
            let mut lines = log(60);
            let head = head_of(&lines);
            lines.remove(place);
            prop_assert!(verdict(&lines, vec![head]).count > 0);
        }

        #[test]
        fn a_swap_is_found(one in 0_usize..60, other in 0_usize..60, numbers_too: bool) {
            prop_assume!(one != other);
            let mut lines = log(60);
            lines.swap(one, other);
            if numbers_too {
                let seq = lines[one].seq;
                lines[one].seq = lines[other].seq;
                lines[other].seq = seq;
            }
            prop_assert!(verdict(&lines, Vec::new()).count > 0);
        }

        #[test]
        fn a_tail_written_anew_is_found_by_its_head(place in 0_usize..60, cut in 0_usize..60) {
            let mut lines = log(60);
            let head = head_of(&lines);
            lines[place].actor = "không ai cả".into();
            forge(&mut lines, place);
            prop_assert!(verdict(&lines, Vec::new()).count == 0, "a chain alone does not show it");
            prop_assert!(verdict(&lines, vec![head.clone()]).count > 0);
            prop_assert!(verdict(&log(60)[..cut], vec![head]).count > 0);
        }
    }
}
