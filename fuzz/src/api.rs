//! The API that the targets call: an operation for each thing that a request brings.

use std::{
    convert::Infallible,
    net::{IpAddr, Ipv4Addr, SocketAddr},
    sync::{
        LazyLock,
        atomic::{AtomicU32, AtomicU64, Ordering},
    },
};

use aws_lc_rs::digest::{Digest, SHA256, digest};
use axum::{Router, body::Body, extract::ConnectInfo};
use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue, Request, StatusCode, request};
use http_body_util::BodyExt;
use secure_api::{
    app::AppBuilder,
    client::{Webhook, WebhookReceiver},
    clock::Clock,
    identity::{Credential, Head, Kind, Principal, Refused, Source},
    prelude::*,
    secret::SecretBytes,
    token::{Issuer, Key},
};
use serde_json::Value as Json_;
use tokio::runtime::{Builder, Runtime};
use tower::ServiceExt;

/// The second at which all targets begin.
pub(super) const NOW: i64 = 1_900_000_000;

/// The key that the tokens and the webhooks of the targets are signed with: the same in each run, so that an input of one is good in another.
pub(super) static SECRET: LazyLock<Digest> = LazyLock::new(|| digest(&SHA256, b"targets"));

/// The content of the file that is asked for in parts.
pub(super) const TEXT: &str = "0123456789abcdefghij";

#[derive(Role)]
pub enum Role {
    Member,
}

#[derive(Version)]
pub enum Version {
    V1,
    V2,
}

/// A name.
#[derive(Value)]
#[value(text, max_len = 40, reserved("latest"), unowned = "a name is nobody's property")]
pub struct Name(String);

/// A word.
#[derive(Value)]
#[value(pattern = "^[a-z0-9.]{1,20}$", unowned = "a word is nobody's property")]
pub struct Word(String);

/// What an operation was called with.
#[derive(Resource)]
#[view(EchoView, public, fields(operation, one, two))]
pub struct Echo {
    operation: String,
    one: Option<String>,
    two: Option<String>,
}

impl Echo {
    fn of(operation: &str, one: Option<&Name>, two: Option<&Name>) -> Self {
        let text = |name: &Name| name.as_str().to_owned();
        Self { operation: operation.to_owned(), one: one.map(text), two: two.map(text) }
    }
}

/// Shows a file.
#[get("/plain/{name}", version = Version::V1.., public = "a target is for anybody", view = EchoView)]
pub async fn plain(Unowned(name): Unowned<Name>) -> Echo {
    Echo::of("plain", Some(&name), None)
}

/// Shows the latest file.
#[get("/plain/latest", version = Version::V2, public = "a target is for anybody", view = EchoView)]
pub async fn latest() -> Echo {
    Echo::of("latest", None, None)
}

/// Shows a part of a file.
#[get("/plain/{name}/parts/{part}", version = Version::V1.., public = "a target is for anybody", view = EchoView)]
pub async fn part(Unowned(name): Unowned<Name>, Unowned(part): Unowned<Name>) -> Echo {
    Echo::of("part", Some(&name), Some(&part))
}

/// Shows a document.
#[get("/files/{name}.json", version = Version::V1..,
      public = "a target is for anybody", view = EchoView, allow(path, reason = "files have endings"))]
pub async fn document(Unowned(name): Unowned<Name>) -> Echo {
    Echo::of("document", Some(&name), None)
}

/// Shows the notes to an old file.
#[get("/files/{name}.old/notes", version = Version::V2,
      public = "a target is for anybody", view = EchoView, allow(path, reason = "files have endings"))]
pub async fn notes(Unowned(name): Unowned<Name>) -> Echo {
    Echo::of("notes", Some(&name), None)
}

/// Shows a pair.
#[get("/pairs/{first}-{second}", version = Version::V1,
      public = "a target is for anybody", view = EchoView, allow(path, reason = "files have endings"))]
pub async fn pair(Unowned(first): Unowned<Word>, Unowned(second): Unowned<Name>) -> Echo {
    let first = Some(first.as_str().to_owned());
    Echo { one: first, ..Echo::of("pair", None, Some(&second)) }
}

/// The place and the trace of a request.
#[derive(Resource)]
#[view(PlaceView, public, fields(address, trace, span, parent, traceparent, tracestate))]
pub struct Whereabouts {
    address: Option<String>,
    trace: String,
    span: String,
    parent: Option<String>,
    traceparent: String,
    tracestate: Option<String>,
}

/// Tells where the caller is.
#[get("/where", version = Version::V1.., public = "a target is for anybody", view = PlaceView)]
pub async fn whereabouts(context: RequestContext) -> Whereabouts {
    let trace = context.trace();
    let text = |value: HeaderValue| value.to_str().expect("visible ASCII").to_owned();
    Whereabouts {
        address: context.client_address().map(|address| address.to_string()),
        trace: trace.trace_id().to_owned(),
        span: trace.span_id().to_owned(),
        parent: trace.parent_id().map(str::to_owned),
        traceparent: text(trace.traceparent()),
        tracestate: trace.tracestate().map(text),
    }
}

