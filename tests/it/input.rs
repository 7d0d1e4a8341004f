//! Inputs from outside: what is read, what is refused, and that all of it is told without what was sent.

mod language;
mod own_bounds;
mod rules;
mod setters;
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
    error::Problem,
    input::{Input, InvalidValue, Leaf, Media, check_content_type, decode_body, decode_query},
    prelude::*,
    shape::Shape,
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

#[derive(Input, Debug)]
struct Search {
    #[input(text, max_len = 40)]
    q: Option<String>,
    #[input(range = 1..=100)]
    limit: Option<u8>,
    #[input(range = 0.0..=1.0)]
    share: Option<f32>,
    deep: Option<bool>,
    code: Option<Code>,
}

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
                \"status\": \"in-transit\", \"password\": \" \\u0007 \", \"type\": true}";
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
    assert_eq!(order.password.as_ref().map(|secret| secret.expose().as_str()), Some(" \u{7} "));
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
fn a_whole_number_is_exact_or_refused() {
    let qty = |qty: &str| format!(r#"{{"sku": "TEA", "qty": {qty}}}"#);
    for accepted in ["1", "1000", "1e2", "7.0"] {
        assert!(decode_body::<NewItem>(qty(accepted).as_bytes()).is_ok(), "{accepted}");
    }
    for (refused_text, code) in [
        ("0", "range"),
        ("1001", "range"),
        ("4294967297", "range"),
        ("18446744073709551617", "range"),
        ("1e300", "range"),
        ("1.5", "type"),
        ("\"1\"", "type"),
        ("true", "type"),
    ] {
        let found = refused::<NewItem>(&qty(refused_text)).1;
        assert_eq!(found, pairs(&[("/qty", code)]), "{refused_text}");
    }
}

// R84
#[test]
fn a_query_is_read_strictly() {
    let search: Search =
        decode_query(Some("q=a+b%20%C3%A9&limit=7&share=0.5&deep=true&code=ab")).expect("a search");
    assert_eq!(search.q.as_deref(), Some("a b é"));
    assert_eq!((search.limit, search.share, search.deep), (Some(7), Some(0.5), Some(true)));
    assert_eq!(search.code, Some(Code::new("ab".to_owned()).expect("a code")));
    for none in [None, Some("")] {
        assert!(decode_query::<Search>(none).is_ok_and(|search| search.q.is_none()));
    }
    let cases = [
        ("limit=1&limit=1", "limit", "repeated"),
        ("limit=1&lim%69t=1", "limit", "repeated"),
        ("page=1", "page", "unknown"),
        ("limit=101", "limit", "range"),
        ("limit=+7", "limit", "type"),
        ("limit=07", "limit", "type"),
        ("limit=", "limit", "type"),
        ("deep", "deep", "type"),
        ("share=.5", "share", "type"),
        ("share=NaN", "share", "type"),
        ("code=a", "code", "length"),
        ("q=%zz", "q", "encoding"),
        ("q=%2", "q", "encoding"),
        ("q=%FF", "q", "encoding"),
        ("q=%00", "q", "characters"),
        ("q=%0A", "q", "characters"),
        ("q=%252e", "q", "encoding"),
        ("=1", "", "syntax"),
        ("q=1&", "", "syntax"),
    ];
    for (query, pointer, code) in cases {
        let problem = decode_query::<Search>(Some(query)).expect_err(query);
        assert_eq!(problem.kind().status(), 400, "{query}");
        assert_eq!(mistakes(problem), pairs(&[(pointer, code)]), "{query}");
    }
    let many = decode_query::<Search>(Some("page=1&limit=0")).expect_err("two mistakes");
    assert_eq!(mistakes(many).len(), 2);
}

// R80
#[test]
fn a_name_that_is_not_to_be_repeated_is_not() {
    let long = "x".repeat(65);
    assert_eq!(
        refused::<NewItem>(&format!(r#"{{"sku": "TEA", "qty": 1, "{long}": 1}}"#)).1,
        pairs(&[("", "unknown")])
    );
    let problem = decode_query::<Search>(Some(&format!("{long}=1"))).expect_err("unknown");
    assert_eq!(mistakes(problem), pairs(&[("", "unknown")]));
}

// R83
#[test]
fn a_body_says_that_it_is_json() {
    let check = |headers: &[(&'static str, &'static str)]| {
        let headers: HeaderMap = headers
            .iter()
            .map(|(name, value)| (HeaderName::from_static(name), HeaderValue::from_static(value)))
            .collect();
        check_content_type(&headers, Media::Json)
    };
    for accepted in [
        "application/json",
        "Application/JSON; charset=UTF-8",
        "application/json;charset=\"utf-8\"",
    ] {
        assert!(check(&[("content-type", accepted)]).is_ok(), "{accepted}");
    }
    let plain = [("content-type", "application/json"), ("content-encoding", "identity")];
    assert!(check(&plain).is_ok());
    for refused in [
        "text/plain",
        "application/json; charset=latin1",
        "application/json; charset",
        "application/json; boundary=x",
        "application/jsonp",
        "application/json, text/plain",
        "",
    ] {
        let problem = check(&[("content-type", refused)]).expect_err(refused);
        let response = problem.into_response();
        assert_eq!(
            (response.status().as_u16(), &response.headers()["accept"]),
            (415, &HeaderValue::from_static("application/json"))
        );
    }
    assert!(check(&[]).is_err());
    let coded = [("content-type", "application/json"), ("content-encoding", "gzip")];
    let response = check(&coded).expect_err("coded").into_response();
    assert_eq!(
        (response.status().as_u16(), &response.headers()["accept-encoding"]),
        (415, &HeaderValue::from_static("identity"))
    );
    let mut twice = HeaderMap::new();
    for value in ["application/json", "text/plain"] {
        twice.append("content-type", HeaderValue::from_static(value));
    }
    assert!(check_content_type(&twice, Media::Json).is_err());
}

#[test]
fn a_value_has_one_text_and_its_own_bounds() {
    let id = "2f1b6a3e-7d55-4c1e-9a58-0d4f3c9a7b10";
    let order: OrderId = id.parse().expect("an id");
    assert_eq!(order.to_string(), id);
    assert_eq!(OrderId::new(order.get()), order);
    assert!("2f1b6a3e7d554c1e9a580d4f3c9a7b10".parse::<OrderId>().is_err());
    assert_eq!(
        Code::new(" ab ".to_owned()).map(|code| code.as_str().to_owned()),
        Ok("ab".to_owned())
    );
    let invalid: InvalidValue = Code::new("a".to_owned()).expect_err("too short");
    assert_eq!((invalid.code, invalid.to_string().as_str()), ("length", "from 2 to 5 characters"));
    assert_eq!((Code::UNOWNED, OrderId::UNOWNED), (Some("a code is public"), None));
    assert_eq!(Percent::new(100).map(|percent| percent.get()), Ok(100));
    assert!(Percent::new(101).is_err() && "101".parse::<Percent>().is_err());
    assert_eq!("DONE".parse(), Ok(Status::Done));
    assert_eq!(Status::InTransit.as_str(), "in-transit");
    assert!("done".parse::<Status>().is_err());
}

#[test]
fn times_are_rfc_3339() {
    use jiff::{Timestamp, civil::Date};
    for text in ["2026-06-01T12:00:00Z", "2026-06-01T12:00:00.123456789+02:00"] {
        assert!(<Timestamp as Leaf>::parse(text).is_ok(), "{text}");
    }
    for text in [
        "2026-06-01",
        "2026-06-01 12:00:00Z",
        "2026-06-01T12:00:00",
        "2026-06-01T12:00:00.Z",
        "2026-06-01T12:00:00Z[UTC]",
        "2026-06-01T25:00:00Z",
        "20260601T120000Z",
        "",
    ] {
        assert!(<Timestamp as Leaf>::parse(text).is_err(), "{text}");
    }
    assert!(<Date as Leaf>::parse("2024-02-29").is_ok());
    for text in ["2023-02-29", "20240229", "2024-02-29T00:00:00", "+002024-02-29"] {
        assert!(<Date as Leaf>::parse(text).is_err(), "{text}");
    }
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
    assert_eq!(named("note").shape, Shape::Nullable(Box::new(text(0, 20, None, None))));
    assert_eq!(named("note").description, "The note for the courier.");
    assert!(matches!(&named("items").shape, Shape::List { min_items: 1, max_items: 3, .. }));
    let item = NewItem::field_shapes();
    assert_eq!(item[0].shape, text(3, 32, Some("^(?:[A-Z0-9-]{3,32})$"), None));
    assert_eq!(item[1].shape, Shape::Integer { minimum: 1, maximum: 1000 });
    assert_eq!(Percent::shape(), Shape::Integer { minimum: 0, maximum: 100 });
    assert_eq!(Status::shape(), Shape::Choice(&["in-transit", "DONE"]));
}

const MARK: &str = "mArK3r";

/// Returns an object of the names that the input has, and others; every text in it holds the mark.
fn marked() -> impl Strategy<Value = serde_json::Value> {
    let leaf = prop_oneof![
        Just(serde_json::Value::Null),
        any::<bool>().prop_map(Into::into),
        Just(770_077_007_700_u64.into()),
        ".{0,12}".prop_map(|text| format!("{text}{MARK}").into()),
    ];
    let any = leaf.prop_recursive(3, 24, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(serde_json::Value::from),
            object_of(inner),
        ]
    });
    object_of(any)
}

fn object_of(
    value: impl Strategy<Value = serde_json::Value>,
) -> impl Strategy<Value = serde_json::Value> {
    let names = vec![
        "customer_email",
        "note",
        "items",
        "tags",
        "status",
        "password",
        "type",
        "sku",
        "qty",
        "discount",
        "other",
    ];
    let member = (prop::sample::select(names), value);
    prop::collection::vec(member, 1..8).prop_map(|members| {
        members.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
    })
}

proptest! {
    // R74
    #[test]
    fn no_answer_repeats_a_value(body in marked(), cut in 0_usize..400) {
        let body = body.to_string();
        let end = (0..=cut.min(body.len())).rev().find(|end| body.is_char_boundary(*end)).unwrap_or(0);
        for text in [body.as_str(), &body[..end]] {
            if let Err(problem) = decode_body::<NewOrder>(text.as_bytes()) {
                let debug = format!("{problem:?}");
                let answer = String::from_utf8(body_of(problem)).expect("JSON is UTF-8");
                for told in [debug, answer] {
                    prop_assert!(!told.contains(MARK) && !told.contains("770077007700"), "{told}");
                }
            }
        }
    }

    // R74
    #[test]
    fn no_answer_to_a_query_repeats_a_value(name in "[a-z]{1,8}|q|limit|share|deep|code", value in "[ -~]{0,9}") {
        let query = format!("{name}={MARK}{value}");
        if let Err(problem) = decode_query::<Search>(Some(&query)) {
            let answer = String::from_utf8(body_of(problem)).expect("JSON is UTF-8");
            prop_assert!(!answer.contains(MARK), "{answer}");
        }
    }

    #[test]
    fn whatever_the_bytes_are_nothing_panics(bytes in prop::collection::vec(any::<u8>(), 0..200), query in ".{0,60}") {
        let _ = decode_body::<NewOrder>(&bytes);
        let _ = decode_query::<Search>(Some(&query));
    }
}
