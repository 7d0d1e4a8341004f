//! A token's form: the compact serialization (RFC 7515, section 7.1), and a header that says what is
//! expected of it. Nothing of the token is believed yet when this is done.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use serde_json::{Map, Value};

use super::{json, key, refusal::Refusal};

/// A token longer than this is refused before anything of it is decoded. Ten times what issuers commonly
/// make, and what a server's header limit lets through.
pub(super) const MAX_LENGTH: usize = 8 * 1024;

/// Members by which a token would bring its own key. A key comes from the issuer's configuration only.
const KEY_BEARING: [&str; 4] = ["jku", "jwk", "x5c", "x5u"];

/// A compact serialization taken apart: of a token, or of a proof that comes with one.
pub(crate) struct Compact<'a> {
    /// The signed bytes: header and claims as they were sent.
    pub(crate) signed: &'a [u8],
    /// The header.
    pub(crate) header: Map<String, Value>,
    /// The claims.
    pub(crate) claims: Map<String, Value>,
    /// The signature.
    pub(crate) signature: Vec<u8>,
}

impl<'a> Compact<'a> {
    /// Reads three segments, of which two are one JSON object each.
    pub(crate) fn parse(text: &'a str) -> Result<Self, Refusal> {
        let mut segments = text.split('.');
        let (Some(header), Some(payload), Some(signature), None) =
            (segments.next(), segments.next(), segments.next(), segments.next())
        else {
            return Err(Refusal::NotCompact);
        };
        let signed = &text.as_bytes()[..header.len() + 1 + payload.len()];
        let header = json::object(&decode(header)?).ok_or(Refusal::Header)?;
        let signature = decode(signature)?;
        let claims = json::object(&decode(payload)?).ok_or(Refusal::Payload)?;
        Ok(Self { signed, header, claims, signature })
    }
}

/// A token taken apart.
pub(super) struct Jwt<'a> {
    /// The signed bytes: header and claims as they were sent.
    pub(super) signed: &'a [u8],
    /// The signature.
    pub(super) signature: Vec<u8>,
    /// The `alg` of the header.
    pub(super) algorithm: String,
    /// The `kid` of the header.
    pub(super) key_id: Option<String>,
    /// `true` if the header says that it is an access token; `false` if it says nothing.
    pub(super) typed: bool,
    /// The claims.
    pub(super) claims: Map<String, Value>,
}

impl<'a> Jwt<'a> {
    pub(super) fn parse(token: &'a str) -> Result<Self, Refusal> {
        if token.len() > MAX_LENGTH {
            return Err(Refusal::TooLong);
        }
        let Compact { signed, header, claims, signature } = Compact::parse(token)?;
        let (algorithm, key_id, typed) = expect(header)?;
        Ok(Self { signed, signature, algorithm, key_id, typed, claims })
    }
}

/// Decodes one segment: at least one character, of the URL-safe alphabet, without padding.
fn decode(segment: &str) -> Result<Vec<u8>, Refusal> {
    if segment.is_empty() {
        return Err(Refusal::NotCompact);
    }
    URL_SAFE_NO_PAD.decode(segment).map_err(|_| Refusal::NotCompact)
}

/// Returns `alg` and `kid` of an access token's header, and whether its type says that it is one; refuses any other header, and
/// one that demands an extension.
fn expect(mut header: Map<String, Value>) -> Result<(String, Option<String>, bool), Refusal> {
    if header.contains_key("crit") {
        return Err(Refusal::Critical);
    }
    // RFC 7797 and RFC 7516, section 4.1.3: with these other bytes are signed, or said, than stand there.
    // Who tells signed from encrypted tokens by `enc` (RFC 7516, section 9) would read something else than was verified.
    if ["b64", "zip", "enc"].iter().any(|member| header.contains_key(*member)) {
        return Err(Refusal::Unencoded);
    }
    if KEY_BEARING.iter().any(|member| header.contains_key(*member)) {
        return Err(Refusal::KeyInHeader);
    }
    let typed = match header.get("typ") {
        Some(Value::String(typ)) if is_access_token(typ) => true,
        Some(Value::String(typ)) if typ.eq_ignore_ascii_case("jwt") => false,
        None => false,
        Some(_) => return Err(Refusal::Type),
    };
    let key_id = match header.remove("kid") {
        None => None,
        Some(Value::String(kid)) if key::is_id(&kid) => Some(kid),
        Some(_) => return Err(Refusal::KeyId),
    };
    match header.remove("alg") {
        Some(Value::String(algorithm)) => Ok((algorithm, key_id, typed)),
        _ => Err(Refusal::Algorithm),
    }
}

/// Returns `true` for the type of an access token (RFC 9068, section 2.1). Media types know no case, and `application/`
/// may be left out (RFC 7515, 4.1.9).
fn is_access_token(typ: &str) -> bool {
    typ.eq_ignore_ascii_case("at+jwt") || typ.eq_ignore_ascii_case("application/at+jwt")
}
