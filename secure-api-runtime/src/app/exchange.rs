//! One exchange: a request goes through the stages, and its answer gets the fields that every answer has.

use std::{
    future::{Future, poll_fn},
    panic::AssertUnwindSafe,
    pin::pin,
};

use axum::body::Body;
use bytes::Bytes;
use futures_util::FutureExt;
use http::{HeaderValue, Method, Response, Version, header, request::Parts};
use http_body::Body as _;

use super::{
    body::discard, challenge, cors::Origin, live, load::Shed, mount, place::Place, record::Record,
    shared::Shared, stages::stages, traced,
};
use crate::{
    dpop,
    error::{Problem, discard_panic, problem},
    observe,
};

/// Runs one request through everything.
pub(super) async fn run<'a>(
    shared: &'a Shared,
    place: &'a Place,
    parts: &mut Parts,
    body: &mut Body,
    record: &mut Record<'a>,
) -> Response<Bytes> {
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

    let now = shared.settings.clock.monotonic_nanos();
    record.leave(now, outcome.as_ref().err());
    // An answer that waits to be read is held, so nobody has more of them than is left for others.
    let outcome = outcome.and_then(|answer| {
        let bytes = if head { 0 } else { answer.content().len() };
        match record.hold(shared, bytes) {
            true => Ok(answer),
            false => Err(shared.load.without_content()),
        }
    });
    live::note(shared, record, parts, outcome.as_ref().err());
    let Record { id, trace, seen, watched, client, arrived, .. } = record;
    let micros = now.saturating_sub(*arrived) / 1000;
    let mut ends = false;
    if let Some(watch) = &shared.watch {
        watch.note(watched, client, parts, outcome.as_ref().err());
    }
    if let Err(problem) = &outcome {
        // Told first: the caller may hang up while the rest of its body is let in.
        match Shed::of(problem) {
            Some(shed) => shared.load.tell(shed, record.served.operation, &shared.settings.clock),
            None => {
                let (ids, event) = ((&*id, &*trace), seen.event(problem));
                seen.refused(ids, problem, event, micros, watched.subject_in_log(&shared.ledger));
                if let Some(event) = event.filter(|_| shared.settings.audited.is_kept()) {
                    let subject = watched.subject_in_log(&shared.ledger);
                    let subject = subject.map(|subject| subject.to_string());
                    seen.audit(&shared.settings.audited, ids, problem, event, subject);
                }
            }
        }
        shared.metrics.refuse(problem);
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
fn with_cause(mut response: Response<Bytes>, cause: Option<String>) -> Response<Bytes> {
    if let Some(cause) = cause {
        response.extensions_mut().insert(observe::Logged(cause));
    }
    response
}
