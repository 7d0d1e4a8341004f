//! Limits by what is counted together, and how: tenants, clients, operations, values of the input; by weight, at one time,
//! only observed.

use std::{sync::atomic::Ordering, time::Duration};

use reqwest::Method;
use secure_api::{
    clock::Clock,
    docs::openapi_json,
    inventory,
    limit::Limit,
    testing::{self, Actor, Client, Reply, Request, json},
};
use serde_json::Value;

use super::hall::{Hall, Role, hall, visitors};
use crate::support::{TestServer, server::START};

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

fn visitor(client: &Client, tenant: &str, subject: &str) -> Actor {
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

fn code(client: &Client, body: Value) -> Request {
    client.post("/v1/codes").json(body)
}

fn names(reply: &Reply, policy: &str) {
    reply.assert_status(429);
    assert_eq!(reply.json::<Value>()["violated-policies"], json!([policy]));
}

// R65
#[tokio::test]
async fn a_value_of_the_input_is_counted_whoever_sends_it() {
    let (client, _) = visitors();
    let at = |place: u8| client.at_address(&format!("192.0.2.{place}"));
    for place in [1, 2] {
        code(&at(place), json!({ "email": "alice@mail.example" })).await.assert_status(202);
    }
    let refused = code(&at(3), json!({ "email": "alice@mail.example" })).await;
    names(&refused, "send_code-email");
    // A long wait is not the same for all who were refused.
    let wait = refused.header("retry-after").expect("it is told").parse::<u32>().expect("seconds");
    assert!((3600..3660).contains(&wait), "{wait}");
    // The same as the field's rules read it.
    let spaced = code(&at(4), json!({ "email": "  alice@mail.example " })).await;
    names(&spaced, "send_code-email");
    let told = spaced.header("ratelimit").expect("limits apply").to_owned();
    assert!(told.contains("\"send_code-email\";r=0;t=36"), "{told}");
    code(&at(5), json!({ "email": "bob@mail.example" })).await.assert_status(202);
    client.advance(Duration::from_secs(3600));
    code(&at(6), json!({ "email": "alice@mail.example" })).await.assert_status(202);
}

// R65
#[tokio::test]
async fn what_is_left_out_is_not_counted_and_secrets_and_checked_fields_are() {
    let (client, _) = visitors();
    let of = |field: &str, value: &str, person: u32| {
        let at = client.at_address(&format!("192.0.2.{person}"));
        let body = json!({ "email": format!("p{person}@mail.example"), field: value });
        async move { code(&at, body).await.status() }
    };
    for person in 0..10 {
        assert_eq!(of("ignored", "", person).await, 422, "nothing is counted of what is refused");
    }
    for (place, field) in ["phone", "word", "greeting"].into_iter().enumerate() {
        let first = 20 * (place as u32 + 1);
        let statuses = [
            of(field, "one", first).await,
            of(field, "one", first + 1).await,
            of(field, "one", first + 2).await,
            of(field, "other", first + 3).await,
        ];
        assert_eq!(statuses, [202, 202, 429, 202], "{field}");
    }
    for person in [100, 101] {
        assert_eq!(of("greeting", "hey", person).await, 422);
    }
}

// What the input's limit refuses is charged to no other limit of the request.
#[tokio::test]
async fn a_refusal_by_the_input_charges_nothing_before_it() {
    let (client, _) = visitors();
    let alice = || code(&client, json!({ "email": "alice@mail.example" }));
    for _ in 0..2 {
        alice().await.assert_status(202);
    }
    for _ in 0..20 {
        names(&alice().await, "send_code-email");
    }
    for person in 0..10 {
        code(&client, json!({ "email": format!("p{person}@mail.example") }))
            .await
            .assert_status(202);
    }
    let thirteenth = code(&client, json!({ "email": "late@mail.example" })).await;
    names(&thirteenth, "send_code-address");

    let carol = visitor(&client, "acme", "carol");
    let order = |seats: usize| carol.post("/v1/orders").json(json!({ "seats": vec!["A"; seats] }));
    assert_eq!([order(6).await.status(), order(4).await.status()], [202, 202]);
    for _ in 0..30 {
        names(&order(1).await, "order-principal");
    }
    client.advance(Duration::from_secs(60));
    assert_eq!(order(6).await.status(), 202);
}

// R65
#[tokio::test]
async fn a_list_counts_by_its_entries() {
    let (client, _) = visitors();
    let alice = visitor(&client, "acme", "alice");
    let order = |seats: usize| alice.post("/v1/orders").json(json!({ "seats": vec!["A"; seats] }));
    let first = order(6).await;
    first.assert_status(202);
    let limit = first.header("ratelimit").expect("limits apply");
    assert!(limit.contains("\"order-principal\";r=4;t="), "{limit}");
    assert!(limit.contains("\"order-principal-2\";r=19;t="), "{limit}");
    names(&order(5).await, "order-principal");
    order(3).await.assert_status(202);
    // An empty list is a request, too.
    order(0).await.assert_status(202);
    names(&order(0).await, "order-principal");
}

#[tokio::test]
async fn a_query_is_an_input_too() {
    let (client, _) = visitors();
    let alice = visitor(&client, "acme", "alice");
    let find = |word: &str| alice.get("/v1/plays").query("word", word);
    assert_eq!([find("faust").await.status(), find(" faust").await.status()], [200, 200]);
    names(&find("faust").await, "find-word");
    assert_eq!(find("nathan").await.status(), 200);
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
