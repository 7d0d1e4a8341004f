//! The content of a request: read within its limit, or let in unread where the request is refused.

#[cfg(feature = "gzip")]
mod unpacked;

use std::{error::Error, io, path::Path, time::Duration};

use axum::body::Body;
use bytes::{Bytes, BytesMut};
use http::{HeaderMap, header};
use http_body::Body as HttpBody;
use http_body_util::{BodyExt, LengthLimitError, Limited};

#[cfg(feature = "gzip")]
use self::unpacked::{Unfit, Unpacked};
use super::{
    Settings,
    deadline::{Deadline, too_slow},
    load::{Load, Shed},
    operation::{Operation, Takes},
};
use crate::{
    error::{Problem, problem},
    input::{Spool, Spooled, check_media_types, check_raw_types},
    route::RawForm,
    serve::Part,
    verb::Verb,
    weakened,
};

/// Reads the body that the operation takes, within its limit. Notes in `broken` that it could not be read to its end, so that
/// nobody knows where the next request begins.
///
/// What is kept of it in memory is a part of the room for content.
///
/// With `compared` a body in a file has bytes that stand for it.
pub(super) async fn read_body(
    operation: &Operation,
    (folder, compared): (&Path, bool),
    headers: &HeaderMap,
    body: &mut Body,
    (load, part, broken): (&Load, &mut Part, &mut bool),
) -> Result<Content, Problem> {
    match operation.body {
        Takes::Nothing => return nothing(headers, body, broken).await.map(Content::from),
        // Whoever announces a body has one.
        Takes::Perhaps(_)
            if (!headers.contains_key(header::CONTENT_TYPE) || weakened::is("announced"))
                && !headers.contains_key(header::CONTENT_ENCODING)
                && is_nothing(headers, body, broken).await? =>
        {
            return Ok(Content::default());
        }
        _ => {}
    }
    let length = headers.get(header::CONTENT_LENGTH).and_then(|length| length.to_str().ok());
    let length = length.and_then(|length| length.parse::<u64>().ok());
    let limit = if weakened::is("size") { usize::MAX } else { operation.body_limit };
    let too_large = || Problem::new(&problem::TOO_LARGE).saying("the body is over the limit");
    if length.is_some_and(|length| length > limit as u64) {
        return Err(too_large());
    }
    let packed = match operation.body {
        Takes::Input(media) | Takes::Perhaps(media) => {
            check_media_types(headers, media, &operation.reads, operation.gzip)?
        }
        Takes::Raw(..) => {
            let is_patch = operation.route.verb == Verb::Patch;
            check_raw_types(headers, &operation.reads, (is_patch, operation.gzip))?
        }
        Takes::Anything | Takes::Nothing => false,
    };
    let mut torn = |error: Box<dyn Error + Send + Sync>| {
        if error.is::<LengthLimitError>() {
            return too_large();
        }
        if error.is::<Shed>() {
            return load.without_content();
        }
        #[cfg(feature = "gzip")]
        if let Some(unfit) = error.downcast_ref::<Unfit>() {
            return unfit.problem();
        }
        *broken = true;
        Problem::new(&problem::MALFORMED).because(error)
    };
    // What is sent has the bound of what is announced: of much of it, nothing may be content.
    let body = Limited::new(body, limit);
    #[cfg(feature = "gzip")]
    let body = Unpacked::new(body, packed);
    #[cfg(not(feature = "gzip"))]
    debug_assert!(!packed, "no such coding is taken");
    let mut body = Limited::new(body, limit);
    if !matches!(operation.body, Takes::Raw(_, RawForm::File)) {
        return whole(body, |bytes| part.take(bytes)).await.map(Content::from).map_err(torn);
    }
    let mut spool = Spool::begin(folder, compared).await.map_err(unwritten)?;
    while let Some(frame) = body.frame().await {
        if let Ok(piece) = frame.map_err(&mut torn)?.into_data() {
            spool.write(&piece).await.map_err(unwritten)?;
        }
    }
    let (spooled, digest) = spool.end().await.map_err(unwritten)?;
    Ok(Content { bytes: digest.unwrap_or_default(), spooled: Some(spooled) })
}

/// Returns the problem of a body that could not be put into a file: a disk that is full has room again, once others are through.
fn unwritten(error: io::Error) -> Problem {
    match error.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Problem::unavailable(error),
        _ => Problem::new(&problem::INTERNAL).because(error),
    }
}

/// Returns a body as one. Pieces are not kept: one of a byte has more around it than in it, and may come from a large buffer.
///
/// # Errors
///
/// The body's, and [`Shed`] where there is no room for a piece.
async fn whole<B>(
    mut body: B,
    mut takes: impl FnMut(usize) -> bool,
) -> Result<Bytes, Box<dyn Error + Send + Sync>>
where
    B: HttpBody<Data = Bytes, Error: Into<Box<dyn Error + Send + Sync>>> + Unpin,
{
    let (mut first, mut all) = (Bytes::new(), BytesMut::new());
    while let Some(frame) = body.frame().await {
        match frame.map_err(Into::into)?.into_data() {
            Ok(piece) if !takes(piece.len()) => return Err(Shed::Content.into()),
            Ok(piece) if first.is_empty() && all.is_empty() => first = piece,
            Ok(piece) => {
                all.extend_from_slice(&std::mem::take(&mut first));
                all.extend_from_slice(&piece);
            }
            Err(_trailers) => {}
        }
    }
    Ok(if all.is_empty() { first } else { all.freeze() })
}

