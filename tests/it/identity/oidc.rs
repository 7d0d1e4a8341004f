//! A provider that others wrote, oidc-provider, before the vault: its documents, keys and answers as they come.
//!
//! It is no part of this repository, so these tests are run by `scripts/check-provider`, which says where it is installed.

mod ill;
mod keys;
mod opaque;
mod proved;
mod provider;
mod shop;

use std::time::Duration;

use secure_api::{clock::Clock, prelude::*, token::Issuer};
use serde_json::json;

use self::provider::{Api, Oidc};
use super::dpop::vault::{app, run};
use crate::support::{TestServer, token::AUDIENCE};

/// Longer than between two fetches of keys.
const INTERVAL: Duration = Duration::from_secs(11);
/// Longer than a set of keys is fresh whose answer does not say, to its four fifths.
const DUE: Duration = Duration::from_secs(481);

/// The vault before a provider whose tokens it verifies, or asks about. Its clock begins with the provider's.
async fn before(oidc: &Oidc) -> TestServer {
    let clock = Clock::manual(Clock::system().unix_seconds());
    let issuer = Issuer::discover(&*oidc.name).audience(AUDIENCE);
    let issuer = issuer.introspect("shop:api", secure_api::testing::secret!("s/ 7"));
    // It says in a JWT that a client is the subject of its own tokens, and nothing when it is asked.
    let issuer = issuer.client_as_subject("the provider names the subject of every person's token");
    run(app(&clock, Dpop::new()).tokens(issuer), &clock).await
}

async fn status(server: &TestServer, token: &str) -> u16 {
    server.get_as(token, "/v1/any").await.status
}

/// Waits until a token has this status, for as long as a fetch in the background may take.
async fn becomes(server: &TestServer, token: &str, wanted: u16, why: &str) {
    for _ in 0..100 {
        if status(server, token).await == wanted {
            return;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("{why}: the status is {} and not {wanted}", status(server, token).await);
}

// R9, R10, R12
#[tokio::test]
#[ignore = "scripts/check-provider runs it"]
async fn a_client_with_its_own_credentials_is_admitted_by_discovery() {
    let oidc = Oidc::start().await;
    let server = before(&oidc).await;
    let token = oidc.token("robot", Api::Jwt).await;
    let answer = server.get_as(&token, "/v1/any").await;
    let robot = json!({ "id": "robot", "kind": "Bearer", "bound": false });
    assert_eq!(answer.json(), robot, "a JWT of the provider is not taken");
    let nobody = oidc.token("nobody", Api::Jwt).await;
    assert_eq!(status(&server, &nobody).await, 403, "a token without a role");
    let other = oidc.token("robot", Api::OtherJwt).await;
    assert_eq!(status(&server, &other).await, 401, "a token for another API");
    let (signed, signature) = token.rsplit_once('.').expect("a JWT");
    let (_, others) = other.rsplit_once('.').expect("a JWT");
    assert_ne!(signature, others);
    let forged = format!("{signed}.{others}");
    assert_eq!(status(&server, &forged).await, 401, "a token with the signature of another");
}
