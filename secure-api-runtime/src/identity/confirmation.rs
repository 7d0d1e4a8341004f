//! The confirmation of a token: the key that whoever presents it proves to have (RFC 7800).

use aws_lc_rs::{
    constant_time::verify_slices_are_equal,
    digest::{self, SHA256},
};

/// A SHA-256 digest, by which a key or a certificate is named.
pub(crate) type Thumbprint = [u8; 32];

/// The key that a token is bound to, as its `cnf` claim names it (RFC 7800). The token is nothing without a proof of that key,
/// so a copy of it opens nothing.
///
/// Its thumbprints are SHA-256 digests.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Confirmation {
    /// The key of a DPoP proof, by the thumbprint of its JWK: the member `jkt` (RFC 9449, section 6.1).
    Key([u8; 32]),
    /// The certificate of the caller, by its thumbprint: the member `x5t#S256` (RFC 8705, section 3.1).
    Certificate([u8; 32]),
}

/// Returns `true` if two thumbprints are equal, in a time that does not depend on where they differ.
pub(crate) fn same(one: &Thumbprint, other: &Thumbprint) -> bool {
    verify_slices_are_equal(one, other).is_ok()
}

/// Returns the thumbprint of these bytes.
pub(crate) fn thumbprint(bytes: &[u8]) -> Thumbprint {
    let digest = digest::digest(&SHA256, bytes);
    // SHA-256 has 32 bytes.
    digest.as_ref().first_chunk().copied().unwrap_or_default()
}
