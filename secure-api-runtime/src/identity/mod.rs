//! The caller of a request: the credentials in the head of a request, the sources that know them, and the identity that they prove.
//!
//! A [`Source`] knows credentials of one [`Kind`], and says for whom they speak. `Sources` asks the one whose credentials
//! a request brings; what comes out is an [`Identity`], or a refusal with constant texts.

mod admits;
mod by;
mod caller;
mod caller_id;
mod certificate;
mod challenge;
mod confirmation;
pub(crate) mod cookie;
mod head;
mod in_query;
mod kind;
mod own;
mod presented;
mod principal;
mod proved;
mod refused;
mod revocation;
mod sound;
mod source;
mod sources;
mod standing;
mod step_up;
mod taken;

pub(crate) use admits::Admits;
pub use by::{Alternatives, By};
pub use caller::Caller;
pub use caller_id::CallerId;
pub use certificate::ClientCertificate;
pub(crate) use challenge::{insufficient_scope, is_scope};
pub use confirmation::Confirmation;
pub(crate) use confirmation::{Thumbprint, same, thumbprint};
pub use head::Head;
pub(crate) use in_query::InQuery;
pub(crate) use kind::{API_KEY, API_KEY_HEADER, DPOP, PROOF_ALGORITHMS, Place};
pub use kind::{Bearer, Credential, Kind};
pub(crate) use own::{Own, is_name};
pub use principal::Principal;
pub use proved::Identity;
pub use refused::Refused;
pub(crate) use refused::{Declined, Refusal, refusals};
pub use revocation::Revocations;
pub use source::Source;
pub(crate) use source::{AnySource, Identified};
pub(crate) use sources::Sources;
pub(crate) use standing::Register;
pub use standing::{AccountStatus, Holder, Standing};
pub(crate) use step_up::StepUp;
