//! Numbers: each type holds what was sent, or the nearest of what it can hold, within its range; nothing else passes.

use secure_api::{
    input::{decode_body, decode_query},
    prelude::*,
};

use super::{NewItem, mistakes, pairs, refused};

const LARGE: u64 = 9_007_199_254_740_993;

#[derive(Input, Debug, Default, PartialEq)]
struct Measures {
    #[input(range = i64::MIN..=i64::MAX)]
    signed: Option<i64>,
    #[input(range = 0..=u64::MAX)]
    unsigned: Option<u64>,
    #[input(range = -5..=LARGE)]
    large: Option<i64>,
    #[input(range = 0..200)]
    small: Option<u8>,
    #[input(range = 0.0..1.0)]
    share: Option<f64>,
    #[input(range = 0.0..1.0)]
    single: Option<f32>,
    #[input(range = 0.1..=0.3)]
    tenths: Option<f32>,
    #[input(range = -1e308..=1e308)]
    wide: Option<f64>,
    #[input(range = -1e30..=1e30)]
    single_wide: Option<f32>,
    #[input(range = 0..=LARGE)]
    decimal: Option<Decimal>,
    #[input(range = 0.1..0.3)]
    exact: Option<Decimal>,
    #[input(range = 0.05..=12.5)]
    price: Option<Money>,
    #[input(items = 0..=4, unique, each(range = 0..=10))]
    list: Option<Vec<f64>>,
}

