//! An e-mail address.

use validator::ValidateEmail;

use super::leaf::{is_plain_line, text_value};
use crate::{input::LONGEST_EMAIL, shape::Shape};

/// An e-mail address: what a browser's e-mail field takes (WHATWG HTML), at most 254 octets (RFC 5321).
///
/// The domain is brought to lower case, the rest is kept: only the receiver knows what that means. In JSON it is
/// a text of format `email`. `Debug` hides the name, since an address is personal data.
///
/// That an address is well-formed does not say that anybody reads what is sent there.
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
    shape: Shape::Text { min_length: 3, max_length: LONGEST_EMAIL as u64, pattern: None, format: Some("email") },
    texts: Form,
    read: read,
    debug: |email, f| write!(f, "Email(…@{})", email.domain()),
}

impl Email {
    /// Returns the domain, behind the `@`.
    pub fn domain(&self) -> &str {
        self.0.rsplit('@').next().unwrap_or_default()
    }
}

fn read(text: &str) -> Option<String> {
    // Octets are counted before anything else looks at the text.
    if text.len() > LONGEST_EMAIL || !is_plain_line(text) || !text.validate_email() {
        return None;
    }
    let (name, domain) = text.rsplit_once('@')?;
    // Quoted and commented forms are rare, and read differently by different readers.
    let plain =
        name.bytes().all(|byte| byte.is_ascii_graphic() && !b"\"(),:;<>[]\\".contains(&byte));
    let dotted = !name.starts_with('.') && !name.ends_with('.') && !name.contains("..");
    (plain && dotted).then(|| format!("{name}@{}", domain.to_lowercase()))
}
