//! Times and values of a newtype: each has one text and its bounds.

use super::*;

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

// R85
#[test]
fn times_are_rfc_3339() {
    use jiff::{Timestamp, civil::Date};
    for (text, kept) in [
        ("2026-06-01T12:00:00Z", "2026-06-01T12:00:00Z"),
        ("2026-06-01T12:00:00.123456789+02:00", "2026-06-01T10:00:00.123456789Z"),
        ("2026-06-01t12:00:00z", "2026-06-01T12:00:00Z"),
        ("2026-06-01t12:00:00.5-23:59", "2026-06-02T11:59:00.5Z"),
        ("2026-06-01T12:00:00-00:00", "2026-06-01T12:00:00Z"),
        ("2026-06-01T23:59:59.999999999Z", "2026-06-01T23:59:59.999999999Z"),
        ("0000-01-01T00:00:00Z", "0000-01-01T00:00:00Z"),
        ("9999-12-30T00:00:00Z", "9999-12-30T00:00:00Z"),
    ] {
        let time = <Timestamp as Leaf>::parse(text).unwrap_or_else(|why| panic!("{text}: {why}"));
        assert_eq!(time.to_text(), kept, "{text}");
        assert_eq!(<Timestamp as Leaf>::parse(kept), Ok(time), "{kept}");
    }
    for text in [
        "2026-06-01",
        "2026-06-01 12:00:00Z",
        "2026-06-01T12:00:00",
        "2026-06-01T12:00:00.Z",
        "2026-06-01T12:00:00Z[UTC]",
        "2026-06-01T25:00:00Z",
        "2026-06-01T24:00:00Z",
        "20260601T120000Z",
        "",
        // A second of 60 is a leap second or none, and neither can be kept.
        "2026-06-01T12:30:60Z",
        "2016-12-31T23:59:60Z",
        // In some zone this is the year 10000.
        "9999-12-31T23:59:59Z",
        "9999-12-30T22:00:01Z",
        "2016-12-31T23:59:60.5Z",
        "2017-01-01T00:59:60+01:00",
        "2026-06-01T12:60:00Z",
        "2026-06-01T12:00:61Z",
        // Digits that would be lost.
        "2026-06-01T12:00:00.1234567891Z",
        "2026-06-01T12:00:00.0000000000Z",
        "2026-06-01T12:00:00,5Z",
        // Offsets that are none.
        "2026-06-01T12:00:00+24:00",
        "2026-06-01T12:00:00+25:00",
        "2026-06-01T12:00:00+23:60",
        "2026-06-01T12:00:00+2:00",
        "2026-06-01T12:00:00+0200",
        "2026-06-01T12:00:00+02",
        "2026-06-01T12:00:00\u{2212}02:00",
        "2026-06-01T12:00:00ZZ",
        "2026-06-01T12:00:00Z ",
        " 2026-06-01T12:00:00Z",
        // Days that are none, years of more than four digits.
        "2026-02-29T12:00:00Z",
        "2026-13-01T12:00:00Z",
        "2026-00-00T12:00:00Z",
        "-02026-06-01T12:00:00Z",
        "+002026-06-01T12:00:00Z",
        "0000-01-01T00:00:00+00:01",
        "9999-12-31T23:59:59-23:59",
        "\u{662}026-06-01T12:00:00Z",
    ] {
        assert!(<Timestamp as Leaf>::parse(text).is_err(), "{text}");
    }
    // The document says so too.
    let Shape::Text { pattern: Some(pattern), format: Some("date-time"), .. } = Timestamp::shape()
    else {
        panic!("{:?}", Timestamp::shape());
    };
    assert!(pattern.contains("[Tt]") && pattern.contains("[0-9]{1,9}"), "{pattern}");
    assert!(<Date as Leaf>::parse("2024-02-29").is_ok());
    for text in [
        "2023-02-29",
        "20240229",
        "2024-02-29T00:00:00",
        "+002024-02-29",
        "2024-2-29",
        "2024-02-30",
        "2024-00-10",
        "2024-W09-4",
        "2024-060",
    ] {
        assert!(<Date as Leaf>::parse(text).is_err(), "{text}");
    }
}
