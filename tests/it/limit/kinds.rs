//! Limits by what is counted together, and how: tenants, clients, operations; by weight, at one time, only observed.

use std::{sync::atomic::Ordering, time::Duration};

use reqwest::Method;
use secure_api::{
    clock::Clock,
    docs::openapi_json,
    inventory,
    ledger::Memory,
    limit::Limit,
    testing::{self, Actor, Client, Reply, Request, json},
};
use serde_json::Value;

use super::hall::{Hall, Role, hall, visitors};
use crate::support::{Log, TestServer, server::START};

/// Returns the number of ten requests that pass.
async fn passed(request: impl Fn() -> Request) -> usize {
    let mut passed = 0;
    for _ in 0..10 {
        match request().await.status() {
            202 => passed += 1,
            status => assert_eq!(status, 429),
        }
    }
    passed
}

pub(super) fn visitor(client: &Client, tenant: &str, subject: &str) -> Actor {
    client.as_caller(Role::Visitor, subject).tenant(tenant)
}

// R62
#[tokio::test]
async fn what_is_counted_together_is_what_the_kind_says() {
    let (client, _) = visitors();
    let alice = visitor(&client, "acme", "alice");
    let bob = visitor(&client, "acme", "bob");
    let eve = visitor(&client, "globex", "eve").claim("client_id", "kiosk");
    for (path, of_alice, of_bob, of_eve) in [
        ("/v1/company", 2, 0, 2),
        ("/v1/client", 2, 0, 2),
        // None of them has an API key, so each is counted.
        ("/v1/machine", 2, 2, 2),
        ("/v1/door", 3, 0, 0),
        ("/v1/bells/first", 3, 0, 0),
        ("/v1/bells/second", 0, 0, 0),
        ("/v1/box", 2, 2, 2),
        ("/v1/look", 3, 3, 3),
    ] {
        assert_eq!(passed(|| alice.post(path)).await, of_alice, "alice at {path}");
        assert_eq!(passed(|| bob.post(path)).await, of_bob, "bob at {path}");
        assert_eq!(passed(|| eve.post(path)).await, of_eve, "eve at {path}");
    }
    // Who is unknown is counted by the address, and who is known by who they are.
    assert_eq!(passed(|| client.post("/v1/knock")).await, 2);
    assert_eq!(passed(|| client.at_address("192.0.2.7").post("/v1/knock")).await, 2);
    assert_eq!(passed(|| alice.post("/v1/knock")).await, 2);
}

pub(super) fn names(reply: &Reply, policy: &str) {
    reply.assert_status(429);
    assert_eq!(reply.json::<Value>()["violated-policies"], json!([policy]));
}

// R55 R56
#[tokio::test]
async fn fields_name_the_kind_and_what_is_left_in_its_measure() {
    let (client, _) = visitors();
    let alice = visitor(&client, "acme", "alice");
    for (path, policy, left) in [
        ("/v1/company", "\"company-tenant\";q=2;w=60", "\"company-tenant\";r=1;t="),
        ("/v1/client", "\"client-client\";q=2;w=60", "\"client-client\";r=1;t="),
        ("/v1/door", "\"door-route\";q=3;w=60", "\"door-route\";r=2;t="),
        ("/v1/bells/first", "\"first_bell-api\";q=3;w=3600", "\"first_bell-api\";r=2;t="),
        ("/v1/box", "\"box_of_four-principal\";q=10;w=60", "\"box_of_four-principal\";r=6;t="),
        // What is only observed is not told.
        ("/v1/look", "\"look-principal-2\";q=3;w=60", "\"look-principal-2\";r=2;t="),
    ] {
        let reply = alice.post(path).await;
        assert_eq!(
            reply.header("ratelimit-policy"),
            Some(&*format!("\"app-address\";q=1200;w=60, {policy}"))
        );
        let limit = reply.header("ratelimit").expect("limits apply");
        assert!(limit.contains(left), "{limit}");
    }
}

// What a limit would do is seen before it does it, on one machine and on several.
#[tokio::test]
async fn what_is_only_observed_is_told_to_the_log() {
    let clock = Clock::manual(START);
    let secret = testing::secret!([7; 32]);
    let shared = hall().0.secret(secret).ledger(Memory::new(clock.clone()));
    for app in [hall().0, shared] {
        let client = testing::client(app.clock(clock.clone())).expect("a hall that opens");
        let alice = visitor(&client, "acme", "alice");
        let log = Log::capture();
        assert_eq!(passed(|| alice.post("/v1/look")).await, 3);
        let told = log.lines_with(&["only observed would have refused", "look-principal"]);
        assert_eq!(told.len(), 2, "one of three is within it: {}", log.text());
        assert!(told.iter().all(|line| !line.contains("alice")), "{told:?}");
    }
}

