//! The places of a body: each field at any depth, and the forms that unions have there.

use serde_json::{Value, json};

use super::{
    draft::{Content, Draft},
    fits::misfit,
};
use crate::{
    docs::Examples,
    input::field_step,
    inventory::{ApiModel, FieldModel, Schema, SchemaForm},
};

/// A place of an input: the pointer to it, its schema, and if it has to be there.
pub(super) struct Spot<'a> {
    pub(super) pointer: String,
    pub(super) field: &'a FieldModel,
    /// A value of one level more than it may have, where it leads back to its own object.
    pub(super) deeper: Option<Value>,
    /// The unions without a tag around it, the outermost first.
    unions: Vec<Form<'a>>,
}

/// The form that a union without a tag has at a place.
#[derive(Clone)]
struct Form<'a> {
    pointer: String,
    variants: &'a [FieldModel],
    /// The variant's place among them.
    taken: usize,
}

impl Spot<'_> {
    /// Returns `true` if a body that was changed here is wrong: what is no more of one form may be of another one.
    pub(super) fn is_wrong(&self, model: &ApiModel, version: usize, changed: &Draft<'_>) -> bool {
        let Content::Value(_, body) = &changed.content else { return true };
        self.unions.iter().all(|Form { pointer, variants, taken }| {
            let value = body.pointer(pointer).unwrap_or(&Value::Null);
            let mut others = variants.iter().enumerate().filter(|(nth, _)| nth != taken);
            others.all(|(_, other)| misfit(model, version, &other.schema, value, "").is_some())
        })
    }
}

/// Returns the fields of a body at any depth, the first item of each list: of an object, or of a list of them.
pub(super) fn spots_within<'a>(
    model: &'a ApiModel,
    version: usize,
    schema: &Schema,
    body: &Value,
) -> Vec<Spot<'a>> {
    let id = schema.named().unwrap_or_default();
    let mut walk = Walk { model, version, unions: Vec::new(), found: Vec::new() };
    match body.get(0) {
        Some(first) => walk.spots(id, first, "/0"),
        None => walk.spots(id, body, ""),
    }
    walk.found
}

struct Walk<'a> {
    model: &'a ApiModel,
    version: usize,
    unions: Vec<Form<'a>>,
    found: Vec<Spot<'a>>,
}

impl<'a> Walk<'a> {
    fn spots(&mut self, id: &str, body: &Value, at: &str) {
        let (model, version) = (self.model, self.version);
        match model.schema(id).map(|schema| &schema.form) {
            None => {}
            Some(SchemaForm::Object(fields)) => {
                for field in fields.iter().filter(|field| model.has_field(version, field)) {
                    self.field(id, field, body, at);
                }
            }
            Some(SchemaForm::Untagged { variants, .. }) => {
                let fits =
                    |one: &FieldModel| misfit(model, version, &one.schema, body, "").is_none();
                let Some(taken) = variants.iter().position(fits) else { return };
                if let Some(inner) = variants[taken].schema.named() {
                    self.unions.push(Form { pointer: at.to_owned(), variants, taken });
                    self.spots(inner, body, at);
                    self.unions.pop();
                }
            }
            Some(SchemaForm::Union { tag, variants }) => {
                let tagged = body[tag].as_str();
                let variant = variants.iter().find(|variant| Some(&*variant.tag) == tagged);
                variant.iter().for_each(|variant| self.spots(&variant.schema, body, at));
            }
        }
    }

    fn field(&mut self, id: &str, field: &'a FieldModel, body: &Value, at: &str) {
        let pointer = format!("{at}{}", field_step(&field.name));
        if let Some(inner) = field.schema.named() {
            let value = &body[&field.name];
            let (value, pointer) = match value.get(0) {
                Some(item) => (item, format!("{pointer}/0")),
                None => (value, pointer.clone()),
            };
            if value.is_object() {
                self.spots(inner, value, &pointer);
            }
        }
        let leads_back = field.schema.named() == Some(id);
        let deeper = field.depth.filter(|_| leads_back).map(|most| too_deep(field, body, most));
        self.found.push(Spot { pointer, field, deeper, unions: self.unions.clone() });
    }
}

/// Returns the value of a field, made of its own object, of one level more than it may have.
fn too_deep(field: &FieldModel, object: &Value, most: u64) -> Value {
    let wrap = |value: Value| if field.schema.is_list() { json!([value]) } else { value };
    let mut last = object.clone();
    if let Some(members) = last.as_object_mut() {
        match field.required {
            true => members.insert(field.name.clone(), json!([])),
            false => members.remove(&field.name),
        };
    }
    let deep = (0..most).fold(last, |inner, _| {
        let mut around = object.clone();
        around[&field.name] = wrap(inner);
        around
    });
    wrap(deep)
}

/// Returns bodies like this one, in each of which one union has another form that is an object, with the form's name.
pub(super) fn forms<'a>(
    model: &'a ApiModel,
    version: usize,
    schema: &'a Schema,
    body: &Value,
) -> Vec<(String, Value)> {
    let mut walk = Forms { model, version, found: Vec::new() };
    walk.value(schema, body, String::new());
    let with = |(name, pointer, form): (String, String, Value)| {
        let mut other = body.clone();
        *other.pointer_mut(&pointer)? = form;
        Some((name, other))
    };
    walk.found.into_iter().filter_map(with).collect()
}

struct Forms<'a> {
    model: &'a ApiModel,
    version: usize,
    /// The forms, each with its name and its place.
    found: Vec<(String, String, Value)>,
}

impl<'a> Forms<'a> {
    fn value(&mut self, schema: &'a Schema, value: &Value, at: String) {
        match schema {
            Schema::Nullable(inner) | Schema::Ruled(inner, _) => self.value(inner, value, at),
            Schema::List { item, .. } => {
                value
                    .get(0)
                    .into_iter()
                    .for_each(|first| self.value(item, first, at.clone() + "/0"));
            }
            Schema::Named(id) => self.named(id, value, at),
            _ => {}
        }
    }

    fn named(&mut self, id: &str, value: &Value, at: String) {
        let (model, version) = (self.model, self.version);
        match model.schema(id).map(|schema| &schema.form) {
            None => {}
            Some(SchemaForm::Object(fields)) => {
                for field in fields.iter().filter(|field| model.has_field(version, field)) {
                    if let Some(inner) = value.get(&field.name) {
                        self.value(
                            &field.schema,
                            inner,
                            format!("{at}{}", field_step(&field.name)),
                        );
                    }
                }
            }
            Some(SchemaForm::Untagged { variants, .. }) => {
                let of = |value: &Value| {
                    let fits =
                        |one: &FieldModel| misfit(model, version, &one.schema, value, "").is_none();
                    variants.iter().position(fits)
                };
                let taken = of(value);
                for (nth, variant) in variants.iter().enumerate() {
                    if taken == Some(nth) {
                        self.value(&variant.schema, value, at.clone());
                    } else if variant.schema.named().is_some()
                        && let Some(form) =
                            Examples::new(model, version).of(&variant.schema, &variant.name)
                        && of(&form) == Some(nth)
                    {
                        self.found.push((variant.name.clone(), at.clone(), form));
                    }
                }
            }
            Some(SchemaForm::Union { tag, variants }) => {
                for variant in variants {
                    if value[tag].as_str() == Some(&variant.tag) {
                        self.named(&variant.schema, value, at.clone());
                    } else if let Some(form) = Examples::new(model, version).named(&variant.schema)
                    {
                        self.found.push((variant.tag.clone(), at.clone(), form));
                    }
                }
            }
        }
    }
}