/// Cookies.
#[derive(Input)]
pub struct Looks {
    #[input(text, max_len = 60)]
    theme: Option<String>,
}

/// Reads cookies.
#[get("/cookies", version = Version::V1.., public = "a target is for anybody", view = EchoView)]
pub async fn cookies(Cookies(Looks { theme }): Cookies<Looks>) -> Echo {
    Echo { operation: "cookies".to_owned(), one: theme, two: None }
}

/// A badge, which browsers send.
pub enum Badge {}

impl Credential for Badge {
    const KIND: Kind = Kind::cookie("Badge", "badge");
}

struct Badges;

impl Source for Badges {
    type Kind = Badge;

    async fn identify(&self, sent: &[u8], _: &Head<'_>) -> Result<Principal, Refused> {
        let text: String = sent.iter().map(|byte| format!("{byte:02x}")).collect();
        Ok(Principal::new("https://badges.example", format!("b{text}")).roles(["member"]))
    }
}

/// Somebody who was let in.
#[derive(Resource)]
#[view(MeView, role = Role::Member, fields(subject))]
pub struct Me {
    subject: String,
}

/// Tells whose badge it is.
#[get("/badge", version = Version::V1.., role = Role::Member, by = Badge, view = MeView)]
pub async fn badge(caller: Caller<Role>) -> Me {
    Me { subject: caller.subject().to_owned() }
}

/// Tells whose token it is.
#[get("/me", version = Version::V1.., role = Role::Member, view = MeView)]
pub async fn me(caller: Caller<Role>) -> Me {
    Me { subject: caller.subject().to_owned() }
}

/// A number.
#[derive(Resource)]
#[view(NumberView, public, fields(number))]
pub struct Number {
    number: u32,
}

/// Lists numbers.
#[get("/numbers", version = Version::V1.., public = "a target is for anybody", view = NumberView)]
pub async fn numbers(paging: Paging<u32>) -> Page<Number> {
    let after = paging.position().copied().unwrap_or(0);
    let rows = (after.saturating_add(1)..=250).take(paging.rows());
    Page::paged(&paging, rows.map(|number| Number { number }).collect(), |last| last.number)
}

/// A counted run.
#[derive(Resource)]
#[view(RunView, role = Role::Member, fields(run))]
pub struct Run {
    run: u64,
}

static RUNS: AtomicU64 = AtomicU64::new(0);

/// Counts, once for each key.
#[post("/runs", version = Version::V1.., role = Role::Member, idempotency_key, view = RunView)]
pub async fn count() -> Performed<Run> {
    Performed(Run { run: RUNS.fetch_add(1, Ordering::Relaxed) })
}

/// The sender of webhooks.
pub struct Payments;

/// A payment.
#[derive(Input)]
pub struct Paid {
    #[input(text, max_len = 40)]
    order: String,
}

/// Takes a webhook.
#[post("/hooks", version = Version::V1.., public = "its sender signs it", view = EchoView)]
pub async fn hook(hook: Webhook<Payments>, Json(paid): Json<Paid>) -> Performed<Echo> {
    let (id, order) = (hook.id().to_owned(), paid.order);
    Performed(Echo { operation: "hook".to_owned(), one: Some(id), two: Some(order) })
}

pub struct Texts;

impl DownloadKinds for Texts {
    const KINDS: &'static [FileKind] = &[FileKind::PlainText];
}

/// Sends a text, whole or in parts.
#[get("/text", version = Version::V1.., public = "a target is for anybody")]
pub async fn text() -> Download<Texts> {
    Download::new(TEXT, FileKind::PlainText)
}

/// An API of targets.
#[api(roles = Role, versions = Version, limit = Limit::per_address(60_000).per_minute(),
      routes(plain, latest, part, document, notes, pair, whereabouts, cookies, badge, me, numbers, count, hook, text))]
pub struct Targets;

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
        .clock(CLOCK.clone())
        .limit_scale(u32::MAX)
}

/// The clock of the app, moved by whoever waits.
pub(super) static CLOCK: LazyLock<Clock> = LazyLock::new(|| Clock::manual(NOW));

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
    pub(super) fn json(&self) -> Json_ {
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
    static CALLERS: AtomicU32 = AtomicU32::new(0x0B00_0000);
    let address = Ipv4Addr::from_bits(CALLERS.fetch_add(1, Ordering::Relaxed));
    ask_from(&ROUTER, address.into(), request, body)
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
pub(super) fn lines(mut request: request::Builder, name: &HeaderName, lines: &[u8]) -> request::Builder {
    for line in lines.split(|byte| *byte == b'\n').take(40) {
        if let Ok(value) = HeaderValue::from_bytes(line) {
            request = request.header(name, value);
        }
    }
    request
}
