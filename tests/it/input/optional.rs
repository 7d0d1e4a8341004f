//! A body that may be left out: none is none, and one that is announced is read as any.

use std::sync::atomic::{AtomicUsize, Ordering};

use secure_api::{
    app::AppBuilder,
    docs::openapi_json,
    prelude::*,
    testing::{self, Actor, Check, json},
};
use serde_json::Value;

#[derive(Role)]
enum Role {
    Member,
}

#[derive(Version)]
enum Version {
    V1,
}

#[derive(Input)]
struct Wish {
    #[input(max_len = 9)]
    word: Option<String>,
}

#[derive(Resource)]
#[view(FollowedView, role = Role::Member, fields(word))]
struct Followed {
    word: String,
}

/// Follows somebody.
#[post("/follow", version = Version::V1, role = Role::Member, view = FollowedView)]
async fn follow(wish: Option<Json<Wish>>) -> Performed<Followed> {
    let word = match wish {
        None => "nothing".to_owned(),
        Some(Json(Wish { word })) => word.unwrap_or_else(|| "no word".to_owned()),
    };
    Performed(Followed { word })
}

/// People.
#[api(roles = Role, versions = Version, limit = Limit::per_principal(10_000).per_minute(), routes(follow))]
struct People;

fn app() -> AppBuilder {
    People::app()
        .tokens(testing::issuer())
        .address_limit(Limit::unlimited("a test has one address"))
}

fn member() -> Actor {
    testing::client(app()).expect("an app that starts").as_caller(Role::Member, "kim")
}

// R83
#[tokio::test]
async fn no_body_is_none_and_any_other_is_read() {
    let member = member();
    let word = async |request: testing::Request| request.await.assert_status(200).text_at("/word");
    assert_eq!(word(member.post("/v1/follow")).await, "nothing");
    let of_no_bytes = member.post("/v1/follow").header("content-length", "0");
    assert_eq!(word(of_no_bytes).await, "nothing");
    assert_eq!(word(member.post("/v1/follow").json(json!({}))).await, "no word");
    assert_eq!(word(member.post("/v1/follow").json(json!({ "word": "tea" }))).await, "tea");
    // What is announced is there, and is read as strictly as any.
    for (kind, bytes, status) in [
        ("application/json", "", 400),
        ("application/json", "{", 400),
        ("application/json", "null", 422),
        ("application/json", "{\"words\": 1}", 422),
        ("text/plain", "{}", 415),
        ("text/plain", "", 415),
    ] {
        let refused = member.post("/v1/follow").body(kind, bytes).await;
        refused.assert_status(status);
    }
    let coded = member.post("/v1/follow").header("content-encoding", "gzip");
    coded.await.assert_status(415);
    let unannounced = member.post("/v1/follow").json(json!({})).header("content-type", "");
    unannounced.await.assert_status(415);
}

// R101
#[test]
fn it_is_documented_as_one_that_need_not_be_there() {
    let text = openapi_json(&People::API.model(), "v1").expect("v1 is a version");
    let document: Value = serde_json::from_str(&text).expect("it is JSON");
    let body = document.pointer("/paths/~1v1~1follow/post/requestBody").expect("a body");
    assert_eq!(body["required"], false, "{body}");
    let schema = &body["content"]["application/json"]["schema"];
    assert_eq!(schema, &json!({ "$ref": "#/components/schemas/Wish" }));
}

/// The requests of an attack that left their body out.
static LEFT_OUT: AtomicUsize = AtomicUsize::new(0);

/// Follows somebody who counts.
#[post("/count", version = Version::V1, role = Role::Member)]
async fn count(wish: Option<Json<Wish>>) -> Accepted {
    LEFT_OUT.fetch_add(usize::from(wish.is_none()), Ordering::Relaxed);
    Accepted
}

/// People who count.
#[api(roles = Role, versions = Version, limit = Limit::per_principal(10_000).per_minute(), routes(count))]
struct Counted;

#[tokio::test]
async fn the_attack_leaves_it_out_too() {
    let verified = testing::verify(Counted::app().tokens(testing::issuer())).await;
    assert!(LEFT_OUT.load(Ordering::Relaxed) > 0, "{verified}");
    assert_eq!((verified.kept(Check::Media), verified.kept(Check::Bounds)), (1, 1), "{verified}");
}
