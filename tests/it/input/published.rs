//! The schema of a text says what the decoder does: what it admits is taken.

use std::net::{IpAddr, Ipv6Addr};

use secure_api::{
    docs::openapi_json,
    input::{decode_body, decode_query},
    prelude::*,
};
use serde_json::{Value as Json_, json};

#[derive(Role)]
enum Role {
    Member,
}

#[derive(Version)]
enum Version {
    V1,
}

#[derive(Value)]
#[value(min_len = 1, max_len = 9, unowned = "a label is public")]
struct Label(String);

/// Texts under rules of all kinds.
#[derive(Input)]
struct Texts {
    #[input(max_len = 9)]
    line: Option<String>,
    #[input(min_len = 1, max_len = 9)]
    name: Option<String>,
    #[input(min_len = 2, max_len = 9, excludes = "bad")]
    polite: Option<String>,
    #[input(text, max_len = 9)]
    free: Option<String>,
    #[input(text, min_len = 1, max_len = 9)]
    said: Option<String>,
    #[input(pattern = "^[^<]{0,9}$")]
    pattern: Option<String>,
    #[input(pattern = "^[^<]{1,9}$")]
    seen: Option<String>,
    #[input(pattern = "^[A-Z]{1,9}$")]
    letters: Option<String>,
    #[input(max_len = 9)]
    password: Option<Secret<String>>,
    label: Option<Label>,
    plain: Option<PlainText<9>>,
    file: Option<SafeFileName>,
    path: Option<SafePath>,
}

/// Values that are texts of a form of their own.
#[derive(Input)]
struct Forms {
    #[input(range = -9..=9)]
    decimal: Option<Decimal>,
    #[input(range = -9..=9)]
    money: Option<Money>,
    time: Option<Timestamp>,
    caller: Option<CallerId>,
    address: Option<IpAddr>,
    six: Option<Ipv6Addr>,
    html: Option<RichText<20>>,
    #[input(range = 0.1..0.3)]
    part: Option<Decimal>,
    #[input(range = -100..=-12.5)]
    debt: Option<Money>,
    #[input(range = 0.0..1.0)]
    single: Option<f32>,
}

/// A word that is looked for.
#[derive(Input)]
struct Search {
    #[input(text, min_len = 1, max_len = 9)]
    word: String,
}

/// Keeps texts.
#[post("/texts", version = Version::V1, role = Role::Member)]
async fn keep(Json(texts): Json<Texts>) -> Accepted {
    let Texts {
        line,
        name,
        polite,
        free,
        said,
        pattern,
        seen,
        letters,
        password,
        label,
        plain,
        file,
        path,
    } = texts;
    drop((
        line, name, polite, free, said, pattern, seen, letters, password, label, plain, file, path,
    ));
    Accepted
}

/// Keeps forms.
#[post("/forms", version = Version::V1, role = Role::Member)]
async fn keep_forms(Json(forms): Json<Forms>) -> Accepted {
    let Forms { decimal, money, time, caller, address, six, html, part, debt, single } = forms;
    drop((decimal, money, time, caller, address, six, html, part, debt, single));
    Accepted
}

/// Drops what has a word.
#[delete("/texts/{label}", version = Version::V1, role = Role::Member)]
async fn forget(Unowned(label): Unowned<Label>, Query(search): Query<Search>) -> NoContent {
    assert!(!label.as_str().is_empty() && !search.word.is_empty());
    NoContent
}

/// Texts.
#[api(roles = Role, versions = Version, limit = Limit::per_principal(10).per_minute(), routes(keep, keep_forms, forget))]
struct Kept;

