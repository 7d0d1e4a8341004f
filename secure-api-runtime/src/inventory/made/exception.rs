//! Exceptions from rules, as plain data.

use crate::{inventory::Exception, route::Allowed, version::VersionTable};

/// Returns the exception for all paths, where the versions state it.
pub(super) fn as_written(versions: &VersionTable) -> Vec<Exception> {
    let reason = versions.addresses.as_written;
    let exception = |reason: &str| Exception { rule: "path".to_owned(), reason: reason.to_owned() };
    reason.map(exception).into_iter().collect()
}

/// Returns the exceptions that are stated.
pub(super) fn exceptions(allowed: &[Allowed]) -> Vec<Exception> {
    let owned = |Allowed { rule, reason }: &Allowed| Exception {
        rule: (*rule).to_owned(),
        reason: (*reason).to_owned(),
    };
    allowed.iter().map(owned).collect()
}
