//! The checks of a token's claims, after its signature (RFC 7519, section 4.1; RFC 9068, section 2.2).

use std::sync::Arc;

use serde_json::{Map, Value};

#[cfg(all(feature = "testing", debug_assertions))]
use crate::clock::Clock;
use crate::{
    identity::{Bearer, CallerId, Confirmation, Credential, DPOP, Identity, Kind},
    role::RoleTable,
};

use super::{issuer::Trusted, refusal::Refusal};

mod read;

use read::{confirmation, id, ids, is_for, named, words};
pub(crate) use read::{time_down, time_up};

/// Returns the identity in the claims of a JWT, if they hold at this time.
pub(super) fn identify(
    claims: &Map<String, Value>,
    issuer: &Trusted,
    roles: &RoleTable,
    now: i64,
) -> Result<Identity, Refusal> {
    let subject = required(claims, "sub", id, Refusal::Subject)?;
    let identity = stated(claims, issuer, subject, roles, now)?;
    match identity.token_id() {
        None if issuer.full_profile => Err(Refusal::TokenId),
        _ => Ok(identity),
    }
}

/// Returns the identity in what an issuer says of an active token (RFC 7662, section 2.2), if it holds at this time. It is of
/// this issuer, where it says of which, and a token of access, where it says of which kind.
#[cfg(feature = "discovery")]
pub(super) fn introspected(
    claims: &Map<String, Value>,
    issuer: &Trusted,
    roles: &RoleTable,
    now: i64,
) -> Result<Identity, Refusal> {
    if claims.get("iss").is_some_and(|name| name.as_str() != Some(&issuer.name)) {
        return Err(Refusal::Issuer);
    }
    let of_access = |kind: &Value| {
        let kind = kind.as_str().unwrap_or_default();
        kind.eq_ignore_ascii_case("bearer") || kind.eq_ignore_ascii_case("dpop")
    };
    if !claims.get("token_type").is_none_or(of_access) {
        return Err(Refusal::NotBearer);
    }
    let subject = match optional(claims, "sub", id, Refusal::Subject)? {
        // A person has a name, whoever else may have none.
        None if issuer.shape.client_as_subject.is_some() && !claims.contains_key("username") => {
            client_id(claims, issuer)?
        }
        subject => subject,
    };
    let identity = stated(claims, issuer, subject.ok_or(Refusal::Subject)?, roles, now)?;
    let bound = claims.get("token_type").and_then(Value::as_str);
    match bound.is_some_and(|kind| kind.eq_ignore_ascii_case("dpop")) {
        // Of a token that is bound to a key which nobody tells, nobody has the key.
        true if *identity.kind() != DPOP => Err(Refusal::Confirmation),
        _ => Ok(identity),
    }
}

/// Returns the identity that an issuer states, by a signature or when it is asked.
fn stated(
    claims: &Map<String, Value>,
    issuer: &Trusted,
    subject: &str,
    roles: &RoleTable,
    now: i64,
) -> Result<Identity, Refusal> {
    let client_id = client_id(claims, issuer)?;
    if !is_for_us(claims.get("aud"), client_id, issuer) && !crate::weakened::is("audience") {
        return Err(Refusal::Audience);
    }
    let as_demanded = |(claim, values): &(String, Vec<String>)| {
        let value = named(claims, claim).and_then(Value::as_str);
        value.is_some_and(|value| values.iter().any(|one| one == value))
    };
    if !issuer.shape.required.iter().all(as_demanded) {
        return Err(Refusal::Demanded);
    }
    let expires_at = required(claims, "exp", time_down, Refusal::Expiry)?;
    if now >= expires_at.saturating_add(issuer.leeway) && !crate::weakened::is("expiry") {
        return Err(Refusal::Expired);
    }
    let latest = now.saturating_add(issuer.leeway);
    let starts = optional(claims, "nbf", time_up, Refusal::NotBefore)?;
    if starts.is_some_and(|start| start > latest) && !crate::weakened::is("not-before") {
        return Err(Refusal::Early);
    }
    let issued_at = profiled(claims, "iat", time_up, Refusal::IssuedAt, issuer)?;
    if issued_at.is_some_and(|issued_at| issued_at > latest) {
        return Err(Refusal::Future);
    }
    let token_id = optional(claims, "jti", id, Refusal::TokenId)?;
    // RFC 8693, section 4.2, has a text.
    let lists = issuer.shape.scopes != "scope";
    let scopes = match named(claims, &issuer.shape.scopes) {
        Some(value) => read::scopes(value, lists).ok_or(Refusal::Scope)?,
        None => Vec::new(),
    };
    let confirmation = optional(claims, "cnf", confirmation, Refusal::Confirmation)?;
    let authenticated_at = optional(claims, "auth_time", time_down, Refusal::Authentication)?;
    let class = optional(claims, "acr", id, Refusal::Authentication)?;
    let methods = optional(claims, "amr", ids, Refusal::Authentication)?.unwrap_or_default();
    let granted = |claim: &String| granted(claims, claim, roles);
    let mut granted = issuer.shape.roles.iter().map(granted);
    let granted = granted.try_fold(0, |all, granted| granted.map(|granted| all | granted))?;
    let tenant = tenant(claims, issuer)?;
    let identity = Identity::new(Arc::clone(&issuer.name), tenant, subject, granted, expires_at);
    // A caller whose id no column holds would own nothing.
    if identity.id().as_str().len() > CallerId::MAX_LEN {
        return Err(Refusal::Subject);
    }
    Ok(identity
        .with_scopes(scopes)
        .with_client_id(client_id)
        .with_token_id(token_id)
        .with_issued_at(issued_at)
        .with_confirmation(confirmation)
        .with_kind(sent_as(confirmation))
        .with_authentication(authenticated_at, class, methods)
        .with_leeway(issuer.leeway))
}

