//! The settings of an app that bear on its security: part of what a review has to see.

use serde::{Deserialize, Serialize};

use super::{ApiModel, CredentialModel, Exception, LimitModel};

/// The settings of an app.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Settings {
    /// The hosts that it answers for; none at all is any.
    pub hosts: Vec<String>,
    /// The URL that it is found at, where it is stated.
    #[serde(default)]
    pub base_url: Option<String>,
    /// The networks of the proxies that it trusts.
    #[serde(default)]
    pub proxies: Vec<String>,
    /// The header in which they tell a client's address, in small letters, where they do.
    #[serde(default)]
    pub forwarded: Option<String>,
    /// `true` if the proxies tell by the PROXY protocol whose a connection is.
    #[serde(default)]
    pub proxy_protocol: bool,
    /// The weighing of callers by their behavior: `scored`, `learned` or `off`.
    #[serde(default)]
    pub behavior: Option<String>,
    /// The origins whose pages may read answers.
    #[serde(default)]
    pub origins: Vec<String>,
    /// The limit of each address over all operations and unmatched paths.
    pub address_limit: LimitModel,
    /// The factor of every limit; 1 as they are declared.
    pub limit_scale: u32,
    /// The most bytes of a body where the operation does not say.
    pub body_limit: usize,
    /// `true` if bodies may be compressed by gzip.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub gzip: bool,
    /// The most seconds until the answer where the operation does not say.
    pub deadline_seconds: f64,
    /// The most answers that may be open at one time, of all callers together.
    #[serde(default = "most_open")]
    pub most_open: usize,
    /// The issuers whose tokens are accepted.
    pub issuers: Vec<IssuerSettings>,
    /// The kinds of credentials that it has sources of.
    #[serde(default)]
    pub credentials: Vec<CredentialModel>,
    /// The proofs that are taken besides tokens, where they are.
    #[serde(default)]
    pub dpop: Option<DpopSettings>,
    /// Set where clients can show a certificate: the server asks for one, or a proxy forwards it.
    #[serde(default)]
    pub client_certificates: bool,
    /// The seconds for which the standing of an account is remembered, where the app asks for it.
    #[serde(default)]
    pub standing_seconds: Option<f64>,
    /// The other services that it calls.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub upstreams: Vec<UpstreamSettings>,
    /// The path segments of the previews that are served.
    pub previews: Vec<String>,
    /// The serving of the documents, with its reason.
    pub docs: DocsSettings,
    /// The paths that the framework answers by itself: the documents to their readers, all else to everybody.
    #[serde(default)]
    pub served: Vec<String>,
}

impl ApiModel {
    /// Returns `true` if bodies may be compressed by gzip.
    pub(crate) fn takes_gzip(&self) -> bool {
        self.settings.as_ref().is_some_and(|settings| settings.gzip)
    }
}

/// The most answers that may be open at one time where the app does not say.
pub(crate) const MOST_OPEN: usize = 1000;

const fn most_open() -> usize {
    MOST_OPEN
}

/// One issuer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct IssuerSettings {
    /// Its identifier, as tokens have it in `iss`.
    pub name: String,
    /// The way in which its keys are learned.
    #[serde(default)]
    pub keys: IssuerKeys,
    /// The seconds for which the last keys that it published count, where it publishes them.
    #[serde(default)]
    pub keys_kept_seconds: Option<f64>,
    /// The seconds for which what it says of a token is remembered, where it is asked about tokens that it alone can read.
    #[serde(default)]
    pub introspection_kept_seconds: Option<f64>,
    /// The API's name at the issuer, as tokens have it in `aud`.
    pub audience: Option<String>,
    /// The clients whose tokens count, where these do not say which API they are for.
    #[serde(default)]
    pub clients: Vec<String>,
    /// The claims that name roles, with commas between.
    pub roles_claim: String,
    /// The claim that names the tenant.
    pub tenant_claim: Option<String>,
    /// The seconds that its clock may be off.
    pub leeway_seconds: f64,
    /// The reason for accepting tokens that lack claims of RFC 9068, where they are.
    pub partial_profile: Option<String>,
    /// The reason for accepting tokens whose type does not say that they are access tokens, where they are.
    #[serde(default)]
    pub untyped: Option<String>,
    /// The reason for taking the client as the subject where the issuer, being asked, names none, if it is.
    #[serde(default)]
    pub client_as_subject: Option<String>,
    /// Set where tests make up its tokens.
    pub for_tests: bool,
}

/// The way in which the keys of an issuer are learned.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum IssuerKeys {
    /// The app states them.
    #[default]
    Stated,
    /// The issuer's discovery document says where they are published.
    Discovered,
    /// The issuer publishes them at this URL, which the app states.
    Published(String),
    /// The app is the issuer, and makes them.
    Own,
    /// None are known: each token is asked about.
    Unknown,
}

/// The proofs of keys that tokens are bound to (RFC 9449).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DpopSettings {
    /// The seconds that a proof is good for.
    pub window_seconds: f64,
    /// Set where each has a nonce of the server's.
    pub nonces: bool,
}

/// Another service that the app calls.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct UpstreamSettings {
    /// The name of its type.
    pub name: String,
    /// Its URL; none where each call has one that a user gave.
    pub url: Option<String>,
    /// The credentials that it is sent.
    pub token: UpstreamToken,
    /// The hosts of the app's own network that calls of it may lead to, each with its reason.
    pub internal: Vec<Exception>,
}

/// The credentials that another service is sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum UpstreamToken {
    /// None at all.
    None,
    /// The token of the caller.
    Passed,
    /// A token that the issuer gives for that of the caller.
    Exchanged,
    /// A token of the app's own, for this reason.
    Own(String),
}

/// The serving of documents.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DocsSettings {
    /// Set where they are served.
    pub served: bool,
    /// The reason for serving them to everybody, where they always are.
    pub reason: Option<String>,
    /// The role whose holders alone may read them, by its name in tokens, where there is one.
    #[serde(default)]
    pub role: Option<String>,
    /// The issuer's pages, where they are stated.
    pub issuer: Option<SignInUrls>,
}

/// The addresses at which a client gets tokens.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignInUrls {
    /// The page to log in.
    pub authorization: String,
    /// The address of tokens, and of their refreshing.
    pub token: String,
}
