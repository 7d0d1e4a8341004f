//! The shop's partner, who is told of each order by a signed webhook: once it is stored, and again until it arrived.

use std::path::Path;

use aws_lc_rs::hmac;
use base64::{Engine, engine::general_purpose::STANDARD};
use http::Method;
use reqwest::header::LOCATION;
use serde_json::{Value, json};
use tokio::time::{Duration, sleep};

use super::{
    Shop, client,
    outage::{Logged, PLACE},
    shop,
    trust::refused,
};
use crate::{
    client::{
        Peer,
        peer::{Asked, status},
    },
    support::Folder,
};

/// Starts a shop with this partner, over TLS as it comes.
fn with_partner(data: &Path, partner: &Peer) -> Shop {
    let mut command = shop(data);
    command.env("SHOP_PARTNER", format!("http://{}/shop", partner.address));
    Shop::run(command)
}

/// Places an order, and returns its id.
async fn ordered(shop: &Shop, data: &Path) -> String {
    let order = json!({
        "customer_email": "alice@shop.example",
        "items": [{ "sku": "TEA-GREEN", "qty": 1 }],
    });
    let request = client(data, "customer", "alice").post(format!("{}/v2/orders", shop.address));
    let answer = request.json(&order).send().await.expect("one");
    assert_eq!(answer.status(), 201);
    let place = answer.headers()[LOCATION].to_str().expect("a path");
    place.rsplit('/').next().expect("an id").to_owned()
}

/// Waits until a partner was asked so often.
async fn asked(partner: &Peer, times: usize) -> Vec<Asked> {
    for _ in 0..600 {
        if partner.times() >= times {
            break;
        }
        sleep(Duration::from_millis(50)).await;
    }
    assert!(partner.times() >= times, "it was asked {} times", partner.times());
    partner.asked()
}

/// Returns the signature of a message as Standard Webhooks has it, by the hand of the tests.
fn signature(secret: &str, message: &Asked) -> String {
    let key = STANDARD.decode(&secret["whsec_".len()..]).expect("base64");
    let [id, at] =
        ["webhook-id", "webhook-timestamp"].map(|name| message.header(name).expect(name));
    let signed = format!("{id}.{at}.{}", message.body);
    let key = hmac::Key::new(hmac::HMAC_SHA256, &key);
    format!("v1,{}", STANDARD.encode(hmac::sign(&key, signed.as_bytes())))
}

// R92 in part
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_partner_is_told_of_each_order_and_of_nothing_else_of_it() {
    // The first attempt fails, so it is made again.
    let partner = Peer::start(|number, _| status(if number == 0 { 503 } else { 204 })).await;
    let folder = Folder::new("shop-");
    let data = folder.path();
    let shop = with_partner(data, &partner);
    let orders = [ordered(&shop, data).await, ordered(&shop, data).await];
    let told = asked(&partner, 3).await;
    let secret = std::fs::read_to_string(data.join("partner-secret")).expect("it was made");
    for (message, order) in told.iter().zip([&orders[0], &orders[0], &orders[1]]) {
        assert_eq!((&message.method, &*message.target), (&Method::POST, "/shop/orders"));
        assert_eq!(message.header("webhook-signature"), Some(&*signature(&secret, message)));
        assert_eq!(message.header("authorization"), None);
        let content: Value = serde_json::from_str(&message.body).expect("JSON");
        assert_eq!(content["type"], "order.placed");
        assert_eq!(content["data"], json!({ "order": order }));
        assert_eq!(content.as_object().map(serde_json::Map::len), Some(3), "{content}");
    }
    let id = |message: usize| told[message].header("webhook-id");
    assert!(id(0) == id(1) && id(1) != id(2), "{told:?}");
    #[cfg(unix)]
    assert_eq!(super::mode(&data.join("partner-secret")), 0o600);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_partner_that_was_down_is_told_after_a_restart() {
    let down = Peer::start(|_, _| status(503)).await;
    let folder = Folder::new("shop-");
    let data = folder.path();
    let shop = with_partner(data, &down);
    let order = ordered(&shop, data).await;
    let missed = asked(&down, 1).await;
    drop(shop); // SIGKILL
    let partner = Peer::start(|_, _| status(204)).await;
    let shop = with_partner(data, &partner);
    let told = asked(&partner, 1).await;
    assert!(told[0].body.contains(&order), "{}", told[0].body);
    assert_eq!(told[0].header("webhook-id"), missed[0].header("webhook-id"));
    // The order happened when it did, and is not told twice.
    assert_eq!(told[0].body, missed[0].body);
    let next = ordered(&shop, data).await;
    let told = asked(&partner, 2).await;
    assert!(told[1].body.contains(&next), "{}", told[1].body);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_partner_that_is_new_is_told_of_no_order_from_before() {
    let folder = Folder::new("shop-");
    let data = folder.path();
    let before = {
        let alone = Shop::start(data);
        ordered(&alone, data).await
    };
    let partner = Peer::start(|_, _| status(204)).await;
    let shop = with_partner(data, &partner);
    let order = ordered(&shop, data).await;
    let told = asked(&partner, 1).await;
    assert!(told[0].body.contains(&order) && !told[0].body.contains(&before), "{}", told[0].body);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_event_that_a_partner_will_never_take_keeps_no_other_waiting() {
    // Who the shop is may be known later, so that is no answer to an event.
    let partner = Peer::start(|number, _| status([400, 403].get(number).copied().unwrap_or(204)));
    let partner = partner.await;
    let folder = Folder::new("shop-");
    let data = folder.path();
    let shop = with_partner(data, &partner);
    let orders = [ordered(&shop, data).await, ordered(&shop, data).await];
    let told = asked(&partner, 3).await;
    for (message, order) in told.iter().zip([&orders[0], &orders[1], &orders[1]]) {
        assert!(message.body.contains(order), "{}", message.body);
    }
    assert_eq!(told[1].header("webhook-id"), told[2].header("webhook-id"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_partner_that_is_gone_for_good_is_left_alone() {
    let partner = Peer::start(|_, _| status(410)).await;
    let shop = Logged::start(|command| {
        command.env("SHOP_PARTNER", format!("http://{}/shop", partner.address));
        command.env("RUST_LOG", "shop=warn");
    });
    shop.ask(PLACE).await.has_status(201);
    for _ in 0..600 {
        if !shop.log().is_empty() {
            break;
        }
        sleep(Duration::from_millis(50)).await;
    }
    assert!(shop.log().contains("the partner wants to know of no more orders"), "{}", shop.log());
    shop.ask(PLACE).await.has_status(201);
    assert_eq!(partner.times(), 1);
}

#[test]
fn a_partner_that_nobody_may_call_keeps_the_shop_from_starting() {
    let data = Folder::new("shop-");
    for url in ["http://10.0.0.1/shop", "http://parcels.example", "https://169.254.169.254", "here"]
    {
        let said = refused(data.path(), &[("SHOP_PARTNER", url)]);
        assert!(said.contains("SA211"), "{url}: {said}");
    }
}
