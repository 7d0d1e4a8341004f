//! One request on its way to the app.

use std::{
    fmt::{self, Display},
    future::{Future, IntoFuture},
    net::IpAddr,
    pin::Pin,
    time::Duration,
};

use axum::body::Body;
use base64::{Engine, engine::general_purpose::STANDARD};
use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, Uri, header};
use http_body_util::BodyExt;
use serde::Serialize;
use tokio::time::timeout;
use tower::ServiceExt;

use super::{client::Client, prover::Prover, reply::Reply};
#[cfg(feature = "client")]
use crate::client::WebhookSecret;
use crate::{identity::ClientCertificate, observe::Logged};

/// A request. `.await` sends it and gives the [`Reply`].
///
/// It arrives as over HTTP/1.1 and TLS. Parts of it that are none (a header's name with a space in it) fail the test
/// where they are written.
#[must_use = "a request is sent by `.await`"]
#[derive(Clone)]
pub struct Request {
    pub(super) client: Client,
    pub(super) peer: IpAddr,
    /// The name of its sender in messages.
    who: String,
    pub(super) method: Method,
    pub(super) path: String,
    query: String,
    pub(super) headers: HeaderMap,
    pub(super) body: Option<Bytes>,
    /// The key that its sender proves to have, with the token that is bound to it.
    pub(super) prover: Option<(Prover, String)>,
    pub(super) certificate: Option<ClientCertificate>,
    /// The id and the secret of the webhook that it is.
    #[cfg(feature = "client")]
    pub(super) webhook: Option<(String, WebhookSecret)>,
    /// `true` if its body begins and does not go on.
    pub(super) stalls: bool,
}

impl Request {
    #[track_caller]
    pub(super) fn new(client: &Client, who: String, method: &str, path: &str) -> Self {
        let Ok(method) = method.parse() else { panic!("{method:?} is no method") };
        let (path, query) = path.split_once('?').unwrap_or((path, ""));
        assert!(path.starts_with('/'), "{path:?} is no path: write it from its version, `/v1/…`");
        let request = Self {
            client: client.clone(),
            peer: client.peer,
            who,
            method,
            path: path.to_owned(),
            query: query.to_owned(),
            headers: HeaderMap::new(),
            body: None,
            prover: None,
            certificate: None,
            #[cfg(feature = "client")]
            webhook: None,
            stalls: false,
        };
        let _ = request.uri();
        request
    }

    /// Adds a query parameter. What it is to be is written in, percent-encoded.
    pub fn query(mut self, name: &str, value: impl Display) -> Self {
        if !self.query.is_empty() {
            self.query.push('&');
        }
        let mut pair = form_urlencoded::Serializer::new(String::new());
        pair.append_pair(name, &value.to_string());
        self.query.push_str(&pair.finish());
        self
    }

    /// Adds a header.
    ///
    /// # Panics
    ///
    /// If the name or the value is none that a header can have.
    #[track_caller]
    pub fn header(mut self, name: &str, value: impl Display) -> Self {
        let Ok(name) = name.parse::<HeaderName>() else { panic!("{name:?} is no header's name") };
        let Ok(value) = value.to_string().parse::<HeaderValue>() else {
            panic!("that is no value of the header {name}")
        };
        self.headers.append(name, value);
        self
    }

    /// Sends it over a connection whose client proved to have this certificate, in PEM.
    ///
    /// # Panics
    ///
    /// If that is none.
    #[track_caller]
    pub fn certificate(mut self, pem: &str) -> Self {
        let body = pem.trim().strip_prefix("-----BEGIN CERTIFICATE-----");
        let body = body.and_then(|rest| rest.strip_suffix("-----END CERTIFICATE-----"));
        let body: String = body.into_iter().flat_map(str::split_ascii_whitespace).collect();
        let der = STANDARD.decode(body).unwrap_or_default();
        let Some(certificate) = ClientCertificate::read(&der) else {
            panic!("that is no certificate in PEM")
        };
        self.certificate = Some(certificate);
        self
    }

    /// Sends this token, whatever it is, and no other.
    ///
    /// # Panics
    ///
    /// If it cannot stand in a header.
    #[track_caller]
    pub fn token(mut self, token: &str) -> Self {
        self.headers.remove(header::AUTHORIZATION);
        self.prover = None;
        self.header("authorization", format_args!("Bearer {token}"))
    }

