//! The pages of the desk: a path, and what answers a GET there.

use std::{fmt, sync::Arc};

use bytes::Bytes;
use futures_util::future::BoxFuture;
use http::{HeaderValue, StatusCode};

use crate::rendered::Rendered;

/// One page of the desk.
#[derive(Clone)]
pub(crate) struct Page {
    pub(super) path: &'static str,
    /// `true` if it is for whoever reaches the socket, with credentials or without: probes have none.
    pub(super) open: bool,
    pub(super) answers: Answers,
}

/// The function that answers a page.
type Answers = Arc<dyn Fn(Asked) -> BoxFuture<'static, Told> + Send + Sync>;

/// The answer of a page. The fields that all have are added where it leaves.
pub(crate) type Told = Rendered;

/// A request that passed the guard.
#[derive(Debug)]
pub(crate) struct Asked {
    /// `true` if it comes from this machine.
    pub(crate) is_local: bool,
}

impl Page {
    /// Creates a page that is read.
    pub(crate) fn read(
        path: &'static str,
        answers: impl Fn(Asked) -> BoxFuture<'static, Told> + Send + Sync + 'static,
    ) -> Self {
        Self { path, open: false, answers: Arc::new(answers) }
    }

    /// Opens it to whoever reaches the socket.
    pub(crate) fn open(self) -> Self {
        Self { open: true, ..self }
    }
}

/// Makes an answer of text.
pub(crate) fn plain(status: StatusCode, media: &'static str, text: impl Into<Bytes>) -> Told {
    Rendered::of(status, HeaderValue::from_static(media), text.into())
}

impl fmt::Debug for Page {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Page").field(&self.path).finish()
    }
}
