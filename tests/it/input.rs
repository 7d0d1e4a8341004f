//! Inputs from outside: what is read, what is refused, and that all of it is told without what was sent.

mod array;
mod branches;
mod circle;
mod compared;
mod decided;
mod free;
mod free_object;
mod head;
mod language;
mod listed;
mod long;
mod marked;
mod media;
mod named;
mod nested;
mod number;
mod one_of;
mod optional;
mod own_bounds;
mod packed;
mod published;
mod query;
mod raw;
mod rules;
mod scalar;
mod setters;
mod streamed;
mod text;
mod untagged;
mod upload;
mod values;
mod wire;

use axum::{
    http::{HeaderMap, HeaderName, HeaderValue},
    response::IntoResponse,
};
use http_body_util::BodyExt;
use proptest::prelude::*;
use secure_api::{
    __private::Shape,
    error::Problem,
    input::{Input, InvalidValue, Leaf, Media, check_content_type, decode_body, decode_query},
    prelude::*,
};
use uuid::Uuid;

const LONGEST_NOTE: usize = 20;
const MOST: u32 = 1000;
type Note = String;

/// A new order.
#[derive(Input, Debug)]
struct NewOrder {
    #[input(email)]
    customer_email: String,
    /// The note for the courier.
    #[input(text, max_len = LONGEST_NOTE)]
    note: Option<Note>,
    #[input(items = 1..=3)]
    items: Vec<NewItem>,
    #[input(items = 0..=3, each(min_len = 2, max_len = 8))]
    tags: Option<Vec<String>>,
    status: Option<Status>,
    #[input(max_len = 8)]
    password: Option<Secret<String>>,
    r#type: Option<bool>,
}

#[derive(Input, Debug)]
struct NewItem {
    #[input(pattern = "[A-Z0-9-]{3,32}")]
    sku: Sku,
    #[input(range = 1..=MOST)]
    qty: u32,
    #[input(range = -0.5..0.5)]
    discount: Option<f64>,
}

type Sku = String;

#[derive(Value, Debug, PartialEq)]
enum Status {
    InTransit,
    #[value(name = "DONE")]
    Done,
}

#[derive(Value, Debug, PartialEq)]
struct OrderId(Uuid);

#[derive(Value, Debug, PartialEq)]
#[value(text, min_len = 2, max_len = 5, unowned = "a code is public")]
struct Code(String);

#[derive(Value, Debug, PartialEq)]
#[value(range = 0..=100)]
struct Percent(u8);

/// Returns pointer and code of every mistake in a body.
fn mistakes(problem: Problem) -> Vec<(String, String)> {
    let document = document(problem);
    let errors = document["errors"].as_array().cloned().unwrap_or_default();
    let text = |value: &serde_json::Value| value.as_str().unwrap_or_default().to_owned();
    errors.iter().map(|error| (text(&error["pointer"]), text(&error["code"]))).collect()
}

fn document(problem: Problem) -> serde_json::Value {
    serde_json::from_slice(&body_of(problem)).expect("a problem document")
}

fn body_of(problem: Problem) -> Vec<u8> {
    let runtime = tokio::runtime::Builder::new_current_thread().build().expect("a runtime");
    let body = problem.into_response().into_body();
    runtime.block_on(body.collect()).expect("a body in memory").to_bytes().to_vec()
}

fn refused<T: Input>(body: &str) -> (u16, Vec<(String, String)>) {
    match decode_body::<T>(body.as_bytes()) {
        Ok(_) => panic!("accepted: {body}"),
        Err(problem) => (problem.kind().status().as_u16(), mistakes(problem)),
    }
}

fn pairs(expected: &[(&str, &str)]) -> Vec<(String, String)> {
    expected.iter().map(|(one, other)| ((*one).to_owned(), (*other).to_owned())).collect()
}

