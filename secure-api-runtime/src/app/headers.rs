//! The header fields that every answer carries, an early refusal as much as a success.

use http::{HeaderMap, HeaderName, HeaderValue, header};

use crate::{identity::Kind, route::Api, serve::Transport, version, weakened};

/// The fields that tell a browser what it may do with an answer of an API: it may not run, frame, sniff, refer to, embed or
/// keep it, nor use what the machine has. That nothing may frame it is said by the policy alone: browsers that know `X-Frame-Options` and no policy are
/// gone.
pub(super) const ALWAYS: [(HeaderName, HeaderValue); 7] = [
    (header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
    (header::REFERRER_POLICY, HeaderValue::from_static("no-referrer")),
    (
        HeaderName::from_static("cross-origin-resource-policy"),
        HeaderValue::from_static("same-origin"),
    ),
    (header::VARY, VARY),
    (
        header::CONTENT_SECURITY_POLICY,
        // What a policy says of sources says nothing of a base, of forms and of frames (CSP, section 6.1.3).
        HeaderValue::from_static(
            "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
        ),
    ),
    (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
    (
        HeaderName::from_static("permissions-policy"),
        HeaderValue::from_static("camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
    ),
];

/// The fields that answers depend on in an app that takes tokens in `Authorization` and nothing else.
const VARY: HeaderValue = HeaderValue::from_static("accept, authorization");

/// The fields of a request that the answers of an app depend on, for `Vary` (RFC 9110, section 12.5.5).
///
/// No answer to a caller may be kept, by `Cache-Control: no-store`, and a cache that does as it is told needs no more. This is for
/// one that was set to keep answers all the same: with every header that credentials come in, it gives none to somebody else. The
/// kinds are those of the whole app, since credentials of a kind that an operation does not admit are refused by it.
pub(super) struct Vary {
    /// The fields for all others, where they are not those of [`ALWAYS`].
    of_callers: Option<HeaderValue>,
    /// The fields for an answer that is the same for all callers, and may be kept.
    public: HeaderValue,
    /// The names of those for all others.
    names: Vec<&'static str>,
}

impl Vary {
    /// Creates it for an app with these kinds of credentials, whose answers the pages of other origins may read or not.
    pub(super) fn of<'k>(kinds: impl Iterator<Item = &'k Kind>, api: &Api, origins: bool) -> Self {
        let version = match api.versions.addresses.place {
            version::VersionPlace::Header(_, name) => Some(name),
            version::VersionPlace::Path
            | version::VersionPlace::Nowhere
            | version::VersionPlace::Query(_)
            // All answers depend on `Accept`.
            | version::VersionPlace::MediaType(..) => None,
        };
        let origin = origins.then_some("origin");
        let mut own: Vec<_> = kinds.filter_map(Kind::selecting_header).collect();
        own.sort_unstable();
        own.dedup();
        let names: Vec<_> = ["accept", "authorization"]
            .into_iter()
            .chain(own)
            .chain(version)
            .chain(origin)
            .collect();
        let public = ["accept"].into_iter().chain(version).chain(origin).collect();
        Self {
            of_callers: Some(joined(names.clone())).filter(|value| *value != VARY),
            public: joined(public),
            names,
        }
    }

    /// Returns the value for an answer to some caller that depends on these fields too.
    pub(super) fn with<'n>(&self, further: impl Iterator<Item = &'n str>) -> HeaderValue {
        let mut names: Vec<&str> = self.names.clone();
        for name in further {
            if !names.contains(&name) {
                names.push(name);
            }
        }
        joined(names)
    }

    /// Returns the value for an answer that is the same for all callers, or is not. `None` where it is that of [`ALWAYS`].
    pub(super) fn other(&self, public: bool) -> Option<&HeaderValue> {
        if public { Some(&self.public) } else { self.of_callers.as_ref() }
    }
}

/// Joins names of fields, which are tokens.
fn joined(names: Vec<&str>) -> HeaderValue {
    HeaderValue::from_str(&names.join(", ")).unwrap_or(HeaderValue::from_static("*"))
}

/// Two years, as browsers' preload lists ask for (RFC 6797).
const STRICT_TRANSPORT_SECURITY: HeaderValue =
    HeaderValue::from_static("max-age=63072000; includeSubDomains");

/// The fields that all answers of a version or of an operation have in common, put together once: a copy of a map costs
/// less than finding the place of each field in one.
pub(super) struct Common {
    plain: HeaderMap,
    encrypted: HeaderMap,
}

impl Common {
    /// Joins the fields that every answer has and these.
    pub(super) fn with(stated: Vec<(&'static str, HeaderValue)>) -> Self {
        /// Room for these and an answer's own: a map is then less than three quarters full, and so does not grow.
        const ROOM: usize = 24;

        let mut plain = HeaderMap::with_capacity(ROOM);
        if !weakened::is("headers") {
            plain.extend(ALWAYS);
        }
        for (name, value) in stated {
            plain.append(HeaderName::from_static(name), value);
        }
        let mut encrypted = plain.clone();
        encrypted.insert(header::STRICT_TRANSPORT_SECURITY, STRICT_TRANSPORT_SECURITY);
        Self { plain, encrypted }
    }

    /// Adds a field that answers have which are joined here.
    pub(super) fn insert(&mut self, name: &HeaderName, value: &HeaderValue) {
        self.plain.insert(name, value.clone());
        self.encrypted.insert(name, value.clone());
    }

    /// Returns a copy for an answer that leaves by this transport.
    ///
    /// RFC 6797, section 7.2: a browser is told to insist on encryption only where there is some. A request that did not
    /// come through our own server is taken to have come encrypted.
    pub(super) fn over(&self, transport: Option<Transport>) -> HeaderMap {
        match transport {
            Some(Transport::Plain) => self.plain.clone(),
            Some(Transport::Tls) | None => self.encrypted.clone(),
        }
    }
}
