//! Rules of a field that few have: what a text has in it and has not, multiples, lists without repetition, addresses of
//! one family; and the exceptions of fields in the inventory.

use std::net::{Ipv4Addr, Ipv6Addr};

use secure_api::{docs::openapi_json, error::Problem, input::decode_body, inventory, prelude::*};
use serde_json::{Value as Json_, json};

#[derive(Role)]
enum Role {
    Member,
}

#[derive(Version)]
enum Version {
    V1,
}

const SPACE: &str = " ";

/// An order for seed.
#[derive(Input)]
struct Seed {
    /// The label of the bag.
    #[input(max_len = 20, contains = ":", excludes = SPACE)]
    label: String,
    #[input(pattern = "^[a-z.]{1,9}$", contains = ".")]
    dotted: Option<String>,
    #[input(range = -100..=100, multiple_of = 25)]
    grams: i16,
    #[input(items = 0..=4, unique, each(text, max_len = 10))]
    wishes: Vec<String>,
    #[input(items = 0..=4, unique, each(range = 0..10))]
    rows: Option<Vec<u8>>,
    from: Option<Ipv4Addr>,
    to: Option<Ipv6Addr>,
    #[input(items = 0..=2)]
    lots: Vec<Lot>,
}

#[derive(Value)]
#[value(range = 0..=100)]
struct Share(Decimal);

/// Lists of values that have several texts.
#[derive(Input)]
struct Lists {
    #[input(items = 0..=4, unique)]
    mails: Option<Vec<Email>>,
    #[input(items = 0..=4, unique, each(email))]
    texts: Option<Vec<String>>,
    #[input(items = 0..=4, unique)]
    times: Option<Vec<Timestamp>>,
    #[input(items = 0..=4, unique)]
    shares: Option<Vec<Share>>,
}

#[test]
fn items_are_compared_as_they_are_read() {
    for (lists, twice) in [
        (json!({"mails": ["a@b.example", "a@B.example"]}), "/mails/1"),
        (json!({"texts": ["x@b.example", "a@b.example", "a@B.example"]}), "/texts/2"),
        (json!({"times": ["2026-06-01T12:00:00Z", "2026-06-01T14:00:00+02:00"]}), "/times/1"),
        (json!({"shares": ["7.50", "7.5"]}), "/shares/1"),
    ] {
        let refused = decode_body::<Lists>(lists.to_string().as_bytes()).map(|_| ());
        assert_eq!(
            told(refused.expect_err("two are one")),
            [(twice.to_owned(), "unique".to_owned())]
        );
    }
    let lists = json!({"mails": ["a@b.example", "A@b.example"], "shares": ["7.5", "7.51"]});
    let lists: Lists = decode_body(lists.to_string().as_bytes()).expect("each is another");
    assert_eq!(
        (lists.mails.map(|all| all.len()), lists.shares.map(|all| all.len())),
        (Some(2), Some(2))
    );
    assert!(lists.texts.is_none() && lists.times.is_none());
}

/// One lot.
#[derive(Input)]
struct Lot {
    #[input(max_len = 9, allow(read_only, reason = "the grower's own number"))]
    id: String,
    #[input(range = 1.0..2.0)]
    weight: f64,
}

/// The filter of a list.
#[derive(Input)]
struct Filter {
    #[input(
        max_len = 9,
        allow(plain_secret, reason = "it is the number in a queue"),
        name = "token"
    )]
    _named: Option<String>,
}

fn read(change: &Json_) -> Result<Seed, Vec<(String, String)>> {
    let mut body = json!({"label": "a:b", "grams": 50, "wishes": ["x", "y"], "lots": []});
    for (name, value) in change.as_object().expect("an object") {
        body[name] = value.clone();
    }
    decode_body(body.to_string().as_bytes()).map_err(told)
}

/// Returns the pointers and codes of a refusal.
fn told(problem: Problem) -> Vec<(String, String)> {
    use axum::response::IntoResponse;
    let response = problem.into_response();
    let body = futures_util::FutureExt::now_or_never(axum::body::to_bytes(
        response.into_body(),
        usize::MAX,
    ));
    let body = body.expect("it is there").expect("it is read");
    let document: Json_ = serde_json::from_slice(&body).expect("it is JSON");
    let text = |value: &Json_| value.as_str().unwrap_or_default().to_owned();
    let errors = document["errors"].as_array().expect("errors").iter();
    errors.map(|error| (text(&error["pointer"]), text(&error["code"]))).collect()
}

