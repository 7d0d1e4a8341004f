//! Numbers, maps, tokens, answers and documents, where another crate has turned on what changes how JSON is read.

use std::collections::BTreeMap;

use secure_api::{
    docs::openapi_json,
    input::{decode_body, decode_query},
    inventory::ApiModel,
    prelude::*,
    testing,
};

#[derive(Role, Debug)]
enum Role {
    Member,
}

#[derive(Version)]
enum Version {
    V1,
}

/// A measurement.
#[derive(Input, Debug)]
struct Sample {
    #[input(range = i64::MIN..=i64::MAX)]
    whole: Option<i64>,
    #[input(range = 0..=u64::MAX)]
    large: Option<u64>,
    #[input(range = -1000.0..=1000.0)]
    fraction: Option<f64>,
    #[input(range = 0.0..1.0)]
    single: Option<f32>,
    #[input(items = 0..=3, keys(max_len = 40), each(max_len = 40))]
    texts: Option<BTreeMap<String, String>>,
    #[input(items = 0..=3, unique, each(range = 0..=9))]
    list: Option<Vec<u8>>,
    #[input(max_len = 40)]
    text: Option<String>,
    nested: Option<Inner>,
}

#[derive(Input, Debug)]
struct Inner {
    #[input(range = 0..=9)]
    digit: u8,
}

/// The samples as they are kept.
#[derive(Resource)]
#[view(KeptView, role = Role::Member, fields(whole, large, fraction, single, texts))]
struct Kept {
    whole: i64,
    large: u64,
    fraction: f64,
    single: f32,
    texts: BTreeMap<String, String>,
}

/// Keeps a sample.
#[put("/sample", version = Version::V1, role = Role::Member, view = KeptView)]
async fn keep(Json(sample): Json<Sample>) -> Kept {
    Kept {
        whole: sample.whole.unwrap_or_default(),
        large: sample.large.unwrap_or_default(),
        fraction: sample.fraction.unwrap_or_default(),
        single: sample.single.unwrap_or_default(),
        texts: sample.texts.unwrap_or_default(),
    }
}

/// Samples.
#[api(roles = Role, versions = Version, limit = Limit::per_principal(100).per_minute(), routes(keep))]
struct Samples;

fn read(body: &str) -> Sample {
    decode_body(body.as_bytes()).unwrap_or_else(|problem| panic!("{body}: {problem:?}"))
}

/// Returns the status of a refusal, and the first mistake's code.
fn refused(body: &str) -> (u16, String) {
    let problem = decode_body::<Sample>(body.as_bytes()).map(|_| ()).expect_err(body);
    let told = format!("{problem:?}");
    let code = told.split("code: \"").nth(1).and_then(|rest| rest.split('"').next());
    (problem.kind().status().as_u16(), code.unwrap_or_default().to_owned())
}

fn told(status: u16, code: &str) -> (u16, String) {
    (status, code.to_owned())
}

