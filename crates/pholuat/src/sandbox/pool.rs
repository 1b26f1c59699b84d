//! The program's side: a few workers, replaced when they die, hang or have worked enough.

use std::ffi::OsString;
use std::io;
use std::path::PathBuf;
use std::process::Stdio;
use std::sync::Mutex;
use std::time::Duration;

use acts::import::{FileReader, Unpacked};
use bytes::Bytes;
use futures::future::BoxFuture;
use legal::model::Claim;
use media::Taken;
use posts::Workshop;
use readers::{Reading, Refusal, Sidecar};
use tokio::process::{Child, ChildStdin, ChildStdout, Command};
use tokio::sync::{Semaphore, mpsc};
use tokio::time::timeout;

use super::frame::{self, Reply, Request};

/// Files that one worker reads before a fresh one takes its place.
const FILES_PER_WORKER: u32 = 500;

/// The allocator of a worker takes no memory ahead and keeps none back: what it merely reserves counts
/// against the limit of the worker as well.
const HEAP: &str = "narenas:1,retain:false,dirty_decay_ms:0,muzzy_decay_ms:0";

/// What workers may use.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Workers at once.
    pub workers: u32,
    /// Megabytes of memory each.
    pub memory_mb: u32,
    /// Time for one file.
    pub time: Duration,
}

/// The workers. Files are read in any of them; each failure is told as a refusal of that file.
#[derive(Debug)]
pub struct ReaderPool {
    program: PathBuf,
    arguments: Vec<OsString>,
    limits: Limits,
    places: Semaphore,
    idle: Mutex<Vec<Worker>>,
}

#[derive(Debug)]
struct Worker {
    child: Child,
    input: ChildStdin,
    output: ChildStdout,
    files: u32,
}

impl Worker {
    /// Without input a worker ends by itself.
    async fn end(self) {
        let Self { mut child, input, .. } = self;
        drop(input);
        if let Err(error) = child.wait().await {
            tracing::debug!(%error, "a worker could not be waited for");
        }
    }
}

/// Why a worker did not answer.
#[derive(Debug)]
enum Failure {
    Hung,
    Died(io::Error),
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self::Died(error)
    }
}

impl ReaderPool {
    /// Workers of this very program.
    ///
    /// # Errors
    /// Where the system does not tell the program's place.
    pub fn new(limits: Limits) -> io::Result<Self> {
        let memory = limits.memory_mb.to_string();
        let arguments = ["parse-worker".to_owned(), "--memory-mb".to_owned(), memory];
        Ok(Self::of(
            std::env::current_exe()?,
            arguments.map(OsString::from).into(),
            limits,
        ))
    }

    fn of(program: PathBuf, arguments: Vec<OsString>, limits: Limits) -> Self {
        let places = Semaphore::new(limits.workers as usize);
        Self {
            program,
            arguments,
            limits,
            places,
            idle: Mutex::default(),
        }
    }

    fn take(&self) -> io::Result<Worker> {
        let idle = self.idle.lock().ok().and_then(|mut idle| idle.pop());
        idle.map_or_else(|| self.start(), Ok)
    }

    fn start(&self) -> io::Result<Worker> {
        let mut child = Command::new(&self.program)
            .args(&self.arguments)
            .env_clear()
            .env("MALLOC_CONF", HEAP)
            .current_dir("/")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .kill_on_drop(true)
            .spawn()?;
        let (Some(input), Some(output)) = (child.stdin.take(), child.stdout.take()) else {
            return Err(io::ErrorKind::BrokenPipe.into());
        };
        Ok(Worker {
            child,
            input,
            output,
            files: 0,
        })
    }

    fn give_back(&self, worker: Worker) {
        if worker.files >= FILES_PER_WORKER {
            tokio::spawn(worker.end());
        } else if let Ok(mut idle) = self.idle.lock() {
            idle.push(worker);
        }
    }

    /// Ends the workers that wait for files.
    pub async fn stop(&self) {
        let idle = self.idle.lock().map(|mut idle| std::mem::take(&mut *idle));
        for worker in idle.unwrap_or_default() {
            worker.end().await;
        }
    }

    /// One request, one reply, within the time for one file.
    async fn ask(
        &self,
        worker: &mut Worker,
        request: &Request,
        bytes: &[u8],
    ) -> Result<(Reply, Vec<u8>), Failure> {
        let answer = async {
            frame::send(&mut worker.input, request, bytes).await?;
            frame::receive(&mut worker.output).await
        };
        Ok(timeout(self.limits.time, answer)
            .await
            .map_err(|_| Failure::Hung)??)
    }

