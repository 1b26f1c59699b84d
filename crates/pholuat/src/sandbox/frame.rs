//! What passes between the program and a worker: a header in JSON, then bytes, each with its length.

use std::io::{self, Read, Write};

use legal::model::Claim;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};

/// Longest header; names of files are far shorter.
const MAX_HEADER: u32 = 1 << 20;
/// Longest body: an unpacked file, or the reading of one as JSON.
const MAX_BODY: u64 = 400 << 20;

/// What a worker is asked.
#[derive(Debug, Serialize, Deserialize)]
#[serde(tag = "task", rename_all = "snake_case")]
pub(super) enum Request {
    /// Read one file.
    Read {
        /// Its name.
        name: String,
        /// What lists beside it say of it.
        claims: Vec<Claim>,
    },
    /// Find the lists that describe files, in a file or an archive.
    Lists {
        /// Its name.
        name: String,
    },
    /// Open an archive.
    Unpack {
        /// Its name.
        name: String,
    },
    /// Look at a file that an officer uploads and make what may go out of it.
    Take {
        /// Its name.
        name: String,
    },
    /// Read a Word file as a page with pictures.
    Word,
}

/// What a worker answers.
#[derive(Debug, Serialize, Deserialize)]
#[serde(tag = "reply", rename_all = "snake_case")]
pub(super) enum Reply {
    /// The body is the reading as JSON.
    Reading,
    /// The body is what the lists say, as JSON, or empty where they were refused.
    Lists {
        /// Why.
        refusal: Option<readers::Refusal>,
    },
    /// The body is a file of the archive.
    File {
        /// Its name, with the archive's.
        name: String,
    },
    /// The body is what goes out of a file, one after another; empty where it was refused.
    Taken {
        /// What it is.
        taken: Result<media::Taken, readers::Refusal>,
        /// Bytes of each.
        sizes: Vec<usize>,
    },
    /// The body is what goes out of the pictures of a page, one after another.
    Page {
        /// The page.
        page: Result<media::Page, readers::Refusal>,
        /// Bytes of each.
        sizes: Vec<usize>,
    },
    /// The archive is at its end, refused from here on or not.
    End {
        /// Why the rest was refused.
        refusal: Option<readers::Refusal>,
    },
}

fn too_long() -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, "a frame is too long")
}

fn header_bytes<H: Serialize>(header: &H, body: &[u8]) -> io::Result<Vec<u8>> {
    let header = serde_json::to_vec(header)?;
    let length = u32::try_from(header.len()).map_err(|_| too_long())?;
    let mut bytes = Vec::with_capacity(header.len() + 12);
    bytes.extend(length.to_le_bytes());
    bytes.extend(header);
    bytes.extend((body.len() as u64).to_le_bytes());
    Ok(bytes)
}

fn header_length(bytes: [u8; 4]) -> io::Result<usize> {
    let length = u32::from_le_bytes(bytes);
    if length > MAX_HEADER {
        Err(too_long())
    } else {
        Ok(length as usize)
    }
}

fn body_length(bytes: [u8; 8]) -> io::Result<usize> {
    let length = u64::from_le_bytes(bytes);
    if length > MAX_BODY {
        Err(too_long())
    } else {
        usize::try_from(length).map_err(|_| too_long())
    }
}

/// Writes a frame, in the worker.
pub(super) fn write<H: Serialize>(out: &mut impl Write, header: &H, body: &[u8]) -> io::Result<()> {
    out.write_all(&header_bytes(header, body)?)?;
    out.write_all(body)?;
    out.flush()
}

/// Reads a frame, in the worker; `None` at the end of the stream.
pub(super) fn read<H: DeserializeOwned>(from: &mut impl Read) -> io::Result<Option<(H, Vec<u8>)>> {
    let mut length = [0; 4];
    match from.read_exact(&mut length) {
        Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => return Ok(None),
        other => other?,
    }
    let mut header = vec![0; header_length(length)?];
    from.read_exact(&mut header)?;
    let mut length = [0; 8];
    from.read_exact(&mut length)?;
    let mut body = vec![0; body_length(length)?];
    from.read_exact(&mut body)?;
    Ok(Some((serde_json::from_slice(&header)?, body)))
}

/// Writes a frame, in the program.
pub(super) async fn send<H: Serialize>(
    out: &mut (impl AsyncWrite + Unpin),
    header: &H,
    body: &[u8],
) -> io::Result<()> {
    out.write_all(&header_bytes(header, body)?).await?;
    out.write_all(body).await?;
    out.flush().await
}

/// Reads a frame, in the program. Bodies grow as they come: a lying length costs nothing.
pub(super) async fn receive<H: DeserializeOwned>(
    from: &mut (impl AsyncRead + Unpin),
) -> io::Result<(H, Vec<u8>)> {
    let mut length = [0; 4];
    from.read_exact(&mut length).await?;
    let mut header = vec![0; header_length(length)?];
    from.read_exact(&mut header).await?;
    let mut length = [0; 8];
    from.read_exact(&mut length).await?;
    let length = body_length(length)?;
    let mut body = Vec::new();
    from.take(length as u64).read_to_end(&mut body).await?;
    if body.len() < length {
        return Err(io::ErrorKind::UnexpectedEof.into());
    }
    Ok((serde_json::from_slice(&header)?, body))
}
