//! The order of enforcement, written once: what a request passes on its way to a handler and back.

use std::{net::SocketAddr, panic::AssertUnwindSafe, sync::Arc, time::Duration};

use axum::{
    body::Body,
    extract::ConnectInfo,
    response::{IntoResponse, Response},
};
use bytes::Bytes;
use futures_util::FutureExt;
use http::{HeaderMap, HeaderName, HeaderValue, Request, header, request::Parts};
use http_body_util::{BodyExt, LengthLimitError, Limited};
use tokio::time::{Instant, error::Elapsed, timeout_at};
use tracing::Instrument;

use super::{Settings, hygiene};
use crate::{
    error::{Problem, problem},
    flow::{FlowStore, Held, IdempotencyKey, Memory, Passage},
    input::{Media, Parameters, check_content_type},
    limit::{LimitArms, LimitKey, LimitSet, Quota, Unit},
    object::{CURSOR, SIZE},
    observe,
    route::{Access, Api, ArgumentInfo, Context, Route, State},
    serve::Transport,
    token::{Identity, Verifier},
    version::VersionInfo,
    view::FIELDS,
};

/// Seconds after which a caller may try again when an answer did not come in time.
const RETRY_AFTER: u64 = 5;

/// What all operations of an app share.
pub(super) struct Shared {
    pub(super) api: &'static Api,
    pub(super) state: Arc<State>,
    pub(super) verifier: Option<Arc<Verifier>>,
    pub(super) settings: Settings,
    /// The limit of an address over the whole app, unmatched paths included.
    address: LimitSet,
    /// Who did which step, and which key had which answer.
    flow: Arc<dyn FlowStore>,
}

impl Shared {
    pub(super) fn new(
        api: &'static Api,
        state: State,
        verifier: Option<Arc<Verifier>>,
        settings: Settings,
    ) -> Self {
        let Settings { address_limit, limit_scale, clock, .. } = &settings;
        let address = LimitSet::new("app", &[*address_limit], *limit_scale, clock);
        let flow = Arc::new(Memory::new(clock.clone()));
        Self { api, state: Arc::new(state), verifier, settings, address, flow }
    }

    pub(super) fn limits(&self, route: &'static Route) -> LimitArms {
        let Settings { limit_scale, clock, .. } = &self.settings;
        LimitArms::new(route.name, &route.limits_in(self.api), *limit_scale, clock)
    }
}

/// One operation in one version, compiled.
pub(super) struct Operation {
    pub(super) route: &'static Route,
    pub(super) version: &'static VersionInfo,
    version_index: usize,
    /// Shared by all versions of the operation, so that an old version is no second quota.
    limits: Arc<LimitArms>,
    body: Takes,
    reads_query: bool,
    /// Whether it lists page by page.
    pages: bool,
    /// Whether a handler takes the request whole, by an extractor that is not ours.
    keeps_parts: bool,
    body_limit: usize,
    deadline: Duration,
    /// What is the same on all its answers, where that is not what its version's answers have.
    headers: Option<Vec<(HeaderName, HeaderValue)>>,
    /// How long it is kept that a caller did this, for the operations that come after it.
    precedes: Option<Duration>,
}

/// What an operation does with a request's body.
#[derive(Debug, Clone, Copy)]
enum Takes {
    Nothing,
    /// An input, written in this way.
    Input(Media),
    /// Whatever comes: an extractor looks at its media type.
    Anything,
}