    async fn ask_to_read(
        &self,
        worker: &mut Worker,
        name: &str,
        bytes: &[u8],
        claims: Vec<Claim>,
    ) -> Result<Reading, Failure> {
        let request = Request::Read {
            name: name.to_owned(),
            claims,
        };
        match self.ask(worker, &request, bytes).await? {
            (Reply::Reading, body) => Ok(serde_json::from_slice(&body).map_err(io::Error::from)?),
            _ => Err(io::Error::from(io::ErrorKind::InvalidData).into()),
        }
    }

    async fn ask_for_lists(
        &self,
        worker: &mut Worker,
        name: &str,
        bytes: &[u8],
    ) -> Result<Result<Sidecar, Refusal>, Failure> {
        let request = Request::Lists {
            name: name.to_owned(),
        };
        match self.ask(worker, &request, bytes).await? {
            (Reply::Lists { refusal: None }, body) => {
                Ok(Ok(serde_json::from_slice(&body).map_err(io::Error::from)?))
            }
            (
                Reply::Lists {
                    refusal: Some(refusal),
                },
                _,
            ) => Ok(Err(refusal)),
            _ => Err(io::Error::from(io::ErrorKind::InvalidData).into()),
        }
    }

    async fn ask_to_unpack(
        &self,
        worker: &mut Worker,
        name: &str,
        bytes: &[u8],
        files: &mpsc::Sender<Unpacked>,
    ) -> Result<Option<Refusal>, Failure> {
        let request = Request::Unpack {
            name: name.to_owned(),
        };
        let sent = timeout(self.limits.time, frame::send(&mut worker.input, &request, bytes));
        sent.await.map_err(|_| Failure::Hung)??;
        loop {
            // The limit counts anew for each file: only the worker's time counts, not the taker's.
            let next = timeout(self.limits.time, frame::receive(&mut worker.output));
            match next.await.map_err(|_| Failure::Hung)?? {
                (Reply::File { name }, body) => {
                    let file = Unpacked {
                        name,
                        bytes: Bytes::from(body),
                    };
                    if files.send(file).await.is_err() {
                        return Err(io::Error::from(io::ErrorKind::BrokenPipe).into());
                    }
                }
                (Reply::End { refusal }, _) => return Ok(refusal),
                (Reply::Reading | Reply::Lists { .. } | Reply::Taken { .. } | Reply::Page { .. }, _) => {
                    return Err(io::Error::from(io::ErrorKind::InvalidData).into());
                }
            }
        }
    }

    async fn refusal(&self, mut worker: Worker, failure: Failure) -> Refusal {
        let _ = worker.child.kill().await;
        match failure {
            Failure::Hung => Refusal::new(
                "timeout",
                format!("Đọc tệp quá {} giây nên đã dừng.", self.limits.time.as_secs()),
            ),
            Failure::Died(error) => {
                tracing::debug!(%error, "a file cost its worker");
                let memory = self.limits.memory_mb;
                let why =
                    format!("Tệp hỏng hoặc cần quá nhiều bộ nhớ (giới hạn {memory} MB) nên không đọc được.");
                Refusal::new("crashed", why)
            }
        }
    }
}

fn no_worker(error: &io::Error) -> Refusal {
    Refusal::new(
        "no-worker",
        format!("Không khởi động được tiến trình đọc tệp: {error}."),
    )
}

impl FileReader for ReaderPool {
    async fn read(&self, name: &str, bytes: Bytes, claims: Vec<Claim>) -> Result<Reading, Refusal> {
        let _place = self
            .places
            .acquire()
            .await
            .map_err(|_| no_worker(&io::ErrorKind::Other.into()))?;
        let mut worker = self.take().map_err(|error| no_worker(&error))?;
        match self.ask_to_read(&mut worker, name, &bytes, claims).await {
            Ok(reading) => {
                worker.files += 1;
                self.give_back(worker);
                Ok(reading)
            }
            Err(failure) => Err(self.refusal(worker, failure).await),
        }
    }

    async fn lists(&self, name: &str, bytes: Bytes) -> Result<Sidecar, Refusal> {
        let mut worker = self.start().map_err(|error| no_worker(&error))?;
        match self.ask_for_lists(&mut worker, name, &bytes).await {
            Ok(lists) => lists,
            Err(failure) => Err(self.refusal(worker, failure).await),
        }
    }

