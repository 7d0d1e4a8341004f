//! Tokens that only the provider can read.

use std::time::Duration;

use serde_json::json;

use super::{Api, Oidc, before, status};

/// Longer than an answer about a token is remembered.
const REMEMBERED: Duration = Duration::from_secs(31);

// R25
#[tokio::test]
#[ignore = "scripts/check-provider runs it"]
async fn an_opaque_token_is_asked_about() {
    let oidc = Oidc::start().await;
    let server = before(&oidc).await;
    let token = oidc.token("robot", Api::Opaque).await;
    let answer = server.get_as(&token, "/v1/any").await;
    let robot = json!({ "id": "robot", "kind": "Bearer", "bound": false });
    assert_eq!(answer.json(), robot, "an active token is not taken");
    let other = oidc.token("robot", Api::OtherOpaque).await;
    assert_eq!(status(&server, &other).await, 401, "a token for another API");
    assert_eq!(status(&server, "AAAAAAAAAAAAAAAAAAAAAA").await, 401, "a token that nobody issued");
}

// R25
#[tokio::test]
#[ignore = "scripts/check-provider runs it"]
async fn a_token_that_is_revoked_at_the_provider_ends_within_half_a_minute() {
    let oidc = Oidc::start().await;
    let server = before(&oidc).await;
    let seen = oidc.token("robot", Api::Opaque).await;
    let unseen = oidc.token("robot", Api::Opaque).await;
    assert_eq!(status(&server, &seen).await, 200);
    oidc.revoke("robot", &seen).await;
    oidc.revoke("robot", &unseen).await;
    assert_eq!(status(&server, &unseen).await, 401, "one that was not seen ends at once");
    server.clock.advance(REMEMBERED);
    assert_eq!(status(&server, &seen).await, 401, "one that was seen is asked about again");
    let other = oidc.token("robot", Api::Opaque).await;
    assert_eq!(status(&server, &other).await, 200, "the client's others are as good as before");
}
