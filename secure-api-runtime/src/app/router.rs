//! The axum router: one service for each path of each version, with everything it enforces inside.

use std::{collections::BTreeMap, convert::Infallible, sync::Arc};

use axum::{
    Router,
    body::Body,
    extract::{FromRequestParts, RawPathParams},
    response::Response,
};
use http::{HeaderValue, Method, Request, header, request::Parts};
use tower::{Service, service_fn};

use super::{
    exchange,
    headers::Common,
    operation::{Fixed, Matched, Operation, Shared},
};
use crate::{
    docs::Document,
    error::{Problem, problem},
    route::PathParameters,
    verb::Verb,
    version::VersionInfo,
};

/// Routes of one path, by verb.
pub(super) struct Place {
    shared: Arc<Shared>,
    version: Option<&'static VersionInfo>,
    common: Common,
    operations: [Option<Operation>; Verb::ALL.len()],
    fixed: Option<Fixed>,
    allow: HeaderValue,
}

/// Builds the router of an app.
pub(super) fn router(shared: Arc<Shared>, documents: Vec<Document>) -> Router {
    let mut router = Router::new();
    let mut places: BTreeMap<String, Place> = BTreeMap::new();
    for listing in shared.api.listings() {
        let route = listing.route;
        let limits = Arc::new(shared.limits(route));
        let precedes = shared.api.precedes(route);
        for (index, version) in route.versions.versions() {
            if !shared.settings.previews.serve(index, version) {
                continue;
            }
            let path = positional(version.segment, route.path_shape);
            let place = places.entry(path).or_insert_with(|| Place::empty(&shared, Some(version)));
            let limits = Arc::clone(&limits);
            let operation =
                Operation::new(listing, (index, version), limits, precedes, &shared.settings);
            place.operations[route.verb.index()] = Some(operation);
        }
    }
    for (path, mut place) in places {
        place.allow = place.allowed();
        router = router.route_service(&path, service(place));
    }
    for document in documents {
        let mut place = Place::empty(&shared, None);
        place.allow = HeaderValue::from_static("GET, HEAD, OPTIONS");
        place.fixed = Some(Fixed {
            content_type: document.content_type,
            policy: document.content_security_policy,
            body: document.body,
        });
        router = router.route_service(&document.path, service(place));
    }
    let nowhere = Place::empty(&shared, None);
    router.fallback_service(service(nowhere))
}

/// Returns the path that the router matches: parameters are numbered, since two routes may name the same one
/// differently.
fn positional(version: &str, path_shape: &str) -> String {
    let mut path = format!("/{version}");
    for (index, part) in path_shape.split("{}").enumerate() {
        if index > 0 {
            path.push_str(&format!("{{p{index}}}"));
        }
        path.push_str(part);
    }
    path
}

impl Place {
    fn empty(shared: &Arc<Shared>, version: Option<&'static VersionInfo>) -> Self {
        Self {
            shared: Arc::clone(shared),
            version,
            common: Common::with(version.map(VersionInfo::headers).unwrap_or_default()),
            operations: [const { None }; Verb::ALL.len()],
            fixed: None,
            allow: HeaderValue::from_static(""),
        }
    }

    fn allowed(&self) -> HeaderValue {
        let mut verbs = Vec::new();
        for verb in Verb::ALL {
            if self.operations[verb.index()].is_some() {
                verbs.push(verb.as_str());
                if verb == Verb::Get {
                    verbs.push("HEAD");
                }
            }
        }
        verbs.push("OPTIONS");
        // Method names are visible ASCII.
        HeaderValue::from_str(&verbs.join(", ")).unwrap_or(HeaderValue::from_static("OPTIONS"))
    }

    /// Returns `true` if anything is served at this path.
    fn exists(&self) -> bool {
        self.fixed.is_some() || self.operations.iter().any(Option::is_some)
    }

    /// Returns the parameters of the path, decoded once by axum. A path that does not decode has none and names
    /// nothing.
    async fn parameters(&self, parts: &mut Parts) -> PathParameters {
        let operation = self.operations.iter().flatten().next();
        let own = operation.map_or(0, |operation| operation.route.parameters.len());
        if own == 0 {
            return PathParameters::default();
        }
        let raw = RawPathParams::from_request_parts(parts, &()).await;
        raw.map_or_else(|_| PathParameters::default(), |raw| PathParameters::last_of(raw, own))
    }

    async fn answer(&self, request: Request<Body>) -> Response {
        let (mut parts, body) = request.into_parts();
        let parameters = self.parameters(&mut parts).await;
        let matched = |parts: &Parts| self.matched(&parts.method, parameters);
        exchange::run(&self.shared, &self.common, parts, body, matched).await
    }

    fn matched(&self, method: &Method, parameters: PathParameters) -> Matched<'_> {
        if !self.exists() {
            return Matched::Refused(Problem::new(&problem::NOT_FOUND).because("no route is here"));
        }
        let clock = &self.shared.settings.clock;
        if self.version.is_some_and(|version| version.is_sunset(clock)) {
            return Matched::Refused(
                Problem::new(&problem::SUNSET).because("the version is past its sunset"),
            );
        }
        if *method == Method::OPTIONS {
            return Matched::Options(&self.allow);
        }
        let verb = Verb::answering(method);
        if let (Some(fixed), Some(Verb::Get)) = (&self.fixed, verb) {
            return Matched::Fixed(fixed);
        }
        match verb.and_then(|verb| self.operations[verb.index()].as_ref()) {
            Some(operation) if operation.route.is_sunset(clock) => Matched::Gone(operation),
            Some(operation) => Matched::Operation(operation, parameters),
            None => Matched::Refused(
                Problem::new(&problem::METHOD_NOT_ALLOWED)
                    .header(header::ALLOW, self.allow.clone())
                    .because("the path has no such verb"),
            ),
        }
    }
}

/// Makes the service that axum's router calls for a place.
fn service(
    place: Place,
) -> impl Service<Request<Body>, Response = Response, Error = Infallible, Future: Send + 'static>
+ Clone
+ Send
+ Sync
+ 'static {
    let place = Arc::new(place);
    service_fn(move |request: Request<Body>| {
        let place = Arc::clone(&place);
        async move { Ok(place.answer(request).await) }
    })
}
