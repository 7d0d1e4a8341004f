//! The rest of an input's language: rules of the app, names, maps, null, patches and forms.

use std::{collections::BTreeMap, net::IpAddr};

use secure_api::{
    input::{Input, Media, check_content_type, decode_body, decode_form, decode_patch},
    prelude::*,
    shape::Shape,
};

use super::{mistakes, pairs, refused};

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
        br#"{"counts": {"a": 1, "b": 2}, "texts": {"x": ["ab"]}, "from": "2001:DB8::1"}"#,
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

/// The way of delivery.
#[derive(Input, Debug, PartialEq)]
#[input(tag = "kind", check = Delivery::is_known)]
enum Delivery {
    /// Fetched by whoever ordered.
    Pickup,
    /// Sent.
    #[input(name = "by-post")]
    Parcel {
        #[input(max_len = 10)]
        street: String,
        #[input(range = 0..=40)]
        floor: Option<u8>,
    },
}

impl Delivery {
    fn is_known(&self) -> Result<(), InvalidValue> {
        match self {
            Self::Parcel { street, .. } if street == "Nowhere" => {
                Err(InvalidValue::new("place", "a street that is there").at("street"))
            }
            Self::Pickup | Self::Parcel { .. } => Ok(()),
        }
    }
}

#[derive(Input, Debug)]
struct Dispatch {
    #[input(items = 1..=3)]
    deliveries: Vec<Delivery>,
}

