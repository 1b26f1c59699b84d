//! From request to answer: memory first, then the database's kept pages, then a handler.

use std::net::IpAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

use axum::Router;
use axum::body::{Body, HttpBody};
use axum::extract::MatchedPath;
use axum::response::Response;
use bytes::Bytes;
use http::header::{CONTENT_TYPE, HOST};
use http::{HeaderMap, HeaderValue, Request};
use tower::ServiceExt;

use crate::ask::{Ask, REQUEST_ID, request_id};
use crate::cache::flight::{Lead, Seat, wait};
use crate::cache::{Cache, Entry, Freshness};
use crate::finish::{self, Finished};
use crate::follow::{Pulse, follow};
use crate::limits::{Gate, PerAddress, blurred, reader_address};
use crate::options::KernelOptions;
use crate::problem::Problem;
use crate::routes::{RouteInfo, Routes};
use crate::site::Site;
use crate::stats::{self, Stats};
use crate::{health, inner, stored};

/// The web service of one node. Share it in an `Arc`.
pub struct Kernel {
    site: Site,
    router: Router,
    table: Vec<RouteInfo>,
    cache: Cache,
    gate: Gate,
    per_address: PerAddress,
    options: KernelOptions,
    stats: Arc<Stats>,
    pulse: Pulse,
    boot: u32,
    count: AtomicU64,
}

impl Kernel {
    /// Puts the rooms' routes behind the kernel's layers. `seq` is the number of the change log
    /// from which changes are followed.
    pub fn new(site: Site, routes: Routes, options: KernelOptions, seq: i64) -> Self {
        // Counters live in a recorder of the process; installing it twice is harmless.
        let _ = stats::recorder();
        let routes = routes.merge(inner::routes());
        let table = routes.table().to_vec();
        Kernel {
            router: inner::layered(routes.into_router(site.clone()), options.body_limit),
            table,
            cache: Cache::new(options.cache_bytes, seq),
            gate: Gate::new(options.places, options.queue, options.patience),
            per_address: PerAddress::new(options.per_second, options.burst),
            stats: Arc::default(),
            pulse: Pulse::default(),
            boot: u32::from_be_bytes(
                uuid::Uuid::now_v7().as_bytes()[12..]
                    .try_into()
                    .unwrap_or_default(),
            ),
            count: AtomicU64::new(0),
            site,
            options,
        }
    }

    /// Like [`Kernel::new`], from the newest change on, and starts the follower on the running
    /// tokio runtime.
    ///
    /// # Errors
    /// What the database says.
    pub async fn start(site: Site, routes: Routes, options: KernelOptions) -> db::Result<Arc<Self>> {
        let seq = db::changes::latest(site.db()).await?;
        let kernel = Arc::new(Self::new(site, routes, options, seq));
        tokio::spawn(follow(
            kernel.site.db().clone(),
            kernel.cache.clone(),
            kernel.pulse.clone(),
        ));
        Ok(kernel)
    }

    /// All routes with their access.
    pub fn table(&self) -> &[RouteInfo] {
        &self.table
    }

    /// The site.
    pub fn site(&self) -> &Site {
        &self.site
    }

    /// The page cache.
    pub fn cache(&self) -> &Cache {
        &self.cache
    }

    /// The counters.
    pub fn stats(&self) -> &Stats {
        &self.stats
    }

    /// All metrics in Prometheus' text format.
    pub async fn metrics(&self) -> String {
        let seen = self.cache.versions().seq();
        let latest = db::changes::latest(self.site.db()).await;
        stats::render(
            &self.stats,
            self.cache.size(),
            self.site.db().connections(),
            latest.map_or(-1, |latest| latest - seen),
        )
    }

    /// Forgets quiet addresses and folds histograms; to be called every few seconds.
    pub fn sweep(&self) {
        self.per_address.sweep();
        if let Some(recorder) = stats::recorder() {
            recorder.run_upkeep();
        }
    }

