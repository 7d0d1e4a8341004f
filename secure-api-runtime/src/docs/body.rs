//! The body of an operation's request.

use std::collections::BTreeMap;

use utoipa::openapi::{
    Content, RefOr, Required, Schema,
    encoding::{Encoding, EncodingBuilder},
    path::ParameterStyle,
    request_body::{RequestBody, RequestBodyBuilder},
};

use super::{
    answer::bytes,
    operation::Parts,
    schema::{some, text},
};
use crate::{
    input::Media,
    inventory::{self, ArgumentModel, FieldModel, Operation},
};

impl<'a> Parts<'a> {
    /// Returns the body, if the operation reads one.
    pub(super) fn body(&mut self, operation: &'a Operation) -> Option<RequestBody> {
        operation.arguments.iter().find_map(|argument| match argument {
            ArgumentModel::Body { schema, media, optional } => {
                let mut body = self.input(schema, *media);
                body.required = Some(if *optional { Required::False } else { Required::True });
                Some(body)
            }
            ArgumentModel::RawBody { media_types, max_bytes, text, file } => {
                let most = *max_bytes as u64;
                let description = match (text, file) {
                    (true, _) => format!("Text in UTF-8, of at most {most} bytes."),
                    (_, true) => format!("A whole file of its media type, of 1 to {most} bytes."),
                    (false, false) => format!("At most {most} bytes."),
                };
                Some(raw(media_types, most, *text, description))
            }
            ArgumentModel::BodyExtractor(_) => Some(anything()),
            _ => None,
        })
    }

    fn input(&mut self, body: &'a inventory::Schema, media: Media) -> RequestBody {
        let schema = self.schemas.of(body);
        let id = body.named();
        let description =
            id.and_then(|id| self.api.schema(id)).and_then(|schema| some(&schema.description));
        let example = self.examples.of(body, "body");
        let body = RequestBodyBuilder::new().description(description);
        let types = self.api.types_read(self.version, media).into_iter();
        types
            .fold(body, |body, name| {
                let mut content = Content::new(Some(schema.clone()));
                content.example.clone_from(&example);
                let fields = self.api.fields(id.unwrap_or_default());
                match media {
                    Media::Multipart => content.encoding = encodings(fields),
                    Media::Form => content.encoding = styles(fields).collect(),
                    _ => {}
                }
                body.content(name, content)
            })
            .build()
    }
}

/// Returns the media types of the files of an upload. Its texts are `text/plain`, as they are where nothing is said.
fn encodings(fields: &[FieldModel]) -> BTreeMap<String, Encoding> {
    let files = fields.iter().filter_map(|field| {
        let types = media_types(&field.schema)?.join(", ");
        let encoding = EncodingBuilder::new().content_type(Some(types)).build();
        Some((field.name.clone(), encoding))
    });
    files.chain(styles(fields)).collect()
}

/// Returns how a form has what is more than one text. A list without a sign between its items repeats its name, as where nothing is said.
fn styles(fields: &[FieldModel]) -> impl Iterator<Item = (String, Encoding)> {
    fields.iter().filter_map(|field| {
        let encoding = EncodingBuilder::new();
        let encoding = match (
            field.schema.separated(),
            field.schema.nested().is_some() || field.schema.is_map(),
        ) {
            _ if field.schema.is_json() => encoding.content_type(Some("application/json")),
            (Some(" "), _) => {
                encoding.style(Some(ParameterStyle::SpaceDelimited)).explode(Some(false))
            }
            (Some("|"), _) => {
                encoding.style(Some(ParameterStyle::PipeDelimited)).explode(Some(false))
            }
            (Some(_), _) => encoding.style(Some(ParameterStyle::Form)).explode(Some(false)),
            (None, true) => encoding.style(Some(ParameterStyle::DeepObject)).explode(Some(true)),
            (None, false) => return None,
        };
        Some((field.name.clone(), encoding.build()))
    })
}

fn media_types(schema: &inventory::Schema) -> Option<&[String]> {
    match schema {
        inventory::Schema::File { media_types, .. } => Some(media_types),
        inventory::Schema::List { item: schema, .. } | inventory::Schema::Nullable(schema) => {
            media_types(schema)
        }
        _ => None,
    }
}

/// Returns a body without fields: text, or bytes of several media types.
fn raw(media_types: &[String], most: u64, is_text: bool, description: String) -> RequestBody {
    let body =
        RequestBodyBuilder::new().description(Some(description)).required(Some(Required::True));
    let schema = |name: &str| match is_text {
        true => text(0, most, None, None).into(),
        false => bytes(name, most),
    };
    media_types
        .iter()
        .fold(body, |body, name| body.content(name, Content::new(Some(schema(name)))))
        .build()
}

/// Returns a body whose form only its extractor knows.
fn anything() -> RequestBody {
    RequestBodyBuilder::new()
        .description(Some("Read by the handler itself; its form is not stated here."))
        .required(Some(Required::True))
        .content("*/*", Content::new(None::<RefOr<Schema>>))
        .build()
}
