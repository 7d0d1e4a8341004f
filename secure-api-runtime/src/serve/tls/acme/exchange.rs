//! The exchanges with a directory: by the client that asks all others too, bounded in time and size.

use std::{
    future::Future,
    pin::Pin,
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, SystemTime},
};

use bytes::Bytes;
use http::{HeaderMap, Request, Response, header::RETRY_AFTER};
use http_body_util::BodyExt;
use instant_acme::{BodyWrapper, BytesResponse, Error, HttpClient};
use reqwest::{Certificate, Client};

use crate::outbound::{bounded, causes, whole};

/// The deadline of one exchange. An authority may sign while it is asked, and no request waits for it.
const DEADLINE: Duration = Duration::from_secs(30);
/// The most bytes of an answer. A chain has some 8 KiB.
const MOST: usize = 256 * 1024;

/// The client of a directory. Clones share it.
#[derive(Clone)]
pub(super) struct Exchange {
    client: Client,
    /// The time that the directory asked to be left alone for, in the last answer that said so.
    asked: Arc<Mutex<Option<Duration>>>,
}

impl Exchange {
    /// Creates one that trusts these roots besides those of the machine. What the directory names is asked by `https` as it is.
    pub(super) fn new(roots: Vec<Certificate>) -> Result<Self, reqwest::Error> {
        let client = bounded().timeout(DEADLINE).https_only(true).tls_certs_merge(roots).build()?;
        Ok(Self { client, asked: Arc::default() })
    }

    /// Takes the time that the directory asked to be left alone for, where it did.
    pub(super) fn take_asked(&self) -> Option<Duration> {
        self.asked.lock().unwrap_or_else(PoisonError::into_inner).take()
    }

    async fn send(self, request: Request<BodyWrapper<Bytes>>) -> Result<BytesResponse, Error> {
        let (parts, body) = request.into_parts();
        let body = match body.collect().await {
            Ok(body) => body.to_bytes(),
            Err(never) => match never {},
        };
        let request = reqwest::Request::try_from(Request::from_parts(parts, body));
        let failed = |error: reqwest::Error| Error::Other(causes(&error).into());
        let mut answer = self.client.execute(request.map_err(failed)?).await.map_err(failed)?;
        let status = answer.status();
        if status == 429 || status == 503 {
            let asked = retry_after(answer.headers());
            *self.asked.lock().unwrap_or_else(PoisonError::into_inner) = asked;
        }
        let headers = std::mem::take(answer.headers_mut());
        let body = whole(&mut answer, MOST).await.map_err(failed)?;
        let body = body.ok_or(Error::Str("the answer is too large"))?;
        let (mut parts, ()) = Response::new(()).into_parts();
        (parts.status, parts.headers) = (status, headers);
        Ok(BytesResponse { parts, body: Box::new(Bytes::from(body)) })
    }
}

impl HttpClient for Exchange {
    fn request(
        &self,
        request: Request<BodyWrapper<Bytes>>,
    ) -> Pin<Box<dyn Future<Output = Result<BytesResponse, Error>> + Send>> {
        Box::pin(self.clone().send(request))
    }
}

/// Returns the time of `Retry-After`, as seconds or as a date.
fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    let value = headers.get(RETRY_AFTER)?.to_str().ok()?.trim();
    match value.parse() {
        Ok(seconds) => Some(Duration::from_secs(seconds)),
        Err(_) => httpdate::parse_http_date(value).ok()?.duration_since(SystemTime::now()).ok(),
    }
}