    async fn unpack(&self, name: &str, bytes: Bytes, files: mpsc::Sender<Unpacked>) -> Result<(), Refusal> {
        // A worker of its own: it waits for its files to be taken, the others read them.
        let mut worker = self.start().map_err(|error| no_worker(&error))?;
        match self.ask_to_unpack(&mut worker, name, &bytes, &files).await {
            Ok(refusal) => refusal.map_or(Ok(()), Err),
            Err(failure) => Err(self.refusal(worker, failure).await),
        }
    }
}

impl ReaderPool {
    /// One request in a worker of its own, ended at once: large pictures leave large heaps.
    async fn once(&self, request: Request, bytes: &[u8]) -> Result<(Reply, Vec<u8>), Refusal> {
        let _place = self
            .places
            .acquire()
            .await
            .map_err(|_| no_worker(&io::ErrorKind::Other.into()))?;
        let mut worker = self.start().map_err(|error| no_worker(&error))?;
        match self.ask(&mut worker, &request, bytes).await {
            Ok(answer) => {
                tokio::spawn(worker.end());
                Ok(answer)
            }
            Err(failure) => Err(self.refusal(worker, failure).await),
        }
    }
}

fn unlike() -> Refusal {
    no_worker(&io::ErrorKind::InvalidData.into())
}

/// Gives files their bytes back, which came one after another.
fn part<'a>(
    files: impl Iterator<Item = &'a mut media::Made>,
    sizes: Vec<usize>,
    body: &[u8],
) -> Result<(), Refusal> {
    let mut rest = body;
    for (file, size) in files.zip(sizes) {
        let (own, after) = rest.split_at_checked(size).ok_or_else(unlike)?;
        (file.bytes, rest) = (own.to_vec(), after);
    }
    Ok(())
}

impl Workshop for ReaderPool {
    fn take(&self, name: String, bytes: Bytes) -> BoxFuture<'_, Result<Taken, Refusal>> {
        Box::pin(async move {
            let (reply, body) = self.once(Request::Take { name }, &bytes).await?;
            let Reply::Taken { taken, sizes } = reply else {
                return Err(unlike());
            };
            let mut taken = taken?;
            part(taken.files.iter_mut(), sizes, &body)?;
            Ok(taken)
        })
    }

    fn word(&self, bytes: Bytes) -> BoxFuture<'_, Result<media::Page, Refusal>> {
        Box::pin(async move {
            let (reply, body) = self.once(Request::Word, &bytes).await?;
            let Reply::Page { page, sizes } = reply else {
                return Err(unlike());
            };
            let mut page = page?;
            let pictures = page.pictures.iter_mut().flatten();
            part(pictures.flat_map(|taken| &mut taken.files), sizes, &body)?;
            Ok(page)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Workers that are shell scripts, to see how the pool treats bad ones.
    fn pool(script: &str) -> ReaderPool {
        let limits = Limits {
            workers: 2,
            memory_mb: 64,
            time: Duration::from_millis(400),
        };
        ReaderPool::of("/bin/sh".into(), vec!["-c".into(), script.into()], limits)
    }

    async fn code(script: &str) -> String {
        let refusal = pool(script)
            .read("x", Bytes::from_static(b"abc"), Vec::new())
            .await
            .expect_err("refused");
        refusal.code
    }

    #[tokio::test]
    async fn a_worker_that_hangs_is_ended_and_costs_only_its_file() {
        assert_eq!(code("exec sleep 600").await, "timeout");
    }

    #[tokio::test]
    async fn a_worker_that_dies_or_lies_costs_only_its_file() {
        assert_eq!(code("exit 3").await, "crashed");
        assert_eq!(code("kill -SEGV $$").await, "crashed");
        assert_eq!(code("printf '\\377\\377\\377\\377garbage'").await, "crashed");
        assert_eq!(code("exec yes").await, "crashed");
    }

    #[tokio::test]
    async fn after_a_failure_the_next_file_gets_a_fresh_worker() {
        let pool = pool("exit 1");
        for _ in 0..5 {
            let refusal = pool
                .read("x", Bytes::new(), Vec::new())
                .await
                .expect_err("refused");
            assert_eq!(refusal.code, "crashed");
        }
        assert!(pool.idle.lock().expect("idle").is_empty());
        assert_eq!(pool.places.available_permits(), 2);
    }
}
