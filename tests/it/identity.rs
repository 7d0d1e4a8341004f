//! Sources of identity: credentials of other kinds than access tokens, and which operation admits which.

mod api_key;
mod certificate;
mod door;
mod dpop;
mod nested;
mod oidc;
mod pasted;
mod placed;
mod slow;
mod standing;
mod step_up;
mod together;
mod told;

use std::sync::atomic::Ordering;

use reqwest::Method;
use secure_api::prelude::*;
use serde_json::json;

use self::door::{Badges, ask, challenges, door, server};
use crate::support::{Answer, Log, TestServer, server::START};

// R18: the id has the source's issuer, so that a badge owns nothing of a token's.
#[tokio::test]
async fn a_source_of_ones_own_says_who_is_calling() {
    let (server, badges) = server().await;
    let answer = ask(&server, "/v1/any", &[("x-badge", "7")]).await;
    assert_eq!(answer.json(), json!({ "id": "https://doors.example||badge-7", "kind": "Badge" }));
    assert_eq!(badges.0.load(Ordering::SeqCst), 1, "it is asked once");
    // Of whatever an operation admits: what it does not admit is refused by it.
    for path in ["/v1/any", "/v1/badge", "/v1/nowhere"] {
        let answer = ask(&server, path, &[]).await;
        assert_eq!(answer.header("vary"), "accept, authorization, x-badge", "{path}");
    }
    let answer = ask(&server, "/v1/any", &[("authorization", "passport P1")]).await;
    assert_eq!(answer.json()["id"], "https://state.example||citizen");
    let token = server.token("alice", &["customer"]);
    assert_eq!(server.get_as(&token, "/v1/any").await.json()["kind"], "Bearer");
}

// R22 R23: what does not hold is 401 with the challenge of its kind, also where anybody is admitted; the log has the reason.
#[tokio::test]
async fn credentials_of_another_kind_that_do_not_hold_are_refused() {
    let (server, _) = server().await;
    let log = Log::capture();
    for path in ["/v1/any", "/v1/open", "/v1/badge"] {
        for badge in ["8", "late", "control", "empty", "tenant", "scope", "", "7, 7"] {
            let answer = ask(&server, path, &[("x-badge", badge)]).await;
            answer.is_problem(401);
            assert_eq!(
                challenges(&answer),
                ["Badge realm=\"api\", error=\"invalid_token\""],
                "{badge}"
            );
        }
    }
    assert!(!log.lines_with(&["nobody has this badge"]).is_empty(), "{}", log.text());
    let answer = ask(&server, "/v1/open", &[]).await;
    assert_eq!(answer.status, 200);
}

// R38: a source that cannot tell lets nobody in.
#[tokio::test]
async fn a_source_that_cannot_tell_is_503() {
    let (server, _) = server().await;
    for badge in ["down", "slow"] {
        let answer = ask(&server, "/v1/any", &[("x-badge", badge)]).await;
        answer.is_problem(503);
        assert!(challenges(&answer).is_empty() && !answer.header("retry-after").is_empty());
    }
}

// R22: a caller without credentials is asked for each kind that the operation admits.
#[tokio::test]
async fn each_admitted_kind_is_asked_for() {
    let (server, _) = server().await;
    let (bearer, badge, passport) =
        ("Bearer realm=\"api\"", "Badge realm=\"api\"", "Passport realm=\"api\"");
    for (path, wanted) in [
        ("/v1/any", &[bearer, badge, passport][..]),
        ("/v1/badge", &[badge]),
        ("/v1/papers", &[bearer, passport]),
        ("/v1/hall/inside", &[passport]),
        ("/v1/hall/own", &[badge]),
        ("/v1/hall/full", &[passport]),
    ] {
        let answer = ask(&server, path, &[]).await;
        answer.is_problem(401);
        assert_eq!(challenges(&answer), wanted, "{path}");
        let answer = ask(&server, path, &[("authorization", "Basic eDp5")]).await;
        answer.is_problem(401);
        assert_eq!(challenges(&answer), wanted, "{path}");
    }
}

// R31: what is stated is enforced: credentials that hold, and are not of an admitted kind, help nobody.
#[tokio::test]
async fn an_operation_admits_the_kinds_that_it_states() {
    let (server, badges) = server().await;
    let token = format!("Bearer {}", server.token("alice", &["customer"]));
    let (token, badge, passport) =
        (("authorization", &*token), ("x-badge", "7"), ("authorization", "Passport P1"));
    for (path, admitted, refused) in [
        ("/v1/badge", vec![badge], vec![token, passport]),
        ("/v1/papers", vec![token, passport], vec![badge]),
        ("/v1/hall/inside", vec![passport], vec![token, badge]),
        ("/v1/hall/own", vec![badge], vec![token, passport]),
        ("/v1/hall/full", vec![passport], vec![token, badge]),
    ] {
        for credentials in admitted {
            let answer = ask(&server, path, &[credentials]).await;
            assert_eq!(answer.status, 200, "{path} {credentials:?}");
        }
        let asked = badges.0.load(Ordering::SeqCst);
        for credentials in refused {
            ask(&server, path, &[credentials]).await.is_problem(401);
        }
        assert_eq!(badges.0.load(Ordering::SeqCst), asked, "nobody is asked for nothing");
    }
}

