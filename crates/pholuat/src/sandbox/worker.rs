//! The child process: gives everything up, then reads what it is sent.

use std::io::{self, BufReader, Write};
use std::process::ExitCode;

use super::frame::{self, Reply, Request};
use super::lockdown;

/// What `parse-worker --probe` found: each must be refused inside the sandbox.
#[derive(Debug, serde::Serialize)]
struct Probe {
    socket_refused: bool,
    file_refused: bool,
    program_refused: bool,
    thread_refused: bool,
    memory_refused: bool,
}

/// Runs until its input ends.
pub fn run(memory_mb: u32, probe: bool) -> ExitCode {
    if let Err(error) = lockdown::enter(u64::from(memory_mb) << 20) {
        eprintln!("parse-worker: {error}");
        return ExitCode::from(70);
    }
    let done = if probe { print_probe(memory_mb) } else { serve() };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(_) => ExitCode::from(74),
    }
}

fn serve() -> io::Result<()> {
    let mut input = BufReader::new(io::stdin().lock());
    let mut output = io::stdout().lock();
    while let Some((request, body)) = frame::read::<Request>(&mut input)? {
        match request {
            Request::Read { name, claims } => {
                let reading = serde_json::to_vec(&readers::read_described(&name, &body, &claims))?;
                drop(body);
                frame::write(&mut output, &Reply::Reading, &reading)?;
            }
            Request::Lists { name } => lists(&mut output, &name, &body)?,
            Request::Unpack { name } => unpack(&mut output, &name, &body)?,
            Request::Take { name } => take(&mut output, &name, &body)?,
            Request::Word => word(&mut output, &body)?,
        }
    }
    Ok(())
}

fn lists(output: &mut impl Write, name: &str, body: &[u8]) -> io::Result<()> {
    match readers::Sidecar::read(name, body, &readers::archive::Limits::default()) {
        Ok(lists) => frame::write(
            output,
            &Reply::Lists { refusal: None },
            &serde_json::to_vec(&lists)?,
        ),
        Err(refusal) => frame::write(
            output,
            &Reply::Lists {
                refusal: Some(refusal),
            },
            &[],
        ),
    }
}

fn unpack(output: &mut impl Write, name: &str, body: &[u8]) -> io::Result<()> {
    let mut broken = None;
    let limits = readers::archive::Limits::default();
    let walked = readers::archive::walk(name, body, &limits, &mut |name, bytes| {
        if broken.is_none() {
            let reply = Reply::File {
                name: name.to_owned(),
            };
            broken = frame::write(output, &reply, &bytes).err();
        }
    });
    if let Some(error) = broken {
        return Err(error);
    }
    frame::write(
        output,
        &Reply::End {
            refusal: walked.err(),
        },
        &[],
    )
}

fn take(output: &mut impl Write, name: &str, body: &[u8]) -> io::Result<()> {
    let taken = media::take(name, body);
    let (bytes, sizes) = joined(taken.iter().flat_map(|taken| &taken.files));
    frame::write(output, &Reply::Taken { taken, sizes }, &bytes)
}

fn word(output: &mut impl Write, body: &[u8]) -> io::Result<()> {
    let page = media::word(body);
    let pictures = page.iter().flat_map(|page| page.pictures.iter().flatten());
    let (bytes, sizes) = joined(pictures.flat_map(|taken| &taken.files));
    frame::write(output, &Reply::Page { page, sizes }, &bytes)
}

/// The bytes of files one after another, and how many each has.
fn joined<'a>(files: impl Iterator<Item = &'a media::Made>) -> (Vec<u8>, Vec<usize>) {
    let (mut bytes, mut sizes) = (Vec::new(), Vec::new());
    for file in files {
        bytes.extend_from_slice(&file.bytes);
        sizes.push(file.bytes.len());
    }
    (bytes, sizes)
}

fn print_probe(memory_mb: u32) -> io::Result<()> {
    let refused = |result: io::Result<()>| matches!(result, Err(error) if error.kind() == io::ErrorKind::PermissionDenied);
    let mut bomb = Vec::<u8>::new();
    let probe = Probe {
        socket_refused: refused(std::net::UdpSocket::bind("127.0.0.1:0").map(drop)),
        file_refused: refused(std::fs::read("/etc/passwd").map(drop)),
        program_refused: std::process::Command::new("/bin/true").status().is_err(),
        thread_refused: std::thread::Builder::new().spawn(|| ()).is_err(),
        memory_refused: bomb.try_reserve_exact((memory_mb as usize + 1) << 20).is_err(),
    };
    println!("{}", serde_json::to_string(&probe)?);
    Ok(())
}
