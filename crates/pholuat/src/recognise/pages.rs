//! The pages of a PDF as pictures, one after another from one confined program.

use std::io;

use bytes::Bytes;
use readers::Refusal;
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::process::ChildStdout;
use tokio::time::timeout;

use super::layout::Leaf;
use super::{Tesseract, broken, too_slow};

/// Dots of the longer side of a page: A4 at 300 an inch. Pages of any size cost the same.
const SIDE: usize = 3508;

impl Tesseract {
    /// Every page of a PDF → its lines.
    pub(super) async fn pdf(&self, bytes: Bytes) -> Result<Vec<Leaf>, Refusal> {
        let side = SIDE.to_string();
        let last = (self.limits.pages + 1).to_string();
        let arguments = ["-gray", "-scale-to", &side, "-l", &last, "-"];
        let seconds = self.limits.page_time.as_secs() * u64::from(self.limits.pages);
        let mut child = self
            .confined(&self.pdftoppm, seconds, &arguments)
            .map_err(|error| broken(&error))?;
        let (Some(mut input), Some(output)) = (child.stdin.take(), child.stdout.take()) else {
            return Err(broken(&io::ErrorKind::BrokenPipe.into()));
        };
        let feeding = tokio::spawn(async move {
            // A program that stops reading gives no more pages: seen below.
            let _ = input.write_all(&bytes).await;
        });
        let leaves = self.leaves(BufReader::new(output)).await;
        feeding.abort();
        // Ends a program that still draws.
        let _ = child.kill().await;
        let leaves = leaves?;
        if leaves.is_empty() {
            let why = "Không vẽ được trang nào của tệp PDF: tệp hỏng hoặc được đặt mật khẩu.";
            return Err(Refusal::new("pdf", why));
        }
        Ok(leaves)
    }

    async fn leaves(&self, mut drawn: BufReader<ChildStdout>) -> Result<Vec<Leaf>, Refusal> {
        let mut leaves = Vec::new();
        loop {
            let picture = timeout(self.limits.page_time, picture(&mut drawn)).await;
            let picture = picture.map_err(|_| too_slow())?.map_err(|error| broken(&error))?;
            let Some(picture) = picture else { return Ok(leaves) };
            if leaves.len() >= self.limits.pages as usize {
                let why = format!(
                    "Bản quét dài hơn {} trang nên không được nhận dạng; hãy tách nhỏ tệp.",
                    self.limits.pages
                );
                return Err(Refusal::new("too-long", why));
            }
            leaves.push(self.page(&picture).await?);
        }
    }
}

/// The next picture of the stream, as a grey map (PGM); `None` at its end.
async fn picture(drawn: &mut BufReader<ChildStdout>) -> io::Result<Option<Vec<u8>>> {
    let mut head = Vec::new();
    for _ in 0..3 {
        let line = (&mut *drawn).take(64).read_until(b'\n', &mut head).await?;
        if line == 0 && head.is_empty() {
            return Ok(None);
        }
    }
    let size = size(&head).ok_or(io::ErrorKind::InvalidData)?;
    let start = head.len();
    head.resize(start + size, 0);
    drawn.read_exact(&mut head[start..]).await?;
    Ok(Some(head))
}

/// Bytes of the picture that this head announces: `P5`, width and height, 255.
fn size(head: &[u8]) -> Option<usize> {
    let head = std::str::from_utf8(head).ok()?;
    let mut words = head.split_ascii_whitespace();
    let side = |word: Option<&str>| word?.parse().ok().filter(|side| (1..=SIDE).contains(side));
    if words.next() != Some("P5") {
        return None;
    }
    let (width, height) = (side(words.next())?, side(words.next())?);
    (words.next() == Some("255")).then_some(width * height)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_pictures_as_asked_for_are_taken() {
        assert_eq!(size(b"P5\n20 10\n255\n"), Some(200));
        for bad in [
            &b"P6\n20 10\n255\n"[..],
            b"P5\n0 10\n255\n",
            b"P5\n99999 10\n255\n",
            b"P5\n20 10\n65535\n",
            b"P5\n20\n255\n",
            b"\xff",
            b"",
        ] {
            assert_eq!(size(bad), None);
        }
    }
}
