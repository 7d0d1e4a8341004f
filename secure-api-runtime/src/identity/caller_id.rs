//! The id of a caller: issuer, tenant and subject as one value.

use std::{
    borrow::Cow,
    fmt,
    hash::{Hash, Hasher},
    sync::Arc,
};

use aws_lc_rs::constant_time::verify_slices_are_equal;
use percent_encoding::{AsciiSet, CONTROLS, percent_decode_str, utf8_percent_encode};

/// The characters of a part that are written as `%` and two hexadecimal digits, besides all that are not ASCII.
const ESCAPED: &AsciiSet = &CONTROLS.add(b' ').add(b'%').add(b'|');

/// The id of a caller: its issuer, its tenant if it has one, and its subject, as one value.
///
/// It is what ownership is compared by. A subject alone is unique at its issuer only: another issuer's `alice` is another
/// person. [`Caller::id`](super::Caller::id) gives the caller's; an object keeps its owner's in one column.
///
/// Its text is `issuer|tenant|subject`, with an empty tenant where there is none: `https://login.example||alice`. In each
/// part a `|`, a `%`, a space, a control character and all that is not ASCII is percent-encoded in upper case, so each id has
/// exactly one text and each text at most one id. It has 2 048 ASCII characters at most, enough for subject and tenant of
/// 255 bytes each. The parts are compared as they are, without regard to letters of another case or form.
///
/// - `==` takes as long for two ids of one length, wherever they differ.
/// - It has a hash, for maps and sets, and no order: nobody is greater than somebody else.
/// - It identifies a person, so it has no `Display`, which would end up in a log by accident, and its `Debug` tells the
///   issuer only. [`as_str`](Self::as_str) gives the text, to be stored.
/// - It is a value: a field of inputs and views, a parameter of a path. From an input it says who is meant, and never who
///   is calling.
///
/// ```
/// use secure_api::identity::CallerId;
///
/// let alice = CallerId::new("https://login.example", Some("acme"), "alice")?;
/// assert_eq!(alice.as_str(), "https://login.example|acme|alice");
/// assert_eq!(alice.as_str().parse::<CallerId>()?, alice);
/// assert_ne!(CallerId::new("https://other.example", Some("acme"), "alice")?, alice);
/// assert_eq!(CallerId::new("https://login.example", None, "auth0|7")?.as_str(), "https://login.example||auth0%7C7");
/// # Ok::<_, secure_api::input::InvalidValue>(())
/// ```
#[derive(Clone)]
pub struct CallerId(Arc<str>);

impl CallerId {
    /// The most characters of its text.
    pub const MAX_LEN: usize = 2048;

    /// Creates the id of these parts, none of which was checked.
    pub(super) fn of(issuer: &str, tenant: Option<&str>, subject: &str) -> Self {
        let [issuer, tenant, subject] = [issuer, tenant.unwrap_or_default(), subject]
            .map(|part| utf8_percent_encode(part, ESCAPED));
        Self(format!("{issuer}|{tenant}|{subject}").into())
    }

    /// Returns the id of these parts, if each that has to be there is.
    pub(crate) fn checked(issuer: &str, tenant: Option<&str>, subject: &str) -> Option<Self> {
        let id = Self::of(issuer, tenant, subject);
        let whole = !issuer.is_empty() && tenant != Some("") && !subject.is_empty();
        (whole && id.0.len() <= Self::MAX_LEN).then_some(id)
    }

    /// Reads the one text of an id.
    pub(crate) fn read(text: &str) -> Option<Self> {
        if text.len() > Self::MAX_LEN {
            return None;
        }
        let mut parts = text.split('|');
        let (issuer, tenant, subject) = (parts.next()?, parts.next()?, parts.next()?);
        if parts.next().is_some() {
            return None;
        }
        let plain = |part| percent_decode_str(part).decode_utf8().ok();
        let (issuer, tenant, subject) = (plain(issuer)?, plain(tenant)?, plain(subject)?);
        let id =
            Self::checked(&issuer, Some(&*tenant).filter(|tenant| !tenant.is_empty()), &subject)?;
        // Another way of writing the same would be another text in a column.
        (*id.0 == *text).then_some(id)
    }

    /// Returns its text, to be stored: `https://login.example|acme|alice`.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns the issuer, as the `iss` claim has it.
    pub fn issuer(&self) -> Cow<'_, str> {
        self.part(0)
    }

    /// Returns the tenant, if there is one.
    pub fn tenant(&self) -> Option<Cow<'_, str>> {
        Some(self.part(1)).filter(|tenant| !tenant.is_empty())
    }

    /// Returns the subject, as the `sub` claim has it: for display, and not to compare by.
    pub fn subject(&self) -> Cow<'_, str> {
        self.part(2)
    }

    fn part(&self, place: usize) -> Cow<'_, str> {
        // There are three parts, which were text before they were encoded.
        let part = self.0.split('|').nth(place).unwrap_or_default();
        percent_decode_str(part).decode_utf8_lossy()
    }
}

impl PartialEq for CallerId {
    fn eq(&self, other: &Self) -> bool {
        verify_slices_are_equal(self.0.as_bytes(), other.0.as_bytes()).is_ok()
    }
}

impl Eq for CallerId {}

impl Hash for CallerId {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.0.hash(state);
    }
}

impl fmt::Debug for CallerId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "CallerId({}|…)", self.issuer())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_id_has_one_text_and_each_text_one_id() {
        let parts = ["a", "|", "a|", "|a", "%7C", "%", " ", "a b", "ä", "\u{202e}", "a%7cb", "||"];
        let mut texts = std::collections::HashSet::new();
        for issuer in parts {
            for tenant in parts.into_iter().map(Some).chain([None]) {
                for subject in parts {
                    let id = CallerId::checked(issuer, tenant, subject).expect("an id");
                    assert!(id.0.bytes().all(|byte| byte.is_ascii_graphic()), "{}", id.as_str());
                    assert_eq!(id.issuer(), issuer);
                    assert_eq!(id.tenant().as_deref(), tenant);
                    assert_eq!(id.subject(), subject);
                    assert_eq!(CallerId::read(id.as_str()).as_ref(), Some(&id));
                    assert!(texts.insert(id.as_str().to_owned()), "{}", id.as_str());
                }
            }
        }
    }

    #[test]
    fn a_text_that_is_written_otherwise_is_no_id() {
        for text in [
            "", "a", "a|b", "||", "a||", "||a", "a|b|c|d", "a||%7c", "a||%61", "a|| ", "a||b ",
            "a||ä", "a||%ff", "a||%", "a||\n", " a||b",
        ] {
            assert!(CallerId::read(text).is_none(), "{text:?}");
        }
        assert!(CallerId::read("a||%7C").is_some());
    }

    #[test]
    fn a_part_that_has_to_be_there_is_there_and_the_whole_is_bounded() {
        assert!(CallerId::checked("", None, "a").is_none());
        assert!(CallerId::checked("a", Some(""), "a").is_none());
        assert!(CallerId::checked("a", None, "").is_none());
        let longest = CallerId::MAX_LEN - "a||".len();
        assert!(CallerId::checked("a", None, &"s".repeat(longest)).is_some());
        assert!(CallerId::checked("a", None, &"s".repeat(longest + 1)).is_none());
        assert!(CallerId::read(&format!("a||{}", "s".repeat(longest + 1))).is_none());
    }

    #[test]
    fn what_is_printed_tells_nobody() {
        let id = CallerId::of("https://login.example", Some("acme"), "alice");
        assert_eq!(format!("{id:?}"), "CallerId(https://login.example|…)");
    }
}
