//! One exchange: a request goes through the stages, and its answer gets the fields that every answer has.

use std::{
    borrow::Cow,
    future::{Future, poll_fn},
    panic::AssertUnwindSafe,
    pin::pin,
    sync::Arc,
};

use axum::body::Body;
use bytes::Bytes;
use futures_util::FutureExt;
use http::{HeaderValue, Method, Response, Version, header, request::Parts};
use http_body::Body as _;
use http_body_util::Full;

use super::{
    behavior::Watched,
    body::discard,
    challenge,
    client::Client,
    cors::Origin,
    headers::Common,
    live, mount,
    open::OpenPlace,
    place::{Matched, Place},
    shared::Shared,
    stages::stages,
    traced,
};
use crate::{
    clock::Clock,
    dpop,
    error::{Problem, discard_panic, problem},
    inventory::live::Calls,
    limit::Quota,
    metrics::Served,
    observe::{self, RequestId, Trace},
    rendered::OpenContent,
    route::PathParameters,
    serve::Connection,
};

/// The record of one request while it passes the stages: the connection it came over, if a server of ours brought it, its
/// id, the quota it was charged to, what the log is told.
pub(super) struct Record<'a> {
    pub(super) connection: Option<Connection>,
    pub(super) client: Client,
    /// The parameters of its path, until the operation takes them.
    pub(super) parameters: PathParameters,
    /// The fields that its answer has in any case: those of its place, or of its operation.
    common: &'a Common,
    /// The bytes of content that its operation takes.
    body_limit: usize,
    /// The path below which the app was found.
    pub(super) prefix: Cow<'a, str>,
    /// `true` once the request's content could not be read to its end.
    pub(super) broken: bool,
    pub(super) id: RequestId,
    pub(super) trace: Arc<Trace>,
    pub(super) quota: Quota,
    /// The caller, as its behavior is weighed.
    pub(super) watched: Watched,
    pub(super) seen: observe::Seen,
    /// The time of its arrival, in nanoseconds of the app's clock.
    pub(super) arrived: u64,
    /// The counts of its operation, or of what none answers.
    served: &'a Served,
    /// Its operation in the live inventory.
    pub(super) calls: Option<&'a Calls>,
    /// `true` if that is past its sunset, or closed.
    pub(super) is_gone: bool,
    /// The fields of a request that its answers depend on, where its input reads some.
    vary: Option<&'a HeaderValue>,
    /// Its place among the answers that are open, where its answer stays open.
    pub(super) open: Option<OpenPlace>,
    /// The content of its answer that is made while it is sent.
    pub(super) flow: Option<OpenContent>,
}

impl<'a> Record<'a> {
    /// Begins the record of a request that was found to be for this place.
    pub(super) fn new(
        shared: &'a Shared,
        place: &'a Place,
        parts: &Parts,
        parameters: PathParameters,
        connection: Option<Connection>,
    ) -> Self {
        let client = Client::of(parts, connection, &shared.settings);
        let arrived = shared.settings.clock.monotonic_nanos();
        Self {
            connection,
            client,
            parameters,
            common: &place.common,
            body_limit: 0,
            prefix: mount::prefix(parts, shared.settings.base_url.as_ref()),
            broken: false,
            id: RequestId::of(&parts.headers),
            trace: Arc::new(Trace::of(&parts.headers)),
            quota: Quota::of(arrived),
            watched: Watched::default(),
            seen: observe::Seen::new(&parts.method, client.address()),
            arrived,
            served: &shared.metrics.unmatched,
            calls: None,
            is_gone: false,
            vary: None,
            open: None,
            flow: None,
        }
    }

    /// Returns the segment of the version that is called; empty where no operation was found.
    #[cfg(feature = "otel")]
    pub(super) fn version(&self) -> &'static str {
        self.served.version
    }

    /// Notes what an answer needs of the operation that was found.
    pub(super) fn found(&mut self, matched: &Matched<'a>, clock: &Clock) {
        if let Matched::Operation { operation, .. } = matched {
            self.body_limit = operation.body_limit;
            self.watched.calls(operation.route);
        }
        if let Matched::Operation { operation, .. } | Matched::Gone(operation) = matched {
            self.served = &operation.served;
            self.calls = Some(&operation.calls);
            self.is_gone = matches!(matched, Matched::Gone(_));
            operation.count(clock);
            self.vary = operation.reads_head.as_ref().map(|head| &head.vary);
            if let Some(own) = &operation.common {
                self.common = own;
            }
        }
    }
}

