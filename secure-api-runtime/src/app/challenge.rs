//! The end of all challenges for access tokens: the place where a client finds out how to get one (RFC 9728, section 5.1).

use http::{HeaderValue, header::WWW_AUTHENTICATE};

use crate::{
    identity::{Bearer, Credential, DPOP},
    rendered::Rendered,
};

/// Returns the end of a challenge that names the metadata at this URL.
pub(super) fn further(url: &str) -> String {
    // A URL of an app is of plain segments, so it has neither quotes nor backslashes.
    format!(", resource_metadata=\"{url}\"")
}

/// Adds this end to each challenge of a refusal that is for access tokens. It is done where answers leave, so that none lacks it.
pub(super) fn complete(rendered: &mut Rendered, further: &str) {
    if further.is_empty() {
        return;
    }
    for challenge in rendered.values_mut(WWW_AUTHENTICATE) {
        let is_of = |name: &str| challenge.as_bytes().starts_with(format!("{name} ").as_bytes());
        if [Bearer::KIND, DPOP].iter().any(|kind| is_of(kind.name()))
            && let Ok(whole) =
                HeaderValue::from_bytes(&[challenge.as_bytes(), further.as_bytes()].concat())
        {
            *challenge = whole;
        }
    }
}
