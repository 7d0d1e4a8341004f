//! JSON forms as JSON Schema (draft 2020-12, the dialect of OpenAPI 3.1): each named object once, all else in
//! place. Nothing is left open: text, lists and maps have a longest, numbers have ends, objects no further fields.

use std::{borrow::Cow, collections::BTreeMap};

use serde_json::Value;
use utoipa::{
    Number,
    openapi::{
        AllOfBuilder, Array, ArrayBuilder, Discriminator, Object, ObjectBuilder, OneOf,
        OneOfBuilder, Ref, RefOr, Schema, SchemaFormat, Type,
        extensions::Extensions,
        schema::{AdditionalProperties, SchemaType},
    },
};

use crate::shape::{FieldShape, Further, ObjectShape, Shape, UnionShape};

/// The extension for the least roles that an operation, or a field, is for.
pub(super) const REQUIRED_ROLES: &str = "x-required-roles";

/// The named schemas of one document, in the making.
#[derive(Debug, Default)]
pub(super) struct Schemas {
    /// The version's place in the API's table.
    version: usize,
    named: Vec<Named>,
}

struct Named {
    name: String,
    /// What it was made from; nothing for what the document itself brings.
    shape: Option<Shape>,
    /// Not there yet while its own fields are being looked at.
    schema: Option<Schema>,
}

impl std::fmt::Debug for Named {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Named").field("name", &self.name).finish_non_exhaustive()
    }
}

impl Schemas {
    /// None yet, for the version at this place of the API's table.
    pub(super) fn new(version: usize) -> Self {
        Self { version, named: Vec::new() }
    }

    /// Adds a schema that is no type of the app. It keeps its name, so it is added before any type.
    pub(super) fn add(&mut self, name: &str, schema: Object) -> Ref {
        self.named.push(Named { name: name.to_owned(), shape: None, schema: Some(schema.into()) });
        Ref::from_schema_name(name)
    }

    /// The schema of a value: in place, or a reference where it contains an object of its own name.
    pub(super) fn of(&mut self, shape: &Shape) -> RefOr<Schema> {
        match shape {
            Shape::Boolean => Object::with_type(Type::Boolean).into(),
            Shape::Integer { minimum, maximum } => integer(*minimum, *maximum).into(),
            Shape::Number { minimum, maximum } => number(*minimum, *maximum).into(),
            Shape::Text { min_length, max_length, pattern, format } => {
                text(*min_length, *max_length, *pattern, *format).into()
            }
            Shape::Choice(texts) => ObjectBuilder::new()
                .schema_type(Type::String)
                .enum_values(Some(texts.iter().copied()))
                .into(),
            Shape::List { item, min_items, max_items } => {
                let fewest = (*min_items > 0).then(|| size(*min_items));
                list(self.of(item), fewest, size(*max_items)).into()
            }
            Shape::Map { value, max_properties } => ObjectBuilder::new()
                .schema_type(Type::Object)
                .additional_properties(Some(AdditionalProperties::RefOr(self.of(value))))
                .max_properties(Some(size(*max_properties)))
                .into(),
            Shape::Object(object) => self.object(object).into(),
            Shape::Exactly(text) => constant(text).into(),
            Shape::Union(_) => self.named(shape).into(),
            Shape::File { max_bytes, media_types } => file(*max_bytes, media_types).into(),
            Shape::Ruled(shape, further) => ruled(self.of(shape), further),
            Shape::Nullable(shape) => nullable(self.of(shape)),
        }
    }

    /// A reference to the schema of a named object, which is made when it is first asked for.
    ///
    /// Two types of one name get a schema each; the later one's name has a number.
    pub(super) fn object(&mut self, object: &ObjectShape) -> Ref {
        self.named(&Shape::Object(*object))
    }

    /// A reference to the schema of an object or union.
    pub(super) fn named(&mut self, shape: &Shape) -> Ref {
        if let Some(named) = self.named.iter().find(|named| named.is_of(shape)) {
            return Ref::from_schema_name(&named.name);
        }
        let name = self.free_name(match shape {
            Shape::Object(object) => object.name,
            Shape::Union(union) => union.name,
            // Nothing else has a name.
            _ => "",
        });
        let place = self.named.len();
        self.named.push(Named { name: name.clone(), shape: Some(shape.clone()), schema: None });
        let schema = match shape {
            Shape::Object(object) => self.fields(object).into(),
            Shape::Union(union) => self.variants(union).into(),
            _ => Object::new().into(),
        };
        self.named[place].schema = Some(schema);
        Ref::from_schema_name(name)
    }

