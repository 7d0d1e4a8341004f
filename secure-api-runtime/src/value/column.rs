//! Values outside of requests: serde's traits, and columns of a database by sqlx.
//!
//! A value is read back by its own rules, so a row that breaks them is an error and no value.

use serde::{Deserializer, de};

use crate::{input::Leaf, shape::Shape};

/// Deserializes a value by the form that it has in JSON, and by its rules.
///
/// # Errors
///
/// Where it is of another form, or breaks a rule.
pub fn deserialize<'de, T: Leaf, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    let text = written(&T::shape(), deserializer)?;
    T::parse(&text).map_err(de::Error::custom)
}

/// Reads what a shape says, as the text that a path would have.
fn written<'de, D: Deserializer<'de>>(shape: &Shape, deserializer: D) -> Result<String, D::Error> {
    match shape {
        Shape::Ruled(inner, _) => written(inner, deserializer),
        Shape::Boolean => deserializer.deserialize_bool(Scalar("true or false")),
        Shape::Integer { minimum, .. } if *minimum < 0 => {
            deserializer.deserialize_i64(Scalar("a whole number"))
        }
        Shape::Integer { .. } => deserializer.deserialize_u64(Scalar("a whole number")),
        Shape::Number { .. } => deserializer.deserialize_f64(Scalar("a number")),
        _ => deserializer.deserialize_str(Text),
    }
}

struct Text;

impl de::Visitor<'_> for Text {
    type Value = String;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("text")
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<String, E> {
        Ok(text.to_owned())
    }
}

/// A scalar that is no text, and its name for an error.
struct Scalar(&'static str);

impl de::Visitor<'_> for Scalar {
    type Value = String;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.0)
    }

    fn visit_bool<E: de::Error>(self, value: bool) -> Result<String, E> {
        Ok(value.to_string())
    }

    fn visit_i64<E: de::Error>(self, value: i64) -> Result<String, E> {
        Ok(value.to_string())
    }

    fn visit_u64<E: de::Error>(self, value: u64) -> Result<String, E> {
        Ok(value.to_string())
    }

    fn visit_f64<E: de::Error>(self, value: f64) -> Result<String, E> {
        Ok(value.to_string())
    }
}

/// Implements serde's traits for a value.
#[doc(hidden)]
#[macro_export]
macro_rules! __value_serde {
    ([$($generics:tt)*] $value:ty) => {
        #[automatically_derived]
        impl<$($generics)*> $crate::__private::Serialize for $value {
            fn serialize<S: $crate::__private::Serializer>(
                &self,
                serializer: S,
            ) -> ::core::result::Result<S::Ok, S::Error> {
                $crate::__private::Leaf::serialize(self, serializer)
            }
        }

        #[automatically_derived]
        impl<'de, $($generics)*> $crate::__private::Deserialize<'de> for $value {
            fn deserialize<D: $crate::__private::Deserializer<'de>>(
                deserializer: D,
            ) -> ::core::result::Result<Self, D::Error> {
                $crate::__private::deserialize(deserializer)
            }
        }
    };
}

/// Implements nothing: sqlx is not there.
#[doc(hidden)]
#[macro_export]
#[cfg(not(feature = "sqlx"))]
macro_rules! __value_column {
    ($($tokens:tt)*) => {};
}

/// Implements sqlx's traits for a value: of the column that what it holds has, or of one of text.
#[doc(hidden)]
#[macro_export]
#[cfg(feature = "sqlx")]
macro_rules! __value_column {
    ([$($generics:tt)*] $value:ty) => {
        $crate::__private::value_column! {
            [$($generics)*] $value, ::std::string::String,
            |value| $crate::__private::Leaf::to_text(value),
            |held: ::std::string::String| $crate::__private::Leaf::parse(&held)
        }
    };
    ([$($generics:tt)*] $value:ty, $held:ty, |$this:ident| $given:expr, $take:expr) => {
        #[automatically_derived]
        impl<DB: $crate::__private::sqlx::Database, $($generics)*> $crate::__private::sqlx::Type<DB>
            for $value
        where
            $held: $crate::__private::sqlx::Type<DB>,
        {
            fn type_info() -> DB::TypeInfo {
                <$held as $crate::__private::sqlx::Type<DB>>::type_info()
            }

            fn compatible(column: &DB::TypeInfo) -> ::core::primitive::bool {
                <$held as $crate::__private::sqlx::Type<DB>>::compatible(column)
            }
        }

        #[automatically_derived]
        impl<'q, DB: $crate::__private::sqlx::Database, $($generics)*>
            $crate::__private::sqlx::Encode<'q, DB> for $value
        where
            $held: $crate::__private::sqlx::Encode<'q, DB>,
        {
            fn encode_by_ref(
                &self,
                arguments: &mut DB::ArgumentBuffer,
            ) -> ::core::result::Result<
                $crate::__private::sqlx::IsNull,
                $crate::__private::sqlx::BoxDynError,
            > {
                let $this = self;
                <$held as $crate::__private::sqlx::Encode<'q, DB>>::encode_by_ref(&$given, arguments)
            }
        }

        #[automatically_derived]
        impl<'r, DB: $crate::__private::sqlx::Database, $($generics)*>
            $crate::__private::sqlx::Decode<'r, DB> for $value
        where
            $held: $crate::__private::sqlx::Decode<'r, DB>,
        {
            fn decode(
                column: DB::ValueRef<'r>,
            ) -> ::core::result::Result<Self, $crate::__private::sqlx::BoxDynError> {
                let take: fn($held) -> ::core::result::Result<
                    Self,
                    $crate::__private::InvalidValue,
                > = $take;
                let held = <$held as $crate::__private::sqlx::Decode<'r, DB>>::decode(column)?;
                ::core::result::Result::Ok(take(held)?)
            }
        }
    };
}
