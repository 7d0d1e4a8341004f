//! Bodies: the media type that is read, and what it is read as.

use serde_json::Value;

use super::{
    parameter::is_flat,
    plan::{BodyPlan, Form, Ty},
    reason::{self, Reason},
    types::Types,
};
use crate::cli::import::read::{
    operation::{Content, Operation},
    shape::{Additional, Shape},
};

/// Returns what the body of an operation is read as.
pub(super) fn of<'a>(
    types: &mut Types<'a>,
    operation: &Operation<'a>,
    hint: &str,
) -> Result<Option<BodyPlan>, &'static Reason> {
    let Some(body) = &operation.body else { return Ok(None) };
    if is_left_out(types.document, operation) {
        return Ok(None);
    }
    // A DELETE says why it has one.
    if !matches!(&*operation.verb, "POST" | "PUT" | "PATCH" | "DELETE" | "QUERY") {
        return Err(&reason::BODY_OF_READ);
    }
    let Some(content) = chosen(&operation.verb, &body.content) else {
        return Err(&reason::BODY_SCHEMA_LESS);
    };
    let name = format!("{hint} body");
    let mut ty = || match &content.schema {
        Some(at) => types.of(at, &name),
        None => Ty::Free,
    };
    let media = &*content.media;
    match form(media) {
        Some(Read::Json) => match ty() {
            Ty::Cannot(why) => Err(why),
            ty if is_document(types, &ty) => {
                Ok(Some(match is_optional(types, body.required, &ty) {
                    true => BodyPlan::PerhapsJson(ty),
                    false => BodyPlan::Json(ty),
                }))
            }
            _ => Err(&reason::BODY_SCALAR),
        },
        Some(Read::Merge) => Ok(Some(BodyPlan::Patch(ty()))),
        Some(Read::Form) => {
            let ty = ty();
            match is_fields(types, &ty, 2) {
                true => Ok(Some(BodyPlan::Form(ty))),
                false => Err(cannot(&ty).unwrap_or(&reason::FORM_DEEP)),
            }
        }
        Some(Read::Upload) => {
            let ty = ty();
            match is_parts(types, &ty) {
                true => Ok(Some(BodyPlan::Upload(ty))),
                false => Err(cannot(&ty).unwrap_or(&reason::UPLOAD_DEEP)),
            }
        }
        Some(Read::Text) => Ok(Some(BodyPlan::Text)),
        Some(Read::Bytes) => {
            let all = body.content.iter().map(|one| &one.media);
            let exact: Vec<String> = all.filter(|media| is_exact(media)).cloned().collect();
            match exact.is_empty() {
                true => Err(&reason::BODY_MEDIA),
                false => Ok(Some(BodyPlan::Bytes(exact, most_bytes(types, &body.content)))),
            }
        }
        None => Err(match media {
            "application/json-patch+json" => &reason::BODY_JSON_PATCH,
            _ if media.ends_with("json") => &reason::BODY_JSON_MEDIA,
            _ if is_xml(media) => &reason::BODY_XML,
            _ => &reason::BODY_MEDIA,
        }),
    }
}

/// The remark on a body that is left out.
pub(super) const LEFT_OUT: &str =
    "The document lets this request have an empty body, which has no members. It is left out";

/// The most bytes that are taken for a bound: more is a number that somebody wrote because there had to be one.
const LARGEST: u64 = 1 << 40;

/// Returns the most bytes of a body that is read as bytes, where each of its media types states how many: the most of all.
fn most_bytes(types: &Types<'_>, content: &[Content<'_>]) -> Option<u64> {
    let most = |one: &Content<'_>| {
        let shape = Shape::of(types.document, one.schema.as_ref()?).ok()?;
        // Of a text it would be characters.
        let most = shape.length.1.filter(|_| shape.format == Some("binary"))?;
        (1..=LARGEST).contains(&most).then_some(most)
    };
    let all: Option<Vec<u64>> =
        content.iter().filter(|one| is_exact(&one.media)).map(most).collect();
    all?.into_iter().max()
}

/// Returns `true` for the body of a GET or a DELETE that need not be there, and has no members: generators write one for each
/// operation.
pub(super) fn is_left_out(document: &Value, operation: &Operation<'_>) -> bool {
    let Some(body) = &operation.body else { return false };
    let is_empty = |content: &Content<'_>| {
        let Some(at) = &content.schema else { return false };
        let stated = at.value.get("properties").and_then(Value::as_object);
        stated.is_some_and(serde_json::Map::is_empty)
            && Shape::of(document, at).is_ok_and(|shape| {
                shape.is_any_object()
                    && shape.properties.is_empty()
                    && matches!(shape.additional, Additional::Unstated | Additional::Closed)
            })
    };
    matches!(&*operation.verb, "GET" | "DELETE")
        && body.required != Some(true)
        && !body.content.is_empty()
        && body.content.iter().all(is_empty)
}

/// The form of a body.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Read {
    Json,
    Merge,
    Form,
    Upload,
    Text,
    Bytes,
}

