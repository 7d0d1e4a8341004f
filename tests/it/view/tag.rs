//! Entity tags: what was read is not sent again, and what has changed since is not changed unseen.

use reqwest::Method;

use super::{book, sample::Book, server_of};
use crate::support::{Answer, TestServer};

async fn conditional(
    server: &TestServer,
    token: &str,
    method: Method,
    path: &str,
    (name, tag): (&'static str, &str),
) -> Answer {
    let request = server.request(method.clone(), path).bearer_auth(token).header(name, tag);
    let body = r#"{"price":5}"#;
    Answer::of(match method {
        Method::PATCH => request.header("content-type", "application/json").body(body),
        _ => request,
    })
    .await
}

// R106: a tag is of the bytes that this caller was sent.
#[tokio::test]
async fn a_tag_is_of_what_was_sent() {
    let books = [Book::example("alice", 1, 900), Book::example("alice", 2, 900)];
    let server = server_of(&books).await;
    let (alice, keeper) = (server.token("alice", &["member"]), server.token("kim", &["keeper"]));
    let tag = async |token: &str, path: &str| {
        let answer = server.get_as(token, path).await;
        assert_eq!(answer.header("cache-control"), "no-store");
        answer.header("etag").to_owned()
    };
    let one = tag(&alice, &book("v2", 1)).await;
    assert!(one.starts_with('"') && one.ends_with('"') && one.len() == 24, "{one}");
    assert_eq!(tag(&alice, &book("v2", 1)).await, one);
    assert_eq!(tag(&server.token("bob", &["member"]), &book("v2", 1)).await, one);
    let list = tag(&alice, "/v2/books?size=1").await;
    assert_eq!(tag(&alice, "/v2/books?size=1").await, list, "its cursor is the same too");
    for (token, path) in [
        (&keeper, book("v2", 1)),
        (&alice, book("v1", 1)),
        (&alice, book("v2", 2)),
        (&alice, format!("{}?fields=id,price", book("v2", 1))),
        (&alice, "/v2/books".to_owned()),
    ] {
        assert_ne!(tag(token, &path).await, one, "{path}");
    }
    let head = Answer::of(server.request(Method::HEAD, &book("v2", 1)).bearer_auth(&alice)).await;
    assert_eq!(head.header("etag"), one);
    // What changes something has none: its view may be another than the reader's.
    let changed =
        conditional(&server, &alice, Method::PATCH, &book("v2", 1), ("if-match", &one)).await;
    assert_eq!((changed.status, changed.maybe_header("etag")), (200, None));
    assert_ne!(tag(&alice, &book("v2", 1)).await, one);
}

#[tokio::test]
async fn what_the_caller_has_is_not_sent_again() {
    let server = server_of(&[Book::example("alice", 1, 900)]).await;
    let alice = server.token("alice", &["member"]);
    let answer = server.get_as(&alice, &book("v2", 1)).await;
    let tag = answer.header("etag").to_owned();
    let ask = |method, value: String| {
        let (server, alice) = (&server, &alice);
        async move {
            let condition = ("if-none-match", &*value);
            conditional(server, alice, method, &book("v2", 1), condition).await
        }
    };
    for value in [tag.clone(), format!("W/{tag}"), format!("\"x\", {tag}"), "*".to_owned()] {
        for method in [Method::GET, Method::HEAD] {
            let known = ask(method, value.clone()).await;
            assert_eq!((known.status, known.body.as_str()), (304, ""), "{value}");
            assert_eq!(known.header("etag"), tag);
            assert_eq!(known.header("cache-control"), "no-store");
            assert_eq!(known.maybe_header("content-type"), None);
            known.has_security_headers();
        }
    }
    for value in ["\"x\"", "\"\""] {
        assert_eq!(ask(Method::GET, value.to_owned()).await.status, 200, "{value}");
    }
    // A tag opens nothing: who may not read is told so first.
    let nobodys = book("v2", 9);
    let asked = conditional(&server, &alice, Method::GET, &nobodys, ("if-none-match", "*")).await;
    asked.is_problem(404);
    let path = book("v2", 1);
    let stranger = server.request(Method::GET, &path).header("if-none-match", &tag);
    Answer::of(stranger).await.is_problem(401);
}

// R112
#[tokio::test]
async fn a_change_needs_the_tag_of_what_it_changes() {
    let server = server_of(&[Book::example("alice", 1, 900)]).await;
    let alice = server.token("alice", &["member"]);
    let path = book("v2", 1);
    let change = |value: String| {
        let (server, alice, path) = (&server, &alice, &path);
        async move { conditional(server, alice, Method::PATCH, path, ("if-match", &value)).await }
    };
    let without = server.send(Method::PATCH, Some(&alice), &path, r#"{"price":5}"#).await;
    without.is_problem(428);
    assert_eq!(without.json()["detail"], "there is no If-Match");
    let tag = server.get_as(&alice, &path).await.header("etag").to_owned();
    for value in [format!("W/{tag}"), "\"x\"".to_owned()] {
        change(value).await.is_problem(412);
    }
    for value in [tag[1..].to_owned(), ",".to_owned()] {
        change(value).await.is_problem(400);
    }
    assert_eq!(server.get_as(&alice, &path).await.json()["price"], 1200, "nothing was changed");
    assert_eq!(change(tag.clone()).await.json()["price"], 5);
    // It has changed since.
    change(tag).await.is_problem(412);
    assert_eq!(change("*".to_owned()).await.status, 200);
    // Neither is the header asked for before the caller is known, nor does it tell what is there.
    let stranger = server.send(Method::PATCH, None, &path, "{}").await;
    stranger.is_problem(401);
    let nowhere = book("v2", 9);
    server.send(Method::PATCH, Some(&alice), &nowhere, "{}").await.is_problem(428);
    let asked = conditional(&server, &alice, Method::PATCH, &nowhere, ("if-match", "*")).await;
    asked.is_problem(404);
}

// R112: each caller has the tag of its own view, and a removal needs one as well.
#[tokio::test]
async fn a_tag_is_compared_through_the_callers_view() {
    let hidden = Book { cost: 9, ..Book::example("nobody", 2, 900) };
    let server = server_of(&[Book::example("alice", 1, 900), hidden]).await;
    let (alice, keeper) = (server.token("alice", &["member"]), server.token("kim", &["keeper"]));
    let path = book("v2", 1);
    let members = server.get_as(&alice, &path).await.header("etag").to_owned();
    let keepers = server.get_as(&keeper, &path).await.header("etag").to_owned();
    let remove = |path: String, tag: String| {
        let (server, keeper) = (&server, &keeper);
        async move { conditional(server, keeper, Method::DELETE, &path, ("if-match", &tag)).await }
    };
    remove(path.clone(), members).await.is_problem(412);
    assert_eq!(remove(path.clone(), keepers.clone()).await.status, 204);
    remove(path, keepers).await.is_problem(404);
    // Who may remove and not read learns nothing by guessing tags.
    for tag in ["*", "\"x\""] {
        remove(book("v2", 2), tag.to_owned()).await.is_problem(412);
    }
}

#[tokio::test]
async fn conditions_are_documented() {
    let app =
        super::library(&[]).docs(secure_api::prelude::Docs::open("the tests read them")).build();
    let clock = secure_api::clock::Clock::manual(crate::support::server::START);
    let server = TestServer::run(app.expect("an app"), Default::default(), clock).await;
    let document = server.get("/openapi/v2.json").await.json();
    let operation = &document["paths"]["/v2/books/{book}"]["patch"];
    let parameters = operation["parameters"].as_array().expect("parameters");
    let header = parameters.iter().find(|parameter| parameter["name"] == "If-Match");
    assert_eq!(header.map(|header| &header["required"]), Some(&serde_json::json!(true)));
    for status in ["412", "428"] {
        assert!(operation["responses"][status].is_object(), "{status}");
    }
    let post = &document["paths"]["/v2/books"]["post"]["responses"];
    assert!(post["428"].is_null() && post["201"]["headers"]["Location"].is_object());
}
