//! The body of an answer on its way to the client, and the room that it has until it is there.

use std::{
    pin::Pin,
    sync::{Arc, atomic::Ordering::Relaxed},
    task::{Context, Poll},
};

use axum::body::Body;
use bytes::Bytes;
use http_body::{Body as HttpBody, Frame, SizeHint};
use http_body_util::{Either, Full};

use super::{super::room::Part, Pulse};

/// The body of a response, until all of it was handed over.
#[derive(Debug)]
pub(in crate::serve) struct Answering {
    pub(super) body: Either<Full<Bytes>, Body>,
    pub(super) pulse: Arc<Pulse>,
    /// The look at which some of it was last handed over, over HTTP/2.
    pub(super) waits: Option<u64>,
    /// `true` if it ends by a time that the pulse knows.
    pub(super) ends: bool,
    /// The part that it has until it is written.
    pub(super) part: Option<Part>,
}

/// Content that has its part for as long as somebody has some of it.
pub(super) struct Kept {
    pub(super) bytes: Bytes,
    pub(super) _part: Part,
}

impl AsRef<[u8]> for Kept {
    fn as_ref(&self) -> &[u8] {
        &self.bytes
    }
}

impl HttpBody for Answering {
    type Data = Bytes;
    type Error = <Either<Full<Bytes>, Body> as HttpBody>::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Self::Error>>> {
        let frame = Pin::new(&mut self.body).poll_frame(cx);
        if self.waits.is_some()
            && let Poll::Ready(Some(Ok(frame))) = &frame
        {
            self.pulse.unread.hands(frame.data_ref().map_or(0, Bytes::len));
            self.waits = Some(self.pulse.unread.waits(self.waits));
        }
        frame
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

impl Drop for Answering {
    fn drop(&mut self) {
        self.pulse.answering.fetch_sub(1, Relaxed);
        self.pulse.unread.ends(self.waits);
        if self.ends {
            *self.pulse.ends_by() = None;
        }
        if let Some(part) = self.part.take() {
            *self.pulse.writing() = Some(part);
        }
    }
}
