//! The credentials of callers as security schemes.

use serde_json::{Value, json};
use utoipa::openapi::security::{
    ApiKey, ApiKeyValue, AuthorizationCode, Flow, HttpAuthScheme, HttpBuilder, OAuth2, Scopes,
    SecurityScheme,
};

use super::schema::some;
use crate::inventory::{AccessModel, ApiModel, CredentialModel, Operation, VersionModel};

/// Returns the name of the security scheme of a kind of credentials.
pub(super) fn name(kind: &CredentialModel) -> &str {
    // That of access tokens carries the roles as scopes.
    if kind.is_bearer() { "oauth2" } else { &kind.name }
}

/// Returns the schemes of a version with their names. One that no operation asks for would be one that nothing enforces.
pub(super) fn schemes(api: &ApiModel, version: &VersionModel) -> Vec<(String, SecurityScheme)> {
    let guarded = |operation: &&Operation| matches!(operation.access, AccessModel::Roles(_));
    let mut schemes: Vec<(String, SecurityScheme)> = Vec::new();
    for operation in api.operations_in(&version.segment).filter(guarded) {
        for kind in api.credentials_of(operation) {
            if schemes.iter().all(|(known, _)| known != name(&kind)) {
                let scheme = match &kind {
                    kind if kind.is_bearer() => access_tokens(api, version),
                    kind if kind.is_dpop() => bound_tokens(),
                    kind if kind.certificate => certificates(),
                    kind => other(kind),
                };
                schemes.push((name(&kind).to_owned(), scheme));
            }
        }
    }
    schemes
}

/// The name of the scheme of tokens that come with a proof.
const DPOP: &str = "DPoP";

/// Returns the scheme of access tokens that come with a proof. The library has a closed list of HTTP's schemes, in which this one
/// is not: [`named`] says it.
fn bound_tokens() -> SecurityScheme {
    let text = "An access token of an issuer that the server trusts, bound to a key of the client's (RFC 9449) and sent as \
                `Authorization: DPoP`. With each request comes a new proof of that key in the header `DPoP`, for its \
                method and its URL. A scope here is a role in the token, or what it says in its `scope`.";
    let scheme = HttpBuilder::new().scheme(HttpAuthScheme::Bearer).description(Some(text));
    SecurityScheme::Http(scheme.build())
}

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
    if let Some(scheme) =
        document.pointer_mut(&format!("/components/securitySchemes/{DPOP}/scheme"))
    {
        *scheme = json!(DPOP);
    }
}

/// Returns the scheme of another kind. OpenAPI knows a few names of HTTP's schemes and no others, so one behind a name of its
/// own is described as what the whole header holds.
fn other(kind: &CredentialModel) -> SecurityScheme {
    let described = |name: &str, text: String| ApiKeyValue::with_description(name.to_owned(), text);
    let of_kind = || format!("Credentials of the kind {}.", kind.name);
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

/// Publishes roles as scopes: OpenAPI lets only those schemes name what an operation needs.
fn access_tokens(api: &ApiModel, version: &VersionModel) -> SecurityScheme {
    let scopes = api.roles.iter().map(|role| {
        let mut text = match some(&role.description) {
            Some(description) => description.to_owned(),
            None => format!("The role {}.", role.variant),
        };
        let also: Vec<&str> = api.includers(&role.name).collect();
        if !also.is_empty() {
            text.push_str(&format!(" Included in: {}.", also.join(", ")));
        }
        (role.name.clone(), text)
    });
    let mut scopes: Vec<(String, String)> = scopes.collect();
    for scope in api.operations_in(&version.segment).flat_map(|operation| &operation.scopes) {
        if scopes.iter().all(|(known, _)| known != scope) {
            let text = format!("The OAuth scope `{scope}`, in addition to a role.");
            scopes.push((scope.clone(), text));
        }
    }
    let issuer = api.settings.as_ref().and_then(|settings| settings.docs.issuer.as_ref());
    let (authorization, token) = match issuer {
        Some(urls) => (&*urls.authorization, &*urls.token),
        None => ("https://issuer.invalid/authorize", "https://issuer.invalid/token"),
    };
    let flow =
        AuthorizationCode::with_refresh_url(authorization, token, Scopes::from_iter(scopes), token);
    let text = "An access token as a JSON Web Token of an issuer that the server trusts, verified as RFC8725 and \
                RFC 9068 ask and sent as `Authorization: Bearer`. A scope here is a role in the token, or \
                what it says in its `scope`; whoever has a role that includes another has that too. An operation \
                lists the least roles it admits, each with all the scopes it needs.";
    SecurityScheme::OAuth2(OAuth2::with_description([Flow::AuthorizationCode(flow)], text))
}
