//! The rows of an original, its claims and its text.

use db::{Insert, Result, Tx, Value, changes, sql};
use legal::model::Metadata;

use super::super::completeness::Completeness;
use super::super::rows;
use super::super::versions::{self, Scope};
use super::Writing;
use crate::model::{Act, EventKind};

impl Writing<'_> {
    pub(super) async fn write_original(&self, tx: &mut Tx, act: i64, original: i64) -> Result<()> {
        const COLUMNS: &[&str] = &[
            "id",
            "act_id",
            "sha256",
            "item",
            "language",
            "format",
            "file_name",
            "media_type",
            "size",
            "source",
            "received",
            "parser",
            "has_text",
            "articles",
            "characters",
            "provisions",
            "odd_words",
            "confidence",
            "mendings",
            "warnings",
        ];
        let put = self.put;
        let measure = Completeness::of(put.text);
        let source = put.text.metadata.claims.first().map(|claim| &claim.source);
        let mut row = Insert::into("originals", COLUMNS).tail(
            "ON CONFLICT (sha256, item) DO UPDATE SET language = excluded.language, \
             format = excluded.format, media_type = excluded.media_type, confidence = excluded.confidence, \
             parser = excluded.parser, has_text = excluded.has_text, articles = excluded.articles, \
             characters = excluded.characters, provisions = excluded.provisions, odd_words = excluded.odd_words, \
             source = excluded.source, mendings = excluded.mendings, warnings = excluded.warnings",
        );
        row.row([
            original.into(),
            act.into(),
            put.sha256.into(),
            put.item.into(),
            rows::language_code(put.text.language).into(),
            put.format.into(),
            put.file_name.into(),
            put.media_type.into(),
            put.size.into(),
            Value::from(source),
            self.now.into(),
            put.parser.into(),
            put.has_text.into(),
            measure.articles.into(),
            measure.characters.into(),
            measure.provisions.into(),
            measure.odd_words.into(),
            Value::Int(put.confidence),
            serde_json::to_string(&put.text.mendings)?.into(),
            serde_json::to_string(&put.text.warnings)?.into(),
        ]);
        row.run(tx).await?;
        Ok(())
    }

    /// Writes the claims of this original anew where they differ from those it had.
    pub(super) async fn write_claims(&self, tx: &mut Tx, act: i64, original: i64) -> Result<()> {
        const COLUMNS: &[&str] = &["id", "act_id", "original_id", "field", "value", "source", "seen"];
        if !self.claims_changed {
            return Ok(());
        }
        if self.kept.is_some() {
            sql("DELETE FROM claims WHERE original_id = $1")
                .bind(original)
                .run(tx)
                .await?;
        }
        let mut insert = Insert::into("claims", COLUMNS);
        for (place, claim) in (0_i64..).zip(&self.claims) {
            insert.row([
                (self.ids.claim + place).into(),
                act.into(),
                original.into(),
                Value::from(&claim.field),
                Value::from(&claim.value),
                Value::from(&claim.source),
                Value::from(claim.seen),
            ]);
        }
        insert.run(tx).await.map(drop)
    }

    /// Whether the text of this original is the one to show.
    pub(super) async fn takes_over(&self, tx: &mut Tx, act: i64, original: i64) -> Result<bool> {
        let row = sql(
            "SELECT o.id, o.sha256, o.format, o.articles, o.characters, o.provisions, o.odd_words, \
             o.confidence FROM expressions e \
             JOIN originals o ON o.id = e.original_id \
             WHERE e.act_id = $1 AND e.language = $2 AND e.known_until IS NULL",
        )
        .bind(act)
        .bind(rows::language_code(self.put.text.language))
        .optional(tx)
        .await?;
        let Some(row) = row else { return Ok(true) };
        let standing = Completeness {
            articles: row.get("articles")?,
            characters: row.get("characters")?,
            provisions: row.get("provisions")?,
            odd_words: row.get("odd_words")?,
        };
        let sha256: String = row.get("sha256")?;
        let format: String = row.get("format")?;
        let other = standing.weight(row.get("confidence")?, &format);
        let own = Completeness::of(self.put.text).weight(self.put.confidence, self.put.format);
        let greater = (own, sha256.as_str()) > (other, self.put.sha256);
        Ok(row.get::<i64>("id")? == original || greater)
    }

    /// Makes the text the standing one; true where it differs from what stood.
    pub(super) async fn write_text(&self, tx: &mut Tx, act: i64, original: i64) -> Result<bool> {
        const COLUMNS: &[&str] = &[
            "id",
            "act_id",
            "language",
            "original_id",
            "metadata",
            "known_from",
            "known_until",
        ];
        let language = self.put.text.language;
        let metadata = Metadata {
            claims: Vec::new(),
            ..self.put.text.metadata.clone()
        };
        let code = rows::language_code(language);
        let metadata = serde_json::to_string(&metadata)?;
        let scope = Scope {
            act,
            language,
            now: self.now,
            known: self.before.is_some(),
        };
        if scope.known {
            close_expression(tx, scope).await?;
        }
        let mut insert = Insert::into("expressions", COLUMNS);
        insert.row([
            self.ids.expression.into(),
            act.into(),
            code.into(),
            original.into(),
            metadata.into(),
            self.now.into(),
            Value::Int(None),
        ]);
        insert.run(tx).await?;
        versions::replace(tx, scope, self.ids.versions, self.put.text).await
    }

    pub(super) async fn finish(&self, tx: &mut Tx, act: &Act, original: i64, kind: EventKind) -> Result<()> {
        let mut insert = Insert::into("events", &["id", "act_id", "at", "kind", "original_id"]);
        insert.row([
            self.ids.event.into(),
            act.id.0.into(),
            self.now.into(),
            kind.code().into(),
            original.into(),
        ]);
        insert.run(tx).await?;
        sql("UPDATE acts SET updated = $1 WHERE id = $2")
            .bind(self.now)
            .bind(act.id.0)
            .run(tx)
            .await?;
        changes::append(tx, "act", &act.slug).await
    }
}

async fn close_expression(tx: &mut Tx, scope: Scope) -> Result<()> {
    sql(
        "UPDATE expressions SET known_until = $1 WHERE act_id = $2 AND language = $3 AND known_until IS NULL",
    )
    .bind(scope.now)
    .bind(scope.act)
    .bind(rows::language_code(scope.language))
    .run(tx)
    .await?;
    Ok(())
}
