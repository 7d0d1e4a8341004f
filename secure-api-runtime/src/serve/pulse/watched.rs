//! The stream of a connection, watched: what is written to the client, and the frames that come from it.

use std::{
    io::{self, IoSlice},
    pin::Pin,
    sync::{Arc, atomic::Ordering::Relaxed},
    task::{Context, Poll, ready},
};

use tokio::{
    io::{AsyncRead, AsyncWrite, ReadBuf},
    time::Instant,
};

use super::{Pulse, count};
use crate::serve::frames::Frames;

/// A stream that counts its writes, and ends where more frames come than what is asked for accounts for.
#[derive(Debug)]
pub(in crate::serve) struct Watched<S> {
    stream: S,
    pulse: Arc<Pulse>,
    frames: Frames,
    opened: Instant,
}

/// The frames that a client may send without having asked for anything, at once and a second: it may open windows, say how urgent
/// its requests are, look if the connection is alive, and take back what it asked for.
const AT_ONCE: u64 = 1000;
const A_SECOND: u64 = 10;

impl<S> Watched<S> {
    pub(in crate::serve) fn new(stream: S, pulse: Arc<Pulse>) -> Self {
        Self { stream, pulse, frames: Frames::default(), opened: Instant::now() }
    }

    /// Counts the frames in these bytes.
    ///
    /// # Errors
    ///
    /// More came so far than a client has a use for.
    fn read(&mut self, bytes: &[u8]) -> io::Result<()> {
        let came = self.frames.read(bytes);
        if came <= AT_ONCE {
            return Ok(());
        }
        let expected = AT_ONCE + A_SECOND * self.opened.elapsed().as_secs() + self.pulse.frames();
        if came <= expected { Ok(()) } else { Err(io::Error::other("a flood of frames")) }
    }

    fn note(&self, written: Poll<io::Result<usize>>) -> Poll<io::Result<usize>> {
        self.pulse.blocked.store(written.is_pending(), Relaxed);
        if let Poll::Ready(Ok(bytes @ 1..)) = written {
            self.pulse.wrote(bytes);
        }
        written
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for Watched<S> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let before = buffer.filled().len();
        ready!(Pin::new(&mut self.stream).poll_read(cx, buffer))?;
        Poll::Ready(self.read(&buffer.filled()[before..]))
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for Watched<S> {
    fn poll_write(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write(cx, bytes);
        self.note(written)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bytes: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write_vectored(cx, bytes);
        self.note(written)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        let flushed = Pin::new(&mut self.stream).poll_flush(cx);
        if flushed.is_ready() {
            *self.pulse.writing() = None;
            // A body that is there yet has more to be written.
            if self.pulse.answering.load(Relaxed) == 0 {
                self.pulse.told.store(self.pulse.answered.load(Relaxed), Relaxed);
            }
        }
        // Encryption takes bytes that the client does not, and waits for it here.
        let waited = self.pulse.blocked.swap(flushed.is_pending(), Relaxed);
        if waited && flushed.is_ready() {
            count(&self.pulse.written);
        }
        flushed
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }
}
