//! Items of a list in which nothing is there twice, where these have parts: each part is compared as it is read.

use std::collections::BTreeMap;

use serde_json::{Value as Json_, json};

use super::*;

/// A person, who can be written in several ways.
#[derive(Input)]
struct Person {
    mail: Email,
    #[input(max_len = 20)]
    name: Option<String>,
    badge: Option<Uuid>,
    at: Option<Timestamp>,
    #[input(range = 0..=9)]
    share: Option<Decimal>,
    #[input(max_len = 20)]
    key: Option<Secret<String>>,
}

#[derive(Input)]
#[input(tag = "kind")]
enum Way {
    Mail { to: Email },
    Letter,
}

#[derive(Input)]
struct Lists {
    #[input(items = 0..=4, unique)]
    people: Option<Vec<Person>>,
    #[input(items = 0..=4, unique)]
    ways: Option<Vec<Way>>,
    #[input(items = 0..=4, unique, each(items = 0..=4))]
    lists: Option<Vec<Vec<Email>>>,
    #[input(items = 0..=4, unique, each(items = 0..=4, keys(max_len = 9)))]
    maps: Option<Vec<BTreeMap<String, Uuid>>>,
    #[input(items = 0..=4, unique, each(max_len = 9))]
    codes: Option<Vec<Secret<String>>>,
}

// R79: a secret is as it was sent, to the blank at its end.
#[test]
fn secrets_are_compared_as_they_were_sent() {
    let body = |codes: [&str; 2]| json!({ "codes": codes }).to_string();
    assert!(decode_body::<Lists>(body(["x", "x "]).as_bytes()).is_ok());
    let again = pairs(&[("/codes/1", "unique")]);
    assert_eq!(refused::<Lists>(&body(["x", "x"])), (422, again));
}

// R79: null and nothing are alike, and so are all texts of one value.
#[test]
fn parts_are_compared_as_they_are_read() {
    let person = |more: Json_| {
        let mut person = json!({"mail": "a@b.example"});
        person.as_object_mut().expect("an object").extend(more.as_object().expect("one").clone());
        person
    };
    let (lower, upper) =
        ("67e55044-10b1-426f-9247-bb680e5fe0c8", "67E55044-10B1-426F-9247-BB680E5FE0C8");
    for (list, one, same, other) in [
        (
            "people",
            person(json!({})),
            person(json!({"mail": "a@B.example"})),
            person(json!({"mail": "A@b.example"})),
        ),
        (
            "people",
            person(json!({})),
            person(json!({"name": null, "at": null})),
            person(json!({"name": ""})),
        ),
        (
            "people",
            person(json!({"name": "x"})),
            person(json!({"name": " x "})),
            person(json!({"name": "X"})),
        ),
        (
            "people",
            person(json!({"badge": lower})),
            person(json!({"badge": upper})),
            person(json!({})),
        ),
        (
            "people",
            person(json!({"share": "1"})),
            person(json!({"share": "1.0"})),
            person(json!({"share": "1.01"})),
        ),
        (
            "people",
            person(json!({"key": "x"})),
            person(json!({"key": "x", "name": null})),
            person(json!({"key": "x "})),
        ),
        (
            "people",
            person(json!({"at": "2026-06-01T12:00:00Z"})),
            person(json!({"at": "2026-06-01T14:00:00+02:00"})),
            person(json!({"at": "2026-06-01T12:00:01Z"})),
        ),
        (
            "ways",
            json!({"kind": "mail", "to": "a@b.example"}),
            json!({"to": "a@B.example", "kind": "mail"}),
            json!({"kind": "letter"}),
        ),
        (
            "lists",
            json!(["a@b.example"]),
            json!(["a@B.example"]),
            json!(["a@b.example", "a@b.example"]),
        ),
        ("maps", json!({"a": lower}), json!({" a": upper}), json!({"b": lower})),
    ] {
        let body = |items: [&Json_; 2]| json!({list: items}).to_string();
        let place = format!("/{list}/1");
        assert_eq!(refused::<Lists>(&body([&one, &same])), (422, pairs(&[(&place, "unique")])));
        assert!(decode_body::<Lists>(body([&one, &other]).as_bytes()).is_ok(), "{one} and {other}");
    }
}

// R82: an item that is refused for itself moves no other.
#[test]
fn the_place_told_is_that_of_the_item() {
    let body =
        json!({"people": [{"mail": "a@"}, {"mail": "a@b.example"}, {"mail": "a@B.example"}]});
    let told = pairs(&[("/people/0/mail", "email"), ("/people/2", "unique")]);
    assert_eq!(refused::<Lists>(&body.to_string()), (422, told));
}
