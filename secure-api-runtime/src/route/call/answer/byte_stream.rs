//! Bytes as an answer that are made while they are sent, bounded in number and in time.

use std::{convert::Infallible, error::Error, fmt};

use bytes::{Bytes, BytesMut};
use futures_util::{Stream, StreamExt, TryStreamExt, stream::BoxStream};
use http::{HeaderValue, StatusCode, header};
use tokio::io::{AsyncRead, AsyncReadExt};

use super::{Answer, Answered, Arms, Nothing, Outcome, download::disposition};
use crate::{
    error::{Problem, problem},
    rendered::{ContentForm, OpenContent, Piece, Rendered},
    route::{
        call::Context,
        facts::{AnswerInfo, Content},
    },
    value::SafeFileName,
    verb::Verb,
};

/// The bytes that are read at one time.
const PIECE: usize = 64 * 1024;

/// 200 with bytes that are made while they are sent, of the media type that the route states by `media_type = "…"`: at most `MOST` of
/// them, within `lasts`, an hour where the route states nothing else.
///
/// Nobody holds more than a piece of them. What fails in the middle, has more than `MOST` bytes, takes too long, or is of a caller whose
/// credentials end meanwhile, breaks off: the connection ends without the end of the content, so that no part looks as if it were all,
/// and the log says why. They are to be kept and not shown, as `Content-Disposition: attachment` says. They have no length, no entity
/// tag and no ranges; what has, and fits into memory, is a [`Download`](super::Download).
///
/// ```
/// # mod app {
/// use secure_api::{prelude::*, route::ByteStream};
/// # #[derive(Role)] pub enum Role { Member }
/// # #[derive(Version)] pub enum Version { V1 }
///
/// /// Sends the archive.
/// #[get("/archive", version = Version::V1.., role = Role::Member, media_type = "application/zip",
///       open = 1, lasts = Duration::from_secs(600))]
/// pub async fn archive() -> Result<ByteStream<1_000_000_000>, StoreError> {
///     let file = tokio::fs::File::open("archive.zip").await?;
///     Ok(ByteStream::reading(file).named("archive.zip".parse()?))
/// }
/// # }
/// ```
pub struct ByteStream<const MOST: usize> {
    pieces: BoxStream<'static, Piece>,
    name: Option<SafeFileName>,
}

impl<const MOST: usize> ByteStream<MOST> {
    /// Answers with the pieces of a stream, until it ends or fails.
    pub fn new<B, E>(pieces: impl Stream<Item = Result<B, E>> + Send + 'static) -> Self
    where
        B: Into<Bytes> + 'static,
        E: Into<Box<dyn Error + Send + Sync>> + 'static,
    {
        Self { pieces: pieces.map_ok(Into::into).map_err(Into::into).boxed(), name: None }
    }

    /// Answers with what a reader has, as a file.
    pub fn reading(reader: impl AsyncRead + Send + 'static) -> Self {
        let pieces = futures_util::stream::try_unfold(Box::pin(reader), async |mut reader| {
            let mut piece = BytesMut::with_capacity(PIECE);
            let read = reader.read_buf(&mut piece).await?;
            Ok::<_, std::io::Error>((read > 0).then(|| (piece.freeze(), reader)))
        });
        Self::new(pieces)
    }

    /// Adds the name under which the caller is to keep them.
    #[must_use]
    pub fn named(mut self, name: SafeFileName) -> Self {
        self.name = Some(name);
        self
    }
}

impl<const MOST: usize> Outcome for ByteStream<MOST> {
    type Success = Self;
    type Error = Infallible;

    fn result(self) -> Result<Self, Infallible> {
        Ok(self)
    }
}

impl<const MOST: usize> Answer for ByteStream<MOST> {
    type Inner = Nothing;
    const INFO: AnswerInfo =
        AnswerInfo::new("`ByteStream`", &[Verb::Get, Verb::Query], 200, Content::Stream(MOST));

    fn answer(self, context: &Context, _: Arms<Nothing>) -> Answered {
        let Self { pieces, name } = self;
        let mut left = MOST;
        let pieces = pieces.map(move |piece| {
            let piece = piece?;
            left = left.checked_sub(piece.len()).ok_or_else(|| {
                format!("the answer has more bytes than its type has room for: {MOST}")
            })?;
            Ok(piece)
        });
        let internal = |why: &'static str| Problem::new(&problem::INTERNAL).because(why);
        let stated = context.route.options.media_type;
        let stated = stated.ok_or_else(|| internal("the route states no media type"))?;
        let disposition = HeaderValue::from_str(&disposition(false, name.as_ref()))
            .map_err(|_| internal("the name is none of a header field"))?;
        let content = OpenContent { pieces: pieces.boxed(), form: ContentForm::Whole, held: None };
        let media = HeaderValue::from_static(stated);
        let mut rendered = Rendered::of(StatusCode::OK, media, Bytes::new()).flowing(content);
        rendered.field(header::CONTENT_DISPOSITION, disposition);
        Ok(rendered)
    }
}

impl<const MOST: usize> fmt::Debug for ByteStream<MOST> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ByteStream").field("name", &self.name).finish_non_exhaustive()
    }
}
