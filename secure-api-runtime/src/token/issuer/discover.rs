//! Issuers whose keys are fetched from where they publish them.

use std::{sync::Arc, time::Duration};

use super::{Issuer, PublishedAt, Surroundings, keys::Keys};
use crate::{
    outbound::Endpoint,
    token::{
        key::Key,
        published::{KeysAt, Published},
    },
};

impl Issuer {
    /// Creates an issuer by its address, as `https://login.example/realms/shop`: the identifier that its tokens have in `iss`,
    /// byte for byte. Its discovery document says where its keys are, by OpenID Connect Discovery or by RFC 8414.
    ///
    /// The keys are fetched when the app is served, fetched again before they grow old, and once more when a token names one
    /// that is not there yet: an issuer that rotates its keys needs nothing done here. While it does not answer, the last
    /// ones count for six hours. An app starts without it; until its keys are there, its tokens are answered by 503.
    ///
    /// ```
    /// use secure_api::token::Issuer;
    ///
    /// let issuer = Issuer::discover("https://login.shop.example").audience("shop-api");
    /// ```
    pub fn discover(name: impl Into<String>) -> Self {
        Self { published: Some(PublishedAt::Discovered), ..Self::new(name) }
    }

    /// Sets the URL of the issuer's set of keys (JWKS, RFC 7517), of an issuer without a discovery document: `https`, or
    /// `http` on loopback. What [`discover`](Self::discover) says of keys holds for these.
    ///
    /// ```
    /// use secure_api::token::Issuer;
    ///
    /// let issuer = Issuer::new("https://login.shop.example")
    ///     .audience("shop-api")
    ///     .jwks_uri("https://login.shop.example/keys");
    /// ```
    #[must_use]
    pub fn jwks_uri(mut self, url: impl Into<String>) -> Self {
        self.published = Some(PublishedAt::Stated(url.into()));
        self
    }

    /// Sets the time for which the last keys that the issuer published count while it does not answer: from an hour, since a set
    /// may be fresh for as long, up to a day. By default six hours: long enough to mend an issuer, and longer than access tokens
    /// live. A key that was stolen and withdrawn counts for as long where whoever has it keeps the issuer from answering.
    #[must_use]
    pub fn keys_kept_for(mut self, time: Duration) -> Self {
        self.keys_kept = Some(time);
        self
    }
}

/// Returns the keys that an issuer publishes, none of them fetched yet.
pub(super) fn check(
    issuer: &Arc<str>,
    (at, kept): (PublishedAt, i64),
    keys: &[Key],
    surroundings: &Surroundings,
    report: &mut impl FnMut(&'static str, String, &'static str),
) -> Option<Keys> {
    if !keys.is_empty() {
        report(
            "SA169",
            format!("the issuer {issuer} has keys of yours beside those that it publishes"),
            "leave `.key(…)` out, or name the issuer by `Issuer::new(…)` and keep the keys up to date yourself",
        );
    }
    let at = match at {
        PublishedAt::Discovered => KeysAt::Discovered,
        PublishedAt::Stated(url) => match Endpoint::stated(&url) {
            Some(endpoint) => KeysAt::Stated(endpoint),
            None => {
                report(
                    "SA170",
                    format!("the keys of the issuer {issuer} are not at an https URL"),
                    "write the URL of its set of keys, as `.jwks_uri(\"https://login.example/keys\")`; plain http on loopback only",
                );
                return None;
            }
        },
    };
    let (fetcher, clock) = (Arc::clone(&surroundings.fetcher), surroundings.clock.clone());
    Some(Keys::Published(Arc::new(Published::new(Arc::clone(issuer), at, kept, fetcher, clock))))
}