/// Every control character alone, at an end and inside, the marks that turn the direction of writing, what is drawn as
/// nothing, and what names a file elsewhere.
fn texts() -> Vec<String> {
    let marks = (0..=0xA0).chain([0xAD, 0x200B, 0x200E, 0x2028, 0x2044, 0x2066, 0x2215, 0xFEFF]);
    let marks = marks.chain(0x202A..=0x202E).chain(0x2066..=0x2069).filter_map(char::from_u32);
    let around = |mark: char| {
        [format!("{mark}"), format!("{mark}a"), format!("a{mark}"), format!("a{mark}b")]
    };
    let names = [
        "", "..", "nul.txt", "COM¹", "con", "a/b", "a//b", "a/nul", "CONIN$", "conx", "-a", "a.",
        "a. ", "bad", "<b>", "a<b", "Ä", "%2e", "a%C3", "a%",
    ];
    marks.flat_map(around).chain(names.map(str::to_owned)).collect()
}

// R85
#[test]
fn what_a_schema_admits_is_taken() {
    let text = openapi_json(&Kept::API.model(), "v1").expect("v1 is a version");
    let document: Json_ = serde_json::from_str(&text).expect("it is JSON");
    let fields =
        document["components"]["schemas"]["Texts"]["properties"].as_object().expect("fields");
    assert_eq!(fields.len(), 13);
    let mut admitted = 0;
    for (name, schema) in fields {
        let validator = jsonschema::validator_for(schema).expect("a schema");
        let (mut taken, mut refused) = (0, 0);
        for text in texts() {
            let is_taken =
                decode_body::<Texts>(json!({ name.as_str(): text }).to_string().as_bytes()).is_ok();
            let is_admitted = validator.is_valid(&json!(text));
            assert!(is_taken || !is_admitted, "{name}: {text:?} by {schema}");
            taken += usize::from(is_taken);
            refused += usize::from(!is_taken);
            admitted += usize::from(is_admitted);
        }
        assert!(taken > 10 && refused > 0, "{name}: {taken} and {refused}");
    }
    assert!(admitted > 2000, "{admitted}");
    let parameters = &document["paths"]["/v1/texts/{label}"]["delete"]["parameters"];
    for parameter in
        parameters.as_array().expect("parameters").iter().filter(|one| one["in"] != "header")
    {
        let validator = jsonschema::validator_for(&parameter["schema"]).expect("a schema");
        for text in texts().iter().filter(|text| validator.is_valid(&json!(text))) {
            let word =
                percent_encoding::utf8_percent_encode(text, percent_encoding::NON_ALPHANUMERIC);
            let query = format!("word={word}");
            let is_taken = match parameter["in"].as_str() {
                // A path has one text for each key.
                Some("path") => text.parse::<Label>().is_ok_and(|label| label.as_str() == text),
                _ => decode_query::<Search>(Some(&query)).is_ok(),
            };
            assert!(is_taken, "{text:?} by {parameter}");
        }
    }
}

