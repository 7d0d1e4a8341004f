//! The rest of an input's language: rules of the app, names, maps, null, patches and forms.

mod office;
mod tagged;

use std::{collections::BTreeMap, net::IpAddr};

use secure_api::{
    __private::Shape,
    input::{Input, Media, check_content_type, decode_body, decode_form, decode_patch},
    prelude::*,
};

use super::{mistakes, pairs, refused};

#[derive(Version)]
enum Version {
    V1,
}

#[derive(Role)]
enum Role {
    Writer,
}

#[derive(Input, Debug)]
#[input(check = [Booking::ends_after_start, Booking::is_short])]
struct Booking {
    #[input(range = 0..=365)]
    first: u16,
    #[input(range = 0..=365, check = is_even)]
    last: u16,
    #[input(name = "guestName", max_len = 20)]
    guest_name: Option<String>,
}

impl Booking {
    fn ends_after_start(&self) -> Result<(), InvalidValue> {
        if self.first < self.last {
            return Ok(());
        }
        Err(InvalidValue::new("order", "the end is after the start").at("last"))
    }

    fn is_short(&self) -> Result<(), InvalidValue> {
        let short = self.last - self.first < 30;
        if short {
            Ok(())
        } else {
            Err(InvalidValue::new("long", "a stay is shorter than 30 days"))
        }
    }
}

fn is_even(day: &u16) -> Result<(), InvalidValue> {
    if day.is_multiple_of(2) { Ok(()) } else { Err(InvalidValue::new("even", "an even day")) }
}

#[derive(Input, Debug)]
struct Trip {
    #[input(items = 1..=2)]
    stays: Vec<Booking>,
}

