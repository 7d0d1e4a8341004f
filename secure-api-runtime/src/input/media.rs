//! The media type of a body: JSON in UTF-8, without a content coding.

use http::{HeaderMap, HeaderValue, header};

use crate::error::{Problem, problem};

/// Checks that a request announces a JSON body.
///
/// # Errors
///
/// 415 with `Accept` where the media type is missing, stated twice or not `application/json`, where a
/// parameter is not `charset=utf-8` (RFC 8259, section 8.1, leaves no choice), and, with `Accept-Encoding`, where
/// the content is coded (RFC 9110, section 15.5.16).
pub fn check_json_content_type(headers: &HeaderMap) -> Result<(), Problem> {
    let refusal = || {
        Problem::new(&problem::UNSUPPORTED_MEDIA_TYPE)
            .header(header::ACCEPT, HeaderValue::from_static("application/json"))
    };
    let mut types = headers.get_all(header::CONTENT_TYPE).iter();
    let is_json = match (types.next(), types.next()) {
        (Some(only), None) => only.to_str().is_ok_and(is_json),
        (Some(_), Some(_)) | (None, _) => false,
    };
    if !is_json {
        return Err(refusal());
    }
    let plain = |coding: &HeaderValue| coding.as_bytes().eq_ignore_ascii_case(b"identity");
    if !headers.get_all(header::CONTENT_ENCODING).iter().all(plain) {
        let identity = HeaderValue::from_static("identity");
        return Err(refusal().header(header::ACCEPT_ENCODING, identity));
    }
    Ok(())
}

fn is_json(value: &str) -> bool {
    let mut parts = value.split(';').map(str::trim);
    let name = parts.next().unwrap_or_default();
    let mut parameters = parts;
    name.eq_ignore_ascii_case("application/json")
        && parameters.all(|parameter| {
            parameter.split_once('=').is_some_and(|(name, value)| {
                let value = value
                    .strip_prefix('"')
                    .and_then(|value| value.strip_suffix('"'))
                    .unwrap_or(value);
                name.eq_ignore_ascii_case("charset") && value.eq_ignore_ascii_case("utf-8")
            })
        })
}
