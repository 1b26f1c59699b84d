//! What a handler returns: finished bytes and the plan for keeping them.

use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use http::header::{CACHE_CONTROL, CONTENT_TYPE, HeaderName};
use http::{HeaderMap, HeaderValue, StatusCode};
use jiff::Timestamp;

use crate::cache::Edition;
use crate::problem::Problem;

/// Named rules for `Cache-Control`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Policy {
    /// A public page: kept here until a change names it, browsers ask again each time.
    #[default]
    Page,
    /// Feeds and API answers: kept here likewise, others may keep them a minute.
    Feed,
    /// Files whose address holds their hash: kept for ever.
    Immutable,
    /// Kept here until it is out of date, by nobody else: what somebody searches for is their own.
    Here,
    /// Never kept anywhere (answers to one person, health, forms).
    Never,
}

impl Policy {
    /// Value of `Cache-Control`.
    pub fn header(self) -> HeaderValue {
        HeaderValue::from_static(match self {
            Policy::Page => "public, max-age=0, must-revalidate, stale-if-error=86400",
            Policy::Feed => "public, max-age=60, stale-if-error=86400",
            Policy::Immutable => "public, max-age=31536000, immutable",
            Policy::Here | Policy::Never => "no-store",
        })
    }

    /// Whether this process may keep the answer.
    pub fn kept(self) -> bool {
        self != Policy::Never
    }
}

/// How long an answer holds: carried from the handler to the cache as a response extension.
#[derive(Debug, Clone)]
pub struct PagePlan {
    /// The whole body, uncompressed.
    pub body: Bytes,
    /// Keys of the change log (`act:SLUG`, `acts`) after which the answer is out of date.
    pub deps: Vec<String>,
    /// The instant after which the answer is out of date in any case.
    pub fresh_until: Option<Timestamp>,
    /// Cache rule.
    pub policy: Policy,
    /// The state it was made of, with the number read before the work began.
    pub edition: Option<(Edition, u64)>,
}

/// A finished answer with the keys it depends on. By default status 200 and [`Policy::Page`].
#[derive(Debug, Clone)]
pub struct Page {
    status: StatusCode,
    headers: HeaderMap,
    plan: PagePlan,
}

impl Page {
    /// Renders an askama template as HTML.
    ///
    /// # Errors
    /// [`Problem::Internal`] when the template fails.
    pub fn html<T: askama::Template>(template: &T) -> Result<Self, Problem> {
        let text = template.render().map_err(Problem::internal)?;
        Ok(Self::bytes("text/html; charset=utf-8", text))
    }

    /// Any bytes with their content type.
    pub fn bytes(content_type: &'static str, body: impl Into<Bytes>) -> Self {
        let mut headers = HeaderMap::with_capacity(8);
        headers.insert(CONTENT_TYPE, HeaderValue::from_static(content_type));
        let plan = PagePlan {
            body: body.into(),
            deps: Vec::new(),
            fresh_until: None,
            policy: Policy::default(),
            edition: None,
        };
        Page {
            status: StatusCode::OK,
            headers,
            plan,
        }
    }

    /// A value as JSON.
    ///
    /// # Errors
    /// [`Problem::Internal`] when the value has no JSON form.
    pub fn json<T: serde::Serialize>(value: &T) -> Result<Self, Problem> {
        let body = serde_json::to_vec(value).map_err(Problem::internal)?;
        Ok(Self::bytes("application/json", body).policy(Policy::Feed))
    }

    /// Adds one key of the change log this page depends on (`act:SLUG` or `acts`).
    pub fn dep(mut self, key: impl Into<String>) -> Self {
        self.plan.deps.push(key.into());
        self
    }

    /// Out of date from this instant on (the earliest of several calls counts).
    pub fn fresh_until(mut self, at: Timestamp) -> Self {
        self.plan.fresh_until = Some(self.plan.fresh_until.map_or(at, |old| old.min(at)));
        self
    }

    /// Holds only as long as the edition has this number.
    pub fn of_edition(mut self, edition: &Edition, number: u64) -> Self {
        self.plan.edition = Some((edition.clone(), number));
        self
    }

    /// Sets the cache rule.
    pub fn policy(mut self, policy: Policy) -> Self {
        self.plan.policy = policy;
        self
    }

    /// Sets the status; only 200 is ever kept.
    pub fn status(mut self, status: StatusCode) -> Self {
        self.status = status;
        self
    }

    /// Sets one more header (it wins over the common ones, e.g. a CSP with `sandbox`).
    pub fn header(mut self, name: HeaderName, value: HeaderValue) -> Self {
        self.headers.insert(name, value);
        self
    }

    /// The uncompressed body.
    pub fn body(&self) -> &Bytes {
        &self.plan.body
    }

    /// The plan for keeping this page.
    pub fn plan(&self) -> &PagePlan {
        &self.plan
    }
}

impl IntoResponse for Page {
    fn into_response(self) -> Response {
        let mut response = Response::new(axum::body::Body::from(self.plan.body.clone()));
        *response.status_mut() = self.status;
        *response.headers_mut() = self.headers;
        response
            .headers_mut()
            .insert(CACHE_CONTROL, self.plan.policy.header());
        response.extensions_mut().insert(self.plan);
        response
    }
}
