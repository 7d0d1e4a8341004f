//! Content that a client compressed (RFC 9110, section 8.4.1.3): unpacked piece by piece, so that no more of it is there than was
//! asked for, and given up where it says far more than was sent.

mod gzip;

use std::{
    error::Error,
    fmt,
    pin::Pin,
    task::{Context, Poll},
};

use bytes::Bytes;
use http_body::{Body, Frame};

use self::gzip::Gzip;
use crate::{
    app::AppBuilder,
    error::{Problem, problem},
};

impl AppBuilder {
    /// Takes bodies that are compressed by gzip, with `Content-Encoding: gzip`, on each operation that takes a body; by default such is
    /// 415. The bound of a body is that of its content, and content of more than a hundred times the bytes of the body is 413: where
    /// these are not announced, of those that came so far.
    #[must_use]
    pub fn accept_gzip(mut self) -> Self {
        self.settings.gzip = true;
        self
    }
}

/// The content of a body, as it came or unpacked.
pub(super) struct Unpacked<B> {
    body: B,
    gzip: Option<Gzip>,
}

impl<B> Unpacked<B> {
    /// Reads a body, which is unpacked if it is `packed`.
    pub(super) fn new(body: B, packed: bool) -> Self {
        Self { body, gzip: packed.then(Gzip::default) }
    }
}

impl<B> Body for Unpacked<B>
where
    B: Body<Data = Bytes> + Unpin,
    B::Error: Into<Box<dyn Error + Send + Sync>>,
{
    type Data = Bytes;
    type Error = Box<dyn Error + Send + Sync>;

    fn poll_frame(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Self::Error>>> {
        let Self { body, gzip } = self.get_mut();
        if let Some(gzip) = gzip {
            return gzip.poll(body, cx);
        }
        Pin::new(body).poll_frame(cx).map_err(Into::into)
    }
}

/// Content that is not unpacked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unfit {
    /// Content that is not what it is said to be.
    Broken,
    /// Content that more follows, as a second member.
    Followed,
    /// Content that says far more than was sent.
    Dense,
}

impl Unfit {
    /// Returns the refusal. The bytes of the body are in order, so the connection is.
    pub(super) fn problem(self) -> Problem {
        match self {
            Self::Broken => {
                Problem::new(&problem::MALFORMED).saying("the content is not of its coding")
            }
            Self::Followed => {
                Problem::new(&problem::MALFORMED).saying("more follows the compressed content")
            }
            Self::Dense => {
                Problem::new(&problem::TOO_LARGE).saying("the body is compressed too far")
            }
        }
    }
}

impl fmt::Display for Unfit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Broken => "the content is not of its coding",
            Self::Followed => "more follows the compressed content",
            Self::Dense => "the content is compressed too far",
        })
    }
}

impl Error for Unfit {}
