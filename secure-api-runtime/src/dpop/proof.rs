//! One proof: its form, its key, and the request that it is for (RFC 9449, section 4).

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use http::{HeaderMap, HeaderName};
use serde_json::{Map, Value};

use super::{Refusal, jwk::Jwk, target};
use crate::{
    identity::{Thumbprint, same, thumbprint},
    token::{Compact, time_down, time_up},
};

/// The header that a proof is sent in.
pub(super) const HEADER: HeaderName = HeaderName::from_static("dpop");

/// A proof longer than this is refused before anything of it is decoded. With a key of P-256 one has some 500 bytes, with
/// RSA of 4096 bits 2 500; the rest is for long URLs.
const MAX_LENGTH: usize = 4 * 1024;
/// The longest id of a proof. A UUID has 36 characters, 256 random bits have 43.
const MAX_ID: usize = 255;

/// Members of a header by which a proof would demand what is not understood, or name a key elsewhere.
const REFUSED: [&str; 6] = ["crit", "b64", "zip", "jku", "x5u", "x5c"];

/// The facts that a proof has to state.
pub(super) struct Expected<'a> {
    pub(super) method: &'a str,
    pub(super) url: &'a str,
    pub(super) token: &'a [u8],
    /// The thumbprint of the key that the token is bound to.
    pub(super) key: &'a Thumbprint,
    pub(super) now: i64,
    /// The seconds that a proof is good for.
    pub(super) window: i64,
}

/// A proof that holds, as far as itself can tell: what remains is whether it was seen.
#[derive(Debug)]
pub(super) struct Proof {
    /// The thumbprint of its key, as text.
    pub(super) thumbprint: String,
    pub(super) id: String,
    pub(super) issued_at: i64,
    pub(super) nonce: Option<String>,
}

/// Returns the one proof of a request.
pub(super) fn presented(headers: &HeaderMap) -> Result<&str, Refusal> {
    let mut values = headers.get_all(HEADER).iter();
    let (value, None) = (values.next().ok_or(Refusal::Missing)?, values.next()) else {
        return Err(Refusal::Several);
    };
    if value.len() > MAX_LENGTH {
        return Err(Refusal::TooLong);
    }
    value.to_str().map_err(|_| Refusal::Form)
}

impl Proof {
    /// Reads a proof and holds it against what is expected. The signature comes last, and by the token's key only: for
    /// somebody else's key there is nothing to compute.
    pub(super) fn read(text: &str, expected: &Expected<'_>) -> Result<Self, Refusal> {
        let jws = Compact::parse(text).map_err(|_| Refusal::Form)?;
        let jwk = key(&jws.header)?;
        if !same(&jwk.thumbprint, expected.key) && !crate::weakened::is("proof-key") {
            return Err(Refusal::OtherKey);
        }
        let thumbprint = URL_SAFE_NO_PAD.encode(jwk.thumbprint);
        let (id, issued_at, nonce) = request(&jws.claims, expected)?;
        if !jwk.verifying().verifies(jws.signed, &jws.signature)
            && !crate::weakened::is("proof-signature")
        {
            return Err(Refusal::Signature);
        }
        Ok(Self { thumbprint, id, issued_at, nonce })
    }
}

/// Returns the key in the header of a proof, if that is one.
fn key(header: &Map<String, Value>) -> Result<Jwk, Refusal> {
    if header.get("typ").and_then(Value::as_str) != Some("dpop+jwt") {
        return Err(Refusal::Type);
    }
    if REFUSED.iter().any(|member| header.contains_key(*member)) {
        return Err(Refusal::Header);
    }
    let jwk = Jwk::read(header.get("jwk").and_then(Value::as_object).ok_or(Refusal::Jwk)?)?;
    match header.get("alg").and_then(Value::as_str) {
        Some(algorithm) if jwk.algorithm.is_named(algorithm) => Ok(jwk),
        _ => Err(Refusal::Algorithm),
    }
}

/// Returns the id, the time and the nonce of a proof that is for this request and this token.
fn request(
    claims: &Map<String, Value>,
    expected: &Expected<'_>,
) -> Result<(String, i64, Option<String>), Refusal> {
    let text = |name| claims.get(name).and_then(Value::as_str);
    if text("htm") != Some(expected.method) && !crate::weakened::is("proof-method") {
        return Err(Refusal::Method);
    }
    if !text("htu").is_some_and(|url| target::is_same(url, expected.url))
        && !crate::weakened::is("proof-url")
    {
        return Err(Refusal::Target);
    }
    let time = |name, read: fn(&Value) -> Option<i64>| {
        claims.get(name).map(|value| read(value).ok_or(Refusal::Time)).transpose()
    };
    let issued_at = time("iat", time_down)?.ok_or(Refusal::Time)?;
    let latest = expected.now.saturating_add(expected.window);
    if issued_at > latest || time("nbf", time_up)?.is_some_and(|start| start > latest) {
        return Err(Refusal::Future);
    }
    let ended = time("exp", time_down)?.is_some_and(|end| end <= expected.now);
    let is_old = issued_at < expected.now.saturating_sub(expected.window);
    if (is_old || ended) && !crate::weakened::is("proof-time") {
        return Err(Refusal::Old);
    }
    let id = text("jti").filter(|id| (1..=MAX_ID).contains(&id.len())).ok_or(Refusal::Id)?;
    let hash = text("ath").and_then(|hash| URL_SAFE_NO_PAD.decode(hash).ok());
    let hash = hash.and_then(|hash| Thumbprint::try_from(hash).ok());
    if !hash.is_some_and(|hash| same(&hash, &thumbprint(expected.token)))
        && !crate::weakened::is("proof-token")
    {
        return Err(Refusal::Token);
    }
    Ok((id.to_owned(), issued_at, text("nonce").map(str::to_owned)))
}
