//! Who asks, and how much one address and all together may ask for.

use std::net::{IpAddr, Ipv6Addr};
use std::num::NonZeroU32;
use std::str::FromStr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};
use http::HeaderMap;
use http::header::HeaderName;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

const FORWARDED: HeaderName = HeaderName::from_static("x-forwarded-for");

/// A block of addresses, `10.0.0.0/8` or a single one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Net {
    address: IpAddr,
    bits: u32,
}

impl Net {
    /// Whether an address lies in the block.
    pub fn holds(&self, address: IpAddr) -> bool {
        match (self.address, address.to_canonical()) {
            (IpAddr::V4(net), IpAddr::V4(ip)) => {
                shared_bits(net.to_bits().into(), ip.to_bits().into(), 32) >= self.bits
            }
            (IpAddr::V6(net), IpAddr::V6(ip)) => shared_bits(net.to_bits(), ip.to_bits(), 128) >= self.bits,
            _ => false,
        }
    }
}

fn shared_bits(a: u128, b: u128, width: u32) -> u32 {
    (a ^ b).leading_zeros() - (128 - width)
}

impl FromStr for Net {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let wrong = || format!("“{text}” không phải là địa chỉ mạng (ví dụ đúng: 10.0.0.0/8)");
        let (address, bits) = text.split_once('/').map_or((text, None), |(a, b)| (a, Some(b)));
        let address: IpAddr = address.parse().map_err(|_| wrong())?;
        let width = if address.is_ipv4() { 32 } else { 128 };
        let bits = bits.map_or(Ok(width), str::parse).map_err(|_| wrong())?;
        if bits > width {
            Err(wrong())
        } else {
            Ok(Net { address, bits })
        }
    }
}

/// Tells the reader's address from the peer's: behind a trusted proxy it is the last entry of
/// `X-Forwarded-For` that is not itself such a proxy. `None` = the operator's own machine or
/// proxy speaking for itself, which is not limited.
pub fn reader_address(peer: Option<IpAddr>, headers: &HeaderMap, trusted: &[Net]) -> Option<IpAddr> {
    let is_trusted = |ip: IpAddr| ip.is_loopback() || trusted.iter().any(|net| net.holds(ip));
    let peer = peer?.to_canonical();
    if !is_trusted(peer) {
        return Some(peer);
    }
    let lines: Vec<&str> = headers
        .get_all(FORWARDED)
        .iter()
        .filter_map(|v| v.to_str().ok())
        .collect();
    let hops = lines.iter().rev().flat_map(|line| line.rsplit(','));
    hops.map_while(|hop| hop.trim().parse::<IpAddr>().ok())
        .map(|ip| ip.to_canonical())
        .find(|ip| !is_trusted(*ip))
}

/// The network a reader is counted by: IPv4 whole, IPv6 by /64.
fn counted(ip: IpAddr) -> IpAddr {
    match ip {
        IpAddr::V4(_) => ip,
        IpAddr::V6(v6) => IpAddr::V6(Ipv6Addr::from_bits(v6.to_bits() >> 64 << 64)),
    }
}

/// An address fit for logs: the last byte (IPv4) or all but /48 (IPv6) is cut off.
pub fn blurred(ip: IpAddr) -> IpAddr {
    match ip {
        IpAddr::V4(v4) => IpAddr::V4((v4.to_bits() >> 8 << 8).into()),
        IpAddr::V6(v6) => IpAddr::V6(Ipv6Addr::from_bits(v6.to_bits() >> 80 << 80)),
    }
}

/// Requests per address.
#[derive(Debug)]
pub struct PerAddress {
    limiter: DefaultKeyedRateLimiter<IpAddr>,
}

impl PerAddress {
    /// `per_second` on average, `burst` at once.
    pub fn new(per_second: NonZeroU32, burst: NonZeroU32) -> Self {
        let quota = Quota::per_second(per_second).allow_burst(burst);
        PerAddress {
            limiter: RateLimiter::keyed(quota),
        }
    }

    /// Counts one request; false = too many.
    pub fn allows(&self, address: IpAddr) -> bool {
        self.limiter.check_key(&counted(address)).is_ok()
    }

