//! Enums without a tag: the JSON itself tells the variant, or the first that fits is taken.

use secure_api::{
    app::AppBuilder,
    docs::openapi_json,
    input::decode_body,
    prelude::*,
    testing::{self, Check, json},
};

use serde_json::Value;

use super::{pairs, refused};

#[derive(Role)]
enum Role {
    Member,
}

#[derive(Version)]
enum Version {
    V1,
}

#[derive(Value, Debug, PartialEq, Clone, Copy)]
enum Circle {
    Circle,
}

#[derive(Value, Debug, PartialEq, Clone, Copy)]
enum Square {
    Square,
}

#[derive(Input, Debug, PartialEq)]
struct Round {
    form: Circle,
    #[input(range = 1..=9)]
    size: u8,
}

#[derive(Input, Debug, PartialEq)]
struct Cornered {
    form: Square,
    #[input(range = 1..=9)]
    size: u8,
}

/// Two points.
#[derive(Input, Debug, PartialEq)]
struct Line {
    #[input(range = 0..=9)]
    from: u8,
    #[input(range = 0..=9)]
    to: u8,
    #[input(max_len = 5)]
    name: Option<String>,
}

/// A thing that is drawn.
#[derive(Input, Debug, PartialEq)]
#[input(untagged, check = Figure::is_long)]
enum Figure {
    Round(Round),
    Cornered(Box<Cornered>),
    /// A way from here to there.
    Line(Line),
    Named(#[input(max_len = 5)] String),
    Sized(#[input(range = 1..=9, check = is_odd)] u8),
    Shown(bool),
    Several(#[input(items = 1..=2, each(range = 1..=3))] Vec<u8>),
}

fn is_odd(size: &u8) -> Result<(), InvalidValue> {
    if size % 2 == 1 { Ok(()) } else { Err(InvalidValue::new("odd", "an odd number")) }
}

impl Figure {
    fn is_long(&self) -> Result<(), InvalidValue> {
        match self {
            Self::Line(line) if line.from == line.to => {
                Err(InvalidValue::new("length", "two points").at("to"))
            }
            _ => Ok(()),
        }
    }
}

#[derive(Input, Debug)]
struct Picture {
    #[input(items = 1..=3)]
    figures: Vec<Figure>,
    frame: Option<Figure>,
}

/// A text, and the first that fits.
#[derive(Input, Debug, PartialEq)]
#[input(untagged, ordered, reason = "the contract of the old client has a short form")]
enum Word {
    Short(#[input(max_len = 2)] String),
    Long(#[input(min_len = 4, max_len = 8)] String),
    Part(Part),
    Whole(Whole),
}

#[derive(Input, Debug, PartialEq)]
struct Part {
    #[input(range = 1..=9)]
    size: u8,
}

#[derive(Input, Debug, PartialEq)]
struct Whole {
    #[input(range = 5..=99)]
    size: u8,
    #[input(max_len = 3)]
    name: Option<String>,
}

#[derive(Input, Debug)]
struct Text {
    word: Word,
}

fn figure(text: &str) -> Figure {
    let body = format!(r#"{{"figures": [{text}]}}"#);
    let picture: Picture = decode_body(body.as_bytes()).unwrap_or_else(|_| panic!("{text}"));
    assert_eq!(picture.frame, None);
    picture.figures.into_iter().next().expect("one")
}

// R80
#[test]
fn the_json_itself_tells_the_variant() {
    for (text, read) in [
        (
            r#"{"form": "circle", "size": 3}"#,
            Figure::Round(Round { form: Circle::Circle, size: 3 }),
        ),
        (
            r#"{"size": 3, "form": "square"}"#,
            Figure::Cornered(Box::new(Cornered { form: Square::Square, size: 3 })),
        ),
        (r#"{"from": 1, "to": 2}"#, Figure::Line(Line { from: 1, to: 2, name: None })),
        (r#""abc""#, Figure::Named("abc".to_owned())),
        ("7", Figure::Sized(7)),
        ("false", Figure::Shown(false)),
        ("[1, 3]", Figure::Several(vec![1, 3])),
    ] {
        assert_eq!(figure(text), read);
    }
}

// R81: a mistake is told of the variant that was meant, and of no other.
#[test]
fn mistakes_are_told_of_the_nearest_variant() {
    let any = "/figures/0";
    for (text, told) in [
        (r#"{"form": "circle", "size": 0}"#, &[("/size", "range")][..]),
        (r#"{"form": "square", "size": 1, "more": 1}"#, &[("/more", "unknown")]),
        (r#"{"form": "square"}"#, &[("/size", "required")]),
        (r#"{"from": 1}"#, &[("/to", "required")]),
        (r#"{"from": 1, "to": 1}"#, &[("/to", "length")]),
        (r#"{"from": 10, "to": 1, "name": "abcdef"}"#, &[("/from", "range"), ("/name", "length")]),
        (r#"{"form": "oval", "size": 1}"#, &[("/form", "choice")]),
        (r#""abcdef""#, &[("", "length")]),
        ("8", &[("", "odd")]),
        ("[4]", &[("/0", "range")]),
        ("[]", &[("", "items")]),
        ("null", &[("", "type")]),
    ] {
        let told: Vec<_> = told
            .iter()
            .map(|(place, code)| (format!("{any}{place}"), (*code).to_owned()))
            .collect();
        assert_eq!(
            refused::<Picture>(&format!(r#"{{"figures": [{text}]}}"#)),
            (422, told),
            "{text}"
        );
    }
    let null: Picture =
        decode_body(br#"{"figures": [1], "frame": null}"#).unwrap_or_else(|_| panic!("null"));
    assert_eq!(null.frame, None);
}

// R80: an order decides only where it is said, and then what fits in whole.
#[test]
fn the_first_that_fits_is_taken_where_that_is_said() {
    for (text, read) in [
        (r#""ab""#, Ok(Word::Short("ab".to_owned()))),
        (r#""abcd""#, Ok(Word::Long("abcd".to_owned()))),
        (r#"{"size": 7}"#, Ok(Word::Part(Part { size: 7 }))),
        (r#"{"size": 10}"#, Ok(Word::Whole(Whole { size: 10, name: None }))),
        (
            r#"{"size": 7, "name": "abc"}"#,
            Ok(Word::Whole(Whole { size: 7, name: Some("abc".to_owned()) })),
        ),
        (r#""abc""#, Err(&[("/word", "length")][..])),
        (r#"{"size": 100}"#, Err(&[("/word/size", "range")])),
        (r#"{"size": 7, "name": "abcd"}"#, Err(&[("/word/name", "length")])),
        ("7", Err(&[("/word", "type")])),
    ] {
        let body = format!(r#"{{"word": {text}}}"#);
        match read {
            Ok(read) => {
                let text: Text = decode_body(body.as_bytes()).unwrap_or_else(|_| panic!("{text}"));
                assert_eq!(text.word, read);
            }
            Err(told) => assert_eq!(refused::<Text>(&body), (422, pairs(told)), "{text}"),
        }
    }
}

/// Draws.
#[post("/pictures", version = Version::V1, role = Role::Member)]
async fn draw(Json(picture): Json<Picture>) -> Accepted {
    assert!(!picture.figures.is_empty());
    Accepted
}

/// Draws one figure.
#[post("/figures", version = Version::V1, role = Role::Member)]
async fn draw_one(Json(_figure): Json<Figure>) -> Accepted {
    Accepted
}

/// Writes.
#[post("/words", version = Version::V1, role = Role::Member)]
async fn write(Json(_text): Json<Text>) -> Accepted {
    Accepted
}

/// Pictures.
#[api(roles = Role, versions = Version, limit = Limit::per_principal(6000).per_minute(), routes(draw, draw_one, write))]
struct Pictures;

fn app() -> AppBuilder {
    Pictures::app().tokens(testing::issuer()).clock(testing::at("2026-11-30"))
}

#[test]
fn the_document_says_one_of_them_or_the_first_that_fits() {
    let document: Value =
        serde_json::from_str(&openapi_json(&Pictures::API.model(), "v1").expect("a version"))
            .expect("JSON");
    let schemas = &document["components"]["schemas"];
    let figure = &schemas["Figure"];
    assert_eq!(figure["description"], "A thing that is drawn.");
    let forms = figure["oneOf"].as_array().expect("one of them");
    assert_eq!(forms.len(), 7);
    assert_eq!(forms[0]["$ref"], "#/components/schemas/Round");
    assert_eq!((&forms[3]["type"], &forms[3]["maxLength"]), (&json!("string"), &json!(5)));
    assert_eq!((&forms[6]["type"], &forms[6]["maxItems"]), (&json!("array"), &json!(2)));
    let word = &schemas["Word"];
    assert_eq!((word.get("oneOf"), word["anyOf"].as_array().map(Vec::len)), (None, Some(4)));
    let told = word["description"].as_str().expect("the order");
    assert!(told.contains("Short, Long, Part, Whole") && told.contains("the old client"), "{told}");
    let body = &document["paths"]["/v1/figures"]["post"]["requestBody"]["content"];
    assert_eq!(body["application/json"]["schema"]["$ref"], "#/components/schemas/Figure");
}

#[tokio::test]
async fn what_fits_no_variant_is_attacked() {
    let verified = testing::verify(app()).await;
    for check in [Check::Bounds, Check::Members] {
        assert!(verified.kept(check) > 0, "{check} was not tried\n{verified}");
    }
}

#[tokio::test]
async fn a_whole_body_has_one_of_the_forms() {
    let client = testing::client(app()).expect("an app that starts");
    let member = client.as_caller(Role::Member, "alice");
    for body in [json!("abc"), json!({ "from": 1, "to": 2 }), json!([1])] {
        member.post("/v1/figures").json(body).await.assert_status(202);
    }
    for body in [json!("abcdef"), json!({ "from": 1 }), json!(null)] {
        member.post("/v1/figures").json(body).await.assert_status(422);
    }
}