    /// Says something more about an object or union that was made before.
    pub(super) fn extend(&mut self, shape: &Shape, key: &str, value: Value) {
        let named = self.named.iter_mut().find(|named| named.is_of(shape));
        let extensions = match named.and_then(|named| named.schema.as_mut()) {
            Some(Schema::Object(object)) => &mut object.extensions,
            Some(Schema::OneOf(union)) => &mut union.extensions,
            _ => return,
        };
        extensions.get_or_insert_with(Extensions::default).insert(key.to_owned(), value);
    }

    /// All of them, by name.
    pub(super) fn into_components(self) -> BTreeMap<String, RefOr<Schema>> {
        let made = |named: Named| Some((named.name, named.schema?.into()));
        self.named.into_iter().filter_map(made).collect()
    }

    fn free_name(&self, wanted: &str) -> String {
        let taken = |name: &str| self.named.iter().any(|named| named.name == name);
        let mut name = wanted.to_owned();
        let mut number = 2;
        while taken(&name) {
            name = format!("{wanted}_{number}");
            number += 1;
        }
        name
    }

    /// One of several objects, each closed. The member that tells them apart is a constant in each.
    fn variants(&mut self, union: &UnionShape) -> OneOf {
        let mut mapping = Vec::new();
        let mut schema = OneOfBuilder::new().description(some(union.description));
        for (name, object) in &union.variants {
            let reference = self.object(object);
            mapping.push((*name, reference.ref_location.clone()));
            schema = schema.item(reference);
        }
        schema.discriminator(Some(Discriminator::with_mapping(union.tag, mapping))).build()
    }

    fn fields(&mut self, object: &ObjectShape) -> Object {
        let mut schema = ObjectBuilder::new()
            .schema_type(Type::Object)
            .description(some(object.description))
            .additional_properties(Some(AdditionalProperties::FreeForm(false)));
        for FieldShape { name, description, shape, required, versions, exceptions: _, set_by } in
            (object.fields)()
        {
            if !versions.contains(&self.version) {
                continue;
            }
            let description = with_reference(description, &shape);
            let description = with_setters(&description, &set_by);
            let property = described(self.of(&shape), &description);
            schema = schema.property(name, restricted(property, &set_by));
            if required {
                schema = schema.required(name);
            }
        }
        schema.build()
    }
}

impl Named {
    fn is_of(&self, shape: &Shape) -> bool {
        self.shape.as_ref().is_some_and(|known| same_shape(known, shape, &mut Vec::new()))
    }
}

/// A text, if it says anything.
pub(super) fn some(text: &str) -> Option<&str> {
    Some(text.trim()).filter(|text| !text.is_empty())
}

