//! Tokens of the provider that are bound to a key.

use rcgen::KeyPair;
use reqwest::Method;
use serde_json::json;

use super::{Api, Oidc, before, status};
use crate::{
    identity::dpop::vault::{Prover, get, send},
    support::TestServer,
};

/// Somebody to whose key the provider binds a token.
async fn prover(oidc: &Oidc, server: &TestServer, api: Api) -> Prover {
    let mut prover =
        Prover { key: KeyPair::generate().expect("a P-256 key"), token: String::new() };
    let claims = json!({
        "jti": uuid::Uuid::new_v4().to_string(), "htm": "POST", "htu": format!("{}/token", oidc.name),
        "iat": server.clock.unix_seconds(),
    });
    prover.token = oidc.bound_token(api, &prover.sign(&claims)).await;
    prover
}

// R25, R26, R27
#[tokio::test]
#[ignore = "scripts/check-provider runs it"]
async fn a_bound_token_is_good_with_its_proof_once_and_never_alone() {
    let oidc = Oidc::start().await;
    let server = before(&oidc).await;
    let path = "/v1/inside";
    for (form, api) in [("a JWT", Api::Jwt), ("opaque", Api::Opaque)] {
        let robot = prover(&oidc, &server, api).await;
        let proof = robot.proof("GET", path, &server.clock);
        let answer = get(&server, path, &robot, &proof).await;
        let proved = json!({ "id": "prover", "kind": "DPoP", "bound": true });
        assert_eq!(answer.json(), proved, "{form}: a good proof is not taken");
        let again = get(&server, path, &robot, &proof).await.status;
        assert_eq!(again, 401, "{form}: a proof that was used");
        assert_eq!(status(&server, &robot.token).await, 401, "{form}: without its proof");
        let bearer = format!("Bearer {}", robot.token);
        let proof = robot.proof("GET", "/v1/any", &server.clock);
        let answer = send(&server, (Method::GET, "/v1/any"), &bearer, &[&proof]).await;
        assert_eq!(answer.status, 401, "{form}: as a bearer token, with a proof");
        let thief =
            Prover { key: KeyPair::generate().expect("a P-256 key"), token: robot.token.clone() };
        let proof = thief.proof("GET", path, &server.clock);
        let stolen = get(&server, path, &thief, &proof).await.status;
        assert_eq!(stolen, 401, "{form}: with the proof of another key");
        // The rightful one is as good as before.
        let proof = robot.proof("GET", path, &server.clock);
        assert_eq!(get(&server, path, &robot, &proof).await.status, 200, "{form}");
    }
}
