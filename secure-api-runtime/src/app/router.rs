//! The endpoint: it finds the place of a request by its path, and runs the request there.
//!
//! There is one table of paths, and it is asked for every request, whether our own server, axum's router or a test brings it.

mod layered;
mod unreadable;

use std::{
    collections::{BTreeMap, BTreeSet},
    convert::Infallible,
    fmt,
    sync::Arc,
    sync::atomic::{AtomicBool, Ordering},
    task::{Context, Poll},
};

use axum::{Router, body::Body, response::Response};
use futures_util::{FutureExt, future::BoxFuture};
use http::{Request, StatusCode, request::Parts};
use http_body::Body as _;
use hyper::body::Incoming;
use tokio::sync::watch;
use tower::Service;

use super::{
    audited, exchange, live, open,
    operation::Operation,
    paths::Paths,
    place::{Place, is_about_the_server},
    readers::Readers,
    record::Record,
    shared::Shared,
    stated::ByVersion,
};
#[cfg(feature = "metrics")]
use crate::metrics::{self, Beside};
use crate::{
    docs::Document,
    identity::InQuery,
    inventory::{
        LiveInventory,
        live::{Keeper, Live},
    },
    proxies::Proxies,
    route::PathParameters,
    serve::{Connection, Content, Respond, Responding},
    token::OwnKeys,
    verb::Verb,
};

pub(super) use self::layered::Layered;

/// The path of the keys that an app signs tokens with.
pub(super) const KEYS: &str = "/.well-known/jwks.json";

/// All operations of an app, ready to be called.
#[derive(Clone)]
pub(super) struct Endpoint(pub(super) Arc<Places>);

pub(super) struct Places {
    pub(super) shared: Arc<Shared>,
    paths: Paths<Place>,
    /// The operations of each version, where requests state theirs elsewhere than in the path: then none of them is above.
    versions: Option<ByVersion>,
    nowhere: Place,
    everywhere: Place,
    /// `true` once it keeps what it sees.
    pub(super) started: AtomicBool,
    /// `true` once its server tells that it has stopped.
    pub(super) ended: AtomicBool,
    /// `true` once the server stops, so that answers which are open end.
    pub(super) stops: watch::Sender<bool>,
}

impl Endpoint {
    /// Begins to fetch what the sources of identity will need.
    pub(super) fn start(&self) {
        self.0.shared.sources.start();
        if !self.0.started.swap(true, Ordering::Relaxed) {
            live::begin(&self.0.shared);
            audited::started(&self.0.shared.settings);
        }
    }

    /// Returns the stores and services of the app.
    #[cfg(feature = "testing")]
    pub(super) fn state(&self) -> &crate::route::State {
        &self.0.shared.state
    }

    /// Returns the live inventory.
    pub(super) fn live(&self) -> &Arc<Live> {
        &self.0.shared.live
    }

    /// Returns the time, in seconds since 1970.
    pub(super) fn now(&self) -> i64 {
        self.0.shared.settings.clock.unix_seconds()
    }

    /// Returns the parts that all operations share.
    pub(super) fn shared(&self) -> &Shared {
        &self.0.shared
    }

    /// Returns the live inventory as it is now, on other machines too where they share it.
    pub(super) async fn current(&self) -> LiveInventory {
        live::current(&self.0.shared).await
    }

    /// Hears once what other machines know, where they share something.
    pub(super) async fn first(&self) {
        live::first(&self.0.shared).await;
    }

    /// Returns `true` if what is closed is known here.
    pub(super) fn has_closings(&self) -> bool {
        self.0.shared.keeper.as_ref().is_none_or(Keeper::has_read)
    }

    /// Returns the text of what was counted.
    #[cfg(feature = "metrics")]
    pub(super) fn metrics(&self) -> String {
        let Shared { metrics, sources, watch, live, keeper, settings, load, .. } = &*self.0.shared;
        live.looked(settings.clock.unix_seconds());
        let beside = Beside {
            remembered: sources.remembered(),
            steps: watch.as_ref().map_or_else(Vec::new, |watch| watch.callers.steps()),
            unkept: keeper.as_ref().is_some_and(|keeper| keeper.failure().is_some()),
            load: load.now(),
            audited: settings.audited.counts().map(|all| (all.written.get(), all.lost.get())),
        };
        metrics::text(metrics, beside)
    }

    /// Returns `true` if the sources of identity have what they need.
    pub(super) fn has_keys(&self) -> bool {
        self.0.shared.sources.are_ready()
    }

    /// Returns the proxies that are trusted.
    pub(super) fn proxies(&self) -> &Proxies {
        &self.0.shared.settings.proxies
    }

