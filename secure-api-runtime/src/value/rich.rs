//! Text by people with a little markup, by an allow-list.

use std::{borrow::Cow, collections::HashSet, sync::OnceLock};

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
    let text = sanitizer().clean(&with_stops(&text)).to_string().replace(STOP_WRITTEN, "");
    // A reader drops the first line break of `pre`, so one that stays has another before it.
    let text = clean(text.replace("<pre>\n", "<pre>\n\n"), true).ok()?;
    (text.chars().count() <= most).then_some(text)
}

/// A mark that is put into long text before it is read, and taken out when it was written. For each `&` and each octet 0xC2
/// html5ever's writer looks for the next `<` or `>`, as far as the text goes: 64 KiB of `&` would cost 2 GiB of reading.
const STOP: &str = "\u{1}\u{2}>";
/// The same mark as the writer writes it. Who else writes it does so by references to control characters, which are in no text
/// that is kept: its `>` goes with them.
const STOP_WRITTEN: &str = "\u{1}\u{2}&gt;";
/// The bytes behind a `<` that may be its tag, a few more than the longest that is read.
const MAY_BE_TAG: usize = 9 * 1024;
/// The least bytes between two stops.
const BETWEEN_STOPS: usize = 1024;
/// The bytes that a reference may have.
const REFERENCE: usize = 64;

/// Puts stops into text that has none by itself, where it is in no tag and in no reference of a common length.
fn with_stops(text: &str) -> Cow<'_, str> {
    let bytes = text.as_bytes();
    let (mut tag, mut stop, mut reference) = (0, 0, 0);
    // Set where something is looked for since the last stop.
    let mut looks = false;
    let mut places = Vec::new();
    for (place, byte) in bytes.iter().enumerate() {
        let is_clear = text.is_char_boundary(place)
            && place - tag >= MAY_BE_TAG
            && place - stop >= BETWEEN_STOPS
            && (*byte == b'&' || place - reference >= REFERENCE);
        if looks && is_clear {
            places.push(place);
            (stop, looks) = (place, false);
        }
        match byte {
            b'<' => (tag, stop, looks) = (place, place, false),
            b'>' => (stop, looks) = (place, false),
            b'&' => (reference, looks) = (place, true),
            0xC2 => looks = true,
            _ => {}
        }
    }
    if places.is_empty() {
        return Cow::Borrowed(text);
    }
    let mut stopped = String::with_capacity(text.len() + places.len() * STOP.len());
    let mut start = 0;
    for place in places {
        stopped.push_str(&text[start..place]);
        stopped.push_str(STOP);
        start = place;
    }
    stopped.push_str(&text[start..]);
    Cow::Owned(stopped)
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

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns the bytes that the writer of html5ever reads to write a text without tags.
    fn read_to_write(text: &str) -> usize {
        let bytes = text.as_bytes();
        let mut next = bytes.len();
        let mut sum = 0;
        for place in (0..bytes.len()).rev() {
            match bytes[place] {
                b'<' | b'>' => next = place,
                b'&' | 0xC2 => sum += next - place,
                _ => {}
            }
        }
        sum
    }

    #[test]
    fn long_text_is_written_in_linear_time() {
        let line = |one: &str, length: usize| one.repeat(length / one.len());
        for one in ["&", "a&b ", "&amp;", "«§»", "& and so on, for a while ", "<b>& &"] {
            let text = line(one, 1 << 18);
            let (before, now) = (read_to_write(&text), read_to_write(&with_stops(&text)));
            let most = 2 * (text.len() * BETWEEN_STOPS + MAY_BE_TAG * MAY_BE_TAG);
            assert!(now <= most, "{one}: {now} in place of {before}");
            // What is read is the same with stops and without.
            let text = line(one, 1 << 14);
            let plain = sanitizer().clean(&text).to_string();
            let kept = is_shallow(&text).then(|| clean(plain, true).ok()).flatten();
            assert_eq!(read(&text, 1 << 21), kept, "{one}");
        }
    }

    #[test]
    fn stops_are_in_no_tag_and_stay_in_no_text() {
        let long = "a & b &copy; ".repeat(1000);
        for around in ["p", "textarea", "title", "xmp", "pre", "script", "select"] {
            let text =
                format!("<{around}>{long}</{around}><a href=\"https://b.example/?a=1&b=2\">b</a>");
            assert_ne!(with_stops(&text), text, "{around}");
            let plain = sanitizer().clean(&text).to_string();
            assert_eq!(read(&text, 1 << 20), clean(plain, true).ok(), "{around}");
        }
        let tag = format!("<a href=\"mailto:{}\">b</a>", "&".repeat(8000));
        assert_eq!(with_stops(&tag), tag);
    }
}
