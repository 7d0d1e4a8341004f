//! A call that is being built: its path, its fields, its content, and what is made of the answer.

use std::{fmt, time::Duration};

use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue, Method, header};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Serialize;
use url::Url;

use super::{
    connector::{Call, Connector},
    error::{UpstreamError, Why, unreadable},
    safe::Origin,
    traced,
};
use crate::{
    input::{Body, read_answer},
    observe::{TRACEPARENT, TRACESTATE},
    value::WebUrl,
};

/// Everything in a segment of a path but what stands for itself everywhere (RFC 3986, section 2.3).
const SEGMENT: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// Fields that the client sets itself, or that change where a call ends (RFC 9110, section 7.6.1).
static TAKEN: [HeaderName; 17] = [
    header::ACCEPT,
    header::ACCEPT_ENCODING,
    header::AUTHORIZATION,
    header::CONNECTION,
    header::CONTENT_ENCODING,
    header::CONTENT_LENGTH,
    header::CONTENT_TYPE,
    header::COOKIE,
    header::EXPECT,
    header::HOST,
    header::PROXY_AUTHORIZATION,
    header::TE,
    header::TRAILER,
    header::TRANSFER_ENCODING,
    header::UPGRADE,
    TRACEPARENT,
    TRACESTATE,
];

/// A call that is being built, and is sent when its answer is asked for.
#[must_use = "a call is sent when its answer is asked for, by `json`, `bytes` or `done`"]
pub struct Outgoing<'c> {
    connector: &'c Connector,
    origin: &'c Origin,
    call: Result<Call, Why>,
}

impl<'c> Outgoing<'c> {
    /// Begins a call of a declared service.
    pub(super) fn to_base<'s>(
        connector: &'c Connector,
        origin: &'c Origin,
        method: Method,
        path: impl IntoIterator<Item = &'s str>,
    ) -> Self {
        let url = match &connector.stated.base {
            Some(base) => below(base, path),
            None => {
                Err(Why::Unsendable("its service has no URL; name one by `get_from` or `post_to`"))
            }
        };
        Self::begin(connector, origin, method, url)
    }

    /// Begins a call of an address that a user gave.
    pub(super) fn to_user(
        connector: &'c Connector,
        origin: &'c Origin,
        method: Method,
        url: &WebUrl,
    ) -> Self {
        let url = match &connector.stated.base {
            Some(_) => Err(Why::Unsendable(
                "its service is at a URL of its own; declare it by `Upstream::of_users()`",
            )),
            None => Url::parse(url.as_str()).map_err(|_| Why::Closed("it is no URL")),
        };
        Self::begin(connector, origin, method, url)
    }

    fn begin(
        connector: &'c Connector,
        origin: &'c Origin,
        method: Method,
        url: Result<Url, Why>,
    ) -> Self {
        let is_idempotent = [Method::GET, Method::PUT, Method::DELETE].contains(&method);
        let call = url.map(|url| Call {
            method,
            url,
            headers: HeaderMap::new(),
            body: None,
            signed: None,
            pause: Duration::ZERO,
            is_idempotent,
            media: None,
        });
        Self { connector, origin, call }
    }

    fn change(mut self, change: impl FnOnce(&mut Call) -> Result<(), Why>) -> Self {
        self.call = self.call.and_then(|mut call| change(&mut call).map(|()| call));
        self
    }

    /// Adds a parameter to the query, encoded.
    pub fn query(self, name: &str, value: &str) -> Self {
        self.change(|call| {
            call.url.query_pairs_mut().append_pair(name, value);
            Ok(())
        })
    }

    /// Adds a header field, for this service alone. Those that the client sets itself are none of them, `Authorization` above all: a
    /// service is declared with its credentials.
    pub fn header(self, name: &'static str, value: &str) -> Self {
        self.change(|call| {
            let unsendable = Why::Unsendable("a header field is not well-formed");
            let Ok(name) = HeaderName::from_bytes(name.as_bytes()) else { return Err(unsendable) };
            let Ok(value) = HeaderValue::from_str(value) else { return Err(unsendable) };
            if TAKEN.contains(&name) {
                return Err(Why::Unsendable("a header field is one that the client sets"));
            }
            call.headers.append(name, value);
            Ok(())
        })
    }

    /// Adds the key by which the service knows that it was asked the same before (`Idempotency-Key`), as it is, so that the call may be
    /// sent again whatever its method.
    pub fn idempotency_key(self, key: &str) -> Self {
        self.header("idempotency-key", key).change(|call| {
            call.is_idempotent = true;
            Ok(())
        })
    }

    /// Sets the content: JSON, of a type that is made to leave.
    pub fn send(self, content: &impl Serialize) -> Self {
        self.change(|call| {
            let json = serde_json::to_vec(content);
            let json = json.map_err(|_| Why::Unsendable("its content is no JSON"))?;
            call.content("application/json", json.into());
            Ok(())
        })
    }

    /// Sets the content: the fields of a form, encoded.
    pub fn form<N: AsRef<str>, V: AsRef<str>>(
        self,
        fields: impl IntoIterator<Item = (N, V)>,
    ) -> Self {
        self.change(|call| {
            let mut form = form_urlencoded::Serializer::new(String::new());
            form.extend_pairs(fields);
            call.content("application/x-www-form-urlencoded", form.finish().into());
            Ok(())
        })
    }

    /// Sets the content as it is, what each attempt is signed with at its time, and the time between two attempts at least. It may
    /// be sent again, which is noticed.
    pub(super) fn signed(
        self,
        media: &'static str,
        content: Bytes,
        (signed, pause): (impl Fn(i64) -> HeaderMap + Send + Sync + 'static, Duration),
    ) -> Self {
        self.change(|call| {
            call.content(media, content);
            call.signed = Some(Box::new(signed));
            call.pause = pause;
            call.is_idempotent = true;
            Ok(())
        })
    }

    /// Sends the call, and reads the answer as strictly as an input of one's own: what is missing, out of its bounds or unknown fails.
    ///
    /// # Errors
    ///
    /// Whatever keeps the answer from being one of success in JSON, with what is declared.
    pub async fn json<B: Body>(self) -> Result<B, UpstreamError> {
        let (connector, outcome) = self.carry_out(Some("application/json")).await;
        connector.told(outcome.and_then(|content| {
            read_answer(&content, connector.stated.open).map_err(|refusal| unreadable(&refusal))
        }))
    }

    /// Sends the call, and returns the content of the answer where it has this media type. It is what somebody else made: an image is
    /// looked at as an upload is.
    ///
    /// # Errors
    ///
    /// Whatever keeps the answer from being one of success and of this media type.
    pub async fn bytes(self, media_type: &'static str) -> Result<Vec<u8>, UpstreamError> {
        let (connector, outcome) = self.carry_out(Some(media_type)).await;
        connector.told(outcome)
    }

    /// Sends the call, and reads nothing of the answer.
    ///
    /// # Errors
    ///
    /// Whatever keeps the answer from being one of success.
    pub async fn done(self) -> Result<(), UpstreamError> {
        let (connector, outcome) = self.carry_out(None).await;
        connector.told(outcome.map(drop))
    }

    async fn carry_out(self, media: Option<&'static str>) -> (&'c Connector, Result<Vec<u8>, Why>) {
        let Self { connector, origin, call } = self;
        let outcome = match call {
            Ok(call) => traced::call(connector, &Call { media, ..call }, origin).await,
            Err(why) => Err(why),
        };
        (connector, outcome)
    }
}

