//! Tokens that are bound to a key, from outside: the attacks of RFC 9449, section 11, each by a test.

mod told;
mod trust;
pub(super) mod vault;

use std::time::Duration;

use reqwest::Method;
use secure_api::prelude::*;
use serde_json::{Value, json};

use self::vault::{Prover, get, hash, machines, send, server, with};
use super::door::challenges;
use crate::support::{Answer, Log, server::START, token};

const ALGORITHMS: &str = "algs=\"ES256 EdDSA Ed25519 RS256\"";
/// The end of all challenges of an app that is found at a URL.
const FURTHER: &str =
    ", resource_metadata=\"https://vault.example/.well-known/oauth-protected-resource/api\"";

/// Returns the challenge with this error.
fn challenge(error: &str) -> String {
    format!("DPoP realm=\"api\", error=\"{error}\", {ALGORITHMS}{FURTHER}")
}

#[track_caller]
fn refused(answer: &Answer, error: &str) {
    answer.is_problem(401);
    assert_eq!(challenges(answer), [challenge(error)]);
}

// R26
#[tokio::test]
async fn a_token_with_its_proof_says_who_is_calling() {
    let server = server().await;
    let alice = Prover::new(&server.clock);
    for path in ["/v1/any", "/v1/inside", "/v1/shelves/top"] {
        let answer = get(&server, path, &alice, &alice.proof("GET", path, &server.clock)).await;
        assert_eq!(
            answer.json(),
            json!({ "id": "alice", "kind": "DPoP", "bound": true }),
            "{path}"
        );
        assert!(answer.maybe_header("dpop-nonce").is_none());
    }
    // A proof is for the URL without its query; HEAD is another method than GET.
    let path = "/v1/inside";
    let queried = format!("{path}?fields=id");
    let answer = get(&server, &queried, &alice, &alice.proof("GET", path, &server.clock)).await;
    assert_eq!(answer.json(), json!({ "id": "alice" }));
    let head = alice.proof("HEAD", path, &server.clock);
    let authorization = format!("dpop {}", alice.token);
    assert_eq!(send(&server, (Method::HEAD, path), &authorization, &[&head]).await.status, 200);
    let head = alice.proof("GET", path, &server.clock);
    assert_eq!(send(&server, (Method::HEAD, path), &authorization, &[&head]).await.status, 401);
    // A token without a binding is still one where that is admitted.
    let token = server.token("bob", &["customer"]);
    let answer = server.get_as(&token, "/v1/any").await;
    assert_eq!(answer.json(), json!({ "id": "bob", "kind": "Bearer", "bound": false }));
}

// R27, RFC 9449, sections 7.2 and 11.8: a stolen token is nothing, by whichever scheme and with whosever proof.
#[tokio::test]
async fn a_stolen_token_opens_nothing() {
    let server = server().await;
    let (alice, thief) = (Prover::new(&server.clock), Prover::new(&server.clock));
    let log = Log::capture();
    let bearer = format!("Bearer {}", alice.token);
    let path = "/v1/any";
    let answer = send(&server, (Method::GET, path), &bearer, &[]).await;
    answer.is_problem(401);
    let wanted = format!("Bearer realm=\"api\", error=\"invalid_token\"{FURTHER}");
    assert_eq!(challenges(&answer), [wanted]);
    // Also with a good proof: the scheme says what is presented.
    let proof = alice.proof("GET", path, &server.clock);
    assert_eq!(send(&server, (Method::GET, path), &bearer, &[&proof]).await.status, 401);
    // The thief's own key, as itself and under the name of the other.
    let claims = with(thief.claims("GET", path, &server.clock), "ath", json!(hash(&alice.token)));
    refused(&get(&server, path, &alice, &thief.sign(&claims)).await, "invalid_dpop_proof");
    let named = token::forge_by(&thief.key, &alice.header(), &claims);
    refused(&get(&server, path, &alice, &named).await, "invalid_dpop_proof");
    assert!(!log.lines_with(&["by another key than the token is bound to"]).is_empty());
    assert!(!log.lines_with(&["the proof's signature does not verify"]).is_empty());
    assert!(!log.text().contains(&alice.token) && !log.text().contains(&proof));
}

