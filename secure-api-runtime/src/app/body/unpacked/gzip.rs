//! gzip (RFC 1952), one member.

use std::{
    error::Error,
    pin::Pin,
    task::{Context, Poll, ready},
};

use bytes::{Buf, Bytes};
use flate2::{Decompress, FlushDecompress, Status};
use http_body::{Body, Frame};
use tokio::task::coop::poll_proceed;

use super::Unfit;
use crate::weakened;

/// The bytes of content for each byte that was sent, at most. Text of an API has some ten, and gzip can write a thousand.
const MOST: u64 = 100;
/// The bytes that may be counted before they came, where the length of the body says that they will: what is dense at its beginning may
/// not be so as a whole.
const AHEAD: u64 = 16 * 1024;
/// The bytes that are unpacked at once.
const PIECE: usize = 16 * 1024;

/// The next piece of content, once it is there.
type Polled = Poll<Option<Result<Frame<Bytes>, Box<dyn Error + Send + Sync>>>>;

/// The state of unpacking.
pub(super) struct Gzip {
    decompress: Decompress,
    /// The bytes that came and are not read.
    input: Bytes,
    /// `true` if the last piece was full, so that more may follow without further input.
    full: bool,
    ended: bool,
}

impl Default for Gzip {
    fn default() -> Self {
        /// The largest window there is.
        const WINDOW: u8 = 15;

        Self {
            decompress: Decompress::new_gzip(WINDOW),
            input: Bytes::new(),
            full: false,
            ended: false,
        }
    }
}

impl Gzip {
    /// Returns the next piece of the content.
    pub(super) fn poll<B>(&mut self, body: &mut B, cx: &mut Context<'_>) -> Polled
    where
        B: Body<Data = Bytes> + Unpin,
        B::Error: Into<Box<dyn Error + Send + Sync>>,
    {
        loop {
            // Others have their turn between pieces, also where all input is there.
            let turn = ready!(poll_proceed(cx));
            if self.input.is_empty() && !self.full {
                match ready!(Pin::new(&mut *body).poll_frame(cx)) {
                    Some(Ok(frame)) => self.input = frame.into_data().unwrap_or_default(),
                    Some(Err(error)) => return Poll::Ready(Some(Err(error.into()))),
                    None if self.ended => return Poll::Ready(None),
                    None => return Poll::Ready(Some(Err(Unfit::Broken.into()))),
                }
            }
            turn.made_progress();
            match self.next(body.size_hint().exact().unwrap_or(0)) {
                Ok(None) => {}
                Ok(Some(piece)) => return Poll::Ready(Some(Ok(Frame::data(piece)))),
                Err(unfit) => return Poll::Ready(Some(Err(unfit.into()))),
            }
        }
    }

    /// Unpacks a piece of what is there, if it says something; so many bytes are announced beside.
    fn next(&mut self, coming: u64) -> Result<Option<Bytes>, Unfit> {
        if self.ended {
            return if self.input.is_empty() { Ok(None) } else { Err(Unfit::Followed) };
        }
        let (read, written) = (self.decompress.total_in(), self.decompress.total_out());
        let mut piece = vec![0; PIECE];
        let status = self
            .decompress
            .decompress(&self.input, &mut piece, FlushDecompress::None)
            .map_err(|_| Unfit::Broken)?;
        let count = |from: u64, to: u64| usize::try_from(to - from).map_err(|_| Unfit::Broken);
        self.input.advance(count(read, self.decompress.total_in())?);
        let length = count(written, self.decompress.total_out())?;
        let sent = self.decompress.total_in() + self.input.len() as u64;
        if self.decompress.total_out() > sent.saturating_add(coming.min(AHEAD)).saturating_mul(MOST)
            && !weakened::is("unpacked")
        {
            return Err(Unfit::Dense);
        }
        self.ended = status == Status::StreamEnd;
        self.full = length == PIECE && !self.ended;
        // What is kept of it is as long as it says.
        Ok((length != 0).then(|| Bytes::copy_from_slice(&piece[..length])))
    }
}
