//! The parameters of an operation: of its path, of its query, its headers and cookies, and the headers that the framework reads.

mod coding;
mod of_input;
mod webhook;

use serde_json::json;
use utoipa::openapi::{
    Object, ObjectBuilder, RefOr, Required, Schema, SchemaFormat, Type,
    path::{Parameter, ParameterBuilder, ParameterIn, ParameterStyle},
    schema::AnyOfBuilder,
};

use self::coding::coding;
use super::{
    operation::Parts,
    schema::{exactly, integer, list, text},
};
use crate::{
    flow::{KEY_TTL, LONGEST_KEY},
    inventory::{self, ArgumentModel, ContentModel, Operation, PlaceModel, VersionModel},
    object::{CURSOR, LONGEST_CURSOR, Page, SIZE, USUAL as USUAL_SIZE},
    view::FIELDS,
};

impl<'a> Parts<'a> {
    /// Returns the parameters: those of the path in its order, and those of queries and headers.
    pub(super) fn parameters(&mut self, operation: &'a Operation) -> Vec<Parameter> {
        let mut parameters = Vec::new();
        for argument in &operation.arguments {
            match argument {
                ArgumentModel::Object { parameter, key, object: _ } => {
                    let text = "The object that the operation is about.";
                    parameters.push(self.in_path(parameter, text, key));
                }
                ArgumentModel::Unowned { parameter, key, reason: _ } => {
                    let text = "It names nothing that belongs to somebody.";
                    parameters.push(self.in_path(parameter, text, key));
                }
                ArgumentModel::Query(schema) => {
                    parameters.extend(self.fields(schema, ParameterIn::Query));
                }
                ArgumentModel::Headers(schema) => {
                    parameters.extend(self.fields(schema, ParameterIn::Header));
                }
                ArgumentModel::Cookies(schema) => {
                    parameters.extend(self.fields(schema, ParameterIn::Cookie));
                }
                ArgumentModel::Webhook(_) => parameters.extend(webhook::signed()),
                ArgumentModel::Paging => parameters.extend(paging(operation)),
                ArgumentModel::Body { .. }
                | ArgumentModel::RawBody { .. }
                | ArgumentModel::Unchecked(_)
                | ArgumentModel::Store(_)
                | ArgumentModel::Service(_)
                | ArgumentModel::Caller
                | ArgumentModel::Context
                | ArgumentModel::Sessions
                | ArgumentModel::Tokens
                | ArgumentModel::Extractor(_)
                | ArgumentModel::BodyExtractor(_) => {}
            }
        }
        parameters.extend(stated(self.version));
        if operation.offers_fields() {
            parameters.push(narrowing(&self.api.names_shown(operation, self.version)));
        }
        parameters.extend(conditions(operation));
        if operation.answer.content == ContentModel::File {
            parameters.extend(ranges());
        }
        if operation.idempotency_key {
            parameters.push(idempotency_key());
        }
        parameters.extend(coding(self.api, operation));
        parameters
    }

    fn in_path(&mut self, name: &str, text: &str, key: &'a inventory::Schema) -> Parameter {
        ParameterBuilder::new()
            .example(self.examples.of(key, name))
            .name(name)
            .parameter_in(ParameterIn::Path)
            .required(Required::True)
            .description(Some(text))
            .schema(Some(in_one_form(self.schemas.of(key))))
            .build()
    }
}

/// Returns the schema of a key. A path has one text for each object, where a body may have several for one value.
fn in_one_form(mut schema: RefOr<Schema>) -> RefOr<Schema> {
    if let RefOr::T(Schema::Object(object)) = &mut schema
        && let Some(SchemaFormat::Custom(format)) = &object.format
    {
        match format.as_str() {
            "uuid" => object.pattern = Some(UUID.to_owned()),
            "date-time" => object.pattern = Some(UTC.to_owned()),
            // A body is trimmed, and a path is not.
            "text" => begin(object, r"(?!\s)(?![\s\S]*\s$)"),
            _ => {}
        }
    }
    schema
}

/// Puts what looks ahead before a pattern.
fn begin(object: &mut Object, ahead: &str) {
    let rest = object.pattern.take().unwrap_or_default();
    object.pattern = Some(match rest.strip_prefix('^') {
        Some(rest) => format!("^{ahead}{rest}"),
        None if rest.is_empty() => format!("^{ahead}"),
        None => format!(r"^{ahead}[\s\S]*{rest}"),
    });
}

/// A UUID in lower case (RFC 9562, section 4).
const UUID: &str = "^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$";

/// A time of RFC 3339 in UTC, without zeros at its end.
const UTC: &str = "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}([.][0-9]{0,8}[1-9])?Z$";

/// Returns the parameter that states the version, where that is not in the path.
fn stated(version: &VersionModel) -> Option<Parameter> {
    let (name, place) = match &version.addresses.place {
        PlaceModel::Path | PlaceModel::Nowhere | PlaceModel::MediaType(_) => return None,
        PlaceModel::Header(name) => (name, ParameterIn::Header),
        PlaceModel::Query(name) => (name, ParameterIn::Query),
    };
    let (required, description) = match version.addresses.unstated {
        true => (Required::False, "The version. A request that states none means this one."),
        false => (Required::True, "The version. Without it the answer is 400."),
    };
    let parameter = ParameterBuilder::new()
        .name(name)
        .parameter_in(place)
        .required(required)
        .description(Some(description))
        .example(Some(json!(version.segment)))
        .schema(Some(RefOr::from(exactly(&version.segment))));
    Some(parameter.build())
}

