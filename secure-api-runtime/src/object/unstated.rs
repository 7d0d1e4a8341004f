//! A type in place of one that `#[object]` could not find out, so that this is the only error.

use std::fmt;

use serde::Serializer;

use super::{ObjectKey, Store, Writing, key::Mark};
use crate::{
    input::{Decode, Decoding, Depth, InvalidValue, Leaf, Node, Rules, TypeInfo},
    role::{RoleTable, Roles},
    shape::Shape,
};

/// A key, a store and roles that nobody stated. There is no value of it.
#[derive(Debug, Clone, Copy)]
pub enum Unstated {}

impl Decode for Unstated {
    const TYPE: TypeInfo = TypeInfo::bounded(|_| Shape::Boolean).marked(true);
    type Contents<D: Depth> = ();

    fn decode(_: Node<'_>, _: &Rules, _: &mut Decoding) -> Option<Self> {
        None
    }
}

impl Leaf for Unstated {
    fn parse(_: &str) -> Result<Self, InvalidValue> {
        Err(InvalidValue::new("type", "there is no such value"))
    }

    fn write_text(&self, _: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {}
    }

    fn serialize<S: Serializer>(&self, _: S) -> Result<S::Ok, S::Error> {
        match *self {}
    }
}

impl ObjectKey for Unstated {
    const MARK: Mark = Mark;
}

impl Store for Unstated {
    type Read = Self;
    type Write = Self;

    fn reader(&self) -> &Self {
        self
    }

    fn writer(&self, _: &Writing) -> &Self {
        self
    }
}

impl Roles for Unstated {
    const TABLE: &'static RoleTable = &RoleTable { type_name: "", fingerprint: 0, roles: &[] };
    const ALL: &'static [Self] = &[];

    fn index(self) -> usize {
        match self {}
    }
}
