//! An e-mail address.

use super::leaf::text_value;
use crate::input::{LONGEST_EMAIL, read_email};

/// An e-mail address: one local part of ASCII words with points between, and one domain, at most 254 octets (RFC 5321).
///
/// The domain is kept as a URL's host is (UTS 46): in lower case, its labels in punycode where they were not ASCII. So
/// one domain has one text. The local part is kept as it was sent: only the receiver knows what that means. Quoted local
/// parts, comments, routes and names to show are refused, since readers differ about them; so are addresses of the
/// network in place of a domain, `a@[127.0.0.1]`, by which a stranger would choose the machine that mail is sent to.
///
/// In JSON it is a text of format `email`. `Debug` hides the local part, since an address is personal data. That an
/// address is well-formed does not say that anybody reads what is sent there.
///
/// ```
/// use secure_api::value::Email;
///
/// let email: Email = "Alice@Shop.Example".parse()?;
/// assert_eq!(email.as_str(), "Alice@shop.example");
/// assert_eq!(email.domain(), "shop.example");
/// assert_eq!(format!("{email:?}"), "Email(…@shop.example)");
/// assert!("alice@shop.example\r\nBcc: all@shop.example".parse::<Email>().is_err());
/// # Ok::<_, secure_api::input::InvalidValue>(())
/// ```
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Email(String);

text_value! {
    [] Email, wanted: "an e-mail address is expected", code: "email",
    lengths: 3..=LONGEST_EMAIL, format: "email",
    texts: Form,
    read: read_email,
    debug: |email, f| write!(f, "Email(…@{})", email.domain()),
}

impl Email {
    /// Returns the domain, behind the `@`.
    pub fn domain(&self) -> &str {
        self.0.rsplit('@').next().unwrap_or_default()
    }
}
