//! Proofs of keys (DPoP): a token without one, with one of another key, for another request, used before or too old.

use super::{
    Check, callers,
    draft::{By, Draft, Target},
    world::World,
};
use crate::{
    inventory::{AccessModel, CredentialModel},
    testing::prover::Prover,
};

pub(super) async fn check(world: &World, target: Target<'_>) {
    let operation = target.operation;
    let Some(kind) = world.admits_alone(operation, CredentialModel::is_dpop) else { return };
    let Some(url) = world.client.shared.url.clone().filter(|_| world.makes(&kind)) else {
        world.untested(
            Check::Proofs,
            target,
            "the app takes no tokens of tests that are bound to a key",
        );
        return;
    };
    let (draft, persona) = (world.rough(target), world.by_kind(operation, &kind));
    let control = world.send(&draft, &By::caller(persona.clone())).await;
    let lets_in = control.status() != 401;
    world.judge(Check::Proofs, target, lets_in, ("a good proof was expected to let in", &control));
    let (token, other) =
        (world.bound_token(&persona), world.bound_token(&persona.named("another")));
    let (method, url, path) = (draft.method, &*url, &*draft.path);
    let now = world.client.clock().unix_seconds();
    let here = format!("{url}{path}");
    let stranger = Prover::new();
    if let Some(nonce) = world.prover.last_nonce() {
        stranger.takes(&nonce);
    }
    let prove =
        |method: &str, url: &str, token: &str, at: i64| world.prover.proof(method, url, token, at);
    let sent = |proof: &str| {
        draft.clone().header("authorization", format!("DPoP {token}")).header("dpop", proof)
    };
    let refuse = async |what: &str, draft: Draft<'_>| {
        let reply = world.send(&draft, &By::Nobody).await;
        let why = format!("401 was expected of {what}");
        world.judge(Check::Proofs, target, reply.status() == 401, (&why, &reply));
    };
    let another = if method == "GET" { "POST" } else { "GET" };
    let wrong = [
        ("a token without a proof", String::new()),
        ("what is no proof", "garbage".to_owned()),
        ("a proof of another key", stranger.proof(method, &here, &token, now)),
        ("a proof for another method", prove(another, &here, &token, now)),
        ("a proof for another path", prove(method, &format!("{here}/another"), &token, now)),
        (
            "a proof for another host",
            prove(method, &format!("https://another.invalid{path}"), &token, now),
        ),
        ("a proof for another token", prove(method, &here, &other, now)),
        ("a proof of an hour ago", prove(method, &here, &token, now - 3600)),
        ("a proof of an hour to come", prove(method, &here, &token, now + 3600)),
        ("a proof with a changed signature", changed(&prove(method, &here, &token, now))),
    ];
    for (what, proof) in &wrong {
        refuse(what, sent(proof)).await;
    }
    let bearer = draft.clone().header("authorization", format!("Bearer {token}"));
    refuse("a token that is bound to a key, as a bearer token", bearer).await;
    let unbound = world.actor(&persona).token().to_owned();
    let proof = prove(method, &here, &unbound, now);
    let unbound =
        draft.clone().header("authorization", format!("DPoP {unbound}")).header("dpop", proof);
    refuse("a token that is bound to nothing", unbound).await;
    if let Some(nonce) = world.prover.last_nonce() {
        world.prover.takes("made-up");
        let proof = prove(method, &here, &token, now);
        world.prover.takes(&nonce);
        refuse("a proof with a nonce that was never given", sent(&proof)).await;
    }
    let proof = prove(method, &here, &token, now);
    let first = world.send(&sent(&proof), &By::Nobody).await;
    match first.status() {
        401 => world.untested(
            Check::Proofs,
            target,
            "a proof by hand is refused, so none is sent twice",
        ),
        _ => refuse("a proof that was used before", sent(&proof)).await,
    }
    if matches!(operation.access, AccessModel::Roles(_)) {
        callers::less(world, Check::Proofs, target, &persona).await;
    }
}

/// Returns a proof with another signature of the same length.
fn changed(proof: &str) -> String {
    let Some((signed, signature)) = proof.rsplit_once('.') else { return String::new() };
    let first = if signature.starts_with('A') { 'B' } else { 'A' };
    format!("{signed}.{first}{}", signature.get(1..).unwrap_or_default())
}
