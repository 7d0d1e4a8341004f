//! The parameters that an input declares: of a query, of headers, of cookies.

use utoipa::openapi::{
    Content, Object, RefOr, Required, Schema, SchemaFormat,
    path::{Parameter, ParameterBuilder, ParameterIn, ParameterStyle},
    schema::ArrayItems,
};

use super::begin;
use crate::{
    docs::{
        operation::Parts,
        schema::{setters, some, with_setters},
    },
    input::header_name,
    inventory::{self, FieldModel},
};

impl<'a> Parts<'a> {
    /// Returns the parameters that an input declares for a query, headers or cookies.
    pub(super) fn fields(&mut self, schema: &str, place: ParameterIn) -> Vec<Parameter> {
        let fields = self.api.fields(schema);
        let examples = self.examples.fields(fields, 0).unwrap_or_default();
        let parameter = |field: &'a FieldModel| {
            // A parameter is left out, never null.
            let schema = match &field.schema {
                inventory::Schema::Nullable(schema) => schema,
                schema => schema,
            };
            // A list that may have no items may be left out, too, and an input whose fields may all be.
            let required = if field.required && self.api.has_to_be_sent(schema) {
                Required::True
            } else {
                Required::False
            };
            let separated = schema.separated();
            let nested =
                place == ParameterIn::Query && (schema.nested().is_some() || schema.is_map());
            let is_json = schema.is_json();
            let written = match nested {
                true => Some((ParameterStyle::DeepObject, true)),
                false => (schema.is_list() && !is_json).then(|| style(&place, separated)),
            };
            let name = match place {
                ParameterIn::Header => header_name(&field.name),
                _ => (&*field.name).into(),
            };
            let schema = self.schemas.of(schema);
            let example = examples.get(&field.name).filter(|example| !example.is_null()).cloned();
            if is_json {
                // A parameter has a schema, or a media type with one.
                let mut content = Content::new(Some(schema));
                content.example = example;
                let mut parameter = ParameterBuilder::new()
                    .name(name)
                    .parameter_in(place.clone())
                    .required(required)
                    .description(some(&with_setters((&*field.description).into(), &field.set_by)))
                    .extensions(setters(&field.set_by))
                    .build();
                parameter.content.insert("application/json".to_owned(), content.into());
                return parameter;
            }
            ParameterBuilder::new()
                .example(example)
                .name(name)
                .parameter_in(place.clone())
                .required(required)
                .description(some(&with_setters((&*field.description).into(), &field.set_by)))
                .extensions(setters(&field.set_by))
                .style(written.as_ref().map(|(style, _)| style.clone()))
                .explode(written.map(|(_, explode)| explode))
                .schema(Some(match place {
                    ParameterIn::Header => plainly(schema, HEADER),
                    ParameterIn::Cookie => plainly(schema, COOKIE),
                    _ => decoded_once(schema, separated),
                }))
                .build()
        };
        fields.iter().map(parameter).collect()
    }
}

/// Looks ahead for what no header has: other characters than visible ASCII and blanks, and blanks at an end.
const HEADER: &str = r"(?! )(?![\s\S]*[^ -~])(?![\s\S]* $)";

/// Looks ahead for what no cookie has (RFC 6265bis, section 4.1.1).
const COOKIE: &str = r"(?![\s\S]*[^!#-+\--:<-\[\]-~])";

/// Returns the schema of a text that stands in the head of a request, and so has these characters alone; of a list, of its items.
fn plainly(mut schema: RefOr<Schema>, ahead: &str) -> RefOr<Schema> {
    match &mut schema {
        RefOr::T(Schema::Object(object)) if is_open(object) => begin(object, ahead),
        RefOr::T(Schema::Array(list)) => {
            if let ArrayItems::RefOrSchema(item) = &mut list.items {
                **item = plainly(item.as_ref().clone(), ITEM);
            }
        }
        _ => {}
    }
    schema
}

/// Looks ahead for what no item of a list in a header has.
const ITEM: &str = r"(?! )(?![\s\S]*[^ -~])(?![\s\S]*[,\x22])(?![\s\S]* $)(?!$)";

/// Returns the style of a list, and `true` if its name is repeated for each item.
fn style(place: &ParameterIn, separated: Option<&str>) -> (ParameterStyle, bool) {
    match (place, separated) {
        (ParameterIn::Header, _) => (ParameterStyle::Simple, false),
        (_, Some(" ")) => (ParameterStyle::SpaceDelimited, false),
        (_, Some("|")) => (ParameterStyle::PipeDelimited, false),
        (_, separated) => (ParameterStyle::Form, separated.is_none()),
    }
}

/// Returns the schema of a parameter of a query, which has no control characters, and nothing in it that is encoded again. An item of
/// several in one text has content, and nothing in it that stands between them.
fn decoded_once(mut schema: RefOr<Schema>, separated: Option<&str>) -> RefOr<Schema> {
    match &mut schema {
        RefOr::T(Schema::Object(object)) if is_open(object) => begin(object, ONCE),
        RefOr::T(Schema::Array(list)) => {
            if let ArrayItems::RefOrSchema(item) = &mut list.items
                && let RefOr::T(Schema::Object(object)) = &mut **item
                && is_open(object)
            {
                let between = match separated {
                    Some("|") => r"(?!$)(?![\s\S]*\|)",
                    Some(" ") => r"(?!$)(?![\s\S]* )",
                    Some(_) => r"(?!$)(?![\s\S]*,)",
                    None => "",
                };
                begin(object, &format!("{between}{ONCE}"));
            }
        }
        _ => {}
    }
    schema
}

/// Looks ahead for what no parameter of a query has.
const ONCE: &str = r"(?![\s\S]*(?:[\u0000-\u001F\u007F-\u009F]|%[0-9A-Fa-f]{2}))";

/// Returns `true` for a text that may hold more than the letters which its pattern names.
fn is_open(object: &Object) -> bool {
    let of_any_letters = match &object.pattern {
        Some(pattern) => pattern.contains("[^") || pattern.contains('%'),
        None => {
            matches!(&object.format, Some(SchemaFormat::Custom(format)) if format == "uri" || format == "email")
        }
    };
    object.enum_values.is_none() && object.max_length.is_some() && of_any_letters
}