// R81 R87
#[test]
fn rules_are_held() {
    let all = json!({
        "label": "ö:ß", "dotted": "a.b", "grams": -75, "wishes": ["a", "A", "b"], "rows": [1, 2, 9],
        "from": "192.0.2.1", "to": "2001:db8::1", "lots": [{"id": "7", "weight": 1.5}],
    });
    let seed = read(&all).expect("all is well");
    assert_eq!((seed.grams, seed.wishes.len(), &*seed.label), (-75, 3, "ö:ß"));
    assert_eq!((seed.dotted.as_deref(), seed.rows), (Some("a.b"), Some(vec![1, 2, 9])));
    assert_eq!((seed.from, seed.to.is_some()), (Some(Ipv4Addr::new(192, 0, 2, 1)), true));
    assert_eq!((&*seed.lots[0].id, seed.lots[0].weight), ("7", 1.5));
    for grams in [-100, 0, 25, 100] {
        assert!(read(&json!({"grams": grams})).is_ok(), "{grams}");
    }
    for (change, pointer, code) in [
        (json!({"label": "ab"}), "/label", "contains"),
        (json!({"label": "a: b"}), "/label", "excludes"),
        (json!({"dotted": "ab"}), "/dotted", "contains"),
        (json!({"grams": 51}), "/grams", "multiple-of"),
        (json!({"grams": -1}), "/grams", "multiple-of"),
        (json!({"grams": 125}), "/grams", "range"),
        (json!({"wishes": ["a", "b", "a"]}), "/wishes/2", "unique"),
        // The same text once it is clean: trimmed, in NFC.
        (json!({"wishes": ["o\u{308}", " ö "]}), "/wishes/1", "unique"),
        (json!({"rows": [1, 1.0]}), "/rows/1", "unique"),
        (json!({"rows": [10]}), "/rows/0", "range"),
        (json!({"from": "2001:db8::1"}), "/from", "type"),
        (json!({"from": "192.0.2.01"}), "/from", "type"),
        (json!({"to": "192.0.2.1"}), "/to", "type"),
        (json!({"lots": [{"id": "7", "weight": 2.0}]}), "/lots/0/weight", "range"),
    ] {
        let told = read(&change).map(|_| ()).expect_err("it is refused");
        assert_eq!(told, [(pointer.to_owned(), code.to_owned())], "{change}");
    }
}

/// Orders seed.
#[post("/seeds", version = Version::V1, role = Role::Member)]
async fn order(Query(_filter): Query<Filter>, Json(seed): Json<Seed>) -> Accepted {
    assert!(!seed.label.is_empty());
    Accepted
}

/// Seeds.
#[api(roles = Role, versions = Version, limit = Limit::per_principal(10).per_minute(), routes(order))]
struct Seeds;

// R101 in part
#[test]
fn rules_are_documented() {
    let text = openapi_json(&Seeds::API.model(), "v1").expect("v1 is a version");
    let document: Json_ = serde_json::from_str(&text).expect("it is JSON");
    let fields = &document["components"]["schemas"]["Seed"]["properties"];
    assert_eq!(
        fields["label"]["pattern"],
        r"^(?=[\s\S]*:)(?![\s\S]* )[^\u0000-\u001F\u007F-\u009F\u202A-\u202E\u2066-\u2069]*$"
    );
    assert_eq!(fields["dotted"]["pattern"], "^(?=[\\s\\S]*\\.)[a-z.]{1,9}$");
    assert_eq!(fields["grams"]["multipleOf"], 25);
    assert_eq!(fields["wishes"]["uniqueItems"], true);
    assert_eq!(fields["rows"]["uniqueItems"], true);
    assert_eq!(fields["lots"]["uniqueItems"], Json_::Null);
    let weight = &document["components"]["schemas"]["Lot"]["properties"]["weight"];
    assert_eq!((&weight["minimum"], &weight["exclusiveMaximum"]), (&json!(1), &json!(2)));
    assert_eq!(weight["maximum"], Json_::Null);
    assert_eq!(
        (&fields["from"]["format"], &fields["to"]["format"]),
        (&json!("ipv4"), &json!("ipv6"))
    );
}

// R118: each exception has a reason that whoever reviews the API reads.
#[test]
fn exceptions_of_fields_are_listed_with_their_routes() {
    let model = Seeds::API.model();
    let listed = model.field_exceptions(&model.operations[0]);
    let listed: Vec<_> =
        listed.map(|(input, field, one)| (input, field, &*one.rule, &*one.reason)).collect();
    let mut expected = vec![
        ("Lot", "id", "read_only", "the grower's own number"),
        ("Filter", "token", "plain_secret", "it is the number in a queue"),
    ];
    expected.sort_unstable();
    let mut sorted = listed.clone();
    sorted.sort_unstable();
    assert_eq!(sorted, expected);
    let text = inventory::routes(&Seeds::API.model());
    for line in [
        "allow read_only for Lot.id: the grower's own number",
        "allow plain_secret for Filter.token: it is the number in a queue",
    ] {
        assert!(text.contains(line), "{text}");
    }
}