    /// Forgets addresses that have been quiet.
    pub fn sweep(&self) {
        self.limiter.retain_recent();
        self.limiter.shrink_to_fit();
    }
}

/// How much work that the cache cannot answer goes on at once.
#[derive(Debug)]
pub struct Gate {
    places: Arc<Semaphore>,
    waiting: AtomicUsize,
    queue: usize,
    patience: Duration,
}

struct Waiting<'a>(&'a AtomicUsize);

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

impl Gate {
    /// `places` at work, `queue` waiting for at most `patience`.
    pub fn new(places: usize, queue: usize, patience: Duration) -> Self {
        Gate {
            places: Arc::new(Semaphore::new(places)),
            waiting: 0.into(),
            queue,
            patience,
        }
    }

    /// A place, or none when there is no hope of one soon.
    pub async fn enter(&self) -> Option<OwnedSemaphorePermit> {
        if let Ok(permit) = Arc::clone(&self.places).try_acquire_owned() {
            return Some(permit);
        }
        let before = self.waiting.fetch_add(1, Ordering::Relaxed);
        let _waiting = Waiting(&self.waiting);
        if before >= self.queue {
            return None;
        }
        let place = Arc::clone(&self.places).acquire_owned();
        tokio::time::timeout(self.patience, place).await.ok()?.ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ip(text: &str) -> IpAddr {
        text.parse().expect("an address")
    }

    fn forwarded(value: &str) -> HeaderMap {
        let mut headers = HeaderMap::new();
        headers.insert(FORWARDED, value.parse().expect("a header"));
        headers
    }

    #[test]
    fn blocks() {
        let net: Net = "10.1.0.0/16".parse().expect("a block");
        assert!(net.holds(ip("10.1.2.3")) && !net.holds(ip("10.2.0.1")) && !net.holds(ip("::1")));
        assert!(
            "2001:db8::/32"
                .parse::<Net>()
                .expect("a block")
                .holds(ip("2001:db8:1::2"))
        );
        for wrong in ["", "10.0.0.0/33", "x", "10.0.0.0/-1"] {
            assert!(wrong.parse::<Net>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn only_trusted_proxies_speak_for_others() {
        let trusted = ["10.0.0.0/8".parse().expect("a block")];
        let of = |peer, value| reader_address(Some(ip(peer)), &forwarded(value), &trusted);
        assert_eq!(
            of("9.9.9.9", "1.2.3.4"),
            Some(ip("9.9.9.9")),
            "a stranger's word counts not"
        );
        assert_eq!(of("10.0.0.1", "1.2.3.4"), Some(ip("1.2.3.4")));
        assert_eq!(of("10.0.0.1", "6.6.6.6, 1.2.3.4, 10.0.0.2"), Some(ip("1.2.3.4")));
        assert_eq!(of("127.0.0.1", "nonsense"), None);
        assert_eq!(reader_address(Some(ip("::1")), &HeaderMap::new(), &[]), None);
    }

    #[test]
    fn each_address_has_its_own_burst() {
        let one = NonZeroU32::MIN;
        let limit = PerAddress::new(one, NonZeroU32::new(3).unwrap_or(one));
        let got = (0..5).filter(|_| limit.allows(ip("1.2.3.4"))).count();
        assert_eq!(got, 3);
        assert!(limit.allows(ip("1.2.3.5")));
        assert!(limit.allows(ip("2001:db8::1")));
    }

    #[test]
    fn logs_do_not_hold_whole_addresses() {
        assert_eq!(blurred(ip("1.2.3.4")), ip("1.2.3.0"));
        assert_eq!(blurred(ip("2001:db8:1:2::3")), ip("2001:db8:1::"));
    }

    #[tokio::test]
    async fn the_gate_lets_in_queues_and_turns_away() {
        let gate = Gate::new(1, 1, Duration::from_millis(20));
        let first = gate.enter().await.expect("free");
        assert!(gate.enter().await.is_none(), "patience ends");
        drop(first);
        assert!(gate.enter().await.is_some());
    }
}
