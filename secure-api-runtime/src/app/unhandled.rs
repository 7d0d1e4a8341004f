//! The answers that no handler makes: what a path admits, the app's own keys, documents.

use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};

use super::{cors::Origin, mount::relocated, place::Fixed, shared::Shared};
use crate::{
    error::Problem,
    rendered::Rendered,
    route::{Answered, Conditions, Reading, etag},
    token::{MAX_AGE, OwnKeys},
};

/// Parts the windows of pages that know each other (HTML, section 7.1.3).
const OPENER_POLICY: HeaderName = HeaderName::from_static("cross-origin-opener-policy");

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
