//! The key of an actor whose token is bound to one, and the proofs that it signs (RFC 9449).

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use aws_lc_rs::{
    digest::{SHA256, digest},
    rand::SystemRandom,
    signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair},
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use serde_json::{Value, json};
use uuid::Uuid;

/// A key that is made up, and the nonce that the app gave last. Clones share both.
#[derive(Clone)]
pub(super) struct Prover(Arc<Inner>);

struct Inner {
    key: EcdsaKeyPair,
    nonce: Mutex<Option<String>>,
}

impl Prover {
    /// Makes a key.
    pub(super) fn new() -> Self {
        match EcdsaKeyPair::generate(&ECDSA_P256_SHA256_FIXED_SIGNING) {
            Ok(key) => Self(Arc::new(Inner { key, nonce: Mutex::default() })),
            Err(_) => panic!("the system gives no randomness"),
        }
    }

    fn coordinates(&self) -> [String; 2] {
        // An uncompressed point: a byte that says so, and two numbers of 32 bytes.
        let point = self.0.key.public_key().as_ref();
        [&point[1..33], &point[33..]].map(|number| URL_SAFE_NO_PAD.encode(number))
    }

    /// Returns the claim `cnf` of a token that is bound to the key.
    pub(super) fn confirmation(&self) -> Value {
        let [x, y] = self.coordinates();
        let members = format!(r#"{{"crv":"P-256","kty":"EC","x":"{x}","y":"{y}"}}"#);
        json!({ "jkt": hash(&members) })
    }

    /// Notes the nonce of an answer, for the next proof.
    pub(super) fn takes(&self, nonce: &str) {
        *self.nonce() = Some(nonce.to_owned());
    }

    /// Returns the nonce that the app gave last.
    pub(super) fn last_nonce(&self) -> Option<String> {
        self.nonce().clone()
    }

    fn nonce(&self) -> MutexGuard<'_, Option<String>> {
        self.0.nonce.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Signs a new proof for a request.
    pub(super) fn proof(&self, method: &str, url: &str, token: &str, now: i64) -> String {
        let [x, y] = self.coordinates();
        let jwk = json!({ "kty": "EC", "crv": "P-256", "x": x, "y": y });
        let header = json!({ "typ": "dpop+jwt", "alg": "ES256", "jwk": jwk });
        let mut claims = json!({
            "htm": method, "htu": url, "iat": now, "jti": Uuid::new_v4().to_string(), "ath": hash(token),
        });
        if let Some(nonce) = &*self.nonce() {
            claims["nonce"] = nonce.as_str().into();
        }
        let [header, claims] =
            [header, claims].map(|part| URL_SAFE_NO_PAD.encode(part.to_string()));
        let signed = format!("{header}.{claims}");
        match self.0.key.sign(&SystemRandom::new(), signed.as_bytes()) {
            Ok(signature) => format!("{signed}.{}", URL_SAFE_NO_PAD.encode(signature)),
            Err(_) => panic!("the system gives no randomness"),
        }
    }
}

fn hash(text: &str) -> String {
    URL_SAFE_NO_PAD.encode(digest(&SHA256, text.as_bytes()))
}
