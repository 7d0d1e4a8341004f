//! `place = media_type("application/vnd.acme.{version}+json")`: the media type that states the version.

use syn::LitStr;

use crate::{diag::Diagnostics, message};

/// The place of the version.
const VERSION: &str = "{version}";

/// The most bytes of the rest: with the longest name of a version it is as long as a media type may be (RFC 6838, section 4.2).
const LONGEST: usize = 63;

/// Returns a media type that states a version; another one is reported.
pub(super) fn checked(written: &LitStr, diag: &mut Diagnostics) -> Option<LitStr> {
    let text = written.value();
    let Some(fault) = fault(&text) else { return Some(written.clone()) };
    diag.report(written.span(), &message::VERSION_MEDIA_TYPE, &[&text, fault]);
    None
}

/// Returns the one of the version of this name.
pub(super) fn of(written: &LitStr, name: &str) -> String {
    written.value().replace(VERSION, name)
}

/// Returns the reason for which a media type states no version.
fn fault(text: &str) -> Option<&'static str> {
    if text.contains(';') {
        return Some("many who read a media type leave its parameters out");
    }
    let Some((before, after)) =
        text.split_once(VERSION).filter(|(_, after)| !after.contains(VERSION))
    else {
        return Some("`{version}` stands in it once, in the place of the version");
    };
    let Some(before) = before.strip_prefix("application/") else {
        return Some("JSON is an `application/…`");
    };
    let Some(after) = after.strip_suffix("+json") else {
        return Some("that of JSON ends in `+json`");
    };
    // RFC 6838, section 3: the names without one of these are those of standards.
    if !["vnd.", "prs.", "x."].iter().any(|tree| before.starts_with(tree)) {
        return Some("a name of one's own begins with `vnd.`");
    }
    let plain = |byte: u8| {
        byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"!#$&-^_.+".contains(&byte)
    };
    let mut rest = before.bytes().chain(after.bytes());
    if !rest.all(plain) {
        return Some("it is in lower case, of letters, digits and `.`, `-`, `_`, `+`");
    }
    (before.len() + after.len() + "+json".len() > LONGEST)
        .then_some("it is longer than media types are")
}

#[cfg(test)]
mod tests {
    use super::fault;

    #[test]
    fn a_media_type_of_ones_own_states_a_version() {
        for text in [
            "application/vnd.acme.{version}+json",
            "application/vnd.acme.v{version}+json",
            "application/x.acme-{version}.beta+json",
            "application/prs.acme+orders.{version}+json",
        ] {
            assert_eq!(fault(text), None, "{text}");
        }
        let long = format!("application/vnd.{}{{version}}+json", "a".repeat(60));
        for (text, why) in [
            ("application/json; version={version}", "parameters"),
            ("application/vnd.acme.v1+json", "once"),
            ("application/vnd.{version}.{version}+json", "once"),
            ("application/vnd.acme.{version}", "ends in"),
            ("application/vnd.acme.{version}+xml", "ends in"),
            ("application/{version}+json", "one's own"),
            ("text/vnd.acme.{version}+json", "JSON is"),
            ("application/vnd.Acme.{version}+json", "lower case"),
            ("application/vnd.acme/{version}+json", "lower case"),
            ("application/vnd.acme {version}+json", "lower case"),
            ("application/vnd.acme.{version}+json, */*", "ends in"),
            ("{version}", "JSON is"),
            ("", "once"),
            (&*long, "longer"),
        ] {
            assert!(
                fault(text).is_some_and(|told| told.contains(why)),
                "{text}: {:?}",
                fault(text)
            );
        }
    }
}
