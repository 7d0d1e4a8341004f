//! The JSON shape of a value, read by the OpenAPI document and the inventory.
//!
//! A shape is built from the same rules that the decoder enforces and the same fields that a view writes.

use std::ops::RangeInclusive;

mod further;

pub use further::{Between, Further};

/// The JSON form of a value.
#[derive(Debug, Clone, PartialEq)]
pub enum Shape {
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
        /// Smallest value.
        minimum: f64,
        /// Largest value.
        maximum: f64,
    },
    /// Text; lengths count characters (Unicode scalar values).
    Text {
        /// Fewest characters.
        min_length: u64,
        /// Most characters.
        max_length: u64,
        /// Regular expression that the whole text matches.
        pattern: Option<&'static str>,
        /// JSON Schema format, as `email`, `uuid` or `date-time`.
        format: Option<&'static str>,
    },
    /// One of these texts.
    Choice(&'static [&'static str]),
    /// One constant text: the value of a tag.
    Exactly(&'static str),
    /// A list.
    List {
        /// The shape of each item.
        item: Box<Shape>,
        /// Fewest items.
        min_items: u64,
        /// Most items.
        max_items: u64,
    },
    /// A map from text keys to values.
    Map {
        /// The shape of each key, where it has rules that are told.
        key: Option<Box<Shape>>,
        /// The shape of each value.
        value: Box<Shape>,
        /// Fewest entries.
        min_properties: u64,
        /// Most entries.
        max_properties: u64,
    },
    /// An object that has a name of its own and is described once.
    Object(ObjectShape),
    /// One of several objects, which a member tells apart.
    Union(UnionShape),
    /// One of several values, which their own JSON tells apart, or an order.
    Untagged(UntaggedShape),
    /// A file, by its bytes and media types.
    File {
        /// Most bytes.
        max_bytes: u64,
        /// The media types of the kinds that are accepted.
        media_types: Vec<&'static str>,
    },
    /// JSON of any form, within these bounds.
    Free(FreeBounds),
    /// A value with rules that few have.
    Ruled(Box<Shape>, Further),
    /// The value, or null.
    Nullable(Box<Shape>),
}

impl Shape {
    /// Creates the shape of a map of at most so many entries, whose keys have no rules that are told.
    pub fn map(value: Self, max_properties: u64) -> Self {
        Self::Map { key: None, value: Box::new(value), min_properties: 0, max_properties }
    }

    /// Returns the same with at most so many entries, where it is a list or a map.
    #[must_use]
    pub fn at_most(self, most: usize) -> Self {
        let max = most as u64;
        match self {
            Self::List { item, min_items, .. } => Self::List { item, min_items, max_items: max },
            Self::Map { key, value, min_properties, .. } => {
                Self::Map { key, value, min_properties, max_properties: max }
            }
            Self::Nullable(shape) => Self::Nullable(Box::new(shape.at_most(most))),
            other => other,
        }
    }
}

/// One of several objects. It has a name of its own, and so has each of them.
#[derive(Debug, Clone, PartialEq)]
pub struct UnionShape {
    /// The name in the document: the type's.
    pub name: &'static str,
    /// The description, from its doc comment.
    pub description: &'static str,
    /// The member that tells them apart, which each of them has.
    pub tag: &'static str,
    /// The values of the tag, and the object that each stands for.
    pub variants: Vec<(&'static str, ObjectShape)>,
}

/// One of several values. It has a name of its own.
#[derive(Debug, Clone, Copy)]
pub struct UntaggedShape {
    /// The name in the document: the type's.
    pub name: &'static str,
    /// The description, from its doc comment.
    pub description: &'static str,
    /// The reason for which the first that fits is taken, where it is.
    pub ordered: Option<&'static str>,
    /// The variants, each as a field of its name. A function, since a type may contain itself.
    pub variants: fn() -> Vec<FieldShape>,
}

impl PartialEq for UntaggedShape {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

/// The bounds of free JSON.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FreeBounds {
    /// Most bytes of its compact text.
    pub bytes: usize,
    /// Most levels of lists and objects.
    pub depth: usize,
    /// Most items and members, at all levels together.
    pub members: usize,
    /// `true` if it is an object.
    pub object: bool,
}

impl FreeBounds {
    /// Returns `true` if a value can be within them, and may be as deep as they say: a request nests 32 levels at most.
    pub(crate) const fn admits_something(&self) -> bool {
        // An object has two bytes and a level.
        let (bytes, depth) = if self.object { (2, 1) } else { (1, 0) };
        self.bytes >= bytes && self.depth >= depth && self.depth <= 32
    }
}

/// A rule that a field is excepted from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FieldException {
    /// The rule's name.
    pub rule: &'static str,
    /// The reason stated.
    pub reason: &'static str,
}