    /// Answers one request. `peer` is the address of the connection.
    pub async fn answer<B>(&self, request: Request<B>, peer: Option<IpAddr>) -> Response
    where
        B: HttpBody<Data = Bytes> + Send + 'static,
        B::Error: Into<axum::BoxError>,
    {
        let ask = Ask::of(&request);
        if self
            .site
            .is_misplaced(request.headers().get(HOST), ask.uri.path())
        {
            let id = request_id(request.headers(), || self.next_id());
            let mut refused = finish::refusal(&self.site, &ask, &Problem::NotFound, &id);
            refused.headers_mut().insert(REQUEST_ID, id);
            return refused;
        }
        let id = request_id(request.headers(), || self.next_id());
        let mut response = match self.remembered(&ask, request.headers()) {
            Some(response) => response.map(Body::from),
            // Boxed: the many states of this future must not weigh on the hot path.
            None => Box::pin(self.attended(ask, request.map(Body::new), &id, peer)).await,
        };
        response.headers_mut().insert(REQUEST_ID, id);
        response
    }

    fn next_id(&self) -> String {
        format!(
            "{:08x}-{:x}",
            self.boot,
            self.count.fetch_add(1, Ordering::Relaxed)
        )
    }

    fn now(&self) -> i64 {
        self.site.now().as_microsecond()
    }

    /// The hot path: a finished answer, without a lock held or a task switched.
    fn remembered(&self, ask: &Ask, headers: &HeaderMap) -> Option<http::Response<Bytes>> {
        let entry = self.cache.get(ask.key.as_ref()?, || self.now())?;
        Stats::add(&self.stats.hits);
        Some(entry.response(headers, ask.head))
    }

    /// Everything else, counted, timed and logged.
    async fn attended(
        &self,
        ask: Ask,
        request: Request<Body>,
        id: &HeaderValue,
        peer: Option<IpAddr>,
    ) -> Response {
        let began = Instant::now();
        let watch = Attended::new(&self.stats);
        let reader = reader_address(peer, request.headers(), &self.options.trusted_proxies);
        let method = request.method().clone();
        let response = self.worked_out(&ask, request, id, reader).await;
        watch.done();
        let route = response
            .extensions()
            .get::<MatchedPath>()
            .map_or("-", MatchedPath::as_str);
        let status = response.status().as_u16();
        stats::record(route, status, began.elapsed());
        tracing::info!(
            id = id.to_str().unwrap_or_default(),
            %method,
            path = ask.uri.path(),
            status,
            ms = u64::try_from(began.elapsed().as_millis()).unwrap_or(u64::MAX),
            from = reader.map(|ip| tracing::field::display(blurred(ip))),
            "request"
        );
        response
    }

    async fn worked_out(
        &self,
        ask: &Ask,
        request: Request<Body>,
        id: &HeaderValue,
        reader: Option<IpAddr>,
    ) -> Response {
        match ask.uri.path() {
            "/healthz" => return finish::plain(&self.site, health::live()),
            "/readyz" => {
                let seen = self.cache.versions().seq();
                let response = health::ready(self.site.db(), &self.pulse, seen).await;
                return finish::plain(&self.site, response);
            }
            _ => {}
        }
        if reader.is_some_and(|ip| !self.per_address.allows(ip)) {
            Stats::add(&self.stats.limited);
            return finish::refusal(&self.site, ask, &Problem::TooMany, id);
        }
        let (_lead, ready) = self.lead_or_ready(ask, request.headers()).await;
        match ready {
            Some(response) => response.map(Body::from),
            None => self.made(ask, request, id).await,
        }
    }

    /// Many who ask for one page at once: the first makes it, the others wait for it.
    async fn lead_or_ready(
        &self,
        ask: &Ask,
        headers: &HeaderMap,
    ) -> (Option<Lead>, Option<http::Response<Bytes>>) {
        let Some(key) = &ask.key else { return (None, None) };
        match self.cache.flights().board(key.as_str()) {
            Seat::Lead(lead) => (Some(lead), None),
            Seat::Wait(seat) => {
                wait(seat).await;
                // Not there after all (a refusal, an answer never kept): make it ourselves.
                (None, self.remembered(ask, headers))
            }
        }
    }

