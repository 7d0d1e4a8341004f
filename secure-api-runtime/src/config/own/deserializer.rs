//! A value of the app's own as a deserializer.

use serde::de::{Deserializer, IntoDeserializer, Visitor};

use super::{
    Own,
    access::{Entries, Tagged},
    error::Fault,
};
use crate::config::node::{Node, Raw};

impl Node {
    fn string(&self) -> Option<&str> {
        match &self.raw {
            Raw::Text(text) | Raw::Variable(text) => Some(text),
            _ => None,
        }
    }

    fn signed(&self) -> Option<i64> {
        match &self.raw {
            Raw::Integer(digits, radix) => i64::from_str_radix(digits, *radix).ok(),
            Raw::Variable(text) => text.parse().ok(),
            _ => None,
        }
    }

    fn unsigned(&self) -> Option<u64> {
        self.number(u64::MAX)
    }

    fn float(&self) -> Option<f64> {
        match &self.raw {
            Raw::Float(text) | Raw::Variable(text) => text.parse().ok(),
            Raw::Integer(..) => self.signed().map(|number| number as f64),
            _ => None,
        }
    }
}

macro_rules! numbers {
    ($read:ident, $visit:ident: $($deserialize:ident),*) => {
        $(fn $deserialize<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
            self.visit("a whole number", |node| Some(visitor.$visit(node.$read()?)))
        })*
    };
}

impl Own<'_> {
    /// Visits what a reader gives of it.
    fn visit<T>(
        self,
        expected: &str,
        visit: impl FnOnce(&Node) -> Option<Result<T, Fault>>,
    ) -> Result<T, Fault> {
        self.end()?;
        let visited = self.node.as_ref().and_then(visit);
        visited.unwrap_or_else(|| Err(Fault::Unfit(format!("not {expected}"))))
    }
}

impl<'de> Deserializer<'de> for Own<'_> {
    type Error = Fault;

    numbers!(signed, visit_i64: deserialize_i8, deserialize_i16, deserialize_i32, deserialize_i64);
    numbers!(unsigned, visit_u64: deserialize_u8, deserialize_u16, deserialize_u32, deserialize_u64);

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        match self.node.as_ref().map(|node| &node.raw) {
            None | Some(Raw::Table(_)) => self.deserialize_map(visitor),
            Some(Raw::List(_)) => self.deserialize_seq(visitor),
            Some(Raw::Integer(..)) => self.deserialize_i64(visitor),
            Some(Raw::Float(_)) => self.deserialize_f64(visitor),
            Some(Raw::Flag(_)) => self.deserialize_bool(visitor),
            Some(Raw::Text(_) | Raw::Variable(_) | Raw::Date(_)) => {
                self.visit("a text", |node| Some(visitor.visit_str(node.written()?)))
            }
        }
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        self.visit("`true` or `false`", |node| Some(visitor.visit_bool(node.flag()?)))
    }

    fn deserialize_f32<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        self.deserialize_f64(visitor)
    }

    fn deserialize_f64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        self.visit("a number", |node| Some(visitor.visit_f64(node.float()?)))
    }

    fn deserialize_char<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        self.deserialize_str(visitor)
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        self.visit("a text", |node| Some(visitor.visit_str(node.string()?)))
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        self.deserialize_str(visitor)
    }

    fn deserialize_identifier<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        self.deserialize_str(visitor)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        visitor.visit_some(self)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Fault> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        self.end()?;
        let Some(nodes) = self.node.as_ref().and_then(|node| node.list(|one| Some(one.clone())))
        else {
            return Err(Fault::Unfit("not a list".to_owned()));
        };
        let parts = nodes.into_iter().enumerate().map(|(at, node)| {
            let part = self.part(&at.to_string(), Some(node), Vec::new());
            Own { variable: self.variable.clone(), ..part }
        });
        let entries = Entries(parts.collect::<Vec<_>>().into_iter());
        visitor.visit_seq(entries)
    }

    fn deserialize_tuple<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, Fault> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_tuple_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: usize,
        visitor: V,
    ) -> Result<V::Value, Fault> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        visitor.visit_map(self.entries()?)
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Fault> {
        visitor.visit_map(self.fields(fields)?)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Fault> {
        self.end()?;
        match self.node.as_ref().map(|node| &node.raw) {
            Some(Raw::Text(text) | Raw::Variable(text)) => {
                visitor.visit_enum(IntoDeserializer::<Fault>::into_deserializer(&**text))
            }
            Some(Raw::Table(members)) if members.len() == 1 => {
                let member = &members[0];
                let part = self.part(&member.name, Some(member.node.clone()), Vec::new());
                visitor.visit_enum(Tagged { name: member.name.clone(), part })
            }
            _ => Err(Fault::Unfit("not the name of a variant".to_owned())),
        }
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        visitor.visit_unit()
    }

    serde::forward_to_deserialize_any! { i128 u128 bytes byte_buf unit unit_struct }
}
