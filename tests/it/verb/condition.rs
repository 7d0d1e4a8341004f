//! Conditions: what a request states about the state of its resource is never passed over (RFC 9110, section 13).

mod mast;
mod reader;

use reqwest::Method;

use self::mast::mast;
use crate::support::{
    Answer, TestServer, raw,
    server::{ALICES, BOBS, order},
};

const DATE: &str = "Sun, 06 Nov 1994 08:49:37 GMT";

async fn ask(
    server: &TestServer,
    token: &str,
    method: Method,
    path: &str,
    conditions: &[(&str, &str)],
) -> Answer {
    let body = if method == Method::PUT { r#"{"on":true}"# } else { "" };
    let mut request = server.request(method, path).bearer_auth(token);
    if !body.is_empty() {
        request = request.header("content-type", "application/json").body(body);
    }
    for (name, value) in conditions {
        request = request.header(*name, *value);
    }
    Answer::of(request).await
}

// R112
#[tokio::test]
async fn a_change_is_made_to_the_state_that_its_conditions_name() {
    let (server, flags, member) = mast().await;
    let (put, delete, path) = (Method::PUT, Method::DELETE, "/v1/flags/red");
    let now = |method: &Method, conditions: &'static [(&str, &str)]| {
        ask(&server, &member, method.clone(), path, conditions)
    };
    // Nothing is there yet: it is created once.
    now(&put, &[("if-match", "*")]).await.is_problem(412);
    now(&delete, &[("if-match", "\"x\"")]).await.is_problem(412);
    assert_eq!(flags.changes(), 0);
    assert_eq!(now(&put, &[("if-none-match", "*")]).await.status, 204);
    now(&put, &[("if-none-match", "*")]).await.is_problem(412);
    assert_eq!(flags.changes(), 1);

    // Now something is: what names another state changes nothing.
    let tag = server.get_as(&member, path).await.header("etag").to_owned();
    let weak = format!("W/{tag}");
    for conditions in [
        &[("if-match", "\"stale\"")][..],
        &[("if-match", &*weak)],
        &[("if-none-match", &*tag)],
        &[("if-none-match", &*weak)],
        &[("if-match", &*tag), ("if-none-match", "*")],
        &[("if-unmodified-since", DATE)],
        &[("if-match", "\"stale\""), ("if-unmodified-since", DATE)],
    ] {
        for method in [&put, &delete] {
            let answer = ask(&server, &member, method.clone(), path, conditions);
            answer.await.is_problem(412);
        }
    }
    assert_eq!(flags.changes(), 1);
    for conditions in [
        &[("if-match", &*tag)][..],
        &[("if-match", "*")],
        &[("if-none-match", "\"other\"")],
        &[("if-match", &*tag), ("if-unmodified-since", DATE)],
        &[("if-modified-since", DATE)],
        &[("if-modified-since", "yesterday")],
        &[("if-range", "\"x\"")],
    ] {
        let answer = ask(&server, &member, put.clone(), path, conditions).await;
        assert_eq!(answer.status, 204, "{conditions:?}");
    }
    let removed = ask(&server, &member, delete, path, &[("if-match", &tag)]).await;
    assert_eq!(removed.status, 204);
}

// R112: nobody knows the state of what no GET shows, or may not say it.
#[tokio::test]
async fn a_state_that_nobody_knows_meets_no_condition() {
    let (server, flags, member) = mast().await;
    let clerk = server.token("cleo", &["clerk"]);
    flags.change(|flags| _ = flags.insert("red".to_owned(), true));
    for condition in [
        ("if-match", "*"),
        ("if-match", "\"x\""),
        ("if-none-match", "*"),
        ("if-none-match", "\"x\""),
        ("if-unmodified-since", DATE),
    ] {
        let turn = ask(&server, &member, Method::POST, "/v1/flags/red/turn", &[condition]).await;
        turn.is_problem(412);
        let set = ask(&server, &clerk, Method::PUT, "/v1/flags/red", &[condition]).await;
        set.is_problem(412);
    }
    assert_eq!(flags.changes(), 1);
}

