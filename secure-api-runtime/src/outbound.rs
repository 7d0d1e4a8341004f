//! Requests to others: bounded in time and size, to where they were sent and nowhere else. Issuers are asked by it.

use std::{error::Error, fmt, sync::OnceLock, time::Duration};

use base64::{Engine, engine::general_purpose::STANDARD};
use form_urlencoded::byte_serialize;
use http::{HeaderMap, HeaderValue, header};
use reqwest::{Client, ClientBuilder, RequestBuilder, Response, redirect::Policy};
use secrecy::{ExposeSecret, SecretString};
use url::{Host, Url};

/// The deadline of one exchange. An issuer that takes longer is as good as gone: somebody's request may be waiting.
const DEADLINE: Duration = Duration::from_secs(5);
/// The most bytes of an answer. A set of keys has some 2 KiB, with chains of certificates some 20.
const MOST: usize = 256 * 1024;

/// The client by which issuers are asked. It follows no redirects, takes no proxy from the environment, keeps no cookies, and
/// trusts the certificates that the machine trusts.
pub(crate) struct Fetcher {
    client: OnceLock<Client>,
}

/// An answer that came whole: 200, and not too large.
pub(crate) struct Fetched {
    pub(crate) body: Vec<u8>,
    /// The seconds for which it is fresh, where it says so.
    pub(crate) fresh: Option<i64>,
}

impl Fetcher {
    pub(crate) fn new() -> Self {
        Self { client: OnceLock::new() }
    }

    /// Fetches a JSON document.
    pub(crate) async fn get(&self, from: &Endpoint) -> Result<Fetched, Fault> {
        let request = self.client()?.get(from.0.clone());
        exchange(request.header(header::ACCEPT, "application/json")).await
    }

    /// Asks a question by a form.
    pub(crate) async fn post(
        &self,
        to: &Endpoint,
        authorization: &str,
        form: String,
    ) -> Result<Fetched, Fault> {
        let unsendable = Fault::Document("the credentials of the client cannot be sent");
        let mut authorization = HeaderValue::from_str(authorization).map_err(|_| unsendable)?;
        authorization.set_sensitive(true);
        let request = self.client()?.post(to.0.clone()).body(form);
        let request = request
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header(header::ACCEPT, "application/json")
            .header(header::AUTHORIZATION, authorization);
        exchange(request).await
    }

    /// Returns the client. It is made when it is needed first, as it reads the certificates that the machine trusts.
    fn client(&self) -> Result<&Client, Fault> {
        if let Some(client) = self.client.get() {
            return Ok(client);
        }
        let client = bounded().timeout(DEADLINE).build();
        let client = client.map_err(|error| Fault::network(&error))?;
        Ok(self.client.get_or_init(|| client))
    }
}

/// Begins a client that goes nowhere by itself: it follows no redirects, takes no proxy from the environment, sends nothing twice,
/// and unpacks nothing, whatever other crates of the build turned on.
pub(crate) fn bounded() -> ClientBuilder {
    Client::builder()
        .no_proxy()
        .redirect(Policy::none())
        .referer(false)
        .retry(reqwest::retry::never())
        .no_gzip()
        .no_brotli()
        .no_zstd()
        .no_deflate()
}

/// Returns the value of `Authorization` by which a client proves itself (RFC 6749, section 2.3.1): both are encoded before they are
/// joined.
pub(crate) fn basic(client_id: &str, secret: &[u8]) -> SecretString {
    let id: String = byte_serialize(client_id.as_bytes()).collect();
    let secret = SecretString::from(byte_serialize(secret).collect::<String>());
    let pair = SecretString::from(format!("{id}:{}", secret.expose_secret()));
    format!("Basic {}", STANDARD.encode(pair.expose_secret())).into()
}

/// Sends a request and reads the answer, no further than its bound.
async fn exchange(request: RequestBuilder) -> Result<Fetched, Fault> {
    let mut answer = request.send().await.map_err(|error| Fault::network(&error))?;
    let status = answer.status().as_u16();
    if status != 200 {
        return Err(Fault::Status(status));
    }
    let fresh = fresh(answer.headers());
    let body = whole(&mut answer, MOST).await.map_err(|error| Fault::network(&error))?;
    Ok(Fetched { body: body.ok_or(Fault::TooLarge)?, fresh })
}

/// Reads the content of an answer; `None` where there are more bytes than these.
pub(crate) async fn whole(
    answer: &mut Response,
    most: usize,
) -> Result<Option<Vec<u8>>, reqwest::Error> {
    let mut body = Vec::new();
    while let Some(chunk) = answer.chunk().await? {
        if body.len() + chunk.len() > most {
            return Ok(None);
        }
        body.extend_from_slice(&chunk);
    }
    Ok(Some(body))
}

