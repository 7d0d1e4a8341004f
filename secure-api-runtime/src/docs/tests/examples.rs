//! Examples where there are few, and where there is none.

use serde_json::{Value, json};

use crate::{
    docs::example::Examples,
    inventory::tests::{of_shapes, shop::optional},
    shape::{Further, Shape},
};

/// Returns the example of a shape.
fn made(shape: Shape) -> Option<Value> {
    let (schemas, model) = of_shapes(&[shape]);
    Examples::new(&model, 0).of(&schemas[0], "name")
}

fn text(pattern: &'static str, (min_length, max_length): (u64, u64), further: Further) -> Shape {
    let text = Shape::Text { min_length, max_length, pattern: Some(pattern), format: None };
    Shape::Ruled(Box::new(text), further)
}

// R79
#[test]
fn a_text_meets_its_pattern_and_all_other_rules() {
    let with = |contains| Further { contains: Some(contains), ..Further::default() };
    for (shape, example) in [
        (text("^[A-Z]{2}[0-9]{4}$", (0, 9), Further::default()), "AB3456"),
        (text("^(?:a|b)+$", (7, 7), Further::default()), "abababa"),
        (text("^[a-z]+$", (1000, 1000), Further::default()), ""),
        (text("^[a-z.]{1,9}$", (1, 9), with(".")), "abcd."),
        (text("^[a-z]+(?:@[a-z]+)?$", (3, 5), with("@")), ""),
    ] {
        let made = made(shape).and_then(|made| made.as_str().map(str::to_owned));
        let made = made.expect("an example");
        assert!(example.is_empty() || made == example, "{made} {example}");
    }
}

#[test]
fn rules_that_nothing_meets_have_no_example() {
    let further = Further { excludes: Some("a"), contains: Some("aa"), ..Further::default() };
    let never = || text("^(?:[a-z]{1,30}[0-9]*){1,30}$", (900, 1000), further);
    assert_eq!(made(never()), None);
    assert_eq!(made(optional(never())), Some(Value::Null), "it may be null");
    let list = Shape::List { item: Box::new(never()), min_items: 0, max_items: 3 };
    assert_eq!(made(list), Some(json!([])), "it may be empty");
}
