//! A body that has no fields: bytes of the media types that its route states, or text, each within its bound.

use std::{borrow::Cow, fmt, str};

use bytes::Bytes;

use super::{FileKind, InvalidValue, clean};
use crate::{
    error::{InvalidField, Problem, ProblemType, problem},
    weakened,
};

/// The most bytes of a body that is held in memory.
pub(crate) const MOST_HELD: usize = 64 * 1024 * 1024;

/// The media type of text.
pub(crate) const PLAIN: &str = "text/plain";

/// A handler's argument: the body as bytes, at most `MOST` of them, of one of the media types that the route states by
/// `accepts("…")`.
///
/// A body of another media type is answered with 415, a longer one with 413. What the bytes are is nobody's promise: that they
/// are of the media type that they come with is for the handler to find out, unless the route says `kinds = [FileKind::Png]` in
/// place of `accepts`: then they are a whole file of it, or the answer is 422. They are held in memory, so `MOST` is at most 64
/// MiB; larger ones are a [`StreamedBody`](crate::value::StreamedBody).
///
/// ```
/// use secure_api::prelude::*;
/// # #[derive(Role)]
/// # enum Role { Member }
/// # #[derive(Version)]
/// # enum Version { V1 }
///
/// /// Replaces the picture.
/// #[put("/picture", version = Version::V1, role = Role::Member, accepts("image/png", "image/jpeg"))]
/// async fn set_picture(picture: RawBody<{ 2 * MIB }>) -> Accepted {
///     let is_png = picture.media_type() == "image/png" && picture.bytes().starts_with(b"\x89PNG");
///     assert!(is_png || picture.media_type() == "image/jpeg");
///     Accepted
/// }
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct RawBody<const MOST: usize> {
    bytes: Bytes,
    media_type: &'static str,
}

impl<const MOST: usize> RawBody<MOST> {
    /// Creates one of bytes and a media type, as a test of a handler does.
    pub fn new(bytes: impl Into<Bytes>, media_type: &'static str) -> Self {
        Self { bytes: bytes.into(), media_type }
    }

    /// Creates one of bytes that are a file of one of these kinds, that of their media type; of any bytes where there are none.
    ///
    /// # Errors
    ///
    /// 422 where they are no such file.
    pub(crate) fn of_kinds(
        bytes: Bytes,
        media_type: &'static str,
        kinds: &[FileKind],
    ) -> Result<Self, Problem> {
        if !kinds.is_empty() {
            if bytes.is_empty() {
                let detail = format!("from 1 to {MOST} bytes");
                return Err(refused(&problem::INVALID_INPUT, "size", detail));
            }
            let kind = FileKind::one_of(kinds, &bytes);
            let (kind, _) =
                kind.map_err(|(code, wanted)| refused(&problem::INVALID_INPUT, code, wanted))?;
            if !kind.agrees_with_type(Some(media_type)) && !crate::weakened::is("file-type") {
                let detail = "the media type is that of the content";
                return Err(refused(&problem::INVALID_INPUT, "media-type", detail));
            }
        }
        Ok(Self::new(bytes, media_type))
    }

    /// Returns the content.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Returns the content without a copy.
    pub fn into_bytes(self) -> Bytes {
        self.bytes
    }

    /// Returns the media type that it came with: one of those that the route states, as they are written there.
    pub const fn media_type(&self) -> &'static str {
        self.media_type
    }
}

impl<const MOST: usize> fmt::Debug for RawBody<MOST> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // What is in it is not for logs.
        write!(f, "RawBody({}, {} bytes)", self.media_type, self.bytes.len())
    }
}

/// A handler's argument: the body as text, `text/plain` in UTF-8, of at most `MOST` bytes.
///
/// It is cleaned as a field with the rule `text` is: NFC, both ends trimmed, line breaks as `\n`. A control character that is
/// neither a line break nor a tab is refused with 422, what is no UTF-8 with 400, a longer body with 413, and another media type,
/// as another `charset`, with 415.
///
/// ```
/// use secure_api::prelude::*;
/// # #[derive(Role)]
/// # enum Role { Member }
/// # #[derive(Version)]
/// # enum Version { V1 }
///
/// /// Replaces the motto.
/// #[put("/motto", version = Version::V1, role = Role::Member)]
/// async fn set_motto(TextBody(motto): TextBody<200>) -> Accepted {
///     assert!(motto.len() <= 200);
///     Accepted
/// }
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct TextBody<const MOST: usize>(pub String);

impl<const MOST: usize> TextBody<MOST> {
    /// Reads a text.
    ///
    /// # Errors
    ///
    /// 400 where the bytes are no UTF-8. 422 where it has a control character, or in its one form more bytes than it may have.
    pub(crate) fn read(bytes: &[u8]) -> Result<Self, Problem> {
        let text = match str::from_utf8(bytes) {
            Ok(text) => Cow::Borrowed(text),
            Err(_) if weakened::is("encoding") => String::from_utf8_lossy(bytes),
            Err(_) => return Err(refused(&problem::MALFORMED, "encoding", "text is UTF-8")),
        };
        let is_control =
            |letter: char| letter.is_control() && !matches!(letter, '\t' | '\n' | '\r');
        if text.contains(is_control) && !weakened::is("controls") {
            let detail = "control characters are not accepted, but for line breaks and tabs";
            return Err(refused(&problem::INVALID_INPUT, "characters", detail));
        }
        let text =
            clean(text.into_owned(), true).map_err(|InvalidValue { code, detail, .. }| {
                refused(&problem::INVALID_INPUT, code, detail)
            })?;
        // One form of a text may be longer than another.
        if text.len() > MOST {
            let detail = "in the form NFC it is too long";
            return Err(refused(&problem::INVALID_INPUT, "length", detail));
        }
        Ok(Self(text))
    }
}

/// Refuses a whole body.
fn refused(
    kind: &'static ProblemType,
    code: &'static str,
    detail: impl Into<Cow<'static, str>>,
) -> Problem {
    let error = InvalidField { pointer: String::new(), code, detail: detail.into() };
    Problem::new(kind).errors(vec![error])
}

impl<const MOST: usize> fmt::Debug for TextBody<MOST> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // What is in it is not for logs.
        write!(f, "TextBody({} bytes)", self.0.len())
    }
}
