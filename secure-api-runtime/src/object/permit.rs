//! The permission of a caller to act on an object: of the same tenant, and then by the object's rule.

use std::sync::Arc;

use super::{Action, Object};
use crate::identity::{Caller, CallerId, Identity};

/// The reason of a refusal, for the log.
pub(crate) enum Refused {
    /// The object is of another tenant than the caller, or the caller is of none.
    Tenant,
    /// The object's rule denies it.
    Rule,
}

/// Permits an action to a caller, or refuses it. Every way of an object to a caller asks this, and the rule of another
/// tenant's object is not asked.
pub(crate) fn may<T: Object>(
    object: &T,
    identity: &Arc<Identity>,
    action: Action,
) -> Result<(), Refused> {
    if let Some(tenant) = T::TENANT
        && identity.tenant() != Some(tenant(object))
        && !crate::weakened::is("tenant")
    {
        return Err(Refused::Tenant);
    }
    if object.permits(&Caller::new(Arc::clone(identity)), action) || crate::weakened::is("owner") {
        Ok(())
    } else {
        Err(Refused::Rule)
    }
}

/// Returns true where the caller is the owner; nobody is the owner of what has none, and no stranger of anything.
pub(crate) fn owns<T>(
    owner: Option<fn(&T) -> Option<&CallerId>>,
    object: &T,
    identity: Option<&Identity>,
) -> bool {
    match (owner.and_then(|owner| owner(object)), identity) {
        (Some(owner), Some(identity)) => owner == identity.id(),
        _ => false,
    }
}

impl Refused {
    /// Returns the log's text for an object of this type.
    pub(crate) fn told(&self, object: &'static str) -> String {
        match self {
            Self::Tenant => format!("the {object} is of another tenant than this caller"),
            Self::Rule => format!("the rule of {object} denies this caller"),
        }
    }
}
