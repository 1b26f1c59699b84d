//! Files whose letters are a picture: kept, and queued for the recogniser.

use db::Tx;
use legal::model::{ActText, Claim, Metadata, Part};

use super::read::{ReadFile, short};
use super::{ImportError, READER, Refused};
use crate::model::ScanState;
use crate::store::{self, Put, PutOutcome, PutResult, ScanPut, act_put};

/// Where the number of a file without letters comes from, as a claim says it.
pub(crate) const BY_NAME: &str = "tên tệp";

/// Whether a file was refused because its letters are a picture.
pub(super) fn is_scan(code: &str) -> bool {
    matches!(code, "scan" | "image")
}

/// Keeps a scan. What lists say of it or, failing that, its name tells which act it is an original
/// of; `None` where nothing does. A scan that was recognised stays what it is.
pub(super) async fn keep(tx: &mut Tx, file: &ReadFile) -> Result<Option<PutResult>, ImportError> {
    if let Some(known) = store::scan(&mut *tx, &file.sha256).await?
        && known.state == ScanState::Recognised
        && let (Some(act), Some(slug)) = (known.act, known.slug)
    {
        let outcome = PutOutcome::Unchanged;
        return Ok(Some(PutResult { act, slug, outcome }));
    }
    let metadata = metadata(short(&file.name), &file.claims);
    let written = if metadata.number.is_some() || metadata.title.is_some() {
        let text = bare(metadata);
        Some(act_put(tx, &put(file, &text)).await?)
    } else {
        None
    };
    let scan = ScanPut {
        sha256: &file.sha256,
        file_name: short(&file.name),
        format: file.format,
        media_type: file.media_type,
        size: file.size,
        claims: &file.claims,
        act: written.as_ref().map(|written| written.act),
    };
    store::scan_put(tx, &scan).await?;
    Ok(written)
}

/// The sentence for a scan that nobody can assign yet.
pub(super) fn unidentified(refused: Refused) -> Refused {
    Refused {
        message: "Tệp là bản quét, đã lưu và chờ nhận dạng chữ; chưa rõ là văn bản nào. Hãy đặt tên tệp theo số, ký hiệu văn bản (ví dụ 78-2025-ND-CP.pdf) nếu biết.".to_owned(),
        ..refused
    }
}

fn metadata(name: &str, claims: &[Claim]) -> Metadata {
    let mut metadata = Metadata::default();
    legal::metadata::supplement(&mut metadata, claims.to_vec());
    if metadata.number.is_none()
        && let Some(number) = legal::number::in_file_name(name)
    {
        let claim = Claim {
            field: "number".to_owned(),
            value: number,
            source: BY_NAME.to_owned(),
            seen: None,
        };
        legal::metadata::supplement(&mut metadata, vec![claim]);
    }
    metadata
}

/// An act of which only metadata are known.
fn bare(metadata: Metadata) -> ActText {
    ActText {
        metadata,
        parts: vec![Part {
            id: "main".to_owned(),
            ..Part::default()
        }],
        ..ActText::default()
    }
}

fn put<'a>(file: &'a ReadFile, text: &'a ActText) -> Put<'a> {
    Put {
        text,
        has_text: false,
        sha256: &file.sha256,
        item: 0,
        file_name: short(&file.name),
        format: file.format,
        media_type: file.media_type,
        size: file.size,
        parser: READER,
        confidence: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_tell_before_names() {
        let claim = Claim {
            field: "number".into(),
            value: "74/2025/NĐ-CP".into(),
            source: "docs.jsonl".into(),
            seen: None,
        };
        let told = metadata("75-2025-nd-cp.pdf", &[claim]);
        assert_eq!(told.number.as_deref(), Some("74/2025/NĐ-CP"));
        let named = metadata("75-2025-nd-cp.pdf", &[]);
        assert_eq!(named.number.as_deref(), Some("75/2025/NĐ-CP"));
        assert_eq!(named.claims[0].source, BY_NAME);
        assert_eq!(metadata("scan0001.pdf", &[]), Metadata::default());
    }
}
