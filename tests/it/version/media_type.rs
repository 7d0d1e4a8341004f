//! Versions that requests state by media types.

use secure_api::{
    app::AppBuilder,
    docs::Docs,
    prelude::*,
    testing::{self, Client, Reply, Request},
};
use serde_json::Value;

use crate::support::article::{Article, ArticleView, Role, Slug, tested as client};

mod documented;
mod journal;
mod library;

use journal::Journal;
use library::Library;

const PLAIN: &str = "application/json";
const FIRST: &str = "application/vnd.acme.v1+json";
const SECOND: &str = "application/vnd.acme.v2+json";
const THIRD: &str = "application/vnd.acme.v3+json";

fn library() -> AppBuilder {
    Library::app().tokens(testing::issuer()).docs(Docs::open("partners read the documents"))
}

fn journal() -> AppBuilder {
    Journal::app().tokens(testing::issuer()).docs(Docs::open("partners read the documents"))
}

fn get(client: &Client, path: &str, accept: &[&str]) -> Request {
    let request = client.as_caller(Role::Member, "alice").get(path);
    accept.iter().fold(request, |request, accept| request.header("accept", accept))
}

fn post(client: &Client, accept: &str, media: &str) -> Request {
    let request = client.as_caller(Role::Member, "alice").post("/articles");
    let request = if accept.is_empty() { request } else { request.header("accept", accept) };
    request.body(media, r#"{"count":1}"#)
}

fn told(reply: &Reply) -> Value {
    serde_json::from_str(reply.text()).expect("JSON")
}

#[tokio::test]
async fn what_is_accepted_says_the_version_and_the_answer_is_of_it() {
    let client = client(library());
    for (accept, count, media) in [
        (&[FIRST][..], 1, FIRST),
        (&[SECOND], 2, SECOND),
        (&["Application/VND.acme.V2+JSON; q=0.5, */*"], 2, SECOND),
        (&["text/html", SECOND], 2, SECOND),
        // Who can do with several has the one it likes best, or else the newest.
        (&["application/vnd.acme.v2+json, application/vnd.acme.v3+json;q=0.9"], 2, SECOND),
        (&[SECOND, THIRD, FIRST], 3, THIRD),
        (&["application/vnd.acme.v3+json;q=0, application/vnd.acme.v2+json"], 2, SECOND),
        // Who names none means the one that is meant then.
        (&[], 1, FIRST),
        (&["*/*"], 1, FIRST),
        (&["application/*"], 1, FIRST),
        (&["text/html, */*;q=0.1"], 1, FIRST),
        (&[PLAIN], 1, PLAIN),
        (&["application/json, */*;q=0.1"], 1, PLAIN),
        (&["application/vnd.acme.v9+json, application/json;q=0.5"], 1, PLAIN),
        (&["application/vnd.acme.v9+json, */*;q=0.5"], 1, FIRST),
    ] {
        let reply = get(&client, "/articles/bolt", accept).await;
        assert_eq!(reply.status(), 200, "{accept:?} {reply:?}");
        assert_eq!(reply.json_pointer("/count"), count, "{accept:?}");
        assert_eq!(reply.header("content-type"), Some(media), "{accept:?}");
        assert!(reply.header("vary").expect("a list").contains("accept"), "{accept:?}");
        assert_eq!(reply.header("deprecation").is_some(), count == 1, "{accept:?}");
    }
    let absent = client.as_caller(Role::Member, "alice").delete("/articles/bolt").await;
    assert_eq!((absent.status(), absent.header("allow")), (405, Some("GET, HEAD, PATCH, OPTIONS")));
    let deleted = client.as_caller(Role::Member, "alice").delete("/articles/bolt");
    assert_eq!(deleted.header("accept", SECOND).await.status(), 204);
}

#[tokio::test]
async fn what_names_no_version_that_is_served_is_not_acceptable() {
    let library = client(library());
    for accept in ["application/vnd.acme.v9+json", "application/vnd.acme.v4+json, text/html"] {
        let reply = get(&library, "/articles/bolt", &[accept]).await;
        assert_eq!(reply.status(), 406, "{accept} {reply:?}");
        assert_eq!(reply.header("content-type"), Some("application/problem+json"));
        let told = told(&reply);
        assert_eq!(told["type"], "urn:problem-type:secure-api:not-acceptable");
        assert_eq!(told["errors"][0]["pointer"], "accept");
        assert_eq!(told["errors"][0]["detail"], format!("one of: {FIRST}, {SECOND}, {THIRD}"));
    }
    for accept in ["text/html", "application/vnd.acme.v1+json;q=0", "application/vnd.acme.+json"] {
        let reply = get(&library, "/articles/bolt", &[accept]).await;
        assert_eq!(reply.status(), 406, "{accept} {reply:?}");
    }
    let preview = client(self::library().previews());
    let fourth = get(&preview, "/articles/bolt", &["application/vnd.acme.v4+json"]).await;
    assert_eq!(fourth.json_pointer("/count"), 4);
    let journal = client(journal());
    for accept in
        [&[][..], &["*/*"], &[PLAIN], &["application/vnd.acme.v9+json, */*"], &["text/html"]]
    {
        let reply = get(&journal, "/articles", accept).await;
        assert_eq!(reply.status(), 406, "{accept:?} {reply:?}");
        assert_eq!(told(&reply)["errors"][0]["detail"], format!("one of: {FIRST}, {SECOND}"));
    }
    assert_eq!(journal.get("/articles").await.status(), 406, "before anybody is asked who it is");
    assert_eq!(get(&journal, "/nothing", &[SECOND]).await.status(), 404);
    let plain =
        get(&journal, "/articles", &["application/json, application/vnd.acme.v2+json"]).await;
    assert_eq!(plain.header("content-type"), Some(SECOND));
}

#[tokio::test]
async fn a_body_is_of_the_version_that_is_accepted() {
    let client = client(library());
    for (accept, media, count, answered) in [
        (SECOND, SECOND, 12, SECOND),
        (SECOND, "application/vnd.ACME.v2+json;charset=utf-8", 12, SECOND),
        (SECOND, PLAIN, 12, SECOND),
        // Where nothing is accepted by its name the body says it.
        ("", SECOND, 12, SECOND),
        ("*/*", THIRD, 13, THIRD),
        ("", PLAIN, 11, FIRST),
        ("application/json", PLAIN, 11, PLAIN),
    ] {
        let reply = post(&client, accept, media).await;
        assert_eq!(reply.status(), 201, "{accept} {media} {reply:?}");
        assert_eq!(reply.json_pointer("/count"), count, "{accept} {media}");
        assert_eq!(reply.header("content-type"), Some(answered), "{accept} {media}");
    }
    for (accept, media) in [
        (SECOND, FIRST),
        (SECOND, THIRD),
        ("", "application/vnd.acme.v9+json"),
        (SECOND, "text/plain"),
    ] {
        let reply = post(&client, accept, media).await;
        assert_eq!(reply.status(), 415, "{accept} {media} {reply:?}");
        let own = if accept.is_empty() { FIRST } else { accept };
        assert_eq!(reply.header("accept"), Some(&*format!("{own}, {PLAIN}")), "{accept} {media}");
    }
    // What is answered in that version is not JSON of none.
    assert_eq!(post(&client, PLAIN, SECOND).await.status(), 406);
    let journal = self::client(journal());
    assert_eq!(post(&journal, "", SECOND).await.status(), 201);
    assert_eq!(post(&journal, "", PLAIN).await.status(), 406);
    let plain = post(&journal, SECOND, PLAIN).await;
    assert_eq!((plain.status(), plain.header("accept")), (415, Some(SECOND)));
}

#[tokio::test]
async fn patches_and_queries_are_of_a_version_too() {
    let client = client(library());
    let member = client.as_caller(Role::Member, "alice");
    let patch = |media: &str| {
        let request = member.request("PATCH", "/articles/bolt").header("accept", SECOND);
        request.body(media, r#"{"count":3}"#)
    };
    for media in [SECOND, PLAIN, "application/merge-patch+json"] {
        let reply = patch(media).await;
        assert_eq!(reply.json_pointer("/count"), 3, "{media} {reply:?}");
        assert_eq!(reply.header("content-type"), Some(SECOND));
    }
    let refused = patch(FIRST).await;
    let types = format!("application/merge-patch+json, {SECOND}, {PLAIN}");
    assert_eq!(
        (refused.status(), refused.header("accept-patch")),
        (415, Some(&*types)),
        "{refused:?}"
    );
    let asked = member.request("QUERY", "/articles").body(THIRD, r#"{"count":3}"#).await;
    assert_eq!(asked.json_pointer("/count"), 33, "{asked:?}");
    assert_eq!(asked.header("accept-query"), Some(&*format!("{THIRD}, {PLAIN}")));
    // A cache tells answers to GET apart by `Accept` alone.
    let got = member.get("/articles/bolt").header("content-type", SECOND).await;
    assert_eq!(got.json_pointer("/count"), 1, "{got:?}");
}

#[tokio::test]
async fn other_content_keeps_its_media_type() {
    let client = client(library());
    for (accept, text) in [
        (&[SECOND][..], "as of v2"),
        (&["text/plain", SECOND], "as of v2"),
        (&["text/plain, application/vnd.acme.v3+json;q=0.1"], "as of v3"),
        (&["text/plain"], "as it was"),
        (&[], "as it was"),
    ] {
        let reply = get(&client, "/about", accept).await;
        assert_eq!((reply.status(), reply.text()), (200, text), "{accept:?}");
        assert_eq!(reply.header("content-type"), Some("text/plain; charset=utf-8"));
    }
    assert_eq!(get(&client, "/about", &[PLAIN]).await.status(), 406);
    let picture = |accept| get(&client, "/picture", accept);
    assert_eq!(picture(&[SECOND]).await.header("content-type"), Some("image/png"));
    assert_eq!(picture(&["image/png", SECOND]).await.status(), 200);
    assert_eq!(picture(&["image/jpeg", SECOND]).await.status(), 406, "it is a PNG");
    // The version is stated, and the answer is refused all the same.
    for own in ["text/plain;q=0", "text/*; q=0.000", "*/*;q=0"] {
        assert_eq!(get(&client, "/about", &[own, SECOND]).await.status(), 406, "{own}");
    }
    assert_eq!(picture(&["image/png;q=0", SECOND]).await.status(), 406);
    assert_eq!(picture(&["image/jpeg;q=0", SECOND]).await.status(), 200);
    assert_eq!(picture(&["image/*;q=0", SECOND]).await.status(), 406);
    let plain = get(&client, "/articles/bolt", &["application/json;q=0, */*;q=0", SECOND]).await;
    assert_eq!(plain.status(), 200, "{plain:?}");
}

#[tokio::test]
async fn verify_attacks_each_version() {
    for app in [library(), library().previews(), journal()] {
        let verified = testing::verify(app).report().await.expect("an app that starts");
        assert!(verified.broken.is_empty(), "{verified}");
        assert!(verified.kept(testing::Check::Stated) > 0, "{verified}");
    }
}
