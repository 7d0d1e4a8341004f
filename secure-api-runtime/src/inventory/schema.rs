//! The JSON form of inputs and views: named objects and unions, each described once, and the values in them.

mod list;

use serde::{Deserialize, Serialize};

use super::{ApiModel, Exception, Operation};

mod apart;
mod asked;
mod ends;

pub use ends::{BetweenModel, Reference};

/// A named object or union.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct NamedSchema {
    /// The name that references have: its own, with a number where an earlier one is called the same.
    pub id: String,
    /// Its name: the type's.
    pub name: String,
    /// Its doc comment.
    pub description: String,
    /// Its fields or variants.
    pub form: SchemaForm,
}

/// The form of a named schema.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SchemaForm {
    /// An object with these fields and no other.
    Object(Vec<FieldModel>),
    /// One of several values, which their own JSON tells apart.
    Untagged {
        /// The reason for which the first that fits is taken; `None` where no value fits two.
        ordered: Option<String>,
        /// The variants, each as a field of its name.
        variants: Vec<FieldModel>,
    },
    /// One of several objects, which a member tells apart.
    Union {
        /// The member's name.
        tag: String,
        /// The objects, in the order of declaration.
        variants: Vec<VariantModel>,
    },
}

/// One object of a union.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct VariantModel {
    /// The value of the tag.
    pub tag: String,
    /// The id of the object's schema.
    pub schema: String,
}

/// One field of an object.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FieldModel {
    /// Its name in JSON.
    pub name: String,
    /// Its doc comment.
    pub description: String,
    /// The schema of its value.
    pub schema: Schema,
    /// Set where it is always there.
    pub required: bool,
    /// The path segment of the first version that has it; `None` is the oldest.
    pub since: Option<String>,
    /// The path segment of the last version that has it; `None` is the newest, and those to come.
    pub until: Option<String>,
    /// The rules that it is excepted from.
    pub exceptions: Vec<Exception>,
    /// The most levels of it, where it leads back to its own object.
    pub depth: Option<u64>,
    /// The least roles whose callers may set it, where it is in an input; none where everybody may.
    pub set_by: Vec<String>,
}

/// The JSON form of a value.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Schema {
    /// `true` or `false`.
    Boolean,
    /// A whole number, both ends included.
    Integer {
        /// Smallest value.
        minimum: i128,
        /// Largest value.
        maximum: i128,
    },
    /// A number with a fraction, both ends included.
    Number {
        /// Smallest value; `None` is without end.
        minimum: Option<f64>,
        /// Largest value; `None` is without end.
        maximum: Option<f64>,
    },
    /// Text; lengths count characters (Unicode scalar values).
    Text {
        /// Fewest characters.
        min_length: u64,
        /// Most characters.
        max_length: u64,
        /// Regular expression that the whole text matches.
        pattern: Option<String>,
        /// JSON Schema format, as `email`, `uuid` or `date-time`.
        format: Option<String>,
    },
    /// One of these texts.
    Choice(Vec<String>),
    /// One constant text: the value of a tag.
    Exactly(String),
    /// A list.
    List {
        /// The schema of each item.
        item: Box<Schema>,
        /// Fewest items.
        min_items: u64,
        /// Most items.
        max_items: u64,
    },
    /// A map from text keys to values.
    Map {
        /// The schema of each key, where it has rules that are told.
        key: Option<Box<Schema>>,
        /// The schema of each value.
        value: Box<Schema>,
        /// Fewest entries.
        min_properties: u64,
        /// Most entries.
        max_properties: u64,
    },
    /// JSON of any form.
    Free {
        /// Most bytes of its compact text.
        max_bytes: u64,
        /// Most levels of lists and objects.
        max_depth: u64,
        /// Most items and members, at all levels together.
        max_members: u64,
        /// `true` if it is an object.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        object: bool,
    },
    /// A reference to a named schema, by its id.
    Named(String),
    /// A file, by its bytes and media types.
    File {
        /// Most bytes.
        max_bytes: u64,
        /// The media types of the kinds that are accepted.
        media_types: Vec<String>,
    },
    /// A value with rules that few have.
    Ruled(Box<Schema>, Box<RulesModel>),
    /// The value, or null.
    Nullable(Box<Schema>),
}

