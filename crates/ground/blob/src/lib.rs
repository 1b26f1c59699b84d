//! Original files by the SHA-256 of their bytes: a folder by default,
//! S3-compatible storage by configuration. Nothing is ever overwritten or changed.

mod config;

use std::fmt;
use std::sync::Arc;

use bytes::Bytes;
use futures::{StreamExt, TryStreamExt};
use object_store::path::Path as Key;
use object_store::{ObjectStore, ObjectStoreExt, PutMode, PutOptions, PutPayload};
use sha2::{Digest, Sha256};

pub use config::{BlobConfig, S3Config};

/// What can go wrong with the store of files.
#[derive(Debug, thiserror::Error)]
pub enum BlobError {
    /// The storage failed or does not answer.
    #[error("kho tệp báo lỗi: {0}")]
    Storage(#[from] object_store::Error),
    /// The folder cannot be made.
    #[error("không mở được thư mục tệp: {0}")]
    Folder(#[from] std::io::Error),
    /// What is kept under a name is not what the name says.
    #[error("tệp {0} đã bị thay đổi trong kho")]
    Altered(String),
    /// Not the lower-case hexadecimal form of a SHA-256.
    #[error("“{0}” không phải là mã SHA-256")]
    Name(String),
}

/// Result of this crate.
pub type Result<T, E = BlobError> = std::result::Result<T, E>;

/// The store of files. Cheap to clone.
#[derive(Clone)]
pub struct Blobs {
    store: Arc<dyn ObjectStore>,
    place: String,
}

impl fmt::Debug for Blobs {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Blobs").field(&self.place).finish()
    }
}

/// SHA-256 of bytes in lower-case hexadecimal, the name of a file.
#[must_use]
pub fn sha256(bytes: &[u8]) -> String {
    hex::encode(Sha256::digest(bytes))
}

impl Blobs {
    /// Opens the store; a folder is made if missing.
    ///
    /// # Errors
    /// A folder that cannot be made, a configuration that the storage refuses.
    pub fn open(config: &BlobConfig) -> Result<Self> {
        Ok(Self {
            store: config.store()?,
            place: config.to_string(),
        })
    }

    /// Keeps bytes durably and returns their name. Keeping the same bytes again changes nothing.
    ///
    /// # Errors
    /// What the storage says; nothing is kept then.
    pub async fn put(&self, bytes: impl Into<Bytes>) -> Result<String> {
        let bytes = bytes.into();
        let name = sha256(&bytes);
        if self.exists(&name).await? {
            return Ok(name);
        }
        let options = PutOptions {
            mode: PutMode::Overwrite,
            ..PutOptions::default()
        };
        self.store
            .put_opts(&key(&name)?, PutPayload::from(bytes), options)
            .await?;
        Ok(name)
    }

    /// The bytes of a name, checked against it; `None` where nothing is kept.
    ///
    /// # Errors
    /// `Altered` where the bytes are not those of the name; what the storage says.
    pub async fn get(&self, name: &str) -> Result<Option<Bytes>> {
        let found = match self.store.get(&key(name)?).await {
            Ok(found) => found,
            Err(object_store::Error::NotFound { .. }) => return Ok(None),
            Err(error) => return Err(error.into()),
        };
        let bytes = found.bytes().await?;
        if sha256(&bytes) != name {
            return Err(BlobError::Altered(name.to_owned()));
        }
        Ok(Some(bytes))
    }

    /// A part of the bytes of a name, not checked against it; `None` where nothing is kept or the part
    /// lies beyond the end.
    ///
    /// # Errors
    /// What the storage says.
    pub async fn part(&self, name: &str, range: std::ops::Range<u64>) -> Result<Option<Bytes>> {
        match self.store.get_range(&key(name)?, range).await {
            Ok(bytes) => Ok(Some(bytes)),
            Err(object_store::Error::NotFound { .. }) => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    /// Whether something is kept under a name (its bytes are not read).
    ///
    /// # Errors
    /// What the storage says.
    pub async fn exists(&self, name: &str) -> Result<bool> {
        match self.store.head(&key(name)?).await {
            Ok(_) => Ok(true),
            Err(object_store::Error::NotFound { .. }) => Ok(false),
            Err(error) => Err(error.into()),
        }
    }

    /// Takes away what is kept under a name; nothing where there is nothing.
    ///
    /// # Errors
    /// What the storage says.
    pub async fn remove(&self, name: &str) -> Result<()> {
        match self.store.delete(&key(name)?).await {
            Ok(()) | Err(object_store::Error::NotFound { .. }) => Ok(()),
            Err(error) => Err(error.into()),
        }
    }

    /// Every name kept, in no order.
    ///
    /// # Errors
    /// What the storage says.
    pub async fn list(&self) -> Result<Vec<String>> {
        let all = self.store.list(None);
        let names = all.map_ok(|meta| meta.location.as_ref().replace('/', ""));
        let kept = names.try_filter(|name| std::future::ready(is_name(name)));
        Ok(kept.boxed().try_collect().await?)
    }
}

/// `ab/cdef…`: 256 folders, so that none grows too large.
fn key(name: &str) -> Result<Key> {
    if !is_name(name) {
        return Err(BlobError::Name(name.chars().take(80).collect()));
    }
    Ok(Key::from(format!("{}/{}", &name[..2], &name[2..])))
}

fn is_name(name: &str) -> bool {
    name.len() == 64
        && name
            .bytes()
            .all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b))
}