// R112: what would be refused without a condition is refused alike, so a condition tells nothing about what is there.
#[tokio::test]
async fn a_condition_is_asked_last() {
    let server = TestServer::start().await;
    let (alice, support) =
        (server.token("alice", &["customer"]), server.token("sam", &["support"]));
    let (alices, bobs) = (order("v2", ALICES), order("v2", BOBS));
    let stale = &[("if-match", "\"stale\"")];
    ask(&server, "nonsense", Method::DELETE, &alices, stale).await.is_problem(401);
    ask(&server, &alice, Method::DELETE, &alices, stale).await.is_problem(403);
    ask(&server, &alice, Method::GET, &bobs, stale).await.is_problem(404);
    ask(&server, &support, Method::DELETE, &alices, stale).await.is_problem(412);
    let tag = server.get_as(&support, &alices).await.header("etag").to_owned();
    let removed = ask(&server, &support, Method::DELETE, &alices, &[("if-match", &tag)]).await;
    assert_eq!(removed.status, 204);
    ask(&server, &support, Method::DELETE, &alices, &[("if-match", &tag)]).await.is_problem(404);
}

// R112
#[tokio::test]
async fn a_read_has_conditions_too() {
    let (server, flags, member) = mast().await;
    flags.change(|flags| _ = flags.insert("red".to_owned(), true));
    let path = "/v1/flags/red";
    let tag = server.get_as(&member, path).await.header("etag").to_owned();
    for method in [Method::GET, Method::HEAD] {
        let ask = async |conditions: &[(&str, &str)]| {
            ask(&server, &member, method.clone(), path, conditions).await.status
        };
        let weak = format!("W/{tag}");
        for conditions in [
            &[("if-match", "\"stale\"")][..],
            &[("if-match", &*weak)],
            &[("if-match", "\"stale\""), ("if-none-match", "*")],
        ] {
            assert_eq!(ask(conditions).await, 412, "{conditions:?}");
        }
        for conditions in
            [&[("if-none-match", "*")][..], &[("if-match", &*tag), ("if-none-match", &*weak)]]
        {
            assert_eq!(ask(conditions).await, 304, "{conditions:?}");
        }
        for conditions in [
            &[("if-match", &*tag)][..],
            &[("if-match", "*")],
            &[("if-none-match", "\"x\"")],
            &[("if-modified-since", DATE)],
            &[("if-unmodified-since", DATE)],
        ] {
            assert_eq!(ask(conditions).await, 200, "{conditions:?}");
        }
    }
    // Documents are read alike; methods that select nothing have no conditions.
    let document = "/openapi/v1.json";
    let tag = server.get(document).await.header("etag").to_owned();
    for (condition, status) in [
        (("if-match", "\"x\""), 412),
        (("if-match", &*tag), 200),
        (("if-none-match", &*tag), 304),
        (("if-none-match", "x"), 400),
    ] {
        let answer = ask(&server, &member, Method::GET, document, &[condition]).await;
        assert_eq!(answer.status, status, "{condition:?}");
    }
    let options = ask(&server, &member, Method::OPTIONS, path, &[("if-match", "\"x\"")]).await;
    assert_eq!(options.status, 204);
}

// R76
#[tokio::test]
async fn a_condition_that_nobody_can_read_is_400() {
    let (server, flags, member) = mast().await;
    let path = "/v1/flags/red";
    for condition in [
        ("if-match", "stale"),
        ("if-match", "\"stale"),
        ("if-match", "*, \"x\""),
        ("if-match", ""),
        ("if-match", "w/\"x\""),
        ("if-none-match", "x"),
        ("if-none-match", "\"a\" \"b\""),
        ("if-unmodified-since", "yesterday"),
        ("if-unmodified-since", "Sun, 06 Nov 1994 08:49:37 +0100"),
    ] {
        for method in [Method::GET, Method::PUT, Method::DELETE] {
            ask(&server, &member, method, path, &[condition]).await.is_problem(400);
        }
    }
    let twice = [("if-match", "*"), ("if-match", "*")];
    ask(&server, &member, Method::DELETE, path, &twice).await.is_problem(400);
    assert_eq!(flags.changes(), 0);
    // On raw bytes, a tag that is no text.
    let request = format!(
        "DELETE {path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\nauthorization: Bearer {member}\r\nif-match: \"\u{e4}\"\r\n\r\n"
    );
    raw(server.address, request).await.is_problem(412);
}

#[tokio::test]
async fn conditions_are_documented_on_each_operation() {
    let (server, _, _) = mast().await;
    let document = server.get("/openapi/v1.json").await.json();
    let place = &document["paths"]["/v1/flags/{name}"];
    for verb in ["get", "put", "delete"] {
        let parameters = place[verb]["parameters"].as_array().expect("parameters");
        for name in ["If-Match", "If-None-Match"] {
            let found = parameters.iter().find(|parameter| parameter["name"] == name);
            assert_eq!(found.map(|found| &found["required"]), Some(&false.into()), "{verb} {name}");
        }
        assert!(place[verb]["responses"]["412"].is_object(), "{verb}");
        assert_eq!(place[verb]["responses"]["304"].is_object(), verb == "get");
    }
}