/// The rules that few values have.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RulesModel {
    /// A part that the text has in it.
    pub contains: Option<String>,
    /// A part that the text does not have in it.
    pub excludes: Option<String>,
    /// Fewest characters from the first to the last that can be seen.
    pub visible: u64,
    /// The characters that the text is refused for, as the inside of a class of a pattern.
    pub without: Option<String>,
    /// Set where neither end of the text is white space.
    pub unpadded: bool,
    /// A factor of the number.
    pub multiple_of: Option<i64>,
    /// The numbers that there are, in ascending order.
    pub one_of: Option<Vec<i64>>,
    /// The one of true and false that there is.
    #[serde(default)]
    pub only: Option<bool>,
    /// Set where no item of the list is there twice.
    pub unique: bool,
    /// Set where the higher end of the range is not in it.
    pub below_maximum: bool,
    /// The words that the text is not, where it is one segment of a path.
    pub segment: Option<Vec<String>>,
    /// The range of the number that the text is.
    pub between: Option<BetweenModel>,
    /// The object that the value is the key of.
    pub refers: Option<Reference>,
    /// The text between the items of the list, where a query or a form has all of them in one text.
    pub separated: Option<String>,
    /// Set where a query or a form has the value as JSON.
    pub json: bool,
}

impl ApiModel {
    /// Returns the fields of the object with this id; none where it is a union, or not there.
    pub fn fields(&self, id: &str) -> &[FieldModel] {
        match self.schema(id).map(|schema| &schema.form) {
            Some(SchemaForm::Object(fields)) => fields,
            Some(SchemaForm::Union { .. } | SchemaForm::Untagged { .. }) | None => &[],
        }
    }

    /// Returns `true` if a query that has to have a value of this schema has to say something: no list that may have no items, and no
    /// input whose fields may all be left out.
    pub(crate) fn has_to_be_sent(&self, schema: &Schema) -> bool {
        self.has_to_say(schema, &mut Vec::new())
    }

    /// Returns the same beside inputs that were asked already: one that leads back to them adds nothing.
    fn has_to_say<'a>(&'a self, schema: &'a Schema, asked: &mut Vec<&'a str>) -> bool {
        let Some(id) = schema.nested() else { return !schema.may_be_empty() };
        if asked.contains(&id) {
            return false;
        }
        asked.push(id);
        let fields = self.fields(id).iter().filter(|field| field.required);
        fields.map(|field| &field.schema).any(|schema| self.has_to_say(schema, asked))
    }

    /// Returns the fields of an operation's inputs at any depth, each with its input's name.
    pub fn input_fields<'a>(
        &'a self,
        operation: &'a Operation,
    ) -> impl Iterator<Item = (&'a str, &'a FieldModel)> {
        self.fields_within(operation.inputs())
    }

    /// Returns the fields of these objects at any depth, each with its object's name.
    pub(super) fn fields_within<'a>(
        &'a self,
        ids: impl Iterator<Item = &'a str>,
    ) -> impl Iterator<Item = (&'a str, &'a FieldModel)> {
        let inputs = self.within(ids).into_iter();
        inputs.flat_map(|input| {
            let fields = match &input.form {
                // A variant may be a secret, or the key of an object.
                SchemaForm::Object(fields) | SchemaForm::Untagged { variants: fields, .. } => {
                    fields
                }
                SchemaForm::Union { .. } => &[][..],
            };
            fields.iter().map(move |field| (&*input.name, field))
        })
    }

    /// Returns the secrets among the fields of an operation's inputs at any depth, each with the names of input and field.
    pub fn secrets<'a>(
        &'a self,
        operation: &'a Operation,
    ) -> impl Iterator<Item = (&'a str, &'a str)> {
        let secrets = self.input_fields(operation).filter(|(_, field)| field.schema.is_secret());
        secrets.map(|(input, field)| (input, &*field.name))
    }

    /// Returns whether the version at this place has the field.
    pub(crate) fn has_field(&self, version: usize, field: &FieldModel) -> bool {
        let place = |segment: &Option<String>| self.place(segment.as_deref()?);
        place(&field.since).is_none_or(|first| first <= version)
            && place(&field.until).is_none_or(|last| version <= last)
    }

    /// Returns the named schemas that these contain at any depth, themselves included, each once: an object before the
    /// objects in it.
    pub fn within<'a>(&'a self, ids: impl Iterator<Item = &'a str>) -> Vec<&'a NamedSchema> {
        let mut found = Vec::new();
        ids.for_each(|id| self.collect(id, &mut found));
        found
    }

    fn collect<'a>(&'a self, id: &str, found: &mut Vec<&'a NamedSchema>) {
        let Some(schema) = self.schema(id).filter(|schema| !found.contains(schema)) else {
            return;
        };
        found.push(schema);
        match &schema.form {
            SchemaForm::Object(fields) => {
                for id in fields.iter().filter_map(|field| field.schema.named()) {
                    self.collect(id, found);
                }
            }
            SchemaForm::Untagged { variants, .. } => {
                for id in variants.iter().filter_map(|variant| variant.schema.named()) {
                    self.collect(id, found);
                }
            }
            SchemaForm::Union { variants, .. } => {
                variants.iter().for_each(|variant| self.collect(&variant.schema, found));
            }
        }
    }
}