/// Returns the form of a media type.
fn form(media: &str) -> Option<Read> {
    Some(match media {
        "application/json" | "*/*" | "application/*" | "text/json" | "application/*+json" => {
            Read::Json
        }
        "application/merge-patch+json" => Read::Merge,
        "application/x-www-form-urlencoded" => Read::Form,
        "multipart/form-data" => Read::Upload,
        "text/plain" | "text/*" => Read::Text,
        "application/octet-stream" | "application/pdf" | "application/zip" | "application/gzip" => {
            Read::Bytes
        }
        _ if is_xml(media) || media.ends_with("json") => return None,
        _ if ["image/", "audio/", "video/", "font/", "text/"]
            .iter()
            .any(|of| media.starts_with(of)) =>
        {
            Read::Bytes
        }
        // Media types of one's own that are no text of a known form are bytes.
        _ if media.starts_with("application/") => Read::Bytes,
        _ => return None,
    })
}

/// Returns `true` for a media type that is read as bytes and names them, where a wildcard does not.
fn is_exact(media: &str) -> bool {
    let is_name = |name: &str| {
        let plain = |letter: u8| letter.is_ascii_alphanumeric() || b"!#$&-^_.+".contains(&letter);
        name.bytes().all(plain) && name.as_bytes().first().is_some_and(u8::is_ascii_alphanumeric)
    };
    let is_plain = media.split_once('/').is_some_and(|(kind, name)| is_name(kind) && is_name(name));
    is_plain && form(media) == Some(Read::Bytes)
}

/// Returns `true` where a body may be left out: the document says so, or says nothing, and nothing in it has to be there. Many
/// documents do not say that a body is needed whose members are.
fn is_optional(types: &Types<'_>, required: Option<bool>, ty: &Ty) -> bool {
    required.map_or_else(|| needs_nothing(types, ty), |required| !required)
}

fn needs_nothing(types: &Types<'_>, ty: &Ty) -> bool {
    match ty {
        Ty::Nullable(inner) => needs_nothing(types, inner),
        Ty::Named(id) => match &types.defs[*id].form {
            Form::Object(fields) => fields.iter().all(|field| !field.required || field.read_only),
            _ => false,
        },
        _ => false,
    }
}

/// Returns `true` for XML.
pub(super) fn is_xml(media: &str) -> bool {
    media.ends_with("xml")
}

/// Returns the media type to read, of several: the one whose values have the most rules.
fn chosen<'c, 'a>(verb: &str, content: &'c [Content<'a>]) -> Option<&'c Content<'a>> {
    content.iter().min_by_key(|one| {
        let form = form(&one.media).filter(|form| *form != Read::Merge || verb == "PATCH");
        (form.is_none(), one.media.contains('*'), form)
    })
}

/// Returns `true` for what a body of JSON is: an object, a list, a union of objects, or anything.
fn is_document(types: &Types<'_>, ty: &Ty) -> bool {
    match ty {
        Ty::Nullable(inner) => is_document(types, inner),
        Ty::List(..) | Ty::Map(..) | Ty::Free | Ty::FreeObject => true,
        Ty::Named(id) => !matches!(types.defs[*id].form, Form::Choice(_)),
        _ => false,
    }
}

fn cannot(ty: &Ty) -> Option<&'static Reason> {
    match ty {
        Ty::Cannot(why) => Some(why),
        _ => None,
    }
}

/// Returns `true` for an object of which nothing is said.
fn is_any(ty: &Ty) -> bool {
    matches!(ty, Ty::Map(inner, _) if **inner == Ty::Free)
}

/// Returns `true` for an object that a form has.
fn is_fields(types: &Types<'_>, ty: &Ty, levels: usize) -> bool {
    match ty {
        Ty::Named(id) => match &types.defs[*id].form {
            Form::Object(fields) => fields.iter().all(|field| match &field.ty {
                Ty::Free | Ty::FreeObject => true,
                ty if is_any(ty) => true,
                ty => is_flat(types, ty, levels),
            }),
            _ => false,
        },
        // A form of any fields, or of none that are named.
        Ty::Map(inner, _) => is_flat(types, inner, 1),
        Ty::Free | Ty::FreeObject => true,
        _ => false,
    }
}

/// Returns `true` for an object that an upload has.
fn is_parts(types: &Types<'_>, ty: &Ty) -> bool {
    let is_part = |ty: &Ty| match ty {
        Ty::File | Ty::Free | Ty::FreeObject => true,
        ty if is_any(ty) => true,
        Ty::List(inner, ..) => matches!(**inner, Ty::File | Ty::Free | Ty::FreeObject),
        ty => is_flat(types, ty, 1),
    };
    match ty {
        Ty::Named(id) => match &types.defs[*id].form {
            Form::Object(fields) => fields.iter().all(|field| match &field.ty {
                Ty::Nullable(inner) => is_part(inner),
                ty => is_part(ty),
            }),
            _ => false,
        },
        Ty::Free | Ty::FreeObject => true,
        _ => false,
    }
}