/// Runs one request through everything.
pub(super) async fn run<'a>(
    shared: &'a Shared,
    place: &'a Place,
    parts: &mut Parts,
    body: &mut Body,
    record: &mut Record<'a>,
) -> Response<Full<Bytes>> {
    let head = parts.method == Method::HEAD;
    let origin = Origin::of(&parts.headers, &shared.settings.origins);
    let nonces = shared.nonces.as_ref().filter(|_| dpop::is_proved(&parts.headers));
    let span = traced::begin(record);
    // A panic in a handler is that request's failure, and nobody else's.
    let outcome = {
        // Pinned where it is made, it is not moved again.
        let mut stages = pin!(stages(shared, place, parts, body, record));
        // What is said meanwhile is of this request.
        let within = poll_fn(|task| span.in_scope(|| stages.as_mut().poll(task)));
        AssertUnwindSafe(within).catch_unwind().await
    };
    let outcome = outcome.unwrap_or_else(|panic| {
        discard_panic(panic);
        Err(Problem::new(&problem::INTERNAL).because("the handler panicked"))
    });

    live::note(shared, record, parts, outcome.as_ref().err());
    let Record { id, trace, seen, watched, client, arrived, .. } = record;
    let micros = shared.settings.clock.monotonic_nanos().saturating_sub(*arrived) / 1000;
    let mut ends = false;
    if let Some(watch) = &shared.watch {
        watch.note(watched, client, parts, outcome.as_ref().err());
    }
    if let Err(problem) = &outcome {
        // Told first: the caller may hang up while the rest of its body is let in.
        let event = seen.event(problem);
        seen.refused((id, trace), problem, event, micros, watched.subject_in_log(&shared.ledger));
        if let Some(event) = event.filter(|_| shared.settings.audited.is_kept()) {
            let subject = watched.subject_in_log(&shared.ledger).map(|subject| subject.to_string());
            seen.audit(&shared.settings.audited, (id, trace), problem, event, subject);
        }
        shared.metrics.refuse(problem.kind().uri());
        if problem.kind() == &problem::QUOTA_EXCEEDED {
            record.served.limited.add();
        } else if problem.kind() == &problem::BROWNOUT {
            record.served.browned_out.add();
        }
        // Once they are the handler's, the headers are not here any more, and no content is either.
        let whole = if record.broken || parts.headers.contains_key(header::EXPECT) {
            !record.broken && body.is_end_stream()
        } else {
            discard(body, record.body_limit).await
        };
        // What was not read ends the connection (RFC 9112, section 9.6).
        ends = !whole && parts.version < Version::HTTP_2;
    }
    #[cfg(feature = "testing")]
    let cause = outcome.as_ref().err().and_then(Problem::cause).map(ToString::to_string);
    let rendered = match outcome {
        Ok(rendered) => {
            record.flow = rendered.take_flow();
            let subject = watched.subject_in_log(&shared.ledger);
            seen.answered((id, trace), rendered.status(), micros, subject);
            rendered
        }
        Err(problem) => {
            let mut rendered = problem.rendered();
            challenge::complete(&mut rendered, &shared.further);
            rendered
        }
    };
    record.served.answer(rendered.status(), micros);
    traced::end(&span, shared, parts, record, rendered.status());
    let mut fields = record.common.over(record.client.transport);
    // Whoever is given the same answer by a cache has another quota, and another request.
    let public = rendered.is_public();
    if !public {
        record.quota.write(&mut fields);
        fields.insert(observe::REQUEST_ID, record.id.header());
    }
    let read = record.vary.filter(|_| !public);
    if let Some(vary) = read.or(shared.vary.other(public)) {
        fields.insert(header::VARY, vary.clone());
    }
    if let Some(nonces) = nonces.filter(|_| !public) {
        // With every answer that no cache gives again later, so that a client has the next nonce before it needs it (RFC 9449,
        // sections 8 and 8.2).
        fields.insert(dpop::NONCE, nonces.current());
    }
    if ends {
        fields.insert(header::CONNECTION, HeaderValue::from_static("close"));
    }
    let mut response = rendered.into_response(fields, head);
    mount::relocate(response.headers_mut(), &record.prefix);
    origin.write(response.headers_mut());
    #[cfg(feature = "testing")]
    let response = with_cause(response, cause);
    response
}

/// Adds the cause, for the assertion that fails. It is no part of what is sent.
#[cfg(feature = "testing")]
fn with_cause(mut response: Response<Full<Bytes>>, cause: Option<String>) -> Response<Full<Bytes>> {
    if let Some(cause) = cause {
        response.extensions_mut().insert(observe::Logged(cause));
    }
    response
}