/// A whole number between two ends.
pub(super) fn integer(minimum: i128, maximum: i128) -> Object {
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

/// Text between two lengths. One that has neither pattern nor format of its own is plain `text`, so that a reader
/// sees that none was forgotten (JSON Schema lets a format it does not know pass).
pub(super) fn text(
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

/// Bytes as they are. Of these, `maxLength` counts octets (OpenAPI 3.1.1, section 4.4.2), which few know: so it is said
/// in words, and by an extension.
fn file(max_bytes: u64, media_types: &[&str]) -> Object {
    let text = format!("A file of one of: {}; of 1 to {max_bytes} bytes.", media_types.join(", "));
    let mut file = Object::with_type(SchemaType::AnyValue);
    file.description = Some(text);
    // The kinds of several are stated where the part is described.
    file.content_media_type = match media_types {
        [one] => (*one).to_owned(),
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

/// A description with who may set the field, if not everybody may.
pub(super) fn with_setters<'d>(description: &'d str, set_by: &[&str]) -> Cow<'d, str> {
    if set_by.is_empty() {
        return Cow::Borrowed(description);
    }
    let roles: Vec<String> = set_by.iter().map(|role| format!("`{role}`")).collect();
    let setters = format!("Only a caller with the role {} may set it.", roles.join(" or "));
    Cow::Owned([description.trim(), &setters].join("\n\n").trim().to_owned())
}

/// The extension that says who may set a field, if not everybody may.
pub(super) fn setters(set_by: &[&str]) -> Option<Extensions> {
    (!set_by.is_empty()).then(|| Extensions::from_iter([(REQUIRED_ROLES, Value::from(set_by))]))
}

/// A schema that says who may set it, if not everybody may. A reference has no place for that, so it is wrapped.
fn restricted(schema: RefOr<Schema>, set_by: &[&str]) -> RefOr<Schema> {
    let Some(more) = setters(set_by) else { return schema };
    let mut schema = match schema {
        RefOr::T(schema) => schema,
        reference @ RefOr::Ref(_) => Schema::AllOf(AllOfBuilder::new().item(reference).build()),
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

/// A description with what the value refers to, if it does.
fn with_reference<'d>(description: &'d str, shape: &Shape) -> Cow<'d, str> {
    match shape {
        Shape::Ruled(_, Further { refers: Some((name, action)), .. }) => {
            let reference = format!("The key of one `{name}` that the caller may {action}.");
            let parts = [description.trim(), &reference];
            Cow::Owned(parts.join("\n\n").trim().to_owned())
        }
        Shape::Ruled(inner, _) | Shape::Nullable(inner) => with_reference(description, inner),
        Shape::List { item: inner, .. } | Shape::Map { value: inner, .. } => {
            with_reference(description, inner)
        }
        _ => Cow::Borrowed(description),
    }
}

/// A schema with the rules that few values have. What a text has in it and has not is a pattern (ECMA-262).
fn ruled(schema: RefOr<Schema>, further: &Further) -> RefOr<Schema> {
    let Further { contains, excludes, multiple_of, unique, below_maximum, segment, refers: _ } =
        *further;
    let mut schema = schema;
    match &mut schema {
        RefOr::T(Schema::Object(object)) => {
            if let Some(factor) = multiple_of {
                object.multiple_of = Some(whole(factor.into()));
            }
            if below_maximum {
                object.exclusive_maximum = object.maximum.take();
            }
            let mut start = String::from("^");
            let parts = [(contains, "?="), (excludes, "?!")];
            for (part, look) in parts.iter().filter_map(|(part, look)| Some(((*part)?, look))) {
                start.push_str(&format!("({look}[\\s\\S]*{})", escaped(part)));
            }
            if let Some(reserved) = segment {
                start.push_str(SEGMENT);
                for word in reserved {
                    start.push_str(&format!("(?!{}$)", escaped(word)));
                }
            }
            if start.len() > 1 {
                let rest = object.pattern.as_deref().map(|rest| rest.trim_start_matches('^'));
                object.pattern = Some(start + rest.unwrap_or_default());
            }
        }
        RefOr::T(Schema::Array(array)) => array.unique_items = unique,
        // None of the others has such rules.
        _ => {}
    }
    schema
}

/// One segment of a path: neither `.` nor `..`, and without what separates, escapes or controls.
const SEGMENT: &str = r"(?!\.{1,2}$)(?![\s\S]*[/\\?#%\x00-\x1F\x7F-\x9F])";

/// A text as a regular expression for itself.
fn escaped(text: &str) -> String {
    let mut pattern = String::new();
    for letter in text.chars() {
        if r"\^$.*+?()[]{}|/".contains(letter) {
            pattern.push('\\');
        }
        pattern.push(letter);
    }
    pattern
}

/// One single text.
pub(super) fn exactly(text: &str) -> Object {
    ObjectBuilder::new().schema_type(Type::String).enum_values(Some([text])).build()
}

/// The same as a constant, which utoipa has no field for.
fn constant(text: &str) -> Object {
    let mut schema = ObjectBuilder::new().schema_type(Type::String).build();
    let constant = ("const", Value::from(text));
    schema.extensions = Some(Extensions::from_iter([constant]));
    schema
}

/// A list of at most so many.
pub(super) fn list(item: RefOr<Schema>, min_items: Option<usize>, max_items: usize) -> Array {
    ArrayBuilder::new().items(item).min_items(min_items).max_items(Some(max_items)).build()
}

/// The same schema with a description, which for a reference stands beside it.
pub(super) fn described(schema: RefOr<Schema>, description: &str) -> RefOr<Schema> {
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

fn number(minimum: f64, maximum: f64) -> Object {
    let end = |end: f64| end.is_finite().then_some(Number::Float(end));
    ObjectBuilder::new()
        .schema_type(Type::Number)
        .format(Some(SchemaFormat::Custom("double".to_owned())))
        .minimum(end(minimum))
        .maximum(end(maximum))
        .build()
}

/// 3.1 has no `nullable`: null is one more type, or where there is a reference, one more alternative.
fn nullable(schema: RefOr<Schema>) -> RefOr<Schema> {
    match schema {
        RefOr::T(Schema::Object(mut object))
            if matches!(object.schema_type, SchemaType::Type(_)) =>
        {
            object.schema_type = or_null(object.schema_type);
            if let Some(values) = &mut object.enum_values {
                values.push(Value::Null);
            }
            object.into()
        }
        RefOr::T(Schema::Array(mut array)) if matches!(array.schema_type, SchemaType::Type(_)) => {
            array.schema_type = or_null(array.schema_type);
            array.into()
        }
        other => OneOfBuilder::new().item(other).item(Object::with_type(Type::Null)).into(),
    }
}

fn or_null(schema_type: SchemaType) -> SchemaType {
    match schema_type {
        SchemaType::Type(one) => SchemaType::Array(vec![one, Type::Null]),
        other => other,
    }
}

fn size(size: u64) -> usize {
    usize::try_from(size).unwrap_or(usize::MAX)
}

fn whole(value: i128) -> Number {
    match (isize::try_from(value), usize::try_from(value)) {
        (Ok(value), _) => Number::Int(value),
        (_, Ok(value)) => Number::UInt(value),
        // Beyond 64 bits JSON's readers round anyway.
        _ => Number::Float(value as f64),
    }
}

/// A shape's pattern is for the whole text, and a JSON Schema's for any part of it.
fn anchored(pattern: &str) -> String {
    if pattern.starts_with('^') && pattern.ends_with('$') && !pattern.contains('|') {
        pattern.to_owned()
    } else {
        format!("^(?:{pattern})$")
    }
}

/// Whether two objects are described alike, through all that they contain. `seen` are pairs that are being
/// compared further out: a type that contains itself is the same as far as everything else of it is.
fn same(
    one: &ObjectShape,
    other: &ObjectShape,
    seen: &mut Vec<(&'static str, &'static str)>,
) -> bool {
    if one.name != other.name || one.description != other.description {
        return false;
    }
    if std::ptr::fn_addr_eq(one.fields, other.fields) || seen.contains(&(one.name, other.name)) {
        return true;
    }
    seen.push((one.name, other.name));
    let (fields, others) = ((one.fields)(), (other.fields)());
    let alike = fields.len() == others.len()
        && fields.iter().zip(&others).all(|(field, other)| {
            field.name == other.name
                && field.description == other.description
                && field.required == other.required
                && field.versions == other.versions
                && same_shape(&field.shape, &other.shape, seen)
        });
    seen.pop();
    alike
}

fn same_union(
    one: &UnionShape,
    other: &UnionShape,
    seen: &mut Vec<(&'static str, &'static str)>,
) -> bool {
    (one.name, one.description, one.tag) == (other.name, other.description, other.tag)
        && one.variants.len() == other.variants.len()
        && one
            .variants
            .iter()
            .zip(&other.variants)
            .all(|((name, object), (other, another))| name == other && same(object, another, seen))
}

fn same_shape(one: &Shape, other: &Shape, seen: &mut Vec<(&'static str, &'static str)>) -> bool {
    match (one, other) {
        (Shape::Object(one), Shape::Object(other)) => same(one, other, seen),
        (Shape::Union(one), Shape::Union(other)) => same_union(one, other, seen),
        (Shape::Nullable(one), Shape::Nullable(other)) => same_shape(one, other, seen),
        (
            Shape::List { item, min_items, max_items },
            Shape::List { item: other, min_items: fewest, max_items: most },
        ) => min_items == fewest && max_items == most && same_shape(item, other, seen),
        (
            Shape::Map { value, max_properties },
            Shape::Map { value: other, max_properties: most },
        ) => max_properties == most && same_shape(value, other, seen),
        (Shape::Ruled(one, rules), Shape::Ruled(other, others)) => {
            rules == others && same_shape(one, other, seen)
        }
        (one, other) => one == other,
    }
}
