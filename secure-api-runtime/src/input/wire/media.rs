//! The media type of a body, in UTF-8, and its content coding: none, or gzip where that is taken.

use std::borrow::Cow;

use http::{HeaderMap, HeaderName, HeaderValue, header};
use serde::{Deserialize, Serialize};

use super::parameter::{media_parameter, outside_quotes};
use crate::error::{Problem, problem};

/// The media type of a body.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Media {
    /// JSON (RFC 8259).
    Json,
    /// A merge patch (RFC 7396); announced as plain JSON it is one too.
    MergePatch,
    /// The fields of an HTML form (WHATWG URL).
    Form,
    /// The parts of an upload (RFC 7578).
    Multipart,
}

impl Media {
    /// Returns its media types, the most exact one first.
    pub const fn types(self) -> &'static [&'static str] {
        match self {
            Self::Json => &["application/json"],
            Self::MergePatch => &["application/merge-patch+json", "application/json"],
            Self::Form => &["application/x-www-form-urlencoded"],
            Self::Multipart => &["multipart/form-data"],
        }
    }
}

/// Checks that a request announces a body of this kind.
///
/// # Errors
///
/// 415 with `Accept`, and for a patch `Accept-Patch` (RFC 5789), where the media type is missing, stated twice or
/// another, where a parameter is not `charset=utf-8`, and, with `Accept-Encoding`, where the content is coded (RFC
/// 9110, section 15.5.16).
pub fn check_content_type(headers: &HeaderMap, media: Media) -> Result<(), Problem> {
    check_media_types(headers, media, media.types(), false).map(drop)
}

/// Checks the same where the media types of this kind are these, and content may be compressed by gzip if `gzip`. Returns `true` if it
/// is.
///
/// # Errors
///
/// Those of [`check_content_type`].
pub(crate) fn check_media_types(
    headers: &HeaderMap,
    media: Media,
    wanted: &[&'static str],
    gzip: bool,
) -> Result<bool, Problem> {
    let is_media = match media {
        Media::Multipart => only(headers).is_some_and(|value| boundary(value).is_some()),
        Media::Json | Media::MergePatch | Media::Form => media_type_of(headers, wanted).is_some(),
    };
    check(headers, is_media, wanted, (matches!(media, Media::MergePatch), gzip))
}

/// Checks that a request announces a body of one of the media types that its route states, as [`check_media_types`] does.
///
/// # Errors
///
/// Those of [`check_content_type`].
pub(crate) fn check_raw_types(
    headers: &HeaderMap,
    wanted: &[&'static str],
    (is_patch, gzip): (bool, bool),
) -> Result<bool, Problem> {
    check(headers, media_type_of(headers, wanted).is_some(), wanted, (is_patch, gzip))
}

/// Returns the one of these media types that a request announces, once and in UTF-8.
pub(crate) fn media_type_of(headers: &HeaderMap, types: &[&'static str]) -> Option<&'static str> {
    let value = only(headers)?;
    types.iter().find(|one| is_one_of(value, &[**one])).copied()
}

/// Returns the media type that is stated, once.
fn only(headers: &HeaderMap) -> Option<&str> {
    let mut types = headers.get_all(header::CONTENT_TYPE).iter();
    match (types.next(), types.next()) {
        (Some(only), None) => only.to_str().ok(),
        (Some(_), Some(_)) | (None, _) => None,
    }
}

fn check(
    headers: &HeaderMap,
    is_media: bool,
    wanted: &[&str],
    (is_patch, gzip): (bool, bool),
) -> Result<bool, Problem> {
    let refusal = |why| {
        let refusal = Problem::new(&problem::UNSUPPORTED_MEDIA_TYPE).saying(why);
        // Media types are visible ASCII.
        let Ok(accepts) = HeaderValue::from_str(&wanted.join(", ")) else { return refusal };
        let refusal = match is_patch {
            false => refusal,
            true => refusal.header(HeaderName::from_static("accept-patch"), accepts.clone()),
        };
        refusal.header(header::ACCEPT, accepts)
    };
    if !is_media && !crate::weakened::is("media-type") {
        let why = match headers.contains_key(header::CONTENT_TYPE) {
            true => {
                "`Content-Type` is none of the media types that are accepted here: `Accept` of this answer lists them"
            }
            false => {
                "no content came of a media type that is accepted here, which `Accept` of this answer lists: a gateway may have dropped it"
            }
        };
        return Err(refusal(why));
    }
    let is = |coding: &HeaderValue, name: &[u8]| coding.as_bytes().eq_ignore_ascii_case(name);
    let mut codings = headers.get_all(header::CONTENT_ENCODING).iter();
    let coding = codings.find(|coding| !is(coding, b"identity"));
    // RFC 9110, section 8.4.1.3: both are gzip.
    let packed = gzip && coding.is_some_and(|coding| is(coding, b"gzip") || is(coding, b"x-gzip"));
    let is_coded = if packed { codings.next() } else { coding }.is_some();
    if is_coded && !crate::weakened::is("coding") {
        let taken = HeaderValue::from_static(if gzip { "gzip, identity" } else { "identity" });
        let why = "the content is coded in a way that is not in `Accept-Encoding`";
        return Err(refusal(why).header(header::ACCEPT_ENCODING, taken));
    }
    Ok(packed)
}

/// Returns the boundary of an upload, by its media type: stated once, as RFC 2046, section 5.1.1 has it.
pub(in crate::input) fn boundary(value: &str) -> Option<Cow<'_, str>> {
    let mut parts = parts(value);
    if !parts.next()?.eq_ignore_ascii_case("multipart/form-data") {
        return None;
    }
    let mut found = None;
    for part in parts.filter(|part| !part.is_empty()) {
        let (name, value) = media_parameter(part)?;
        if name.eq_ignore_ascii_case("boundary") && found.is_none() {
            found = Some(value);
        } else if !is_utf_8(name, &value) {
            return None;
        }
    }
    let fits = |byte: u8| byte.is_ascii_alphanumeric() || b"'()+_,-./:=? ".contains(&byte);
    found.filter(|text| {
        (1..=70).contains(&text.len()) && text.bytes().all(fits) && !text.ends_with(' ')
    })
}

fn is_one_of(value: &str, types: &[&str]) -> bool {
    // As most callers say it.
    if types.contains(&value) {
        return true;
    }
    let mut parts = parts(value);
    let name = parts.next().unwrap_or_default();
    let fits = |part: &str| {
        part.is_empty() || media_parameter(part).is_some_and(|(name, value)| is_utf_8(name, &value))
    };
    types.iter().any(|wanted| name.eq_ignore_ascii_case(wanted)) && parts.all(fits)
}

/// Returns the name of a media type, and then its parameters, of which some may be empty (RFC 9110, section 5.6.6).
fn parts(value: &str) -> impl Iterator<Item = &str> {
    outside_quotes(value, b';').map(|part| part.trim_matches([' ', '\t']))
}

fn is_utf_8(name: &str, value: &str) -> bool {
    name.eq_ignore_ascii_case("charset") && value.eq_ignore_ascii_case("utf-8")
}
