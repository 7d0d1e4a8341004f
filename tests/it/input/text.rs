//! Text is trimmed before its rules are asked, and what nobody can see is none.

use std::collections::BTreeMap;

use secure_api::{docs::openapi_json, input::decode_body, prelude::*};
use serde_json::{Value as Json_, json};

use super::{pairs, refused};

#[derive(Role)]
enum Role {
    Member,
}

#[derive(Version)]
enum Version {
    V1,
}

#[derive(Value, Debug, PartialEq)]
#[value(min_len = 1, max_len = 5, unowned = "a label is public")]
struct Label(String);

/// A card.
#[derive(Input, Debug)]
struct Card {
    #[input(min_len = 1, max_len = 5)]
    name: String,
    #[input(text, min_len = 2, max_len = 5)]
    note: Option<String>,
    #[input(pattern = "^[A-Z ]{3}$")]
    code: Option<String>,
    #[input(pattern = "^[A-Z]{3}$")]
    plain: Option<String>,
    label: Option<Label>,
    #[input(email)]
    email: Option<String>,
    #[input(items = 0..=3, unique, each(email))]
    copies: Option<Vec<String>>,
    #[input(items = 0..=3, unique, each(min_len = 1, max_len = 5))]
    tags: Option<Vec<String>>,
    #[input(items = 0..=3, keys(min_len = 1, max_len = 5), each(range = 0..=9))]
    counts: Option<BTreeMap<String, u8>>,
    #[input(items = 0..=3, unique)]
    mails: Option<Vec<Email>>,
    #[input(items = 0..=3, unique)]
    times: Option<Vec<Timestamp>>,
    #[input(items = 0..=3, unique, each(range = 0..=9))]
    rates: Option<Vec<Decimal>>,
    #[input(items = 0..=3, unique)]
    labels: Option<Vec<Label>>,
    #[input(items = 0..=3, unique, each(range = 0.0..=1.0))]
    shares: Option<Vec<f32>>,
    #[input(max_len = 5)]
    free: Option<String>,
    #[input(min_len = 1, max_len = 5)]
    password: Option<Secret<String>>,
}

fn with(field: &str, value: &Json_) -> String {
    let mut body = json!({"name": "a"});
    body[field] = value.clone();
    body.to_string()
}

// R85
#[test]
fn text_is_trimmed_before_its_rules_are_asked() {
    let body = json!({
        "name": "  Anna \u{a0}", "note": "\n ab \t", "code": " A B ", "label": "\u{3000}x", "mails": ["a@b.example", "A@b.example"], "labels": ["x", "X"],
        "times": ["2026-06-01T12:00:00Z"], "rates": ["1", "1.5"], "shares": [0.1, 0.2], "email": " a@B.example ",
        "tags": ["a ", " b"], "counts": {" a ": 1}, "free": "   ", "password": " a ",
    });
    let card: Card = decode_body(body.to_string().as_bytes()).expect("a card");
    assert_eq!((&*card.name, card.note.as_deref()), ("Anna", Some("ab")));
    assert_eq!((card.code.as_deref(), card.free.as_deref()), (Some("A B"), Some("")));
    assert_eq!(card.label, Some(Label::new("x".to_owned()).expect("a label")));
    assert_eq!(card.email.as_deref(), Some("a@b.example"));
    assert_eq!(card.tags, Some(vec!["a".to_owned(), "b".to_owned()]));
    assert_eq!(card.counts, Some(BTreeMap::from([("a".to_owned(), 1)])));
    assert!(card.copies.is_none() && card.plain.is_none());
    assert_eq!(
        (card.mails.map(|mails| mails.len()), card.times.map(|times| times.len())),
        (Some(2), Some(1))
    );
    assert_eq!(
        (card.rates.map(|rates| rates.len()), card.labels.map(|labels| labels.len())),
        (Some(2), Some(2))
    );
    assert_eq!(card.shares.map(|shares| shares.len()), Some(2));
    // A secret is as it was sent.
    assert_eq!(card.password.as_ref().map(|password| password.expose().as_str()), Some(" a "));
    assert_eq!("  x ".parse::<Label>(), Label::new("x".to_owned()));
}

