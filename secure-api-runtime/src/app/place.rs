//! One path of one version: the operations that are there, by verb, and what the path allows.

use std::sync::Arc;

use bytes::Bytes;
use http::{HeaderName, HeaderValue, Method, header, request::Parts};

use super::{headers::Common, mount, operation::Operation, readers::Readers, stated::Stated};
use crate::{
    clock::Clock,
    docs::Document,
    error::{Problem, problem, stage},
    route::etag,
    token::OwnKeys,
    verb::Verb,
    version::VersionInfo,
    weakened,
};

const ACCEPT_QUERY: HeaderName = HeaderName::from_static("accept-query");

/// Routes of one path, by verb.
pub(super) struct Place {
    version: Option<&'static VersionInfo>,
    pub(super) common: Common,
    operations: [Option<Operation>; Verb::ALL.len()],
    fixed: Option<Fixed>,
    /// The keys that the app signs tokens with, where this is their place.
    keys: Option<Arc<OwnKeys>>,
    /// The versions that a request has to state one of, where it has not.
    unknown: Option<Arc<Stated>>,
    /// `true` if anything is served here.
    exists: bool,
    allow: HeaderValue,
}

impl Place {
    /// Creates a place that has nothing yet.
    pub(super) fn empty(version: Option<&'static VersionInfo>) -> Self {
        Self {
            version,
            common: Common::with(version.map(VersionInfo::headers).unwrap_or_default()),
            operations: [const { None }; Verb::ALL.len()],
            fixed: None,
            keys: None,
            unknown: None,
            exists: false,
            allow: HeaderValue::from_static(""),
        }
    }

    /// Creates the place of requests that do not state a version which is served.
    pub(super) fn unknown(stated: Arc<Stated>) -> Self {
        Self { unknown: Some(stated), exists: true, ..Self::empty(None) }
    }

    /// Creates the place of the server as a whole, which `OPTIONS *` and `CONNECT` are about (RFC 9110, sections 9.3.6 and
    /// 9.3.7): it has no operation, and allows what any of its operations does.
    pub(super) fn everywhere(has: [bool; Verb::ALL.len()]) -> Self {
        Self { exists: true, allow: allowed(has), ..Self::empty(None) }
    }

    /// Creates the place of a document, which is for these readers, or for everybody.
    pub(super) fn of(document: Document, readers: Option<Arc<Readers>>) -> Self {
        Self {
            fixed: Some(Fixed {
                content_type: document.content_type,
                tag: etag::of(&document.body),
                server: mount::server(&document.body),
                policy: document.content_security_policy,
                kept: document.cache_control,
                body: document.body,
                readers,
            }),
            exists: true,
            allow: HeaderValue::from_static("GET, HEAD, OPTIONS"),
            ..Self::empty(None)
        }
    }

    /// Creates the place of the keys that the app signs tokens with.
    pub(super) fn of_keys(keys: Arc<OwnKeys>) -> Self {
        Self {
            keys: Some(keys),
            exists: true,
            allow: HeaderValue::from_static("GET, HEAD, OPTIONS"),
            ..Self::empty(None)
        }
    }

    /// Adds an operation.
    pub(super) fn add(&mut self, operation: Operation) {
        let verb = operation.route.verb;
        self.operations[verb.index()] = Some(operation);
        self.exists = true;
        self.allow = allowed(self.operations.each_ref().map(Option::is_some));
        self.tell_queries();
    }

    /// Has all answers of this place say in which media types a QUERY may ask, where there is one (RFC 10008, section 3).
    fn tell_queries(&mut self) {
        let asked = self.operations[Verb::Query.index()].as_ref();
        let Some(value) = asked.and_then(Operation::accepts_query) else {
            return;
        };
        let others = self.operations.iter_mut().flatten().filter_map(|one| one.common.as_mut());
        for common in others.chain([&mut self.common]) {
            common.insert(&ACCEPT_QUERY, &value);
        }
    }

    /// Notes the verbs of its operations.
    pub(super) fn add_verbs(&self, verbs: &mut [bool; Verb::ALL.len()]) {
        for (has, operation) in verbs.iter_mut().zip(&self.operations) {
            *has |= operation.is_some();
        }
    }

