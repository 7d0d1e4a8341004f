//! The encodings that targets write with, by the crates that others wrote.

use base64::{
    Engine,
    engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD},
};
use jsonwebtoken::{Algorithm, EncodingKey};

/// Returns bytes in base64.
pub(super) fn base64(bytes: &[u8]) -> String {
    STANDARD.encode(bytes)
}

/// Returns bytes in the base64 of URLs.
pub(super) fn base64_url(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

/// Returns a token of this header and these claims, which may be anything, with a good signature.
pub(super) fn signed(header: &[u8], claims: &[u8]) -> String {
    let message = format!("{}.{}", base64_url(header), base64_url(claims));
    let key = EncodingKey::from_secret(super::api::SECRET.as_ref());
    let signature = jsonwebtoken::crypto::sign(message.as_bytes(), &key, Algorithm::HS256);
    format!("{message}.{}", signature.expect("a signature"))
}

/// Returns a text as a part of a path or a query, each byte that could mean something encoded.
pub(super) fn percent(text: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
    text.bytes().fold(String::new(), |mut all, byte| {
        match plain(byte) {
            true => all.push(char::from(byte)),
            false => all.push_str(&format!("%{byte:02X}")),
        }
        all
    })
}
