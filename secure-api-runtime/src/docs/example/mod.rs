//! Examples of what goes in and what comes out, made from the schemas of the model. They are the same each time, and each
//! is valid by its own schema; where none is found there is none.

use std::borrow::Cow;

use serde_json::{Map, Value};

use crate::inventory::{ApiModel, FieldModel, RulesModel, Schema, SchemaForm};

mod number;
mod pattern;
mod text;

use number::{decimal, whole};
use text::Texts;

/// More items than these are in no example.
const MOST_ITEMS: u64 = 1000;

/// The examples of one version, in the making.
pub(crate) struct Examples<'a> {
    api: &'a ApiModel,
    /// The version's place in the API's table.
    version: usize,
    texts: Texts<'a>,
    /// The ids of the objects that are being made, the outermost first.
    within: Vec<&'a str>,
}

/// The place that a value is made for.
#[derive(Clone, Copy)]
struct Place<'p> {
    /// The name of the field or parameter.
    name: &'p str,
    /// The value's number among others that it must not be equal to.
    nth: u64,
    rules: Option<&'p RulesModel>,
}

impl<'a> Examples<'a> {
    /// Creates an empty set for the version at this index of the API's table.
    pub(crate) fn new(api: &'a ApiModel, version: usize) -> Self {
        Self { api, version, texts: Texts::default(), within: Vec::new() }
    }

    /// Returns an example of a value that is called so.
    pub(crate) fn of(&mut self, schema: &'a Schema, name: &str) -> Option<Value> {
        self.value(schema, Place { name, nth: 0, rules: None })
    }

    /// Returns another example of the same, which is not equal to the first.
    #[cfg(feature = "testing")]
    pub(crate) fn other(&mut self, schema: &'a Schema, name: &str) -> Option<Value> {
        self.value(schema, Place { name, nth: 1, rules: None })
    }

    /// Returns an example of a named object or union.
    pub(crate) fn named(&mut self, id: &'a str) -> Option<Value> {
        self.object(id, 0)
    }

    fn value(&mut self, schema: &'a Schema, place: Place<'_>) -> Option<Value> {
        let Place { name, nth, rules } = place;
        match schema {
            Schema::Boolean => match rules.and_then(|rules| rules.only) {
                Some(only) => (nth == 0).then_some(Value::Bool(only)),
                None => (nth < 2).then_some(Value::Bool(nth == 0)),
            },
            Schema::Integer { minimum, maximum } => whole(*minimum, *maximum, nth, rules),
            Schema::Number { minimum, maximum } => decimal(*minimum, *maximum, nth, rules),
            Schema::Text { min_length, max_length, pattern, format } => {
                let bounds = text::Bounds {
                    lengths: (*min_length, *max_length),
                    pattern: pattern.as_deref(),
                    format: format.as_deref(),
                };
                self.texts.of(bounds, rules, name, nth).map(Value::String)
            }
            Schema::Choice(texts) => {
                texts.get(usize::try_from(nth).ok()?).cloned().map(Value::String)
            }
            Schema::Free { max_bytes, max_depth, max_members, object } => {
                free(nth, (*max_bytes, *max_depth, *max_members), *object)
            }
            Schema::Exactly(text) => Some(text.clone().into()),
            Schema::List { item, min_items, max_items } => {
                let unique = rules.is_some_and(|rules| rules.unique);
                self.list(item, (*min_items).max(1).min(*max_items), unique, place)
                    .or_else(|| (*min_items == 0).then(|| Value::Array(Vec::new())))
            }
            Schema::Map { key, value, min_properties, max_properties } => {
                let count = (*min_properties).max(1).min(*max_properties);
                self.map(key.as_deref(), value, count, place)
                    .or_else(|| (*min_properties == 0).then(|| Value::Object(Map::new())))
            }
            Schema::Named(id) => self.object(id, nth),
            Schema::File { .. } => Some("(bytes)".into()),
            Schema::Ruled(schema, rules) => {
                self.value(schema, Place { rules: Some(rules), ..place })
            }
            Schema::Nullable(schema) => self.value(schema, place).or(Some(Value::Null)),
        }
    }

    /// Returns a list of so many items. They differ where they can, and where they have to.
    fn list(
        &mut self,
        item: &'a Schema,
        count: u64,
        unique: bool,
        place: Place<'_>,
    ) -> Option<Value> {
        let mut items: Vec<Value> = Vec::new();
        let mut numbers = place.nth..place.nth.saturating_add(2 * count + 64);
        while (items.len() as u64) < count.min(MOST_ITEMS) {
            let next = numbers
                .next()
                .and_then(|nth| self.value(item, Place { name: place.name, nth, rules: None }));
            match next {
                Some(next) if !unique || !items.contains(&next) => items.push(next),
                Some(_) => {}
                None if unique => return None,
                None => items.push(items.first()?.clone()),
            }
        }
        (count <= MOST_ITEMS).then_some(Value::Array(items))
    }

