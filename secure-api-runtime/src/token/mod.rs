//! Authentication: JSON Web Tokens (RFC 7519) as OAuth 2.0 access tokens (RFC 9068), sent as bearer tokens (RFC 6750).
//!
//! An [`Issuer`] says whose tokens count and by which [`Key`]s; a [`Verifier`] turns the bytes of a token
//! into an [`Identity`](crate::identity::Identity), or into a refusal with constant texts. Nothing here fetches anything: what a
//! decision needs is in memory when the app starts, or in the ledger.

mod cache;
mod claims;
mod issuer;
mod json;
mod jwt;
mod key;
mod own;
mod refusal;
mod signer;
mod verify;

#[cfg(test)]
mod tests;

#[cfg(all(feature = "testing", debug_assertions))]
pub(crate) use claims::unsigned;
pub use issuer::Issuer;
pub use key::Key;
pub(crate) use own::{LONGEST, MAX_AGE, OwnKeyError, OwnKeys};
pub use signer::{Claims, SignError, Signer};
pub use verify::Verifier;