/// Claims that ID tokens (OpenID Connect Core, sections 2 and 3.3.2.11) and logout tokens (Back-Channel Logout, section 2.4) have,
/// and access tokens do not.
const OF_OTHER_TOKENS: [&str; 5] = ["nonce", "at_hash", "c_hash", "s_hash", "events"];

/// Refuses a token whose type does not say that it is an access token, unless its issuer is known to leave that out and nothing
/// in it says that it is another one.
pub(super) fn untyped(claims: &Map<String, Value>, issuer: &Trusted) -> Result<(), Refusal> {
    if issuer.shape.untyped.is_none() {
        return Err(Refusal::Type);
    }
    match OF_OTHER_TOKENS.iter().any(|claim| claims.contains_key(*claim)) {
        true => Err(Refusal::OtherToken),
        false => Ok(()),
    }
}

/// Returns the one kind of credentials that a token can be sent as. One that is bound to a key is none without a proof of it.
fn sent_as(confirmation: Option<Confirmation>) -> Kind {
    match confirmation {
        Some(Confirmation::Key(_)) => DPOP,
        Some(Confirmation::Certificate(_)) | None => Bearer::KIND,
    }
}

/// Returns the identity in unsigned claims, which a unit test makes up. No release build has it.
#[cfg(all(feature = "testing", debug_assertions))]
pub(crate) fn unsigned(
    claims: &Map<String, Value>,
    issuer: super::Issuer,
    roles: &RoleTable,
    now: i64,
) -> Result<Identity, String> {
    let mut problems = Vec::new();
    let surroundings = super::issuer::Surroundings::new(false, &Clock::manual(now));
    let Some(issuer) = issuer.check(&surroundings, &mut problems) else {
        return Err(crate::error::StartError(problems).to_string());
    };
    identify(claims, &issuer, roles, now).map_err(|refusal| refusal.to_string())
}

/// Reads a claim that may be missing.
fn optional<'a, T>(
    claims: &'a Map<String, Value>,
    name: &str,
    read: fn(&'a Value) -> Option<T>,
    refusal: Refusal,
) -> Result<Option<T>, Refusal> {
    claims.get(name).map(|value| read(value).ok_or(refusal)).transpose()
}

fn required<'a, T>(
    claims: &'a Map<String, Value>,
    name: &str,
    read: fn(&'a Value) -> Option<T>,
    refusal: Refusal,
) -> Result<T, Refusal> {
    optional(claims, name, read, refusal)?.ok_or(refusal)
}

/// Reads a claim that only an issuer with a partial profile may leave out.
fn profiled<'a, T>(
    claims: &'a Map<String, Value>,
    name: &str,
    read: fn(&'a Value) -> Option<T>,
    refusal: Refusal,
    issuer: &Trusted,
) -> Result<Option<T>, Refusal> {
    let value = optional(claims, name, read, refusal)?;
    if value.is_none() && issuer.full_profile {
        return Err(refusal);
    }
    Ok(value)
}

/// Returns the client that a token was issued to: the first of the issuer's claims for it that is there.
fn client_id<'a>(
    claims: &'a Map<String, Value>,
    issuer: &Trusted,
) -> Result<Option<&'a str>, Refusal> {
    let there = |claim: &String| named(claims, claim);
    match issuer.shape.client_id.iter().find_map(there) {
        Some(value) => id(value).map(Some).ok_or(Refusal::ClientId),
        None if issuer.full_profile => Err(Refusal::ClientId),
        None => Ok(None),
    }
}

/// Returns `true` if a token is for this API: it says so, or its client is one of those whose tokens are.
fn is_for_us(audience: Option<&Value>, client_id: Option<&str>, issuer: &Trusted) -> bool {
    let clients = &issuer.shape.clients;
    let by_client = clients.is_empty()
        || client_id.is_some_and(|client_id| clients.iter().any(|known| known == client_id));
    by_client
        && match (&issuer.audience, audience) {
            // Where clients are stated, tokens do not have to name the API; one that names another is not for us.
            (_, None) => !clients.is_empty(),
            (Some(ours), audience) => is_for(audience, ours),
            (None, Some(_)) => false,
        }
}

/// Returns the roles that the token names. A name that the API does not know gives nothing.
fn granted(claims: &Map<String, Value>, claim: &str, roles: &RoleTable) -> Result<u128, Refusal> {
    match named(claims, claim) {
        None => Ok(0),
        Some(Value::String(names)) => Ok(roles.granted(words(names))),
        Some(Value::Array(names)) => {
            let names: Option<Vec<&str>> = names.iter().map(Value::as_str).collect();
            names.map(|names| roles.granted(names)).ok_or(Refusal::Roles)
        }
        Some(_) => Err(Refusal::Roles),
    }
}

/// Returns the tenant, where the issuer names one. What is there has to be one text.
fn tenant<'a>(
    claims: &'a Map<String, Value>,
    issuer: &Trusted,
) -> Result<Option<&'a str>, Refusal> {
    let Some(claim) = &issuer.tenant_claim else { return Ok(None) };
    match named(claims, claim) {
        Some(value) => id(value).map(Some).ok_or(Refusal::Tenant),
        None if issuer.tenant_required => Err(Refusal::Tenant),
        None => Ok(None),
    }
}
