//! Answers: the one of success, and what it is in words of the language.

use super::{
    body::is_xml,
    found::Found,
    page,
    parameter::is_scalar,
    plan::{AnswerPlan, Field, Form, TextRules, Ty},
    reason::{self, Reason},
    types::Types,
};
use crate::cli::import::read::{
    operation::{Answer, Content, Operation},
    shape::Shape,
};

/// The header fields of answers that are none of a handler's own: the framework sets them, or a browser or a proxy acts by them. Of
/// some these are beginnings, and of those of caches the end.
const OWNED: &str = "accept accept-* access-control-* activate-storage-access age allow alt-svc authentication-info \
    authorization *cache-control clear-site-data connection content-* cookie critical-ch cross-origin-* date deprecation \
    document-policy dpop dpop-nonce edge-control etag expect expires feature-policy forwarded from host idempotency-key \
    idempotency-replayed if-* integrity-policy keep-alive last-modified link link-template location nel no-vary-search \
    origin origin-agent-cluster permissions-policy pragma proxy-* range ratelimit* referer referrer-policy refresh \
    report-to reporting-endpoints retry-after sec-* server service-worker-allowed set-cookie set-login sourcemap \
    speculation-rules strict-transport-security sunset supports-loading-mode surrogate-* te timing-allow-origin trailer \
    transfer-encoding upgrade user-agent vary via warning www-authenticate x-accel-* x-content-type-options x-forwarded-* \
    x-frame-options x-lighttpd-* x-litespeed-* x-permitted-* x-ratelimit* x-reproxy-* x-request-id x-sendfile* x-sourcemap \
    x-ua-compatible x-xss-protection";

/// The longest name of a header field of a handler's own.
const LONGEST_NAME: usize = 64;

/// The media type of bytes of which nothing else is said.
const ANY: &str = "application/octet-stream";

/// Returns what an operation answers with, and its header fields.
pub(super) fn of<'a>(
    types: &mut Types<'a>,
    found: &Found,
    operation: &Operation<'a>,
    hint: &str,
) -> Result<(AnswerPlan, Vec<Field>), &'static Reason> {
    let Some((status, answer)) = success(operation) else { return Err(&reason::ANSWER_NONE) };
    let verb = &*operation.verb;
    let headers = headers(types, answer, hint)?;
    let content = chosen(&answer.content);
    let plan = match (verb, status, content) {
        (_, 300..=399, _) => AnswerPlan::Redirect,
        ("GET" | "QUERY", 204 | 205, _) => AnswerPlan::Exists,
        ("GET" | "QUERY", 201..=203, _) => return Err(&reason::GET_ACCEPTED),
        ("PATCH" | "DELETE", 201, _) => return Err(&reason::PATCH_CREATED),
        (_, 202, Some(content)) => match shown(types, verb, status, content, hint)? {
            AnswerPlan::Shown(ty) => AnswerPlan::AcceptedWith(ty),
            AnswerPlan::Scalar(ty) => AnswerPlan::AcceptedScalar(ty),
            AnswerPlan::Undescribed(_) => AnswerPlan::Undescribed(status),
            _ => return Err(&reason::ACCEPTED_CONTENT),
        },
        (_, 202, None) => AnswerPlan::Accepted,
        (_, 204 | 205, _) => AnswerPlan::Empty,
        (_, 200, None) => AnswerPlan::Undescribed(status),
        (_, 201, None) if found.tells(operation, answer) => AnswerPlan::Undescribed(status),
        (_, 201, None) => AnswerPlan::UndescribedWith,
        (_, 201, Some(content)) => match shown(types, verb, status, content, hint)? {
            AnswerPlan::Undescribed(_) if !found.tells(operation, answer) => {
                AnswerPlan::UndescribedWith
            }
            AnswerPlan::Shown(ty) if !is_bare(&ty) && found.tells(operation, answer) => {
                AnswerPlan::Created(ty)
            }
            AnswerPlan::Shown(ty) => AnswerPlan::CreatedWith(ty),
            AnswerPlan::Scalar(ty) => AnswerPlan::CreatedScalar(ty),
            other => other,
        },
        (_, 200, Some(content)) => match shown(types, verb, status, content, hint)? {
            AnswerPlan::Shown(ty) => {
                let page = matches!(verb, "GET" | "QUERY")
                    .then(|| page::of(types, operation, answer, &ty));
                page.flatten().unwrap_or(AnswerPlan::Shown(ty))
            }
            other => other,
        },
        _ => return Err(&reason::ANSWER_STATUS),
    };
    Ok((plan, headers))
}

