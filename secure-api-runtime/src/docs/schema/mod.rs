//! The schemas of one document (JSON Schema draft 2020-12, the dialect of OpenAPI 3.1): each named object once, all else
//! in place. Objects have no further fields.

use std::collections::BTreeMap;

use serde_json::Value;
use utoipa::openapi::{
    Discriminator, Object, ObjectBuilder, OneOf, OneOfBuilder, Ref, RefOr, Schema, Type,
    extensions::Extensions, schema::AdditionalProperties,
};

use super::example::Examples;
use crate::inventory::{self, ApiModel, FieldModel, NamedSchema, SchemaForm, VariantModel};

mod ends;
mod null;
mod ruled;
mod untagged;
mod value;

use null::nullable;
use ruled::ruled;
use value::{
    constant, file, free, levels, number, restricted, whole_text, with_depth, with_reference,
};
pub(super) use value::{
    described, exactly, integer, list, setters, size, some, text, with_setters,
};

/// The named schemas of one document, in the making.
pub(super) struct Schemas<'a> {
    api: &'a ApiModel,
    /// The version's place in the API's table.
    version: usize,
    named: Vec<Named<'a>>,
}

struct Named<'a> {
    name: String,
    /// The id in the model; none for what the document itself brings.
    id: Option<&'a str>,
    /// `true` if it is what a caller gets of it who asks for some of the fields.
    part: bool,
    /// The schema; `None` while its own fields are visited.
    schema: Option<Schema>,
}

impl<'a> Schemas<'a> {
    /// Creates an empty set for the version at this index of the API's table.
    pub(super) fn new(api: &'a ApiModel, version: usize) -> Self {
        Self { api, version, named: Vec::new() }
    }

    /// Adds a schema that is no type of the app. It keeps its name, so it is added before any type.
    pub(super) fn add(&mut self, name: &str, schema: Object) -> Ref {
        self.named.push(Named {
            name: name.to_owned(),
            id: None,
            part: false,
            schema: Some(schema.into()),
        });
        Ref::from_schema_name(name)
    }

    /// Returns the schema of a value: in place, or a reference where it contains an object of its own name.
    pub(super) fn of(&mut self, schema: &'a inventory::Schema) -> RefOr<Schema> {
        match schema {
            inventory::Schema::Boolean => Object::with_type(Type::Boolean).into(),
            inventory::Schema::Integer { minimum, maximum } => integer(*minimum, *maximum).into(),
            inventory::Schema::Number { minimum, maximum } => number(*minimum, *maximum).into(),
            inventory::Schema::Text { min_length, max_length, pattern, format } => {
                text(*min_length, *max_length, pattern.as_deref(), format.as_deref()).into()
            }
            inventory::Schema::Choice(texts) => {
                let texts = texts.iter().map(String::as_str);
                ObjectBuilder::new().schema_type(Type::String).enum_values(Some(texts)).into()
            }
            inventory::Schema::List { item, min_items, max_items } => {
                let fewest = (*min_items > 0).then(|| size(*min_items));
                list(self.of(item), fewest, size(*max_items)).into()
            }
            inventory::Schema::Map { key, value, min_properties, max_properties } => {
                let names = key.as_ref().and_then(|key| self.names(key));
                ObjectBuilder::new()
                    .schema_type(Type::Object)
                    .property_names(names)
                    .additional_properties(Some(AdditionalProperties::RefOr(self.of(value))))
                    .min_properties((*min_properties > 0).then(|| size(*min_properties)))
                    .max_properties(Some(size(*max_properties)))
                    .into()
            }
            inventory::Schema::Named(id) => self.named(id).into(),
            inventory::Schema::Free { max_bytes, max_depth, max_members, object } => {
                free(*max_bytes, *max_depth, *max_members, *object).into()
            }
            inventory::Schema::Exactly(text) => constant(text).into(),
            inventory::Schema::File { max_bytes, media_types } => {
                file(*max_bytes, media_types).into()
            }
            inventory::Schema::Ruled(schema, rules) => ruled(self.of(schema), rules),
            inventory::Schema::Nullable(schema) => nullable(self.of(schema)),
        }
    }

    /// Returns the schema of the names in a map, which are texts whatever they stand for; none where they have no rules.
    fn names(&mut self, key: &'a inventory::Schema) -> Option<Schema> {
        match key {
            inventory::Schema::Text { .. } | inventory::Schema::Choice(_) => match self.of(key) {
                RefOr::T(schema) => Some(schema),
                RefOr::Ref(_) => None,
            },
            inventory::Schema::Ruled(inner, rules) => {
                match ruled(self.names(inner)?.into(), rules) {
                    RefOr::T(schema) => Some(schema),
                    RefOr::Ref(_) => None,
                }
            }
            inventory::Schema::Integer { .. } => Some(whole_text().into()),
            inventory::Schema::Boolean => {
                let texts = ["true", "false"];
                let names = ObjectBuilder::new().schema_type(Type::String).enum_values(Some(texts));
                Some(names.into())
            }
            _ => None,
        }
    }

    /// Returns a reference to a named schema, which is made when it is first asked for.
    ///
    /// Two types of one name get a schema each; the later one's name has a number.
    pub(super) fn named(&mut self, id: &'a str) -> Ref {
        self.made(id, false)
    }

