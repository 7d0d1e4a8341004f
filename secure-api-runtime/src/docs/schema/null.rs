//! Null as one more value of a schema.

use serde_json::Value;
use utoipa::openapi::{Object, OneOfBuilder, RefOr, Schema, Type, schema::SchemaType};

/// Admits null, for which 3.1 has no `nullable`: it is one more type, or where there is a reference, one more
/// alternative.
pub(super) fn nullable(schema: RefOr<Schema>) -> RefOr<Schema> {
    match schema {
        // What admits null already does so once.
        RefOr::T(Schema::Object(object)) if admits_null(&object.schema_type) => object.into(),
        RefOr::T(Schema::Array(array)) if admits_null(&array.schema_type) => array.into(),
        RefOr::T(Schema::OneOf(one_of)) if one_of.items.iter().any(is_null) => {
            RefOr::T(Schema::OneOf(one_of))
        }
        RefOr::T(Schema::Object(mut object))
            if matches!(object.schema_type, SchemaType::Type(_)) =>
        {
            object.schema_type = or_null(object.schema_type);
            if let Some(values) = &mut object.enum_values {
                values.push(Value::Null);
            }
            object.into()
        }
        RefOr::T(Schema::Array(mut array)) if matches!(array.schema_type, SchemaType::Type(_)) => {
            array.schema_type = or_null(array.schema_type);
            array.into()
        }
        other => OneOfBuilder::new().item(other).item(Object::with_type(Type::Null)).into(),
    }
}

fn admits_null(schema_type: &SchemaType) -> bool {
    match schema_type {
        SchemaType::Type(one) => matches!(one, Type::Null),
        SchemaType::Array(types) => types.iter().any(|one| matches!(one, Type::Null)),
        SchemaType::AnyValue => true,
    }
}

fn is_null(schema: &RefOr<Schema>) -> bool {
    matches!(schema, RefOr::T(Schema::Object(object)) if admits_null(&object.schema_type))
}

fn or_null(schema_type: SchemaType) -> SchemaType {
    match schema_type {
        SchemaType::Type(one) => SchemaType::Array(vec![one, Type::Null]),
        other => other,
    }
}