/// Returns the answer of success: the one of 2xx with content, or else one without, or else a redirect, or the one for all.
fn success<'o, 'a>(operation: &'o Operation<'a>) -> Option<(u16, &'o Answer<'a>)> {
    let numbered = operation.answers.iter().filter_map(|answer| match answer.status {
        "2XX" | "2xx" => Some((200, answer)),
        status => Some((status.parse::<u16>().ok()?, answer)),
    });
    let numbered: Vec<_> = numbered.collect();
    let ok = || numbered.iter().filter(|(status, _)| (200..300).contains(status));
    let fits = |status: u16| match &*operation.verb {
        "GET" | "QUERY" => status == 200,
        "POST" => matches!(status, 200..=202 | 204),
        "PUT" => matches!(status, 200 | 201 | 204),
        "PATCH" => matches!(status, 200 | 204),
        "DELETE" => matches!(status, 200 | 202 | 204),
        _ => false,
    };
    let best =
        ok().min_by_key(|(status, answer)| (!fits(*status), answer.content.is_empty(), *status));
    let found =
        best.or(numbered.iter().find(|(status, _)| (300..400).contains(status) && *status != 304));
    found.copied().or_else(|| {
        let any = operation.answers.iter().find(|answer| answer.status == "default")?;
        Some((200, any))
    })
}

/// Returns the media type to answer with, of several.
fn chosen<'c, 'a>(content: &'c [Content<'a>]) -> Option<&'c Content<'a>> {
    content.iter().min_by_key(|one| (rank(&one.media), one.schema.is_none()))
}

fn rank(media: &str) -> u8 {
    match media {
        "application/json" => 0,
        _ if is_json(media) => 1,
        "*/*" => 2,
        _ if is_xml(media) || acts(media) => 9,
        _ => 3,
    }
}

fn is_json(media: &str) -> bool {
    media.ends_with("/json") || media.ends_with("+json") || media == "application/*"
}

/// Returns what is shown of a media type.
fn shown<'a>(
    types: &mut Types<'a>,
    verb: &str,
    status: u16,
    content: &Content<'a>,
    hint: &str,
) -> Result<AnswerPlan, &'static Reason> {
    let media = &*content.media;
    if is_json(media) || media == "*/*" {
        let Some(at) = &content.schema else { return Ok(AnswerPlan::Undescribed(status)) };
        let ty = types.of(at, &format!("{hint} answer"));
        return match ty {
            Ty::Cannot(why) => Err(why),
            Ty::File if matches!(verb, "GET" | "QUERY") => Ok(AnswerPlan::Bytes(ANY.to_owned())),
            ty if is_shown(types, &ty) => Ok(AnswerPlan::Shown(ty)),
            ty if is_one(types, &ty) => Ok(AnswerPlan::Scalar(ty)),
            _ => Err(&reason::ANSWER_SCALAR),
        };
    }
    if is_xml(media) {
        return Err(&reason::ANSWER_XML);
    }
    if acts(media) {
        return Err(&reason::ANSWER_ACTS);
    }
    if !matches!(verb, "GET" | "QUERY") {
        return Err(&reason::BYTES_OF_CHANGE);
    }
    if media != "text/csv" && media != "text/event-stream" && has_members(types, content) {
        return Err(&reason::ANSWER_MEMBERS);
    }
    let kinds: Vec<&str> = match media {
        "image/png" => vec!["Png"],
        "image/jpeg" | "image/jpg" => vec!["Jpeg"],
        "image/gif" => vec!["Gif"],
        "image/webp" => vec!["WebP"],
        "image/*" => vec!["Png", "Jpeg", "Gif", "WebP"],
        "application/pdf" => vec!["Pdf"],
        _ => Vec::new(),
    };
    Ok(match media {
        _ if !kinds.is_empty() => AnswerPlan::File(kinds),
        "text/csv" => AnswerPlan::Csv,
        "text/event-stream" => AnswerPlan::Events(event(types, content, hint)),
        "text/plain" => AnswerPlan::Text,
        // Of a family it is one whose type is none of the known ones.
        _ if media.contains('*') || !media.contains('/') => AnswerPlan::Bytes(ANY.to_owned()),
        _ => AnswerPlan::Bytes(media.to_owned()),
    })
}

