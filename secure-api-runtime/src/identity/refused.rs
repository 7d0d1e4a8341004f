//! The refusals of credentials: two kinds for those who know sources, and the texts of what is refused before one is asked.

use std::error::Error;

/// The reason for which a [`Source`](super::Source) does not say who a caller is. A caller is told none of it.
#[derive(Debug)]
pub enum Refused {
    /// The credentials do not hold: 401. The text is for the log, and repeats nothing of them.
    Invalid(Box<dyn Error + Send + Sync>),
    /// The source cannot tell, as what it asks did not answer: 503, and nobody is let in.
    Unavailable(Box<dyn Error + Send + Sync>),
}

impl Refused {
    /// Creates the refusal of credentials that do not hold, for a reason that goes to the log.
    pub fn invalid(why: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self::Invalid(why.into())
    }

    /// Creates the refusal of a source that cannot tell, for a reason that goes to the log.
    pub fn unavailable(why: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self::Unavailable(why.into())
    }
}

/// The refusal of a source, with the error that its challenge names.
#[derive(Debug)]
pub(crate) struct Declined {
    pub(crate) error: &'static str,
    pub(crate) refused: Refused,
}

impl From<Refused> for Declined {
    fn from(refused: Refused) -> Self {
        // RFC 6750, section 3.1.
        Self { error: "invalid_token", refused }
    }
}

/// Declares the refusals of one kind of credentials: constant texts for the log, that repeat nothing of what was sent.
macro_rules! refusals {
    ($(#[$meta:meta])* $visibility:vis enum $of:ident { $($name:ident = $text:literal;)* }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        $visibility enum $of {
            $($name,)*
        }

        impl std::fmt::Display for $of {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(match self { $(Self::$name => $text,)* })
            }
        }

        impl std::error::Error for $of {}
    };
}

pub(crate) use refusals;

refusals! {
    /// The reason for which credentials were refused before their source was asked, or after it had answered.
    pub(crate) enum Refusal {
        Missing = "no credentials were presented";
        Scheme = "no source knows the scheme in Authorization";
        Transports = "credentials came in one header twice";
        Query = "a token came in the query string";
        Several = "credentials of more than one kind were presented";
        Kind = "the operation does not admit credentials of this kind";
        Issuer = "the source named no acceptable issuer of the caller";
        Subject = "the source named no acceptable subject";
        Tenant = "the source named no acceptable tenant";
        Apart = "the credentials that are demanded together are of two tenants";
        Scope = "the source named something that is no scope";
        Expired = "the credentials have expired";
        // What was decided since.
        Revoked = "the credentials were revoked";
        Superseded = "the subject's credentials of that time are no longer accepted";
        Gone = "the account is gone";
    }
}
