//! The header fields and cookies that the input of an operation reads.

use http::{HeaderMap, HeaderName, HeaderValue, header};

use super::headers::Vary;
use crate::{
    input::header_name,
    route::{Api, ArgumentInfo, Route},
    version,
};

/// The parts of a request's head that an input reads.
pub(super) struct ReadsHead {
    headers: Vec<HeaderName>,
    /// `true` if it reads cookies.
    pub(super) cookies: bool,
    /// The fields of a request that an answer depends on, these included.
    pub(super) vary: HeaderValue,
}

impl ReadsHead {
    /// Returns those of a route; `None` where it reads none, as most do.
    pub(super) fn of(route: &Route, vary: &Vary) -> Option<Box<Self>> {
        let headers = headers_of(route);
        let cookies = route.arguments.iter().any(|of| matches!(of(), ArgumentInfo::Cookies(_)));
        (cookies || !headers.is_empty()).then(|| {
            let cookie = cookies.then_some("cookie");
            let vary = vary.with(headers.iter().map(HeaderName::as_str).chain(cookie));
            Box::new(Self { headers, cookies, vary })
        })
    }

    /// Adds them to the text that tells a request from another of the same key: each with its length, so that none runs into
    /// the next.
    pub(super) fn write(&self, all: &HeaderMap, target: &mut Vec<u8>) {
        let cookie = self.cookies.then_some(&header::COOKIE);
        for name in self.headers.iter().chain(cookie) {
            for value in all.get_all(name) {
                target.extend(format!("\n{name} {} ", value.len()).into_bytes());
                target.extend(value.as_bytes());
            }
        }
    }
}

/// Returns the header fields that the input of a route reads.
fn headers_of(route: &Route) -> Vec<HeaderName> {
    let mut found = Vec::new();
    for describe in route.arguments {
        if let ArgumentInfo::Headers(object) = describe() {
            let names = (object.fields)().into_iter();
            // Those that are no names have been refused by the compiler.
            found.extend(names.filter_map(|field| {
                HeaderName::from_bytes(header_name(field.name).as_bytes()).ok()
            }));
        }
    }
    found
}

/// Returns the header fields that the inputs of an API read, and the one that states the version, each once.
pub(super) fn all_headers(api: &'static Api) -> Vec<HeaderName> {
    let mut all: Vec<_> = api.routes().flat_map(headers_of).collect();
    if let version::VersionPlace::Header(_, name) = api.versions.addresses.place {
        all.push(HeaderName::from_static(name));
    }
    all.sort_unstable_by(|one, other| one.as_str().cmp(other.as_str()));
    all.dedup();
    all
}
