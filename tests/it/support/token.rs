//! Tokens: good ones by the framework's own signer, and any other by hand.

use std::sync::{Arc, OnceLock};

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use rcgen::{KeyPair, SigningKey};
use secure_api::{
    clock::Clock,
    identity::CallerId,
    token::{Claims, Issuer, Key, Signer},
};
use serde_json::{Value, json};

use super::secrets;

pub(crate) const ISSUER: &str = "https://login.depot.example";
pub(crate) const AUDIENCE: &str = "depot-api";

/// The key of the tests' issuer, made once.
pub(crate) struct Keys {
    pair: KeyPair,
    signer: Signer,
}

impl Keys {
    /// Returns the public key as PEM.
    pub(crate) fn public_pem(&self) -> String {
        self.pair.public_key_pem()
    }

    /// Returns the public key as a point, uncompressed.
    pub(crate) fn public_point(&self) -> &[u8] {
        self.pair.public_key_raw()
    }
}

pub(crate) fn keys() -> &'static Keys {
    static KEYS: OnceLock<Arc<Keys>> = OnceLock::new();
    KEYS.get_or_init(|| {
        let pair = KeyPair::generate().expect("an ECDSA key");
        let signer = Signer::es256_pem(secure_api::testing::secret!(pair.serialize_pem()), "k1")
            .expect("a signer");
        Arc::new(Keys { pair, signer })
    })
}

/// Returns the issuer that the sample API trusts.
pub(crate) fn issuer() -> Issuer {
    Issuer::new(ISSUER).audience(AUDIENCE).key(issuer_key())
}

/// Returns the public key of that issuer.
pub(crate) fn issuer_key() -> Key {
    keys().signer.key()
}

/// Returns the id of a caller whom the tests' issuer calls so.
pub(crate) fn id(subject: &str) -> CallerId {
    CallerId::new(ISSUER, None, subject).expect("an id")
}

pub(crate) fn claims(subject: &str, roles: &[&str]) -> Claims {
    Claims::new(ISSUER, AUDIENCE, subject).roles(roles.iter().copied())
}

/// Returns a good token.
pub(crate) fn sign(claims: &Claims, clock: &Clock) -> String {
    let token = keys().signer.sign(claims, clock).expect("a token");
    secrets::note(&token);
    token
}

/// Returns a token with this header and these claims, signed by the issuer's key whatever they say.
pub(crate) fn forge(header: &Value, claims: &Value) -> String {
    forge_by(&keys().pair, header, claims)
}

/// Returns the same, signed by this key.
pub(crate) fn forge_by(pair: &KeyPair, header: &Value, claims: &Value) -> String {
    spelled_by(pair, header.to_string().as_bytes(), claims.to_string().as_bytes())
}

/// Returns a token with a header and claims that are spelled so, signed by the issuer's key.
pub(crate) fn spelled(header: &[u8], claims: &[u8]) -> String {
    spelled_by(&keys().pair, header, claims)
}

fn spelled_by(pair: &KeyPair, header: &[u8], claims: &[u8]) -> String {
    let signed = format!("{}.{}", encode(header), encode(claims));
    let signature = pair.sign(signed.as_bytes()).expect("a signature");
    let token = format!("{signed}.{}", encode(&fixed(&signature)));
    secrets::note(&token);
    token
}

/// Returns the header of a good token.
pub(crate) fn good_header() -> Value {
    json!({ "typ": "at+jwt", "alg": "ES256", "kid": "k1" })
}

/// Returns the claims of a good token of alice, a customer.
pub(crate) fn good_claims(clock: &Clock) -> Value {
    let now = clock.unix_seconds();
    json!({
        "iss": ISSUER, "aud": AUDIENCE, "sub": "alice", "client_id": "tests", "jti": "one",
        "iat": now, "exp": now + 600, "roles": ["customer"],
    })
}

/// Returns an ECDSA signature as JWS has it: two numbers of 32 bytes, instead of DER.
fn fixed(der: &[u8]) -> Vec<u8> {
    let number = |at: usize| {
        let length = usize::from(der[at + 1]);
        let digits = &der[at + 2..at + 2 + length];
        let digits = &digits[digits.iter().take_while(|byte| **byte == 0).count()..];
        (at + 2 + length, [vec![0; 32 - digits.len()], digits.to_vec()].concat())
    };
    let (next, r) = number(2);
    let (_, s) = number(next);
    [r, s].concat()
}

/// Returns bytes as the parts of a token have them.
pub(crate) fn encode(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}
