//! The key of a proof: a public JWK (RFC 7517), and its thumbprint (RFC 7638).

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use jsonwebtoken::DecodingKey;
use serde_json::{Map, Value};

use super::Refusal;
use crate::{
    identity::{Thumbprint, thumbprint},
    token::{Algorithm, VerifyingKey, is_rsa_size},
};

/// Members that say more of a key than the world may know (RFC 7518, sections 6.2.2, 6.3.2 and 6.4).
const PRIVATE: [&str; 8] = ["d", "p", "q", "dp", "dq", "qi", "oth", "k"];

/// A public key, as the header of a proof has it. What it says besides, as an id, is not read.
pub(super) struct Jwk {
    pub(super) thumbprint: Thumbprint,
    pub(super) algorithm: Algorithm,
    key: DecodingKey,
}

impl Jwk {
    /// Reads a key of one of the kinds that proofs are signed with.
    pub(super) fn read(jwk: &Map<String, Value>) -> Result<Self, Refusal> {
        if PRIVATE.iter().any(|member| jwk.contains_key(*member)) {
            return Err(Refusal::Private);
        }
        let text = |name| jwk.get(name).and_then(Value::as_str).ok_or(Refusal::Jwk);
        // The members of a thumbprint are in the order of their names, and base64url needs no escapes.
        let (algorithm, key, members) = match (text("kty")?, jwk.get("crv").and_then(Value::as_str))
        {
            ("EC", Some("P-256")) => {
                let (x, y) = (text("x")?, text("y")?);
                let point = [&[4], &*of_length(x, 32)?, &*of_length(y, 32)?].concat();
                let members = format!(r#"{{"crv":"P-256","kty":"EC","x":"{x}","y":"{y}"}}"#);
                (Algorithm::Es256, DecodingKey::from_ec_der(&point), members)
            }
            ("OKP", Some("Ed25519")) => {
                let x = text("x")?;
                let members = format!(r#"{{"crv":"Ed25519","kty":"OKP","x":"{x}"}}"#);
                (Algorithm::Ed25519, DecodingKey::from_ed_der(&of_length(x, 32)?), members)
            }
            ("RSA", None) => {
                let (n, e) = (text("n")?, text("e")?);
                let (modulus, exponent) = (number(n)?, number(e)?);
                if !is_rsa_size(&modulus) {
                    return Err(Refusal::Jwk);
                }
                let members = format!(r#"{{"e":"{e}","kty":"RSA","n":"{n}"}}"#);
                let key = DecodingKey::from_rsa_raw_components(&modulus, &exponent);
                (Algorithm::Rs256, key, members)
            }
            _ => return Err(Refusal::Jwk),
        };
        Ok(Self { thumbprint: thumbprint(members.as_bytes()), algorithm, key })
    }

    /// Returns the same, ready to verify.
    pub(super) fn verifying(self) -> VerifyingKey {
        VerifyingKey::new(self.algorithm, self.key)
    }
}

/// Decodes so many bytes, in the one way that they are written.
fn of_length(text: &str, length: usize) -> Result<Vec<u8>, Refusal> {
    let bytes = URL_SAFE_NO_PAD.decode(text).map_err(|_| Refusal::Jwk)?;
    if bytes.len() == length { Ok(bytes) } else { Err(Refusal::Jwk) }
}

/// Decodes a number, in the one way that it is written: without a zero before it (RFC 7518, section 2).
fn number(text: &str) -> Result<Vec<u8>, Refusal> {
    let bytes = URL_SAFE_NO_PAD.decode(text).map_err(|_| Refusal::Jwk)?;
    if bytes.first().is_some_and(|first| *first != 0) { Ok(bytes) } else { Err(Refusal::Jwk) }
}
