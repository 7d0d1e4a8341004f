//! An argument while it is looked up: most are there at once, an object is asked of its store.

use std::{
    fmt,
    future::Future,
    pin::Pin,
    task::{Context, Poll},
};

use crate::error::Problem;

/// What becomes the argument `A`, or the reason why there is none.
///
/// It names `A` and nothing that depends on what `A` is. So a route awaits it without asking once more whether `A` is an
/// argument: with incremental compilation, the compiler takes what is asked at an `.await` for another mistake than the
/// same one beside it, and tells both. What is there at once takes no memory of its own.
pub struct Resolving<'c, A>(State<'c, A>);

enum State<'c, A> {
    Now(Option<Result<A, Problem>>),
    Later(Pin<Box<dyn Future<Output = Result<A, Problem>> + Send + 'c>>),
}

impl<'c, A> Resolving<'c, A> {
    /// What nobody has to wait for.
    pub(crate) fn now(argument: Result<A, Problem>) -> Self {
        Self(State::Now(Some(argument)))
    }

    /// What has to be waited for.
    pub(crate) fn later(argument: impl Future<Output = Result<A, Problem>> + Send + 'c) -> Self {
        Self(State::Later(Box::pin(argument)))
    }
}

// Nothing in it is pinned in place: what waits is in a box.
impl<A> Unpin for Resolving<'_, A> {}

impl<A> Future for Resolving<'_, A> {
    type Output = Result<A, Problem>;

    fn poll(mut self: Pin<&mut Self>, task: &mut Context<'_>) -> Poll<Self::Output> {
        match &mut self.0 {
            // Nobody polls a future that was ready; one that is polled all the same waits.
            State::Now(argument) => argument.take().map_or(Poll::Pending, Poll::Ready),
            State::Later(argument) => argument.as_mut().poll(task),
        }
    }
}

impl<A> fmt::Debug for Resolving<'_, A> {
    fn fmt(&self, output: &mut fmt::Formatter<'_>) -> fmt::Result {
        output.write_str("Resolving")
    }
}
