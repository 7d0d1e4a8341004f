//! Lists in queries, forms and uploads: how they are written, what is refused, and what documents and `verify` make of them.

use secure_api::{
    input::{decode_form, decode_upload},
    testing::{self, Check},
};
use serde_json::json;

use super::*;
use crate::support::document::{document, parameter};

#[derive(Role)]
enum Role {
    Member,
}

#[derive(Version)]
enum Version {
    V1,
}

/// Says what is looked for.
#[derive(Input, Debug)]
struct Wanted {
    #[input(name = "ids[]", items = 0..=3, each(range = 1..=99))]
    ids: Vec<u8>,
    #[input(items = 1..=3, unique, separated = ",", each(text, max_len = 8))]
    tags: Vec<String>,
    #[input(items = 1..=2, separated = "|")]
    states: Option<Vec<Status>>,
    #[input(items = 0..=2, separated = " ", each(max_len = 3))]
    words: Vec<String>,
    deep: Option<bool>,
}

/// A file, with lists beside it.
#[derive(Input, Debug)]
struct Sent {
    #[input(max_bytes = KIB, kinds = [FileKind::PlainText])]
    file: UploadedFile,
    #[input(items = 0..=2, each(range = 1..=9))]
    stars: Vec<u8>,
    #[input(items = 0..=2, separated = ",", each(max_len = 5))]
    tags: Vec<String>,
}

#[derive(Resource)]
#[view(Echo, role = Role::Member, fields(text))]
struct Read {
    text: String,
}

/// Looks for something.
#[get("/wanted", version = Version::V1, role = Role::Member, view = Echo)]
async fn look(Query(wanted): Query<Wanted>) -> Read {
    Read { text: format!("{wanted:?}") }
}

/// Wants something.
#[post("/wanted", version = Version::V1, role = Role::Member)]
async fn want(Form(wanted): Form<Wanted>) -> Accepted {
    drop(wanted);
    Accepted
}

/// Takes a file.
#[post("/files", version = Version::V1, role = Role::Member)]
async fn send(Upload(sent): Upload<Sent>) -> Accepted {
    drop((sent.file, sent.stars, sent.tags));
    Accepted
}

/// Wishes.
#[api(roles = Role, versions = Version, limit = Limit::per_principal(1000).per_minute(), routes(look, want, send))]
struct Wishes;

fn read(query: &str) -> Wanted {
    match decode_query(Some(query)) {
        Ok(wanted) => wanted,
        Err(problem) => panic!("{query}: {:?}", mistakes(problem)),
    }
}

// R84
#[test]
fn lists_repeat_their_name_or_are_one_text() {
    let wanted = read("ids[]=7&tags=a,b%2Cc&ids%5B%5D=8&states=in-transit%7CDONE&words=x+yz");
    assert_eq!(wanted.ids, [7, 8]);
    assert_eq!(wanted.tags, ["a", "b", "c"]);
    assert_eq!(wanted.states, Some(vec![Status::InTransit, Status::Done]));
    assert_eq!(wanted.words, ["x", "yz"]);
    let wanted = read("tags=a");
    assert!(wanted.ids.is_empty() && wanted.words.is_empty() && wanted.states.is_none());
    assert!(read("tags=a&words=").words.is_empty());
    let wanted: Wanted = decode_form(b"ids[]=7&ids[]=8&tags=a").expect("a form");
    assert_eq!((wanted.ids, wanted.tags), (vec![7, 8], vec!["a".to_owned()]));
}

// R80 R84
#[test]
fn lists_that_are_no_such_lists_are_refused() {
    let cases = [
        ("", "tags", "required"),
        ("tags=", "tags", "items"),
        ("tags=a,b,c,d", "tags", "items"),
        ("tags=a,,b", "tags", "syntax"),
        ("tags=,b", "tags", "syntax"),
        ("tags=a,a", "tags", "unique"),
        ("tags=a&tags=b", "tags", "repeated"),
        ("tags=a&t%61gs=a", "tags", "repeated"),
        ("tags=waytoolong", "tags", "length"),
        ("tags=a&ids[]=0", "ids[]", "range"),
        ("tags=a&ids[]=", "ids[]", "type"),
        ("tags=a&ids[]=7,8", "ids[]", "type"),
        ("tags=a&ids[]=1&ids[]=2&ids[]=3&ids[]=4", "ids[]", "items"),
        ("tags=a&ids=1", "ids", "unknown"),
        ("tags=a&ids[0]=1", "ids[0]", "unknown"),
        ("tags=a&states=DONE,DONE", "states", "choice"),
        ("tags=a&states=", "states", "items"),
        ("tags=a&deep=true&deep=true", "deep", "repeated"),
    ];
    for (query, place, code) in cases {
        let problem = decode_query::<Wanted>(Some(query)).expect_err(query);
        assert_eq!(problem.kind().status(), 400, "{query}");
        assert_eq!(mistakes(problem), pairs(&[(place, code)]), "{query}");
        let problem = decode_form::<Wanted>(query.as_bytes()).expect_err(query);
        let status = if code == "repeated" { 400 } else { 422 };
        assert_eq!(problem.kind().status(), status, "{query}");
        assert_eq!(mistakes(problem), pairs(&[(place, code)]), "{query}");
    }
}