// R65
#[tokio::test]
async fn places_are_held_until_the_answer() {
    let (client, curtain) = visitors();
    let (alice, bob) = (visitor(&client, "acme", "alice"), visitor(&client, "acme", "bob"));
    let enter = |who: &Actor| tokio::spawn(who.post("/v1/stage").into_future());
    let behind = async |count: usize| {
        while curtain.waiting.load(Ordering::SeqCst) < count {
            tokio::task::yield_now().await;
        }
    };
    let held = [enter(&alice), enter(&alice)];
    behind(2).await;
    let refused = alice.post("/v1/stage").await;
    names(&refused, "stage-principal-at-once");
    assert_eq!(refused.header("retry-after"), Some("1"));
    let policy =
        "\"app-address\";q=1200;w=60, \"stage-principal-at-once\";q=2;qu=\"concurrent-requests\"";
    assert_eq!(refused.header("ratelimit-policy"), Some(policy));
    let other = enter(&bob);
    behind(3).await;
    curtain.opens.notify_waiters();
    for held in held.into_iter().chain([other]) {
        held.await.expect("no panic").assert_status(202);
    }
    let again = enter(&alice);
    behind(4).await;
    curtain.opens.notify_waiters();
    again.await.expect("no panic").assert_status(202);
}

// R65: whoever hangs up has no place any more.
#[tokio::test]
async fn who_hangs_up_frees_the_place() {
    let (app, curtain) = hall();
    let clock = Clock::manual(START);
    let app = app.clock(clock.clone()).build().expect("a hall that opens");
    let client = testing::client(hall().0.clock(clock.clone())).expect("a hall that opens");
    let token = visitor(&client, "acme", "alice").token().to_owned();
    let server = TestServer::run(app, Default::default(), clock).await;
    let enter = || {
        let request = server.request(Method::POST, "/v1/stage").bearer_auth(&token);
        tokio::spawn(async move { request.send().await.map(|answer| answer.status().as_u16()) })
    };
    let held = [enter(), enter()];
    while curtain.waiting.load(Ordering::SeqCst) < 2 {
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
    assert_eq!(enter().await.expect("no panic").expect("an answer"), 429);
    held.iter().for_each(tokio::task::JoinHandle::abort);
    let mut again = 429;
    for _ in 0..500 {
        let asked = enter();
        tokio::time::sleep(Duration::from_millis(10)).await;
        curtain.opens.notify_waiters();
        again = asked.await.expect("no panic").expect("an answer");
        if again == 202 {
            break;
        }
    }
    assert_eq!(again, 202);
}

// R53 R118
#[test]
fn each_kind_is_listed_and_documented() {
    let text = inventory::routes(&Hall::API.model());
    for line in [
        "2/min per tenant ",
        "2/min per client ",
        "2/min per api-key ",
        "3/min per route ",
        "3/h per api ",
        "10/min per principal, each for 4 ",
        "1/min per principal, observed + 3/min per principal ",
        "2 at once per principal ",
        "12/min per address + 2/h per email + 2/h per phone",
        "10/min per principal, for each of seats + 20/min per principal",
    ] {
        assert!(text.contains(line), "no {line:?} in\n{text}");
    }
    let text = openapi_json(&Hall::API.model(), "v1").expect("a version");
    let document: Value = serde_json::from_str(&text).expect("it is JSON");
    let stated =
        |path: &str, place: usize| document["paths"][path]["post"]["x-rate-limit"][place].clone();
    assert_eq!(stated("/v1/company", 0)["per"], "tenant");
    assert_eq!(stated("/v1/box", 0)["weight"], 4);
    assert_eq!(stated("/v1/look", 0)["observed"], true);
    assert_eq!(stated("/v1/codes", 1)["field"], "email");
    assert_eq!(stated("/v1/orders", 0)["weightOf"], "seats");
    let stage = json!({ "per": "principal", "count": 2, "atOnce": true, "inherited": false });
    assert_eq!(stated("/v1/stage", 0), stage);
    let codes = &document["paths"]["/v1/codes"]["post"]["responses"];
    assert!(codes["429"].is_object(), "{codes}");
}

// What counts no address from the first is no limit of addresses.
#[test]
fn the_apps_limit_of_addresses_counts_addresses() {
    for (limit, what) in [
        (Limit::per_principal(5).per_minute(), "per principal"),
        (Limit::per_field("email", 5).per_minute(), "per field"),
        (Limit::per_address(5).at_once(), "of requests at one time"),
        (Limit::per_address(5).per_minute().observe(), "only observed"),
        (Limit::per_address(5).per_minute().weight_of("seats"), "by the input"),
    ] {
        let error = hall().0.address_limit(limit).build().expect_err("it counts no address");
        let codes: Vec<_> = error.problems().iter().map(|problem| problem.code).collect();
        assert_eq!(codes, ["SA315"]);
        assert!(error.to_string().contains(what), "{error}");
    }
    let none = Limit::unlimited("a proxy before it counts them");
    assert!(hall().0.address_limit(none).build().is_ok());
}
