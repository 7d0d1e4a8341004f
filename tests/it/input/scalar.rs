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
