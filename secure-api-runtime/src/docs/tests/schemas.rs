//! The schemas of a document: what the shapes of values become.

use serde_json::{Value, json};

use super::document;
use crate::{
    docs::{example::Examples, schema::Schemas},
    inventory::{
        self,
        tests::{
            of_shapes,
            shop::{NEW_ITEM, field, optional, text},
        },
    },
    shape::{FieldShape, ObjectShape, Shape, UnionShape},
};

/// Returns a shape as a document has it.
fn made(shape: &Shape) -> Value {
    let (schemas, model) = of_shapes(std::slice::from_ref(shape));
    serde_json::to_value(Schemas::new(&model, 0).of(&schemas[0])).expect("JSON")
}

/// Returns the place that a reference to a named schema leads to.
fn reference<'a>(schemas: &mut Schemas<'a>, value: &'a inventory::Schema) -> String {
    let inventory::Schema::Named(id) = value else { panic!("{value:?} has no name") };
    schemas.named(id).ref_location
}

// R79, R80: what is documented is bounded and closed.
#[test]
fn shapes_become_schemas() {
    let check = |shape: Shape, schema: Value| {
        assert_eq!(made(&shape), schema, "{shape:?}");
    };
    check(Shape::Boolean, json!({ "type": "boolean" }));
    check(
        Shape::Integer { minimum: 1, maximum: 1000 },
        json!({ "type": "integer", "format": "int32", "minimum": 1, "maximum": 1000 }),
    );
    check(
        Shape::Integer { minimum: 0, maximum: u64::MAX.into() },
        json!({ "type": "integer", "format": "uint64", "minimum": 0, "maximum": u64::MAX }),
    );
    check(
        Shape::Integer { minimum: i64::MIN.into(), maximum: 0 },
        json!({ "type": "integer", "format": "int64", "minimum": i64::MIN, "maximum": 0 }),
    );
    check(
        Shape::Number { minimum: -1.5, maximum: 2.5 },
        json!({ "type": "number", "format": "double", "minimum": -1.5, "maximum": 2.5 }),
    );
    check(text(9), json!({ "type": "string", "format": "text", "maxLength": 9 }));
    check(
        Shape::Text { min_length: 1, max_length: 9, pattern: Some("a|b"), format: None },
        json!({ "type": "string", "minLength": 1, "maxLength": 9, "pattern": "^(?:a|b)$" }),
    );
    check(
        optional(Shape::Choice(&["a", "b"])),
        json!({ "type": ["string", "null"], "enum": ["a", "b", null] }),
    );
    check(
        optional(Shape::List { item: Box::new(Shape::Boolean), min_items: 0, max_items: 3 }),
        json!({ "type": ["array", "null"], "items": { "type": "boolean" }, "maxItems": 3 }),
    );
    check(
        Shape::map(Shape::Boolean, 3),
        json!({ "type": "object", "additionalProperties": { "type": "boolean" }, "maxProperties": 3 }),
    );
    let names = |key: Shape| {
        let (key, value) = (Some(Box::new(key)), Box::new(Shape::Boolean));
        made(&Shape::Map { key, value, min_properties: 2, max_properties: 3 })
    };
    let pattern = Some("^[a-z]{1,4}$");
    let text = Shape::Text { min_length: 1, max_length: 4, pattern, format: None };
    assert_eq!(
        names(text),
        json!({
            "type": "object", "additionalProperties": { "type": "boolean" }, "minProperties": 2, "maxProperties": 3,
            "propertyNames": { "type": "string", "minLength": 1, "maxLength": 4, "pattern": "^[a-z]{1,4}$" },
        })
    );
    // A key is a text, whatever it stands for.
    for (key, schema) in [
        (Shape::Choice(&["a", "b"]), json!({ "type": "string", "enum": ["a", "b"] })),
        (Shape::Boolean, json!({ "type": "string", "enum": ["true", "false"] })),
        (
            Shape::Integer { minimum: 0, maximum: 9 },
            json!({ "type": "string", "pattern": "^(?:0|-?[1-9][0-9]*)$" }),
        ),
    ] {
        assert_eq!(names(key)["propertyNames"], schema);
    }
    check(
        optional(Shape::Object(NEW_ITEM)),
        json!({ "oneOf": [{ "$ref": "#/components/schemas/NewItem" }, { "type": "null" }] }),
    );
}

