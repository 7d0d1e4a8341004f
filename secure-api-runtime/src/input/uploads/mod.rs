//! An upload: the parts of `multipart/form-data` (RFC 7578) as an object of texts and files.
//!
//! The whole body is there and within the route's limit before a part is looked at. What a reader could understand in two
//! ways is refused by `multipart`, which tells the parts apart. What is said of a part is noted at its place, so that all
//! mistakes are told together.

mod archive;
mod disposition;
mod drafts;
mod file_form;
pub(in crate::input) mod file_kind;
mod multipart;
pub(in crate::input) mod pixels;
mod plain_text;
#[cfg(test)]
mod sample;
pub(in crate::input) mod spooled;

use std::{borrow::Cow, fmt};

use aws_lc_rs::digest;
use bytes::Bytes;

use crate::{
    error::{InvalidField, Problem, problem},
    shape::{ObjectShape, Shape},
};

pub(crate) use self::drafts::Drafts;
use self::multipart::{BodyPart, MOST_HEADER};
use super::{
    Field, Input, InvalidValue, Needs, Node, Sent,
    wire::{flat::parted, media::boundary, read_alone},
};

/// Delimiter and line breaks around one part.
const AROUND: usize = 80;

/// Parts beyond those that are declared, of which each is a mistake that is told.
const MORE_PARTS: usize = 32;

/// The bytes of one file, and what its sender says of it.
#[derive(Clone, PartialEq)]
pub struct FilePart {
    /// The name that it has at its sender's.
    pub(crate) name: Option<String>,
    /// The media type that its sender says it has.
    pub(crate) media_type: Option<String>,
    pub(crate) bytes: Bytes,
    /// The files that are written of it.
    pub(crate) drafts: Drafts,
}

impl fmt::Debug for FilePart {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FilePart").field("bytes", &self.bytes.len()).finish_non_exhaustive()
    }
}

/// The parts of an upload.
#[derive(Clone)]
pub(crate) struct Parts(Vec<BodyPart>);

impl Parts {
    /// Reads the parts of a body that its media type says is an upload, of which some are declared.
    ///
    /// # Errors
    ///
    /// 415 where the media type is another, or has no boundary. 400 where the body is not well-formed, or has many more parts than are
    /// declared.
    pub(crate) fn read(content_type: &str, body: Bytes, fields: &[Field]) -> Result<Self, Problem> {
        let Some(boundary) = boundary(content_type) else {
            return Err(Problem::new(&problem::UNSUPPORTED_MEDIA_TYPE));
        };
        let most = fields.iter().map(most_parts).fold(MORE_PARTS, usize::saturating_add);
        multipart::parts(&body, &boundary, most).map(Self).map_err(malformed)
    }

    /// Notes what is written of each part, until the request that sent it is answered.
    pub(crate) fn of_request(&mut self) -> Drafts {
        let drafts = Drafts::of_request();
        self.0.iter_mut().for_each(|part| part.file.drafts = drafts.clone());
        drafts
    }

    /// Returns the digest by which two uploads are compared: the boundary between the parts differs each time.
    pub(crate) fn digest(&self) -> Bytes {
        let mut digest = digest::Context::new(&digest::SHA256);
        for BodyPart { name, file: FilePart { name: file_name, media_type, bytes, .. } } in &self.0
        {
            let texts = [Some(name), file_name.as_ref(), media_type.as_ref()];
            let texts = texts.map(|text| text.map(String::as_bytes));
            for text in texts.into_iter().chain([Some(&bytes[..])]) {
                digest.update(&[u8::from(text.is_some())]);
                let text = text.unwrap_or_default();
                digest.update(&(text.len() as u64).to_be_bytes());
                digest.update(text);
            }
        }
        Bytes::copy_from_slice(digest.finish().as_ref())
    }

    pub(in crate::input) fn into_node(self, fields: &[Field]) -> Node<'static> {
        let mut members: Vec<(Cow<'static, str>, Node<'static>)> = Vec::new();
        // A list that has no items is sent as nothing.
        for field in fields.iter().filter(|field| is_list(field) && !field.ty.optional) {
            members.push((Cow::Borrowed(field.name), Node::List(Vec::new())));
        }
        let mut whole = Vec::new();
        for BodyPart { name, file } in self.0 {
            let field = fields.iter().find(|field| field.name == name);
            let node = match field.map(|field| field.ty.needs) {
                // A browser sends an empty part for a file that nobody chose.
                Some(Needs::File | Needs::List(Needs::File)) if is_unchosen(&file) => continue,
                Some(Needs::File | Needs::List(Needs::File)) => Node::File(Box::new(file)),
                Some(_) => text(file),
                // Its name is the mistake.
                None => Node::Null,
            };
            if let Some(field) = field
                && let Some(by) = field.rules.separated
            {
                // All items are in one part.
                let node = match node {
                    _ if whole.contains(&field.name) => refused("repeated", "a part stands once"),
                    Node::Text(text) => parted(&text, by),
                    node => node,
                };
                whole.push(field.name);
                members.retain(|(other, _)| *other != name);
                members.push((Cow::Owned(name), node));
                continue;
            }
            let known = members.iter_mut().find(|(other, _)| *other == name);
            match (known, field) {
                (Some((_, Node::List(items))), _) => items.push(node),
                (Some((_, known)), Some(_)) => *known = refused("repeated", "a part stands once"),
                (Some(_), None) => {}
                (None, Some(field)) if is_list(field) => {
                    members.push((Cow::Owned(name), Node::List(vec![node])));
                }
                (None, _) => members.push((Cow::Owned(name), node)),
            }
        }
        Node::Object(members)
    }
}