/// Returns what each event has, where the document describes it as an object: of most it describes the whole stream, as a text.
fn event<'a>(types: &mut Types<'a>, content: &Content<'a>, hint: &str) -> Option<Ty> {
    if !has_members(types, content) {
        return None;
    }
    let ty = types.of(content.schema.as_ref()?, &format!("{hint} event"));
    matches!(ty, Ty::Named(_)).then_some(ty).filter(|ty| is_shown(types, ty))
}

/// Returns `true` for what a browser runs or shows as a page, and for what has parts of other types in it.
fn acts(media: &str) -> bool {
    let (kind, name) = media.split_once('/').unwrap_or((media, ""));
    matches!(kind, "multipart" | "message")
        || matches!(name, "html" | "wasm")
        || matches!((kind, name), ("text", "vbscript" | "css"))
        || is_script(name)
}

fn is_script(name: &str) -> bool {
    let plain = name.strip_prefix("x-").unwrap_or(name);
    matches!(plain, "javascript" | "ecmascript" | "jscript" | "livescript")
        || plain.starts_with("javascript1.")
}

/// Returns `true` for what has no name of its own, so that nothing could say where it is found.
fn is_bare(ty: &Ty) -> bool {
    match ty {
        Ty::Nullable(inner) => is_bare(inner),
        ty => matches!(ty, Ty::List(..) | Ty::Map(..) | Ty::Free | Ty::FreeObject),
    }
}

/// Returns `true` for a schema of an object or a list.
fn has_members(types: &Types<'_>, content: &Content<'_>) -> bool {
    let shape = content.schema.as_ref().and_then(|at| Shape::of(types.document, at).ok());
    shape.is_some_and(|shape| {
        let has = |kind: &str| shape.kinds.as_ref().is_some_and(|kinds| kinds.contains(kind));
        has("object") || has("array") || !shape.properties.is_empty()
    })
}

/// Returns `true` for what is shown through a view, in a list, or as any JSON.
fn is_shown(types: &Types<'_>, ty: &Ty) -> bool {
    match ty {
        Ty::Nullable(inner) => is_shown(types, inner),
        Ty::List(..) | Ty::Map(..) | Ty::Free | Ty::FreeObject => true,
        Ty::Named(id) => !matches!(types.defs[*id].form, Form::Choice(_)),
        _ => false,
    }
}

fn is_owned(name: &str) -> bool {
    OWNED.split_whitespace().any(|owned| match (owned.strip_suffix('*'), owned.strip_prefix('*')) {
        (Some(family), _) => name.starts_with(family),
        (_, Some(end)) => name.ends_with(end),
        _ => name == owned,
    })
}

/// Returns `true` for one scalar, or null in its place.
fn is_one(types: &Types<'_>, ty: &Ty) -> bool {
    match ty {
        Ty::Nullable(inner) => is_one(types, inner),
        Ty::Text(_) | Ty::Secret(_) | Ty::Typed(_) | Ty::Shorter(..) | Ty::NumberText(..) => true,
        Ty::Int(..) | Ty::Float(..) | Ty::Bool(_) => true,
        Ty::Named(id) => matches!(types.defs[*id].form, Form::Choice(_)),
        _ => false,
    }
}

/// Returns the header fields of an answer that the framework does not set itself.
fn headers<'a>(
    types: &mut Types<'a>,
    answer: &Answer<'a>,
    hint: &str,
) -> Result<Vec<Field>, &'static Reason> {
    let mut fields = Vec::new();
    for (name, required, schema) in &answer.headers {
        if is_owned(&name.to_ascii_lowercase()) {
            continue;
        }
        let is_plain = |letter: u8| letter.is_ascii_alphanumeric() || letter == b'-';
        if !(1..=LONGEST_NAME).contains(&name.len()) || !name.bytes().all(is_plain) {
            return Err(&reason::ANSWER_HEADER);
        }
        let ty = match schema {
            Some(at) => types.of(at, &format!("{hint} {name}")),
            None => Ty::Free,
        };
        // What is no single value is one text of them.
        let ty = match ty {
            Ty::Cannot(why) => return Err(why),
            ty if is_scalar(types, &ty) => ty,
            _ => Ty::Text(TextRules::default()),
        };
        fields.push(Field::new(name, ty, *required));
    }
    Ok(fields)
}
