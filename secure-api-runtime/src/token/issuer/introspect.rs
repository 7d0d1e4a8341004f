//! Issuers that are asked about their tokens.

use std::{sync::Arc, time::Duration};

use super::{Issuer, Surroundings};
use crate::{
    error::StartProblem,
    outbound::{Endpoint, basic},
    secret::{NamesOrigin, SecretBytes},
    token::introspection::Introspection,
};

/// The way in which an issuer is asked about its tokens.
pub(crate) struct Asked {
    client_id: String,
    secret: Option<SecretBytes>,
    endpoint: Option<String>,
}

impl Issuer {
    /// Asks the issuer about tokens that are no JWT (RFC 7662), as this client of it, which proves itself by its secret. The
    /// endpoint is the one that the discovery document names, unless [`introspection_uri`](Self::introspection_uri) is called.
    ///
    /// Of its answer the same is asked as of the claims of a JWT, `jti` apart, and it is
    /// [remembered](Self::introspection_kept_for) for 30 seconds at most. While the issuer does not answer, such tokens are
    /// answered by 503. Of an app's issuers one is asked.
    ///
    /// The secret is a [`SecretBytes`], which says where it comes from; a line break at its end is no part of it. Text and bytes do
    /// not compile (SA176).
    ///
    /// ```no_run
    /// use secure_api::{secret::SecretBytes, token::Issuer};
    ///
    /// let issuer = Issuer::discover("https://login.shop.example")
    ///     .audience("shop-api")
    ///     .introspect("shop-api", SecretBytes::file("/run/secrets/introspection"));
    /// ```
    ///
    /// ```compile_fail,E0277
    /// # use secure_api::token::Issuer;
    /// Issuer::discover("https://login.example").introspect("shop-api", "in every clone of the repository".into());
    /// ```
    #[must_use]
    pub fn introspect(mut self, client_id: impl Into<String>, secret: impl NamesOrigin) -> Self {
        let secret = Some(secret.secret());
        let endpoint = self.asked.take().and_then(|asked| asked.endpoint);
        self.asked = Some(Asked { client_id: client_id.into(), secret, endpoint });
        self
    }

    /// Sets the URL at which the issuer is asked about tokens, of an issuer without a discovery document: `https`, or `http` on
    /// loopback. Who asks is set by [`introspect`](Self::introspect).
    #[must_use]
    pub fn introspection_uri(mut self, url: impl Into<String>) -> Self {
        let asked = self.asked.take();
        let asked = asked.unwrap_or_else(|| Asked {
            client_id: String::new(),
            secret: None,
            endpoint: None,
        });
        self.asked = Some(Asked { endpoint: Some(url.into()), ..asked });
        self
    }

    /// Sets the time for which what the issuer says of a token is remembered, up to five minutes and never past the token's end; a
    /// time of zero asks for each request. By default 30 seconds: a caller that sends ten requests a second costs one question in
    /// thirty seconds, and a token that the issuer takes back counts for that long at most.
    #[must_use]
    pub fn introspection_kept_for(mut self, time: Duration) -> Self {
        self.answers_kept = Some(time);
        self
    }

    /// Takes the client as the subject of a token of which the issuer names none when it is asked, and says why. By default such a
    /// token is refused.
    ///
    /// Some providers name no subject where a client has a token by its own credentials; in a JWT it would be the client (RFC
    /// 9068, section 2.2). Every token of a person has to have a `sub`: all people whose tokens have none would be one caller, the
    /// client that they use. An answer with a `username` is therefore refused all the same.
    /// And nobody's `sub` may be the id of a client: whoever can choose theirs would be that client (RFC 9068, section 5).
    #[must_use]
    pub fn client_as_subject(mut self, reason: &'static str) -> Self {
        self.shape.client_as_subject = Some(reason);
        self
    }
}

/// Returns an issuer that is asked.
pub(super) fn check(
    issuer: &Arc<str>,
    (asked, remembered): (Asked, i64),
    discovered: bool,
    surroundings: &Surroundings,
    report: &mut impl FnMut(&'static str, String, &'static str),
) -> Option<Arc<Introspection>> {
    if let Some(fault) = asked.secret.as_ref().and_then(SecretBytes::unread) {
        let problem = StartProblem::of(fault);
        report(problem.code, problem.text, problem.help);
        return None;
    }
    let secret = asked.secret.as_ref().map_or(&[][..], SecretBytes::line);
    if asked.client_id.is_empty() || secret.is_empty() {
        report(
            "SA173",
            format!("the issuer {issuer} is asked about tokens by nobody, or without a secret"),
            "add `.introspect(\"…\", secret)`, a client of the issuer and the secret that it proves itself by",
        );
        return None;
    }
    let stated = asked.endpoint.as_deref().map(Endpoint::stated);
    if matches!(stated, Some(None)) || (stated.is_none() && !discovered) {
        report(
            "SA174",
            format!("the issuer {issuer} is not asked about tokens at an https URL"),
            "name the issuer by `Issuer::discover(…)`, or write `.introspection_uri(\"https://login.example/introspect\")`",
        );
        return None;
    }
    Some(Arc::new(Introspection::new(
        Arc::clone(issuer),
        stated.flatten(),
        basic(&asked.client_id, secret),
        Arc::clone(&surroundings.fetcher),
        surroundings.clock.clone(),
        remembered,
    )))
}