// R21: of two kinds together nobody could say who is calling.
#[tokio::test]
async fn credentials_of_two_kinds_are_refused_unless_both_are_demanded() {
    let (server, _) = server().await;
    let token = format!("Bearer {}", server.token("alice", &["customer"]));
    let both = [("authorization", &*token), ("x-badge", "7")];
    ask(&server, "/v1/any", &both).await.is_problem(400);
    ask(&server, "/v1/any", &[("x-badge", "7"), ("x-badge", "7")]).await.is_problem(400);

    // The first that is named says who is calling, in whatever order they came or were registered.
    let answer = ask(&server, "/v1/both", &both).await;
    assert_eq!(
        answer.json(),
        json!({ "id": "https://login.depot.example||alice", "kind": "Bearer" })
    );
    for one in both {
        let answer = ask(&server, "/v1/both", &[one]).await;
        answer.is_problem(401);
        assert_eq!(challenges(&answer), ["Bearer realm=\"api\"", "Badge realm=\"api\""]);
    }
    for wrong in [("x-badge", "8"), ("x-badge", "late")] {
        ask(&server, "/v1/both", &[both[0], wrong]).await.is_problem(401);
    }
    ask(&server, "/v1/both", &[("authorization", "Bearer x.y.z"), both[1]]).await.is_problem(401);
}

// R21: a scheme that nobody here knows beside credentials that somebody does is a second kind.
#[tokio::test]
async fn an_unknown_scheme_beside_known_credentials_is_400() {
    let (server, _) = server().await;
    for path in ["/v1/any", "/v1/open", "/v1/badge"] {
        let both = [("authorization", "Basic eDp5"), ("x-badge", "7")];
        let answer = ask(&server, path, &both).await;
        answer.is_problem(400);
        assert_eq!(challenges(&answer), ["Badge realm=\"api\", error=\"invalid_request\""]);
        let twice = ask(&server, path, &[("x-badge", "7"), ("x-badge", "7")]).await;
        assert_eq!(challenges(&twice), ["Badge realm=\"api\", error=\"invalid_request\""]);
    }
}

// R112: a condition says nothing of what the caller may not read, by whichever credentials.
#[tokio::test]
async fn a_condition_is_asked_of_what_the_callers_credentials_may_read() {
    let (server, _) = server().await;
    let tag = ask(&server, "/v1/sign", &[("authorization", "Passport P1")])
        .await
        .header("etag")
        .to_owned();
    let put = |headers: &[(&str, &str)]| {
        let request = server.request(Method::PUT, "/v1/sign").header("if-match", &tag);
        headers.iter().fold(request, |request, (name, value)| request.header(*name, *value))
    };
    assert_eq!(Answer::of(put(&[("authorization", "Passport P1")])).await.status, 204);
    Answer::of(put(&[("x-badge", "7")])).await.is_problem(412);
}

// R19: badges are revoked as tokens are.
#[tokio::test]
async fn credentials_of_another_kind_are_revoked() {
    let (server, _) = server().await;
    let badge = [("x-badge", "7")];
    let request = server.request(Method::DELETE, "/v1/badge").header("x-badge", "7");
    assert_eq!(Answer::of(request).await.status, 204);
    ask(&server, "/v1/any", &badge).await.is_problem(401);
}

// R22: the challenge about scopes is of tokens.
#[tokio::test]
async fn a_missing_scope_is_403() {
    let (server, _) = server().await;
    let answer = ask(&server, "/v1/scoped", &[("x-badge", "7")]).await;
    answer.is_problem(403);
    assert!(challenges(&answer).is_empty());
}

// R112: the URL that was asked for is made of what is stated, never of `Host`.
#[tokio::test]
async fn a_source_sees_the_url_that_was_asked_for() {
    for stated in [true, false] {
        let (badges, clock) = (Badges::default(), Clock::manual(START));
        let app = door(&badges, &clock);
        let app = if stated { app.base_url("https://door.example/api") } else { app };
        let app = app.build().expect("an app that starts");
        let server = TestServer::run(app, Default::default(), clock).await;
        let answer = ask(&server, "/v1/badge?fields=id", &[("x-badge", "where")]).await;
        match stated {
            true => assert_eq!(
                answer.json()["id"],
                "https://doors.example||https://door.example/api/v1/badge"
            ),
            // Without a name there is nobody.
            false => _ = answer.is_problem(401),
        }
    }
}
