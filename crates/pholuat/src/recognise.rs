//! Recognising the letters of scans with Tesseract and Poppler, two Debian packages: pages are
//! drawn, then read. Both programs run confined, one page at a time.

mod layout;
mod pages;

use std::ffi::OsString;
use std::io;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use acts::recognise::{Recognised, Recogniser};
use bytes::Bytes;
use readers::Refusal;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::process::{Child, Command};
use tokio::time::timeout;

use layout::Leaf;

/// The language model that must be installed.
const MODEL: &str = "vie";
/// Dots an inch that pages are drawn with and pictures are taken to have.
const DPI: &str = "300";
/// Longest answer of Tesseract about one page.
const ANSWER: u64 = 16 << 20;
/// What the operator is told where something lacks.
pub const LACKING: &str = "Máy này chưa cài bộ nhận dạng chữ. Trên Debian: apt-get install tesseract-ocr tesseract-ocr-vie poppler-utils";

/// What one file may cost.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Megabytes of memory of each program.
    pub memory_mb: u32,
    /// Time for one page.
    pub page_time: Duration,
    /// Pages of a file.
    pub pages: u32,
}

/// Tesseract and Poppler as they are installed here.
#[derive(Clone, Debug)]
pub struct Tesseract {
    own: PathBuf,
    tesseract: PathBuf,
    pdftoppm: PathBuf,
    maker: String,
    limits: Limits,
}

impl Tesseract {
    /// `None` where a program or the Vietnamese model lacks.
    pub fn find(limits: Limits) -> Option<Self> {
        let tesseract = program("tesseract")?;
        let said = |argument: &str| {
            let output = std::process::Command::new(&tesseract)
                .arg(argument)
                .output()
                .ok()?;
            Some(
                String::from_utf8_lossy(&output.stdout).into_owned()
                    + &String::from_utf8_lossy(&output.stderr),
            )
        };
        let models = said("--list-langs")?;
        models.lines().find(|line| line.trim() == MODEL)?;
        let version = said("--version")?.lines().next()?.trim().to_owned();
        Some(Self {
            own: std::env::current_exe().ok()?,
            pdftoppm: program("pdftoppm")?,
            tesseract,
            maker: version,
            limits,
        })
    }

    /// A program confined to pipes, memory and `seconds` of computing.
    fn confined(&self, program: &Path, seconds: u64, arguments: &[&str]) -> io::Result<Child> {
        Command::new(&self.own)
            .arg("confine")
            .args(["--memory-mb", &self.limits.memory_mb.to_string()])
            .args(["--cpu-seconds", &seconds.to_string()])
            .arg("--")
            .arg(program)
            .args(arguments)
            .env_clear()
            .env("LC_ALL", "C.UTF-8")
            // One thread: more are refused, and the portal needs the other cores.
            .env("OMP_THREAD_LIMIT", "1")
            .envs(std::env::var_os("TESSDATA_PREFIX").map(|folder| ("TESSDATA_PREFIX", folder)))
            .current_dir("/")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .kill_on_drop(true)
            .spawn()
    }

    /// One page or picture → its lines.
    async fn page(&self, picture: &[u8]) -> Result<Leaf, Refusal> {
        let seconds = self.limits.page_time.as_secs();
        let arguments = ["-", "-", "-l", MODEL, "--dpi", DPI, "tsv"];
        let mut child = self
            .confined(&self.tesseract, seconds, &arguments)
            .map_err(|error| broken(&error))?;
        let (Some(mut input), Some(output)) = (child.stdin.take(), child.stdout.take()) else {
            return Err(broken(&io::ErrorKind::BrokenPipe.into()));
        };
        let talk = async {
            let write = async {
                // A program that stops reading has said why by its answer.
                let _ = input.write_all(picture).await;
                drop(input);
            };
            let mut answer = String::new();
            let mut output = output.take(ANSWER);
            let (_, read) = tokio::join!(write, output.read_to_string(&mut answer));
            read?;
            Ok::<_, io::Error>((child.wait().await?, answer))
        };
        let talked = timeout(self.limits.page_time, talk).await;
        let (status, answer) = talked.map_err(|_| too_slow())?.map_err(|error| broken(&error))?;
        if status.success() {
            Ok(Leaf::of_tsv(&answer))
        } else {
            Err(Refusal::new(
                "picture",
                "Hình ảnh hỏng hoặc quá lớn nên không nhận dạng được.",
            ))
        }
    }
}

impl Recogniser for Tesseract {
    fn maker(&self) -> &str {
        &self.maker
    }

    async fn recognise(&self, media_type: &str, bytes: Bytes) -> Result<Recognised, Refusal> {
        let leaves = if media_type == "application/pdf" {
            self.pdf(bytes).await?
        } else {
            vec![self.page(&bytes).await?]
        };
        let confidence = layout::confidence(&leaves);
        let Some(confidence) = confidence else {
            return Err(Refusal::new(
                "no-letters",
                "Không nhận dạng được chữ nào trong bản quét.",
            ));
        };
        Ok(Recognised {
            pages: u32::try_from(leaves.len()).unwrap_or(u32::MAX),
            text: layout::text(leaves),
            confidence,
        })
    }
}

/// A program of the path.
fn program(name: &str) -> Option<PathBuf> {
    let path: OsString = std::env::var_os("PATH")?;
    std::env::split_paths(&path)
        .map(|folder| folder.join(name))
        .find(|file| file.is_file())
}

fn too_slow() -> Refusal {
    Refusal::new("timeout", "Nhận dạng một trang quá lâu nên đã dừng.")
}

fn broken(error: &io::Error) -> Refusal {
    Refusal::new(
        "recogniser",
        format!("Không chạy được bộ nhận dạng chữ: {error}."),
    )
}
