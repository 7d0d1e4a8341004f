//! The header fields and cookies that the input of an operation reads.

use http::{HeaderMap, HeaderName, HeaderValue};

use super::headers::Vary;
use crate::{
    input::{cookie_values, header_name},
    route::{Api, ArgumentInfo, Route},
    version,
};

/// The parts of a request's head that an input reads.
pub(super) struct ReadsHead {
    headers: Vec<HeaderName>,
    /// The names of the cookies.
    cookies: Vec<&'static str>,
    /// The fields of a request that an answer depends on, these included.
    pub(super) vary: HeaderValue,
}

impl ReadsHead {
    /// Returns those of a route; `None` where it reads none, as most do.
    pub(super) fn of(route: &Route, vary: &Vary) -> Option<Box<Self>> {
        let (headers, cookies) = (headers_of(route), cookies_of(route));
        (!cookies.is_empty() || !headers.is_empty()).then(|| {
            let cookie = (!cookies.is_empty()).then_some("cookie");
            let vary = vary.with(headers.iter().map(HeaderName::as_str).chain(cookie));
            Box::new(Self { headers, cookies, vary })
        })
    }

    /// Returns `true` if it reads cookies.
    pub(super) fn cookies(&self) -> bool {
        !self.cookies.is_empty()
    }

    /// Adds them to the text that tells a request from another of the same key: each with its length, so that none runs into
    /// the next. Cookies that nothing reads change between a request and its repetition, as that of a session does.
    pub(super) fn write(&self, all: &HeaderMap, target: &mut Vec<u8>) {
        let mut add = |name: &str, value: &[u8]| {
            target.extend(format!("\n{name} {} ", value.len()).into_bytes());
            target.extend(value);
        };
        for name in &self.headers {
            all.get_all(name).iter().for_each(|value| add(name.as_str(), value.as_bytes()));
        }
        for name in &self.cookies {
            // No input reads a header of this name.
            let told = format!("cookie {name}");
            cookie_values(all, name).for_each(|value| add(&told, value));
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

/// Returns the names of the cookies that the input of a route reads.
fn cookies_of(route: &Route) -> Vec<&'static str> {
    let objects = route.arguments.iter().filter_map(|describe| match describe() {
        ArgumentInfo::Cookies(object) => Some(object),
        _ => None,
    });
    objects.flat_map(|object| (object.fields)()).map(|field| field.name).collect()
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
