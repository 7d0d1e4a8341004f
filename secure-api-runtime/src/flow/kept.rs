//! The answer of a request, as far as it is kept with its key.

use bytes::Bytes;
use http::{HeaderName, HeaderValue, StatusCode, header};

use super::bytes::{Unread, write};
use crate::{
    error::{Problem, problem},
    rendered::Rendered,
};

/// The answer of a request, as far as it is kept.
#[derive(Debug, Clone)]
pub(super) enum Kept {
    /// All of it, and what its view was chosen by.
    Answer { rendered: Box<Rendered>, sight: Sight },
    /// The key and the address of what it created: it is loaded, permitted and shown again to whoever repeats it.
    Created { key: String, location: HeaderValue },
    /// The fact that there was one, and no more.
    TooLarge,
    /// The same, since it showed something as its owner sees it, and nobody knows for how long the caller is the owner.
    OwnersView,
    /// Nothing: the run was cut while it went on, and nobody knows how far it came.
    Undecided,
}

/// The facts that the view of an answer is chosen by: a kept answer is shown again only while they are the same.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Sight(Vec<u8>);

impl Sight {
    /// Creates it of the names of the views that the caller's roles admit it to: of what it owns, and of the rest.
    pub(super) fn of(views: [Option<&'static str>; 2]) -> Self {
        let mut sight = Vec::new();
        for view in views {
            sight.push(u8::from(view.is_some()));
            write(&mut sight, view.unwrap_or_default().as_bytes());
        }
        Self(sight)
    }
}

/// The largest answer that is kept with a key. A page of the largest resources is larger than what POST and
/// PATCH answer with.
const LARGEST: usize = 256 * 1024;

/// Returns `true` if an answer has this field.
fn is_set(rendered: &Rendered, field: &HeaderName) -> bool {
    rendered.fields().iter().any(|(name, _)| name == field)
}

impl Kept {
    /// Returns what is kept of an outcome with a key: nothing where the server failed, where it says when to try again, or where
    /// it depends on what no key names: once a precondition holds, the same request may run.
    pub(super) fn of(outcome: &Result<Rendered, Problem>, sight: Sight) -> Option<Self> {
        let rendered = match outcome {
            Ok(rendered) => rendered.clone(),
            Err(problem) if *problem.kind() == problem::PRECONDITION_FAILED => return None,
            Err(problem) => problem.rendered(),
        };
        match rendered {
            rendered if rendered.status().is_server_error() => None,
            // The same request is to be sent again then, and is to be carried out.
            rendered if is_set(&rendered, &header::RETRY_AFTER) => None,
            rendered if rendered.size() > LARGEST => Some(Self::TooLarge),
            rendered => Some(Self::Answer { rendered: Box::new(rendered), sight }),
        }
    }

    pub(super) fn write(&self, into: &mut Vec<u8>) {
        match self {
            Self::Answer { rendered, sight } => {
                into.push(0);
                write(into, &sight.0);
                into.extend(rendered.status().as_u16().to_be_bytes());
                write(into, rendered.content());
                for (name, value) in rendered.fields() {
                    write(into, name.as_str().as_bytes());
                    write(into, value.as_bytes());
                }
            }
            Self::TooLarge => into.push(1),
            Self::OwnersView => into.push(2),
            Self::Undecided => into.push(3),
            Self::Created { key, location } => {
                into.push(4);
                write(into, key.as_bytes());
                write(into, location.as_bytes());
            }
        }
    }

    pub(super) fn read(bytes: &mut Unread<'_>) -> Option<Self> {
        Some(match bytes.byte()? {
            0 => {
                let sight = Sight(bytes.bytes()?.to_vec());
                let status = StatusCode::from_u16(u16::from_be_bytes(bytes.array()?)).ok()?;
                let content = Bytes::copy_from_slice(bytes.bytes()?);
                let mut rendered = Rendered::empty(status).with_content(content);
                while !bytes.0.is_empty() {
                    let name = HeaderName::from_bytes(bytes.bytes()?).ok()?;
                    rendered.field(name, HeaderValue::from_bytes(bytes.bytes()?).ok()?);
                }
                Self::Answer { rendered: Box::new(rendered), sight }
            }
            1 => Self::TooLarge,
            2 => Self::OwnersView,
            3 => Self::Undecided,
            4 => Self::Created {
                key: String::from_utf8(bytes.bytes()?.to_vec()).ok()?,
                location: HeaderValue::from_bytes(bytes.bytes()?).ok()?,
            },
            _ => return None,
        })
    }
}
