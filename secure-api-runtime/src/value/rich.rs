//! Text by people with a little markup, by an allow-list.

use std::{collections::HashSet, sync::OnceLock};

use ammonia::Builder;

use super::{leaf::text_value, nesting::is_shallow, url};
use crate::{input::clean, shape::Shape};

/// The largest ratio of the sent text's length to the kept one's; longer text is not parsed.
const MOST_TIMES: usize = 4;

/// Elements that are kept. None of them loads anything or runs anything.
const ELEMENTS: &[&str] = &[
    "a",
    "b",
    "blockquote",
    "br",
    "code",
    "del",
    "em",
    "h2",
    "h3",
    "h4",
    "hr",
    "i",
    "li",
    "ol",
    "p",
    "pre",
    "s",
    "strong",
    "sub",
    "sup",
    "u",
    "ul",
];

/// Schemes of links that are kept.
const SCHEMES: &[&str] = &["https", "http", "mailto"];

/// HTML by people, at most `MAX` characters with its tags, of which an allow-list is left (by the `ammonia` crate,
/// which parses as a browser does).
///
/// The elements that stay are `a b blockquote br code del em h2 h3 h4 hr i li ol p pre s strong sub sup u ul`. Of
/// others the tags are removed and the text stays, but of `script` and `style` nothing does. The only attribute
/// is `href` of `a`, with an absolute URL of the schemes `https` and `http`, without user name and password and written in
/// full (`https:evil.example` is none), or a `mailto`; each link gets
/// `rel="noopener noreferrer nofollow"`. There are no images, styles, classes, ids, comments and event handlers. Text in which
/// more than 64 elements are open at once, or wait to be opened again, is refused, and so is one with a tag, or a piece of
/// text without an end, of more than 8 KiB, and one with more elements than a third of its length and 64.
///
/// What comes out is well-formed HTML and may be put into a page as it is: between tags, not into an attribute or a
/// script. In JSON it is a text. `Debug` shows its length only. It needs the feature `html`.
///
/// ```
/// use secure_api::value::RichText;
///
/// let text: RichText<200> = "<p onclick=x()>Hi <script>x()</script><b>you</b><img src=x onerror=x()>".parse()?;
/// assert_eq!(text.as_str(), "<p>Hi <b>you</b></p>");
/// # Ok::<_, secure_api::input::InvalidValue>(())
/// ```
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct RichText<const MAX: usize>(String);

text_value! {
    [const MAX: usize] RichText<MAX>, wanted: "text within its length is expected, with at most 64 elements open at once", code: "text",
    shape: Shape::Text { min_length: 0, max_length: MAX as u64, pattern: Some("^[^\\u0000]*$"), format: Some("html") },
    texts: Any,
    read: |text| read(text, MAX),
    debug: |text, f| write!(f, "RichText({} characters)", text.0.chars().count()),
}

fn read(text: &str, most: usize) -> Option<String> {
    // Four octets for each character.
    if text.len() > most.saturating_mul(4 * MOST_TIMES).saturating_add(256) {
        return None;
    }
    let text = clean(text.to_owned(), true).ok()?;
    if !is_shallow(&text) {
        return None;
    }
    // A reference can stand for a control character or for one of several forms of a letter.
    let text = sanitizer().clean(&text).to_string();
    // A reader drops the first line break of `pre`, so one that stays has another before it.
    let text = clean(text.replace("<pre>\n", "<pre>\n\n"), true).ok()?;
    (text.chars().count() <= most).then_some(text)
}

/// Returns `true` for an address of mail, and for a URL that every reader takes for the same.
fn is_link(value: &str) -> bool {
    let mail = value.get(..7).is_some_and(|start| start.eq_ignore_ascii_case("mailto:"));
    mail || url::parse(value).is_some()
}

fn sanitizer() -> &'static Builder<'static> {
    static SANITIZER: OnceLock<Builder<'static>> = OnceLock::new();
    SANITIZER.get_or_init(|| {
        // From nothing, so that a later release of the crate allows nothing more.
        let mut builder = Builder::empty();
        builder
            .tags(ELEMENTS.iter().copied().collect())
            .clean_content_tags(HashSet::from(["script", "style"]))
            .tag_attributes([("a", HashSet::from(["href"]))].into())
            .url_schemes(SCHEMES.iter().copied().collect())
            .url_relative(ammonia::UrlRelative::Deny)
            .attribute_filter(|_, name, value| {
                (name != "href" || is_link(value)).then_some(value.into())
            })
            .link_rel(Some("noopener noreferrer nofollow"))
            .strip_comments(true);
        builder
    })
}