/// Returns the header that makes a repeated request one request.
fn idempotency_key() -> Parameter {
    let description = format!(
        "Names the request, so that it can be sent again: with the same key, path and body it is carried out once, \
         and answered alike, for {} hours. A string in quotes (RFC 9651), best a random UUID.",
        KEY_TTL.as_secs() / 3600
    );
    let longest = u64::try_from(LONGEST_KEY).unwrap_or(u64::MAX);
    ParameterBuilder::new()
        .name("Idempotency-Key")
        .parameter_in(ParameterIn::Header)
        .required(Required::True)
        .description(Some(description))
        .example(Some(json!("\"0197f3a0-5c1e-7b42-9d83-2f6b8c4d1a57\"")))
        .schema(Some(text(3, longest, Some(KEY_PATTERN), None)))
        .build()
}

/// A string of RFC 9651 that is not empty.
const KEY_PATTERN: &str = r#"^"([ !#-\[\]-~]|\\["\\])+"$"#;

/// Returns the schema of a cursor, the place of a page as the page before tells it.
pub(super) fn cursor() -> RefOr<Schema> {
    text(1, LONGEST_CURSOR as u64, Some("^[A-Za-z0-9_-]+$"), None).into()
}

/// Returns the parameters of paging.
fn paging(operation: &Operation) -> [Parameter; 2] {
    let from = match operation.page().next {
        Some(name) => format!("The `{name}` of the page before."),
        None => "The cursor in the `Link` of the page before.".to_owned(),
    };
    let mut size = integer(1, Page::<()>::MOST as i128);
    size.default = Some(json!(USUAL_SIZE));
    [
        (
            SIZE,
            "How many items the page has at most.".to_owned(),
            size.into(),
            Some(json!(USUAL_SIZE)),
        ),
        (CURSOR, format!("{from} Nothing begins the list."), cursor(), None),
    ]
    .map(|(name, text, schema, example)| {
        optional(name, ParameterIn::Query, &text, schema).example(example).build()
    })
}

/// Returns the conditions of a request (RFC 9110, section 13). Each operation evaluates them.
fn conditions(operation: &Operation) -> [Parameter; 2] {
    let (matches, none_match) = if operation.verb.is_safe() {
        (
            "Tags that this has to have (RFC 9110), else the answer is 412; `*` is any.",
            "Tags of what the caller has (RFC 9110): one of them is answered by 304.",
        )
    } else {
        (
            "Tags of the state that is to be changed, as the caller has read it (RFC 9110), else the answer is 412; `*` is \
             any.",
            "Tags that the state which is to be changed must not have (RFC 9110), else the answer is 412; `*` is any: \
             nothing may be there yet.",
        )
    };
    let [if_match, if_none_match] =
        [("If-Match", matches), ("If-None-Match", none_match)].map(|(name, what)| {
            let any = RefOr::from(exactly("*"));
            let tags = AnyOfBuilder::new().item(any).item(text(2, 2048, Some(TAGS), None));
            optional(name, ParameterIn::Header, what, tags.into())
        });
    let tag = || Some(json!("\"n3bQpPDyQ0c\""));
    let if_match = if operation.if_match {
        if_match.required(Required::True).example(tag())
    } else {
        // Whoever tries the operation has read nothing yet, and would be refused.
        if_match.example(Some(json!("*")))
    };
    [if_match.build(), if_none_match.example(tag()).build()]
}

/// Returns the parameters by which a caller asks for parts of a file.
fn ranges() -> [Parameter; 2] {
    [
        (
            "Range",
            "The parts of the file that are wanted (RFC 9110, section 14.2): eight ranges at most.",
            text(
                7,
                512,
                Some(r"^bytes=([0-9]+-[0-9]*|-[0-9]+)(, ?([0-9]+-[0-9]*|-[0-9]+))*$"),
                None,
            )
            .into(),
            "bytes=0-1023",
        ),
        (
            "If-Range",
            "The tag of the file whose other parts the caller has: of another one all is sent.",
            AnyOfBuilder::new()
                .item(text(2, 128, Some(r#"^"[!#-~]*"$"#), None))
                .item(text(
                    29,
                    29,
                    Some("^[A-Z][a-z]{2}, [0-9]{2} [A-Z][a-z]{2} [0-9]{4} [0-9:]{8} GMT$"),
                    None,
                ))
                .into(),
            "\"n3bQpPDyQ0c\"",
        ),
    ]
    .map(|(name, what, schema, example)| {
        optional(name, ParameterIn::Header, what, schema).example(Some(json!(example))).build()
    })
}

/// A list of entity tags.
const TAGS: &str = r#"^(W/)?"[!#-~]*"([ \t]*,[ \t]*(W/)?"[!#-~]*")*$"#;

/// Returns the parameter by which a reader chooses among these fields: a list in one text, with commas between.
fn narrowing(names: &[&str]) -> Parameter {
    let one = ObjectBuilder::new().schema_type(Type::String).enum_values(Some(names.to_vec()));
    let mut several = list(one.into(), Some(1), names.len());
    several.unique_items = true;
    let text = "The only fields to answer with, separated by commas. It narrows the caller's view and opens nothing.";
    optional(FIELDS, ParameterIn::Query, text, several.into())
        .style(Some(ParameterStyle::Form))
        .explode(Some(false))
        .example(Some(names.iter().take(2).copied().collect()))
        .build()
}

fn optional(name: &str, place: ParameterIn, text: &str, schema: RefOr<Schema>) -> ParameterBuilder {
    ParameterBuilder::new()
        .name(name)
        .parameter_in(place)
        .required(Required::False)
        .description(Some(text))
        .schema(Some(schema))
}
