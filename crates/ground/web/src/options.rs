//! Settings of the kernel.

use std::num::NonZeroU32;
use std::time::Duration;

use crate::limits::Net;

/// Limits and sizes. The defaults suit two cores.
#[derive(Debug, Clone)]
pub struct KernelOptions {
    /// Bytes of finished pages kept in memory.
    pub cache_bytes: u64,
    /// Requests that handlers work on at once.
    pub places: usize,
    /// Requests that wait for a place.
    pub queue: usize,
    /// How long one waits for a place before the waiting page.
    pub patience: Duration,
    /// How long a handler may take.
    pub request_timeout: Duration,
    /// How long an upload may take: a film over a slow line comes for minutes.
    pub upload_timeout: Duration,
    /// Largest body of a request in bytes.
    pub body_limit: usize,
    /// Requests a second from one address on average (answers from memory are not counted).
    pub per_second: NonZeroU32,
    /// Requests from one address at once.
    pub burst: NonZeroU32,
    /// Proxies (besides this machine) whose `X-Forwarded-For` is believed.
    pub trusted_proxies: Vec<Net>,
}

impl Default for KernelOptions {
    fn default() -> Self {
        KernelOptions {
            cache_bytes: 48 << 20,
            places: 64,
            queue: 256,
            patience: Duration::from_secs(2),
            request_timeout: Duration::from_secs(10),
            upload_timeout: Duration::from_secs(900),
            body_limit: 64 << 10,
            per_second: NonZeroU32::new(30).unwrap_or(NonZeroU32::MIN),
            burst: NonZeroU32::new(300).unwrap_or(NonZeroU32::MIN),
            trusted_proxies: Vec::new(),
        }
    }
}
