//! The shop before the provider, as its environment says.

use serde_json::{Value, json};

use super::{Api, Oidc};
use crate::{
    shop::{direct, trust::Trusting},
    support::{Folder, token::AUDIENCE},
};

// R10, R25, R35
#[tokio::test]
#[ignore = "scripts/check-provider runs it"]
async fn the_shop_takes_its_tokens_of_both_forms() {
    let oidc = Oidc::start().await;
    let asked = oidc.name.replace("://", "://shop%3Aapi:s%2F%207@") + "/token/introspection";
    let shop = Trusting::start(&[
        ("SHOP_ISSUER", &oidc.name),
        ("SHOP_AUDIENCE", AUDIENCE),
        ("SHOP_INTROSPECT", &asked),
    ]);
    let jwt = oidc.token("robot", Api::Jwt).await;
    let opaque = oidc.token("robot", Api::Opaque).await;
    let order = json!({ "customer_email": "robot@shop.example", "items": [{ "sku": "TEA-GREEN", "qty": 1 }] });
    let client = direct().build().expect("a client");
    let request = client.post(shop.url("/v2/orders")).bearer_auth(&jwt).json(&order);
    let key = format!("\"{}\"", uuid::Uuid::new_v4());
    let answer = request.header("idempotency-key", key).send().await.expect("an answer");
    assert_eq!(answer.status(), 201, "an order of the provider's client");
    // One client, whichever token it has.
    for token in [&jwt, &opaque] {
        let request = client.get(shop.url("/v2/orders")).bearer_auth(token);
        let orders: Value = request.send().await.expect("an answer").json().await.expect("JSON");
        assert_eq!(orders["items"].as_array().map(Vec::len), Some(1), "{orders}");
    }
    for (token, status) in [
        (oidc.token("nobody", Api::Jwt).await, 403),
        (oidc.token("robot", Api::OtherJwt).await, 401),
        (oidc.token("robot", Api::OtherOpaque).await, 401),
    ] {
        assert_eq!(shop.bearer(&token).await, status);
    }
}

// R7, R25
#[tokio::test]
#[ignore = "scripts/check-provider runs it"]
async fn a_private_authority_is_trusted_where_the_machine_trusts_it() {
    let pair = || rcgen::generate_simple_self_signed(["localhost".to_owned()]).expect("a pair");
    let (ours, other) = (pair(), pair());
    let oidc = Oidc::tls(&ours.cert.pem(), &ours.signing_key.serialize_pem()).await;
    let asked = oidc.name.replace("://", "://shop%3Aapi:s%2F%207@") + "/token/introspection";
    let tokens = [oidc.token("robot", Api::Jwt).await, oidc.token("robot", Api::Opaque).await];
    for (authority, status) in [(ours, 200), (other, 503)] {
        let folder = Folder::made("authority-");
        let file = folder.path().join("authority.pem");
        std::fs::write(&file, authority.cert.pem()).expect("a file");
        let shop = Trusting::start(&[
            ("SHOP_ISSUER", &oidc.name),
            ("SHOP_AUDIENCE", AUDIENCE),
            ("SHOP_INTROSPECT", &asked),
            ("SSL_CERT_FILE", file.to_str().expect("a path in Unicode")),
        ]);
        for token in &tokens {
            assert_eq!(shop.bearer(token).await, status);
        }
    }
}
