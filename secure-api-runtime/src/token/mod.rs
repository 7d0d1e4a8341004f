//! Authentication: JSON Web Tokens (RFC 7519) as OAuth 2.0 access tokens (RFC 9068), sent as bearer tokens (RFC 6750).
//!
//! An [`Issuer`] says whose tokens count and by which [`Key`]s; a [`Verifier`] turns the bytes of a token
//! into an [`Identity`](crate::identity::Identity), or into a refusal with constant texts. What a decision needs is in memory;
//! where an issuer publishes its keys, `published` fetches them ahead.

mod cache;
mod claims;
#[cfg(feature = "discovery")]
mod introspection;
mod issuer;
mod json;
mod jwt;
mod key;
mod own;
#[cfg(feature = "discovery")]
mod published;
mod refusal;
mod signer;
mod verify;

#[cfg(test)]
mod tests;

#[cfg(all(feature = "testing", debug_assertions))]
pub(crate) use claims::unsigned;
pub(crate) use claims::{time_down, time_up};
#[cfg(feature = "discovery")]
pub(crate) use introspection::REMEMBERED;
pub use issuer::Issuer;
#[cfg(feature = "discovery")]
pub(crate) use issuer::PublishedAt;
pub(crate) use issuer::discovery_document;
pub(crate) use jwt::Compact;
pub use key::Key;
pub(crate) use key::{Algorithm, VerifyingKey, is_rsa_size};
pub(crate) use own::{LONGEST, MAX_AGE, OwnKeyError, OwnKeys};
#[cfg(feature = "discovery")]
pub(crate) use published::KEPT;
pub use signer::{Claims, SignError, Signer};
pub use verify::Verifier;
