//! Routes with their declared access, recorded beside axum's router.

use axum::Router;
use axum::handler::Handler;
use axum::routing::{get, post};
use http::Method;

use crate::site::Site;

/// Who may call a route. A route cannot be built without saying so.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// Anyone, without signing in.
    Public,
}

/// One line of the route table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RouteInfo {
    /// GET (also answers HEAD) or POST.
    pub method: Method,
    /// Pattern as axum knows it.
    pub path: &'static str,
    /// Who may call it.
    pub access: Access,
}

/// A router under construction.
#[derive(Default)]
pub struct Routes {
    router: Router<Site>,
    table: Vec<RouteInfo>,
}

impl Routes {
    /// No routes yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a GET (and HEAD) route.
    pub fn get<H, T>(mut self, path: &'static str, access: Access, handler: H) -> Self
    where
        H: Handler<T, Site>,
        T: 'static,
    {
        self.table.push(RouteInfo {
            method: Method::GET,
            path,
            access,
        });
        self.router = self.router.route(path, get(handler));
        self
    }

    /// Adds a POST route.
    pub fn post<H, T>(mut self, path: &'static str, access: Access, handler: H) -> Self
    where
        H: Handler<T, Site>,
        T: 'static,
    {
        self.table.push(RouteInfo {
            method: Method::POST,
            path,
            access,
        });
        self.router = self.router.route(path, post(handler));
        self
    }

    /// Takes in the routes of another room.
    pub fn merge(mut self, other: Routes) -> Self {
        self.table.extend(other.table);
        self.router = self.router.merge(other.router);
        self
    }

    /// The table of all routes.
    pub fn table(&self) -> &[RouteInfo] {
        &self.table
    }

    /// The router with its site, without the kernel's layers.
    pub(crate) fn into_router(self, site: Site) -> Router {
        self.router.with_state(site)
    }
}
