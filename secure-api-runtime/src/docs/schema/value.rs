//! Values as JSON Schema. Nothing is left open: text, lists and files have a longest, numbers have ends.

use std::borrow::Cow;

use serde_json::Value;
use utoipa::{
    Number,
    openapi::{
        AllOfBuilder, Array, ArrayBuilder, KnownFormat, Object, ObjectBuilder, RefOr, Schema,
        SchemaFormat, Type, extensions::Extensions, schema::SchemaType,
    },
};

use super::ruled::has_branches;
use crate::inventory::{self, Reference};

/// Returns a text, if it says anything.
pub(in crate::docs) fn some(text: &str) -> Option<&str> {
    Some(text.trim()).filter(|text| !text.is_empty())
}

/// Returns the schema of a whole number between two ends.
pub(in crate::docs) fn integer(minimum: i128, maximum: i128) -> Object {
    let within = |low: i128, high: i128| low <= minimum && maximum <= high;
    let format = if within(i32::MIN.into(), i32::MAX.into()) {
        "int32"
    } else if within(0, u64::MAX.into()) && maximum > i64::MAX.into() {
        "uint64"
    } else {
        "int64"
    };
    ObjectBuilder::new()
        .schema_type(Type::Integer)
        .format(Some(SchemaFormat::Custom(format.to_owned())))
        .minimum(Some(whole(minimum)))
        .maximum(Some(whole(maximum)))
        .build()
}

/// Returns the schema of text between two lengths. One that has neither pattern nor format of its own is plain `text`,
/// so that a reader sees that none was forgotten (JSON Schema lets a format it does not know pass).
pub(in crate::docs) fn text(
    min_length: u64,
    max_length: u64,
    pattern: Option<&str>,
    format: Option<&str>,
) -> Object {
    let format = format.or(pattern.is_none().then_some("text"));
    ObjectBuilder::new()
        .schema_type(Type::String)
        .min_length((min_length > 0).then(|| size(min_length)))
        .max_length(Some(size(max_length)))
        .pattern(pattern.map(anchored))
        .format(format.map(|format| SchemaFormat::Custom(format.to_owned())))
        .build()
}

/// Returns the schema of JSON of any form. Each keyword is for one type: a text of so many bytes has no more characters, and a list
/// or an object no more than all of them may have. What no keyword says is said in words, and by extensions.
pub(super) fn free(max_bytes: u64, max_depth: u64, max_members: u64, object: bool) -> Object {
    let mut free = Object::with_type(SchemaType::AnyValue);
    free.description = Some(free_text(max_bytes, max_depth, max_members, object));
    free.max_properties = Some(size(max_members));
    let mut extensions = Extensions::default();
    if object {
        free.schema_type = SchemaType::Type(Type::Object);
    } else {
        free.max_length = Some(size(max_bytes));
        extensions.insert("maxItems".to_owned(), Value::from(max_members));
    }
    extensions.extend([
        ("x-max-bytes".to_owned(), Value::from(max_bytes)),
        ("x-max-depth".to_owned(), Value::from(max_depth)),
        ("x-max-members".to_owned(), Value::from(max_members)),
    ]);
    free.extensions = Some(extensions);
    free
}

/// Returns the bounds of free JSON in words.
fn free_text(bytes: u64, depth: u64, members: u64, object: bool) -> String {
    let what = if object { "Any JSON object" } else { "Any JSON" };
    format!(
        "{what}: at most {bytes} bytes without white space between values, {depth} levels of lists and objects, and {members} \
         items and members at all levels together."
    )
}

/// Bytes as they are. Of these, `maxLength` counts octets (OpenAPI 3.1.1, section 4.4.2), which few know: so it is said
/// in words, and by an extension. Generators of clients know a file by the format of OpenAPI 3.0, and without it take
/// anything, or text.
pub(super) fn file(max_bytes: u64, media_types: &[String]) -> Object {
    let text = format!("A file of one of: {}; of 1 to {max_bytes} bytes.", media_types.join(", "));
    let mut file = Object::with_type(Type::String);
    file.format = Some(SchemaFormat::KnownFormat(KnownFormat::Binary));
    file.description = Some(text);
    // The kinds of several are stated where the part is described.
    file.content_media_type = match media_types {
        [one] => one.clone(),
        _ => "application/octet-stream".to_owned(),
    };
    file.max_length = Some(size(max_bytes));
    file.min_length = Some(1);
    file.extensions = Some(Extensions::from_iter([
        ("x-max-bytes", Value::from(max_bytes)),
        ("x-media-types", Value::from(media_types.to_vec())),
    ]));
    file
}

/// Returns a description with who may set the field, if not everybody may.
pub(in crate::docs) fn with_setters<'d>(
    description: Cow<'d, str>,
    set_by: &[String],
) -> Cow<'d, str> {
    if set_by.is_empty() {
        return description;
    }
    let roles: Vec<String> = set_by.iter().map(|role| format!("`{role}`")).collect();
    let setters = format!("Only a caller with the role {} may set it.", roles.join(" or "));
    Cow::Owned([description.trim(), &setters].join("\n\n").trim().to_owned())
}

/// Returns the extension that says who may set a field, if not everybody may. An operation has one of the same name.
pub(in crate::docs) fn setters(set_by: &[String]) -> Option<Extensions> {
    let roles = || Extensions::from_iter([("x-required-roles", Value::from(set_by))]);
    (!set_by.is_empty()).then(roles)
}

