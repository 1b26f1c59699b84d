//! `pholuat check`: whether everything kept is whole.

use std::process::ExitCode;

use blob::{BlobError, Blobs};
use db::{Db, Engine, Tx, sql};

use super::say;
use crate::compose;
use crate::config::Config;

/// Findings of one kind that are listed; the rest is counted.
const LISTED: i64 = 20;

/// Arguments of `pholuat check`.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// Không đọc lại từng tệp gốc (nhanh hơn)
    #[arg(long)]
    quick: bool,
}

/// Rows that must not exist: what they would mean, and how to find them.
const RULES: &[(&str, &str)] = &[
    (
        "Văn bản có nội dung nhưng không có bản gốc đang dùng",
        "SELECT a.slug AS what FROM acts a WHERE a.has_text AND NOT EXISTS \
         (SELECT 1 FROM expressions e WHERE e.act_id = a.id AND e.known_until IS NULL)",
    ),
    (
        "Văn bản có bản gốc đang dùng nhưng không có phần nào",
        "SELECT a.slug AS what FROM acts a JOIN expressions e ON e.act_id = a.id AND e.known_until IS NULL \
         WHERE (e.act_id, e.language) NOT IN \
         (SELECT p.act_id, p.language FROM part_versions p WHERE p.known_until IS NULL)",
    ),
    (
        "Điều khoản có cấp trên không tồn tại",
        "SELECT v.provision AS what FROM provision_versions v WHERE v.known_until IS NULL \
         AND v.parent IS NOT NULL AND NOT EXISTS (SELECT 1 FROM provision_versions u WHERE \
         u.act_id = v.act_id AND u.language = v.language AND u.provision = v.parent AND u.known_until IS NULL)",
    ),
    (
        "Bản gốc không thuộc văn bản nào",
        "SELECT o.sha256 AS what FROM originals o WHERE NOT EXISTS (SELECT 1 FROM acts a WHERE a.id = o.act_id)",
    ),
    (
        "Bản quét đã nhận dạng không có bản gốc tương ứng",
        "SELECT s.sha256 AS what FROM scans s WHERE s.state = 'recognised' AND NOT EXISTS \
         (SELECT 1 FROM originals o WHERE o.sha256 = s.sha256)",
    ),
    (
        "Văn bản không có trong nhật ký thay đổi",
        "SELECT a.slug AS what FROM acts a WHERE NOT EXISTS \
         (SELECT 1 FROM change_log c WHERE c.kind = 'act' AND c.key = a.slug)",
    ),
    (
        "Nhật ký thay đổi bị đứt quãng sau số",
        "SELECT CAST(c.seq AS TEXT) AS what FROM change_log c WHERE c.seq < (SELECT max(seq) FROM change_log) \
         AND NOT EXISTS (SELECT 1 FROM change_log d WHERE d.seq = c.seq + 1)",
    ),
];

/// Checks and prints one sentence a finding. Ends with 1 where anything is wrong.
///
/// # Errors
/// Where database or store of files cannot be opened at all.
pub async fn run(config: &Config, arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let db = compose::database(config).await?;
    let mut found = database(&db).await?;
    found.extend(originals(&db, &compose::blobs(config)?, arguments.quick).await?);
    found.extend(index(config, &db).await);
    db.close().await;
    if found.is_empty() {
        say("Không phát hiện lỗi nào.\n")?;
        return Ok(ExitCode::SUCCESS);
    }
    let lines: String = found
        .iter()
        .map(|sentence| format!("LỖI: {sentence}\n"))
        .collect();
    say(format!("{lines}Phát hiện {} lỗi.\n", found.len()))?;
    Ok(ExitCode::FAILURE)
}

/// What is wrong inside the database.
pub(super) async fn database(db: &Db) -> db::Result<Vec<String>> {
    let mut tx = db.snapshot().await?;
    let mut found = engine(&mut tx).await?;
    for (meaning, rule) in RULES {
        let rows = sql(*rule)
            .push(" LIMIT ")
            .push_bind(LISTED + 1)
            .all(&mut tx)
            .await?;
        for row in &rows {
            found.push(format!("{meaning}: {}.", row.get::<String>("what")?));
        }
    }
    tx.rollback().await?;
    Ok(found)
}

/// What the engine itself finds. PostgreSQL holds its constraints at every write; reading
/// every row makes it meet damaged pages.
async fn engine(tx: &mut Tx) -> db::Result<Vec<String>> {
    let mut found = Vec::new();
    if tx.engine() == Engine::Postgres {
        return Ok(found);
    }
    for row in sql("SELECT integrity_check AS what FROM pragma_integrity_check")
        .all(&mut *tx)
        .await?
    {
        let what: String = row.get("what")?;
        if what != "ok" {
            found.push(format!("Tệp cơ sở dữ liệu bị hỏng: {what}."));
        }
    }
    let keys = "SELECT \"table\" AS what FROM pragma_foreign_key_check";
    for row in sql(keys).all(&mut *tx).await? {
        found.push(format!(
            "Bảng {} trỏ tới dòng không tồn tại.",
            row.get::<String>("what")?
        ));
    }
    Ok(found)
}

/// Every original is there and is what its name says.
async fn originals(db: &Db, blobs: &Blobs, quick: bool) -> anyhow::Result<Vec<String>> {
    let mut found = Vec::new();
    let mut after = String::new();
    loop {
        let names = sql(
            "SELECT sha256 FROM (SELECT sha256 FROM originals UNION SELECT sha256 FROM scans \
             UNION SELECT sha256 FROM media_files) f WHERE sha256 > $1 ORDER BY sha256 LIMIT 500",
        )
        .bind(&after)
        .all(db)
        .await?;
        let Some(last) = names.last() else {
            return Ok(found);
        };
        after = last.get("sha256")?;
        for row in &names {
            found.extend(original(blobs, &row.get::<String>("sha256")?, quick).await?);
        }
    }
}

async fn original(blobs: &Blobs, name: &str, quick: bool) -> anyhow::Result<Option<String>> {
    let there = if quick {
        blobs.exists(name).await
    } else {
        blobs.get(name).await.map(|bytes| bytes.is_some())
    };
    match there {
        Ok(true) => Ok(None),
        Ok(false) => Ok(Some(format!("Thiếu tệp gốc {name}."))),
        Err(BlobError::Altered(_)) => Ok(Some(format!("Tệp gốc {name} đã bị thay đổi."))),
        Err(error) => Err(error.into()),
    }
}

/// The search index of this node, where it has one.
async fn index(config: &Config, db: &Db) -> Option<String> {
    let folder = config.index_folder();
    if !folder.exists() {
        return None;
    }
    let checked = match search::Index::open(&folder) {
        Ok(index) => index.check(db).await,
        Err(error) => Err(error),
    };
    match checked {
        // A running server, or the next start, catches up by itself.
        Ok(_behind) => None,
        Err(error) => Some(format!(
            "Chỉ mục tìm kiếm có lỗi ({error}); lần chạy tới sẽ lập lại."
        )),
    }
}
