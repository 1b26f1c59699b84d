//! The table of searches that found nothing.

use db::{Db, Result, sql};
use jiff::civil::Date;

use crate::missed::Missed;

/// Different words kept of one day: whoever floods the box fills no disk.
const MOST_A_DAY: i64 = 2_000;

/// Counts one search on a day.
///
/// # Errors
/// What the engine says.
pub async fn missed_count(db: &Db, words: &str, day: Date) -> Result<()> {
    let mut tx = db.begin().await?;
    let counted = sql("UPDATE missed_searches SET times = times + 1 WHERE day = $1 AND words = $2")
        .bind(day)
        .bind(words)
        .run(&mut tx)
        .await?;
    if counted == 0 {
        sql(
            "INSERT INTO missed_searches (day, words, times) SELECT $1, $2, 1 \
             WHERE (SELECT count(*) FROM missed_searches WHERE day = $1) < $3 \
             ON CONFLICT (day, words) DO UPDATE SET times = missed_searches.times + 1",
        )
        .bind(day)
        .bind(words)
        .bind(MOST_A_DAY)
        .run(&mut tx)
        .await?;
    }
    tx.commit().await
}

/// The words most often missed since a day.
///
/// # Errors
/// What the engine says.
pub async fn missed_list(db: &Db, since: Date, most: i64) -> Result<Vec<Missed>> {
    let rows = sql(
        "SELECT words, CAST(sum(times) AS BIGINT) AS times, max(day) AS last FROM missed_searches \
         WHERE day >= $1 GROUP BY words ORDER BY 2 DESC, 3 DESC, 1 LIMIT $2",
    )
    .bind(since)
    .bind(most)
    .all(db)
    .await?;
    let read = |row: &db::Row| {
        Ok(Missed {
            words: row.get("words")?,
            times: row.get("times")?,
            last: row.date("last")?.unwrap_or(since),
        })
    };
    rows.iter().map(read).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    db::both_engines!(searches_are_counted_by_day, |test| {
        let db = &test.db;
        for day in [date(2026, 11, 22), date(2026, 11, 23), date(2026, 11, 23)] {
            missed_count(db, "vũ trụ", day).await.unwrap();
        }
        missed_count(db, "khác", date(2026, 11, 23)).await.unwrap();
        let since = missed_list(db, date(2026, 11, 23), 10).await.unwrap();
        assert_eq!(since.iter().map(|one| one.times).collect::<Vec<_>>(), [2, 1]);
        let all = missed_list(db, date(2026, 1, 1), 1).await.unwrap();
        assert_eq!((all.len(), all[0].times, all[0].last), (1, 3, date(2026, 11, 23)));
    });
}