    /// Returns what a request is at this place, by its method.
    pub(super) fn matched(&self, parts: &Parts, clock: &Clock) -> Matched<'_> {
        let method = &parts.method;
        if !self.exists {
            return Matched::Refused(
                Problem::new(&problem::NOT_FOUND).at(stage::ROUTE).because("no route is here"),
            );
        }
        // A browser that is not answered before its request does not send it, and could not tell its page that the version
        // is gone.
        if !is_preflight(parts) && self.version.is_some_and(|version| version.is_sunset(clock)) {
            // Who still calls what is noted, also when it is gone.
            let verb = Verb::answering(method);
            return match verb.and_then(|verb| self.operations[verb.index()].as_ref()) {
                Some(operation) => Matched::Gone(operation),
                None => Matched::Refused(
                    Problem::new(&problem::SUNSET).saying("the version is past its sunset"),
                ),
            };
        }
        if *method == Method::OPTIONS {
            return Matched::Options(match &self.unknown {
                Some(stated) => stated.allow(parts.uri.path()),
                None => self.allow.clone(),
            });
        }
        let verb = Verb::answering(method);
        if let (Some(fixed), Some(Verb::Get)) = (&self.fixed, verb) {
            return Matched::Fixed(fixed);
        }
        if let (Some(keys), Some(Verb::Get)) = (&self.keys, verb) {
            return Matched::Keys(keys);
        }
        let found = verb.and_then(|verb| self.operations[verb.index()].as_ref());
        let any = || self.operations.iter().flatten().next().filter(|_| weakened::is("methods"));
        match found.or_else(any) {
            Some(operation) if operation.route.is_sunset(clock) || operation.calls.is_closed() => {
                Matched::Gone(operation)
            }
            Some(operation) => Matched::Operation {
                operation,
                // What nobody can read any more, or now, is no state that somebody has seen.
                reader: self.operations[Verb::Get.index()].as_ref().filter(|reader| {
                    !reader.route.is_sunset(clock)
                        && !reader.calls.is_closed()
                        && reader.is_out(clock).is_ok()
                }),
            },
            None => Matched::Refused(match &self.unknown {
                Some(stated) => stated.refusal(clock),
                None => Problem::new(&problem::METHOD_NOT_ALLOWED)
                    .header(header::ALLOW, self.allow.clone())
                    .saying("the path has no such verb"),
            }),
        }
    }
}

/// Returns `true` for a browser's question before a request (Fetch, section 4.8).
pub(super) fn is_preflight(parts: &Parts) -> bool {
    parts.method == Method::OPTIONS
        && parts.headers.contains_key(header::ACCESS_CONTROL_REQUEST_METHOD)
}

/// Returns `true` where a request has no path: the target is `*`, or the authority that a tunnel is to lead to.
pub(super) fn is_about_the_server(parts: &Parts) -> bool {
    match parts.uri.path() {
        "*" => parts.method == Method::OPTIONS,
        "" => parts.method == Method::CONNECT,
        _ => false,
    }
}

/// Returns the value of `Allow` for these verbs, by their indices.
pub(super) fn allowed(has: [bool; Verb::ALL.len()]) -> HeaderValue {
    let mut verbs = Vec::new();
    for verb in Verb::ALL {
        if has[verb.index()] {
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

/// The subject of a request, by its path and method.
pub(super) enum Matched<'a> {
    /// An operation, and the one that reads at this place.
    Operation { operation: &'a Operation, reader: Option<&'a Operation> },
    /// An operation that is past its own sunset.
    Gone(&'a Operation),
    /// `OPTIONS` on a path that exists: what it allows.
    Options(HeaderValue),
    /// An answer that is the same for all who may have it: a document.
    Fixed(&'a Fixed),
    /// The keys that the app signs tokens with.
    Keys(&'a OwnKeys),
    /// Nothing, for this reason.
    Refused(Problem),
}

/// A document that is served as it is.
pub(super) struct Fixed {
    pub(super) content_type: HeaderValue,
    pub(super) tag: HeaderValue,
    /// The place of the server's path, where it is an OpenAPI document.
    pub(super) server: Option<std::ops::Range<usize>>,
    pub(super) policy: Option<HeaderValue>,
    pub(super) kept: Option<HeaderValue>,
    pub(super) body: Bytes,
    /// The readers that it is for, where it is not for everybody.
    pub(super) readers: Option<Arc<Readers>>,
}
