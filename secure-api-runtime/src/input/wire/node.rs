//! A request's JSON as a tree, within fixed limits, strings borrowed where they were sent without escapes.

use std::{borrow::Cow, collections::HashSet, fmt};

use serde::de::{DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};

use crate::error::InvalidField;

use crate::input::{FilePart, InvalidValue};

/// Deepest nesting of lists and objects. Typed inputs rarely nest more than a handful.
const DEEPEST: usize = 32;
/// Most values in one body, so that a small body cannot become a large tree.
const MOST_VALUES: usize = 100_000;
/// The number of members up to which they are compared with each other; beyond, a set finds repeated names.
const FEW_MEMBERS: usize = 16;
/// A longer name is not repeated in an answer: the place told is the object it stands in.
const LONGEST_NAME_TOLD: usize = 64;

/// One JSON value. An object's names are distinct. It is small, so that a tree of many is: what is rare is boxed.
#[derive(Debug, Clone, PartialEq)]
pub enum Node<'b> {
    /// The absent value: a field that was omitted.
    Absent,
    /// `null`
    Null,
    /// `true` or `false`
    Bool(bool),
    /// A number, exact where it is whole and fits 64 bits.
    Number(Number),
    /// Text, decoded once.
    Text(Cow<'b, str>),
    /// A list.
    List(Vec<Node<'b>>),
    /// Names and values, in the order they were sent.
    Object(Vec<(Cow<'b, str>, Node<'b>)>),
    /// A file of an upload.
    File(Box<FilePart>),
    /// A part of an upload that nothing can be read from, and why.
    Refused(Box<InvalidValue>),
}

/// A number as it was sent.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Number {
    /// Whole.
    Whole(i128),
    /// A number with a fraction or exponent, or beyond 64 bits.
    Float(f64),
}

const _: () = assert!(size_of::<Node<'_>>() <= 48, "one kind of value makes all of them large");

impl<'b> Node<'b> {
    /// Reads a whole JSON document.
    ///
    /// # Errors
    ///
    /// Where it is not well-formed, repeats a name in an object, nests deeper than 32 levels or has more than
    /// 100,000 values. The pointer says where, as far as that is known.
    pub fn from_json(bytes: &'b [u8]) -> Result<Self, InvalidField> {
        let mut reading = Reading { depth: 0, values: 0, refusal: None };
        let mut deserializer = serde_json::Deserializer::from_slice(bytes);
        let read = ValueSeed(&mut reading).deserialize(&mut deserializer);
        let read = read.and_then(|node| deserializer.end().map(|()| node));
        read.map_err(|_| {
            let refusal =
                reading.refusal.unwrap_or_else(|| Refusal::new("syntax", "this is not JSON"));
            refusal.into_field()
        })
    }
}

/// Returns a name as one step of a JSON Pointer (RFC 6901, section 3), if it is one that may be repeated to a caller.
pub(in crate::input) fn pointer_step(name: &str) -> Option<String> {
    let tellable = name.len() <= LONGEST_NAME_TOLD && !name.chars().any(char::is_control);
    tellable.then(|| format!("/{}", name.replace('~', "~0").replace('/', "~1")))
}

/// The state of a parse: the tree so far, and the error that stopped it.
struct Reading {
    depth: usize,
    values: usize,
    refusal: Option<Refusal>,
}

struct Refusal {
    code: &'static str,
    detail: &'static str,
    /// The steps of the pointer, innermost first: they are added on the way out.
    steps: Vec<String>,
}

impl Refusal {
    fn new(code: &'static str, detail: &'static str) -> Self {
        Self { code, detail, steps: Vec::new() }
    }

    fn into_field(self) -> InvalidField {
        let pointer = self.steps.into_iter().rev().collect();
        InvalidField { pointer, code: self.code, detail: Cow::Borrowed(self.detail) }
    }
}

impl Reading {
    fn refuse<E: serde::de::Error>(&mut self, code: &'static str, detail: &'static str) -> E {
        self.refusal = Some(Refusal::new(code, detail));
        E::custom(code)
    }

    /// Adds a step to the pointer of a refusal that is on its way out.
    fn at(&mut self, step: impl FnOnce() -> Option<String>) {
        if let Some(refusal) = &mut self.refusal
            && let Some(step) = step()
        {
            refusal.steps.push(step);
        }
    }

    fn enter<E: serde::de::Error>(&mut self) -> Result<(), E> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err(self.refuse("depth", "nothing is nested deeper than 32 levels"));
        }
        Ok(())
    }
}