// R27, RFC 9449, section 7.1: a token that anybody could use is none where a proof is demanded.
#[tokio::test]
async fn an_unbound_token_is_none_with_a_proof() {
    let server = server().await;
    let mut alice = Prover::new(&server.clock);
    alice.token = server.token("alice", &["customer"]);
    for path in ["/v1/any", "/v1/inside"] {
        let proof = alice.proof("GET", path, &server.clock);
        refused(&get(&server, path, &alice, &proof).await, "invalid_token");
    }
    let answer = server.get_as(&alice.token, "/v1/inside").await;
    answer.is_problem(401);
    assert_eq!(challenges(&answer), [format!("DPoP realm=\"api\", {ALGORITHMS}{FURTHER}")]);
    // One that is bound to a certificate is none either.
    let claims = with(token::good_claims(&server.clock), "cnf", json!({ "x5t#S256": hash("a") }));
    alice.token = token::forge(&token::good_header(), &claims);
    let proof = alice.proof("GET", "/v1/any", &server.clock);
    refused(&get(&server, "/v1/any", &alice, &proof).await, "invalid_token");
    assert_eq!(server.get_as(&alice.token, "/v1/any").await.status, 401);
}

// R26, RFC 9449, section 11.1: a proof is good once, on every machine of the app.
#[tokio::test]
async fn a_proof_is_good_once() {
    let [one, two] = machines(Dpop::new()).await;
    let path = "/v1/inside";
    for (first, second) in [(&one, &one), (&one, &two), (&two, &one)] {
        let alice = Prover::new(&one.clock);
        let proof = alice.proof("GET", path, &one.clock);
        assert_eq!(get(first, path, &alice, &proof).await.status, 200);
        refused(&get(second, path, &alice, &proof).await, "invalid_dpop_proof");
        // Another signature over the same id is the same proof.
        let mut claims = alice.claims("GET", path, &one.clock);
        claims["jti"] = json!("the same");
        assert_eq!(get(first, path, &alice, &alice.sign(&claims)).await.status, 200);
        claims["iat"] = json!(START + 1);
        refused(&get(second, path, &alice, &alice.sign(&claims)).await, "invalid_dpop_proof");
        // An id is of its key: nobody uses up another's.
        let bob = Prover::new(&one.clock);
        let same = with(bob.claims("GET", path, &one.clock), "jti", json!("the same"));
        assert_eq!(get(second, path, &bob, &bob.sign(&same)).await.status, 200);
    }
    // Of many at once, one.
    let alice = Prover::new(&one.clock);
    let proof = alice.proof("GET", path, &one.clock);
    let all =
        (0..16).map(|turn| get(if turn % 2 == 0 { &one } else { &two }, path, &alice, &proof));
    let all = futures_util::future::join_all(all).await;
    assert_eq!(all.iter().filter(|answer| answer.status == 200).count(), 1);
}

// R26, RFC 9449, section 11.1: it is remembered for as long as it is good, and then it is too old.
#[tokio::test]
async fn a_proof_is_remembered_until_it_is_too_old() {
    let server = server().await;
    let alice = Prover::new(&server.clock);
    let path = "/v1/inside";
    // Of a client whose clock is a minute ahead: good for two.
    let claims = with(alice.claims("GET", path, &server.clock), "iat", json!(START + 60));
    let proof = alice.sign(&claims);
    assert_eq!(get(&server, path, &alice, &proof).await.status, 200);
    for _ in 0..13 {
        refused(&get(&server, path, &alice, &proof).await, "invalid_dpop_proof");
        server.clock.advance(Duration::from_secs(10));
    }
    for iat in [START + 130 - 61, START + 130 + 61] {
        let claims = with(alice.claims("GET", path, &server.clock), "iat", json!(iat));
        refused(&get(&server, path, &alice, &alice.sign(&claims)).await, "invalid_dpop_proof");
    }
}

