//! A service that stands in for one that the app calls.

use std::{
    fmt,
    future::pending,
    net::{Ipv4Addr, SocketAddr, TcpListener},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use axum::{
    Router,
    body::{Body, to_bytes},
    extract::Request,
};
use bytes::Bytes;
use http::{HeaderMap, HeaderValue, Method, Response, StatusCode, header};
use serde_json::Value;
use tokio::task::AbortHandle;

use crate::{client::Upstream, serve::Server};

/// The reason for which an app calls it on this machine.
const REASON: &str = "the test runs this service in the place of the real one";

/// The most bytes of a call's content.
const MOST: usize = 16 * 1024 * 1024;

/// A service that stands in for one that the app calls: it runs on this machine, answers as the test says, and tells what it was asked.
/// It ends when it is dropped.
///
/// An app takes what it calls as an argument, so that `main` and a test can declare another one:
///
/// ```
/// use secure_api::{app::AppBuilder, client::{SafeClient, Upstream, UpstreamError}, prelude::*, testing::{self, UpstreamStub}};
/// # #[derive(Role)] pub enum Role { Member }
/// # #[derive(Version)] pub enum Version { V1 }
/// # #[derive(Resource)]
/// # #[view(RateView, role = Role::Member, fields(cents))]
/// # pub struct Rate { cents: u32 }
/// # #[derive(Input)]
/// # pub struct RateAnswer {
/// #     #[input(range = 0..=1_000_000)]
/// #     cents: u32,
/// # }
/// pub struct Rates;
///
/// /// Tells what a day costs.
/// #[get("/rate", version = Version::V1.., role = Role::Member, view = RateView)]
/// pub async fn read_rate(rates: SafeClient<Rates>) -> Result<Rate, UpstreamError> {
///     let RateAnswer { cents } = rates.get(["rates", "today"]).json().await?;
///     Ok(Rate { cents })
/// }
/// # use secure_api::api;
/// # #[api(roles = Role, versions = Version, limit = Limit::per_principal(60).per_minute(), routes(read_rate))]
/// # pub struct Days;
///
/// /// The app, which `main` gives `Upstream::at("https://rates.example/v1")`.
/// fn app(rates: Upstream<Rates>) -> AppBuilder {
///     Days::app().upstream(rates.passes_token())
/// }
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), StartError> {
/// let rates = UpstreamStub::start(|call| match call.target() {
///     "/rates/today" => (200, testing::json!({ "cents": 700 })),
///     _ => (404, testing::json!({})),
/// });
/// let days = testing::client(app(rates.upstream()).tokens(testing::issuer()))?;
/// let reply = days.as_caller(Role::Member, "alice").get("/v1/rate").await;
/// assert_eq!(reply.assert_status(200).json_pointer("/cents"), 700);
/// assert!(rates.calls()[0].header("authorization").is_some());
/// # Ok(()) }
/// ```
pub struct UpstreamStub {
    address: SocketAddr,
    calls: Calls,
    runs: AbortHandle,
}

/// The calls so far.
type Calls = Arc<Mutex<Vec<UpstreamCall>>>;

/// A call that an [`UpstreamStub`] had.
#[derive(Clone)]
pub struct UpstreamCall {
    method: Method,
    target: String,
    headers: HeaderMap,
    body: Bytes,
}

impl UpstreamStub {
    /// Starts one that answers each call so: by a status, and JSON, where `null` is no content.
    ///
    /// # Panics
    ///
    /// If this machine has no port for it, and outside of a runtime of tokio.
    pub fn start(answer: impl Fn(&UpstreamCall) -> (u16, Value) + Send + Sync + 'static) -> Self {
        let (calls, answer) = (Calls::default(), Arc::new(answer));
        let kept = Arc::clone(&calls);
        let router = Router::new().fallback(move |request: Request| {
            let (kept, answer) = (Arc::clone(&kept), Arc::clone(&answer));
            async move {
                let call = UpstreamCall::of(request).await;
                locked(&kept).push(call.clone());
                answered(answer(&call))
            }
        });
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).and_then(|listener| {
            listener.set_nonblocking(true)?;
            tokio::net::TcpListener::from_std(listener)
        });
        let bound = match listener.map(|listener| Server::new(router).listen(listener)) {
            Ok(Ok(bound)) => bound,
            Ok(Err(error)) => panic!("it cannot be called here: {error}"),
            Err(error) => panic!("this machine has no port for it: {error}"),
        };
        let address = bound.local_addr();
        Self { address, calls, runs: tokio::spawn(bound.run(pending())).abort_handle() }
    }

    /// Declares it as the service that is called. Whatever else is declared of that is added as of the real one.
    pub fn upstream<T: 'static>(&self) -> Upstream<T> {
        let address = self.address;
        Upstream::at(format!("http://{address}")).internal(address.to_string(), REASON)
    }

    /// Returns the calls that it had so far, in their order.
    pub fn calls(&self) -> Vec<UpstreamCall> {
        locked(&self.calls).clone()
    }
}

impl UpstreamCall {
    async fn of(request: Request) -> Self {
        let (parts, body) = request.into_parts();
        let target = parts.uri.path_and_query().map_or("/", |target| target.as_str()).to_owned();
        // What breaks off is what came of it.
        let body = to_bytes(body, MOST).await.unwrap_or_default();
        Self { method: parts.method, target, headers: parts.headers, body }
    }

    /// Returns the method.
    pub fn method(&self) -> &str {
        self.method.as_str()
    }

    /// Returns the path, with the query where there is one, as it was sent.
    pub fn target(&self) -> &str {
        &self.target
    }

    /// Returns a header's first value, if it is there and ASCII.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    /// Returns the content.
    pub fn bytes(&self) -> &Bytes {
        &self.body
    }

    /// Returns the content, read from JSON.
    ///
    /// # Panics
    ///
    /// If it is not JSON.
    #[track_caller]
    pub fn json(&self) -> Value {
        match serde_json::from_slice(&self.body) {
            Ok(value) => value,
            Err(error) => panic!("the content is no JSON: {error}\n{self:?}"),
        }
    }
}

fn answered((status, content): (u16, Value)) -> Response<Body> {
    let Ok(status) = StatusCode::from_u16(status) else { panic!("{status} is no status") };
    let mut response = Response::new(match &content {
        Value::Null => Body::empty(),
        content => Body::from(content.to_string()),
    });
    *response.status_mut() = status;
    if !content.is_null() {
        let json = HeaderValue::from_static("application/json");
        response.headers_mut().insert(header::CONTENT_TYPE, json);
    }
    response
}

fn locked(calls: &Mutex<Vec<UpstreamCall>>) -> MutexGuard<'_, Vec<UpstreamCall>> {
    // It is whole after every change.
    calls.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Drop for UpstreamStub {
    fn drop(&mut self) {
        self.runs.abort();
    }
}

impl fmt::Debug for UpstreamStub {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("UpstreamStub").field("address", &self.address).finish_non_exhaustive()
    }
}

impl fmt::Debug for UpstreamCall {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("UpstreamCall")
            .field("method", &self.method)
            .field("target", &self.target)
            .field("body", &String::from_utf8_lossy(&self.body))
            .finish_non_exhaustive()
    }
}
