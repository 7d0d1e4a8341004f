//! The checks of a token's claims, after its signature (RFC 7519, section 4.1; RFC 9068, section 2.2).

use std::sync::Arc;

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use serde_json::{Map, Value};

#[cfg(all(feature = "testing", debug_assertions))]
use crate::clock::Clock;
use crate::{
    identity::{
        Bearer, CallerId, Confirmation, Credential, DPOP, Identity, Kind, Thumbprint, is_scope,
    },
    role::RoleTable,
};

use super::{issuer::Trusted, refusal::Refusal};

/// Ids of subjects, clients and tokens are at most this long (OpenID Connect Core, section 2, for `sub`).
const MAX_ID: usize = 255;
/// The last second of the year 9999. What lies beyond is no time.
const LAST_SECOND: i64 = 253_402_300_799;

/// Returns the identity in the claims, if they hold at this time.
pub(super) fn identify(
    claims: &Map<String, Value>,
    issuer: &Trusted,
    roles: &RoleTable,
    now: i64,
) -> Result<Identity, Refusal> {
    if !is_for(claims.get("aud"), &issuer.audience) {
        return Err(Refusal::Audience);
    }
    let expires_at = required(claims, "exp", time_down, Refusal::Expiry)?;
    if now >= expires_at.saturating_add(issuer.leeway) {
        return Err(Refusal::Expired);
    }
    let latest = now.saturating_add(issuer.leeway);
    if optional(claims, "nbf", time_up, Refusal::NotBefore)?.is_some_and(|start| start > latest) {
        return Err(Refusal::Early);
    }
    let issued_at = profiled(claims, "iat", time_up, Refusal::IssuedAt, issuer)?;
    if issued_at.is_some_and(|issued_at| issued_at > latest) {
        return Err(Refusal::Future);
    }
    let subject = required(claims, "sub", id, Refusal::Subject)?;
    let client_id = profiled(claims, "client_id", id, Refusal::ClientId, issuer)?;
    let token_id = profiled(claims, "jti", id, Refusal::TokenId, issuer)?;
    let scopes = optional(claims, "scope", scopes, Refusal::Scope)?.unwrap_or_default();
    let confirmation = optional(claims, "cnf", confirmation, Refusal::Confirmation)?;
    let granted = granted(claims, &issuer.roles_claim, roles)?;
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
        .with_kind(sent_as(confirmation)))
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

/// Returns `true` if `aud` is our name, or a list of texts with our name among them.
fn is_for(audience: Option<&Value>, ours: &str) -> bool {
    match audience {
        Some(Value::String(audience)) => audience == ours,
        Some(Value::Array(audiences)) => {
            audiences.iter().all(Value::is_string)
                && audiences.iter().any(|audience| audience == ours)
        }
        _ => false,
    }
}

/// Reads a NumericDate. A fraction of a second makes an end earlier.
pub(crate) fn time_down(value: &Value) -> Option<i64> {
    time(value, f64::floor)
}

/// Reads a NumericDate. A fraction of a second makes a start later.
pub(crate) fn time_up(value: &Value) -> Option<i64> {
    time(value, f64::ceil)
}

fn time(value: &Value, round: fn(f64) -> f64) -> Option<i64> {
    let seconds = match value.as_i64() {
        Some(seconds) => seconds,
        // `as` saturates, and what is out of bounds is refused below.
        None => round(value.as_f64()?) as i64,
    };
    (0..=LAST_SECOND).contains(&seconds).then_some(seconds)
}

/// Reads a subject, client or token id: bounded, and without what would spoil a log line.
fn id(value: &Value) -> Option<&str> {
    let text = value.as_str()?;
    let acceptable = (1..=MAX_ID).contains(&text.len()) && !text.chars().any(char::is_control);
    acceptable.then_some(text)
}

/// Reads a confirmation: one member that is known here. Of what is not known nobody could ask the proof.
fn confirmation(value: &Value) -> Option<Confirmation> {
    let mut members = value.as_object()?.iter();
    let ((name, thumbprint), None) = (members.next()?, members.next()) else { return None };
    let decoded = URL_SAFE_NO_PAD.decode(thumbprint.as_str()?).ok()?;
    let thumbprint = Thumbprint::try_from(decoded).ok()?;
    match &**name {
        "jkt" => Some(Confirmation::Key(thumbprint)),
        "x5t#S256" => Some(Confirmation::Certificate(thumbprint)),
        _ => None,
    }
}

fn scopes(value: &Value) -> Option<Vec<&str>> {
    let scopes: Vec<&str> = words(value.as_str()?).collect();
    scopes.iter().all(|scope| is_scope(scope)).then_some(scopes)
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

/// Returns a claim by its name, or by a JSON Pointer where that begins with a slash.
fn named<'a>(claims: &'a Map<String, Value>, claim: &str) -> Option<&'a Value> {
    match claim.strip_prefix('/') {
        None => claims.get(claim),
        Some(path) => resolve(claims, path),
    }
}

/// Resolves a JSON Pointer, its first slash taken off, into the claims.
fn resolve<'a>(claims: &'a Map<String, Value>, path: &str) -> Option<&'a Value> {
    let (first, rest) = match path.find('/') {
        Some(slash) => path.split_at(slash),
        None => (path, ""),
    };
    claims.get(&first.replace("~1", "/").replace("~0", "~"))?.pointer(rest)
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(' ').filter(|word| !word.is_empty())
}