#[test]
fn rules_of_the_app_are_held_after_those_of_fields() {
    let booking = |first: u16, last: u16| {
        format!(r#"{{"first": {first}, "last": {last}, "guestName": "a"}}"#)
    };
    let read: Booking = decode_body(booking(1, 2).as_bytes()).expect("a booking");
    assert_eq!(read.guest_name.as_deref(), Some("a"));
    for (first, last, expected) in [
        (4, 2, ("/last", "order")),
        (1, 100, ("", "long")),
        (1, 3, ("/last", "even")),
        // Not asked across fields while one of them is wrong.
        (400, 2, ("/first", "range")),
    ] {
        assert_eq!(refused::<Booking>(&booking(first, last)), (422, pairs(&[expected])));
    }
    let trip = format!(r#"{{"stays": [{}, {}]}}"#, booking(1, 2), booking(4, 2));
    let fine: Trip =
        decode_body(format!(r#"{{"stays": [{}]}}"#, booking(1, 2)).as_bytes()).expect("a trip");
    assert_eq!(fine.stays.len(), 1);
    assert_eq!(refused::<Trip>(&trip).1, pairs(&[("/stays/1/last", "order")]));
    assert_eq!(
        refused::<Booking>(r#"{"first": 1, "last": 2, "guest_name": "a"}"#).1,
        pairs(&[("/guest_name", "unknown")])
    );
    assert_eq!(Booking::field_shapes()[2].name, "guestName");
}

#[derive(Value, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[value(pattern = "^[a-z]{1,5}$")]
struct Label(String);

#[derive(Input, Debug)]
struct Labels {
    #[input(items = 0..=2, keys(max_len = 4), each(range = 0..=9))]
    counts: BTreeMap<String, u8>,
    #[input(items = 1..=3, each(items = 0..=1, each(max_len = 2)))]
    texts: Option<BTreeMap<Label, Vec<String>>>,
    from: Option<IpAddr>,
}

// R79
#[test]
fn a_map_has_bounds_on_its_names_too() {
    let labels: Labels = decode_body(
        br#"{"counts": {"a": 1, "b": 2}, "texts": {"x": ["ab"]}, "from": "2001:db8::1"}"#,
    )
    .expect("labels");
    assert_eq!(labels.counts, BTreeMap::from([("a".to_owned(), 1), ("b".to_owned(), 2)]));
    assert_eq!(labels.texts.map(|texts| texts.len()), Some(1));
    assert_eq!(labels.from.map(|from| from.to_string()), Some("2001:db8::1".to_owned()));
    for (body, expected) in [
        (r#"{"counts": {"a": 1, "b": 2, "c": 3}}"#, &[("/counts", "items")][..]),
        (r#"{"counts": []}"#, &[("/counts", "type")]),
        (
            r#"{"counts": {"abcde": 1, "a~/": 10}}"#,
            &[("/counts/abcde", "length"), ("/counts/a~0~1", "range")],
        ),
        (r#"{"counts": {"a\u0000": 1}}"#, &[("/counts", "characters")]),
        // Two spellings of one name.
        ("{\"counts\": {\"\u{e9}\": 1, \"e\u{301}\": 2}}", &[("/counts/e\u{301}", "duplicate")]),
        (r#"{"counts": {}, "texts": {}}"#, &[("/texts", "items")]),
        (
            r#"{"counts": {}, "texts": {"A": [], "b": ["abc"]}}"#,
            &[("/texts/A", "pattern"), ("/texts/b/0", "length")],
        ),
        (r#"{"counts": {}, "from": "127.0.0.01"}"#, &[("/from", "type")]),
        (r#"{"counts": {}, "from": "fe80::1%eth0"}"#, &[("/from", "type")]),
    ] {
        assert_eq!(refused::<Labels>(body).1, pairs(expected), "{body}");
    }
    assert!(matches!(Labels::field_shapes()[0].shape, Shape::Map { max_properties: 2, .. }));
}

#[derive(Input, Debug)]
struct Person {
    #[input(max_len = 5)]
    first: String,
    #[input(max_len = 5)]
    middle: Nullable<String>,
    #[input(max_len = 5)]
    title: Option<String>,
}

#[test]
fn optional_and_nullable_are_two_things() {
    let person = |body: &str| decode_body::<Person>(body.as_bytes());
    let read = person(r#"{"first": "a", "middle": null}"#).expect("a person");
    assert_eq!((read.first.as_str(), read.middle, read.title), ("a", Nullable(None), None));
    assert!(person(r#"{"first": "a", "middle": "b", "title": null}"#).is_ok());
    assert_eq!(refused::<Person>(r#"{"first": "a"}"#).1, pairs(&[("/middle", "required")]));
    assert_eq!(
        refused::<Person>(r#"{"first": null, "middle": "abcdef"}"#).1,
        pairs(&[("/first", "type"), ("/middle", "length")])
    );
    let shapes = Person::field_shapes();
    assert!(
        shapes[1].required && matches!(shapes[1].shape, Shape::Nullable(_)) && !shapes[2].required
    );
}

#[derive(Input, Debug)]
struct Change {
    #[input(max_len = 5)]
    title: Option<String>,
    #[input(max_len = 5)]
    note: Patched<String>,
    place: Option<ChangedPlace>,
    #[input(items = 0..=2)]
    stops: Option<Vec<Stop>>,
}

#[derive(Input, Debug)]
struct ChangedPlace {
    #[input(max_len = 5)]
    street: Patched<String>,
}

#[derive(Input, Debug)]
struct Stop {
    #[input(max_len = 5)]
    town: Option<String>,
}

#[test]
fn a_patch_tells_absent_from_null_from_a_value() {
    let change = |body: &str| decode_patch::<Change>(body.as_bytes()).expect(body);
    let none = change("{}");
    assert!(
        none.title.is_none()
            && none.note == Patched::Kept
            && none.place.is_none()
            && none.stops.is_none()
    );
    assert_eq!(change(r#"{"note": null}"#).note, Patched::Removed);
    let all = change(
        r#"{"title": "a", "note": "b", "place": {"street": null}, "stops": [{"town": null}]}"#,
    );
    assert_eq!((all.title.as_deref(), &all.note), (Some("a"), &Patched::Set("b".to_owned())));
    assert_eq!(all.place.map(|place| place.street), Some(Patched::Removed));
    // An item of a list is a whole thing, in which null is what it is elsewhere.
    assert_eq!(
        all.stops.map(|stops| stops.iter().filter(|stop| stop.town.is_none()).count()),
        Some(1)
    );

    let problem = decode_patch::<Change>(
        br#"{"title": null, "note": "abcdef", "place": null, "other": null}"#,
    );
    let expected =
        [("/title", "null"), ("/note", "length"), ("/place", "null"), ("/other", "unknown")];
    assert_eq!(mistakes(problem.expect_err("mistakes")), pairs(&expected));
    assert!(decode_patch::<Change>(b"null").is_err() && decode_patch::<Change>(b"[]").is_err());

    let mut value = Some(1);
    Patched::Kept.apply(&mut value);
    assert_eq!(value, Some(1));
    Patched::Set(2).apply(&mut value);
    assert_eq!(value, Some(2));
    Patched::Removed.apply(&mut value);
    assert_eq!(value, None);

    // What cannot be null is not documented as such.
    let nullable = (Change::patch_shape().fields)().into_iter();
    let nullable =
        nullable.filter(|field| matches!(field.shape, Shape::Nullable(_))).map(|field| field.name);
    assert_eq!(nullable.collect::<Vec<_>>(), ["note"]);
}

#[derive(Input, Debug)]
struct Letter {
    #[input(text, max_len = 40)]
    text: String,
    #[input(range = 1..=9)]
    copies: u8,
    urgent: Option<bool>,
}

// R80 R84 R85
#[test]
fn a_form_is_read_strictly() {
    let letter: Letter =
        decode_form(b"text=a+b%0D%0A%25%2541%20%C3%A9&copies=2&urgent=true").expect("a letter");
    assert_eq!(
        (letter.text.as_str(), letter.copies, letter.urgent),
        ("a b\n%%41 é", 2, Some(true))
    );
    for (body, status, expected) in [
        (&b"text=a&copies=1&text=b"[..], 400, ("text", "repeated")),
        (b"text=%zz&copies=1", 400, ("text", "encoding")),
        (b"text=%ff&copies=1", 400, ("text", "encoding")),
        (b"te%0Axt=a&copies=1", 400, ("", "characters")),
        (b"text=a&&copies=1", 400, ("", "syntax")),
        (b"text=a&copies=10", 422, ("copies", "range")),
        (b"text=a&copies=01", 422, ("copies", "type")),
        (b"text=a&copies=1&role=admin", 422, ("role", "unknown")),
        (b"text=a%00&copies=1", 422, ("text", "characters")),
        (b"copies=1", 422, ("text", "required")),
    ] {
        let problem = decode_form::<Letter>(body).expect_err("a mistake");
        assert_eq!(problem.kind().status(), status, "{}", String::from_utf8_lossy(body));
        assert_eq!(mistakes(problem), pairs(&[expected]));
    }
    assert_eq!(decode_form::<Letter>(b"text=\xff").expect_err("no UTF-8").kind().status(), 400);
}