    /// Sets the IP address that the request comes from: limits per address count it there.
    ///
    /// # Panics
    ///
    /// If that is no IP address.
    #[track_caller]
    pub fn peer(mut self, address: &str) -> Self {
        let Ok(peer) = address.parse() else { panic!("{address:?} is no IP address") };
        self.peer = peer;
        self
    }

    /// Sets a JSON body.
    ///
    /// # Panics
    ///
    /// If the value cannot be written as JSON.
    #[track_caller]
    pub fn json(self, value: impl Serialize) -> Self {
        self.body("application/json", json(&value))
    }

    /// Sets a merge patch (RFC 7396) as the body.
    ///
    /// # Panics
    ///
    /// If the value cannot be written as JSON.
    #[track_caller]
    pub fn merge_patch(self, value: impl Serialize) -> Self {
        self.body("application/merge-patch+json", json(&value))
    }

    /// Sets the fields of a form as the body.
    #[track_caller]
    pub fn form(self, fields: &[(&str, &str)]) -> Self {
        let mut form = form_urlencoded::Serializer::new(String::new());
        form.extend_pairs(fields);
        self.body("application/x-www-form-urlencoded", form.finish())
    }

    /// Sets these bytes as the body, of this media type.
    ///
    /// # Panics
    ///
    /// If the media type cannot stand in a header.
    #[track_caller]
    pub fn body(mut self, media_type: &str, bytes: impl Into<Bytes>) -> Self {
        self.headers.remove(header::CONTENT_TYPE);
        self.body = Some(bytes.into());
        self.header("content-type", media_type)
    }

    #[track_caller]
    fn uri(&self) -> Uri {
        let target = self.target();
        match target.parse() {
            Ok(uri) => uri,
            Err(error) => panic!("{target:?} is no path: {error}"),
        }
    }

    fn target(&self) -> String {
        match &*self.query {
            "" => self.path.clone(),
            query => format!("{}?{query}", self.path),
        }
    }

    /// Sends it, and keeps its answer open and unread.
    pub(super) async fn opened(self) -> (StatusCode, Body) {
        let (uri, router) = (self.uri(), self.client.shared.router.clone());
        let answered = router.oneshot(self.signed().arrived(uri)).await;
        let (parts, body) = answered.unwrap_or_else(|never| match never {}).into_parts();
        (parts.status, body)
    }
}

impl IntoFuture for Request {
    type Output = Reply;
    type IntoFuture = Pin<Box<dyn Future<Output = Reply> + Send>>;

    #[track_caller]
    fn into_future(self) -> Self::IntoFuture {
        let uri = self.uri();
        Box::pin(async move {
            let asked = format!("{} {} as {}", self.method, self.target(), self.who);
            let send = async |request: Self| {
                let router = request.client.shared.router.clone();
                let answered = router.oneshot(request.signed().arrived(uri.clone())).await;
                answered.unwrap_or_else(|never| match never {}).into_parts()
            };
            let (mut parts, mut body) = send(self.clone()).await;
            if self.lacked_nonce(&parts) {
                (parts, body) = send(self).await;
            }
            let cause = parts.extensions.get::<Logged>().map(|Logged(cause)| cause.clone());
            let body = match whole(body, &parts.headers).await {
                Ok(body) => body,
                Err(error) => panic!("{asked}: the body of the answer ended early: {error}"),
            };
            Reply { asked, status: parts.status, headers: parts.headers, body, cause }
        })
    }
}

/// The silence after which a test has all events that there are for now.
const SILENCE: Duration = Duration::from_millis(100);

/// Reads a body to its end; of events, those that come before a silence.
async fn whole(mut body: Body, headers: &HeaderMap) -> Result<Bytes, axum::Error> {
    let events =
        headers.get(header::CONTENT_TYPE).is_some_and(|media| media == "text/event-stream");
    if !events {
        return Ok(body.collect().await?.to_bytes());
    }
    let mut told = Vec::new();
    while let Ok(Some(frame)) = timeout(SILENCE, body.frame()).await {
        told.extend_from_slice(&frame?.into_data().unwrap_or_default());
    }
    Ok(told.into())
}

impl fmt::Debug for Request {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Request")
            .field("method", &self.method)
            .field("target", &self.target())
            .field("as", &self.who)
            .finish_non_exhaustive()
    }
}

#[track_caller]
fn json(value: &impl Serialize) -> Vec<u8> {
    match serde_json::to_vec(value) {
        Ok(json) => json,
        Err(error) => panic!("no JSON can be made of it: {error}"),
    }
}