/// The content of a request: its bytes, or a file and what stands for it.
#[derive(Default)]
pub(super) struct Content {
    pub(super) bytes: Bytes,
    pub(super) spooled: Option<Spooled>,
}

impl From<Bytes> for Content {
    fn from(bytes: Bytes) -> Self {
        Self { bytes, spooled: None }
    }
}

/// Refuses content on a request for what no operation answers, as [`read_body`] does where an operation takes none.
pub(super) async fn refuse_content(
    settings: &Settings,
    headers: &HeaderMap,
    body: &mut Body,
    broken: &mut bool,
) -> Result<(), Problem> {
    let nothing = nothing(headers, body, broken);
    let read = Deadline::default().within(settings.deadline, nothing).await;
    read.unwrap_or_else(too_slow).map(drop)
}

/// Refuses content on a request that has none defined, however it is framed. Content of no bytes is none.
async fn nothing(
    headers: &HeaderMap,
    body: &mut Body,
    broken: &mut bool,
) -> Result<Bytes, Problem> {
    if weakened::is("content") || is_nothing(headers, body, broken).await? {
        return Ok(Bytes::new());
    }
    Err(Problem::new(&problem::MALFORMED).saying("the operation takes no content"))
}

/// Returns `true` for content of no bytes. Of other content the first piece may be gone.
async fn is_nothing(
    headers: &HeaderMap,
    body: &mut Body,
    broken: &mut bool,
) -> Result<bool, Problem> {
    if body.is_end_stream() {
        return Ok(true);
    }
    // It is as long as it says, so nobody waits for it.
    if headers.contains_key(header::CONTENT_LENGTH) {
        return Ok(false);
    }
    while let Some(frame) = body.frame().await {
        match frame {
            Ok(frame) if frame.data_ref().is_none_or(Bytes::is_empty) => {}
            Ok(_) => return Ok(false),
            Err(error) => {
                *broken = true;
                return Err(Problem::new(&problem::MALFORMED).because(error));
            }
        }
    }
    Ok(true)
}

/// The bytes of an unread body that a refusal waits for at least, and the time.
const DISCARDED: usize = 64 * 1024;
const DISCARDING: Duration = Duration::from_millis(250);
/// The time where the operation takes larger bodies than that.
const DISCARDING_MORE: Duration = Duration::from_secs(1);

/// Lets what a refused caller is still sending arrive, unread. A connection that is closed over it, or an
/// HTTP/2 stream that is reset, can take the answer down with it on the caller's side. A caller that waits
/// to be asked for the body (`Expect: 100-continue`) is not asked.
///
/// It is twice what the operation takes: who sends a picture that is somewhat too large is told so.
///
/// Returns `false` where more of it may follow.
pub(super) async fn discard(body: &mut Body, body_limit: usize) -> bool {
    if body.is_end_stream() {
        return true;
    }
    let most = body_limit.saturating_mul(2);
    let (most, time) =
        if most > DISCARDED { (most, DISCARDING_MORE) } else { (DISCARDED, DISCARDING) };
    let mut body = Limited::new(body, most);
    let rest = async {
        loop {
            match body.frame().await {
                Some(Ok(_frame)) => {}
                Some(Err(_)) => return false,
                None => return true,
            }
        }
    };
    tokio::time::timeout(time, rest).await.unwrap_or(false)
}

#[cfg(test)]
mod tests {
    use std::{convert::Infallible, sync::Arc};

    use futures_util::stream;
    use http_body::Frame;
    use http_body_util::StreamBody;

    use super::*;

    /// A piece of one byte that is counted as long as somebody has it.
    struct Piece {
        _held: Arc<()>,
    }

    impl AsRef<[u8]> for Piece {
        fn as_ref(&self) -> &[u8] {
            b"a"
        }
    }

    #[tokio::test]
    async fn pieces_of_a_body_are_not_kept() {
        let count = Arc::new(());
        let pieces = (0..1000).map(|_| {
            assert!(Arc::strong_count(&count) < 5, "pieces are kept until all are there");
            Ok::<_, Infallible>(Frame::data(Bytes::from_owner(Piece { _held: Arc::clone(&count) })))
        });
        let all = whole(StreamBody::new(stream::iter(pieces)), |_| true).await.expect("a body");
        assert_eq!(all, vec![b'a'; 1000]);
    }

    #[tokio::test]
    async fn a_body_of_one_piece_is_that_piece() {
        for sent in ["", "abc"] {
            let piece = Ok::<_, Infallible>(Frame::data(Bytes::from(sent)));
            let all =
                whole(StreamBody::new(stream::iter([piece])), |_| true).await.expect("a body");
            assert_eq!(all, sent);
        }
    }

    #[test]
    fn a_disk_that_is_full_is_for_a_while() {
        use io::ErrorKind::{NotFound, PermissionDenied, QuotaExceeded, StorageFull};
        let told = |kind: io::ErrorKind| unwritten(kind.into()).kind().uri();
        assert_eq!([StorageFull, QuotaExceeded].map(told), [problem::UNAVAILABLE.uri(); 2]);
        assert_eq!([NotFound, PermissionDenied].map(told), [problem::INTERNAL.uri(); 2]);
    }
}
