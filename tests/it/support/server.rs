//! A server that runs the sample API on a port of its own, with a clock that the test moves.

use std::{net::SocketAddr, time::Duration};

use reqwest::{Certificate, Client, Method, RequestBuilder, redirect::Policy};
use secure_api::{
    Tls,
    app::{App, AppBuilder},
    clock::Clock,
    docs::Docs,
};
use tokio::{sync::oneshot, task::JoinHandle};

use super::{
    api::{Depot, Runs},
    client::Answer,
    log::listen_everywhere,
    model::Order,
    store::Db,
    token,
};

/// 2026-09-21T14:13:20Z: after version 1 was deprecated, and before its sunset.
pub(crate) const START: i64 = 1_790_000_000;

/// Alice's and Bob's orders, which every server begins with.
pub(crate) const ALICES: u128 = 0xA;
pub(crate) const BOBS: u128 = 0xB;

/// A running server. It stops when dropped.
pub(crate) struct TestServer {
    pub(crate) address: SocketAddr,
    /// The management listener, where the app has one.
    pub(crate) manage: Option<SocketAddr>,
    pub(crate) base: String,
    pub(crate) client: Client,
    pub(crate) clock: Clock,
    pub(crate) db: Db,
    stop: Option<oneshot::Sender<()>>,
    done: Option<JoinHandle<()>>,
}

/// Returns an app of the sample API with all that it takes, before it is built.
pub(crate) fn app(db: &Db, clock: &Clock) -> AppBuilder {
    listen_everywhere();
    Depot::app()
        .store(db.clone())
        .service(Runs::default())
        .tokens(token::issuer())
        .clock(clock.clone())
}

pub(crate) fn stocked() -> Db {
    Db::with([Order::example("alice", ALICES), Order::example("bob", BOBS)])
}

impl TestServer {
    /// Serves plaintext on loopback.
    pub(crate) async fn start() -> Self {
        Self::with(|app| app).await
    }

    /// Starts with changed settings.
    pub(crate) async fn with(change: impl FnOnce(AppBuilder) -> AppBuilder) -> Self {
        let (db, clock) = (stocked(), Clock::manual(START));
        let app = change(app(&db, &clock)).build().expect("an app that starts");
        Self::run(app, db, clock).await
    }

    /// Runs another app, which trusts the tests' issuer and has its documents open.
    pub(crate) async fn of(app: AppBuilder) -> Self {
        let clock = Clock::manual(START);
        let app = app.tokens(token::issuer()).clock(clock.clone());
        let app = app.docs(Docs::open("the tests read them")).build().expect("an app that starts");
        Self::run(app, Db::default(), clock).await
    }

    /// Runs an app that somebody else has built.
    pub(crate) async fn run(app: App, db: Db, clock: Clock) -> Self {
        listen_everywhere();
        Self::bind(app, db, clock, "http", client().tls_certs_only([])).await
    }

    /// Serves HTTPS, with a certificate for `localhost` that the client trusts.
    pub(crate) async fn tls() -> Self {
        Self::tls_with(|app| app).await
    }

    /// Serves the same with changed settings.
    pub(crate) async fn tls_with(change: impl FnOnce(AppBuilder) -> AppBuilder) -> Self {
        let pair = rcgen::generate_simple_self_signed(["localhost".to_owned()]).expect("a pair");
        let certificate = pair.cert.pem();
        let tls = Tls::pem(
            certificate.as_bytes(),
            secure_api::testing::secret!(pair.signing_key.serialize_pem()),
        );
        let (db, clock) = (stocked(), Clock::manual(START));
        let app = change(app(&db, &clock).tls(tls)).build().expect("an app that starts");
        let trusted = Certificate::from_pem(certificate.as_bytes()).expect("a certificate");
        Self::bind(app, db, clock, "https", client().tls_certs_only([trusted])).await
    }

    async fn bind(
        app: App,
        db: Db,
        clock: Clock,
        scheme: &str,
        client: reqwest::ClientBuilder,
    ) -> Self {
        let bound = app.bind("127.0.0.1:0").await.expect("a port");
        let (address, manage) = (bound.local_addr(), bound.manage_addr());
        let (stop, stopped) = oneshot::channel::<()>();
        let done = tokio::spawn(bound.run(async {
            let _ = stopped.await;
        }));
        let base = format!("{scheme}://localhost:{}", address.port());
        let client = client.resolve("localhost", address).build().expect("a client");
        Self { address, manage, base, client, clock, db, stop: Some(stop), done: Some(done) }
    }

    /// Returns a good token of this subject with these roles, from now on for ten minutes.
    pub(crate) fn token(&self, subject: &str, roles: &[&str]) -> String {
        token::sign(&token::claims(subject, roles), &self.clock)
    }

    pub(crate) fn request(&self, method: Method, path: &str) -> RequestBuilder {
        self.client.request(method, format!("{}{path}", self.base))
    }

    /// Returns the answer to a GET by nobody.
    pub(crate) async fn get(&self, path: &str) -> Answer {
        Answer::of(self.request(Method::GET, path)).await
    }

    /// Returns the answer to a GET with this token.
    pub(crate) async fn get_as(&self, token: &str, path: &str) -> Answer {
        Answer::of(self.request(Method::GET, path).bearer_auth(token)).await
    }

    /// Returns the answer to a request with a body that is said to be JSON.
    pub(crate) async fn send(
        &self,
        method: Method,
        token: Option<&str>,
        path: &str,
        body: impl Into<reqwest::Body>,
    ) -> Answer {
        let request = self.request(method, path).header("content-type", "application/json");
        let request = match token {
            Some(token) => request.bearer_auth(token),
            None => request,
        };
        Answer::of(request.body(body)).await
    }

    /// Asks it to stop and gives what ends when it has.
    pub(crate) fn stop(&mut self) -> JoinHandle<()> {
        drop(self.stop.take());
        self.done.take().expect("a server stops once")
    }
}

fn client() -> reqwest::ClientBuilder {
    Client::builder().no_proxy().redirect(Policy::none()).timeout(Duration::from_secs(20))
}

/// Returns the path of an order.
pub(crate) fn order(version: &str, number: u128) -> String {
    format!("/{version}/orders/{}", uuid::Uuid::from_u128(number))
}

/// Returns a path with something that exists in the places of its parameters.
pub(crate) fn filled(path: &str) -> String {
    let order = uuid::Uuid::from_u128(ALICES).to_string();
    path.replace("{order}", &order).replace("{sku}", "BOLT").replace("{way}", "store")
}
