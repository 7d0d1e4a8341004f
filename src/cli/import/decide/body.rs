//! Bodies: the media type that is read, and what it is read as.

use super::{
    parameter::is_flat,
    plan::{BodyPlan, Form, Ty},
    reason::{self, Reason},
    types::Types,
};
use crate::cli::import::read::operation::{Content, Operation};

/// Returns what the body of an operation is read as.
pub(super) fn of<'a>(
    types: &mut Types<'a>,
    operation: &Operation<'a>,
    hint: &str,
) -> Result<Option<BodyPlan>, &'static Reason> {
    let Some(body) = &operation.body else { return Ok(None) };
    if !matches!(&*operation.verb, "POST" | "PUT" | "PATCH") {
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
            ty if is_document(types, &ty) => Ok(Some(BodyPlan::Json(ty))),
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
        Some(Read::Bytes) => Ok(Some(BodyPlan::Bytes(media.to_owned()))),
        None => Err(match media {
            "application/json-patch+json" => &reason::BODY_JSON_PATCH,
            _ if media.ends_with("json") => &reason::BODY_JSON_MEDIA,
            _ if is_xml(media) => &reason::BODY_XML,
            _ => &reason::BODY_MEDIA,
        }),
    }
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
        "text/plain" | "text/csv" | "text/markdown" | "text/html" | "text/*" => Read::Text,
        "application/octet-stream" | "application/pdf" | "application/zip" | "application/gzip" => {
            Read::Bytes
        }
        _ if ["image/", "audio/", "video/", "font/"].iter().any(|of| media.starts_with(of)) => {
            Read::Bytes
        }
        // Media types of one's own that are no text of a known form are bytes.
        _ if media.starts_with("application/") && !media.ends_with("json") && !is_xml(media) => {
            Read::Bytes
        }
        _ => return None,
    })
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
