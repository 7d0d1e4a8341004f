//! What is enforced, documented: stub.

use bytes::Bytes;
use http::HeaderValue;

use crate::route::Api;

/// Whether documents are served.
#[derive(Debug, Clone)]
pub struct Docs(bool);

impl Docs {
    /// Only by a debug build.
    pub fn while_developing() -> Self {
        Self(cfg!(debug_assertions))
    }
    /// Always.
    pub fn open(_reason: &'static str) -> Self {
        Self(true)
    }
}

/// A document.
#[derive(Debug)]
pub struct Document {
    /// Path.
    pub path: String,
    /// Type.
    pub content_type: HeaderValue,
    /// Policy.
    pub content_security_policy: Option<HeaderValue>,
    /// Body.
    pub body: Bytes,
}

/// All.
pub fn documents(_api: &'static Api, _docs: &Docs) -> Vec<Document> {
    Vec::new()
}
