//! Text and bytes as answers: whole, bounded by their type, and of one media type.

use std::{convert::Infallible, fmt};

use bytes::Bytes;
use http::{HeaderValue, StatusCode, header};

use super::{Answer, Answered, Arms, Nothing, Outcome, download::disposition};
use crate::{
    error::{Problem, problem},
    rendered::Rendered,
    route::{
        call::{Context, Reading, etag},
        facts::{AnswerInfo, Content},
    },
    value::SafeFileName,
    verb::Verb,
};

/// 200 with text, `text/plain` in UTF-8, of at most `MOST` characters.
///
/// No browser takes it for a page, whatever is in it: `X-Content-Type-Options: nosniff` says so. It has no control characters but
/// tabs and line breaks. More characters than `MOST`, and another control character, are a failure of the server that the log
/// explains: 500. What is read has an entity tag.
///
/// A text has no view: whoever may call the route may read all of it. What only some may know is a field of a resource.
///
/// ```
/// # mod app {
/// use secure_api::prelude::*;
/// # #[derive(Role)] pub enum Role { Member }
/// # #[derive(Version)] pub enum Version { V1 }
///
/// /// Tells how long the house is open.
/// #[get("/hours", version = Version::V1.., role = Role::Member)]
/// pub async fn hours() -> Text<200> {
///     Text::new("From 9 to 17.\n")
/// }
/// # }
/// ```
pub struct Text<const MOST: usize>(String);

/// 200 with bytes of the media type that the route states by `media_type = "…"`, at most `MOST` of them.
///
/// They are to be kept and not shown, as `Content-Disposition: attachment` says. More than `MOST` are a failure of the server that
/// the log explains: 500. What is read has an entity tag. Files of a few known kinds are [`Download`](super::Download)s, of which a
/// caller may ask for a part.
///
/// ```
/// # mod app {
/// use secure_api::{prelude::*, route::RawBytes};
/// # #[derive(Role)] pub enum Role { Member }
/// # #[derive(Version)] pub enum Version { V1 }
///
/// /// Sends the firmware.
/// #[get("/firmware", version = Version::V1.., role = Role::Member, media_type = "application/octet-stream")]
/// pub async fn firmware() -> Result<RawBytes<4096>, StoreError> {
///     Ok(RawBytes::new(vec![0x7f; 512]).named("lamp.bin".parse()?))
/// }
/// # }
/// ```
pub struct RawBytes<const MOST: usize> {
    bytes: Bytes,
    name: Option<SafeFileName>,
}

impl<const MOST: usize> Text<MOST> {
    /// Answers with this text.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }
}

impl<const MOST: usize> RawBytes<MOST> {
    /// Answers with these bytes.
    pub fn new(bytes: impl Into<Bytes>) -> Self {
        Self { bytes: bytes.into(), name: None }
    }

    /// Adds the name under which the caller is to keep them.
    #[must_use]
    pub fn named(mut self, name: SafeFileName) -> Self {
        self.name = Some(name);
        self
    }
}

impl<const MOST: usize> Outcome for Text<MOST> {
    type Success = Self;
    type Error = Infallible;

    fn result(self) -> Result<Self, Infallible> {
        Ok(self)
    }
}

impl<const MOST: usize> Outcome for RawBytes<MOST> {
    type Success = Self;
    type Error = Infallible;

    fn result(self) -> Result<Self, Infallible> {
        Ok(self)
    }
}

/// The verbs that are answered with text and bytes. What a PUT or a DELETE left of an object is told by its views.
const VERBS: &[Verb] = &[Verb::Get, Verb::Query, Verb::Post];

impl<const MOST: usize> Answer for Text<MOST> {
    type Inner = Nothing;
    const INFO: AnswerInfo = AnswerInfo::new("`Text`", VERBS, 200, Content::Text(MOST));

    fn answer(self, context: &Context, _: Arms<Nothing>) -> Answered {
        if let Some(why) = flaw_of(&self.0, MOST) {
            return Err(internal(why));
        }
        whole(context, HeaderValue::from_static("text/plain; charset=utf-8"), self.0.into())
    }
}

impl<const MOST: usize> Answer for RawBytes<MOST> {
    type Inner = Nothing;
    const INFO: AnswerInfo = AnswerInfo::new("`RawBytes`", VERBS, 200, Content::Bytes(MOST));

    fn answer(self, context: &Context, _: Arms<Nothing>) -> Answered {
        let Self { bytes, name } = self;
        let count = bytes.len();
        if count > MOST {
            return Err(internal(format!(
                "the answer has {count} bytes, and its type has room for {MOST}"
            )));
        }
        let stated = context.route.options.media_type;
        let stated = stated.ok_or_else(|| internal("the route states no media type"))?;
        let disposition = HeaderValue::from_str(&disposition(false, name.as_ref()))
            .map_err(|_| internal("the name is none of a header field"))?;
        let mut rendered = whole(context, HeaderValue::from_static(stated), bytes)?;
        rendered.field(header::CONTENT_DISPOSITION, disposition);
        Ok(rendered)
    }
}

/// Returns the reason for which a text does not leave.
fn flaw_of(text: &str, most: usize) -> Option<String> {
    // A character has a byte at least, so most need not be counted.
    let count = if text.len() > most { text.chars().count() } else { 0 };
    if count > most {
        return Some(format!("the text has {count} characters, and its type has room for {most}"));
    }
    let is_control = |letter: &char| letter.is_control() && !matches!(letter, '\t' | '\n' | '\r');
    let control = text.chars().find(is_control)?;
    Some(format!("the text has the control character U+{:04X}", u32::from(control)))
}

fn internal(why: impl Into<String>) -> Problem {
    Problem::new(&problem::INTERNAL).because(why.into())
}

/// Renders content as it is. A read has an entity tag, by which its conditions are evaluated.
pub(super) fn whole(context: &Context, media: HeaderValue, content: Bytes) -> Answered {
    if !context.route.verb.is_safe() {
        return Ok(Rendered::of(StatusCode::OK, media, content));
    }
    let tag = etag::of(&content);
    let mut rendered = match context.conditions.of_read(&context.headers, &tag)? {
        Reading::Shown => Rendered::of(StatusCode::OK, media, content),
        Reading::Known => Rendered::empty(StatusCode::NOT_MODIFIED),
    };
    rendered.field(header::ETAG, tag);
    Ok(rendered)
}

impl<const MOST: usize> fmt::Debug for Text<MOST> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // What is in it is not for logs.
        write!(f, "Text({} bytes)", self.0.len())
    }
}

impl<const MOST: usize> fmt::Debug for RawBytes<MOST> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "RawBytes({} bytes)", self.bytes.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_bounded_in_characters_and_has_no_controls() {
        assert_eq!(flaw_of("äöü\t\r\n", 6), None);
        assert!(flaw_of("äöüß", 3).is_some());
        for text in ["\0", "a\u{1b}[2J", "\u{7f}", "\u{85}"] {
            assert!(flaw_of(text, 9).is_some(), "{text:?}");
        }
    }
}
