//! The values that fit a setting, and the form in which one is shown that is there.

use url::Url;

use crate::{
    app::ForwardedHeader,
    config::{Applied, UNTOLD, Unfit, list},
};

/// The headers that proxies tell an address in, by their names in a configuration.
pub(super) const FORWARDED: &[(&str, ForwardedHeader)] = &[
    ("x-forwarded-for", ForwardedHeader::XForwardedFor),
    ("forwarded", ForwardedHeader::Forwarded),
    ("neither", ForwardedHeader::Neither),
];

pub(super) fn yes() -> String {
    "true".to_owned()
}

pub(super) fn untold() -> String {
    UNTOLD.to_owned()
}

pub(super) fn some_list(entries: &[String]) -> Option<String> {
    (!entries.is_empty()).then(|| list(entries))
}

/// Returns a number in the type of a setting, which its form has bounded.
pub(super) fn cast<T: TryFrom<u64>>(number: u64) -> Result<T, Unfit> {
    T::try_from(number).map_err(|_| "not a number of this machine".into())
}

/// Checks each entry of a list, which may be a URL with a password.
pub(super) fn each(entries: &[String], fault: &str, is_good: impl Fn(&str) -> bool) -> Applied {
    if entries.iter().any(|entry| has_password(entry)) {
        return Err(Unfit::Secret);
    }
    if entries.iter().all(|entry| is_good(entry)) { Ok(()) } else { Err(fault.into()) }
}

pub(super) fn has_password(text: &str) -> bool {
    Url::parse(text).is_ok_and(|url| url.password().is_some())
}

#[cfg(any(feature = "acme", feature = "discovery", feature = "redis"))]
pub(super) fn without_password(url: &str, fault: &str) -> Applied {
    match Url::parse(url) {
        Ok(url) if url.password().is_some() => Err(Unfit::Secret),
        Ok(_) => Ok(()),
        Err(_) => Err(fault.into()),
    }
}
