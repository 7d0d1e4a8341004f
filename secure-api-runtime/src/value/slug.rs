//! A name for a URL.

use super::leaf::text_value;
use crate::shape::Shape;

/// Longest slug, in characters: longer ones are cut by other software.
const LONGEST: usize = 100;

/// A name for a URL: words of lower-case ASCII letters and digits with single hyphens between, at most 100
/// characters. In JSON it is a text.
///
/// ```
/// use secure_api::value::Slug;
///
/// assert_eq!("green-tea-2".parse::<Slug>()?.as_str(), "green-tea-2");
/// for text in ["", "Green", "green--tea", "-tea", "../tea", "tea/green", "thé"] {
///     assert!(text.parse::<Slug>().is_err());
/// }
/// # Ok::<_, secure_api::input::InvalidValue>(())
/// ```
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Slug(String);

text_value! {
    [] Slug, wanted: "lower-case words with hyphens between are expected", code: "slug",
    shape: Shape::Text {
        min_length: 1,
        max_length: LONGEST as u64,
        pattern: Some("^[a-z0-9]+(?:-[a-z0-9]+)*$"),
        format: None,
    },
    texts: Words,
    read: read,
    debug: |slug, f| write!(f, "Slug({})", slug.0),
}

fn read(text: &str) -> Option<String> {
    let is_word = |word: &str| {
        !word.is_empty()
            && word.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
    };
    (text.len() <= LONGEST && text.split('-').all(is_word)).then(|| text.to_owned())
}