    fn map(
        &mut self,
        key: Option<&'a Schema>,
        value: &'a Schema,
        count: u64,
        place: Place<'_>,
    ) -> Option<Value> {
        let mut entries = Map::new();
        for nth in (place.nth..).take(usize::try_from(2 * count.min(MOST_ITEMS) + 64).ok()?) {
            if entries.len() as u64 >= count {
                break;
            }
            let place = Place { name: place.name, nth, rules: None };
            let name = match key {
                Some(key) => match self.value(key, place)? {
                    Value::String(text) => text,
                    other => other.to_string(),
                },
                None => format!("{}-{}", place.name, nth + 1),
            };
            let first = Place { nth: 0, ..place };
            let value = self.value(value, place).or_else(|| self.value(value, first))?;
            entries.insert(name, value);
        }
        (entries.len() as u64 >= count).then_some(Value::Object(entries))
    }

    /// Returns an object, or the first form of a union that can be made. One that is inside of itself is none.
    fn object(&mut self, id: &'a str, nth: u64) -> Option<Value> {
        if self.within.contains(&id) {
            return None;
        }
        self.within.push(id);
        let made = match &self.api.schema(id)?.form {
            SchemaForm::Object(fields) => self.fields(fields, nth).map(Value::Object),
            SchemaForm::Untagged { variants, .. } => variants.iter().find_map(|variant| {
                let name = words(&variant.name);
                self.value(&variant.schema, Place { name: &name, nth, rules: None })
            }),
            SchemaForm::Union { variants, .. } => {
                variants.iter().find_map(|variant| self.object(&variant.schema, nth))
            }
        };
        self.within.pop();
        made
    }

    /// Returns examples of these fields, by name. Numbers and times of one form ascend, so that what begins comes before
    /// what ends.
    pub(crate) fn fields(
        &mut self,
        fields: &'a [FieldModel],
        nth: u64,
    ) -> Option<Map<String, Value>> {
        let mut members = Map::new();
        let mut before: Vec<&Schema> = Vec::new();
        let (api, version) = (self.api, self.version);
        for field in fields.iter().filter(|field| api.has_field(version, field)) {
            // What not everybody may send, and the key of something that there has to be, is left out where it may be.
            let is_usual = field.set_by.is_empty() && !refers(&field.schema);
            if !field.required && !is_usual {
                continue;
            }
            let name = words(&field.name);
            let earlier = before.iter().filter(|schema| **schema == &field.schema).count() as u64;
            if ascends(&field.schema) {
                before.push(&field.schema);
            }
            let place = Place { name: &name, nth, rules: None };
            let value = self.value(&field.schema, Place { nth: nth + earlier, ..place });
            match value.or_else(|| self.value(&field.schema, place)) {
                Some(value) => drop(members.insert(field.name.clone(), value)),
                None if field.required => return None,
                None => {}
            }
        }
        Some(members)
    }
}

/// Returns free JSON: an object where there is room for one, else a number.
fn free(nth: u64, (bytes, depth, members): (u64, u64, u64), is_object: bool) -> Option<Value> {
    let number = Value::from(nth + 1);
    let object = Value::Object(Map::from_iter([("number".to_owned(), number.clone())]));
    let fits = |value: &Value| value.to_string().len() as u64 <= bytes;
    Some(object)
        .filter(|object| depth > 0 && members > 0 && fits(object))
        .or_else(|| Some(if is_object { Value::Object(Map::new()) } else { number }).filter(fits))
}

fn ascends(schema: &Schema) -> bool {
    match schema {
        Schema::Integer { .. } | Schema::Number { .. } => true,
        Schema::Text { format, .. } => matches!(format.as_deref(), Some("date" | "date-time")),
        Schema::Ruled(schema, _) | Schema::Nullable(schema) => ascends(schema),
        _ => false,
    }
}

fn refers(schema: &Schema) -> bool {
    match schema {
        Schema::Ruled(schema, rules) => rules.refers.is_some() || refers(schema),
        Schema::Nullable(schema) | Schema::List { item: schema, .. } => refers(schema),
        _ => false,
    }
}

/// Returns a field's name as words.
fn words(name: &str) -> Cow<'_, str> {
    if name.contains(['_', '-']) { name.replace(['_', '-'], " ").into() } else { name.into() }
}
