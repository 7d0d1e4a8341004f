//! The tools for users' tests: the client enforces everything that a socket does, and reports what it saw.

mod contracts;
mod given;
pub(crate) mod kiosk;
// A build without debug assertions has nothing to make up.
#[cfg(debug_assertions)]
mod made_up;
mod messages;
mod time;
mod upload;
mod verify;
mod within;

use kiosk::{Kiosk, Role, kiosk};
use reqwest::Method;
use secure_api::{
    error::problem,
    testing::{self, Actor, Client, JsonValue, json},
};

use crate::support::{
    Answer, TestServer,
    api::{Depot, Runs},
    model::{Order, Role as DepotRole},
    server::{ALICES, BOBS, START, order, stocked},
};

/// Starts the same app twice: behind a socket, and without one.
async fn twins() -> (TestServer, Client) {
    let server = TestServer::tls_with(|app| app.tokens(testing::issuer())).await;
    // The depot's alice is her issuer's; here she is that of the tests.
    let hers = || Order { owner: testing::caller_id("alice"), ..Order::example("alice", ALICES) };
    let db = stocked();
    db.put([hers()]);
    server.db.put([hers()]);
    let app = Depot::app()
        .store(db)
        .service(Runs::default())
        .tokens(testing::issuer())
        .clock(testing::Clock::manual(START));
    (server, testing::client(app).expect("an app that starts"))
}

/// Sends one request both ways and fails unless the answers are the same.
async fn same(
    (server, client): &(TestServer, Client),
    actor: Option<&Actor>,
    (method, path): (Method, &str),
    headers: &[(&str, &str)],
    body: Option<&str>,
) -> u16 {
    let mut over = server.request(method.clone(), path).header("x-request-id", "one-and-the-same");
    let mut within = match actor {
        Some(actor) => actor.request(method.as_str(), path),
        None => client.request(method.as_str(), path),
    };
    within = within.header("x-request-id", "one-and-the-same");
    if let Some(actor) = actor {
        over = over.bearer_auth(actor.token());
    }
    for (name, value) in headers {
        over = over.header(*name, *value);
        within = within.header(name, value);
    }
    if let Some(body) = body {
        over = over.header("content-type", "application/json").body(body.to_owned());
        within = within.body("application/json", body.to_owned());
    }
    let (over, within) = (Answer::of(over).await, within.await);
    assert_eq!(over.status, within.status(), "{method} {path}: {within:?}");
    assert_eq!(over.body, within.text(), "{method} {path}");
    // These are the connection's.
    let mut headers = [over.headers, within.headers().clone()];
    for headers in &mut headers {
        for name in ["date", "content-length"] {
            headers.remove(name);
        }
    }
    assert_eq!(headers[0], headers[1], "{method} {path}");
    assert_eq!(headers[1]["x-request-id"], "one-and-the-same");
    within.status()
}