fn read(field: &str, number: &str) -> Measures {
    let body = format!(r#"{{"{field}": {number}}}"#);
    decode_body(body.as_bytes()).unwrap_or_else(|problem| panic!("{body}: {problem:?}"))
}

#[test]
fn a_whole_number_is_exact_or_refused() {
    let qty = |qty: &str| format!(r#"{{"sku": "TEA", "qty": {qty}}}"#);
    for accepted in ["1", "1000", "1e2", "7.0", "70e-1", "0.01E+2"] {
        assert!(decode_body::<NewItem>(qty(accepted).as_bytes()).is_ok(), "{accepted}");
    }
    for (refused_text, code) in [
        ("0", "range"),
        ("-0", "range"),
        ("1001", "range"),
        ("4294967297", "range"),
        ("18446744073709551617", "range"),
        ("340282366920938463463374607431768211457", "range"),
        ("1e300", "range"),
        ("1E400", "range"),
        ("-1e99999999999999999999999", "range"),
        ("1.5", "type"),
        ("0.9999999999999999", "type"),
        ("1.00000000000000000000000000000001", "type"),
        ("1e-1", "type"),
        ("1e-99999999999999999999999", "type"),
        ("\"1\"", "type"),
        ("true", "type"),
    ] {
        let found = refused::<NewItem>(&qty(refused_text)).1;
        assert_eq!(found, pairs(&[("/qty", code)]), "{refused_text}");
    }
    for malformed in
        ["+1", "01", "-01", ".5", "1.", "1.e2", "1e", "1e+", "0x1", "NaN", "Infinity", "1_0", "--1"]
    {
        assert_eq!(
            refused::<NewItem>(&qty(malformed)),
            (400, pairs(&[("", "syntax")])),
            "{malformed}"
        );
    }
}

#[test]
fn no_whole_number_becomes_another() {
    for (text, signed) in [
        ("9007199254740993", 9_007_199_254_740_993),
        ("9007199254740993e0", 9_007_199_254_740_993),
        ("9007199254740993.0", 9_007_199_254_740_993),
        ("9223372036854775807", i64::MAX),
        ("922337203685477580.7e1", i64::MAX),
        ("-9223372036854775808", i64::MIN),
        ("-0.0", 0),
    ] {
        assert_eq!(read("signed", text).signed, Some(signed), "{text}");
    }
    assert_eq!(read("unsigned", "18446744073709551615").unsigned, Some(u64::MAX));
    assert_eq!(read("unsigned", "1.8446744073709551615E19").unsigned, Some(u64::MAX));
    assert_eq!(read("large", "9007199254740993").large, Some(9_007_199_254_740_993));
    for (field, number, code) in [
        ("signed", "4503599627370497.5", "type"),
        ("signed", "9223372036854775808", "range"),
        ("signed", "9223372036854775807.5", "type"),
        ("signed", "-9223372036854775809", "range"),
        ("unsigned", "18446744073709551616", "range"),
        ("unsigned", "-1", "range"),
        ("large", "9007199254740994", "range"),
        ("large", "-6", "range"),
        ("small", "200", "range"),
        ("small", "2e2", "range"),
        ("small", "199.5", "type"),
        ("small", "256", "range"),
    ] {
        let found = refused::<Measures>(&format!(r#"{{"{field}": {number}}}"#));
        assert_eq!(found, (422, pairs(&[(&format!("/{field}"), code)])), "{field} {number}");
    }
}

// The range is that of what the handler gets.
#[test]
fn a_fraction_is_the_nearest_within_its_range() {
    for (text, share) in
        [("0.1", 0.1), ("0.9999999999999999", 0.9999999999999999), ("-0.0", 0.0), ("1e-400", 0.0)]
    {
        let found = read("share", text).share.expect("a share");
        assert_eq!(found.to_bits(), f64::to_bits(share), "{text}");
    }
    let exact = "0.500000000000000166533453693773481063544750213623046875";
    assert_eq!(read("share", exact).share, Some(exact.parse().expect("a number")));
    assert_eq!(read("single", "0.99999994").single, Some(0.999_999_94));
    assert_eq!(
        (read("tenths", "0.1").tenths, read("tenths", "0.3").tenths),
        (Some(0.1), Some(0.3))
    );
    assert_eq!(read("wide", "5e-324").wide, Some(f64::from_bits(1)));
    for (field, number) in [
        ("share", "1"),
        ("share", "0.99999999999999999"),
        ("share", "-1e-300"),
        ("single", "0.99999999"),
        ("single", "1e0"),
        ("tenths", "0.300000001"),
        ("tenths", "0.0999999999"),
        ("wide", "1E400"),
        ("wide", "-1e309"),
        ("single_wide", "1e39"),
        ("single_wide", "1e400"),
    ] {
        let found = refused::<Measures>(&format!(r#"{{"{field}": {number}}}"#));
        assert_eq!(found, (422, pairs(&[(&format!("/{field}"), "range")])), "{field} {number}");
    }
}

#[test]
fn ends_of_decimals_are_as_they_are_written() {
    for (field, text) in [
        ("decimal", "9007199254740993"),
        ("decimal", "0.00"),
        ("exact", "0.1"),
        ("exact", "0.299999999999999999999999999"),
        ("price", "EUR 12.50"),
        ("price", "EUR 0.05"),
    ] {
        assert_ne!(read(field, &format!("\"{text}\"")), Measures::default(), "{field} {text}");
    }
    for (field, text) in [
        ("decimal", "9007199254740993.1"),
        ("decimal", "9007199254740994"),
        ("decimal", "-0.1"),
        ("exact", "0.099999999999999999999999999"),
        ("exact", "0.3"),
        ("price", "EUR 12.51"),
        ("price", "EUR 0.04"),
    ] {
        let found = refused::<Measures>(&format!(r#"{{"{field}": "{text}"}}"#));
        assert_eq!(found, (422, pairs(&[(&format!("/{field}"), "range")])), "{field} {text}");
    }
}

#[test]
fn numbers_of_a_list_are_compared_exactly() {
    for (list, place) in
        [("[1, 1.0]", 1), ("[0, 5, -0.0]", 2), ("[0.5, 5e-1]", 1), ("[10, 1e1]", 1)]
    {
        let expected = pairs(&[(&format!("/list/{place}"), "unique")]);
        assert_eq!(refused::<Measures>(&format!(r#"{{"list": {list}}}"#)).1, expected, "{list}");
    }
    assert_eq!(read("list", "[0.1, 0.2, 1, 10]").list, Some(vec![0.1, 0.2, 1.0, 10.0]));
}

// In a query each whole number has one text.
#[test]
fn numbers_of_a_query_are_read_alike() {
    for (query, expected) in [
        ("signed=-9223372036854775808&small=199", Ok(Some(i64::MIN))),
        ("share=0.5&tenths=3e-1", Ok(None)),
        ("signed=1.0", Err(("signed", "type"))),
        ("signed=1e2", Err(("signed", "type"))),
        ("signed=-0", Err(("signed", "type"))),
        ("signed=%2B1", Err(("signed", "type"))),
        ("signed=01", Err(("signed", "type"))),
        ("signed=9223372036854775808", Err(("signed", "range"))),
        ("share=1e400", Err(("share", "range"))),
        ("share=inf", Err(("share", "type"))),
        ("share=.5", Err(("share", "type"))),
        ("single=0.99999999", Err(("single", "range"))),
    ] {
        let found = decode_query::<Singles>(Some(query)).map_err(mistakes);
        let found = found.map(|Singles { signed, small, share, single, tenths }| {
            assert!(small.is_none_or(|small| small < 200) && share.is_none_or(|share| share < 1.0));
            assert!(
                single.is_none_or(|single| single < 1.0) && tenths.is_none_or(|part| part <= 0.3)
            );
            signed
        });
        assert_eq!(found, expected.map_err(|one| pairs(&[one])), "{query}");
    }
}

#[derive(Input, Debug)]
struct Singles {
    #[input(range = i64::MIN..=i64::MAX)]
    signed: Option<i64>,
    #[input(range = 0..200)]
    small: Option<u8>,
    #[input(range = 0.0..1.0)]
    share: Option<f64>,
    #[input(range = 0.0..1.0)]
    single: Option<f32>,
    #[input(range = 0.1..=0.3)]
    tenths: Option<f32>,
}

// Were digits or exponents written out, this would not end.
#[test]
fn a_long_number_is_read_as_it_stands() {
    let long = format!("{}e-{}", "9".repeat(60_000), "9".repeat(60_000));
    for field in ["signed", "share", "single", "small"] {
        for number in
            [&*long, "1e999999999", "-1e-999999999", &format!("0.{}1", "0".repeat(60_000))]
        {
            let read = decode_body::<Measures>(format!(r#"{{"{field}": {number}}}"#).as_bytes());
            assert!(read.is_err() || !number.ends_with("e999999999"), "{field}");
        }
    }
}
