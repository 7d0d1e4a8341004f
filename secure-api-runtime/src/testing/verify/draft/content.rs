//! The content of a request, and how it is sent.

use std::borrow::Cow;

use serde_json::Value;

use super::{Part, Target};
use crate::{
    inventory::ApiModel,
    testing::{
        request::Request,
        verify::{flat, parts},
    },
};

/// The content of a request.
#[derive(Clone)]
pub(in crate::testing::verify) enum Content {
    /// No content.
    None,
    /// Content that is JSON, or the fields of a form; its media type first.
    Value(&'static str, Value),
    /// The parts of an upload.
    Parts(Vec<Part>),
    /// Bytes as they are, with or without a media type.
    Bytes(Option<Cow<'static, str>>, Vec<u8>),
}

impl Content {
    /// Adds it to a request. JSON of an input is of the media type that states the version of its route, where one does.
    pub(in crate::testing::verify) fn written(
        &self,
        request: Request,
        target: Target<'_>,
        model: &ApiModel,
    ) -> Request {
        match self {
            Self::None => request,
            Self::Value(media, value) if media.ends_with("form-urlencoded") => {
                let mut form = form_urlencoded::Serializer::new(String::new());
                form.extend_pairs(flat::form(model, target.operation, value));
                request.body(media, form.finish())
            }
            Self::Value(media, value) => request.body(&of(media, target), value.to_string()),
            Self::Parts(parts) => request.body(parts::TYPE, parts::written(parts)),
            Self::Bytes(Some(media), bytes) => request.body(&of(media, target), bytes.clone()),
            Self::Bytes(None, bytes) => request.bare(bytes.clone()),
        }
    }
}

/// Returns a media type as a route reads it.
fn of<'a>(media: &'a str, target: Target<'_>) -> Cow<'a, str> {
    let stated = || target.version.media_type().filter(|_| media == "application/json");
    stated().map_or(Cow::Borrowed(media), Cow::Owned)
}