/// Returns the most bytes that the body of an upload has where its route does not say: what its fields may have
/// together, and what stands around each part.
pub(crate) fn room_for(object: &ObjectShape) -> usize {
    let fields = (object.fields)();
    let sizes = fields.iter().map(|field| {
        let name = field.name.len().saturating_add(MOST_HEADER + AROUND);
        room(&field.shape, name)
    });
    sizes.fold(AROUND, usize::saturating_add)
}

/// Returns the most bytes of the parts of one field, each with what stands around it.
fn room(shape: &Shape, around: usize) -> usize {
    let bytes = |bytes: u64| usize::try_from(bytes).unwrap_or(usize::MAX);
    let content = match shape {
        Shape::List { item, max_items, .. } => {
            return room(item, around).saturating_mul(bytes(*max_items));
        }
        Shape::Nullable(shape) | Shape::Ruled(shape, _) => return room(shape, around),
        Shape::File { max_bytes, .. } => bytes(*max_bytes),
        // A character has at most four bytes.
        Shape::Text { max_length, .. } => bytes(*max_length).saturating_mul(4),
        Shape::Choice(texts) => texts.iter().map(|text| text.len()).max().unwrap_or(0),
        // A number in its shortest form; the others are not in an upload.
        _ => 64,
    };
    content.saturating_add(around)
}

fn most_parts(field: &Field) -> usize {
    match field.rules.items {
        Some((_, most)) => most,
        None => 1,
    }
}

fn is_list(field: &Field) -> bool {
    matches!(field.ty.needs, Needs::List(_))
}

fn is_unchosen(file: &FilePart) -> bool {
    file.bytes.is_empty() && file.name.as_deref() == Some("")
}

fn refused(code: &'static str, detail: &'static str) -> Node<'static> {
    Node::Refused(Box::new(InvalidValue::new(code, detail)))
}

/// Reads a part that is no file: UTF-8, and not said to be something else (RFC 7578, section 4.4).
fn text(FilePart { name, media_type, bytes, .. }: FilePart) -> Node<'static> {
    if name.is_some() {
        return refused("type", "text is expected, and no file");
    }
    if !media_type.as_deref().is_none_or(is_text) {
        return refused("media-type", "text is text/plain in UTF-8");
    }
    match String::from_utf8(bytes.into()) {
        Ok(text) => Node::Text(Cow::Owned(text)),
        Err(_) => refused("encoding", "text is UTF-8"),
    }
}

fn is_text(media_type: &str) -> bool {
    let mut parts = media_type.split(';').map(|part| part.trim().to_ascii_lowercase());
    parts.next().is_some_and(|name| name == "text/plain")
        && parts.all(|part| part == "charset=utf-8" || part == "charset=\"utf-8\"")
}

fn malformed(detail: &'static str) -> Problem {
    let error =
        InvalidField { pointer: String::new(), code: "syntax", detail: Cow::Borrowed(detail) };
    Problem::new(&problem::MALFORMED).errors(vec![error])
}

/// Reads an upload. Its boundary is in the media type.
///
/// # Errors
///
/// 415 [`problem::UNSUPPORTED_MEDIA_TYPE`] where the media type is another, or has no boundary. 400 [`problem::MALFORMED`] where the
/// parts cannot be told: a boundary that is not there, a part without a name or with more than 2 KiB of headers, text
/// around the parts, many more parts than fields. 422 [`problem::INVALID_INPUT`] where a part is unknown, repeated,
/// missing or has no valid value: a file is too large, or not of a kind that is wanted.
pub fn decode_upload<T: Input>(
    content_type: &str,
    body: impl Into<bytes::Bytes>,
) -> Result<T, Problem> {
    let parts = Parts::read(content_type, body.into(), T::FIELDS)?;
    read_alone(Sent::Upload(parts))
}
