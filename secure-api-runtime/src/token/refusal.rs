//! The refusals of tokens, for the log: constant texts that repeat nothing of what was sent.

#[cfg(feature = "discovery")]
use std::fmt;

use crate::identity::{Refused, refusals};

refusals! {
    /// The reason for which credentials were refused. A caller is told none of it.
    #[cfg_attr(not(feature = "discovery"), allow(dead_code, reason = "nobody is asked about tokens"))]
    pub(crate) enum Refusal {
        // How it was sent.
        Credentials = "what follows Bearer is not one token";
        // Its form.
        TooLong = "the token is longer than 8 KiB";
        NotCompact = "the token is not three segments of base64url";
        Header = "the token's header is not one JSON object without repeated members";
        Payload = "the token's claims are not one JSON object without repeated members";
        // Its header.
        Critical = "the token's header has `crit`, and no extension is understood";
        Unencoded = "the token's header has `b64`, `zip` or `enc`, which change how it is read";
        KeyInHeader = "the token's header brings a key of its own";
        Type = "the token's `typ` is not at+jwt";
        KeyId = "the token's `kid` is no acceptable key id";
        NoKey = "the issuer has no key for the token's `kid`";
        OwnKey = "the app has signed with no key of the token's `kid`";
        Algorithm = "the token's `alg` is not the key's algorithm";
        // Its proof.
        Issuer = "the token's `iss` is not a configured issuer";
        Signature = "the token's signature does not verify";
        // Its claims.
        Confirmation = "the token's `cnf` is not one confirmation that is known";
        Inactive = "the issuer says that the token is not active";
        NotBearer = "the issuer says that the token is none of access";
        Demanded = "the token lacks a claim that the issuer's access tokens have";
        OtherToken = "the token has a claim of ID tokens or logout tokens";
        Audience = "the token's `aud` does not name this API";
        Subject = "the token's `sub` is missing or not acceptable";
        Expiry = "the token's `exp` is missing or not a time";
        Expired = "the token has expired";
        NotBefore = "the token's `nbf` is not a time";
        Early = "the token is not valid yet";
        IssuedAt = "the token's `iat` is missing or not a time";
        Future = "the token was issued in the future";
        ClientId = "the token's `client_id` is missing or not acceptable";
        TokenId = "the token's `jti` is missing or not acceptable";
        Authentication = "the token's `auth_time`, `acr` or `amr` is not acceptable";
        Scope = "the token's `scope` is not a list of scopes separated by spaces";
        Roles = "the token's roles are neither a list of texts nor one text";
        Tenant = "the token's tenant is missing or not acceptable";
        // What it is bound to.
        Unproved = "the token is bound to a key by `cnf` and was sent as a plain bearer token";
        OtherCertificate = "the token is bound to a certificate that the caller did not prove to have";
    }
}

/// The reason for which a token is not verified, or not yet.
pub(super) enum Unverified {
    /// The token does not hold.
    Refused(Refusal),
    /// The app's own keys have none of this id in memory; another machine may have made one.
    Own,
    /// Nobody can tell.
    #[cfg(feature = "discovery")]
    Unavailable(Outage),
    /// Nobody can tell before this fetch has ended.
    #[cfg(feature = "discovery")]
    Later(super::published::Flight),
    /// Nobody but its issuer can tell, who has to be asked.
    #[cfg(feature = "discovery")]
    Ask,
}

impl From<Refusal> for Unverified {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

impl From<Unverified> for Refused {
    fn from(unverified: Unverified) -> Self {
        match unverified {
            Unverified::Refused(refusal) => Self::invalid(refusal),
            Unverified::Own => Self::invalid(Refusal::OwnKey),
            #[cfg(feature = "discovery")]
            Unverified::Unavailable(outage) => Self::unavailable(outage),
            // Who has waited once does not wait again.
            #[cfg(feature = "discovery")]
            Unverified::Later(_) => Self::unavailable(Outage::Keys),
            #[cfg(feature = "discovery")]
            Unverified::Ask => Self::unavailable(Outage::Introspection),
        }
    }
}

/// The answer of an issuer that is missing, without which nobody can tell if a token holds.
#[cfg(feature = "discovery")]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Outage {
    Keys,
    Introspection,
}

#[cfg(feature = "discovery")]
impl fmt::Display for Outage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Keys => "the issuer's keys are not known, or not whether it has this one",
            Self::Introspection => "the issuer did not say if the token is active",
        })
    }
}

#[cfg(feature = "discovery")]
impl std::error::Error for Outage {}
