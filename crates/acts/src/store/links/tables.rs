//! Rows of what was found in a text.

use db::{Insert, Result, Tx, Value};
use legal::citations::Status;

use super::choose::Choice;
use super::find::Found;
use super::mention::Mention;
use crate::model::ActId;
use crate::store::rows;

pub(super) async fn mentions_write(
    tx: &mut Tx,
    act: ActId,
    mentions: &[Mention],
    choices: &[Choice],
) -> Result<()> {
    const COLUMNS: &[&str] = &[
        "act_id",
        "ord",
        "lookup",
        "by_name",
        "label",
        "issuer",
        "issued",
        "year",
        "target_id",
        "sure",
    ];
    let mut insert = Insert::into("mentions", COLUMNS);
    for (ord, (one, choice)) in (1_i64..).zip(mentions.iter().zip(choices)) {
        insert.row([
            act.0.into(),
            ord.into(),
            Value::from(&one.lookup),
            one.by_name.into(),
            Value::from(&one.label),
            Value::from(one.issuer.as_ref()),
            Value::from(one.issued),
            Value::Int(one.year.map(i64::from)),
            Value::Int(choice.target),
            choice.sure.into(),
        ]);
    }
    insert.run(tx).await.map(drop)
}

pub(super) async fn citations_write(tx: &mut Tx, act: ActId, found: &Found) -> Result<()> {
    const COLUMNS: &[&str] = &[
        "act_id",
        "ord",
        "place",
        "path",
        "from_byte",
        "to_byte",
        "mention",
        "provision",
        "state",
    ];
    let number = |n: usize| Value::from(i64::try_from(n).unwrap_or(i64::MAX));
    let mut insert = Insert::into("citations", COLUMNS);
    for (ord, one) in (0_i64..).zip(&found.cited) {
        insert.row([
            act.0.into(),
            ord.into(),
            Value::from(&one.place),
            Value::from(&one.path),
            number(one.from),
            number(one.to),
            number(one.mention),
            Value::from(&one.provision),
            state_word(one.state).into(),
        ]);
    }
    insert.run(tx).await.map(drop)
}

pub(super) async fn relations_write(tx: &mut Tx, act: ActId, found: &Found) -> Result<()> {
    const COLUMNS: &[&str] = &[
        "act_id",
        "ord",
        "kind",
        "mention",
        "provisions",
        "place",
        "evidence",
    ];
    let mut insert = Insert::into("relations", COLUMNS);
    for (ord, one) in (0_i64..).zip(&found.related) {
        insert.row([
            act.0.into(),
            ord.into(),
            rows::word(&one.kind)?.into(),
            i64::try_from(one.mention).unwrap_or(i64::MAX).into(),
            serde_json::to_string(&one.provisions)?.into(),
            Value::from(&one.place),
            Value::from(&one.evidence),
        ]);
    }
    insert.run(tx).await.map(drop)
}

pub(super) async fn amendments_write(tx: &mut Tx, act: ActId, found: &Found) -> Result<()> {
    const COLUMNS: &[&str] = &[
        "act_id",
        "ord",
        "mention",
        "instruction",
        "place",
        "sentence",
        "provision",
        "what",
        "in_force",
        "content",
    ];
    let mut insert = Insert::into("amendments", COLUMNS);
    for (ord, one) in (0_i64..).zip(&found.amended) {
        let mention = one.mention.and_then(|place| i64::try_from(place).ok());
        insert.row([
            act.0.into(),
            ord.into(),
            Value::Int(mention),
            Value::Int(one.instruction.map(i64::from)),
            Value::from(&one.place),
            Value::from(&one.sentence),
            Value::from(&one.provision),
            one.what.into(),
            Value::from(one.in_force),
            Value::from(&one.content),
        ]);
    }
    insert.run(tx).await.map(drop)
}

pub(super) async fn definitions_write(tx: &mut Tx, act: ActId, found: &Found) -> Result<()> {
    const COLUMNS: &[&str] = &[
        "act_id", "ord", "term", "term_key", "folded", "letter", "kind", "body", "scope", "place",
    ];
    let mut insert = Insert::into("definitions", COLUMNS);
    let each = found.defined.iter().flat_map(|one| {
        std::iter::once(&one.term)
            .chain(&one.also)
            .map(move |term| (term, one))
    });
    for (ord, (term, one)) in (0_i64..).zip(each) {
        let letter: String = term
            .chars()
            .find(|c| c.is_alphanumeric())
            .into_iter()
            .flat_map(char::to_uppercase)
            .collect();
        insert.row([
            act.0.into(),
            ord.into(),
            Value::from(term),
            term.to_lowercase().into(),
            viet::fold(term).into(),
            base_letter(&letter).into(),
            rows::word(&one.kind)?.into(),
            Value::from(&one.text),
            Value::from(&one.scope),
            Value::from(&one.at),
        ]);
    }
    insert.run(tx).await.map(drop)
}

/// The letter of the Vietnamese alphabet without its tone: "Ấ" stands under "Â".
fn base_letter(letter: &str) -> String {
    let Some(first) = letter.chars().next() else {
        return "#".to_owned();
    };
    let shapes = "AĂÂBCDĐEÊGHIKLMNOÔƠPQRSTUƯVXY";
    if shapes.contains(first) {
        return first.to_string();
    }
    TONED.iter().find(|(_, toned)| toned.contains(first)).map_or_else(
        || {
            viet::fold(letter)
                .to_uppercase()
                .chars()
                .next()
                .filter(char::is_ascii_alphabetic)
                .map_or("#".to_owned(), String::from)
        },
        |(base, _)| (*base).to_owned(),
    )
}

/// Letters that carry a sign of their own, with each tone.
const TONED: [(&str, &str); 6] = [
    ("Ă", "ẰẮẲẴẶ"),
    ("Â", "ẦẤẨẪẬ"),
    ("Ê", "ỀẾỂỄỆ"),
    ("Ô", "ỒỐỔỖỘ"),
    ("Ơ", "ỜỚỞỠỢ"),
    ("Ư", "ỪỨỬỮỰ"),
];

/// The word that the database keeps for a state.
fn state_word(state: Status) -> &'static str {
    match state {
        Status::Resolved => "resolved",
        Status::Pending => "pending",
        Status::Dangling => "dangling",
        Status::Ambiguous => "ambiguous",
    }
}
