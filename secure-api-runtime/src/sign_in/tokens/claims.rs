//! The claims of the access tokens that an app issues.

use serde_json::{Value, json};

use super::{Named, TokenGrant, family::Family};
use crate::sign_in::SignInError;

/// Returns the claims of an access token (RFC 9068, section 2.2).
pub(super) fn claims(
    named: &Named,
    family: &Family,
    grant: &TokenGrant,
    (token_id, now, expires_at): (&str, i64, i64),
) -> Result<Value, SignInError> {
    let mut claims = json!({
        "iss": named.issuer,
        "aud": named.audience,
        "sub": family.subject,
        "client_id": family.client,
        // Of the second in which others of the subject were revoked it is the next one.
        "iat": now.max(family.since),
        "exp": expires_at,
        "auth_time": now.min(family.since),
        "jti": token_id,
        "roles": grant.roles,
    });
    if !grant.scopes.is_empty() {
        claims["scope"] = grant.scopes.join(" ").into();
    }
    if !family.methods.is_empty() {
        claims["amr"] = json!(family.methods);
    }
    if let Some(class) = &family.class {
        claims["acr"] = class.as_str().into();
    }
    if let (Some(claim), Some(tenant)) = (&named.tenant_claim, &family.tenant) {
        state(&mut claims, claim, tenant)?;
    }
    Ok(claims)
}

/// Returns `true` if tokens can carry a tenant in the claim that has to hold it.
pub(in crate::sign_in) fn can_carry_tenants(named: &Named) -> bool {
    let somebody = TokenGrant::new("somebody", "client").tenant("tenant");
    let family = Family {
        subject: somebody.subject.clone(),
        client: somebody.client.clone(),
        tenant: somebody.tenant.clone(),
        methods: Vec::new(),
        class: None,
        since: 0,
        until: 0,
        token: [0; 16],
        live: Vec::new(),
        ended: false,
    };
    claims(named, &family, &somebody, ("id", 0, 0)).is_ok()
}

/// Writes a claim that is not there, by its name or by a JSON Pointer, where the verifier will look for it. A token that says
/// nothing of its tenant, or what something else says, would be somebody else's.
fn state(claims: &mut Value, claim: &str, value: &str) -> Result<(), SignInError> {
    let taken =
        || SignInError::Grant("the tenant's claim is one that tokens have for something else");
    let path = match claim.strip_prefix('/') {
        None => vec![claim.to_owned()],
        Some(path) => {
            path.split('/').map(|one| one.replace("~1", "/").replace("~0", "~")).collect()
        }
    };
    if path.first().is_some_and(|name| OTHERS.contains(&&**name)) {
        return Err(taken());
    }
    let mut place = claims;
    for name in path {
        let members = place.as_object_mut().ok_or_else(taken)?;
        place = members.entry(name).or_insert_with(|| json!({}));
    }
    if *place != json!({}) {
        return Err(taken());
    }
    *place = value.into();
    Ok(())
}

/// The claims that mean something else in every access token, also in one that is without them.
const OTHERS: [&str; 7] = ["scope", "acr", "amr", "nbf", "cnf", "act", "may_act"];
