//! Documents: nothing in them may run, and no bomb goes out.

use std::io::{Cursor, Read};

use memchr::memmem;
use readers::Refusal;
use readers::archive::Limits;
use zip::ZipArchive;

use crate::kind::{is_zip, office_mark};

fn refusal(code: &str, why: &str) -> Refusal {
    Refusal::new(code, why)
}

fn broken() -> Refusal {
    refusal(
        "broken",
        "Tệp bị hỏng hoặc bị cắt ngắn. Xin mở bằng phần mềm quen dùng, lưu lại rồi tải lên.",
    )
}

/// Checks a document; true where it has text that can be searched and read aloud.
pub fn check(extension: &str, bytes: &[u8]) -> Result<bool, Refusal> {
    if extension == "pdf" {
        return pdf(bytes);
    }
    if is_zip(extension) {
        return office(extension, bytes).map(|()| true);
    }
    Ok(true)
}

fn pdf(bytes: &[u8]) -> Result<bool, Refusal> {
    let tail = &bytes[bytes.len().saturating_sub(1_024)..];
    if memmem::find(tail, b"%%EOF").is_none() {
        return Err(broken());
    }
    let look = readers::look_at_pdf(bytes)?;
    if look.acts {
        let why = "Tệp PDF có mã chạy được hoặc tệp đính kèm. Xin in lại thành PDF thường rồi tải lên.";
        return Err(refusal("active", why));
    }
    Ok(look.has_text)
}

fn office(extension: &str, bytes: &[u8]) -> Result<(), Refusal> {
    let limits = Limits::default();
    let bomb = || {
        refusal(
            "bomb",
            "Tệp giải nén ra quá lớn nên không nhận. Xin kiểm tra nguồn gốc của tệp.",
        )
    };
    let end = memmem::rfind(bytes, b"PK\x05\x06").ok_or_else(broken)?;
    let comment = bytes.get(end + 20..end + 22).ok_or_else(broken)?;
    if end + 22 + usize::from(comment[0]) + usize::from(comment[1]) * 256 != bytes.len() {
        return Err(refusal(
            "polyglot",
            "Sau phần cuối của tệp còn dữ liệu khác nên không nhận.",
        ));
    }
    let mut zip = ZipArchive::new(Cursor::new(bytes)).map_err(|_| broken())?;
    if zip.len() > limits.entries {
        return Err(bomb());
    }
    let (mut size, mut marked) = (0_u64, false);
    for at in 0..zip.len() {
        let mut entry = zip.by_index(at).map_err(|_| broken())?;
        let name = entry.name().map_err(|_| broken())?.to_ascii_lowercase();
        size = size.saturating_add(entry.size());
        if size > limits.bytes || size > (bytes.len() as u64).saturating_mul(limits.ratio) {
            return Err(bomb());
        }
        if name.ends_with("vbaproject.bin") || name.contains("activex") || name.starts_with("basic/") {
            let why = "Tệp có macro. Xin lưu lại dạng không có macro (.docx, .xlsx, .pptx) rồi tải lên.";
            return Err(refusal("macro", why));
        }
        if name.contains("..") || name.starts_with('/') || name.contains('\\') {
            return Err(refusal("names", "Trong tệp có tên đường dẫn lạ nên không nhận."));
        }
        let listed = name == "[content_types].xml" || name == "mimetype";
        if listed || name.ends_with("settings.xml.rels") {
            let mut text = Vec::new();
            entry
                .by_ref()
                .take(1 << 20)
                .read_to_end(&mut text)
                .map_err(|_| broken())?;
            marked |= listed && memmem::find(&text, office_mark(extension).as_bytes()).is_some();
            if !listed
                && memmem::find(&text, b"attachedTemplate").is_some()
                && memmem::find(&text, b"External").is_some()
            {
                let why = "Tệp gọi một mẫu ở nơi khác mỗi lần mở. Xin gỡ mẫu đính kèm (Developer › Document Template) rồi tải lên.";
                return Err(refusal("template", why));
            }
        }
    }
    if marked {
        Ok(())
    } else {
        Err(refusal(
            "wrong-name",
            "Nội dung tệp không phải định dạng như tên tệp nói.",
        ))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;
    use zip::write::{SimpleFileOptions, ZipWriter};

    fn docx(files: &[(&str, &str)]) -> Vec<u8> {
        let mut out = Cursor::new(Vec::new());
        let mut zip = ZipWriter::new(&mut out);
        let types = format!(
            "<Types><Override PartName='/word/document.xml' ContentType='{}.main+xml'/></Types>",
            format_args!(
                "application/vnd.openxmlformats-officedocument.{}",
                office_mark("docx")
            )
        );
        for (name, text) in [
            ("[Content_Types].xml", types.as_str()),
            ("word/document.xml", "<x/>"),
        ]
        .iter()
        .chain(files)
        {
            zip.start_file(*name, SimpleFileOptions::default())
                .expect("begun");
            zip.write_all(text.as_bytes()).expect("written");
        }
        zip.finish().expect("finished");
        out.into_inner()
    }

    #[test]
    fn office_files_without_anything_that_runs_are_taken() {
        assert_eq!(check("docx", &docx(&[])), Ok(true));
        let zeros = "0".repeat(20 << 20);
        for (files, why) in [
            (&[("word/vbaProject.bin", "x")][..], "macro"),
            (
                &[(
                    "word/_rels/settings.xml.rels",
                    "<R Type='…/attachedTemplate' TargetMode='External'/>",
                )],
                "template",
            ),
            (&[("../../x", "x")], "names"),
            (&[("word/media/a.bin", zeros.as_str())], "bomb"),
        ] {
            assert_eq!(
                check("docx", &docx(files)).map_err(|refused| refused.code),
                Err(why.to_owned())
            );
        }
        assert_eq!(
            check("xlsx", &docx(&[])).map_err(|why| why.code),
            Err("wrong-name".to_owned())
        );
        let mut more = docx(&[]);
        more.extend(b"<script>");
        assert_eq!(
            check("docx", &more).map_err(|why| why.code),
            Err("polyglot".to_owned())
        );
        assert!(check("docx", b"PK\x03\x04").is_err());
    }

    /// A PDF of one page with a content stream and something in its catalogue.
    fn pdf_with(content: &str, catalogue: &str) -> Vec<u8> {
        format!(
            "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R{catalogue}>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n\
             3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>endobj\n\
             4 0 obj<</Length {}>>stream\n{content}\nendstream endobj\n5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>endobj\n\
             trailer<</Root 1 0 R/Size 6>>\n%%EOF\n",
            content.len()
        )
        .into_bytes()
    }

    #[test]
    fn pdf_files_that_act_are_refused_and_scans_are_known() {
        let text = format!(
            "BT /F 9 Tf 5 100 Td ({}) Tj ET",
            "Thong bao ve viec dang ky khai sinh ".repeat(3)
        );
        assert_eq!(check("pdf", &pdf_with(&text, "")), Ok(true));
        assert_eq!(check("pdf", &pdf_with("0 0 m 9 9 l S", "")), Ok(false));
        for acts in [
            "/OpenAction<</S/JavaScript/JS(app.alert\\(1\\))>>",
            "/AA<</O<</S/Launch/F(cmd.exe)>>>>",
            "/Names<</EmbeddedFiles<</Names[(a) 5 0 R]>>>>",
        ] {
            let refused = check("pdf", &pdf_with(&text, acts)).expect_err(acts);
            assert_eq!(refused.code, "active", "{acts}");
        }
        assert!(check("pdf", b"%PDF-1.4 %%EOF").is_err());
    }
}
