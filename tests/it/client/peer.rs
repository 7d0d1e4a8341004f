//! A service of the tests' own, on loopback, which answers as a test says and tells what it was asked.

use std::{
    net::SocketAddr,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use axum::{
    Router,
    body::to_bytes,
    extract::Request,
    response::{IntoResponse, Response},
};
use http::{HeaderMap, Method, StatusCode, header};
use secure_api::{
    Tls,
    client::{SafeClient, Upstream},
    clock::Clock,
};
use tokio::{net::TcpListener, task::JoinHandle};

use crate::support::server::{START, app, stocked};

/// The reason for which it is called on this machine.
pub(crate) const REASON: &str = "the tests run a service on this machine";

/// A service that runs. It is gone when dropped.
pub(crate) struct Peer {
    pub(crate) address: SocketAddr,
    asked: Arc<Mutex<Vec<Asked>>>,
    task: JoinHandle<()>,
}

/// A request that it had.
#[derive(Debug, Clone)]
pub(crate) struct Asked {
    pub(crate) method: Method,
    /// Its path and query.
    pub(crate) target: String,
    pub(crate) headers: HeaderMap,
    pub(crate) body: String,
}

impl Asked {
    /// Returns a header's value, if it is there.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).map(|value| value.to_str().expect("visible ASCII"))
    }
}

/// Answers with JSON.
pub(crate) fn json(text: &str) -> Response {
    ([(header::CONTENT_TYPE, "application/json")], text.to_owned()).into_response()
}

/// Answers with a status, and a text that nobody may see.
pub(crate) fn status(status: u16) -> Response {
    let status = StatusCode::from_u16(status).expect("a status");
    (status, "secret of the service").into_response()
}

impl Peer {
    /// Starts one that answers each request so, by its number, beginning with 0.
    pub(crate) async fn start(
        answer: impl Fn(usize, &Asked) -> Response + Send + Sync + 'static,
    ) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("an address");
        let (router, asked) = router(answer);
        let task = tokio::spawn(async move {
            axum::serve(listener, router).await.expect("it runs until it is aborted");
        });
        Self { address, asked, task }
    }

    /// Starts one that is called by HTTPS under a name, and gives its certificate.
    pub(crate) async fn named(
        name: &str,
        answer: impl Fn(usize, &Asked) -> Response + Send + Sync + 'static,
    ) -> (Self, String) {
        let pair = rcgen::generate_simple_self_signed([name.to_owned()]).expect("a pair");
        let certificate = pair.cert.pem();
        let key = secure_api::testing::secret!(pair.signing_key.serialize_pem());
        let tls = Tls::pem(certificate.as_bytes(), key);
        let app = app(&stocked(), &Clock::manual(START)).tls(tls).build().expect("it starts");
        let (router, asked) = router(answer);
        let bound = app.map_router(|_| router).bind("127.0.0.1:0").await.expect("a port");
        let address = bound.local_addr();
        let task = tokio::spawn(bound.run(std::future::pending()));
        (Self { address, asked, task }, certificate)
    }

    /// Declares it as an app does.
    pub(crate) fn upstream<T: 'static>(&self) -> Upstream<T> {
        let Self { address, .. } = self;
        Upstream::at(format!("http://{address}/base")).internal(address.to_string(), REASON)
    }

    /// Returns a client of it.
    pub(crate) fn client<T: 'static>(
        &self,
        change: impl FnOnce(Upstream<T>) -> Upstream<T>,
    ) -> SafeClient<T> {
        change(self.upstream()).client().expect("it is declared as it has to be")
    }

    fn lock(&self) -> MutexGuard<'_, Vec<Asked>> {
        self.asked.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Returns what it was asked so far.
    pub(crate) fn asked(&self) -> Vec<Asked> {
        self.lock().clone()
    }

    /// Returns how often it was asked.
    pub(crate) fn times(&self) -> usize {
        self.lock().len()
    }
}

impl Drop for Peer {
    fn drop(&mut self) {
        self.task.abort();
    }
}

type Kept = Arc<Mutex<Vec<Asked>>>;

fn router(answer: impl Fn(usize, &Asked) -> Response + Send + Sync + 'static) -> (Router, Kept) {
    let asked = Kept::default();
    let (kept, answer) = (Arc::clone(&asked), Arc::new(answer));
    let router = Router::new().fallback(async move |request: Request| {
        let (parts, body) = request.into_parts();
        let body = to_bytes(body, 64 * 1024).await.expect("a body");
        let one = Asked {
            method: parts.method,
            target: parts.uri.path_and_query().map_or("", |target| target.as_str()).to_owned(),
            headers: parts.headers,
            body: String::from_utf8_lossy(&body).into_owned(),
        };
        let number = {
            let mut asked = kept.lock().unwrap_or_else(PoisonError::into_inner);
            asked.push(one.clone());
            asked.len() - 1
        };
        answer(number, &one)
    });
    (router, asked)
}