    /// Compiles the operations of an app.
    pub(super) fn new(
        shared: Shared,
        (documents, metadata): (Vec<Document>, Option<Document>),
        own_keys: Option<Arc<OwnKeys>>,
    ) -> Self {
        let table = shared.api.versions;
        let mut places: Vec<BTreeMap<String, Place>> = Vec::new();
        places.resize_with(table.versions.len(), BTreeMap::new);
        let mut verbs = [false; Verb::ALL.len()];
        for listing in shared.api.listings() {
            let route = listing.route;
            let limits = Arc::new(shared.limits(route));
            let precedes = shared.api.precedes(route);
            for (index, version) in route.versions.versions() {
                if !shared.settings.previews.serve(index, version) {
                    continue;
                }
                let limits = Arc::clone(&limits);
                let operation =
                    Operation::new(listing, (index, version), limits, precedes, &shared);
                let path = route.versions.table().address(version, route.path_shape);
                let place = places[index].entry(path);
                place.or_insert_with(|| Place::empty(Some(version))).add(operation);
                verbs[route.verb.index()] = true;
            }
        }
        let versions = ByVersion::of(table, &shared.settings.previews, &mut places);
        let mut places: BTreeMap<String, Place> = places.into_iter().flatten().collect();
        let readers = Readers::of(&shared).map(Arc::new);
        let documents = documents.into_iter().map(|document| (document, readers.clone()));
        for (document, readers) in documents.chain(metadata.map(|metadata| (metadata, None))) {
            let path = document.path.clone();
            if places.insert(path, Place::of(document, readers)).is_some() {
                unreachable!("a document stands where an operation does");
            }
        }
        if let Some(keys) = own_keys {
            places.insert(KEYS.to_owned(), Place::of_keys(keys));
        }
        Self(Arc::new(Places {
            shared: Arc::new(shared),
            paths: Paths::new(places),
            versions,
            nowhere: Place::empty(None),
            everywhere: Place::everywhere(verbs),
            started: AtomicBool::new(false),
            ended: AtomicBool::new(false),
            stops: watch::Sender::new(false),
        }))
    }

    /// Returns a router whose every path leads here.
    pub(super) fn router(&self) -> Router {
        let stated = self.0.versions.iter().flat_map(ByVersion::texts);
        let texts: BTreeSet<&String> = self.0.paths.texts.iter().chain(stated).collect();
        let routes = texts
            .into_iter()
            .fold(Router::new(), |router, path| router.route_service(path, self.clone()));
        routes.fallback_service(self.clone())
    }

    /// Answers a request. The content is the server's from here on: a future around this one would be moved once more, and
    /// it is large.
    #[allow(clippy::manual_async_fn, reason = "an async function holds each argument twice")]
    fn answer(
        self,
        mut parts: Parts,
        mut body: Body,
        connection: Option<Connection>,
    ) -> impl Future<Output = http::Response<Content>> + Send {
        async move {
            let shared = &*self.0.shared;
            if !shared.in_query.is_empty() {
                InQuery::take(&mut parts, &shared.in_query);
            }
            let (place, parameters) = self.0.find(&parts);
            let mut record = Record::new(shared, place, &parts, parameters, connection);
            let answer = exchange::run(shared, place, &mut parts, &mut body, &mut record);
            let answer = answer.await;
            open::content(&self.0, parts, &mut record, answer)
        }
    }
}

impl Places {
    /// Returns the place of a request, with the parameters of its path.
    pub(super) fn find(&self, parts: &Parts) -> (&Place, PathParameters) {
        match self.paths.at(parts.uri.path()) {
            Some(found) => found,
            None => self.elsewhere(parts),
        }
    }

    /// Returns the place of a request whose path is in no table of all versions.
    #[inline(never)]
    fn elsewhere(&self, parts: &Parts) -> (&Place, PathParameters) {
        if let Some(found) = self.versions.as_ref().and_then(|versions| versions.at(parts)) {
            return found;
        }
        let place = if is_about_the_server(parts) { &self.everywhere } else { &self.nowhere };
        (place, PathParameters::default())
    }
}

impl fmt::Debug for Endpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Endpoint").field(&self.0.shared.api.name).finish()
    }
}

impl Respond for Endpoint {
    fn respond(&self, request: Request<Incoming>, connection: Connection) -> Responding {
        let (parts, body) = request.into_parts();
        let body = if body.is_end_stream() { Body::empty() } else { Body::new(body) };
        Box::pin(self.clone().answer(parts, body, Some(connection)))
    }

    fn refuse(&self, status: StatusCode, connection: Connection) -> Option<Responding> {
        self.unreadable(status, connection)
    }

    fn stops(&self) {
        self.0.stops.send_replace(true);
    }
}

impl Service<Request<Body>> for Endpoint {
    type Response = Response;
    type Error = Infallible;
    type Future = BoxFuture<'static, Result<Response, Infallible>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request<Body>) -> Self::Future {
        let (parts, body) = request.into_parts();
        let connection = parts.extensions.get().copied();
        Box::pin(
            self.clone()
                .answer(parts, body, connection)
                .map(|answer| Ok(answer.map(Content::into_body))),
        )
    }
}
