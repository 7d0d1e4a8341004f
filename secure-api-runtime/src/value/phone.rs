//! A telephone number.

use super::leaf::text_value;
use crate::shape::Shape;

/// A telephone number in its international form (ITU-T E.164): `+`, then 7 to 15 digits, the first not 0.
///
/// Spaces, hyphens and parentheses are not taken: one number has one text. In JSON it is that text. `Debug` shows
/// the last two digits only, since a number is personal data. That a number is well-formed does not say that it
/// is in use; watch what calls and messages to it cost.
///
/// ```
/// use secure_api::value::PhoneNumber;
///
/// let number: PhoneNumber = "+4930901820".parse()?;
/// assert_eq!(format!("{number:?}"), "PhoneNumber(…20)");
/// for text in ["030901820", "+0930901820", "+49 30 901820", "+49", "+1234567890123456"] {
///     assert!(text.parse::<PhoneNumber>().is_err());
/// }
/// # Ok::<_, secure_api::input::InvalidValue>(())
/// ```
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct PhoneNumber(String);

text_value! {
    [] PhoneNumber, wanted: "a telephone number as `+` and 7 to 15 digits is expected", code: "phone",
    shape: Shape::Text {
        min_length: 8,
        max_length: 16,
        pattern: Some("^\\+[1-9][0-9]{6,14}$"),
        format: None,
    },
    texts: NoWord,
    read: read,
    debug: |number, f| {
        // All of it is ASCII, and there are at least eight characters.
        write!(f, "PhoneNumber(…{})", number.0.get(number.0.len() - 2..).unwrap_or_default())
    },
}

fn read(text: &str) -> Option<String> {
    let digits = text.strip_prefix('+')?;
    let formed = (7..=15).contains(&digits.len())
        && !digits.starts_with('0')
        && digits.bytes().all(|byte| byte.is_ascii_digit());
    formed.then(|| text.to_owned())
}
