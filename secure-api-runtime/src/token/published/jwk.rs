//! Published keys (RFC 7517): the public ones of algorithms that tokens are signed with, and no others.

use std::sync::Arc;

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use jsonwebtoken::DecodingKey;
use serde_json::{Map, Value};

use crate::token::{
    cache::Vouched,
    key::{self, Algorithm, VerifyingKey},
};

/// Members of private and of symmetric keys (RFC 7518, sections 6.2.2, 6.3.2 and 6.4). Who publishes one has published more than
/// a key, and whatever it signs is anybody's.
const PRIVATE: [&str; 8] = ["d", "p", "q", "dp", "dq", "qi", "oth", "k"];

/// A key that an issuer publishes.
pub(in crate::token) struct PublishedKey {
    pub(in crate::token) key: VerifyingKey,
    /// The time until which its tokens hold.
    pub(in crate::token) vouched: Arc<Vouched>,
    pub(super) id: Option<String>,
    algorithm: Algorithm,
    /// The public key itself, by which it is found again in the next set.
    material: Vec<u8>,
}

impl PublishedKey {
    /// Reads one member of a set.
    ///
    /// # Errors
    ///
    /// The reason for which it cannot be used, for the log.
    pub(super) fn read(jwk: &Value) -> Result<Self, &'static str> {
        let jwk = jwk.as_object().ok_or("is no JSON object")?;
        if PRIVATE.iter().any(|member| jwk.contains_key(*member)) {
            return Err("is a private key or a shared secret");
        }
        if !matches!(text(jwk, "use")?, None | Some("sig")) || !verifies(jwk.get("key_ops")) {
            return Err("is for something else than signatures");
        }
        let id = text(jwk, "kid")?.map(str::to_owned);
        if id.as_deref().is_some_and(|id| !key::is_id(id)) {
            return Err("has an id that no token can name");
        }
        let other = "is for an algorithm that is not supported";
        let (algorithm, decoding, material) = match (text(jwk, "kty")?, text(jwk, "alg")?) {
            (Some("RSA"), None | Some("RS256")) => {
                let (modulus, exponent) = (number(jwk, "n")?, number(jwk, "e")?);
                if !key::is_rsa(&modulus, &exponent) {
                    return Err("is an RSA key of less than 2048 or more than 8192 bits, or none");
                }
                let decoding = DecodingKey::from_rsa_raw_components(&modulus, &exponent);
                let length = modulus.len().to_be_bytes();
                let material = [&length[..], &*modulus, &*exponent].concat();
                (Algorithm::Rs256, decoding, material)
            }
            (Some("EC"), None | Some("ES256")) if text(jwk, "crv")? == Some("P-256") => {
                let point = [&[4], &*number(jwk, "x")?, &*number(jwk, "y")?].concat();
                if point.len() != 65 {
                    return Err("is no point of its curve");
                }
                (Algorithm::Es256, DecodingKey::from_ec_der(&point), point)
            }
            (Some("OKP"), None | Some("EdDSA" | "Ed25519"))
                if text(jwk, "crv")? == Some("Ed25519") =>
            {
                let point = number(jwk, "x")?;
                if point.len() != 32 {
                    return Err("is no point of its curve");
                }
                (Algorithm::Ed25519, DecodingKey::from_ed_der(&point), point)
            }
            _ => return Err(other),
        };
        let key = VerifyingKey::new(algorithm, decoding);
        Ok(Self { key, vouched: Arc::default(), id, algorithm, material })
    }

    /// Returns `true` if both are one key under one id.
    pub(super) fn is(&self, other: &Self) -> bool {
        self.id == other.id && self.algorithm == other.algorithm && self.material == other.material
    }
}

/// Returns `true` if a key may verify: it says so, or nothing.
fn verifies(operations: Option<&Value>) -> bool {
    match operations {
        None => true,
        Some(Value::Array(operations)) => operations.iter().any(|one| one == "verify"),
        Some(_) => false,
    }
}

fn text<'a>(jwk: &'a Map<String, Value>, name: &str) -> Result<Option<&'a str>, &'static str> {
    match jwk.get(name) {
        None => Ok(None),
        Some(Value::String(text)) => Ok(Some(text)),
        Some(_) => Err("has a member that should be a text and is none"),
    }
}

/// Reads a number or a coordinate: base64url without padding (RFC 7518, section 2).
fn number(jwk: &Map<String, Value>, name: &str) -> Result<Vec<u8>, &'static str> {
    let lacking = "lacks a part of the key";
    let text = text(jwk, name)?.ok_or(lacking)?;
    URL_SAFE_NO_PAD.decode(text).ok().filter(|bytes| !bytes.is_empty()).ok_or(lacking)
}