// R79: each of these has a text that looks like one of its form and is none.
#[test]
fn what_a_form_admits_is_taken_and_the_other_way_round() {
    let text = openapi_json(&Kept::API.model(), "v1").expect("v1 is a version");
    let document: Json_ = serde_json::from_str(&text).expect("it is JSON");
    let fields = &document["components"]["schemas"]["Forms"]["properties"];
    for (name, taken, refused) in [
        (
            "decimal",
            &["0", "0.0", "-0.10", "-9", "9.000", "-0.01"][..],
            &[
                "-0", "-0.0", "-0.000", "00", "+1", ".5", "1.", "1e0", "", "10", "9.01", "9.0001",
                "-9.1", "-10", "99",
            ][..],
        ),
        (
            "money",
            &["EUR 0.00", "EUR -0.01", "EUR -9.00", "JPY 0", "JPY -9", "KWD -0.100", "XCG 1.00"],
            &[
                "EUR -0.00",
                "JPY -0",
                "KWD -0.000",
                "XAU 1.00",
                "XXX 1.00",
                "HRK 1.00",
                "ZZZ 1.00",
                "JPY 1.00",
                "KWD 1.00",
                "EUR 9.01",
                "JPY 10",
                "KWD -9.001",
                "EUR -10.00",
            ],
        ),
        (
            "time",
            &[
                "2026-06-01T23:59:59Z",
                "2026-06-01t00:00:00.5+23:59",
                "2024-02-29T12:00:00z",
                "9999-12-29T23:59:59.999999999Z",
                "9999-12-30T21:59:59Z",
                "0000-01-01T00:00:00Z",
                "0001-01-01T00:00:00+14:00",
            ],
            &[
                "2026-06-01T24:00:00Z",
                "2026-06-01T12:00:00+24:00",
                "2026-13-01T12:00:00Z",
                "2026-00-01T12:00:00Z",
                "2026-06-32T12:00:00Z",
                "2026-06-00T12:00:00Z",
                "9999-12-31T00:00:00Z",
                "9999-12-30T23:00:00Z",
                "9999-12-29T23:59:59-23:59",
                "0000-01-01T00:00:00+00:01",
            ],
        ),
        (
            "caller",
            &["i||a", "i|t|a%7Cb", "i||%C3%A4"],
            &["i||%7cb", "i||%41", "i||%", "i||a b", "i|a", "||a"],
        ),
        (
            "address",
            &["192.0.2.1", "2001:db8::1", "2001:DB8:0:0::1", "::", "::ffff:192.0.2.1"],
            &["192.0.2", "192.0.2.1/8", "fe80::1%eth0", "[::1]", "192.0.2.1:80", "x", ""],
        ),
        // As the format `ipv6` has it.
        (
            "six",
            &[
                "2001:DB8::1",
                "0:0:0:0:0:0:0:1",
                "2001:0db8::0001",
                "64:ff9b::192.0.2.1",
                "0000:0000:0000:0000:0000:ffff:255.255.255.255",
            ],
            &[],
        ),
        ("html", &["<b>x</b>"], &["a\u{0}b"]),
        (
            "part",
            &["0.1", "0.10", "0.11", "0.2", "0.29999"],
            &["0.3", "0.30", "0.09", "0", "1", "0.31", "-0.2", "10.2"],
        ),
        (
            "debt",
            &["EUR -12.50", "EUR -12.51", "EUR -100.00", "JPY -13", "KWD -12.500", "EUR -20.00"],
            &[
                "EUR -12.49",
                "EUR -100.01",
                "EUR 12.50",
                "JPY -12",
                "EUR 0.00",
                "JPY -101",
                "EUR -9.00",
                "JPY -1000",
            ],
        ),
    ] {
        let validator = jsonschema::validator_for(&fields[name]).expect("a schema");
        let look = |text: &str| {
            let body = json!({ name: text });
            (
                decode_body::<Forms>(body.to_string().as_bytes()).is_ok(),
                validator.is_valid(&json!(text)),
            )
        };
        for text in taken {
            assert_eq!(look(text), (true, true), "{name}: {text:?} by {}", fields[name]);
        }
        for text in refused {
            assert_eq!(look(text), (false, false), "{name}: {text:?} by {}", fields[name]);
        }
    }
    let forms: Forms = decode_body(br#"{"address": "2001:DB8:0::0:1"}"#).expect("an address");
    assert_eq!(forms.address.map(|address| address.to_string()).as_deref(), Some("2001:db8::1"));
}

// R79: what is below an open end is not the end once a narrower type has rounded it, as the schema says too.
#[test]
fn a_number_that_rounds_to_an_open_end_is_beyond_it() {
    let text = openapi_json(&Kept::API.model(), "v1").expect("v1 is a version");
    let document: Json_ = serde_json::from_str(&text).expect("it is JSON");
    let schema = &document["components"]["schemas"]["Forms"]["properties"]["single"];
    let validator = jsonschema::validator_for(schema).expect("a schema");
    // The last one that is rounded down lies before the middle of 1 and the number below it, which is rounded to even.
    let middle = 1.0 - 2.0_f64.powi(-25);
    for (number, is_within) in [
        (middle.next_down(), true),
        (middle.next_up(), false),
        (0.999_999_99, false),
        (1.0, false),
        (0.0, true),
    ] {
        let body = json!({ "single": number });
        let is_taken = decode_body::<Forms>(body.to_string().as_bytes()).is_ok();
        assert_eq!(
            (is_taken, validator.is_valid(&json!(number))),
            (is_within, is_within),
            "{number} by {schema}"
        );
    }
}
