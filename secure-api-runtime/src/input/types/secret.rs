//! A value that is never shown: no `Debug` of its content, no `Serialize`, wiped when dropped.

use std::fmt;

use aws_lc_rs::digest;
use base64::{Engine, engine::general_purpose::STANDARD};
use secrecy::{ExposeSecret, SecretBox, zeroize::Zeroize};

use crate::input::{
    Contains, Contents, Decode, Decoding, Depth, Needs, Node, Rules, TypeInfo, rules::text,
};

/// A value that is never shown: not in a view, not in a log. It is wiped from memory when it is dropped.
///
/// As part of an input it is a `Secret<String>`, such as a password: taken as it was sent, since changing a
/// password's characters would change the password. Its length still needs a bound. A text with NUL or other control
/// characters, but for the tab and line breaks of a key, is refused: some hashes of passwords end at the first NUL.
///
/// ```
/// use secure_api::prelude::*;
///
/// #[derive(Input)]
/// struct SignIn {
///     #[input(max_len = 128)]
///     password: Secret<String>,
/// }
///
/// assert_eq!(format!("{:?}", Secret::new("hunter2".to_owned())), "Secret(…)");
/// ```
pub struct Secret<T: Zeroize>(SecretBox<T>);

impl<T: Zeroize> Secret<T> {
    /// Hides a value.
    pub fn new(value: T) -> Self {
        Self(SecretBox::new(Box::new(value)))
    }

    /// Returns the value. Each call is a place to review.
    pub fn expose(&self) -> &T {
        self.0.expose_secret()
    }
}

impl<T: Zeroize> fmt::Debug for Secret<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

impl Contains for Secret<String> {
    const CONTENTS: Contents = Contents::SECRET;
}

impl Decode for Secret<String> {
    const TYPE: TypeInfo =
        TypeInfo::needing(Needs::Secret, |rules| text::shape(rules, Some("password")));

    type Contents<D: Depth> = Self;

    fn decode(node: Node<'_>, rules: &Rules, decoding: &mut Decoding) -> Option<Self> {
        let text = decoding.text(node, "text is expected")?;
        // NUL ends a text where a password is hashed by code in C, and nobody types the others. A key has lines.
        let is_unwanted =
            |letter: char| letter.is_control() && !matches!(letter, '\t' | '\n' | '\r');
        if text.contains(is_unwanted) {
            decoding.refuse(
                "characters",
                "control characters other than tab and line breaks are not accepted",
            );
            return None;
        }
        let secret = Self::new(text.into_owned());
        decoding.admit(text::check(secret.expose(), rules))?;
        Some(secret)
    }

    /// Returns a digest, so that no copy of the secret is made.
    fn identity(&self) -> Option<String> {
        let digest = digest::digest(&digest::SHA256, self.expose().as_bytes());
        Some(STANDARD.encode(digest))
    }
}