/// Compares the two apps without a clock that moves in between, so that they have seen the same when they are asked the
/// same.
#[tokio::test]
async fn without_a_socket_everything_is_as_with_one() {
    let twins = twins().await;
    let (server, client) = &twins;
    let alice = client.as_caller(DepotRole::Customer, "alice");
    let admin = client.as_caller(DepotRole::Admin, "ada");
    let nobody = client.as_subject("nobody");
    let forged = client.as_subject("alice").claim("aud", "another-api");
    let (alices, bobs) = (order("v2", ALICES), order("v2", BOBS));
    let (get, post) = (Method::GET, Method::POST);
    let tag = alice.get(&alices).await.header("etag").expect("a tag").to_owned();
    server.get_as(alice.token(), &alices).await;
    let long = "x".repeat(70_000);

    type Case<'a> = (u16, Option<&'a Actor>, Method, &'a str, Option<&'a str>);
    let cases: &[Case<'_>] = &[
        (200, Some(&alice), get.clone(), &alices, None),
        (200, Some(&admin), get.clone(), "/v1/orders", None),
        (200, None, Method::HEAD, "/v2/parts/BOLT", None),
        (200, None, get.clone(), "/v2/parts?like=NUT&most=1", None),
        (204, None, Method::OPTIONS, "/v2/parts", None),
        (400, None, get.clone(), "/v2/parts?most=1&most=2", None),
        (400, None, get.clone(), "/v2/parts/%252e", None),
        (400, Some(&alice), post.clone(), "/v2/orders", Some("{")),
        (401, None, get.clone(), &alices, None),
        (401, Some(&forged), get.clone(), &alices, None),
        (403, Some(&nobody), get.clone(), &alices, None),
        (403, Some(&alice), get.clone(), "/v2/report", None),
        (404, Some(&alice), get.clone(), &bobs, None),
        (404, None, get.clone(), "/v2/nowhere", None),
        (405, None, Method::DELETE, "/v2/parts", None),
        (413, Some(&alice), post.clone(), "/v2/orders", Some(&long)),
        (415, Some(&alice), post.clone(), "/v2/orders", None),
        (422, Some(&alice), post.clone(), "/v2/orders", Some(r#"{"parts":[],"margin":1}"#)),
        (405, None, Method::from_bytes(b"BREW").expect("a method"), "/v2/parts", None),
        (200, Some(&alice), get.clone(), "/v2/probe", None),
        (200, Some(&alice), get.clone(), "/v2/probe", None),
        (200, Some(&alice), get.clone(), "/v2/probe", None),
        (429, Some(&alice), get.clone(), "/v2/probe", None),
        (503, None, get.clone(), "/v2/failures/store", None),
        (500, None, get.clone(), "/v2/failures/panic", None),
    ];
    for (status, actor, method, path, body) in cases {
        assert_eq!(same(&twins, *actor, (method.clone(), path), &[], *body).await, *status);
    }

    let headers = [("if-none-match", &*tag)];
    assert_eq!(same(&twins, Some(&alice), (get.clone(), &alices), &headers, None).await, 304);
    let headers = [("accept", "text/html")];
    assert_eq!(same(&twins, Some(&alice), (get.clone(), &alices), &headers, None).await, 406);

    // Ten years on, the token has ended and the first version too.
    for clock in [&server.clock, client.clock()] {
        clock.advance(std::time::Duration::from_secs(10 * 365 * 86_400));
    }
    assert_eq!(same(&twins, None, (get.clone(), "/v1/parts"), &[], None).await, 410);
    assert_eq!(same(&twins, Some(&alice), (get, &alices), &[], None).await, 401);
}

#[tokio::test]
async fn what_is_created_is_where_the_answer_says() {
    let alice = kiosk().as_caller(Role::Visitor, "alice");
    let ticket: JsonValue = json!({ "gate": "south", "seats": 2 });
    let reply = alice.post("/v2/tickets").header("idempotency-key", "\"a\"").json(&ticket).await;
    reply.assert_status(201).assert_header("content-type", "application/json");
    assert_eq!(reply.json_pointer("/gate"), "south");
    let place = reply.header("location").expect("a place");
    assert_eq!(alice.get(place).await.assert_status(200).bytes(), reply.bytes());

    let patched = alice.patch(place).merge_patch(json!({ "gate": "west" })).await;
    assert_eq!(patched.assert_status(200).json_pointer("/gate"), "west");
}

#[tokio::test]
async fn scopes_and_roles_are_the_tokens() {
    let kiosk = kiosk();
    let guard = kiosk.as_caller(Role::Guard, "gina");
    let refused = guard.post("/v2/gates/opening").await;
    refused.assert_problem(&problem::FORBIDDEN);
    let challenge = refused.header("www-authenticate").expect("a challenge");
    assert!(challenge.contains("scope=\"gates:open\""), "{challenge}");
    guard.clone().scope("gates:open").post("/v2/gates/opening").await.assert_status(202);
    // What was signed before stays as it was.
    guard.post("/v2/gates/opening").await.assert_status(403);

    let bob = kiosk.as_subject("bob");
    bob.get("/v2/tickets").await.assert_problem(&problem::FORBIDDEN);
    let bobs = bob.role(Role::Visitor).get("/v2/tickets").await;
    assert_eq!(bobs.json_pointer("/items/0/id"), 2);
    assert_eq!(bobs.json_pointer("/items").as_array().map(Vec::len), Some(1));
}

#[tokio::test]
async fn pages_follow_each_other_by_query_parameters() {
    let guard = kiosk().as_caller(Role::Guard, "gina");
    let first = guard.get("/v2/tickets").query("size", 2).await;
    let next = first.json_pointer("/next");
    let next = next.as_str().expect("a cursor");
    let second = guard.get("/v2/tickets?size=2").query("cursor", next).await;
    assert_eq!(second.json_pointer("/items/0/id"), 3);
    let odd = guard.get("/v2/tickets").query("size", "2&size=3").await;
    assert_eq!(odd.assert_problem(&problem::INVALID_QUERY).rule_at("size"), "range");
}

// R22: a token that is not what it should be is refused without a socket too.
#[tokio::test]
async fn a_token_is_really_verified() {
    let kiosk = kiosk();
    let alice = kiosk.as_caller(Role::Visitor, "alice");
    let good = alice.token();
    kiosk.get("/v2/tickets").token(good).await.assert_status(200);
    let (head, signature) = good.rsplit_once('.').expect("three parts");
    let other = if signature.starts_with('A') { "B" } else { "A" };
    let changed = format!("{head}.{other}{}", &signature[1..]);
    for token in ["x", "a.b.c", &changed] {
        let refused = kiosk.get("/v2/tickets").token(token).await;
        assert_eq!(refused.assert_problem(&problem::UNAUTHENTICATED).code(), "unauthenticated");
    }
    // Whoever signs, it has to be for this API and of this issuer.
    for (claim, value) in [("aud", "another"), ("iss", "https://evil.example"), ("sub", "")] {
        alice.clone().claim(claim, value).get("/v2/tickets").await.assert_status(401);
    }
    // A bad token is no anonymous caller.
    kiosk.get("/v2/hours").token("x").await.assert_status(401);
    assert_eq!(kiosk.get("/v2/hours").await.json_pointer("/known"), false);
}

#[tokio::test]
async fn an_issuer_can_have_the_name_that_handlers_look_for() {
    let name = "https://login.kiosk.example";
    let app = Kiosk::app()
        .store(kiosk::Db::default())
        .service(kiosk::Printer(""))
        .tokens(testing::issuer())
        .tokens(testing::issuer_named(name));
    let kiosk = testing::client(app).expect("an app that starts");
    let alice = kiosk.as_caller(Role::Visitor, "alice").issuer(name);
    alice.get("/v2/tickets").await.assert_status(200);
    let said = messages::failure(|| alice.clone().issuer("https://evil.example"));
    assert!(said.contains("accepts no tokens of https://evil.example"), "{said}");
}

// R61: who calls is counted by the address that the test says.
#[tokio::test]
async fn limits_of_an_address_count_the_address_of_the_test() {
    let kiosk = kiosk();
    let (here, there) = (kiosk.at_address("192.0.2.1"), kiosk.at_address("2001:db8::1"));
    for _ in 0..2 {
        here.get("/v2/hours").await.assert_status(200);
    }
    let refused = here.get("/v2/hours").await.assert_problem(&problem::QUOTA_EXCEEDED);
    assert_eq!(refused.violated_policies, ["hours-address"]);
    there.get("/v2/hours").await.assert_status(200);
    here.get("/v2/hours").peer("192.0.2.2").await.assert_status(200);
    // The address of a forwarding header is anybody's to write, and counts nothing.
    let forwarded = here.get("/v2/hours").header("x-forwarded-for", "192.0.2.3").await;
    forwarded.assert_status(429);
}

// R52
#[tokio::test]
async fn the_client_asks_for_a_host_that_the_app_answers_for() {
    let hours = async |client: Client, host: Option<&str>| {
        let request = client.get("/v2/hours");
        match host {
            Some(host) => request.header("host", host).await.status(),
            None => request.await.status(),
        }
    };
    let app = Kiosk::app()
        .store(kiosk::Db::default())
        .service(kiosk::Printer(""))
        .tokens(testing::issuer())
        .hosts(["kiosk.example"]);
    let kiosk = testing::client(app).expect("an app that starts");
    assert_eq!(hours(kiosk.clone(), None).await, 200);
    assert_eq!(hours(kiosk, Some("evil.example")).await, 421);
}

// Whatever keeps an app from starting is told whole.
#[test]
fn an_app_that_does_not_start_says_why() {
    let error = testing::client(Kiosk::app()).expect_err("nothing was given");
    let codes: Vec<_> = error.problems().iter().map(|problem| problem.code).collect();
    assert_eq!(codes, ["SA149", "SA011", "SA011"]);
}

// SA160: an app that accepts made-up tokens is served to nobody else.
#[tokio::test]
async fn an_app_that_trusts_the_issuer_of_tests_stays_on_loopback() {
    let app = || {
        let app = Kiosk::app().store(kiosk::Db::default()).service(kiosk::Printer(""));
        app.tokens(testing::issuer()).build().expect("an app")
    };
    let error = app().bind("0.0.0.0:0").await.expect_err("it does not start");
    let codes: Vec<_> = error.problems().iter().map(|problem| problem.code).collect();
    assert_eq!(codes, ["SA201", "SA160"]);
    assert!(app().bind("127.0.0.1:0").await.is_ok());
}