/// Returns the seconds for which an answer is fresh (RFC 9111, section 4.2), where it says so.
fn fresh(headers: &HeaderMap) -> Option<i64> {
    let directives = headers.get_all(header::CACHE_CONTROL).iter();
    let directives = directives.filter_map(|value| value.to_str().ok());
    let mut stated = None;
    for directive in directives.flat_map(|value| value.split(',')) {
        let (name, value) = directive.trim().split_once('=').unwrap_or((directive.trim(), ""));
        if name.eq_ignore_ascii_case("no-store") || name.eq_ignore_ascii_case("no-cache") {
            return Some(0);
        }
        if name.eq_ignore_ascii_case("max-age") {
            stated = value.trim_matches('"').parse::<i64>().ok().or(Some(0));
        }
    }
    let age = headers.get(header::AGE).and_then(|age| age.to_str().ok()?.parse::<i64>().ok());
    stated.map(|stated| stated.saturating_sub(age.unwrap_or_default()).max(0))
}

/// The URL of an issuer: `https`, or plaintext on this machine.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Endpoint(Url);

impl Endpoint {
    /// Returns the URL that the app states.
    pub(crate) fn stated(text: &str) -> Option<Self> {
        let url = Url::parse(text).ok()?;
        let host = url.host()?;
        let this_machine = match host {
            Host::Domain(name) => name == "localhost",
            Host::Ipv4(address) => address.is_loopback(),
            Host::Ipv6(address) => address.is_loopback(),
        };
        let safe = url.scheme() == "https" || (url.scheme() == "http" && this_machine);
        let bare = url.username().is_empty() && url.password().is_none();
        (safe && bare && url.fragment().is_none()).then_some(Self(url))
    }

    /// Returns the URL that a document names which came from `by`. Plaintext is named by plaintext only, so that no issuer
    /// elsewhere sends us to a server of this machine.
    pub(crate) fn named(text: &str, by: &Self) -> Option<Self> {
        Self::stated(text).filter(|url| url.0.scheme() == "https" || by.0.scheme() == "http")
    }
}

impl fmt::Display for Endpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// The reason for which an issuer's answer cannot be used: for the log, and without a credential.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Fault {
    Network(String),
    Status(u16),
    TooLarge,
    /// The answer is not the document that it should be.
    Document(&'static str),
}

impl Fault {
    /// Tells an error of the network with its causes, and without the URL.
    fn network(error: &reqwest::Error) -> Self {
        if error.is_timeout() {
            return Self::Network("no answer within 5 seconds".to_owned());
        }
        Self::Network(causes(error))
    }
}

/// Tells an error of the network with its causes, and without the URL.
pub(crate) fn causes(error: &reqwest::Error) -> String {
    let mut text = String::from("the exchange failed");
    let mut cause = error.source();
    while let Some(error) = cause {
        text.push_str(": ");
        text.push_str(&error.to_string());
        cause = error.source();
    }
    text
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Network(text) => f.write_str(text),
            Self::Status(status) => write!(f, "the answer has the status {status} and not 200"),
            Self::TooLarge => f.write_str("the answer is larger than 256 KiB"),
            Self::Document(text) => f.write_str(text),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
        let mut headers = HeaderMap::new();
        for (name, value) in pairs {
            headers.append(*name, HeaderValue::from_static(value));
        }
        headers
    }

    // R7
    #[test]
    fn an_issuer_is_asked_by_https_or_on_this_machine() {
        for url in [
            "https://login.example/keys",
            "https://login.example:8443/keys?tenant=a",
            "http://localhost:8080/keys",
            "http://127.0.0.1/keys",
            "http://[::1]:1/keys",
        ] {
            assert!(Endpoint::stated(url).is_some(), "{url}");
        }
        for url in [
            "http://login.example/keys",
            "http://localhost.evil.example/keys",
            "http://10.0.0.1/keys",
            "ftp://login.example/keys",
            "file:///etc/keys",
            "https://user@login.example/keys",
            "https://user:password@login.example/keys",
            "https://login.example/keys#a",
            "/keys",
            "",
        ] {
            assert!(Endpoint::stated(url).is_none(), "{url}");
        }
    }

    // R7
    #[test]
    fn an_issuer_elsewhere_names_no_plaintext_here() {
        let there = Endpoint::stated("https://login.example/d").expect("a URL");
        let here = Endpoint::stated("http://localhost:8080/d").expect("a URL");
        assert!(Endpoint::named("http://localhost:6379/keys", &there).is_none());
        assert!(Endpoint::named("http://localhost:6379/keys", &here).is_some());
        assert!(Endpoint::named("https://keys.example/keys", &there).is_some());
        assert!(Endpoint::named("http://keys.example/keys", &here).is_none());
    }

    #[test]
    fn an_answer_says_how_long_it_is_fresh() {
        for (told, fresh_for) in [
            (&[][..], None),
            (&[("cache-control", "public")], None),
            (&[("cache-control", "public, max-age=300")], Some(300)),
            (&[("cache-control", "Max-Age=\"300\"")], Some(300)),
            (&[("cache-control", "max-age=300"), ("age", "200")], Some(100)),
            (&[("cache-control", "max-age=300"), ("age", "400")], Some(0)),
            (&[("cache-control", "max-age=300, no-cache")], Some(0)),
            (&[("cache-control", "no-store")], Some(0)),
            (&[("cache-control", "max-age=99999999999999999999")], Some(0)),
            (&[("cache-control", "max-age=soon")], Some(0)),
        ] {
            assert_eq!(fresh(&headers(told)), fresh_for, "{told:?}");
        }
    }
}
