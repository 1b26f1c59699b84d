//! Counters of the kernel: plain atomics on the hot path, handed to Prometheus when asked.

use std::sync::OnceLock;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use std::time::Duration;

use metrics::{counter, gauge, histogram};
use metrics_exporter_prometheus::{Matcher, PrometheusBuilder, PrometheusHandle};

const SECONDS: &str = "pholuat_request_seconds";
const BUCKETS: [f64; 11] = [
    0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.5, 1.0, 5.0,
];

/// What the kernel counts.
#[derive(Debug, Default)]
pub struct Stats {
    /// Answers from memory.
    pub hits: AtomicU64,
    /// Answers from pages kept in the database.
    pub stored: AtomicU64,
    /// Answers that handlers made.
    pub made: AtomicU64,
    /// Requests whose reader left before the answer.
    pub abandoned: AtomicU64,
    /// Requests turned away because their address asks too much.
    pub limited: AtomicU64,
    /// Requests turned away because all is busy.
    pub refused: AtomicU64,
    /// Requests being worked on.
    pub in_flight: AtomicI64,
}

impl Stats {
    /// Adds one.
    pub fn add(counter: &AtomicU64) {
        counter.fetch_add(1, Ordering::Relaxed);
    }

    /// Hands the counters to the recorder.
    fn publish(&self) {
        let read = |value: &AtomicU64| value.load(Ordering::Relaxed);
        counter!("pholuat_cache_total", "from" => "memory").absolute(read(&self.hits));
        counter!("pholuat_cache_total", "from" => "database").absolute(read(&self.stored));
        counter!("pholuat_cache_total", "from" => "handler").absolute(read(&self.made));
        counter!("pholuat_abandoned_total").absolute(read(&self.abandoned));
        counter!("pholuat_limited_total").absolute(read(&self.limited));
        counter!("pholuat_refused_total").absolute(read(&self.refused));
        #[allow(clippy::cast_precision_loss)]
        gauge!("pholuat_in_flight").set(self.in_flight.load(Ordering::Relaxed) as f64);
    }
}

/// Records one answer that was not simply taken from memory.
pub fn record(route: &str, status: u16, took: Duration) {
    let route = route.to_owned();
    counter!("pholuat_requests_total", "route" => route.clone(), "status" => status.to_string()).increment(1);
    histogram!(SECONDS, "route" => route).record(took);
}

/// The recorder of this process, installed on first use; none when another one is in place.
pub fn recorder() -> Option<&'static PrometheusHandle> {
    static HANDLE: OnceLock<Option<PrometheusHandle>> = OnceLock::new();
    HANDLE
        .get_or_init(|| {
            PrometheusBuilder::new()
                .set_buckets_for_metric(Matcher::Full(SECONDS.to_owned()), &BUCKETS)
                .ok()?
                .install_recorder()
                .ok()
        })
        .as_ref()
}

/// All metrics in Prometheus' text format.
pub fn render(stats: &Stats, cache: (u64, u64), connections: (usize, usize), lag: i64) -> String {
    let Some(handle) = recorder() else {
        return String::new();
    };
    stats.publish();
    #[allow(clippy::cast_precision_loss)]
    {
        gauge!("pholuat_cache_entries").set(cache.0 as f64);
        gauge!("pholuat_cache_bytes").set(cache.1 as f64);
        gauge!("pholuat_db_connections").set(connections.0 as f64);
        gauge!("pholuat_db_connections_idle").set(connections.1 as f64);
        gauge!("pholuat_change_log_lag").set(lag as f64);
    }
    handle.run_upkeep();
    handle.render()
}