#[test]
fn an_object_is_closed_and_says_what_is_required() {
    assert_eq!(
        document("v2")["components"]["schemas"]["NewOrder"],
        json!({
            "type": "object",
            "description": "What an order is made of.",
            "required": ["customer_email", "items"],
            "properties": {
                "customer_email": {
                    "type": "string",
                    "format": "email",
                    "description": "Where the receipt goes.",
                    "minLength": 3,
                    "maxLength": 254,
                },
                "note": { "type": ["string", "null"], "format": "text", "maxLength": 500 },
                "items": {
                    "type": "array",
                    "items": { "$ref": "#/components/schemas/NewItem" },
                    "minItems": 1,
                    "maxItems": 50,
                },
            },
            "additionalProperties": false,
            "examples": [{
                "customer_email": "ada@example.com",
                "note": "note",
                "items": [{ "sku": "ABCDEF", "qty": 1 }],
            }],
        })
    );
}

// R109: also where a union is inside of itself.
#[test]
fn a_union_is_one_of_its_objects_by_the_tag() {
    fn delivery(tag: &'static str) -> Shape {
        let next = ObjectShape {
            name: "DeliveryNext",
            description: "",
            fields: || {
                let next = optional(delivery("kind"));
                vec![FieldShape::tag("kind", "next"), field("next", next, true)]
            },
        };
        let variants = vec![("by-post", NEW_ITEM), ("next", next)];
        Shape::Union(UnionShape { name: "Delivery", description: "How.", tag, variants })
    }
    let at = |name: &str| format!("#/components/schemas/{name}");
    let (values, model) = of_shapes(&["kind", "kind", "sort"].map(delivery));
    let mut schemas = Schemas::new(&model, 0);
    let references: Vec<_> = values.iter().map(|value| reference(&mut schemas, value)).collect();
    assert_eq!(references, [at("Delivery"), at("Delivery"), at("Delivery_2")]);
    let made =
        serde_json::to_value(schemas.into_components(&mut Examples::new(&model, 0))).expect("JSON");
    assert_eq!(
        made["Delivery"],
        json!({
            "description": "How.",
            "oneOf": [{ "$ref": at("NewItem") }, { "$ref": at("DeliveryNext") }],
            "discriminator": {
                "propertyName": "kind",
                "mapping": { "by-post": at("NewItem"), "next": at("DeliveryNext") },
            },
            "examples": [{ "sku": "ABCDEF", "qty": 1 }],
        })
    );
    let next = &made["DeliveryNext"]["properties"];
    assert_eq!(next["kind"], json!({ "type": "string", "const": "next" }));
    assert_eq!(next["next"]["oneOf"][0], json!({ "$ref": at("Delivery") }));
    assert_eq!(made.as_object().map(serde_json::Map::len), Some(4));
}

#[test]
fn a_bound_is_that_of_the_outer_list() {
    let numbers = || Shape::List { item: Box::new(Shape::Boolean), min_items: 0, max_items: 9 };
    let bounded = |shape: Shape| made(&shape.at_most(2));
    let list = Shape::List { item: Box::new(numbers()), min_items: 0, max_items: 9 };
    let made = bounded(optional(list));
    assert_eq!((&made["maxItems"], &made["items"]["maxItems"]), (&json!(2), &json!(9)));
    let map = Shape::map(numbers(), 9);
    let made = bounded(map);
    assert_eq!(made["maxProperties"], 2);
    assert_eq!(bounded(Shape::Boolean), json!({ "type": "boolean" }));
}

#[test]
fn two_types_of_one_name_get_a_schema_each() {
    let other = ObjectShape {
        name: "NewItem",
        description: "",
        fields: || vec![field("sku", Shape::Boolean, true)],
    };
    let again = ObjectShape { fields: || (NEW_ITEM.fields)(), ..NEW_ITEM };
    let (values, model) = of_shapes(&[NEW_ITEM, other, again].map(Shape::Object));
    let mut schemas = Schemas::new(&model, 0);
    let references: Vec<_> = values.iter().map(|value| reference(&mut schemas, value)).collect();
    let at = |name: &str| format!("#/components/schemas/{name}");
    assert_eq!(references, [at("NewItem"), at("NewItem_2"), at("NewItem")]);
    assert_eq!(schemas.into_components(&mut Examples::new(&model, 0)).len(), 2);
}