fn upload(parts: &[(&str, &str)]) -> Result<Sent, Problem> {
    let part = |(name, text): &(&str, &str)| {
        let file =
            if *name == "file" { "; filename=a.txt\r\nContent-Type: text/plain" } else { "" };
        format!("--b\r\nContent-Disposition: form-data; name=\"{name}\"{file}\r\n\r\n{text}\r\n")
    };
    let body = parts.iter().map(part).collect::<String>() + "--b--\r\n";
    decode_upload("multipart/form-data; boundary=b", body)
}

// R84
#[test]
fn lists_stand_beside_a_file() {
    const FILE: (&str, &str) = ("file", "a text");
    let sent = upload(&[("stars", "7"), FILE, ("stars", "8"), ("tags", "a,b")]).expect("an upload");
    assert_eq!((sent.stars, sent.tags), (vec![7, 8], vec!["a".to_owned(), "b".to_owned()]));
    let sent = upload(&[FILE]).expect("an upload");
    assert!(sent.stars.is_empty() && sent.tags.is_empty());
    let cases: [(&[(&str, &str)], _, _); 5] = [
        (&[FILE, ("stars", "1"), ("stars", "2"), ("stars", "3")], "/stars", "items"),
        (&[FILE, ("stars", "1"), ("stars", "0")], "/stars/1", "range"),
        (&[FILE, ("tags", "a"), ("tags", "b")], "/tags", "repeated"),
        (&[FILE, ("tags", ""), ("tags", "b")], "/tags", "repeated"),
        (&[FILE, ("tags", "a,,b")], "/tags", "items"),
    ];
    for (parts, place, code) in cases {
        let problem = upload(parts).expect_err(place);
        assert_eq!(mistakes(problem), pairs(&[(place, code)]), "{parts:?}");
    }
}

// R84 in part
#[test]
fn documents_say_how_lists_are_written() {
    let document = document(&Wishes::API.model());
    let of = |name: &str| parameter(&document, "/v1/wanted", name);
    for (name, style, explode, required) in [
        ("ids[]", "form", true, false),
        ("tags", "form", false, true),
        ("states", "pipeDelimited", false, false),
        ("words", "spaceDelimited", false, false),
    ] {
        let one = of(name);
        assert_eq!((&one["style"], &one["explode"]), (&json!(style), &json!(explode)), "{name}");
        assert_eq!((&one["in"], &one["required"]), (&json!("query"), &json!(required)), "{name}");
        assert_eq!(one["schema"]["type"], "array", "{name}");
    }
    assert_eq!(of("tags")["schema"]["uniqueItems"], true);
    let schema = jsonschema::validator_for(&of("tags")["schema"]).expect("a schema");
    for (item, admitted) in [("a", true), ("", false), ("a,b", false), ("a|b", true)] {
        assert_eq!(
            schema.is_valid(&json!([item])),
            admitted,
            "{item:?} by {}",
            of("tags")["schema"]
        );
    }
    let body = &document["paths"]["/v1/wanted"]["post"]["requestBody"]["content"];
    let encoding = &body["application/x-www-form-urlencoded"]["encoding"];
    assert_eq!(encoding["tags"], json!({ "style": "form", "explode": false }));
    assert_eq!(encoding["states"], json!({ "style": "pipeDelimited", "explode": false }));
    assert!(encoding.get("ids[]").is_none(), "{encoding}");
    let body = &document["paths"]["/v1/files"]["post"]["requestBody"]["content"];
    let encoding = &body["multipart/form-data"]["encoding"];
    assert_eq!(encoding["tags"], json!({ "style": "form", "explode": false }));
}

#[tokio::test]
async fn verify_crosses_the_bounds_of_lists() {
    let app = Wishes::app().tokens(testing::issuer()).clock(testing::at("2026-11-30"));
    let verified = testing::verify(app.secret(SecretBytes::random())).await;
    for check in [Check::Queries, Check::Bounds, Check::Uploads] {
        assert!(verified.kept(check) > 0, "{verified}");
    }
    assert!(verified.untested.iter().all(|one| one.check != Some(Check::Bounds)), "{verified}");
}
