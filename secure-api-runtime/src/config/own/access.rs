//! The parts of a value of the app's own, as serde takes them.

use std::vec;

use serde::de::{
    DeserializeSeed, Deserializer, EnumAccess, IntoDeserializer, MapAccess, SeqAccess,
    VariantAccess, Visitor, value::StringDeserializer,
};

use super::{Own, error::Fault};

/// The fields of a struct or the entries of a map, each with its part.
pub(super) struct Fields<'p> {
    left: vec::IntoIter<(String, Own<'p>)>,
    next: Option<Own<'p>>,
}

/// The entries of a list.
pub(super) struct Entries<'p>(pub(super) vec::IntoIter<Own<'p>>);

/// A variant of an enum that has something in it.
pub(super) struct Tagged<'p> {
    pub(super) name: String,
    pub(super) part: Own<'p>,
}

impl<'p> Fields<'p> {
    pub(super) fn of(parts: Vec<(String, Own<'p>)>) -> Self {
        Self { left: parts.into_iter(), next: None }
    }
}

impl<'de> MapAccess<'de> for Fields<'_> {
    type Error = Fault;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, Fault> {
        let Some((name, part)) = self.left.next() else { return Ok(None) };
        self.next = Some(part);
        let name: StringDeserializer<Fault> = name.into_deserializer();
        seed.deserialize(name).map(Some)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Fault> {
        match self.next.take() {
            Some(part) => part.site().tell(seed.deserialize(part)),
            None => Err(Fault::Unfit("not a value".to_owned())),
        }
    }
}

impl<'de> SeqAccess<'de> for Entries<'_> {
    type Error = Fault;

    fn next_element_seed<T: DeserializeSeed<'de>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, Fault> {
        self.0.next().map(|part| part.site().tell(seed.deserialize(part))).transpose()
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.0.len())
    }
}

impl<'de, 'p> EnumAccess<'de> for Tagged<'p> {
    type Error = Fault;
    type Variant = Own<'p>;

    fn variant_seed<V: DeserializeSeed<'de>>(self, seed: V) -> Result<(V::Value, Own<'p>), Fault> {
        let name: StringDeserializer<Fault> = self.name.into_deserializer();
        Ok((seed.deserialize(name)?, self.part))
    }
}

impl<'de> VariantAccess<'de> for Own<'_> {
    type Error = Fault;

    fn unit_variant(self) -> Result<(), Fault> {
        Err(Fault::Unfit("not the name of a variant alone".to_owned()))
    }

    fn newtype_variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Result<T::Value, Fault> {
        self.site().tell(seed.deserialize(self))
    }

    fn tuple_variant<V: Visitor<'de>>(self, length: usize, visitor: V) -> Result<V::Value, Fault> {
        self.deserialize_tuple(length, visitor)
    }

    fn struct_variant<V: Visitor<'de>>(
        self,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Fault> {
        self.deserialize_struct("", fields, visitor)
    }
}
