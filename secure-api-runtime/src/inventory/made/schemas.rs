//! The named schemas of a model in the making. A type may contain itself, so its fields are behind a function; here each
//! type is visited once and referred to by an id from then on.

use std::ops::RangeInclusive;

use super::same::same_shape;
use crate::{
    inventory::{
        BetweenModel, Exception, FieldModel, NamedSchema, Reference, RulesModel, Schema,
        SchemaForm, VariantModel,
    },
    shape::{
        Between, FieldException, FieldShape, FreeBounds, Further, ObjectShape, Shape, UnionShape,
    },
    version::VersionTable,
};

pub(in crate::inventory) struct Schemas {
    versions: &'static VersionTable,
    named: Vec<Named>,
}

struct Named {
    id: String,
    shape: Shape,
    /// The schema; `None` while its own fields are visited.
    schema: Option<NamedSchema>,
}

impl Schemas {
    pub(in crate::inventory) fn new(versions: &'static VersionTable) -> Self {
        Self { versions, named: Vec::new() }
    }

    pub(in crate::inventory) fn into_named(self) -> Vec<NamedSchema> {
        self.named.into_iter().filter_map(|named| named.schema).collect()
    }

    /// Returns the schema of a value.
    pub(in crate::inventory) fn of(&mut self, shape: &Shape) -> Schema {
        let texts = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect();
        let end = |end: f64| end.is_finite().then_some(end);
        match shape {
            Shape::Boolean => Schema::Boolean,
            Shape::Integer { minimum, maximum } => {
                Schema::Integer { minimum: *minimum, maximum: *maximum }
            }
            Shape::Number { minimum, maximum } => {
                Schema::Number { minimum: end(*minimum), maximum: end(*maximum) }
            }
            Shape::Text { min_length, max_length, pattern, format } => Schema::Text {
                min_length: *min_length,
                max_length: *max_length,
                pattern: pattern.map(str::to_owned),
                format: format.map(str::to_owned),
            },
            Shape::Choice(choices) => Schema::Choice(texts(choices)),
            Shape::Free(bounds) => free(*bounds),
            Shape::Exactly(text) => Schema::Exactly((*text).to_owned()),
            Shape::List { item, min_items, max_items } => Schema::List {
                item: Box::new(self.of(item)),
                min_items: *min_items,
                max_items: *max_items,
            },
            Shape::Map { key, value, min_properties, max_properties } => Schema::Map {
                key: key.as_ref().map(|key| Box::new(self.of(key))),
                value: Box::new(self.of(value)),
                min_properties: *min_properties,
                max_properties: *max_properties,
            },
            Shape::Object(_) | Shape::Union(_) | Shape::Untagged(_) => {
                Schema::Named(self.named(shape))
            }
            Shape::File { max_bytes, media_types } => {
                Schema::File { max_bytes: *max_bytes, media_types: texts(media_types) }
            }
            Shape::Ruled(shape, further) => {
                Schema::Ruled(Box::new(self.of(shape)), Box::new(rules(*further)))
            }
            Shape::Nullable(shape) => Schema::Nullable(Box::new(self.of(shape))),
        }
    }

    /// Returns the id of an object's schema.
    pub(super) fn object(&mut self, object: &ObjectShape) -> String {
        self.named(&Shape::Object(*object))
    }

    /// Returns the id of the schema of an object or union, which is made when it is first asked for. Two types of one
    /// name get a schema each; the later one's id has a number.
    pub(super) fn named(&mut self, shape: &Shape) -> String {
        let (name, description) = match shape {
            Shape::Object(object) => (object.name, object.description),
            Shape::Union(union) => (union.name, union.description),
            Shape::Untagged(union) => (union.name, union.description),
            // Nothing else has a name.
            _ => ("", ""),
        };
        let same = |named: &&Named| same_shape(&named.shape, shape, &mut Vec::new());
        if let Some(named) = self.named.iter().find(same) {
            return named.id.clone();
        }
        let id = self.free_id(name);
        let place = self.named.len();
        self.named.push(Named { id: id.clone(), shape: shape.clone(), schema: None });
        let form = match shape {
            Shape::Object(object) => SchemaForm::Object(self.fields(object)),
            Shape::Union(union) => self.union(union),
            Shape::Untagged(union) => SchemaForm::Untagged {
                ordered: union.ordered.map(str::to_owned),
                variants: self.all((union.variants)()),
            },
            _ => SchemaForm::Object(Vec::new()),
        };
        let (name, description) = (name.to_owned(), description.to_owned());
        self.named[place].schema = Some(NamedSchema { id: id.clone(), name, description, form });
        id
    }

