//! The pages of the desk: a path, and what answers a GET or a form there.

use std::{fmt, sync::Arc};

use bytes::Bytes;
use futures_util::future::BoxFuture;
use http::{HeaderValue, Method, StatusCode};

use super::{Asker, Form};
use crate::rendered::Rendered;

/// One page of the desk.
#[derive(Clone)]
pub(crate) struct Page {
    pub(super) path: &'static str,
    /// `true` if it is for whoever reaches the socket, with credentials or without: probes have none.
    pub(super) open: bool,
    /// `true` if it takes a form, and does what that says.
    pub(super) acts: bool,
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
    /// The one who asks.
    pub(crate) asker: Asker,
    /// The form that was sent; an empty one where the page is read.
    pub(crate) form: Form,
}

impl Page {
    /// Creates a page that is read.
    pub(crate) fn read(
        path: &'static str,
        answers: impl Fn(Asked) -> BoxFuture<'static, Told> + Send + Sync + 'static,
    ) -> Self {
        Self { path, open: false, acts: false, answers: Arc::new(answers) }
    }

    /// Creates a page that takes a form.
    pub(crate) fn act(
        path: &'static str,
        answers: impl Fn(Asked) -> BoxFuture<'static, Told> + Send + Sync + 'static,
    ) -> Self {
        Self { acts: true, ..Self::read(path, answers) }
    }

    /// Opens it to whoever reaches the socket.
    pub(crate) fn open(self) -> Self {
        Self { open: true, ..self }
    }

    /// Returns the methods that it is asked by, if this is none of them.
    pub(super) fn lacks(&self, method: &Method) -> Option<HeaderValue> {
        let (is_one, all) = match self.acts {
            true => (*method == Method::POST, "POST"),
            false => (*method == Method::GET || *method == Method::HEAD, "GET, HEAD"),
        };
        (!is_one).then_some(HeaderValue::from_static(all))
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