// R26, RFC 9449, section 11.7: a proof of one request is none of another.
#[tokio::test]
async fn a_proof_is_for_one_request() {
    let server = server().await;
    let alice = Prover::new(&server.clock);
    let path = "/v1/inside";
    let base = alice.claims("GET", path, &server.clock);
    for (name, value) in [
        ("htm", json!("POST")),
        ("htu", json!("https://vault.example/api/v1/any")),
        ("htu", json!("https://vault.example/v1/inside")),
        ("htu", json!("https://evil.example/api/v1/inside")),
        ("htu", json!(format!("{}{path}", server.base))),
        ("ath", json!(hash("another token"))),
        ("ath", Value::Null),
        ("jti", Value::Null),
    ] {
        let proof = alice.sign(&with(base.clone(), name, value));
        refused(&get(&server, path, &alice, &proof).await, "invalid_dpop_proof");
    }
    // Nothing of these used up the id of a good one.
    assert_eq!(get(&server, path, &alice, &alice.sign(&base)).await.status, 200);
    // The URL is what the app says, whatever a caller says of its host.
    let proof = alice.proof("GET", path, &server.clock);
    let request = server.request(Method::GET, path).header("host", "evil.example");
    let request = request.header("x-forwarded-host", "evil.example").header("dpop", proof);
    let answer = Answer::of(request.header("authorization", format!("DPoP {}", alice.token))).await;
    assert_eq!(answer.status, 200);
    // A path that is written otherwise is the same.
    let proof = alice.proof("GET", "/v1/shelves/%74op", &server.clock);
    assert_eq!(get(&server, "/v1/shelves/top", &alice, &proof).await.status, 200);
}

// R26, RFC 9449, sections 11.5 and 11.6: another JWT of the key is no proof, and neither is one without a signature.
#[tokio::test]
async fn a_proof_says_what_it_is_and_is_signed() {
    let server = server().await;
    let alice = Prover::new(&server.clock);
    let path = "/v1/inside";
    let claims = || alice.claims("GET", path, &server.clock);
    for (name, value) in [
        ("typ", json!("JWT")),
        ("typ", json!("at+jwt")),
        ("typ", Value::Null),
        ("alg", json!("none")),
        ("alg", json!("HS256")),
        ("jwk", Value::Null),
        ("jwk", with(vault::jwk(&alice.key), "d", json!("AAAA"))),
        ("jwk", json!({ "kty": "oct", "k": "AAAA" })),
        ("crit", json!(["exp"])),
        ("b64", json!(false)),
        ("zip", json!("DEF")),
        ("x5c", json!(["MIIB"])),
    ] {
        let proof = token::forge_by(&alice.key, &with(alice.header(), name, value), &claims());
        refused(&get(&server, path, &alice, &proof).await, "invalid_dpop_proof");
    }
    let proof = alice.proof("GET", path, &server.clock);
    let unsigned = &proof[..=proof.rfind('.').expect("segments")];
    let long = alice.sign(&with(claims(), "more", json!("x".repeat(3_000))));
    let two = format!("{proof}, {proof}");
    for wrong in ["", "x", unsigned, &long, &two, &alice.token] {
        refused(&get(&server, path, &alice, wrong).await, "invalid_dpop_proof");
    }
    let authorization = format!("DPoP {}", alice.token);
    let other = alice.proof("GET", path, &server.clock);
    for proofs in [&[][..], &[&*proof, &other]] {
        let answer = send(&server, (Method::GET, path), &authorization, proofs).await;
        refused(&answer, "invalid_dpop_proof");
    }
    assert_eq!(get(&server, path, &alice, &proof).await.status, 200);
}

// R22 R28: the challenge says what is expected, and names no reason.
#[tokio::test]
async fn a_challenge_says_which_algorithms() {
    let server = server().await;
    let answer = server.get("/v1/any").await;
    answer.is_problem(401);
    let dpop = format!("DPoP realm=\"api\", {ALGORITHMS}{FURTHER}");
    assert_eq!(challenges(&answer), [format!("Bearer realm=\"api\"{FURTHER}"), dpop.clone()]);
    assert_eq!(challenges(&server.get("/v1/inside").await), [&*dpop]);
    let alice = Prover::new(&server.clock);
    let proof = alice.proof("GET", "/v1/scoped", &server.clock);
    let answer = get(&server, "/v1/scoped", &alice, &proof).await;
    answer.is_problem(403);
    let scope = "DPoP realm=\"api\", error=\"insufficient_scope\", scope=\"vault:read\"";
    assert_eq!(challenges(&answer), [format!("{scope}, {ALGORITHMS}{FURTHER}")]);
    // Two kinds in one request.
    let request = server.request(Method::GET, "/v1/any").header("authorization", "DPoP a");
    Answer::of(request.header("authorization", "Bearer a")).await.is_problem(400);
}