    /// Returns a reference to some of the fields of a named schema, those that a caller asks for.
    pub(super) fn part(&mut self, id: &'a str) -> Ref {
        self.made(id, true)
    }

    fn made(&mut self, id: &'a str, part: bool) -> Ref {
        let same = |named: &&Named<'_>| named.id == Some(id) && named.part == part;
        if let Some(named) = self.named.iter().find(same) {
            return Ref::from_schema_name(&named.name);
        }
        let model = self.api.schema(id);
        let name = model.map_or(id, |model| &model.name);
        let name = self.free_name(&if part { format!("{name}Part") } else { name.to_owned() });
        let place = self.named.len();
        self.named.push(Named { name: name.clone(), id: Some(id), part, schema: None });
        let schema = model.map(|model| if part { self.part_of(model) } else { self.form(model) });
        self.named[place].schema = schema;
        Ref::from_schema_name(name)
    }

    /// Says something more about a named schema that was made before.
    pub(super) fn extend(&mut self, id: &str, key: &str, value: Value) {
        let named = self.named.iter_mut().find(|named| named.id == Some(id) && !named.part);
        let extensions = match named.and_then(|named| named.schema.as_mut()) {
            Some(Schema::Object(object)) => &mut object.extensions,
            Some(Schema::OneOf(union)) => &mut union.extensions,
            Some(Schema::AnyOf(union)) => &mut union.extensions,
            _ => return,
        };
        extensions.get_or_insert_with(Extensions::default).insert(key.to_owned(), value);
    }

    /// Returns all of them, by name, each of the app's with an example.
    pub(super) fn into_components(
        self,
        examples: &mut Examples<'a>,
    ) -> BTreeMap<String, RefOr<Schema>> {
        let made = self.named.into_iter().filter_map(|named| {
            let mut schema = named.schema?;
            if let Some(mut example) = named.id.and_then(|id| examples.named(id)) {
                match &mut schema {
                    Schema::Object(object) => {
                        if let (true, Value::Object(members)) = (named.part, &mut example) {
                            members.retain(|name, _| {
                                object.required.contains(name)
                                    || object.properties.keys().take(2).any(|first| first == name)
                            });
                        }
                        object.examples.push(example);
                    }
                    Schema::OneOf(union) => union.examples.push(example),
                    Schema::AnyOf(union) => union.examples.push(example),
                    // Nothing else has a name.
                    _ => {}
                }
            }
            Some((named.name, schema.into()))
        });
        made.collect()
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

    /// Returns the schema of some of the fields: none has to be there, except the member that tells objects apart.
    fn part_of(&mut self, model: &'a NamedSchema) -> Schema {
        let text = format!("Those fields of `{}` that `fields` asks for.", model.name);
        match &model.form {
            SchemaForm::Object(fields) => {
                let mut schema = self.object(model, fields);
                let is_tag =
                    |field: &&FieldModel| matches!(field.schema, inventory::Schema::Exactly(_));
                schema.required =
                    fields.iter().filter(is_tag).map(|field| field.name.clone()).collect();
                schema.description = Some(text);
                schema.into()
            }
            SchemaForm::Union { tag, variants } => {
                self.union(Some(&text), tag, variants, true).into()
            }
            SchemaForm::Untagged { ordered, variants } => {
                self.untagged(Some(text), ordered.as_deref(), variants, true)
            }
        }
    }

    fn form(&mut self, model: &'a NamedSchema) -> Schema {
        match &model.form {
            SchemaForm::Object(fields) => self.object(model, fields).into(),
            SchemaForm::Union { tag, variants } => {
                self.union(some(&model.description), tag, variants, false).into()
            }
            SchemaForm::Untagged { ordered, variants } => {
                let description = some(&model.description).map(str::to_owned);
                self.untagged(description, ordered.as_deref(), variants, false)
            }
        }
    }

    /// Returns the schema of one of several objects, each closed. The member that tells them apart is a constant in
    /// each.
    fn union(
        &mut self,
        description: Option<&str>,
        tag: &str,
        variants: &'a [VariantModel],
        part: bool,
    ) -> OneOf {
        let mut mapping = Vec::new();
        let mut schema = OneOfBuilder::new().description(description);
        for VariantModel { tag, schema: id } in variants {
            let reference = self.made(id, part);
            mapping.push((tag, reference.ref_location.clone()));
            schema = schema.item(reference);
        }
        schema.discriminator(Some(Discriminator::with_mapping(tag, mapping))).build()
    }

    fn object(&mut self, model: &NamedSchema, fields: &'a [FieldModel]) -> Object {
        let mut schema = ObjectBuilder::new()
            .schema_type(Type::Object)
            .description(some(&model.description))
            .additional_properties(Some(AdditionalProperties::FreeForm(false)));
        let (api, version) = (self.api, self.version);
        for field in fields.iter().filter(|field| api.has_field(version, field)) {
            let FieldModel { name, description, schema: value, required, depth, set_by, .. } =
                field;
            let description = with_depth(with_reference(description, value), *depth);
            let description = with_setters(description, set_by);
            let property = restricted(self.of(value), levels(*depth));
            let property = restricted(property, setters(set_by));
            schema = schema.property(name, described(property, &description));
            if *required {
                schema = schema.required(name);
            }
        }
        schema.build()
    }
}