struct ValueSeed<'r>(&'r mut Reading);

impl<'de> DeserializeSeed<'de> for ValueSeed<'_> {
    type Value = Node<'de>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Node<'de>, D::Error> {
        self.0.values += 1;
        if self.0.values > MOST_VALUES {
            return Err(self.0.refuse("size", "a body has at most 100000 values"));
        }
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for ValueSeed<'_> {
    type Value = Node<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_unit<E>(self) -> Result<Node<'de>, E> {
        Ok(Node::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Node<'de>, E> {
        Ok(Node::Bool(value))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Node<'de>, E> {
        Ok(Node::Number(Number::Whole(value.into())))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Node<'de>, E> {
        Ok(Node::Number(Number::Whole(value.into())))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Node<'de>, E> {
        Ok(Node::Number(Number::Float(value)))
    }

    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Node<'de>, E> {
        Ok(Node::Text(Cow::Borrowed(text)))
    }

    fn visit_str<E>(self, text: &str) -> Result<Node<'de>, E> {
        Ok(Node::Text(Cow::Owned(text.to_owned())))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Node<'de>, A::Error> {
        let reading = self.0;
        reading.enter()?;
        let mut items = Vec::new();
        loop {
            match list.next_element_seed(ValueSeed(&mut *reading)) {
                Ok(Some(item)) => items.push(item),
                Ok(None) => break,
                Err(error) => {
                    reading.at(|| Some(format!("/{}", items.len())));
                    return Err(error);
                }
            }
        }
        reading.depth -= 1;
        Ok(Node::List(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Node<'de>, A::Error> {
        let reading = self.0;
        reading.enter()?;
        let mut members: Vec<(Cow<'de, str>, Node<'de>)> = Vec::new();
        let mut names: HashSet<Cow<'de, str>> = HashSet::new();
        while let Some(name) = map.next_key_seed(NameSeed)? {
            let repeated = if members.len() < FEW_MEMBERS {
                members.iter().any(|(other, _)| *other == name)
            } else {
                if names.is_empty() {
                    names.extend(members.iter().map(|(name, _)| name.clone()));
                }
                !names.insert(name.clone())
            };
            if repeated {
                let error = reading.refuse("duplicate", "a name stands once in an object");
                reading.at(|| pointer_step(&name));
                return Err(error);
            }
            match map.next_value_seed(ValueSeed(&mut *reading)) {
                Ok(value) => members.push((name, value)),
                Err(error) => {
                    reading.at(|| pointer_step(&name));
                    return Err(error);
                }
            }
        }
        reading.depth -= 1;
        Ok(Node::Object(members))
    }
}

struct NameSeed;

impl<'de> DeserializeSeed<'de> for NameSeed {
    type Value = Cow<'de, str>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl<'de> Visitor<'de> for NameSeed {
    type Value = Cow<'de, str>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a name")
    }

    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Self::Value, E> {
        Ok(Cow::Borrowed(text))
    }

    fn visit_str<E>(self, text: &str) -> Result<Self::Value, E> {
        Ok(Cow::Owned(text.to_owned()))
    }

    fn visit_bytes<E: serde::de::Error>(self, _: &[u8]) -> Result<Self::Value, E> {
        Err(E::custom("a name is text"))
    }
}
