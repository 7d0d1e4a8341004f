//! The answer to what is no request, over HTTP/1.1.
//!
//! hyper answers a head that it cannot read by itself, with a status and nothing else. Its answer is recognized where it is written,
//! and the responder's is written in its place, with all that its answers have.

use std::{
    io::{self, IoSlice},
    pin::Pin,
    sync::Arc,
    task::{Context, Poll, ready},
    time::SystemTime,
};

use bytes::{Buf as _, Bytes};
use http::{HeaderValue, Response, StatusCode, header};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};

use super::{
    Connection,
    pulse::{Pulse, Watched},
    respond::{Content, Respond, Responding},
};

/// A stream on which the responder answers what cannot be read.
pub(super) struct Unreadable<S> {
    stream: Watched<S>,
    pulse: Arc<Pulse>,
    responds: Arc<dyn Respond>,
    connection: Connection,
    answer: Answer,
}

/// The answer that is written in the place of hyper's.
enum Answer {
    /// No answer is to be written.
    None,
    Made(Responding),
    Written(Bytes),
}

impl<S> Unreadable<S> {
    pub(super) fn new(
        stream: S,
        pulse: &Arc<Pulse>,
        responds: Arc<dyn Respond>,
        connection: Connection,
    ) -> Self {
        let stream = Watched::new(stream, Arc::clone(pulse));
        Self { stream, pulse: Arc::clone(pulse), responds, connection, answer: Answer::None }
    }

    /// Returns the answer in the place of these bytes, where they are hyper's own: nothing of any other is left to be written.
    fn in_place_of(&self, bytes: &[u8]) -> Option<Responding> {
        if !self.pulse.is_told() {
            return None;
        }
        self.responds.refuse(status(bytes)?, self.connection)
    }
}

impl<S: AsyncWrite + Unpin> Unreadable<S> {
    /// Completes when the answer is written.
    fn poll_answer(&mut self, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        loop {
            match &mut self.answer {
                Answer::None => return Poll::Ready(Ok(())),
                Answer::Made(response) => {
                    let response = ready!(response.as_mut().poll(cx));
                    self.answer = Answer::Written(text(response));
                }
                Answer::Written(left) if left.is_empty() => self.answer = Answer::None,
                Answer::Written(left) => {
                    let written = ready!(Pin::new(&mut self.stream).poll_write(cx, left))?;
                    if written == 0 {
                        return Poll::Ready(Err(io::ErrorKind::WriteZero.into()));
                    }
                    left.advance(written);
                }
            }
        }
    }
}

/// Returns the status of an answer that begins with these bytes, if it refuses what cannot be read.
fn status(bytes: &[u8]) -> Option<StatusCode> {
    let version = bytes.strip_prefix(b"HTTP/1.")?;
    let status = version.get(2..5).filter(|status| status[0] == b'4')?;
    StatusCode::from_bytes(status).ok()
}

/// Returns an answer as it is written, and after which the connection ends.
fn text(response: Response<Content>) -> Bytes {
    let (mut head, content) = response.into_parts();
    let content = match content {
        Content::Whole(bytes, _) => bytes,
        // Nothing that refuses is made while it is sent.
        Content::Made(_) => Bytes::new(),
    };
    head.headers.insert(header::CONNECTION, HeaderValue::from_static("close"));
    head.headers.insert(header::CONTENT_LENGTH, HeaderValue::from(content.len()));
    if let Ok(date) = HeaderValue::from_str(&httpdate::fmt_http_date(SystemTime::now())) {
        head.headers.insert(header::DATE, date);
    }
    let reason = head.status.canonical_reason().unwrap_or_default();
    let mut text = format!("HTTP/1.1 {} {reason}\r\n", head.status.as_str()).into_bytes();
    for (name, value) in &head.headers {
        for part in [name.as_str().as_bytes(), b": ", value.as_bytes(), b"\r\n"] {
            text.extend_from_slice(part);
        }
    }
    text.extend_from_slice(b"\r\n");
    text.extend_from_slice(&content);
    Bytes::from(text)
}

impl<S: AsyncRead + Unpin> AsyncRead for Unreadable<S> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(cx, buffer)
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for Unreadable<S> {
    fn poll_write(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        if let Some(response) = self.in_place_of(bytes) {
            self.answer = Answer::Made(response);
            return Poll::Ready(Ok(bytes.len()));
        }
        ready!(self.poll_answer(cx))?;
        Pin::new(&mut self.stream).poll_write(cx, bytes)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bytes: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        // Answers over HTTP/1.1 are written in one piece each; these are frames.
        Pin::new(&mut self.stream).poll_write_vectored(cx, bytes)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        ready!(self.poll_answer(cx))?;
        Pin::new(&mut self.stream).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        ready!(self.poll_answer(cx))?;
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }
}

#[cfg(test)]
mod tests;
