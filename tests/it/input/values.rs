//! Typed values from outside: what hurts is not held by any, and what each holds has one text.

mod markup;
mod path;
mod web;

use std::{fmt::Debug, fs, io::ErrorKind, io::Read, path::PathBuf};

use proptest::prelude::*;
use secure_api::{
    input::{Input, Leaf, decode_body},
    prelude::*,
    value::{
        Currency, Decimal, Email, Money, PhoneNumber, PlainText, SafeFileName, SafePath, Slug,
        WebUrl, is_public,
    },
};

fn refuses<T: Leaf + Debug>(texts: &[&str]) {
    for text in texts {
        if let Ok(value) = T::parse(text) {
            panic!("accepted: {text:?} as {value:?}");
        }
    }
}

fn keeps<T: Leaf>(texts: &[(&str, &str)]) {
    for (text, kept) in texts {
        let value = T::parse(text).unwrap_or_else(|invalid| panic!("{text:?}: {invalid}"));
        assert_eq!(value.to_text(), *kept, "{text:?}");
        let again = T::parse(kept).expect("what is written is read");
        assert_eq!(again.to_text(), *kept, "{text:?}");
    }
}

#[test]
fn a_number_of_a_telephone_and_a_slug_have_one_form() {
    keeps::<PhoneNumber>(&[("+4930901820", "+4930901820")]);
    refuses::<PhoneNumber>(&[
        "",
        "+",
        "+49 30901820",
        "4930901820",
        "+0493090182",
        "+٤٩٣٠٩٠١٨٢٠",
        "+4930901820\n",
        "+4930901820;ext=1",
        "+1234567890123456",
    ]);
    keeps::<Slug>(&[("tea-2", "tea-2")]);
    refuses::<Slug>(&[
        "",
        "-",
        "tea-",
        "Tea",
        "tea_2",
        "tea--2",
        "té",
        "tea/2",
        "tea\n",
        &"a".repeat(101),
    ]);
}

#[test]
fn a_decimal_is_exact_and_has_one_text() {
    keeps::<Decimal>(&[
        ("0", "0"),
        ("-0.5", "-0.5"),
        ("12.50", "12.50"),
        ("0.100000000000000000000000001", "0.100000000000000000000000001"),
        ("9999999999999999999999999999", "9999999999999999999999999999"),
    ]);
    refuses::<Decimal>(&[
        "",
        "-",
        "+1",
        "01",
        ".5",
        "1.",
        "1e3",
        "1,5",
        "1_000",
        "0x1",
        "NaN",
        "inf",
        "-0",
        "-0.00",
        " 1",
        "٣",
        "99999999999999999999999999999",
        "0.00000000000000000000000000001",
    ]);
    assert_eq!(Decimal::new(1250, 2).map(|number| number.to_string()), Some("12.50".to_owned()));
}

#[test]
fn an_amount_has_a_currency_and_its_digits() {
    keeps::<Money>(&[
        ("EUR 12.50", "EUR 12.50"),
        ("JPY 1250", "JPY 1250"),
        ("KWD 1.005", "KWD 1.005"),
        ("EUR -3.00", "EUR -3.00"),
        ("USD 999999999999999.99", "USD 999999999999999.99"),
    ]);
    refuses::<Money>(&[
        "",
        "EUR",
        "EUR ",
        "12.50",
        "EUR12.50",
        "eur 12.50",
        "EUR 12.5",
        "EUR 12.500",
        "EUR 12",
        "JPY 1.00",
        "EUR 1,00",
        "EUR  1.00",
        "EUR +1.00",
        "EUR 01.00",
        "EUR -0.00",
        "XXX 1.00",
        "XBT 1.00",
        "USD 1000000000000000.00",
        "EUR 1.00\n",
    ]);
    let currency: Currency = "EUR".parse().expect("a currency");
    let one = Money::new(100, currency).expect("an amount");
    assert_eq!(one.checked_add(one).map(|sum| sum.to_string()), Some("EUR 2.00".to_owned()));
    assert_eq!(
        one.checked_add(Money::new(1, "USD".parse().expect("a currency")).expect("an amount")),
        None
    );
    assert_eq!((one.checked_mul(i64::MAX), Money::new(i64::MIN, currency)), (None, None));
}

/// Everything that a form of an offer holds.
#[derive(Input, Debug)]
struct Offer {
    #[input(range = 1..=1000)]
    price: Money,
    #[input(range = 0.0..=0.5)]
    share: Option<Decimal>,
    homepage: Option<WebUrl>,
    contact: Option<Contact>,
    about: Option<PlainText<20>>,
}

#[derive(Value, Debug, Clone, PartialEq)]
struct Contact(Email);

// R79 R80 R89
#[test]
fn values_are_fields_of_inputs() {
    let body = r#"{"price": "EUR 12.50", "share": "0.25", "homepage": "https://b.example/", "contact": "a@b.example", "about": "tea < 3"}"#;
    let offer: Offer = decode_body(body.as_bytes()).expect("an offer");
    assert_eq!(
        (offer.price.minor(), offer.share.map(|share| share.to_string())),
        (1250, Some("0.25".into()))
    );
    assert_eq!(offer.homepage.as_ref().map(WebUrl::host), Some("b.example"));
    assert_eq!(offer.about.as_ref().map(PlainText::as_str), Some("tea < 3"));
    assert_eq!(
        offer.contact.map(|contact| contact.get().domain().to_owned()),
        Some("b.example".into())
    );
    let body = r#"{"price": "EUR 0.99", "share": 0.25, "homepage": "http://127.1/", "contact": "a", "about": "aaaaaaaaaaaaaaaaaaaaa"}"#;
    let expected = [
        ("/price", "range"),
        ("/share", "type"),
        ("/homepage", "url"),
        ("/contact", "email"),
        ("/about", "text"),
    ];
    assert_eq!(super::refused::<Offer>(body), (422, super::pairs(&expected)));
    let over = r#"{"price": "EUR 1000.01", "share": "0.51"}"#;
    assert_eq!(
        super::refused::<Offer>(over).1,
        super::pairs(&[("/price", "range"), ("/share", "range")])
    );
    let shapes = Offer::field_shapes();
    assert!(shapes.iter().any(|field| field.required), "the price has to be there");
    assert!(shapes.iter().all(|field| field.required == (field.name == "price")));
}

// R89
#[test]
fn no_value_breaks_a_header() {
    for text in [
        "a\r\nb",
        "a\nb",
        "https://b.example/\r\nx: y",
        "a@b.example\r\n",
        "+4930901820\r\n",
        "EUR 1.00\r\n",
    ] {
        refuses::<Email>(&[text]);
        refuses::<WebUrl>(&[text]);
        refuses::<Slug>(&[text]);
        refuses::<SafeFileName>(&[text]);
        refuses::<SafePath>(&[text]);
        refuses::<PhoneNumber>(&[text]);
        refuses::<Money>(&[text]);
        refuses::<Decimal>(&[text]);
    }
}

proptest! {
    #[test]
    fn whatever_is_sent_no_value_panics(text in ".{0,80}", scheme in "https?://.{0,40}") {
        for text in [text, scheme] {
            drop((Email::parse(&text), WebUrl::parse(&text), SafePath::parse(&text), Slug::parse(&text)));
drop((PhoneNumber::parse(&text), Money::parse(&text), Decimal::parse(&text)));
            drop(PlainText::<40>::parse(&text));
        }
    }
}
