//! The server's own part of a proof: the nonces that it gives, and the ledger in which it remembers.

use std::time::Duration;

use reqwest::Method;
use secure_api::prelude::*;
use serde_json::json;

use super::{
    refused,
    vault::{Prover, app, get, machines, run, with},
};
use crate::{
    identity::door::challenges,
    support::{Answer, gone, server::START},
};

// R28, RFC 9449, sections 8, 9, 11.2 and 11.3: with nonces, nobody makes proofs in stock, and none is good without one.
#[tokio::test]
async fn a_nonce_is_demanded_and_given() {
    let [one, two] = machines(Dpop::new().nonces()).await;
    let alice = Prover::new(&one.clock);
    let path = "/v1/inside";
    let with_nonce = |nonce: &str| {
        alice.sign(&with(alice.claims("GET", path, &one.clock), "nonce", json!(nonce)))
    };
    let answer = get(&one, path, &alice, &alice.proof("GET", path, &one.clock)).await;
    refused(&answer, "use_dpop_nonce");
    let nonce = answer.header("dpop-nonce").to_owned();
    for wrong in ["", "x", &nonce[1..], &nonce.to_lowercase()] {
        refused(&get(&one, path, &alice, &with_nonce(wrong)).await, "use_dpop_nonce");
    }
    // The other machine accepts it, and it is good for more than one proof.
    for server in [&one, &two, &one] {
        let answer = get(server, path, &alice, &with_nonce(&nonce)).await;
        assert_eq!((answer.status, answer.header("dpop-nonce")), (200, &*nonce));
        assert_eq!(answer.header("cache-control"), "no-store");
    }
    // It is not good for ever, and the next one comes before it ends.
    one.clock.advance(Duration::from_secs(150));
    let answer = get(&two, path, &alice, &with_nonce(&nonce)).await;
    assert_eq!(answer.status, 200);
    let next = answer.header("dpop-nonce").to_owned();
    assert_ne!(next, nonce);
    one.clock.advance(Duration::from_secs(150));
    refused(&get(&one, path, &alice, &with_nonce(&nonce)).await, "use_dpop_nonce");
    assert_eq!(get(&one, path, &alice, &with_nonce(&next)).await.status, 200);
    // A proof with a nonce that does not hold otherwise is told so.
    let claims = with(alice.claims("POST", path, &one.clock), "nonce", json!(next));
    refused(&get(&one, path, &alice, &alice.sign(&claims)).await, "invalid_dpop_proof");
    // Who brings no proof is given none.
    assert!(one.get(path).await.maybe_header("dpop-nonce").is_none());
}

// RFC 9449, section 8: a nonce is in no answer that a cache would give again, when it is stale; nor is the id of a request.
#[tokio::test]
async fn an_answer_for_everybody_names_no_nonce_and_no_request() {
    let [one, _] = machines(Dpop::new().nonces()).await;
    let alice = Prover::new(&one.clock);
    let path = "/.well-known/oauth-protected-resource/api";
    let answer = get(&one, path, &alice, &alice.proof("GET", path, &one.clock)).await;
    assert_eq!((answer.status, answer.header("cache-control")), (200, "public, max-age=3600"));
    for name in ["dpop-nonce", "x-request-id", "ratelimit"] {
        assert!(answer.maybe_header(name).is_none(), "{name}");
    }
    // What is refused is nobody else's, and has both.
    let posted = one.request(Method::POST, path).header("dpop", "a");
    let refused = Answer::of(posted).await;
    refused.is_problem(405);
    assert!(refused.header("dpop-nonce").len() == 22 && !refused.header("x-request-id").is_empty());
}

// R38: nobody is let in because nobody could tell that a proof was used; and what does not hold is not asked for.
#[tokio::test]
async fn a_ledger_that_does_not_answer_lets_nobody_in() {
    let clock = Clock::manual(START);
    let server =
        run(app(&clock, Dpop::new()).ledger(gone::but_for_revocations_and_limits()), &clock).await;
    let alice = Prover::new(&clock);
    let answer = get(&server, "/v1/any", &alice, &alice.proof("GET", "/v1/any", &clock)).await;
    answer.is_problem(503);
    assert!(challenges(&answer).is_empty());
    let answer = get(&server, "/v1/any", &alice, &alice.proof("POST", "/v1/any", &clock)).await;
    refused(&answer, "invalid_dpop_proof");
}