/// An object with a name, described once in a document and referred to from everywhere else.
///
/// The fields are behind a function, so that a type may contain itself.
#[derive(Debug, Clone, Copy)]
pub struct ObjectShape {
    /// The name in the document: the type's.
    pub name: &'static str,
    /// The description, from its doc comment.
    pub description: &'static str,
    /// Its fields, in the order they are declared.
    pub fields: fn() -> Vec<FieldShape>,
}

impl PartialEq for ObjectShape {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

/// One field of an object.
#[derive(Debug, Clone, PartialEq)]
pub struct FieldShape {
    /// Its name in JSON.
    pub name: &'static str,
    /// The description, from its doc comment.
    pub description: &'static str,
    /// The shape of its value.
    pub shape: Shape,
    /// `true` if it is always present.
    pub required: bool,
    /// The versions it is in, by their places in the API's table; [`ALL_VERSIONS`] unless something was said.
    pub versions: RangeInclusive<usize>,
    /// The rules that it is excepted from.
    pub exceptions: &'static [FieldException],
    /// The reasons for which keys of objects in it belong to nobody.
    pub unowned: Vec<&'static str>,
    /// The most levels of it, where it leads back to its own object.
    pub depth: Option<u64>,
    /// The least roles whose callers may set it, by their names in tokens; none where everybody may.
    pub set_by: Vec<&'static str>,
}

impl FieldShape {
    /// Creates a field of a view: an answer has it in each of these versions.
    pub fn shown(
        name: &'static str,
        description: &'static str,
        shape: Shape,
        versions: RangeInclusive<usize>,
    ) -> Self {
        Self {
            name,
            description,
            shape,
            required: true,
            versions,
            exceptions: &[],
            unowned: Vec::new(),
            depth: None,
            set_by: Vec::new(),
        }
    }

    /// Returns the same with the most levels of it.
    #[must_use]
    pub fn levels(self, most: usize) -> Self {
        Self { depth: Some(most as u64), ..self }
    }

    /// Returns the same with the rules that it is excepted from.
    #[must_use]
    pub fn excepted(self, exceptions: &'static [FieldException]) -> Self {
        Self { exceptions, ..self }
    }

    /// Returns the same, left out where it would be null.
    #[must_use]
    pub fn optional(mut self) -> Self {
        if let Shape::Nullable(inner) = self.shape {
            self.shape = *inner;
            self.required = false;
        }
        self
    }

    /// Creates the member that tells the variants apart, as one of these texts.
    pub fn tags(name: &'static str, values: &'static [&'static str]) -> Self {
        Self { shape: Shape::Choice(values), ..Self::tag(name, "") }
    }

    /// Creates the member that tells the variants of a union apart, in one of them.
    pub fn tag(name: &'static str, value: &'static str) -> Self {
        Self::shown(name, "", Shape::Exactly(value), ALL_VERSIONS)
    }
}

/// The places of all versions.
pub const ALL_VERSIONS: RangeInclusive<usize> = 0..=usize::MAX;
