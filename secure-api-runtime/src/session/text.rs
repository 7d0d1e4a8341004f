//! The text of a session: 256 random bits, which only the browser has.

use aws_lc_rs::{error::Unspecified, rand};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};

/// The bytes of a session's text.
const BYTES: usize = 32;
/// The bytes of a session's public id.
const ID_BYTES: usize = 12;

/// Returns a new text, 43 characters.
pub(super) fn random() -> Result<String, Unspecified> {
    let mut bytes = [0; BYTES];
    rand::fill(&mut bytes)?;
    Ok(URL_SAFE_NO_PAD.encode(bytes))
}

/// Returns a new public id, 16 characters.
pub(super) fn random_id() -> Result<String, Unspecified> {
    let mut bytes = [0; ID_BYTES];
    rand::fill(&mut bytes)?;
    Ok(URL_SAFE_NO_PAD.encode(bytes))
}

/// Returns the text that a browser sent, if it can be one of a session.
pub(super) fn read(sent: &[u8]) -> Option<&str> {
    let text = std::str::from_utf8(sent).ok()?;
    let bytes = URL_SAFE_NO_PAD.decode(text).ok()?;
    (bytes.len() == BYTES).then_some(text)
}
