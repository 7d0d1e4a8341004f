//! The credentials of callers as security schemes.

use serde_json::{Value, json};
use utoipa::openapi::security::{ApiKey, ApiKeyValue, SecurityScheme};

use super::access_tokens;
use crate::inventory::{AccessModel, ApiModel, CredentialModel, Operation, VersionModel};

/// Returns the names of the security schemes of a kind of credentials at an operation, each of which is enough.
pub(super) fn names(api: &ApiModel, operation: &Operation, kind: &CredentialModel) -> Vec<String> {
    let names = if kind.is_bearer() { access_tokens::names(api) } else { vec![kind.name.clone()] };
    let of_admins = is_of_admins(operation);
    let apart = |name: String| {
        if of_admins && !access_tokens::has_scopes(&name) { apart(&name) } else { name }
    };
    names.into_iter().map(apart).collect()
}

/// Returns `true` for what its path says is for admins. What it demands is what no other operation demands (OWASP API5:2023),
/// and a scheme without scopes cannot say of which roles: there it has a scheme of its own.
fn is_of_admins(operation: &Operation) -> bool {
    operation.path.contains("/admin")
}

/// Returns the name of a scheme for operations of admins.
fn apart(name: &str) -> String {
    format!("{name}OfAdmins")
}

/// Returns the schemes of a version with their names. One that no operation asks for would be one that nothing enforces.
pub(super) fn schemes(api: &ApiModel, version: &VersionModel) -> Vec<(String, SecurityScheme)> {
    let guarded = |operation: &&Operation| matches!(operation.access, AccessModel::Roles(_));
    let mut known: Vec<CredentialModel> = Vec::new();
    let mut asked: Vec<String> = Vec::new();
    for operation in api.operations_in(&version.segment).filter(guarded) {
        for kind in api.credentials_of(operation) {
            asked.extend(names(api, operation, &kind));
            if !known.contains(&kind) {
                known.push(kind);
            }
        }
    }
    let schemes = known.iter().flat_map(|kind| {
        if kind.is_bearer() {
            return access_tokens::schemes(api, version);
        }
        let scheme = match kind {
            kind if kind.is_dpop() => access_tokens::bound(api, version),
            kind if kind.certificate => certificates(),
            kind => other(kind),
        };
        vec![(kind.name.clone(), scheme)]
    });
    let both = schemes.flat_map(|(name, scheme)| [(apart(&name), scheme.clone()), (name, scheme)]);
    both.filter(|(name, _)| asked.contains(name)).collect()
}

/// The name of the scheme of tokens that come with a proof.
const DPOP: &str = "DPoP";

/// Returns the scheme of client certificates.
fn certificates() -> SecurityScheme {
    let text = "A client certificate that the server knows whose it is, of the connection or of the proxy's before it.";
    SecurityScheme::MutualTls {
        description: Some(text.to_owned()),
        deprecated: None,
        extensions: None,
    }
}

/// Names the schemes of a document that the library has no names for.
pub(super) fn named(document: &mut Value) {
    for name in [DPOP.to_owned(), apart(DPOP)] {
        if let Some(scheme) =
            document.pointer_mut(&format!("/components/securitySchemes/{name}/scheme"))
        {
            *scheme = json!(DPOP);
        }
    }
}

/// Returns the scheme of another kind. OpenAPI knows a few names of HTTP's schemes and no others, so one behind a name of its
/// own is described as what the whole header holds.
fn other(kind: &CredentialModel) -> SecurityScheme {
    let described = |name: &str, text: String| ApiKeyValue::with_description(name.to_owned(), text);
    let of_kind = || format!("Credentials of the kind {}.", kind.name);
    if let Some(parameter) = &kind.query {
        let text = format!(
            "{} URLs are kept by logs and histories: keep those with credentials out of yours.",
            of_kind()
        );
        return SecurityScheme::ApiKey(ApiKey::Query(described(parameter, text)));
    }
    SecurityScheme::ApiKey(match (&kind.header, &kind.cookie) {
        (Some(header), _) => ApiKey::Header(described(header, of_kind())),
        (None, Some(cookie)) => ApiKey::Cookie(described(
            cookie,
            format!("{} Only pages of the server itself can send it.", of_kind()),
        )),
        (None, None) => ApiKey::Header(described(
            "Authorization",
            format!("`{} ` and the credentials behind it.", kind.name),
        )),
    })
}
