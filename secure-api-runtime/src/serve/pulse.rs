//! The detector of idle connections.
//!
//! hyper bounds the header section of HTTP/1.1 and nothing else: not the first bytes that tell the protocol,
//! not an HTTP/2 connection without requests, not a response that nobody reads. This bounds all of them.

use std::{
    io::{self, IoSlice},
    pin::Pin,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering::Relaxed},
    },
    task::{Context, Poll},
    time::Duration,
};

use tokio::{
    io::{AsyncRead, AsyncWrite, ReadBuf},
    time::sleep,
};

/// Counts what happens on one connection.
#[derive(Debug, Default)]
pub(super) struct Pulse {
    /// Reads and writes that moved bytes.
    moved: AtomicU64,
    begun: AtomicU64,
    ended: AtomicU64,
}

/// A request being handled, until it is dropped.
#[derive(Debug)]
pub(super) struct Handling(Arc<Pulse>);

impl Pulse {
    /// Notes that a handler runs for as long as the result lives.
    pub(super) fn handle(self: &Arc<Self>) -> Handling {
        self.begun.fetch_add(1, Relaxed);
        Handling(Arc::clone(self))
    }

    /// Completes when the connection has had no request by the end of `first`, or later when for `idle`
    /// no handler runs and no byte moves.
    pub(super) async fn stops(&self, first: Duration, idle: Duration) {
        /// Looks in one idle time, so that it ends a quarter late at most.
        const LOOKS: u32 = 4;

        sleep(first).await;
        if self.begun.load(Relaxed) == 0 {
            return;
        }
        let mut quiet = 0;
        let mut seen = self.moved.load(Relaxed);
        while quiet < LOOKS {
            sleep(idle / LOOKS).await;
            let moved = self.moved.load(Relaxed);
            let handling = self.begun.load(Relaxed) != self.ended.load(Relaxed);
            quiet = if handling || moved != seen { 0 } else { quiet + 1 };
            seen = moved;
        }
    }
}

impl Drop for Handling {
    fn drop(&mut self) {
        self.0.ended.fetch_add(1, Relaxed);
        // The idle time counts from here.
        self.0.moved.fetch_add(1, Relaxed);
    }
}

/// A stream that tells its pulse of every byte.
#[derive(Debug)]
pub(super) struct Watched<S> {
    stream: S,
    pulse: Arc<Pulse>,
}

impl<S> Watched<S> {
    pub(super) fn new(stream: S, pulse: Arc<Pulse>) -> Self {
        Self { stream, pulse }
    }

    fn note(&self, written: Poll<io::Result<usize>>) -> Poll<io::Result<usize>> {
        if matches!(written, Poll::Ready(Ok(1..))) {
            self.pulse.moved.fetch_add(1, Relaxed);
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
        let read = Pin::new(&mut self.stream).poll_read(cx, buffer);
        if buffer.filled().len() > before {
            self.pulse.moved.fetch_add(1, Relaxed);
        }
        read
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
        Pin::new(&mut self.stream).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }
}
