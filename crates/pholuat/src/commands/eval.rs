//! `pholuat eval`: how well the search finds and how well amendments are applied, measured with
//! the code of the site.

use std::fs::File;
use std::io::{BufRead, BufReader, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Instant;

use anyhow::{Context, Result};
use search::eval::{Book, Lessons, Outcome, Question, questions};

mod consolidation;
mod queries;

/// Arguments of `pholuat eval`.
#[derive(clap::Args, Debug)]
pub struct Arguments {
    #[command(subcommand)]
    what: What,
}

#[derive(clap::Subcommand, Debug)]
enum What {
    /// Lập chỉ mục một kho điều luật, hỏi các câu hỏi, ghi kết quả theo dạng TREC và in các chỉ số
    Retrieval(Retrieval),
    /// Chạy bảng “câu tìm → văn bản hoặc điều phải đứng đầu” trên chỉ mục của thư mục dữ liệu
    Queries(queries::Arguments),
    /// Áp dụng các văn bản sửa đổi vào văn bản gốc và so với văn bản hợp nhất chính thức
    Consolidation(consolidation::Arguments),
}

#[derive(clap::Args, Clone, Debug)]
struct Retrieval {
    /// Kho điều luật: mỗi dòng một JSON có id, law_no, law_name, article, title, text
    #[arg(long)]
    corpus: PathBuf,
    /// Câu hỏi: mỗi dòng một JSON có qid, set, text, gold
    #[arg(long)]
    queries: PathBuf,
    /// Tệp ghi kết quả (TREC)
    #[arg(long)]
    run: PathBuf,
    /// Bỏ hết dấu của câu hỏi trước khi tìm
    #[arg(long)]
    strip_marks: bool,
    /// Ghi thêm các tín hiệu của từng điều, để học trọng số
    #[arg(long)]
    signals: Option<PathBuf>,
    /// Khi ghi tín hiệu: từ để hỏi có trọng số như mọi từ khác
    #[arg(long, requires = "signals")]
    bare: bool,
    /// Ghi bảng từ để hỏi học được từ các câu hỏi
    #[arg(long)]
    learn_words: Option<PathBuf>,
}

/// Runs an evaluation and prints its figures.
///
/// # Errors
/// A file cannot be read or written, or has another shape.
pub async fn run(config: &crate::config::Config, args: &Arguments) -> Result<ExitCode> {
    match &args.what {
        What::Retrieval(args) => {
            let args = args.clone();
            tokio::task::spawn_blocking(move || retrieval(&args)).await??;
            Ok(ExitCode::SUCCESS)
        }
        What::Queries(args) => queries::run(config, args).await,
        What::Consolidation(args) => consolidation::run(config, args).await,
    }
}

fn retrieval(args: &Retrieval) -> Result<()> {
    let folder = tempfile::tempdir().context("không tạo được thư mục tạm")?;
    let wrong = |path: &Path| format!("{} không đúng dạng", path.display());
    let asked = questions(open(&args.queries)?).with_context(|| wrong(&args.queries))?;
    let run = BufWriter::new(create(&args.run)?);
    let start = Instant::now();
    let mut book = Book::build(folder.path(), open(&args.corpus)?, Path::new(""))
        .with_context(|| wrong(&args.corpus))?;
    println!(
        "chỉ mục: {:.1} s, {:.1} MB",
        start.elapsed().as_secs_f64(),
        size(folder.path())? / 1e6
    );
    let outcome = book.run(&asked, args.strip_marks, run)?;
    print(&outcome);
    if args.signals.is_some() || args.learn_words.is_some() {
        learn(args, &mut book, &asked)?;
    }
    Ok(())
}

fn learn(args: &Retrieval, book: &mut Book, asked: &[Question]) -> Result<()> {
    let lessons = Lessons::read(asked, open(&args.corpus)?)?;
    if let Some(path) = &args.learn_words {
        create(path)?.write_all(lessons.words().as_bytes())?;
    }
    if let Some(path) = &args.signals {
        let mut out = BufWriter::new(create(path)?);
        book.signals(&lessons, args.bare, &mut out)?;
        out.flush()?;
    }
    Ok(())
}

/// First bytes of a zstd frame.
const ZSTD: [u8; 4] = [0x28, 0xb5, 0x2f, 0xfd];

/// A file as it is, or unpacked where it is a zstd file, whatever its name.
fn open(path: &Path) -> Result<Box<dyn BufRead>> {
    let failed = || format!("không đọc được {}", path.display());
    let mut file = BufReader::new(File::open(path).with_context(failed)?);
    if file.fill_buf().with_context(failed)?.starts_with(&ZSTD) {
        let unpacked = zstd::Decoder::with_buffer(file).with_context(failed)?;
        return Ok(Box::new(BufReader::new(unpacked)));
    }
    Ok(Box::new(file))
}

fn create(path: &Path) -> Result<File> {
    File::create(path).with_context(|| format!("không ghi được {}", path.display()))
}

#[expect(clippy::cast_precision_loss, reason = "printed in megabytes")]
fn size(folder: &Path) -> Result<f64> {
    let mut bytes = 0;
    for entry in std::fs::read_dir(folder)? {
        bytes += entry?.metadata()?.len();
    }
    Ok(bytes as f64)
}

fn print(outcome: &Outcome) {
    for (set, figures) in &outcome.figures {
        let [at1, at5, at10, at20] = figures.recall;
        println!(
            "{set} {} R@1={at1:.4} R@5={at5:.4} R@10={at10:.4} R@20={at20:.4} MRR@10={:.4} nDCG@10={:.4}",
            figures.questions, figures.mrr, figures.ndcg
        );
    }
    let ms = |share| outcome.within(share).as_secs_f64() * 1e3;
    println!(
        "thời gian mỗi câu: p50 {:.2} ms, p95 {:.2} ms, p99 {:.2} ms",
        ms(0.5),
        ms(0.95),
        ms(0.99)
    );
}

#[cfg(test)]
mod tests {
    use super::*;

    const CORPUS: &str = r#"{"id":"a|1","law_no":"45/2019/QH14","law_name":"Luật Đất đai","article":"1","title":"Đất","text":"Người sử dụng đất có quyền."}
{"id":"a|2","law_no":"45/2019/QH14","law_name":"Luật Đất đai","article":"2","title":"Nhà","text":"Chủ nhà có nghĩa vụ."}
"#;
    const QUESTIONS: &str = r#"{"qid":"1","set":"x","text":"ai có đất","gold":["a|1"]}
{"qid":"2","set":"x","text":"ai có quyền sử dụng đất","gold":["a|1"]}
{"qid":"3","set":"x","text":"ai có nhà","gold":["a|2"]}
{"qid":"4","set":"x","text":"ai có nghĩa vụ","gold":["a|2"]}
"#;

    /// A corpus packed with zstd, under any name, gives the same run, and words are learned from it.
    #[test]
    fn a_packed_corpus_is_read_and_question_words_are_written() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = |name: &str, bytes: &[u8]| {
            let path = folder.path().join(name);
            std::fs::write(&path, bytes).expect("a file");
            path
        };
        let packed = zstd::encode_all(CORPUS.as_bytes(), 3).expect("packed");
        let queries = file("queries.jsonl", QUESTIONS.as_bytes());
        let words = folder.path().join("words.tsv");
        let run = |corpus: PathBuf, name: &str| {
            let run = folder.path().join(name);
            let args = Retrieval {
                corpus,
                queries: queries.clone(),
                run: run.clone(),
                strip_marks: false,
                signals: None,
                bare: false,
                learn_words: Some(words.clone()),
            };
            retrieval(&args).expect("a run");
            std::fs::read_to_string(run).expect("a run")
        };
        let plain = run(file("corpus.jsonl", CORPUS.as_bytes()), "one");
        assert!(plain.starts_with("1 Q0 a|1 1 1 pholuat\n"), "{plain}");
        assert_eq!(plain, run(file("corpus.bin", &packed), "other"));
        let learned = std::fs::read_to_string(&words).expect("words");
        assert!(learned.lines().any(|row| row.starts_with("ai\t0.")), "{learned}");
        assert!(!learned.contains("đất\t"), "{learned}");

        let broken = file("broken.zst", &packed[..packed.len() / 2]);
        assert!(
            Book::build(
                &folder.path().join("i"),
                open(&broken).expect("a file"),
                Path::new("")
            )
            .is_err()
        );
    }
}
