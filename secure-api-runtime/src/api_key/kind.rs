//! The kinds of credentials that API keys are: in the header of the framework, or where a contract has them.

use crate::identity::{API_KEY, API_KEY_HEADER, Credential, Kind};

/// API keys, sent in the header `X-Api-Key`, as `by = ApiKey` names them.
///
/// Where the clients of a contract send them elsewhere, they are a kind of your own, which `by` names and
/// [`ApiKeys::sent_as`](super::ApiKeys::sent_as) takes:
///
/// ```
/// use secure_api::{identity::{Credential, Kind}, prelude::*};
///
/// /// The keys of Acme's clients.
/// enum AcmeKey {}
///
/// impl Credential for AcmeKey {
///     const KIND: Kind = ApiKey::in_header("x-acme-key");
/// }
/// ```
#[derive(Debug)]
pub enum ApiKey {}

impl Credential for ApiKey {
    const KIND: Kind = Self::in_header(API_KEY_HEADER);
}

impl ApiKey {
    /// Creates the kind of keys in another header, named in lower case.
    pub const fn in_header(header: &'static str) -> Kind {
        Kind::header(API_KEY, header)
    }

    /// Creates the kind of keys in a cookie. A browser sends it by itself, so what changes something is asked for by a page of one's
    /// own, as with [sessions](Kind::cookie).
    pub const fn in_cookie(cookie: &'static str) -> Kind {
        Kind::cookie(API_KEY, cookie)
    }

    /// Creates the kind of keys in the query, for a reason: URLs are kept by [logs and histories](Kind::query).
    pub const fn in_query(parameter: &'static str, reason: &'static str) -> Kind {
        Kind::query(API_KEY, parameter, reason)
    }
}
