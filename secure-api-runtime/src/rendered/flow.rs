//! The content of an answer that is made while it is sent.

use std::{
    any::Any,
    error::Error,
    fmt,
    sync::{Arc, Mutex, PoisonError},
};

use bytes::Bytes;
use futures_util::stream::BoxStream;

/// A piece of content, or the reason for which there is no more of it.
pub(crate) type Piece = Result<Bytes, Box<dyn Error + Send + Sync>>;

/// Content that is made while it is sent.
pub(crate) struct OpenContent {
    pub(crate) pieces: BoxStream<'static, Piece>,
    pub(crate) form: ContentForm,
    /// The things that the request holds until all of it is sent.
    pub(crate) held: Option<Box<dyn Any + Send>>,
}

/// The form of content that flows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ContentForm {
    /// Events: each is whole, so that they may end behind each.
    Events,
    /// One thing, of which a part looks as if it were all.
    Whole,
}

/// The place of a flow in an answer, from which it is taken once.
#[derive(Clone)]
pub(super) struct OpenCell(Arc<Mutex<Option<OpenContent>>>);

impl OpenCell {
    pub(super) fn new(flow: OpenContent) -> Self {
        Self(Arc::new(Mutex::new(Some(flow))))
    }

    pub(super) fn take(self) -> Option<OpenContent> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).take()
    }

    pub(super) fn hold(&self, held: Box<dyn Any + Send>) {
        if let Some(flow) = &mut *self.0.lock().unwrap_or_else(PoisonError::into_inner) {
            flow.held = Some(held);
        }
    }
}

impl fmt::Debug for OpenCell {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OpenCell").finish_non_exhaustive()
    }
}
