//! A key that signs proofs, as a client of another make does.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use jsonwebtoken::{
    Algorithm, EncodingKey,
    jwk::{self, ThumbprintHash},
};
use rcgen::KeyPair;
use serde_json::{Value, json};

use super::{NOW, TOKEN, URL, with};
use crate::{
    dpop::{
        Refusal,
        proof::{Expected, Proof},
    },
    identity::Thumbprint,
};

/// A key that signs proofs.
pub(super) struct Signing {
    algorithm: Algorithm,
    private: EncodingKey,
    pub(super) public: Value,
}

impl Signing {
    pub(super) fn of(pair: &KeyPair, algorithm: Algorithm) -> Self {
        let pem = pair.serialize_pem();
        let private = match algorithm {
            Algorithm::RS256 => EncodingKey::from_rsa_pem(pem.as_bytes()),
            Algorithm::EdDSA => EncodingKey::from_ed_pem(pem.as_bytes()),
            _ => EncodingKey::from_ec_pem(pem.as_bytes()),
        };
        let private = private.expect("PKCS #8");
        let public = match algorithm {
            // The library reads no private key of the second version of PKCS #8, which has the public one beside it.
            Algorithm::EdDSA => {
                let x = URL_SAFE_NO_PAD.encode(pair.public_key_raw());
                json!({ "kty": "OKP", "crv": "Ed25519", "x": x })
            }
            algorithm => {
                let public = jwk::Jwk::from_encoding_key(&private, algorithm).expect("a JWK");
                with(serde_json::to_value(public).expect("JSON"), "alg", Value::Null)
            }
        };
        Self { algorithm, private, public }
    }

    pub(super) fn ec() -> Self {
        let pair = KeyPair::generate_for(&rcgen::PKCS_ECDSA_P256_SHA256).expect("a P-256 key");
        Self::of(&pair, Algorithm::ES256)
    }

    pub(super) fn thumbprint(&self) -> Thumbprint {
        let jwk: jwk::Jwk = serde_json::from_value(self.public.clone()).expect("a JWK");
        let text = jwk.thumbprint(ThumbprintHash::SHA256).expect("a thumbprint");
        let bytes = URL_SAFE_NO_PAD.decode(text).expect("base64url");
        bytes.try_into().expect("32 bytes")
    }

    pub(super) fn header(&self) -> Value {
        let name = match self.algorithm {
            Algorithm::RS256 => "RS256",
            Algorithm::EdDSA => "EdDSA",
            _ => "ES256",
        };
        json!({ "typ": "dpop+jwt", "alg": name, "jwk": self.public })
    }

    pub(super) fn sign(&self, header: &Value, claims: &Value) -> String {
        let [header, claims] =
            [header, claims].map(|part| URL_SAFE_NO_PAD.encode(part.to_string()));
        let signed = format!("{header}.{claims}");
        let signature =
            jsonwebtoken::crypto::sign(signed.as_bytes(), &self.private, self.algorithm);
        format!("{signed}.{}", signature.expect("a signature"))
    }

    /// Reads a proof as one of the token that is bound to this key.
    pub(super) fn read(&self, text: &str) -> Result<Proof, Refusal> {
        let key = self.thumbprint();
        let (token, now) = (TOKEN.as_bytes(), NOW);
        Proof::read(text, &Expected { method: "GET", url: URL, token, key: &key, now, window: 60 })
    }
}