// R85
#[test]
fn text_that_nobody_can_see_is_none() {
    let blanks = [
        "",
        "   ",
        "\u{a0}",
        "\u{3000}\u{2003}",
        "\u{2028}",
        "\u{200b}\u{200b}",
        "\u{feff}",
        "\u{2060}",
        "\u{ad}",
        "\u{3164}",
        "\u{115f}\u{1160}",
        "\u{ffa0}",
        "\u{2800}\u{2800}",
        "\u{200d} \u{200c}",
        "\u{fe0f}",
        "\u{e0020}",
        "\u{180e}",
        "\u{fff9}\u{fffa}\u{fffb}",
        "\u{1d159}",
        "\u{13430}\u{1343f}",
    ];
    for blank in blanks {
        let expected = |pointer: &str| (422, pairs(&[(pointer, "length")]));
        assert_eq!(refused::<Card>(&with("name", &json!(blank))), expected("/name"), "{blank:?}");
        assert_eq!(refused::<Card>(&with("note", &json!(blank))), expected("/note"), "{blank:?}");
        assert_eq!(refused::<Card>(&with("label", &json!(blank))), expected("/label"), "{blank:?}");
        assert_eq!(
            refused::<Card>(&with("tags", &json!(["a", blank]))),
            expected("/tags/1"),
            "{blank:?}"
        );
        assert!(blank.parse::<Label>().is_err(), "{blank:?}");
    }
    for (field, value, pointer, code) in [
        ("note", json!(" a "), "/note", "length"),
        ("code", json!("AB "), "/code", "length"),
        ("code", json!("   "), "/code", "length"),
        ("counts", json!({" ": 1}), "/counts/ ", "length"),
        ("counts", json!({"a": 1, " a": 2}), "/counts/ a", "duplicate"),
        ("tags", json!(["a", " a"]), "/tags/1", "unique"),
        ("copies", json!(["a@b.example", "a@B.Example"]), "/copies/1", "unique"),
        ("mails", json!(["a@b.example", "a@\u{ff22}.example"]), "/mails/1", "unique"),
        (
            "times",
            json!(["2026-06-01T12:00:00Z", "2026-06-01t14:00:00+02:00"]),
            "/times/1",
            "unique",
        ),
        ("rates", json!(["1", "2", "1.00"]), "/rates/2", "unique"),
        ("labels", json!(["x", " x"]), "/labels/1", "unique"),
        ("shares", json!([0.1, 0.100000001]), "/shares/1", "unique"),
        ("email", json!("a@b.example, c@d.example"), "/email", "email"),
        ("email", json!(".a@b.example"), "/email", "email"),
        ("email", json!("a@x.example, postmaster, root[127.0.0.1]"), "/email", "email"),
    ] {
        assert_eq!(
            refused::<Card>(&with(field, &value)),
            (422, pairs(&[(pointer, code)])),
            "{value}"
        );
    }
    // What is seen at its ends stays as it is.
    let card: Card =
        decode_body(with("name", &json!("\u{2764}\u{fe0f}")).as_bytes()).expect("a card");
    assert_eq!(card.name, "\u{2764}\u{fe0f}");
}

/// Keeps a card.
#[post("/cards", version = Version::V1, role = Role::Member)]
async fn keep(Json(card): Json<Card>) -> Accepted {
    assert!(!card.name.is_empty());
    Accepted
}

#[derive(Value)]
#[value(range = 1..=99, unowned = "cards are for everybody")]
struct CardId(u8);

/// Drops a card.
#[delete("/cards/{id}", version = Version::V1, role = Role::Member)]
async fn drop_card(Unowned(id): Unowned<CardId>) -> NoContent {
    assert!(id.get() > 0);
    NoContent
}

/// Cards.
#[api(roles = Role, versions = Version, limit = Limit::per_principal(10).per_minute(), routes(keep, drop_card))]
struct Cards;

#[test]
fn a_document_says_that_text_is_seen() {
    let text = openapi_json(&Cards::API.model(), "v1").expect("v1 is a version");
    let document: Json_ = serde_json::from_str(&text).expect("it is JSON");
    let fields = &document["components"]["schemas"]["Card"]["properties"];
    // What is drawn as nothing is no character that is seen, as where it is enforced.
    let whole = fields["name"]["pattern"].as_str().expect("a pattern");
    let any = r"[^\u0000-\u001F\u007F-\u009F\u202A-\u202E\u2066-\u2069]*";
    let seen = whole
        .strip_prefix(&format!("^{any}"))
        .and_then(|rest| rest.strip_suffix(&format!("{any}$")));
    let seen = seen.expect("a character that is seen, among those that are taken");
    assert!(seen.starts_with(r"[^\s") && seen.ends_with(']') && seen.contains(r"\u200B-\u200F"));
    let segment = r"^(?!\.{1,2}$)(?![\s\S]*[/\\?#%\x00-\x1F\x7F-\x9F])";
    for (field, pattern) in [
        ("note", json!(format!(r"^[^\u0000]*{seen}[^\u0000]{{0,}}{seen}[^\u0000]*$"))),
        ("code", json!(r"^(?!\s)(?![\s\S]*\s$)[A-Z ]{3}$")),
        ("plain", json!("^[A-Z]{3}$")),
        ("label", json!(format!(r"{segment}(?=[\s\S]*{seen}){any}$"))),
        ("free", json!(format!("^{any}$"))),
        ("password", json!(r"^[^\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F]*$")),
        ("email", Json_::Null),
    ] {
        assert_eq!(fields[field]["pattern"], pattern, "{field}: {}", fields[field]);
    }
    let names = json!({"type": "string", "minLength": 1, "maxLength": 5, "pattern": whole, "format": "text"});
    assert_eq!(fields["counts"]["propertyNames"], names);
    // A pattern is for text: the key of a card is a number.
    let id = &document["paths"]["/v1/cards/{id}"]["delete"]["parameters"][0]["schema"];
    assert_eq!((&id["type"], &id["pattern"]), (&json!("integer"), &Json_::Null), "{id}");
}