/// Returns the levels of a field that leads back to its own object.
pub(super) fn levels(depth: Option<u64>) -> Option<Extensions> {
    depth.map(|most| Extensions::builder().add("x-max-depth", most).build())
}

/// Returns a description with the same.
pub(super) fn with_depth(description: Cow<'_, str>, depth: Option<u64>) -> Cow<'_, str> {
    let Some(most) = depth else { return description };
    Cow::Owned(
        format!("{}\n\nIt nests {most} levels at most.", description.trim()).trim().to_owned(),
    )
}

/// Returns the same schema with what is said of it beside, as who may set it. A reference has no place for that, so it is
/// wrapped.
pub(super) fn restricted(schema: RefOr<Schema>, more: Option<Extensions>) -> RefOr<Schema> {
    let Some(more) = more else { return schema };
    let mut schema = match schema {
        RefOr::T(schema) => schema,
        reference @ RefOr::Ref(_) => AllOfBuilder::new().item(reference).into(),
    };
    let extensions = match &mut schema {
        Schema::Object(object) => &mut object.extensions,
        Schema::Array(array) => &mut array.extensions,
        Schema::OneOf(one_of) => &mut one_of.extensions,
        Schema::AllOf(all_of) => &mut all_of.extensions,
        Schema::AnyOf(any_of) => &mut any_of.extensions,
        // None of the others is ever made here.
        _ => return RefOr::T(schema),
    };
    extensions.get_or_insert_with(Extensions::default).merge(more);
    RefOr::T(schema)
}

/// Returns a description with the object that the value refers to, if it does.
pub(super) fn with_reference<'d>(description: &'d str, schema: &inventory::Schema) -> Cow<'d, str> {
    match schema {
        inventory::Schema::Ruled(inner, rules) => match &rules.refers {
            Some(Reference { object, action }) => {
                let reference = format!("The key of one `{object}` that the caller may {action}.");
                let parts = [description.trim(), &reference];
                Cow::Owned(parts.join("\n\n").trim().to_owned())
            }
            None => with_reference(description, inner),
        },
        inventory::Schema::Free { max_bytes, max_depth, max_members, object } => {
            let bounds = free_text(*max_bytes, *max_depth, *max_members, *object);
            let parts = [description.trim(), &bounds];
            Cow::Owned(parts.join("\n\n").trim().to_owned())
        }
        inventory::Schema::Nullable(inner) => with_reference(description, inner),
        inventory::Schema::List { item: inner, .. }
        | inventory::Schema::Map { value: inner, .. } => with_reference(description, inner),
        _ => Cow::Borrowed(description),
    }
}

/// Returns the schema of a whole number as text.
pub(super) fn whole_text() -> Object {
    let pattern = Some("^(?:0|-?[1-9][0-9]*)$");
    ObjectBuilder::new().schema_type(Type::String).pattern(pattern).build()
}

/// Returns the schema of one single text.
pub(in crate::docs) fn exactly(text: &str) -> Object {
    ObjectBuilder::new().schema_type(Type::String).enum_values(Some([text])).build()
}

/// Returns the same as a constant, which utoipa has no field for.
pub(super) fn constant(text: &str) -> Object {
    let mut schema = ObjectBuilder::new().schema_type(Type::String).build();
    let constant = ("const", Value::from(text));
    schema.extensions = Some(Extensions::from_iter([constant]));
    schema
}

/// Returns the schema of a list of at most so many.
pub(in crate::docs) fn list(
    item: RefOr<Schema>,
    min_items: Option<usize>,
    max_items: usize,
) -> Array {
    ArrayBuilder::new().items(item).min_items(min_items).max_items(Some(max_items)).build()
}

/// Returns the same schema with a description, which for a reference stands beside it.
pub(in crate::docs) fn described(schema: RefOr<Schema>, description: &str) -> RefOr<Schema> {
    let Some(description) = some(description).map(str::to_owned) else {
        return schema;
    };
    match schema {
        RefOr::Ref(mut reference) => {
            reference.description = description;
            RefOr::Ref(reference)
        }
        RefOr::T(mut schema) => {
            match &mut schema {
                Schema::Object(object) => object.description = Some(description),
                Schema::Array(array) => array.description = Some(description),
                Schema::OneOf(one_of) => one_of.description = Some(description),
                Schema::AllOf(all_of) => all_of.description = Some(description),
                Schema::AnyOf(any_of) => any_of.description = Some(description),
                // None of the others is ever made here.
                _ => {}
            }
            RefOr::T(schema)
        }
    }
}

pub(super) fn number(minimum: Option<f64>, maximum: Option<f64>) -> Object {
    ObjectBuilder::new()
        .schema_type(Type::Number)
        .format(Some(SchemaFormat::Custom("double".to_owned())))
        .minimum(minimum.map(Number::Float))
        .maximum(maximum.map(Number::Float))
        .build()
}

pub(in crate::docs) fn size(size: u64) -> usize {
    usize::try_from(size).unwrap_or(usize::MAX)
}

pub(super) fn whole(value: i128) -> Number {
    match (isize::try_from(value), usize::try_from(value)) {
        (Ok(value), _) => Number::Int(value),
        (_, Ok(value)) => Number::UInt(value),
        // Beyond 64 bits JSON's readers round anyway.
        _ => Number::Float(value as f64),
    }
}

/// Anchors a pattern: a shape's is for the whole text, and a JSON Schema's for any part of it.
fn anchored(pattern: &str) -> String {
    if pattern.starts_with('^') && pattern.ends_with('$') && !has_branches(pattern) {
        pattern.to_owned()
    } else {
        format!("^(?:{pattern})$")
    }
}
