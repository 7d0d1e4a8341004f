//! Exceptions from rules, as plain data.

use crate::{
    inventory::Exception,
    route::Allowed,
    version::{AddressForm, VersionTable},
};

/// Returns the exceptions for all paths, where the versions state them.
pub(super) fn of_addresses(versions: &VersionTable) -> Vec<Exception> {
    let AddressForm { as_written, below: _, place: _, elsewhere, unstated: _ } = versions.addresses;
    let stated = [("path", as_written), ("version_place", elsewhere)];
    let exception = |(rule, reason): (&str, Option<&str>)| {
        Some(Exception { rule: rule.to_owned(), reason: reason?.to_owned() })
    };
    stated.into_iter().filter_map(exception).collect()
}

/// Returns the exceptions that are stated.
pub(super) fn exceptions(allowed: &[Allowed]) -> Vec<Exception> {
    let owned = |Allowed { rule, reason }: &Allowed| Exception {
        rule: (*rule).to_owned(),
        reason: (*reason).to_owned(),
    };
    allowed.iter().map(owned).collect()
}