#[test]
fn numbers_are_read_from_their_text() {
    assert_eq!(read(r#"{"text": "1.5"}"#).text.as_deref(), Some("1.5"));
    let sample = read(
        r#"{"whole": -9223372036854775808, "large": 18446744073709551615, "fraction": 1.5, "single": 0.25,
            "nested": {"digit": 7.0}, "list": [1, 2e0]}"#,
    );
    assert_eq!((sample.whole, sample.large), (Some(i64::MIN), Some(u64::MAX)));
    assert_eq!((sample.fraction, sample.single), (Some(1.5), Some(0.25)));
    assert_eq!((sample.nested.map(|inner| inner.digit), sample.list), (Some(7), Some(vec![1, 2])));
    assert_eq!(read(r#"{"fraction": 0.1}"#).fraction.map(f64::to_bits), Some(0.1_f64.to_bits()));
    assert_eq!(read(r#"{"whole": 9007199254740993e0}"#).whole, Some(9_007_199_254_740_993));
    for (body, code) in [
        (r#"{"whole": 4503599627370497.5}"#, "type"),
        (r#"{"whole": 0.9999999999999999}"#, "type"),
        (r#"{"whole": 9223372036854775808}"#, "range"),
        (r#"{"whole": 1E400}"#, "range"),
        (r#"{"fraction": 1E400}"#, "range"),
        (r#"{"single": 0.99999999}"#, "range"),
        (r#"{"list": [1, 1.0]}"#, "unique"),
        (r#"{"text": 1.5}"#, "type"),
        (r#"{"nested": 1.5}"#, "type"),
        (r#"{"nested": 1}"#, "type"),
    ] {
        assert_eq!(refused(body), told(422, code), "{body}");
    }
    for body in [r#"{"whole": 01}"#, r#"{"whole": +1}"#, r#"{"whole": 1.}"#, r#"{"whole": NaN}"#] {
        assert_eq!(refused(body), told(400, "syntax"), "{body}");
    }
    let query = decode_query::<Query_>(Some("fraction=1.5&whole=7")).expect("a query");
    assert_eq!((query.fraction, query.whole), (1.5, 7));
}

#[derive(Input, Debug)]
struct Query_ {
    #[input(range = 0.0..=9.0)]
    fraction: f64,
    #[input(range = 0..=9)]
    whole: u8,
}

// R80
#[test]
fn a_number_is_no_map_and_a_map_no_number() {
    const NUMBER: &str = "$serde_json::private::Number";
    const RAW: &str = "$serde_json::private::RawValue";
    assert_eq!(refused(r#"{"texts": 1.5}"#), told(422, "type"));
    assert_eq!(refused(r#"{"texts": 15}"#), told(422, "type"));
    for name in [NUMBER, RAW] {
        let sample = read(&format!(r#"{{"texts": {{"{name}": "1.5"}}}}"#));
        assert_eq!(sample.texts, Some(BTreeMap::from([(name.to_owned(), "1.5".to_owned())])));
        assert_eq!(refused(&format!(r#"{{"fraction": {{"{name}": "1.5"}}}}"#)), told(422, "type"));
        assert_eq!(refused(&format!(r#"{{"whole": {{"{name}": "1"}}}}"#)), told(422, "type"));
        assert_eq!(refused(&format!(r#"{{"text": {{"{name}": "\"a\""}}}}"#)), told(422, "type"));
        assert_eq!(refused(&format!(r#"{{"{name}": "1.5"}}"#)), told(422, "unknown"));
    }
}

// R80
#[test]
fn depth_and_repetition_are_bounded() {
    let deep = format!("{}{}", "[".repeat(5000), "]".repeat(5000));
    assert_eq!(refused(&deep), told(400, "depth"));
    assert_eq!(refused(r#"{"whole": 1, "whole": 2}"#), told(400, "duplicate"));
}

#[tokio::test(flavor = "current_thread")]
async fn a_request_is_answered_with_its_numbers() {
    let client =
        testing::client(Samples::app().tokens(testing::issuer())).expect("an app that starts");
    let member = client.as_caller(Role::Member, "alice");
    let body = r#"{"whole": -1, "large": 18446744073709551615, "fraction": 0.1, "single": 0.5, "texts": {"b": "1", "a": "2"}}"#;
    let reply = member.request("PUT", "/v1/sample").body("application/json", body).await;
    reply.assert_status(200);
    assert_eq!(
        reply.text(),
        r#"{"whole":-1,"large":18446744073709551615,"fraction":0.1,"single":0.5,"texts":{"a":"2","b":"1"}}"#
    );
    let reply = client.request("PUT", "/v1/sample").body("application/json", body).await;
    reply.assert_status(401);
    // A fraction in a token is a number too.
    let exact = client.as_caller(Role::Member, "alice").claim("nbf", 1.5);
    exact.request("PUT", "/v1/sample").body("application/json", body).await.assert_status(200);
    let expired = client.as_caller(Role::Member, "alice").claim("exp", 1);
    expired.request("PUT", "/v1/sample").body("application/json", body).await.assert_status(401);
}

#[test]
fn documents_and_the_model_have_their_numbers() {
    let model = Samples::API.model();
    let text = serde_json::to_string(&model).expect("it is written");
    assert_eq!(serde_json::from_str::<ApiModel>(&text).expect("it is read"), model);
    let document = openapi_json(&model, "v1").expect("v1 is a version");
    let document: serde_json::Value = serde_json::from_str(&document).expect("it is JSON");
    let fields = &document["components"]["schemas"]["Sample"]["properties"];
    assert_eq!(fields["large"]["maximum"].to_string(), "18446744073709551615");
    assert_eq!(fields["whole"]["minimum"].to_string(), "-9223372036854775808");
    // What is larger is 1 once it is read as an `f32`.
    assert_eq!(fields["single"]["exclusiveMaximum"].as_f64(), Some(1.0 - 2.0_f64.powi(-25)));
}