#[test]
fn a_body_within_its_bounds_is_read_and_cleaned() {
    let body = "{\"customer_email\": \"a@b.example\", \"note\": \" e\u{301}\\r\\n\\u0007 \", \
                \"items\": [{\"sku\": \"TEA-1\", \"qty\": 2.0, \"discount\": 0.25}], \"tags\": null, \
                \"status\": \"in-transit\", \"password\": \" \\n \", \"type\": true}";
    let order: NewOrder = decode_body(body.as_bytes()).expect("an order");
    assert_eq!(order.customer_email, "a@b.example");
    assert_eq!(order.note.as_deref(), Some("é"));
    assert_eq!((order.items[0].sku.as_str(), order.items[0].qty), ("TEA-1", 2));
    assert_eq!(order.items[0].discount, Some(0.25));
    assert_eq!(
        (order.tags, order.status, order.r#type),
        (None, Some(Status::InTransit), Some(true))
    );
    // A secret is taken as it was sent.
    assert_eq!(order.password.as_ref().map(|secret| secret.expose().as_str()), Some(" \n "));
    assert_eq!(format!("{:?}", order.password), "Some(Secret(…))");
}

// R80
#[test]
fn every_mistake_of_a_body_is_told_by_its_place() {
    let body = r#"{
        "customer_email": "nobody", "note": 7, "role": "admin", "a/b~c": 1,
        "items": [{"sku": "TEA-1", "qty": 2}, {"sku": "tea", "qty": 1001, "discount": 0.5}, {"qty": -1, "x": 1}],
        "tags": ["ab", "a", null], "status": "Done", "password": "too long to be one", "type": "true"
    }"#;
    let (status, mistakes) = refused::<NewOrder>(body);
    assert_eq!(status, 422);
    let expected = [
        ("/customer_email", "email"),
        ("/note", "type"),
        ("/role", "unknown"),
        ("/a~1b~0c", "unknown"),
        ("/items/1/sku", "pattern"),
        ("/items/1/qty", "range"),
        ("/items/1/discount", "range"),
        ("/items/2/qty", "range"),
        ("/items/2/x", "unknown"),
        ("/items/2/sku", "required"),
        ("/tags/1", "length"),
        ("/tags/2", "type"),
        ("/status", "choice"),
        ("/password", "length"),
        ("/type", "type"),
    ];
    assert_eq!(mistakes, pairs(&expected));
}

