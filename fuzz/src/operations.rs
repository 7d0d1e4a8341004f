//! The operations that the targets call: one for each thing that a request brings.

use std::sync::atomic::{AtomicU64, Ordering};

use http::HeaderValue;
use secure_api::{
    client::Webhook,
    identity::{Credential, Head, Kind, Principal, Refused, Source},
    prelude::*,
};

use super::api::TEXT;

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

/// The arguments that an operation was called with.
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

/// The source that knows each badge.
pub(super) struct Badges;

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

/// The runs so far.
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

/// The kinds of the file.
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
