//! Where files are kept.

use std::fmt;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use object_store::aws::AmazonS3Builder;
use object_store::local::LocalFileSystem;
use object_store::{ClientOptions, ObjectStore, RetryConfig};
use serde::{Deserialize, Serialize};

use crate::Result;

const TIMEOUT: Duration = Duration::from_secs(30);
const CONNECT_TIMEOUT: Duration = Duration::from_secs(5);

/// Where files are kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BlobConfig {
    /// A folder on this machine.
    Folder(PathBuf),
    /// S3-compatible storage.
    S3(S3Config),
}

/// Access to S3-compatible storage.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct S3Config {
    /// Name of the bucket; empty means that a folder is used.
    pub bucket: String,
    /// Address of the server (`https://…`; plain `http://` inside one's own network).
    pub endpoint: String,
    /// Region, where the server has any.
    pub region: String,
    /// Name of the access key.
    pub access_key: String,
    /// The secret of the access key.
    pub secret_key: String,
}

impl fmt::Debug for S3Config {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("S3Config")
            .field("bucket", &self.bucket)
            .field("endpoint", &self.endpoint)
            .field("region", &self.region)
            .finish_non_exhaustive()
    }
}

impl fmt::Display for BlobConfig {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Folder(path) => write!(f, "{}", path.display()),
            Self::S3(s3) => write!(f, "s3://{} ({})", s3.bucket, s3.endpoint),
        }
    }
}

impl BlobConfig {
    pub(crate) fn store(&self) -> Result<Arc<dyn ObjectStore>> {
        Ok(match self {
            Self::Folder(path) => {
                std::fs::create_dir_all(path)?;
                // fsync: an acknowledged file survives a loss of power.
                Arc::new(LocalFileSystem::new_with_prefix(path)?.with_fsync(true))
            }
            Self::S3(s3) => Arc::new(s3.builder().build()?),
        })
    }
}

impl S3Config {
    fn builder(&self) -> AmazonS3Builder {
        // The connection needs a cryptographic provider once a process; a second call is refused, rightly.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let region = if self.region.is_empty() {
            "us-east-1"
        } else {
            &self.region
        };
        let retry = RetryConfig {
            max_retries: 3,
            retry_timeout: TIMEOUT,
            ..RetryConfig::default()
        };
        AmazonS3Builder::new()
            .with_bucket_name(&self.bucket)
            .with_endpoint(&self.endpoint)
            .with_region(region)
            .with_access_key_id(&self.access_key)
            .with_secret_access_key(&self.secret_key)
            .with_allow_http(self.endpoint.starts_with("http://"))
            .with_virtual_hosted_style_request(false)
            .with_retry(retry)
            .with_client_options(
                ClientOptions::new()
                    .with_timeout(TIMEOUT)
                    .with_connect_timeout(CONNECT_TIMEOUT)
                    .with_allow_http(self.endpoint.starts_with("http://")),
            )
    }
}