    fn free_id(&self, wanted: &str) -> String {
        let taken = |id: &str| self.named.iter().any(|named| named.id == id);
        let numbered = (2..).map(|number| format!("{wanted}_{number}"));
        let mut ids = std::iter::once(wanted.to_owned()).chain(numbered);
        // There are more numbers than types.
        ids.find(|id| !taken(id)).unwrap_or_default()
    }

    fn union(&mut self, union: &UnionShape) -> SchemaForm {
        let variants = union.variants.iter();
        let variants = variants.map(|(tag, object)| VariantModel {
            tag: (*tag).to_owned(),
            schema: self.object(object),
        });
        SchemaForm::Union { tag: union.tag.to_owned(), variants: variants.collect() }
    }

    fn fields(&mut self, object: &ObjectShape) -> Vec<FieldModel> {
        self.all((object.fields)())
    }

    fn all(&mut self, fields: Vec<FieldShape>) -> Vec<FieldModel> {
        let count = self.versions.versions.len().max(1);
        let fields = fields.into_iter();
        let fields = fields.filter(|field| *field.versions.start() < count);
        fields.map(|field| self.field(field)).collect()
    }

    fn field(&mut self, field: FieldShape) -> FieldModel {
        let FieldShape {
            name,
            description,
            shape,
            required,
            versions,
            exceptions,
            unowned,
            depth,
            set_by,
        } = field;
        let unowned = unowned.iter().map(|reason| FieldException { rule: "unowned", reason });
        let (since, until) = self.ends(versions);
        FieldModel {
            name: name.to_owned(),
            description: description.to_owned(),
            schema: self.of(&shape),
            required,
            since,
            until,
            exceptions: exceptions.iter().copied().chain(unowned).map(exception).collect(),
            depth,
            set_by: set_by.into_iter().map(str::to_owned).collect(),
        }
    }

    /// Returns the first and the last version of a field, where they are not those of the API.
    fn ends(&self, versions: RangeInclusive<usize>) -> (Option<String>, Option<String>) {
        let segment = |place: usize| {
            self.versions.versions.get(place).map(|version| version.segment.to_owned())
        };
        let since = Some(*versions.start()).filter(|first| *first > 0).and_then(segment);
        (since, segment(*versions.end()))
    }
}

/// Returns the schema of JSON of any form.
pub(super) fn free(FreeBounds { bytes, depth, members, object }: FreeBounds) -> Schema {
    let [max_bytes, max_depth, max_members] = [bytes, depth, members].map(|most| most as u64);
    Schema::Free { max_bytes, max_depth, max_members, object }
}

fn exception(exception: FieldException) -> Exception {
    let FieldException { rule, reason } = exception;
    Exception { rule: rule.to_owned(), reason: reason.to_owned() }
}

fn rules(further: Further) -> RulesModel {
    let Further {
        contains,
        excludes,
        visible,
        without,
        unpadded,
        multiple_of,
        one_of,
        only,
        unique,
        below_maximum,
        segment,
        between,
        refers,
        separated,
        json,
    } = further;
    let (contains, excludes) = (contains.map(str::to_owned), excludes.map(str::to_owned));
    let segment = segment.map(|words| words.iter().map(|word| (*word).to_owned()).collect());
    let end = |(whole, float): (i128, f64)| {
        if whole as f64 == float { whole.to_string() } else { float.to_string() }
    };
    let between = between.map(|Between { low, high, closed }| BetweenModel {
        low: end(low),
        high: end(high),
        closed,
    });
    let refers = refers
        .map(|(object, action)| Reference { object: object.to_owned(), action: action.to_owned() });
    RulesModel {
        contains,
        excludes,
        visible,
        without: without.map(str::to_owned),
        unpadded,
        multiple_of,
        one_of: one_of.map(<[i64]>::to_vec),
        only,
        unique,
        below_maximum,
        segment,
        between,
        refers,
        separated: separated.map(str::to_owned),
        json,
    }
}
