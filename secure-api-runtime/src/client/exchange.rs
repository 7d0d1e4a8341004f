//! Token exchange (RFC 8693): for the caller's token the issuer gives one for another service, in the caller's name.

use std::sync::OnceLock;

use quick_cache::sync::Cache;
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;

use super::{error::Why, safe::Subject};
use crate::{
    clock::Clock,
    error::StartProblem,
    fingerprint::{Fingerprint, fingerprint},
    outbound::{Endpoint, Fault, Fetcher, basic},
    secret::{NamesOrigin, SecretBytes},
};

const GRANT: &str = "urn:ietf:params:oauth:grant-type:token-exchange";
const ACCESS_TOKEN: &str = "urn:ietf:params:oauth:token-type:access_token";
/// The seconds before its end from which a token is not sent any more: a call takes some, and clocks differ.
const EARLY: i64 = 30;
/// The seconds for which one is kept at most: for so long a caller counts whose rights the issuer took back.
const LONGEST: i64 = 300;
/// The most tokens that are kept.
const MOST: usize = 4096;

/// The exchange of a caller's token for one that another service takes (RFC 8693).
///
/// The issuer is asked as a client of it, with the caller's token as the subject: what it gives speaks for the caller, and for one
/// service. It is kept until a little before its end, and for five minutes at most.
///
/// ```no_run
/// use secure_api::{client::{TokenExchange, Upstream}, secret::SecretBytes};
///
/// struct Payments;
///
/// let exchange = TokenExchange::at("https://login.example/token", "shop", SecretBytes::env("SHOP_CLIENT_SECRET"))
///     .audience("payments")
///     .scopes(["charge"]);
/// let payments = Upstream::<Payments>::at("https://payments.example/v2").exchanges_token(exchange);
/// ```
pub struct TokenExchange {
    endpoint: String,
    client_id: String,
    secret: SecretBytes,
    target: Vec<(&'static str, String)>,
}

impl TokenExchange {
    /// Exchanges tokens at the token endpoint of an issuer, an `https` URL or one on loopback, as this client of it.
    pub fn at(
        endpoint: impl Into<String>,
        client_id: impl Into<String>,
        secret: impl NamesOrigin,
    ) -> Self {
        let (endpoint, client_id, secret) = (endpoint.into(), client_id.into(), secret.secret());
        Self { endpoint, client_id, secret, target: Vec::new() }
    }

    /// Asks for a token for the service of this name (`audience`).
    #[must_use]
    pub fn audience(mut self, name: impl Into<String>) -> Self {
        self.target.push(("audience", name.into()));
        self
    }

    /// Asks for a token for the service at this URL (`resource`, RFC 8707).
    #[must_use]
    pub fn resource(mut self, url: impl Into<String>) -> Self {
        self.target.push(("resource", url.into()));
        self
    }

    /// Asks for these scopes and no others.
    #[must_use]
    pub fn scopes<N: AsRef<str>>(mut self, scopes: impl IntoIterator<Item = N>) -> Self {
        let scopes: Vec<_> = scopes.into_iter().map(|scope| scope.as_ref().to_owned()).collect();
        self.target.push(("scope", scopes.join(" ")));
        self
    }
}

impl std::fmt::Debug for TokenExchange {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("TokenExchange").field("endpoint", &self.endpoint).finish_non_exhaustive()
    }
}

/// The exchange at work, with the tokens that it was given.
pub(crate) struct Exchange {
    stated: TokenExchange,
    endpoint: Option<Endpoint>,
    fetcher: Fetcher,
    kept: Cache<Fingerprint, (SecretString, i64)>,
    clock: OnceLock<Clock>,
}

/// The answer of an issuer (RFC 8693, section 2.2.1). Members that are not known are ignored, as RFC 6749 has it in section 5.1.
#[derive(Deserialize)]
struct Given {
    access_token: String,
    issued_token_type: String,
    token_type: String,
    expires_in: Option<u32>,
}

impl Exchange {
    pub(super) fn new(stated: TokenExchange) -> Self {
        let endpoint = Endpoint::stated(&stated.endpoint);
        let (fetcher, kept) = (Fetcher::new(), Cache::new(MOST));
        Self { stated, endpoint, fetcher, kept, clock: OnceLock::new() }
    }

    /// Sets the clock by which tokens end.
    pub(super) fn set_clock(&self, clock: &Clock) {
        // It is set once, when the client is made.
        let _ = self.clock.set(clock.clone());
    }

    pub(super) fn fault(&self) -> Option<Result<StartProblem, &'static str>> {
        if let Some(fault) = self.stated.secret.unread() {
            return Some(Ok(StartProblem::of(fault)));
        }
        if self.endpoint.is_none() {
            return Some(Err("the endpoint of its token exchange is no https URL"));
        }
        if self.stated.client_id.is_empty() || self.stated.secret.line().is_empty() {
            return Some(Err("its token exchange has no client, or no secret"));
        }
        let names = |name: &str| self.stated.target.iter().any(|(key, _)| *key == name);
        (!names("audience") && !names("resource"))
            .then_some(Err("its token exchange names no `.audience(…)` and no `.resource(…)`"))
    }

    /// Returns the token that this caller's is exchanged for.
    pub(super) async fn token(&self, subject: &Subject) -> Result<SecretString, Why> {
        let key = fingerprint(&[subject.token.expose_secret()]);
        let now = self.clock.get_or_init(Clock::system).unix_seconds();
        if let Some((token, until)) = self.kept.get(&key)
            && now < until
        {
            return Ok(token);
        }
        let given = self.given(subject).await.map_err(|fault| Why::Exchange(fault.to_string()))?;
        let token = SecretString::from(given.access_token);
        let lasts = given.expires_in.map_or(0, i64::from).saturating_sub(EARLY).min(LONGEST);
        if lasts > 0 {
            self.kept.insert(key, (token.clone(), now.saturating_add(lasts)));
        }
        Ok(token)
    }

    pub(super) fn forget(&self, subject: &Subject) {
        self.kept.remove(&fingerprint(&[subject.token.expose_secret()]));
    }

    /// Returns the question about a token.
    fn question(&self, subject: &Subject) -> String {
        form_urlencoded::Serializer::new(String::new())
            .append_pair("grant_type", GRANT)
            .append_pair("subject_token", subject.token.expose_secret())
            .append_pair("subject_token_type", ACCESS_TOKEN)
            .append_pair("requested_token_type", ACCESS_TOKEN)
            .extend_pairs(&self.stated.target)
            .finish()
    }

    /// Asks the issuer.
    async fn given(&self, subject: &Subject) -> Result<Given, Fault> {
        let endpoint = self.endpoint.as_ref().ok_or(Fault::Document("there is no endpoint"))?;
        let authorization = basic(&self.stated.client_id, self.stated.secret.line());
        let authorization = authorization.expose_secret();
        let fetched = self.fetcher.post(endpoint, authorization, self.question(subject)).await?;
        let given: Given = serde_json::from_slice(&fetched.body)
            .map_err(|_| Fault::Document("the answer is none of RFC 8693"))?;
        let bearer = given.token_type.eq_ignore_ascii_case("bearer");
        if given.issued_token_type != ACCESS_TOKEN || !bearer {
            return Err(Fault::Document("the answer is no access token that anybody may bear"));
        }
        Ok(given)
    }
}
