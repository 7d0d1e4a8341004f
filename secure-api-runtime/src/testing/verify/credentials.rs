//! Credentials: none, such as do not hold, such as were revoked, and such as the route does not admit.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};

use super::{
    Check,
    draft::{By, Draft, Persona, Target},
    world::World,
};
use crate::inventory::{AccessModel, CredentialModel};

pub(super) async fn check(world: &World, target: Target<'_>) {
    let operation = target.operation;
    let draft = world.rough(target);
    if let AccessModel::Roles(_) = operation.access {
        let reply = world.send(&draft, &By::Nobody).await;
        let good = reply.status() == 401 && reply.header("www-authenticate").is_some();
        world.judge(Check::Anonymous, target, good, ("401 with a challenge was expected", &reply));
    }
    let somebody = Persona { subject: world.somebody(), ..Persona::default() };
    let caller = world.admitted(operation, &world.somebody());
    let caller = caller.unwrap_or_else(|| world.equipped(operation, somebody));
    if world.takes_tokens(operation) && !world.client.shared.issuers.is_empty() {
        let by = world.admits_alone(operation, CredentialModel::is_bearer);
        let caller = Persona { by: by.into_iter().collect(), given: None, ..caller };
        bad(world, &draft, &caller).await;
        revoked(world, &draft, &caller).await;
    }
    let guarded = matches!(operation.access, AccessModel::Roles(_));
    if guarded && !world.holds(operation) {
        let reason = "no credentials of its kinds are there: give some by `.holder(…)`";
        world.untested(Check::BadCredentials, target, reason);
    }
}

/// Tries tokens that do not hold.
async fn bad(world: &World, draft: &Draft<'_>, caller: &Persona) {
    let now = world.client.clock().unix_seconds();
    let good = world.actor(caller).token().to_owned();
    let of = |caller: Persona| world.actor(&caller).token().to_owned();
    let tokens = [
        ("garbage", "garbage".to_owned()),
        ("a token without its signature", unsigned(&good)),
        ("a token that says it has no algorithm", without_algorithm(&good)),
        ("a token with a changed signature", changed(&good)),
        ("a token with changed claims", forged(&good)),
        (
            "a token that has expired",
            of(caller.clone().claim("iat", now - 7200).claim("exp", now - 3600)),
        ),
        ("a token that is not good yet", of(caller.clone().claim("nbf", now + 3600))),
        ("a token for another API", of(caller.clone().claim("aud", "another"))),
        (
            "a token that is bound to a key",
            of(caller.clone().claim("cnf", world.prover.confirmation())),
        ),
        (
            "a token that is bound to a certificate",
            of(caller.clone().claim("cnf", serde_json::json!({ "x5t#S256": "A".repeat(43) }))),
        ),
        ("a token of another issuer", of(caller.clone().claim("iss", "https://another.invalid"))),
    ];
    for (what, token) in tokens {
        let reply = world.send(draft, &By::Token(token)).await;
        let why = format!("401 was expected of {what}");
        world.judge(Check::BadCredentials, draft.target, reply.status() == 401, (&why, &reply));
    }
}

async fn revoked(world: &World, draft: &Draft<'_>, caller: &Persona) {
    // One token at each end: the second request is refused for nothing else.
    let id = uuid::Uuid::new_v4().to_string();
    let caller = caller.clone().claim("jti", &*id);
    let token = world.actor(&caller).token().to_owned();
    let before = world.send(draft, &By::Token(token.clone())).await;
    if before.status() == 401 {
        world.untested(
            Check::Revoked,
            draft.target,
            "a good token is refused: see what was broken",
        );
        return;
    }
    let issuer = world.client.shared.issuers.first().cloned().unwrap_or_default();
    let ends = world.client.clock().unix_seconds() + 700;
    match world.revocations.revoke_token(&issuer, &id, ends).await {
        Ok(_) => {
            let after = world.send(draft, &By::Token(token)).await;
            world.judge(
                Check::Revoked,
                draft.target,
                after.status() == 401,
                ("401 was expected of a revoked token", &after),
            );
        }
        Err(error) => {
            world.untested(Check::Revoked, draft.target, format!("the ledger says: {error}"))
        }
    }
}

/// Returns a token without its last part.
fn unsigned(token: &str) -> String {
    token.rsplit_once('.').map(|(signed, _)| format!("{signed}.")).unwrap_or_default()
}

/// Returns a token whose header says that nothing signs it.
fn without_algorithm(token: &str) -> String {
    let header = URL_SAFE_NO_PAD.encode(r#"{"alg":"none","typ":"at+jwt"}"#);
    let claims = token.split('.').nth(1).unwrap_or_default();
    format!("{header}.{claims}.")
}

/// Returns a token with another signature of the same length.
fn changed(token: &str) -> String {
    let Some((signed, signature)) = token.rsplit_once('.') else { return String::new() };
    let first = if signature.starts_with('A') { 'B' } else { 'A' };
    format!("{signed}.{first}{}", signature.get(1..).unwrap_or_default())
}

/// Returns a token whose claims were changed after it was signed.
fn forged(token: &str) -> String {
    let parts: Vec<&str> = token.split('.').collect();
    let [header, claims, signature] = parts[..] else { return String::new() };
    let claims = URL_SAFE_NO_PAD.decode(claims).unwrap_or_default();
    let mut claims: serde_json::Value = serde_json::from_slice(&claims).unwrap_or_default();
    claims["sub"] = "somebody-else".into();
    format!("{header}.{}.{signature}", URL_SAFE_NO_PAD.encode(claims.to_string()))
}
