//! Requests that are well-formed, made of what the model says of a route.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::Value;
use uuid::Uuid;

use super::{
    draft::{Content, Draft, Part, Target},
    flat::pairs,
    parts, uploads,
    world::{Keys, World, plain},
};
use crate::{docs::Examples, inventory::ArgumentModel};

/// The characters that are not plain in a segment of a path.
const SEGMENT: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

impl World {
    /// Returns a request to a route whose every part is well-formed, its objects made up.
    pub(super) fn rough<'a>(&'a self, target: Target<'a>) -> Draft<'a> {
        self.drafted(target, &Keys::new())
    }

    /// Returns a request to a route, its path filled with these keys, and else with values that are well-formed.
    pub(super) fn drafted<'a>(&'a self, target: Target<'a>, keys: &Keys) -> Draft<'a> {
        let Target { operation, version } = target;
        let place = self.model.place(&version.segment).unwrap_or_default();
        let mut draft = Draft {
            target,
            method: operation.verb.as_str(),
            path: target.template(),
            query: Vec::new(),
            headers: Vec::new(),
            version: None,
            further: Vec::new(),
            content: Content::None,
            lacks: None,
            unstepped: false,
        };
        let mut examples = Examples::new(&self.model, place);
        for argument in &operation.arguments {
            match argument {
                ArgumentModel::Object { parameter, key, .. }
                | ArgumentModel::Unowned { parameter, key, .. } => {
                    // A value that was given names nothing owned: of an object that is made up it would be one that is there.
                    let is_unowned = matches!(argument, ArgumentModel::Unowned { .. });
                    let given = self.given.parameters.get(parameter).filter(|_| is_unowned);
                    let value = keys.get(parameter).or(given).cloned();
                    let value = value.or_else(|| Some(plain(&examples.of(key, parameter)?)));
                    let encoded = value.map(|value| encoded(&value)).unwrap_or_default();
                    draft.path = draft.path.replace(&format!("{{{parameter}}}"), &encoded);
                }
                ArgumentModel::Query(schema)
                | ArgumentModel::Headers(schema)
                | ArgumentModel::Cookies(schema) => {
                    let required = self.model.fields(schema).iter().filter(|field| field.required);
                    for field in required {
                        let example = examples.of(&field.schema, &field.name).unwrap_or_default();
                        let value = plain(&example);
                        match argument {
                            ArgumentModel::Headers(_) => draft.read_header(&field.name, &[&value]),
                            ArgumentModel::Cookies(_) => draft.cookie(&field.name, &[&value]),
                            _ => draft.query.extend(pairs(
                                &self.model,
                                &field.schema,
                                &field.name,
                                &example,
                            )),
                        }
                    }
                }
                ArgumentModel::RawBody { media_types, max_bytes, file, .. } => {
                    let given = self.given.bodies.get(&operation.name).and_then(Value::as_str);
                    let media = media_types.first().cloned().unwrap_or_default();
                    let made = || parts::sample(&media, 0).unwrap_or_else(|| b"verify".to_vec());
                    let mut bytes = given.map_or_else(made, |text| text.as_bytes().to_vec());
                    let made_up = given.is_some() || parts::sample(&media, 0).is_some();
                    if *file && (!made_up || bytes.len() > *max_bytes) {
                        draft.lacks = Some("no file of its kinds is made up".to_owned());
                    }
                    bytes.truncate(*max_bytes);
                    draft.content = Content::Bytes(Some(media.into()), bytes);
                }
                ArgumentModel::Body { schema, media, .. } => {
                    let given = self.given.bodies.get(&operation.name).cloned();
                    draft.content = match media.types() {
                        ["multipart/form-data"] | [] => match self
                            .upload(schema.named().unwrap_or_default(), &mut examples)
                        {
                            Some(parts) => Content::Parts(parts),
                            None => {
                                draft.lacks = Some("no file of its kinds is made up".to_owned());
                                Content::None
                            }
                        },
                        [media, ..] => match given.or_else(|| examples.of(schema, "body")) {
                            Some(body) => Content::Value(media, body),
                            None => {
                                draft.lacks = Some("no example is made of its body".to_owned());
                                Content::None
                            }
                        },
                    };
                }
                ArgumentModel::BodyExtractor(_) => {
                    draft.lacks = Some("its body is read by an extractor of axum's".to_owned());
                }
                _ => {}
            }
        }
        if operation.idempotency_key {
            draft = draft.header("idempotency-key", format!("\"{}\"", Uuid::new_v4()));
        }
        if operation.if_match {
            draft = draft.header("if-match", "\"none\"");
        }
        draft
    }

    /// Returns the parts of an upload: a small file for each that has to be there, and the texts.
    fn upload<'a>(&'a self, schema: &str, examples: &mut Examples<'a>) -> Option<Vec<Part>> {
        let mut all = Vec::new();
        for field in self.model.fields(schema).iter().filter(|field| field.required) {
            let example = examples.of(&field.schema, &field.name);
            all.extend(uploads::sample_parts(&self.model, field, example)?);
        }
        Some(all)
    }
}

/// Returns a text as one segment of a path.
fn encoded(text: &str) -> String {
    utf8_percent_encode(text, SEGMENT).to_string()
}
