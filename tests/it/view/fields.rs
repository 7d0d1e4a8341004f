//! Fields: renamed, computed, in some versions, and only those that were asked for.

use secure_api::prelude::Docs;
use serde_json::json;

use super::{book, library, names, sample::Book, server_of};
use crate::support::{TestServer, server::START};

// R104 R105 R109: to the byte, in each version, nested views included.
#[tokio::test]
async fn each_version_has_its_own_fields() {
    let server = server_of(&[Book::example("alice", 1, 900)]).await;
    let token = server.token("alice", &["member"]);
    let id = uuid::Uuid::from_u128(1);
    let ada = r#"{"name":"Ada"}"#;
    for (version, expected) in [
        ("v1", format!(r#"{{"id":"{id}","price_cents":1200,"heavy":true,"authors":[{ada}]}}"#)),
        (
            "v2",
            format!(r#"{{"id":"{id}","price":1200,"heavy":true,"authors":[{ada}],"first":{ada}}}"#),
        ),
        (
            "v3",
            format!(
                r#"{{"id":"{id}","price":1200,"heavy":true,"authors":[{{"name":"Ada","born":1815}}]}}"#
            ),
        ),
    ] {
        assert_eq!(server.get_as(&token, &book(version, 1)).await.body, expected, "{version}");
        let page = server.get_as(&token, &format!("/{version}/books")).await.body;
        assert_eq!(page, format!("{{\"items\":[{expected}]}}"), "{version}");
    }
    // A view that extends it follows, and a name may be a keyword.
    let keeper = server.token("kim", &["keeper"]);
    let document = server.get_as(&keeper, &book("v2", 1)).await.json();
    let wanted = ["id", "price", "heavy", "authors", "first", "type", "cost"];
    assert_eq!(names(&document), wanted);
}

// R109: the document of each version has that version's fields, and what is sent is what it says.
#[tokio::test]
async fn each_version_is_documented_with_its_own_fields() {
    let app =
        library(&[Book::example("alice", 1, 900)]).docs(Docs::open("the tests read them")).build();
    let clock = secure_api::clock::Clock::manual(START);
    let server = TestServer::run(app.expect("an app"), Default::default(), clock).await;
    let keeper = server.token("kim", &["keeper"]);
    for version in ["v1", "v2", "v3"] {
        let document = server.get(&format!("/openapi/{version}.json")).await.json();
        let schemas = &document["components"]["schemas"];
        let sent = server.get_as(&keeper, &book(version, 1)).await.json();
        let schema = &schemas["BookDesk"];
        assert_eq!(names(&schema["properties"]), names(&sent), "{version}");
        assert_eq!(schema["required"].as_array().map(Vec::len), Some(names(&sent).len()));
        let author = &schemas["AuthorLine"]["properties"];
        assert_eq!(author.get("born").is_some(), version == "v3", "{version}: {author}");
        let described = &schema["properties"]["heavy"]["description"];
        assert_eq!(described, "`true` if it is more than one hand holds.");
        assert_eq!(schema["properties"]["heavy"]["type"], "boolean");
        let page = &document["paths"][format!("/{version}/books")]["get"];
        let parameters = page["parameters"].as_array().expect("parameters").iter();
        let listed: Vec<_> =
            parameters.filter_map(|parameter| parameter["name"].as_str()).collect();
        assert_eq!(listed, ["size", "cursor", "fields", "If-Match", "If-None-Match"]);
        assert!(page["responses"]["304"].is_object());
    }
}

// R106: it narrows, in pages too, and nothing else of the answer changes.
#[tokio::test]
async fn a_caller_gets_the_fields_it_asks_for() {
    let server = server_of(&[Book::example("alice", 1, 900)]).await;
    let token = server.token("alice", &["member"]);
    let one = |fields: &str| format!("{}?fields={fields}", book("v2", 1));
    let answer = server.get_as(&token, &one("price,heavy")).await;
    assert_eq!(answer.body, r#"{"price":1200,"heavy":true}"#);
    // The order is the view's, not the caller's.
    assert_eq!(server.get_as(&token, &one("heavy,price")).await.body, answer.body);
    assert_eq!(server.get_as(&token, &one("first")).await.body, r#"{"first":{"name":"Ada"}}"#);
    // `name` is inside; what is inside is not narrowed, and not asked for either.
    server.get_as(&token, &one("name")).await.is_problem(400);
    let page = server.get_as(&token, "/v2/books?fields=heavy&size=5").await;
    assert_eq!(page.body, r#"{"items":[{"heavy":true}]}"#);
    // Escapes are decoded once, as everywhere in a query.
    assert_eq!(server.get_as(&token, &one("price%2Cheavy")).await.body, answer.body);
}

// R106: what the caller's view does not have is unknown, whoever else sees it, and whatever it is called elsewhere.
#[tokio::test]
async fn fields_only_narrow_the_callers_view() {
    let server = server_of(&[Book::example("alice", 1, 900)]).await;
    let (alice, keeper) = (server.token("alice", &["member"]), server.token("kim", &["keeper"]));
    let refused = |token: String, query: &'static str| {
        let path = format!("{}?{query}", book("v2", 1));
        let server = &server;
        async move { server.get_as(&token, &path).await.is_problem(400) }
    };
    let hidden = refused(alice.clone(), "fields=cost").await;
    let nowhere = refused(alice.clone(), "fields=nowhere").await;
    assert_eq!(hidden, nowhere, "a name that is hidden looks like one that is not there");
    assert_eq!(
        hidden["errors"],
        json!([{
            "pointer": "fields", "code": "unknown", "detail": "the answer has no field of this name",
        }])
    );
    for query in [
        "fields=",
        "fields=id,",
        "fields=,id",
        "fields=id,id",
        "fields=ID",
        "fields=id%20",
        "fields=owner",
        "fields=pages",
        // Of another version.
        "fields=price_cents",
        // Of the field that it is made of.
        "fields=kind",
        "fields=*",
        "fields[]=id",
    ] {
        refused(alice.clone(), query).await;
    }
    let path = format!("{}?fields=cost,type", book("v2", 1));
    assert_eq!(server.get_as(&keeper, &path).await.body, r#"{"type":"novel","cost":700}"#);
    // What changes something takes no such parameter.
    let path = format!("{}/copy?fields=id", book("v2", 1));
    let copy = server.request(reqwest::Method::POST, &path).bearer_auth(&alice);
    crate::support::Answer::of(copy).await.is_problem(400);
}
