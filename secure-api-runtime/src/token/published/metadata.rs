//! Discovery: the document in which an issuer says where its endpoints are (OpenID Connect Discovery 1.0; RFC 8414).

use serde_json::Value;

use crate::{
    outbound::{Endpoint, Fault, Fetcher},
    token::{discovery_document, json},
};

/// The endpoints of an issuer that are used here.
pub(in crate::token) struct Metadata {
    pub(super) keys: Option<Endpoint>,
    pub(in crate::token) introspection: Option<Endpoint>,
}

impl Metadata {
    /// Asks an issuer for its endpoints: by OpenID Connect, and where it has no such document by RFC 8414.
    pub(in crate::token) async fn fetch(issuer: &str, fetcher: &Fetcher) -> Result<Self, Fault> {
        let [first, second] = places(issuer).ok_or(Fault::Document("the issuer is no URL"))?;
        match fetcher.get(&first).await {
            Ok(fetched) => Self::read(&fetched.body, issuer, &first),
            // Only the lack of a document leads on, and not one that says something else.
            Err(Fault::Status(400..=499)) => {
                Self::read(&fetcher.get(&second).await?.body, issuer, &second)
            }
            Err(fault) => Err(fault),
        }
    }

    /// Reads a document. The issuer that it names is the one that was asked, byte for byte (RFC 8414, section 3.3).
    fn read(document: &[u8], issuer: &str, from: &Endpoint) -> Result<Self, Fault> {
        let document = json::object(document);
        let document = document.ok_or(Fault::Document("the answer is no discovery document"))?;
        if document.get("issuer").and_then(Value::as_str) != Some(issuer) {
            return Err(Fault::Document("the discovery document is of another issuer"));
        }
        let named = |name: &str| {
            let url = document.get(name).and_then(Value::as_str);
            url.and_then(|url| Endpoint::named(url, from))
        };
        Ok(Self { keys: named("jwks_uri"), introspection: named("introspection_endpoint") })
    }
}

/// Returns the two places of an issuer's document. The first is appended to its path, the second stands before it.
fn places(issuer: &str) -> Option<[Endpoint; 2]> {
    let first = discovery_document(issuer);
    let issuer = issuer.trim_end_matches('/');
    let authority = issuer.find("://")? + 3;
    let path = issuer[authority..].find('/').map_or(issuer.len(), |slash| authority + slash);
    let (origin, path) = issuer.split_at(path);
    Some([
        Endpoint::stated(&first)?,
        Endpoint::stated(&format!("{origin}/.well-known/oauth-authorization-server{path}"))?,
    ])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_stands_behind_the_issuer_or_before_its_path() {
        for (issuer, first, second) in [
            (
                "https://login.example",
                "https://login.example/.well-known/openid-configuration",
                "https://login.example/.well-known/oauth-authorization-server",
            ),
            (
                "https://login.example/",
                "https://login.example/.well-known/openid-configuration",
                "https://login.example/.well-known/oauth-authorization-server",
            ),
            (
                "https://login.example:8443/realms/shop",
                "https://login.example:8443/realms/shop/.well-known/openid-configuration",
                "https://login.example:8443/.well-known/oauth-authorization-server/realms/shop",
            ),
        ] {
            let places = places(issuer).expect("a URL");
            assert_eq!(places.map(|place| place.to_string()), [first, second]);
        }
    }

    // R7, R9
    #[test]
    fn a_document_is_of_its_issuer_and_names_keys() {
        let from = Endpoint::stated("https://login.example/d").expect("a URL");
        let read = |document: &str| {
            Metadata::read(document.as_bytes(), "https://login.example", &from)
                .map(|metadata| metadata.keys.is_some())
        };
        let keys = r#""jwks_uri":"https://login.example/keys""#;
        assert_eq!(read(&format!(r#"{{"issuer":"https://login.example",{keys}}}"#)), Ok(true));
        for other in [
            r#""https://login.example/""#,
            r#""https://LOGIN.example""#,
            r#""https://evil.example""#,
            r#"["https://login.example"]"#,
            "null",
        ] {
            let fault = read(&format!(r#"{{"issuer":{other},{keys}}}"#)).expect_err(other);
            assert_eq!(fault.to_string(), "the discovery document is of another issuer");
        }
        for other in [
            r#"{"issuer":"https://login.example"}"#,
            r#"{"issuer":"https://login.example","jwks_uri":"http://login.example/keys"}"#,
            r#"{"issuer":"https://login.example","jwks_uri":"http://localhost:6379/"}"#,
            r#"{"issuer":"https://login.example","jwks_uri":7}"#,
        ] {
            assert_eq!(read(other), Ok(false), "{other}");
        }
        let twice = format!(
            r#"{{"issuer":"https://evil.example","issuer":"https://login.example",{keys}}}"#
        );
        for none in ["", "[]", "<html>", &twice] {
            let fault = read(none).expect_err(none);
            assert_eq!(fault.to_string(), "the answer is no discovery document");
        }
    }
}
