//! Who is calling: JSON Web Tokens (RFC 7519, RFC 9068) verified against configured issuers.

use std::sync::Arc;

/// What a verified token says of its bearer.
#[derive(Debug)]
pub struct Identity {
    issuer: Arc<str>,
    subject: Box<str>,
    roles: u128,
    scopes: Box<[Box<str>]>,
    token_id: Option<Box<str>>,
    expires_at: i64,
}

impl Identity {
    /// Who vouches for the caller: the `iss` claim.
    pub fn issuer(&self) -> &str {
        &self.issuer
    }

    /// The caller's id at that issuer: the `sub` claim.
    pub fn subject(&self) -> &str {
        &self.subject
    }

    /// The roles the token gives, as bits of the API's role table.
    pub fn roles(&self) -> u128 {
        self.roles
    }

    /// Whether the token was granted this OAuth scope.
    pub fn has_scope(&self, scope: &str) -> bool {
        self.scopes.iter().any(|granted| **granted == *scope)
    }
}
