//! What recorders write beside sound and film (where, when, with what, by whom) does not go out. It is
//! overwritten in place, so that no offset in the file moves; a file that cannot be followed to its end
//! is refused, since nobody knows what it still says.

mod mp3;
mod mp4;
mod ogg;
mod webm;

use readers::Refusal;

/// The file without it; documents and pictures are not looked at here.
pub fn strip(extension: &str, bytes: &[u8]) -> Result<Vec<u8>, Refusal> {
    let mut kept = bytes.to_vec();
    let done = match extension {
        "mp3" => mp3::strip(&kept).map(|sound| sound.to_vec()),
        "m4a" | "mp4" => mp4::strip(&mut kept).map(|()| kept),
        "ogg" => ogg::strip(&mut kept).map(|()| kept),
        "webm" => webm::strip(&mut kept).map(|()| kept),
        _ => Ok(kept),
    };
    done.map_err(|why| match why {
        Wrong::Broken => {
            let why = "Tệp âm thanh hoặc video bị hỏng, bị cắt ngắn. Xin mở bằng phần mềm quen dùng, lưu lại rồi tải lên.";
            Refusal::new("broken", why)
        }
        Wrong::Telling => {
            let why = "Trong tệp có dữ liệu ghi kèm (như nơi quay) mà cổng không gỡ được. Xin xuất lại tệp bằng phần mềm dựng phim, chỉ gồm hình và tiếng (OGG: Vorbis hoặc Opus).";
            Refusal::new("telling", why)
        }
    })
}

/// Why a file cannot go out.
#[derive(Debug, PartialEq, Eq)]
enum Wrong {
    /// It cannot be followed to its end.
    Broken,
    /// It tells more than sound and picture, in a way that cannot be taken out.
    Telling,
}

/// Four bytes at a place, the highest first.
fn word(bytes: &[u8], at: usize) -> Result<u32, Wrong> {
    let four = bytes.get(at..at + 4).and_then(|four| four.try_into().ok());
    four.map(u32::from_be_bytes).ok_or(Wrong::Broken)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn anything_is_stripped_or_refused_and_nothing_panics() {
        // Each byte of small files of every format is turned over once.
        for (extension, file) in [
            ("mp3", mp3::tests::file()),
            ("mp4", mp4::tests::file()),
            ("ogg", ogg::tests::file()),
            ("webm", webm::tests::file()),
        ] {
            for at in 0..file.len() {
                for value in [0, 0xff, file[at] ^ 1] {
                    let mut wrong = file.clone();
                    wrong[at] = value;
                    let _ = strip(extension, &wrong);
                }
                let _ = strip(extension, &file[..at]);
            }
        }
    }
}