#[test]
fn what_is_required_is_neither_left_out_nor_null() {
    let (_, mistakes) = refused::<NewOrder>(r#"{"items": null}"#);
    assert_eq!(mistakes, pairs(&[("/items", "type"), ("/customer_email", "required")]));
    assert_eq!(refused::<NewOrder>("[]"), (422, pairs(&[("", "type")])));
}

// R79
#[test]
fn a_list_beyond_its_bounds_is_not_looked_into() {
    let body = r#"{"customer_email": "a@b.example", "items": [1, 2, 3, 4]}"#;
    assert_eq!(refused::<NewOrder>(body).1, pairs(&[("/items", "items")]));
    let body = r#"{"customer_email": "a@b.example", "items": []}"#;
    assert_eq!(refused::<NewOrder>(body).1, pairs(&[("/items", "items")]));
}

// R80
#[test]
fn at_most_fifty_mistakes_are_told() {
    let members: Vec<_> = (0..80).map(|index| format!("\"x{index}\": 1")).collect();
    let (status, mistakes) = refused::<NewItem>(&format!("{{{}}}", members.join(", ")));
    assert_eq!((status, mistakes.len()), (422, 50));
}

// R80
#[test]
fn what_is_not_acceptable_json_is_malformed() {
    let deep = format!("{}{}", "[".repeat(33), "]".repeat(33));
    let many = format!("[{}1]", "1,".repeat(100_000));
    let cases: &[(&str, &str, &str)] = &[
        ("", "", "syntax"),
        ("{", "", "syntax"),
        ("{} {}", "", "syntax"),
        (r#"{"a": 1, "a": 2}"#, "/a", "duplicate"),
        (r#"{"items": [{}, {"q": {"a": 1, "\u0061": 2}}]}"#, "/items/1/q/a", "duplicate"),
        (&deep, &"/0".repeat(32), "depth"),
        (&many, "/99999", "size"),
    ];
    for (body, pointer, code) in cases {
        assert_eq!(refused::<NewOrder>(body), (400, pairs(&[(pointer, code)])), "{code}");
    }
    let problem = decode_body::<NewItem>(b"{\"sku\": \"\xFF\"}").expect_err("no UTF-8");
    assert_eq!(problem.kind().status(), 400);
}

// R85
#[test]
fn control_characters_stay_out() {
    for sku in [r"TEA\u0000", r"TEA\u0007", r"TEA\n", r"TEA\u202e"] {
        let body = format!(r#"{{"sku": "{sku}", "qty": 1}}"#);
        assert_eq!(refused::<NewItem>(&body).1, pairs(&[("/sku", "characters")]), "{sku}");
    }
    let body = r#"{"customer_email": "a@b.example", "items": [{"sku": "TEA", "qty": 1}], "note": "a\u0000"}"#;
    assert_eq!(refused::<NewOrder>(body).1, pairs(&[("/note", "characters")]));
    for password in [r"a\u0000", r"\u0007", r"a\u001bb", r"\u0085", r"\u007f"] {
        let body = format!(
            r#"{{"customer_email": "a@b.example", "items": [{{"sku": "TEA", "qty": 1}}], "password": "{password}"}}"#
        );
        assert_eq!(
            refused::<NewOrder>(&body).1,
            pairs(&[("/password", "characters")]),
            "{password}"
        );
    }
    let kept = "{\"customer_email\": \"a@b.example\", \"items\": [{\"sku\": \"TEA\", \"qty\": 1}], \
                \"note\": \"a\\u202e\\tb\\rc\"}";
    let order: NewOrder = decode_body(kept.as_bytes()).expect("an order");
    assert_eq!(order.note.as_deref(), Some("a\tb\nc"));
}

#[test]
fn text_is_cleaned_before_it_is_measured() {
    let note = |note: &str| {
        format!(
            r#"{{"customer_email": "a@b.example", "items": [{{"sku": "TEA", "qty": 1}}], "note": "{note}"}}"#
        )
    };
    // Twenty letters of two code points each, and white space around them.
    let decomposed = format!("   {}   ", "e\u{301}".repeat(20));
    assert!(decode_body::<NewOrder>(note(&decomposed).as_bytes()).is_ok());
    assert_eq!(refused::<NewOrder>(&note(&"é".repeat(21))).1, pairs(&[("/note", "length")]));
}

#[test]
fn the_shape_is_what_is_enforced() {
    let shape = NewOrder::object_shape();
    assert_eq!((shape.name, shape.description), ("NewOrder", "A new order."));
    let fields = (shape.fields)();
    let named = |name: &str| fields.iter().find(|field| field.name == name).expect("a field");
    let text = |min_length, max_length, pattern, format| Shape::Text {
        min_length,
        max_length,
        pattern,
        format,
    };
    assert_eq!(named("customer_email").shape, text(0, 254, None, Some("email")));
    assert!(named("customer_email").required && !named("note").required);
    // Free text is refused for NUL alone.
    let Shape::Nullable(note) = &named("note").shape else { panic!("a note may be missing") };
    assert!(matches!(&**note, Shape::Ruled(inner, rules) if **inner == text(0, 20, None, None)
        && rules.without == Some(r"\u0000")));
    assert_eq!(named("note").description, "The note for the courier.");
    assert!(matches!(&named("items").shape, Shape::List { min_items: 1, max_items: 3, .. }));
    let item = NewItem::field_shapes();
    assert_eq!(item[0].shape, text(3, 32, Some("^(?:[A-Z0-9-]{3,32})$"), None));
    assert_eq!(item[1].shape, Shape::Integer { minimum: 1, maximum: 1000 });
    assert_eq!(Percent::shape(), Shape::Integer { minimum: 0, maximum: 100 });
    assert_eq!(Status::shape(), Shape::Choice(&["in-transit", "DONE"]));
}
