//! A request's JSON as a tree, within fixed limits, strings borrowed where they were sent without escapes.
//!
//! It is read by a lexer that has no features which another crate could turn on, and that gives a number's text.

use std::{borrow::Cow, collections::HashSet};

use hifijson::{Expect, SliceLexer, num::LexWrite as _, str::LexAlloc as _, token::Lex as _};

use crate::error::InvalidField;

use super::number::Number;
use crate::input::{FilePart, InvalidValue, is_unwanted};

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
    /// A number.
    Number(Number<'b>),
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

const _: () = assert!(size_of::<Node<'_>>() <= 48, "one kind of value makes all of them large");

impl<'b> Node<'b> {
    /// Reads a whole JSON document.
    ///
    /// # Errors
    ///
    /// Where it is not well-formed, repeats a name in an object, nests deeper than 32 levels or has more than
    /// 100,000 values. The pointer says where, as far as that is known.
    pub fn from_json(bytes: &'b [u8]) -> Result<Self, InvalidField> {
        let mut reading = Reading { depth: 0, values: 0 };
        let mut lexer = SliceLexer::new(bytes);
        let read = lexer.exactly_one(SliceLexer::ws_peek, |next, lexer| reading.value(next, lexer));
        read.map_err(Refusal::into_field)
    }
}

/// Most digits of a name that is told: one with more can be the number of a card or an account.
const MOST_DIGITS_TOLD: usize = 4;

/// Returns a name as one step of a JSON Pointer (RFC 6901, section 3), if it is one that may be repeated to a caller: short,
/// no number, and nothing that a page could take for markup. Otherwise the place that is told is the object around it.
pub(in crate::input) fn pointer_step(name: &str) -> Option<String> {
    let digits = name.chars().filter(|letter| letter.is_numeric()).count();
    let tellable = name.len() <= LONGEST_NAME_TOLD
        && digits <= MOST_DIGITS_TOLD
        && !name.chars().any(|letter| is_unwanted(letter) || "<>&\"'`".contains(letter));
    tellable.then(|| field_step(name))
}

/// Returns the name of a declared field as one step of a JSON Pointer. Its author chose it, so it may be told whatever it is.
pub(crate) fn field_step(name: &str) -> String {
    format!("/{}", name.replace('~', "~0").replace('/', "~1"))
}

/// The state of a parse: how deep it is, and how many values it has seen.
struct Reading {
    depth: usize,
    values: usize,
}

/// The error that stopped a parse.
struct Refusal {
    code: &'static str,
    detail: &'static str,
    /// The steps of the pointer, innermost first: they are added on the way out.
    steps: Vec<String>,
}

/// The code of a text that cannot be read, which has no place.
const SYNTAX: &str = "syntax";

impl Refusal {
    fn new(code: &'static str, detail: &'static str) -> Self {
        Self { code, detail, steps: Vec::new() }
    }

    fn at(mut self, step: impl FnOnce() -> Option<String>) -> Self {
        if self.code != SYNTAX {
            self.steps.extend(step());
        }
        self
    }

    fn into_field(self) -> InvalidField {
        let pointer = self.steps.into_iter().rev().collect();
        InvalidField { pointer, code: self.code, detail: Cow::Borrowed(self.detail) }
    }
}

impl<E: Into<hifijson::Error>> From<E> for Refusal {
    fn from(_: E) -> Self {
        Self::new(SYNTAX, "this is not JSON")
    }
}

impl Reading {
    /// Reads the value that begins with this byte.
    fn value<'b>(&mut self, next: u8, lexer: &mut SliceLexer<'b>) -> Result<Node<'b>, Refusal> {
        self.values += 1;
        if self.values > MOST_VALUES {
            return Err(Refusal::new("size", "a body has at most 100000 values"));
        }
        Ok(match next {
            b'"' => Node::Text(lexer.discarded().str_string()?),
            b'-' | b'0'..=b'9' => Node::Number(Number::lexed(lexer.num_string().validated()?.0)),
            b'[' => self.within(|reading| reading.list(lexer.discarded()))?,
            b'{' => self.within(|reading| reading.object(lexer.discarded()))?,
            _ => match lexer.null_or_bool().ok_or(Expect::Value)? {
                Some(value) => Node::Bool(value),
                None => Node::Null,
            },
        })
    }

    fn within<T>(
        &mut self,
        read: impl FnOnce(&mut Self) -> Result<T, Refusal>,
    ) -> Result<T, Refusal> {
        self.depth += 1;
        if self.depth > DEEPEST && !crate::weakened::is("depth") {
            return Err(Refusal::new("depth", "nothing is nested deeper than 32 levels"));
        }
        let value = read(self)?;
        self.depth -= 1;
        Ok(value)
    }

    fn list<'b>(&mut self, lexer: &mut SliceLexer<'b>) -> Result<Node<'b>, Refusal> {
        let mut items = Vec::new();
        lexer.seq(b']', SliceLexer::ws_peek, |next, lexer| {
            let item = self.value(next, lexer);
            items.push(item.map_err(|refusal| refusal.at(|| Some(format!("/{}", items.len()))))?);
            Ok::<_, Refusal>(())
        })?;
        Ok(Node::List(items))
    }

    fn object<'b>(&mut self, lexer: &mut SliceLexer<'b>) -> Result<Node<'b>, Refusal> {
        let mut members: Vec<(Cow<'b, str>, Node<'b>)> = Vec::new();
        let mut names: HashSet<Cow<'b, str>> = HashSet::new();
        lexer.seq(b'}', SliceLexer::ws_peek, |next, lexer| {
            lexer.expect(|_| Some(next), b'"').ok_or(Expect::String)?;
            let name = lexer.str_string()?;
            lexer.expect(SliceLexer::ws_peek, b':').ok_or(Expect::Colon)?;
            let repeated = if members.len() < FEW_MEMBERS {
                members.iter().any(|(other, _)| *other == name)
            } else {
                if names.is_empty() {
                    names.extend(members.iter().map(|(name, _)| name.clone()));
                }
                !names.insert(name.clone())
            };
            if repeated && !crate::weakened::is("repeated-member") {
                let refusal = Refusal::new("duplicate", "a name stands once in an object");
                return Err(refusal.at(|| pointer_step(&name)));
            }
            let next = lexer.ws_peek().ok_or(Expect::Value)?;
            let value = self.value(next, lexer);
            let value = value.map_err(|refusal| refusal.at(|| pointer_step(&name)))?;
            members.push((name, value));
            Ok::<_, Refusal>(())
        })?;
        Ok(Node::Object(members))
    }
}
