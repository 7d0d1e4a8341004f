//! One key that an app signs with, of one day.

use aws_lc_rs::{
    digest,
    rand::SystemRandom,
    signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair},
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use serde_json::{Value, json};

use crate::token::{SignError, Signer, key::VerifyingKey};

/// A key of one day: ECDSA on P-256 with SHA-256.
pub(in crate::token) struct OwnKey {
    day: i64,
    id: String,
    signer: Signer,
    verifying: VerifyingKey,
}

impl OwnKey {
    /// Reads the key of a day, as [`random`] made it.
    pub(super) fn of(private: Vec<u8>, day: i64) -> Result<Self, SignError> {
        let signer = Signer::of_der(&private)?;
        let id = thumbprint(&signer);
        let (signer, verifying) = (signer.named(&id), signer.verifying());
        Ok(Self { day, id, signer, verifying })
    }

    pub(super) fn day(&self) -> i64 {
        self.day
    }

    /// Returns its id, the thumbprint (RFC 7638): another key has another one.
    pub(super) fn id(&self) -> &str {
        &self.id
    }

    pub(super) fn sign(&self, claims: &Value) -> Result<String, SignError> {
        self.signer.sign_claims(claims)
    }

    pub(in crate::token) fn verifying(&self) -> &VerifyingKey {
        &self.verifying
    }

    /// Returns its public half as a JSON Web Key.
    pub(super) fn public(&self) -> Value {
        let [x, y] = coordinates(&self.signer);
        json!({ "kty": "EC", "crv": "P-256", "x": x, "y": y, "kid": self.id, "alg": "ES256", "use": "sig" })
    }
}

/// Makes a private key (PKCS #8).
pub(in crate::token) fn random() -> Result<Vec<u8>, SignError> {
    let (algorithm, random) = (&ECDSA_P256_SHA256_FIXED_SIGNING, SystemRandom::new());
    let private = EcdsaKeyPair::generate_pkcs8(algorithm, &random);
    Ok(private.map_err(|_| SignError::NO_RANDOMNESS)?.as_ref().to_vec())
}

/// Returns the coordinates of the public point.
fn coordinates(signer: &Signer) -> [String; 2] {
    // An uncompressed point is a byte that says so, and two coordinates of 32 bytes.
    let (x, y) = signer.point()[1..].split_at(32);
    [x, y].map(|coordinate| URL_SAFE_NO_PAD.encode(coordinate))
}

fn thumbprint(signer: &Signer) -> String {
    let [x, y] = coordinates(signer);
    // The members in the order of RFC 7638, section 3.2.
    let text = format!(r#"{{"crv":"P-256","kty":"EC","x":"{x}","y":"{y}"}}"#);
    URL_SAFE_NO_PAD.encode(digest::digest(&digest::SHA256, text.as_bytes()))
}
