//! Answers, whoever asked: a real client, or bytes on a socket where no client would send such a thing.

use std::{net::SocketAddr, time::Duration};

use reqwest::{
    Version,
    header::{HeaderMap, HeaderName, HeaderValue},
};
use serde_json::Value;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    time::timeout,
};

use super::secrets;

/// One answer.
#[derive(Debug, Clone)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) version: Version,
    pub(crate) headers: HeaderMap,
    pub(crate) body: String,
}

impl Answer {
    pub(crate) async fn of(request: reqwest::RequestBuilder) -> Self {
        if let Some(request) = request.try_clone().and_then(|request| request.build().ok()) {
            secrets::of_request(&request);
        }
        let response = request.send().await.expect("an answer");
        let (status, version) = (response.status().as_u16(), response.version());
        let headers = response.headers().clone();
        let body = response.text().await.expect("a body");
        secrets::of_answer(&headers, &body);
        Self { status, version, headers, body }
    }

    /// Returns a header's only value.
    #[track_caller]
    pub(crate) fn header(&self, name: &str) -> &str {
        self.maybe_header(name).unwrap_or_else(|| panic!("no {name} in {self:#?}"))
    }

    /// Returns a header's value, if it is there; more than one fails the test.
    #[track_caller]
    pub(crate) fn maybe_header(&self, name: &str) -> Option<&str> {
        let values: Vec<_> = self.headers.get_all(name).iter().collect();
        assert!(values.len() <= 1, "{name} more than once: {values:?}");
        values.first().map(|value| value.to_str().expect("visible ASCII"))
    }

    #[track_caller]
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error}: {self:#?}"))
    }

    /// Fails unless it has this status.
    #[track_caller]
    pub(crate) fn has_status(&self, status: u16) {
        assert_eq!(self.status, status, "{self:#?}");
    }

    /// Fails unless it is a problem document of this status, as all refusals are, with all security headers.
    #[track_caller]
    pub(crate) fn is_problem(&self, status: u16) -> Value {
        assert_eq!(self.status, status, "{self:#?}");
        assert_eq!(self.header("content-type"), "application/problem+json", "{self:#?}");
        let document = self.json();
        assert_eq!(document["status"], status, "{self:#?}");
        for member in ["type", "title"] {
            assert!(document[member].is_string(), "no {member} in {document}");
        }
        let known = ["type", "title", "status", "detail", "errors", "violated-policies"];
        let members = document.as_object().expect("an object").keys();
        for member in members {
            assert!(known.contains(&member.as_str()), "{member} in {document}");
        }
        assert_eq!(self.header("cache-control"), "no-store");
        self.has_security_headers();
        document
    }

    /// Fails unless what every answer carries is there, once each.
    #[track_caller]
    pub(crate) fn has_security_headers(&self) {
        let policy =
            "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
        for (name, value) in [
            ("x-content-type-options", "nosniff"),
            ("referrer-policy", "no-referrer"),
            ("cross-origin-resource-policy", "same-origin"),
            ("content-security-policy", policy),
            ("permissions-policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
        ] {
            assert_eq!(self.header(name), value, "{name}");
        }
        // Whatever else an app's credentials come in, or where pages of other origins may read, follows.
        let vary = self.header("vary");
        assert!(vary.starts_with("accept, authorization"), "{vary}");
        // A cache gives what it may keep to others, whose requests have other ids.
        let public = self.header("cache-control").starts_with("public");
        assert_eq!(self.maybe_header("x-request-id").is_none_or(|id| id.len() < 8), public);
        assert!(self.maybe_header("server").is_none(), "a server says what it is");
        assert!(self.maybe_header("x-frame-options").is_none(), "the policy says it");
    }
}

/// Writes bytes to a connection of its own and reads until the server closes, which it must soon.
pub(crate) async fn raw(address: SocketAddr, bytes: impl AsRef<[u8]>) -> Answer {
    let text = raw_text(address, bytes).await;
    parse(&text).unwrap_or_else(|| panic!("no HTTP answer: {text:?}"))
}

/// Reads all that a connection says to these bytes.
pub(crate) async fn raw_text(address: SocketAddr, bytes: impl AsRef<[u8]>) -> String {
    let mut stream = TcpStream::connect(address).await.expect("a connection");
    stream.write_all(bytes.as_ref()).await.expect("the bytes are sent");
    let mut received = Vec::new();
    let read = timeout(Duration::from_secs(5), stream.read_to_end(&mut received)).await;
    // A reset is an end as well.
    let _ = read.expect("the server closes the connection");
    String::from_utf8_lossy(&received).into_owned()
}

/// Parses the first answer in a text that came over HTTP/1.1.
pub(crate) fn parse(text: &str) -> Option<Answer> {
    let (head, body) = text.split_once("\r\n\r\n")?;
    let mut lines = head.split("\r\n");
    let status = lines.next()?.split(' ').nth(1)?.parse().ok()?;
    let mut headers = HeaderMap::new();
    for line in lines {
        let (name, value) = line.split_once(':')?;
        let name = HeaderName::from_bytes(name.as_bytes()).ok()?;
        headers.append(name, HeaderValue::from_str(value.trim()).ok()?);
    }
    Some(Answer { status, version: Version::HTTP_11, headers, body: body.to_owned() })
}
