//! The metadata of an API as a resource that access tokens open (RFC 9728), made from its declarations.

use http::HeaderValue;
use serde_json::{Map, Value, json};

use super::Document;
use crate::{
    base_url::BaseUrl,
    identity::PROOF_ALGORITHMS,
    inventory::{AccessModel, ApiModel, CredentialModel, IssuerKeys, Operation, Settings},
};

/// The path of the metadata of a resource that stands at the root of its origin. The path of any other comes behind it (RFC
/// 9728, section 3.1).
const PLACE: &str = "/.well-known/oauth-protected-resource";

/// The metadata of an app, with the URL that challenges name.
pub(crate) struct ResourceMetadata {
    pub(crate) url: String,
    pub(crate) document: Document,
}

/// Returns the metadata of an app that is found at a URL and admits access tokens. Of others there is none: without a URL
/// nothing has a name, and without tokens there is nothing to get.
pub(crate) fn resource(api: &ApiModel) -> Option<ResourceMetadata> {
    let settings = api.settings.as_ref()?;
    let base_url = BaseUrl::parse(settings.base_url.as_deref()?)?;
    let admits = |is: fn(&CredentialModel) -> bool| {
        guarded(api, settings).any(|operation| api.credentials_of(operation).iter().any(is))
    };
    let (bearer, proved) = (admits(CredentialModel::is_bearer), admits(CredentialModel::is_dpop));
    if settings.issuers.is_empty() || !(bearer || proved) {
        return None;
    }
    let path = format!("{PLACE}{}", base_url.path());
    let mut told = Map::new();
    let mut tell = |name: &str, value: Value| drop(told.insert(name.to_owned(), value));
    tell("resource", base_url.to_string().into());
    tell("resource_name", api.name.as_str().into());
    // What signs its own users in is no authorization server: nobody could find it by its name.
    let issuers = settings.issuers.iter().filter(|issuer| issuer.keys != IssuerKeys::Own);
    let issuers: Vec<&str> = issuers.map(|issuer| &*issuer.name).collect();
    if !issuers.is_empty() {
        tell("authorization_servers", json!(issuers));
    }
    let mut scopes: Vec<&str> = guarded(api, settings)
        .flat_map(|operation| &operation.scopes)
        .map(String::as_str)
        .collect();
    scopes.sort_unstable();
    scopes.dedup();
    if !scopes.is_empty() {
        tell("scopes_supported", json!(scopes));
    }
    tell("bearer_methods_supported", if bearer { json!(["header"]) } else { json!([]) });
    if proved {
        let algorithms: Vec<&str> = PROOF_ALGORITHMS.split(' ').collect();
        tell("dpop_signing_alg_values_supported", json!(algorithms));
        tell("dpop_bound_access_tokens_required", (!bearer).into());
    }
    tell("tls_client_certificate_bound_access_tokens", settings.client_certificates.into());
    // Whoever has to sign in for the page is not told of it before.
    if cfg!(feature = "docs-ui") && settings.docs.served && settings.docs.role.is_none() {
        tell("resource_documentation", format!("{base_url}/docs").into());
    }
    Some(ResourceMetadata {
        url: format!("{}{path}", base_url.origin()),
        document: Document {
            path,
            content_type: HeaderValue::from_static("application/json"),
            content_security_policy: None,
            // Anybody may have it, and it changes with a deployment at most.
            cache_control: Some(HeaderValue::from_static("public, max-age=3600")),
            body: Value::Object(told).to_string().into(),
        },
    })
}

/// Returns the operations that ask for a caller, in the versions that are served.
fn guarded<'a>(api: &'a ApiModel, settings: &'a Settings) -> impl Iterator<Item = &'a Operation> {
    let served = |segment: &String| {
        let version = api.versions.iter().find(|version| version.segment == *segment);
        version.is_some_and(|version| !version.preview || settings.previews.contains(segment))
    };
    let guarded = move |operation: &&Operation| {
        matches!(operation.access, AccessModel::Roles(_)) && operation.versions.iter().any(served)
    };
    api.operations.iter().filter(guarded)
}
