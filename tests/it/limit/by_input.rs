//! Limits by the input: its values, and the entries of its lists.

use std::time::Duration;

use secure_api::testing::{Client, Request, json};
use serde_json::Value;

use super::{
    hall::visitors,
    kinds::{names, visitor},
};

fn code(client: &Client, body: Value) -> Request {
    client.post("/v1/codes").json(body)
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
    // Whoever mails does not tell cases apart.
    for other in ["Alice@mail.example", "aLICE@MAIL.example"] {
        names(&code(&at(5), json!({ "email": other })).await, "send_code-email");
    }
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
