//! The facts of an answer: its status, its content, the verbs that it fits.

use super::HeaderInfo;
use crate::{
    error::ProblemType,
    input::FileKind,
    shape::{FreeBounds, Shape},
    verb::Verb,
};

/// An answer as plain data, for documents, the inventory and checks.
#[derive(Debug, Clone, Copy)]
pub struct AnswerInfo {
    /// The name in messages.
    pub name: &'static str,
    /// The JSON form of a scalar.
    pub shape: Option<fn() -> Shape>,
    /// The verbs that are answered with it.
    pub verbs: &'static [Verb],
    /// The status of success.
    pub status: u16,
    /// The content.
    pub content: Content,
    /// `true` if a `Location` comes with it.
    pub location: bool,
    /// The header fields that are the handler's own.
    pub headers: fn() -> Vec<HeaderInfo>,
    /// The problems that the form brings along.
    pub own_problems: &'static [&'static ProblemType],
    /// The handler's own problems.
    pub problems: fn() -> Vec<&'static ProblemType>,
}

impl AnswerInfo {
    /// The resource itself.
    pub const RESOURCE: Self = Self::new(
        "the resource itself",
        &[Verb::Get, Verb::Query, Verb::Put, Verb::Patch],
        200,
        Content::One,
    );

    pub(in crate::route) const fn new(
        name: &'static str,
        verbs: &'static [Verb],
        status: u16,
        content: Content,
    ) -> Self {
        Self {
            name,
            verbs,
            status,
            content,
            shape: None,
            location: false,
            headers: Vec::new,
            own_problems: &[],
            problems: Vec::new,
        }
    }

    /// Returns the same, with the problems that the handler answers with instead.
    pub const fn or(self, problems: fn() -> Vec<&'static ProblemType>) -> Self {
        Self { problems, ..self }
    }

    /// Returns `true` if it sends its caller to another address.
    pub const fn redirects(&self) -> bool {
        matches!(self.status, 303 | 307 | 308)
    }

    /// Returns the media types of its content, in lower case; of bytes it is the one that the route states.
    pub(crate) fn media_types(&self, stated: Option<&'static str>) -> Vec<&'static str> {
        match self.content {
            Content::File(kinds) => kinds.iter().map(|kind| kind.media_type()).collect(),
            Content::Text(_) => vec!["text/plain"],
            Content::Bytes(_) | Content::Stream(_) => stated.into_iter().collect(),
            Content::Rows(_) => vec!["text/csv"],
            Content::Events => vec!["text/event-stream"],
            Content::None
            | Content::One
            | Content::Page
            | Content::Array(_)
            | Content::Map(_)
            | Content::Free(_)
            | Content::Scalar { .. } => vec!["application/json"],
        }
    }

    /// Returns `true` if it is made while it is sent.
    pub(crate) const fn flows(&self) -> bool {
        matches!(self.content, Content::Events | Content::Stream(_))
    }

    /// Returns `true` if it is bytes, of which the route states the media type.
    pub(in crate::route) const fn is_bytes(&self) -> bool {
        matches!(self.content, Content::Bytes(_) | Content::Stream(_))
    }

    /// Returns `true` if a route of this verb may be answered with it.
    pub const fn fits(&self, verb: Verb) -> bool {
        let mut index = 0;
        while index < self.verbs.len() {
            if self.verbs[index].index() == verb.index() {
                return true;
            }
            index += 1;
        }
        false
    }
}

/// The content of an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Content {
    /// No content.
    None,
    /// The resource, through the view.
    One,
    /// A page of them.
    Page,
    /// JSON of any form, within these bounds.
    Free(FreeBounds),
    /// One scalar.
    Scalar {
        /// `true` of text without a bound.
        unbounded: bool,
    },
    /// A bare list of at most so many.
    Array(usize),
    /// A bare map of at most so many.
    Map(usize),
    /// A file of one of these kinds.
    File(&'static [FileKind]),
    /// Text of at most so many characters.
    Text(usize),
    /// Bytes, at most so many, of the media type that the route states.
    Bytes(usize),
    /// Events, each through the view.
    Events,
    /// Rows, each through the view, at most so many.
    Rows(usize),
    /// Bytes that are made while they are sent, at most so many.
    Stream(usize),
}