impl Operation {
    pub(super) fn new(
        route: &'static Route,
        (version_index, version): (usize, &'static VersionInfo),
        limits: Arc<LimitArms>,
        precedes: Option<Duration>,
        settings: &Settings,
    ) -> Self {
        let takes = |what: fn(ArgumentInfo) -> bool| {
            route.arguments.iter().any(|describe| what(describe()))
        };
        let body = route.arguments.iter().find_map(|describe| match describe() {
            ArgumentInfo::Body(_, media) => Some(Takes::Input(media)),
            ArgumentInfo::BodyExtractor(_) => Some(Takes::Anything),
            _ => None,
        });
        let extractor = takes(|argument| {
            matches!(argument, ArgumentInfo::Extractor(_) | ArgumentInfo::BodyExtractor(_))
        });
        let named = |(name, value)| (HeaderName::from_static(name), value);
        let headers = route
            .options
            .deprecated
            .map(|_| route.headers_in((version_index, version)).into_iter().map(named).collect());
        Self {
            route,
            version,
            version_index,
            limits,
            body: body.unwrap_or(Takes::Nothing),
            // What an extractor reads of a query is its own to judge.
            reads_query: extractor || takes(|argument| matches!(argument, ArgumentInfo::Query(_))),
            pages: takes(|argument| matches!(argument, ArgumentInfo::Paging)),
            keeps_parts: extractor,
            body_limit: route.body_limit().unwrap_or(settings.body_limit),
            deadline: route.options.timeout.unwrap_or(settings.deadline),
            headers,
            precedes,
        }
    }

    /// Takes what is the framework's out of a query; only an input may leave the rest to be read.
    fn parameters(&self, query: Option<&str>, roles: u128) -> Result<Asked, Problem> {
        let mut query = Parameters::read(query)?;
        let mut asked = Asked::default();
        if self.route.offers_fields()
            && let Some(names) = query.take(FIELDS)
            && let Some(view) = self.route.view_for(roles)
        {
            let only = view.choose(&names, self.version_index);
            asked.only = Some(
                only.map_err(|error| Problem::new(&problem::INVALID_QUERY).errors(vec![error]))?,
            );
        }
        if self.pages {
            asked.page = (query.take(SIZE), query.take(CURSOR));
        }
        if !self.reads_query {
            query.finish()?;
        }
        asked.query = query;
        Ok(asked)
    }
}

/// What a query says, by whom it is for.
#[derive(Default)]
struct Asked {
    query: Parameters,
    page: (Option<String>, Option<String>),
    only: Option<Vec<&'static str>>,
}

/// What a request is about, after its path and method were looked at.
pub(super) enum Matched<'a> {
    /// An operation, with its path parameters.
    Operation(&'a Operation, Vec<String>),
    /// An operation that is past its own sunset.
    Gone(&'a Operation),
    /// `OPTIONS` on a path that exists: what it allows.
    Options(&'a HeaderValue),
    /// An answer that is the same for everybody: a document.
    Fixed(fn(&Fixed) -> Response, &'a Fixed),
    /// Nothing, for this reason.
    Refused(Problem),
}

/// A document that is served as it is.
pub(super) struct Fixed {
    pub(super) content_type: HeaderValue,
    pub(super) policy: Option<HeaderValue>,
    pub(super) body: Bytes,
}

/// Runs one request through everything. `matched` is asked once the request is known to be well-formed.
pub(super) async fn run<'a>(
    shared: &'a Shared,
    mut headers: &'a [(HeaderName, HeaderValue)],
    request: Request<Body>,
    matched: impl FnOnce(&Parts) -> Matched<'a>,
) -> Response {
    let (parts, mut body) = request.into_parts();
    let id = observe::request_id(&parts.headers);
    let transport = parts.extensions.get::<Transport>().copied();
    let head = parts.method == http::Method::HEAD;
    let mut quota = Quota::new();
    let mut seen = observe::Seen::new(&parts.method);

    // A panic in a handler is that request's failure, and nobody else's.
    let waits = parts.headers.contains_key(header::EXPECT);
    let mut body_limit = 0;
    let matched = |parts: &Parts| {
        let matched = matched(parts);
        if let Matched::Operation(operation, _) = &matched {
            body_limit = operation.body_limit;
        }
        if let Matched::Operation(operation, _) | Matched::Gone(operation) = &matched
            && let Some(own) = &operation.headers
        {
            headers = own;
        }
        matched
    };
    let stages = stages(shared, parts, &mut body, &id, matched, &mut quota, &mut seen);
    let outcome = AssertUnwindSafe(stages).catch_unwind().await.unwrap_or_else(|_panic| {
        Err(Problem::new(&problem::INTERNAL).because("the handler panicked"))
    });

    if outcome.is_err() && !waits {
        discard(body, body_limit).await;
    }
    let mut response = match outcome {
        Ok(response) => {
            seen.answered(&id, response.status());
            response
        }
        Err(problem) => {
            seen.refused(&id, &problem);
            refusal(problem)
        }
    };
    quota.write(response.headers_mut());
    for (name, value) in headers {
        response.headers_mut().append(name, value.clone());
    }
    super::headers::finish(&mut response, id, transport);
    if head { without_content(response) } else { response }
}

#[cfg(not(feature = "testing"))]
fn refusal(problem: Problem) -> Response {
    problem.into_response()
}

/// With the cause beside it, for the assertion that fails. It is no part of what is sent.
#[cfg(feature = "testing")]
fn refusal(problem: Problem) -> Response {
    let cause = problem.cause().map(|cause| observe::Logged(cause.to_string()));
    let mut response = problem.into_response();
    if let Some(cause) = cause {
        response.extensions_mut().insert(cause);
    }
    response
}

/// The stages, in their order.
async fn stages<'a>(
    shared: &'a Shared,
    mut parts: Parts,
    body: &mut Body,
    id: &HeaderValue,
    matched: impl FnOnce(&Parts) -> Matched<'a>,
    quota: &mut Quota,
    seen: &mut observe::Seen,
) -> Result<Response, Problem> {
    // Is it a request we read at all?
    let address = address(&parts);
    let wellformed = hygiene::check(&parts, &shared.settings);

    // Which operation? What none answers is counted like what one does, and then refused.
    let matched = match wellformed {
        Ok(()) => matched(&parts),
        Err(problem) => Matched::Refused(problem),
    };
    *quota = shared.address.check(Unit::Address, address, std::mem::take(quota))?;
    let (operation, parameters) = match matched {
        Matched::Operation(operation, parameters) => (operation, parameters),
        Matched::Options(allow) => return Ok(options(allow)),
        Matched::Fixed(answer, fixed) => return Ok(answer(fixed)),
        Matched::Gone(operation) => {
            seen.operation(operation.route.name, operation.version.segment);
            return Err(Problem::new(&problem::SUNSET).because("the operation is past its sunset"));
        }
        Matched::Refused(problem) => return Err(problem),
    };
    seen.operation(operation.route.name, operation.version.segment);

    // How often, from this address, before anybody looks at credentials?
    *quota = operation.limits.check_address(address, std::mem::take(quota))?;

    // Who is it, and may they? Only absent credentials may stay anonymous, and only on a public route.
    let identity = match &shared.verifier {
        Some(verifier) => verifier.authenticate(&parts.headers, parts.uri.query())?,
        None => None,
    };
    admit(operation.route, identity.as_deref())?;

    // How often, by this caller?
    let principal = identity.as_ref().map_or(address, |identity| {
        LimitKey::principal(identity.issuer(), identity.tenant(), identity.subject())
    });
    let roles = identity.as_ref().map_or(0, |identity| identity.roles());
    *quota = operation.limits.check_caller(roles, principal, std::mem::take(quota))?;

    // Only now is anything of the request's content looked at.
    hygiene::accepts_json(&parts.headers)?;
    if operation.route.if_match && !parts.headers.contains_key(header::IF_MATCH) {
        return Err(Problem::new(&problem::PRECONDITION_REQUIRED));
    }
    let Asked { query, page, only } = operation.parameters(parts.uri.query(), roles)?;
    let passage = passage(shared, operation, &parts, identity.as_ref())?;
    let deadline = Instant::now() + operation.deadline;
    let body = read_body(operation, &parts.headers, body);
    let body = timeout_at(deadline, body).await.unwrap_or_else(too_late)?;
    if let Some(passage) = &passage {
        passage.has_room().await?;
    }
    let context = Context {
        route: operation.route,
        version: operation.version,
        version_index: operation.version_index,
        state: Arc::clone(&shared.state),
        identity,
        parameters,
        query,
        page,
        only,
        headers: if operation.keeps_parts {
            parts.headers.clone()
        } else {
            std::mem::take(&mut parts.headers)
        },
        body,
        request_id: id.clone(),
        parts: operation.keeps_parts.then(|| Box::new(parts)),
        passage: passage.clone(),
    };
    // Decoding, loading and permitting objects, order and repetition where the route states them, the handler and
    // its view, as the route composed them.
    let run = (operation.route.handler)(context);
    match passage {
        None => timeout_at(deadline, run).await.unwrap_or_else(too_late),
        Some(passage) => to_the_end(passage, timeout_at(deadline, run)).await,
    }
}

/// What has an order or a key is carried out even if its caller hangs up: a caller that asks again gets the answer,
/// and what was done is known to have been.
async fn to_the_end(
    passage: Arc<Passage>,
    run: impl Future<Output = Result<Result<Response, Problem>, Elapsed>> + Send + 'static,
) -> Result<Response, Problem> {
    let task = async move {
        let outcome = run.await.unwrap_or_else(too_late);
        passage.leave(outcome).await
    };
    tokio::spawn(task.in_current_span()).await.unwrap_or_else(|failure| {
        let why = if failure.is_panic() { "the handler panicked" } else { "the server stops" };
        Err(Problem::new(&problem::INTERNAL).because(why))
    })
}

fn too_late<T>(_elapsed: Elapsed) -> Result<T, Problem> {
    Err(Problem::new(&problem::UNAVAILABLE).retry_after(RETRY_AFTER).because("the deadline passed"))
}

/// What follows a request through order and repetition, if its operation has either. Who is not known did nothing
/// before and does nothing again.
fn passage(
    shared: &Shared,
    operation: &Operation,
    parts: &Parts,
    identity: Option<&Arc<Identity>>,
) -> Result<Option<Arc<Passage>>, Problem> {
    let Operation { route, version, .. } = operation;
    let flow = &route.flow;
    // Whoever asks for the header alone was not shown what comes before.
    let precedes = operation.precedes.filter(|_| parts.method != http::Method::HEAD);
    if flow.after.is_none() && !flow.idempotency_key && precedes.is_none() {
        return Ok(None);
    }
    let key = if flow.idempotency_key { Some(IdempotencyKey::of(&parts.headers)?) } else { None };
    let Some(identity) = identity else { return Ok(None) };
    Ok(Some(Arc::new(Passage {
        store: Arc::clone(&shared.flow),
        flow,
        operation: route.step(),
        precedes,
        identity: Arc::clone(identity),
        key,
        version: version.segment,
        query: parts.uri.query().unwrap_or_default().into(),
        held: Held::default(),
    })))
}

fn address(parts: &Parts) -> LimitKey {
    let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>();
    // A server that does not say who is connected makes all callers one.
    let unknown = std::net::IpAddr::V4(std::net::Ipv4Addr::UNSPECIFIED);
    LimitKey::address(peer.map_or(unknown, |ConnectInfo(peer)| peer.ip()))
}

fn admit(route: &Route, identity: Option<&Identity>) -> Result<(), Problem> {
    match (route.access, identity) {
        (Access::Public(_), _) => Ok(()),
        (Access::Roles(_), None) => Err(Verifier::challenge()),
        (Access::Roles(roles), Some(identity)) if roles.admits(identity.roles()) => {
            let scopes = route.options.scopes;
            if scopes.iter().all(|scope| identity.has_scope(scope)) {
                Ok(())
            } else {
                Err(Verifier::insufficient_scope(scopes)
                    .because("the token lacks one of the route's scopes"))
            }
        }
        (Access::Roles(_), Some(_)) => {
            Err(Problem::new(&problem::FORBIDDEN)
                .because("the caller has none of the route's roles"))
        }
    }
}

async fn read_body(
    operation: &Operation,
    headers: &HeaderMap,
    body: &mut Body,
) -> Result<Bytes, Problem> {
    let length = headers.get(header::CONTENT_LENGTH).and_then(|length| length.to_str().ok());
    let length = length.and_then(|length| length.parse::<u64>().ok());
    if let Takes::Nothing = operation.body {
        // Content on a request that has none defined is refused rather than read.
        if length.is_some_and(|length| length > 0)
            || headers.contains_key(header::TRANSFER_ENCODING)
        {
            return Err(Problem::new(&problem::MALFORMED).because("the operation takes no content"));
        }
        return Ok(Bytes::new());
    }
    let limit = operation.body_limit;
    let too_large = || Problem::new(&problem::TOO_LARGE).because("the body is over the limit");
    if length.is_some_and(|length| length > limit as u64) {
        return Err(too_large());
    }
    if let Takes::Input(media) = operation.body {
        check_content_type(headers, media)?;
    }
    match Limited::new(body, limit).collect().await {
        Ok(collected) => Ok(collected.to_bytes()),
        Err(error) if error.is::<LengthLimitError>() => Err(too_large()),
        Err(error) => Err(Problem::new(&problem::MALFORMED).because(error)),
    }
}

/// As much of an unread body as a refusal waits for at least, and how long.
const DISCARDED: usize = 64 * 1024;
const DISCARDING: Duration = Duration::from_millis(250);
/// How long where the operation takes more than that.
const DISCARDING_MORE: Duration = Duration::from_secs(1);

/// Lets what a refused caller is still sending arrive, unread. A connection that is closed over it, or an
/// HTTP/2 stream that is reset, can take the answer down with it on the caller's side. A caller that waits
/// to be asked for the body (`Expect: 100-continue`) is not asked.
///
/// It is twice what the operation takes: who sends a picture that is somewhat too large is told so.
async fn discard(body: Body, body_limit: usize) {
    if http_body::Body::is_end_stream(&body) {
        return;
    }
    let most = body_limit.saturating_mul(2);
    let (most, time) =
        if most > DISCARDED { (most, DISCARDING_MORE) } else { (DISCARDED, DISCARDING) };
    let mut body = Limited::new(body, most);
    let rest = async { while let Some(Ok(_frame)) = body.frame().await {} };
    drop(tokio::time::timeout(time, rest).await);
}

fn options(allow: &HeaderValue) -> Response {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = http::StatusCode::NO_CONTENT;
    response.headers_mut().insert(header::ALLOW, allow.clone());
    response
}

/// The same answer without its content, the length of which stays stated (RFC 9110, section 9.3.2).
fn without_content(response: Response) -> Response {
    let (mut parts, body) = response.into_parts();
    if let Some(length) = http_body::Body::size_hint(&body).exact() {
        parts.headers.insert(header::CONTENT_LENGTH, HeaderValue::from(length));
    }
    Response::from_parts(parts, Body::empty())
}
