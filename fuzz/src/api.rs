//! The app that the targets call, and its answers.

use std::{
    convert::Infallible,
    net::{IpAddr, Ipv4Addr, SocketAddr},
    sync::{
        LazyLock,
        atomic::{AtomicU32, Ordering},
    },
};

use aws_lc_rs::digest::{Digest, SHA256, digest};
use axum::{Router, body::Body, extract::ConnectInfo};
use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue, Request, StatusCode, request};
use http_body_util::BodyExt;
use secure_api::{
    app::AppBuilder,
    client::WebhookReceiver,
    clock::Clock,
    secret::SecretBytes,
    token::{Issuer, Key},
};
use serde_json::Value;
use tokio::runtime::{Builder, Runtime};
use tower::ServiceExt;

use super::operations::{Badges, Payments, Targets};

/// The second at which all targets begin.
pub(super) const NOW: i64 = 1_900_000_000;

/// The key that the tokens and the webhooks of the targets are signed with: the same in each run, so that an input of one is good
/// in another.
pub(super) static SECRET: LazyLock<Digest> = LazyLock::new(|| digest(&SHA256, b"targets"));

/// The content of the file that is asked for in parts.
pub(super) const TEXT: &str = "0123456789abcdefghij";

fn secret() -> SecretBytes {
    SecretBytes::fetched(|| Ok::<_, Infallible>(SECRET.as_ref().to_vec())).expect("a secret")
}

/// Returns the app of the targets, which starts.
pub(super) fn app() -> AppBuilder {
    let issuer = Issuer::new("https://login.example")
        .audience("targets")
        .key(Key::hs256(secret()))
        .partial_profile("half of the claims are made up");
    let hooks = || {
        let text = format!("whsec_{}", super::encoded::base64(SECRET.as_ref()));
        SecretBytes::fetched(|| Ok::<_, Infallible>(text.into_bytes())).expect("a secret")
    };
    Targets::app()
        .tokens(issuer)
        .source(Badges)
        .service(WebhookReceiver::<Payments>::new(hooks()).expect("a receiver"))
        .secret(secret())
        .base_url("https://localhost")
        .hosts(["localhost"])
        .clock(Clock::manual(NOW))
        .limit_scale(u32::MAX)
}

static ROUTER: LazyLock<Router> = LazyLock::new(|| router(app()));

static RUNTIME: LazyLock<Runtime> =
    LazyLock::new(|| Builder::new_current_thread().enable_all().build().expect("a runtime"));

/// Builds an app.
pub(super) fn router(app: AppBuilder) -> Router {
    let _inside = RUNTIME.enter();
    app.build().unwrap_or_else(|error| panic!("{error}")).router()
}

/// An answer.
#[derive(Debug, Clone)]
pub(super) struct Answer {
    pub(super) status: StatusCode,
    pub(super) headers: HeaderMap,
    pub(super) body: Bytes,
}

impl Answer {
    /// Returns the body as JSON.
    #[track_caller]
    pub(super) fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }

    /// Returns the text of a member, where there is one.
    #[track_caller]
    pub(super) fn text(&self, member: &str) -> Option<String> {
        self.json().get(member)?.as_str().map(str::to_owned)
    }

    /// Returns `true` if the operation ran; else it is a refusal as all are.
    #[track_caller]
    pub(super) fn is_well(&self) -> bool {
        if self.status.is_success() {
            return true;
        }
        assert!(self.status.is_client_error(), "{self:?}");
        assert_ne!(self.status, StatusCode::TOO_MANY_REQUESTS, "{self:?}");
        super::problem::is_one(self);
        false
    }
}

/// Sends a request to the app of all targets, from an address that nobody had before.
#[track_caller]
pub(super) fn ask(request: request::Builder, body: impl Into<Body>) -> Answer {
    ask_from(&ROUTER, somebody(), request, body)
}

/// Returns an address that nobody had before.
pub(super) fn somebody() -> IpAddr {
    static CALLERS: AtomicU32 = AtomicU32::new(0x0B00_0000);
    Ipv4Addr::from_bits(CALLERS.fetch_add(1, Ordering::Relaxed)).into()
}

/// Sends a request from an address.
#[track_caller]
pub(super) fn ask_from(
    router: &Router,
    address: IpAddr,
    request: request::Builder,
    body: impl Into<Body>,
) -> Answer {
    let request = request.header("host", "localhost");
    let request = request.extension(ConnectInfo(SocketAddr::new(address, 1)));
    let request = request.body(body.into()).expect("a request");
    RUNTIME.block_on(async {
        let Ok(answer) = router.clone().oneshot(request).await;
        let (parts, body) = answer.into_parts();
        let body = body.collect().await.expect("a body").to_bytes();
        Answer { status: parts.status, headers: parts.headers, body }
    })
}

/// Begins a GET.
pub(super) fn get(target: &str) -> request::Builder {
    Request::get(target)
}

/// Adds a field for each line of some bytes, where that can be one.
pub(super) fn lines(
    mut request: request::Builder,
    name: &HeaderName,
    lines: &[u8],
) -> request::Builder {
    for line in lines.split(|byte| *byte == b'\n').take(40) {
        if let Ok(value) = HeaderValue::from_bytes(line) {
            request = request.header(name, value);
        }
    }
    request
}