// R80
#[test]
fn a_tag_tells_the_variants_of_an_enum_apart() {
    let dispatch: Dispatch =
        decode_body(br#"{"deliveries": [{"kind": "pickup"}, {"street": "a", "kind": "by-post"}]}"#)
            .expect("a dispatch");
    let parcel = Delivery::Parcel { street: "a".to_owned(), floor: None };
    assert_eq!(dispatch.deliveries, [Delivery::Pickup, parcel]);
    for (delivery, expected) in [
        (r#"{"kind": "pickup", "street": "a"}"#, &[("/street", "unknown")][..]),
        (r#"{"kind": "parcel"}"#, &[("/kind", "choice")]),
        (r#"{"kind": 1}"#, &[("/kind", "type")]),
        (r#"{"street": "a"}"#, &[("/kind", "required")]),
        (r#""pickup""#, &[("", "type")]),
        (
            r#"{"kind": "by-post", "floor": 41, "owner": "a"}"#,
            &[("/floor", "range"), ("/owner", "unknown"), ("/street", "required")],
        ),
        (r#"{"kind": "by-post", "street": "Nowhere"}"#, &[("/street", "place")]),
    ] {
        let body = format!(r#"{{"deliveries": [{delivery}]}}"#);
        let expected: Vec<_> = expected
            .iter()
            .map(|(place, code)| (format!("/deliveries/0{place}"), (*code).to_owned()))
            .collect();
        assert_eq!(refused::<Dispatch>(&body), (422, expected), "{delivery}");
    }
}

/// Sends things.
#[post("/dispatches", version = Version::V1, public = "a test")]
async fn dispatch(Json(dispatch): Json<Dispatch>) -> Accepted {
    assert!(!dispatch.deliveries.is_empty());
    Accepted
}

/// Sends things.
#[api(roles = Role, versions = Version, limit = Limit::per_address(1000).per_minute(),
      routes(change_board, send_letter, dispatch))]
struct Documented;

#[test]
fn documents_say_how_a_body_is_written() {
    let app = Documented::app().build().expect("an app");
    let text = secure_api::docs::openapi_json(app.model(), "v1").expect("a document");
    let document: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    let content = |path: &str, verb: &str| {
        let content = document["paths"][path][verb]["requestBody"]["content"].as_object().cloned();
        content.unwrap_or_default().keys().cloned().collect::<Vec<_>>()
    };
    let paths: Vec<_> = document["paths"].as_object().expect("paths").keys().cloned().collect();
    let at = |end: &str| paths.iter().find(|path| path.ends_with(end)).expect("a path").clone();
    assert_eq!(
        content(&at("/board"), "patch"),
        ["application/json", "application/merge-patch+json"]
    );
    assert_eq!(content(&at("/letters"), "post"), ["application/x-www-form-urlencoded"]);
    assert_eq!(content(&at("/dispatches"), "post"), ["application/json"]);
    let schemas = &document["components"]["schemas"];
    assert_eq!(schemas["BoardChange"]["properties"]["title"]["type"], "string");
    let item = &schemas["Dispatch"]["properties"]["deliveries"]["items"]["$ref"];
    assert_eq!(item, "#/components/schemas/Delivery");
    let one_of = &schemas["Delivery"]["oneOf"];
    assert_eq!(one_of.as_array().map(Vec::len), Some(2), "{one_of}");
    let discriminator = &schemas["Delivery"]["discriminator"];
    assert_eq!(discriminator["propertyName"], "kind");
    assert_eq!(discriminator["mapping"]["by-post"], "#/components/schemas/DeliveryParcel");
    let parcel = &schemas["DeliveryParcel"];
    assert_eq!(parcel["properties"]["kind"]["const"], "by-post");
    assert_eq!(parcel["required"], serde_json::json!(["kind", "street"]));
}

#[derive(Version)]
enum Version {
    V1,
}

#[derive(Role)]
enum Role {
    Writer,
}

#[derive(Resource)]
#[view(BoardView, public, fields(title, note))]
struct Board {
    title: String,
    note: Option<String>,
}

#[derive(Input)]
struct BoardChange {
    #[input(max_len = 20)]
    title: Option<String>,
    note: Patched<PlainText<20>>,
}

/// Changes the board.
#[patch("/board", version = Version::V1, public = "a test", view = BoardView)]
async fn change_board(Patch(change): Patch<BoardChange>) -> Board {
    let mut note: Option<PlainText<20>> = "old".parse().ok();
    change.note.apply(&mut note);
    Board { title: change.title.unwrap_or_else(|| "old".to_owned()), note: note.map(String::from) }
}

/// Takes a letter.
#[post("/letters", version = Version::V1, public = "a test")]
async fn send_letter(Form(letter): Form<Letter>) -> Accepted {
    assert!(letter.copies > 0);
    Accepted
}

/// Boards and letters.
#[api(roles = Role, versions = Version, limit = Limit::per_address(1000).per_minute(),
      routes(change_board, send_letter))]
struct Office;

/// Status, headers and body of an answer.
async fn ask(
    router: &axum::Router,
    method: &str,
    path: &str,
    media: &str,
    body: &'static str,
) -> (u16, axum::http::HeaderMap, String) {
    use http_body_util::BodyExt;
    use tower::ServiceExt;
    let request = axum::http::Request::builder()
        .method(method)
        .uri(path)
        .header("host", "localhost")
        .header("content-type", media)
        .header("content-length", body.len())
        .body(axum::body::Body::from(body))
        .expect("a request");
    let response = router.clone().oneshot(request).await.expect("an answer");
    let (parts, body) = response.into_parts();
    let body = body.collect().await.expect("a body").to_bytes();
    (parts.status.as_u16(), parts.headers, String::from_utf8_lossy(&body).into_owned())
}

// R83 R76 R87
#[tokio::test]
async fn patches_and_forms_are_read_by_their_media_types() {
    let router = Office::app().build().expect("an app").router();
    let patch = async |media, body| ask(&router, "PATCH", "/v1/board", media, body).await;
    for media in [
        "application/merge-patch+json",
        "application/json",
        "application/merge-patch+json; charset=utf-8",
    ] {
        let (status, _, body) = patch(media, r#"{"note": null}"#).await;
        assert_eq!((status, body.as_str()), (200, r#"{"title":"old","note":null}"#), "{media}");
    }
    let (_, _, body) =
        patch("application/merge-patch+json", r#"{"note": "<b>a & b</b> < c"}"#).await;
    assert_eq!(body, r#"{"title":"old","note":"a \u0026 b \u003c c"}"#);
    let (status, headers, _) = patch("application/json-patch+json", "[]").await;
    assert_eq!((status, &headers["accept-patch"]), (415, &headers["accept"]));
    assert_eq!(headers["accept"], "application/merge-patch+json, application/json");
    let (status, _, body) = patch("application/merge-patch+json", r#"{"title": null}"#).await;
    assert!(status == 422 && body.contains(r#""pointer":"/title""#), "{body}");

    let form = async |media, body| ask(&router, "POST", "/v1/letters", media, body).await;
    assert_eq!(form("application/x-www-form-urlencoded", "text=a&copies=1").await.0, 202);
    assert_eq!(form("application/x-www-form-urlencoded", "text=a&copies=0").await.0, 422);
    let (status, headers, _) = form("application/json", "{}").await;
    assert_eq!(
        (status, headers["accept"].to_str().ok()),
        (415, Some("application/x-www-form-urlencoded"))
    );
    assert!(!headers.contains_key("accept-patch"));
    assert!(check_content_type(&axum::http::HeaderMap::new(), Media::Form).is_err());
}
