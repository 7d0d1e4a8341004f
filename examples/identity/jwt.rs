//! JSON Web Tokens that somebody else than the framework signs: the issuer its access tokens, a client its proofs.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use rcgen::{KeyPair, PKCS_ED25519, PublicKeyData, SigningKey};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::folder::Failure;

/// A key of Ed25519, whose signatures are 64 bytes as JWS has them.
pub struct JwtKey(KeyPair);

impl JwtKey {
    /// Makes a key.
    pub fn make() -> Result<Self, Failure> {
        Ok(Self(KeyPair::generate_for(&PKCS_ED25519)?))
    }

    /// Reads a key from PEM.
    pub fn read(pem: &str) -> Result<Self, Failure> {
        Ok(Self(KeyPair::from_pem(pem)?))
    }

    /// Returns the private key as PEM.
    pub fn pem(&self) -> String {
        self.0.serialize_pem()
    }

    /// Returns the public key as a JWK.
    pub fn jwk(&self) -> Value {
        json!({ "kty": "OKP", "crv": "Ed25519", "x": encode(self.0.der_bytes()) })
    }

    /// Returns the thumbprint of the public key (RFC 7638), by which a token is bound to it.
    pub fn thumbprint(&self) -> String {
        let x = encode(self.0.der_bytes());
        digest(&format!(r#"{{"crv":"Ed25519","kty":"OKP","x":"{x}"}}"#))
    }

    /// Signs a token with this header and these claims.
    pub fn sign(&self, header: &Value, claims: &Value) -> Result<String, Failure> {
        let signed = format!("{}.{}", encode(header.to_string()), encode(claims.to_string()));
        let signature = self.0.sign(signed.as_bytes())?;
        Ok(format!("{signed}.{}", encode(signature)))
    }
}

/// Returns the SHA-256 digest of a text, as JWTs write it.
pub fn digest(text: &str) -> String {
    encode(Sha256::digest(text))
}

fn encode(bytes: impl AsRef<[u8]>) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}
