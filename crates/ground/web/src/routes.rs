//! Routes with their declared access, recorded beside axum's router.

use axum::Router;
use axum::extract::Request;
use axum::handler::Handler;
use axum::middleware::{Next, from_fn_with_state};
use axum::routing::{MethodRouter, get, post};
use http::Method;
use policy::Permission;

use crate::guard::{self, Recognise};
use crate::site::Site;

/// Who may call a route. A route cannot be built without saying so.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// Anyone, without signing in.
    Public,
    /// Anybody who is signed in, for what is his own.
    Own,
    /// Those who hold the permission somewhere; whether it reaches the thing asked for is decided
    /// by the use case.
    May(Permission),
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
    routes: Vec<(&'static str, Access, MethodRouter<Site>)>,
    table: Vec<RouteInfo>,
    recognise: Option<Recognise>,
}

impl Routes {
    /// No routes yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a GET (and HEAD) route.
    pub fn get<H, T>(self, path: &'static str, access: Access, handler: H) -> Self
    where
        H: Handler<T, Site>,
        T: 'static,
    {
        self.add(Method::GET, path, access, get(handler))
    }

    /// Adds a POST route.
    pub fn post<H, T>(self, path: &'static str, access: Access, handler: H) -> Self
    where
        H: Handler<T, Site>,
        T: 'static,
    {
        self.add(Method::POST, path, access, post(handler))
    }

    fn add(
        mut self,
        method: Method,
        path: &'static str,
        access: Access,
        handler: MethodRouter<Site>,
    ) -> Self {
        self.table.push(RouteInfo { method, path, access });
        self.routes.push((path, access, handler));
        self
    }

    /// Says who stands behind a session. Without it every guarded route asks to sign in.
    pub fn recognise(mut self, recognise: Recognise) -> Self {
        self.recognise = Some(recognise);
        self
    }

    /// Takes in the routes of another room.
    pub fn merge(mut self, other: Routes) -> Self {
        self.table.extend(other.table);
        self.routes.extend(other.routes);
        self.recognise = self.recognise.or(other.recognise);
        self
    }

    /// The table of all routes.
    pub fn table(&self) -> &[RouteInfo] {
        &self.table
    }

    /// The router with its site, without the kernel's layers.
    pub(crate) fn into_router(self, site: Site) -> Router {
        let recognise = self.recognise;
        let mut router = Router::new();
        for (path, access, handler) in self.routes {
            let handler = if access == Access::Public {
                handler
            } else {
                handler.layer(from_fn_with_state(
                    site.clone(),
                    move |axum::extract::State(site): axum::extract::State<Site>,
                          request: Request,
                          next: Next| {
                        guard::pass(site, recognise, access, request, next)
                    },
                ))
            };
            router = router.route(path, handler);
        }
        router.with_state(site)
    }
}