    async fn made(&self, ask: &Ask, request: Request<Body>, id: &HeaderValue) -> Response {
        // Before any read of the database: what changes from here on may be missing in the page.
        let seen = self.cache.versions().seq();
        if let Some(entry) = self.kept_page(ask, seen).await {
            Stats::add(&self.stats.stored);
            let response = entry.response(request.headers(), ask.head);
            if let Some(key) = &ask.key {
                self.cache.put(key.clone(), entry);
            }
            return response.map(Body::from);
        }
        let Some(_place) = self.gate.enter().await else {
            Stats::add(&self.stats.refused);
            return finish::refusal(&self.site, ask, &Problem::Busy, id);
        };
        Stats::add(&self.stats.made);
        let headers = request.headers().clone();
        let time = if is_upload(&headers) {
            self.options.upload_timeout
        } else {
            self.options.request_timeout
        };
        let handled = self.router.clone().oneshot(ask.inner(request));
        let Ok(Ok(response)) = tokio::time::timeout(time, handled).await else {
            tracing::warn!(path = ask.uri.path(), "a handler took too long");
            return finish::refusal(&self.site, ask, &Problem::Busy, id);
        };
        match finish::of(&self.site, self.cache.versions(), ask, seen, response, id).await {
            Finished::Whole(response) => response,
            Finished::Kept(entry, route) => {
                let mut response = entry.response(&headers, ask.head).map(Body::from);
                if let Some(key) = &ask.key {
                    self.cache.put(key.clone(), entry);
                }
                response.extensions_mut().extend(route);
                response
            }
        }
    }

    /// A page that was finished when its act was written.
    async fn kept_page(&self, ask: &Ask, seen: i64) -> Option<Arc<Entry>> {
        let path = ask.uri.path();
        let kept_there = ask.key.is_some()
            && ask.look == crate::Look::plain(ask.look.lang)
            && ask.uri.query().is_none()
            && ask.coding != crate::encode::Coding::Identity
            && inner::may_be_stored(path);
        if !kept_there {
            return None;
        }
        let found = stored::find(
            self.site.db(),
            self.site.build(),
            path,
            ask.look,
            ask.coding,
            self.now(),
        );
        let found = found
            .await
            .inspect_err(|error| tracing::warn!(%error, "kept page"))
            .ok()??;
        let freshness = Freshness::new(self.cache.versions(), &found.owners, seen, found.fresh_until);
        let headers = finish::html_headers(&self.site);
        let entry = Entry::new(headers, ask.coding, found.body, Some(found.etag), freshness);
        Some(Arc::new(entry))
    }

    /// Makes a page as a reader without cookie would get it, for keeping in the database.
    /// None when the handler refuses.
    pub async fn plan_of(&self, path: &str, lang: crate::Lang) -> Option<crate::PagePlan> {
        let mut request = Request::new(Body::empty());
        *request.uri_mut() = path.parse().ok()?;
        request.extensions_mut().insert(crate::Look::plain(lang));
        let mut response = self.router.clone().oneshot(request).await.ok()?;
        if response.status() != http::StatusCode::OK {
            return None;
        }
        response.extensions_mut().remove()
    }
}

fn is_upload(headers: &HeaderMap) -> bool {
    let kind = headers.get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
    kind.is_some_and(|kind| kind.starts_with("multipart/form-data"))
}

/// Counts a request that is worked on; when it is dropped before its end, its reader has left.
struct Attended<'a> {
    stats: &'a Stats,
    done: bool,
}

impl<'a> Attended<'a> {
    fn new(stats: &'a Stats) -> Self {
        stats.in_flight.fetch_add(1, Ordering::Relaxed);
        Attended { stats, done: false }
    }

    fn done(mut self) {
        self.done = true;
    }
}

impl Drop for Attended<'_> {
    fn drop(&mut self) {
        self.stats.in_flight.fetch_sub(1, Ordering::Relaxed);
        if !self.done {
            Stats::add(&self.stats.abandoned);
        }
    }
}
