//! The schema of a value whose texts have a form of their own: what it admits is taken, and what it refuses is refused.

use std::net::{IpAddr, Ipv6Addr};

use secure_api::{docs::openapi_json, input::decode_body, prelude::*};
use serde_json::{Value as Json_, json};

use super::{Role, Version};

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

/// Keeps forms.
#[post("/forms", version = Version::V1, role = Role::Member)]
async fn keep_forms(Json(forms): Json<Forms>) -> Accepted {
    let Forms { decimal, money, time, caller, address, six, html, part, debt, single } = forms;
    drop((decimal, money, time, caller, address, six, html, part, debt, single));
    Accepted
}

/// Forms.
#[api(roles = Role, versions = Version, limit = Limit::per_principal(10).per_minute(), routes(keep_forms))]
struct KeptForms;

// R79: each of these has a text that looks like one of its form and is none.
#[test]
fn what_a_form_admits_is_taken_and_the_other_way_round() {
    let text = openapi_json(&KeptForms::API.model(), "v1").expect("v1 is a version");
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
    let text = openapi_json(&KeptForms::API.model(), "v1").expect("v1 is a version");
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
