//! Scans → recognised texts: the queue is worked off one by one, in the background of the server
//! or by command. What a machine recognised is kept as such and never mixed with exact text.

use std::future::Future;
use std::time::Duration;

use bytes::Bytes;
use legal::model::{ActText, Finding};
use readers::{Outcome, Refusal};
use serde::Serialize;

use crate::import::{FileReader, ImportError, READER, Target};
use crate::model::Scan;
use crate::publish;
use crate::store::{self, LEASE, Put, act_put};

/// What was recognised in one file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recognised {
    /// The text, a paragraph a line.
    pub text: String,
    /// Pages.
    pub pages: u32,
    /// Mean trust in the letters, 0 to 100.
    pub confidence: u8,
}

/// Turns pictures of pages into letters.
pub trait Recogniser: Send + Sync {
    /// Name and version ("tesseract 5.3.0").
    fn maker(&self) -> &str;

    /// Recognises one file where it can do no harm. A refusal says why that failed, in Vietnamese.
    fn recognise(
        &self,
        media_type: &str,
        bytes: Bytes,
    ) -> impl Future<Output = Result<Recognised, Refusal>> + Send;
}

/// What became of one scan.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Done {
    /// Name of the file.
    pub file_name: String,
    /// Address of the act, where it has text now.
    pub slug: Option<String>,
    /// Pages recognised.
    pub pages: u32,
    /// Percent.
    pub confidence: Option<u8>,
    /// Why it failed; empty where it did not.
    pub message: String,
}

/// Takes the next scan of the queue and recognises it; `None` where nothing waits.
///
/// # Errors
/// Where database or store fail. Bad scans are no error.
pub async fn next<C: Recogniser, R: FileReader>(
    target: &Target,
    recogniser: &C,
    reader: &R,
) -> Result<Option<Done>, ImportError> {
    let Some(scan) = store::scan_take(&target.db).await? else {
        return Ok(None);
    };
    let bytes = target.blobs.get(&scan.sha256).await?;
    let recognised = match bytes {
        None => Err(Refusal::new("missing", "Không còn tệp gốc trong kho.")),
        Some(bytes) => held(target, &scan, recogniser.recognise(&scan.media_type, bytes)).await?,
    };
    let read = match recognised {
        Ok(recognised) => structured(reader, &scan, recognised).await,
        Err(refusal) => Err(refusal),
    };
    let done = Done {
        file_name: scan.file_name.clone(),
        slug: None,
        pages: 0,
        confidence: None,
        message: String::new(),
    };
    Ok(Some(match read {
        Err(refusal) => {
            store::scan_failed(&target.db, &scan, &refusal.message).await?;
            Done {
                message: refusal.message,
                ..done
            }
        }
        Ok((text, recognised)) => Done {
            slug: Some(keep(target, &scan, &text, &recognised, recogniser.maker()).await?),
            pages: recognised.pages,
            confidence: Some(recognised.confidence),
            ..done
        },
    }))
}

/// Waits for the work, and holds the scan meanwhile so that no other node takes it.
async fn held<T>(target: &Target, scan: &Scan, work: impl Future<Output = T>) -> db::Result<T> {
    let mut work = std::pin::pin!(work);
    let mut beat = tokio::time::interval(LEASE / 5);
    beat.tick().await;
    loop {
        tokio::select! {
            done = &mut work => return Ok(done),
            _ = beat.tick() => store::scan_hold(&target.db, &scan.sha256).await?,
        }
    }
}

/// The recognised text as an act. Its day of coming into force is left out: a misread digit
/// there would tell citizens that a law holds which does not.
async fn structured<R: FileReader>(
    reader: &R,
    scan: &Scan,
    recognised: Recognised,
) -> Result<(ActText, Recognised), Refusal> {
    let name = format!("{}.txt", scan.file_name);
    let bytes = Bytes::from(recognised.text.clone().into_bytes());
    let mut reading = reader.read(&name, bytes, scan.claims.clone()).await?;
    let (1, Some(item)) = (reading.items.len(), reading.items.pop()) else {
        return Err(Refusal::new(
            "no-act",
            "Chữ nhận dạng được không phải là một văn bản.",
        ));
    };
    let mut text = match item.outcome {
        Outcome::Act(text) | Outcome::MetadataOnly(text) => *text,
        Outcome::Refused(_) => {
            let why =
                "Không tìm thấy số ký hiệu, tên loại văn bản hoặc điều khoản nào trong chữ nhận dạng được.";
            return Err(Refusal::new("no-act", why));
        }
    };
    text.metadata.in_force = None;
    text.warnings.insert(
        0,
        Finding {
            code: "recognised".to_owned(),
            message: format!(
                "Văn bản do máy nhận dạng chữ từ bản quét, độ tin cậy {} %; cần đối chiếu với bản gốc.",
                recognised.confidence
            ),
            at: None,
        },
    );
    Ok((text, recognised))
}

/// Writes the text; returns the address of its act.
async fn keep(
    target: &Target,
    scan: &Scan,
    text: &ActText,
    recognised: &Recognised,
    maker: &str,
) -> Result<String, ImportError> {
    let parser = format!("{READER}, {maker}");
    let confidence = i64::from(recognised.confidence);
    let put = Put {
        text,
        has_text: true,
        sha256: &scan.sha256,
        item: 0,
        file_name: &scan.file_name,
        format: &scan.format,
        media_type: &scan.media_type,
        size: scan.size,
        parser: &parser,
        confidence: Some(confidence),
    };
    let mut tx = target.db.begin().await?;
    let written = act_put(&mut tx, &put).await?;
    store::scan_recognised(
        &mut tx,
        &scan.sha256,
        written.act,
        recognised.pages,
        confidence,
        maker,
    )
    .await?;
    tx.commit().await?;
    if let Some(site) = target.site.clone() {
        let finished = publish::finish(site.clone(), vec![written.slug.clone()]).await;
        let mut tx = target.db.begin().await?;
        finished.keep(&mut tx, &site).await?;
        tx.commit().await?;
    }
    Ok(written.slug)
}

/// Works the queue off for ever: `idle` between two looks at an empty one.
pub async fn follow<C: Recogniser, R: FileReader>(target: Target, recogniser: C, reader: R, idle: Duration) {
    loop {
        match next(&target, &recogniser, &reader).await {
            Ok(Some(done)) => tracing::info!(
                file = done.file_name,
                slug = done.slug,
                pages = done.pages,
                confidence = done.confidence,
                message = done.message,
                "scan"
            ),
            Ok(None) => tokio::time::sleep(idle).await,
            Err(error) => {
                tracing::warn!(%error, "scans wait");
                tokio::time::sleep(idle).await;
            }
        }
    }
}
