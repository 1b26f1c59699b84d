//! What a decision about a sentence would do to the text.

use jiff::civil::Date;
use legal::amend::Operation;
use legal::compare::units;
use legal::consolidate::{Applied, Decision, Order, Verdict, candidates, places as occurrences};
use legal::model::ActText;
use web::{Look, Problem, Site};

use super::form::Typed;
use crate::decide;
use crate::model::Act;
use crate::places;
use crate::site::between::{Row, rows};
use crate::site::{changes, words};
use crate::store::{self, Said};

/// What a decision would do.
pub(super) struct Effect {
    /// The day whose text is shown.
    pub(super) day: String,
    pub(super) today: bool,
    pub(super) rows: Vec<Row>,
    /// What came of it, a sentence.
    pub(super) said: String,
    pub(super) done: bool,
}

/// A sentence with what is known of it.
pub(super) struct Known {
    pub(super) act: Option<Act>,
    pub(super) by: Act,
    pub(super) said: Said,
    pub(super) seen: String,
}

/// The reading as an order, at the only provision that it may mean, at every place of its words.
pub(super) fn proposal(said: &Said, text: &ActText) -> Option<Order> {
    let Said::Instruction(read) = said else {
        return None;
    };
    let mut order = Order::of(read);
    if let Some(id) = &order.provision
        && let [only] = candidates(text, id).as_slice()
    {
        order.provision = Some(only.clone());
    }
    let among = occurrences(text, &order).len();
    if among > 1 && matches!(order.operation, Operation::AddPhrase(_)) {
        let among = u32::try_from(among).unwrap_or(u32::MAX);
        let all = Typed {
            chosen: (1..=among).collect(),
            among,
            ..Typed::default()
        };
        order.operation = all.among_places(order.operation);
    }
    Some(order)
}

/// Tries orders; the text without them too.
pub(super) async fn effect(
    site: &Site,
    look: Look,
    known: &Known,
    act: &Act,
    orders: Vec<Order>,
) -> Result<(Effect, ActText), Problem> {
    let today = site.today();
    let days = orders
        .iter()
        .map(|one| decide::day_of(today, &known.by, one.in_force));
    let day = days
        .max()
        .unwrap_or_else(|| decide::day_of(today, &known.by, None));
    let decision = Decision {
        seen: known.seen.clone(),
        verdict: if orders.is_empty() {
            Verdict::Refuse
        } else {
            Verdict::Apply(orders)
        },
    };
    let tried = store::amendment_try(site.db(), act, &known.by, decision, day);
    let tried = tried.await.map_err(Problem::internal)?;
    let refused = tried.outcomes.iter().find_map(|one| match &one.result {
        Applied::Refused { reason, .. } => Some(look.t(reason.sentence()).to_owned()),
        Applied::Changed { .. } => None,
    });
    let said = tried.outcomes.iter().filter_map(|one| match &one.result {
        Applied::Changed { provisions, how } => {
            let first = provisions.first().map(|id| places::place(id)).unwrap_or_default();
            let on = one.on.map(words::short_date).unwrap_or_default();
            Some(look.fill("{} {} từ ngày {}", &[&look.t(changes::deed(*how)), &first, &on]))
        }
        Applied::Refused { .. } => None,
    });
    let said: Vec<String> = said.collect();
    let (before, after) = (tried.before, tried.after);
    let (rows, before) = tokio::task::spawn_blocking(move || {
        let found = rows(&before, &after, "", (Date::default(), Date::default()), look);
        (found, before)
    })
    .await
    .map_err(Problem::internal)?;
    let done = refused.is_none() && !tried.outcomes.is_empty();
    let effect = Effect {
        day: words::short_date(day),
        today: day == today,
        rows,
        said: refused.unwrap_or_else(|| said.join("; ")),
        done,
    };
    Ok((effect, before))
}

/// The paragraphs of the article that an id stands in.
pub(super) fn article(text: &ActText, id: &str) -> Option<(String, Vec<String>)> {
    let whole = |unit: &legal::compare::Unit| id == unit.id || id.starts_with(&format!("{}__", unit.id));
    let unit = units(text).into_iter().find(whole)?;
    Some((unit.heading, unit.text.lines().map(str::to_owned).collect()))
}
