//! One exchange: a request goes through the stages, and its answer gets the fields that every answer has.

use std::{panic::AssertUnwindSafe, pin::pin};

use axum::body::Body;
use bytes::Bytes;
use futures_util::FutureExt;
use http::{
    HeaderMap, HeaderName, HeaderValue, Method, Response, StatusCode, Version, header,
    request::Parts,
};
use http_body::Body as _;

use super::{
    body::discard,
    challenge,
    cors::Origin,
    live,
    load::Shed,
    mount::{self, relocated},
    place::{Fixed, Place},
    record::Record,
    shared::Shared,
    stages::stages,
};
use crate::{
    dpop,
    error::{Problem, discard_panic, problem},
    observe,
    rendered::Rendered,
    route::{Answered, Conditions, Reading, etag},
    token::{MAX_AGE, OwnKeys},
};

/// Parts the windows of pages that know each other (HTML, section 7.1.3).
const OPENER_POLICY: HeaderName = HeaderName::from_static("cross-origin-opener-policy");

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
    // A panic in a handler is that request's failure, and nobody else's.
    let outcome = {
        // Pinned where it is made, it is not moved again.
        let stages = pin!(stages(shared, place, parts, body, record));
        AssertUnwindSafe(stages).catch_unwind().await
    };
    let outcome = outcome.unwrap_or_else(|panic| {
        discard_panic(panic);
        Err(Problem::new(&problem::INTERNAL).because("the handler panicked"))
    });

    let now = shared.settings.clock.monotonic_nanos();
    record.leave(now, outcome.as_ref().err());
    live::note(shared, record, parts, outcome.as_ref().err());
    let Record { id, quota, seen, watched, client, arrived, .. } = record;
    let micros = now.saturating_sub(*arrived) / 1000;
    let mut ends = false;
    if let Some(watch) = &shared.watch {
        watch.note(watched, client, parts, outcome.as_ref().err());
    }
    if let Err(problem) = &outcome {
        // Told first: the caller may hang up while the rest of its body is let in.
        match Shed::of(problem) {
            Some(shed) => shared.load.tell(shed, record.served.operation, &shared.settings.clock),
            None => seen.refused(id, problem, micros, watched.subject_in_log(&shared.ledger)),
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
            seen.answered(id, rendered.status(), micros, watched.subject_in_log(&shared.ledger));
            rendered
        }
        Err(problem) => {
            let mut rendered = problem.rendered();
            challenge::complete(&mut rendered, &shared.further);
            rendered
        }
    };
    record.served.answer(rendered.status(), micros);
    let mut fields = record.common.over(record.client.transport);
    // Whoever is given the same answer by a cache has another quota, and another request.
    let public = rendered.is_public();
    if !public {
        quota.write(&mut fields);
        fields.insert(observe::REQUEST_ID, id.header());
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

/// Makes the answer to `OPTIONS`, which may be a browser's question before a request.
pub(super) fn options(shared: &Shared, headers: &HeaderMap, allow: &HeaderValue) -> Rendered {
    let mut rendered = Rendered::empty(StatusCode::NO_CONTENT);
    rendered.field(header::ALLOW, allow.clone());
    Origin::of(headers, &shared.settings.origins).preflight(
        headers,
        allow,
        &shared.may_send,
        &mut rendered,
    );
    rendered
}

/// Makes the answer that tells the keys which the app signs tokens with.
///
/// # Errors
///
/// 400 for a malformed condition, 412 where `If-Match` names another set, 503 where the ledger does not answer.
pub(super) async fn keys(own: &OwnKeys, headers: &HeaderMap) -> Answered {
    let body = Bytes::from(own.published().await.map_err(Problem::unavailable)?);
    let tag = etag::of(&body);
    let mut rendered = match Conditions::of(headers)?.of_read(headers, &tag)? {
        Reading::Shown => {
            // RFC 7517, section 8.5.2.
            let media = HeaderValue::from_static("application/jwk-set+json");
            Rendered::of(StatusCode::OK, media, body)
        }
        Reading::Known => Rendered::empty(StatusCode::NOT_MODIFIED),
    };
    rendered.field(header::ETAG, tag);
    // A key is published longer than this before it signs.
    let kept = format!("public, max-age={MAX_AGE}");
    if let Ok(kept) = HeaderValue::try_from(kept) {
        rendered.field(header::CACHE_CONTROL, kept);
    }
    Ok(rendered)
}

/// Makes the answer that is a document.
///
/// # Errors
///
/// 400 for a malformed condition, 412 where `If-Match` names another document.
pub(super) fn document(
    shared: &Shared,
    fixed: &Fixed,
    headers: &HeaderMap,
    prefix: &str,
) -> Answered {
    let base_url = shared.settings.base_url.as_ref();
    let (body, tag) = match relocated(fixed, base_url, prefix) {
        Some(body) => (body.clone(), etag::of(&body)),
        None => (fixed.body.clone(), fixed.tag.clone()),
    };
    let mut rendered = match Conditions::of(headers)?.of_read(headers, &tag)? {
        Reading::Shown => Rendered::of(StatusCode::OK, fixed.content_type.clone(), body),
        Reading::Known => Rendered::empty(StatusCode::NOT_MODIFIED),
    };
    rendered.field(header::ETAG, tag);
    if let Some(policy) = &fixed.policy {
        rendered.field(header::CONTENT_SECURITY_POLICY, policy.clone());
        // A page with a policy of its own is for people: whatever it opens, or is opened by, has no hold of its window.
        rendered.field(OPENER_POLICY, HeaderValue::from_static("same-origin"));
    }
    if let Some(kept) = &fixed.kept {
        rendered.field(header::CACHE_CONTROL, kept.clone());
    }
    Ok(rendered)
}