impl Call {
    fn content(&mut self, media: &'static str, content: Bytes) {
        self.headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(media));
        self.body = Some(content);
    }
}

impl Connector {
    /// Counts a call by its outcome, and tells of one that failed.
    fn told<T>(&self, outcome: Result<T, Why>) -> Result<T, UpstreamError> {
        let counts = self.counts();
        match &outcome {
            Ok(_) => counts.answered.add(),
            Err(Why::Unreadable(_) | Why::TooLarge(_)) => counts.unreadable.add(),
            // Nobody was called.
            Err(Why::Unsendable(_)) => {}
            Err(_) => counts.failed.add(),
        }
        outcome.map_err(|why| {
            let error = UpstreamError { upstream: self.stated.name, why };
            tracing::warn!(target: "secure_api::client", upstream = error.upstream, %error, "a call failed");
            error
        })
    }
}

/// Returns the URL of a path below another one.
fn below<'s>(base: &Url, path: impl IntoIterator<Item = &'s str>) -> Result<Url, Why> {
    let mut text = base.path().trim_end_matches('/').to_owned();
    for segment in path {
        // They are dropped by whoever reads a path, and lead somewhere else.
        if segment.is_empty() || segment == "." || segment == ".." {
            return Err(Why::Unsendable("a segment of its path is empty, `.` or `..`"));
        }
        text.push('/');
        text.extend(utf8_percent_encode(segment, SEGMENT));
    }
    let mut url = base.clone();
    url.set_path(&text);
    Ok(url)
}

impl fmt::Debug for Outgoing<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Its content is not for logs.
        f.debug_struct("Outgoing")
            .field("upstream", &self.connector.stated.name)
            .finish_non_exhaustive()
    }
}
