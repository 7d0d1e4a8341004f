//! Arguments between their two steps: decoded, and not resolved.

use std::{
    fmt,
    future::Future,
    pin::Pin,
    task::{Context, Poll},
};

use crate::{error::Problem, route::call::Step};

/// An argument `A` that was decoded from its request. Awaiting it resolves it: an object is asked of its store, and its
/// rule of the caller.
///
/// It names `A` and nothing that depends on what `A` is. So a route can name and await it without asking once more
/// whether `A` is an argument: the compiler reports each place that asks, and a mistake is to be one error. An argument
/// that is there at once allocates nothing.
pub struct Decoded<A>(State<A>);

enum State<A> {
    Now(Option<A>),
    Later(Pin<Box<dyn Future<Output = Result<A, Problem>> + Send>>),
}

impl<A> Decoded<A> {
    /// Creates an argument that nothing has to be looked up for.
    pub(crate) fn now(argument: A) -> Self {
        Self(State::Now(Some(argument)))
    }

    /// Creates an argument that is looked up when this is awaited, and not before.
    pub(crate) fn later(
        argument: impl Future<Output = Result<A, Problem>> + Send + 'static,
    ) -> Self {
        Self(State::Later(Box::pin(argument)))
    }
}

// Nothing in it is pinned in place: a future that waits is in a box.
impl<A> Unpin for Decoded<A> {}

impl<A> Future for Decoded<A> {
    type Output = Result<A, Problem>;

    fn poll(mut self: Pin<&mut Self>, task: &mut Context<'_>) -> Poll<Self::Output> {
        match &mut self.0 {
            // Nobody polls a future that was ready; one that is polled all the same stays pending.
            State::Now(argument) => {
                argument.take().map_or(Poll::Pending, |argument| Poll::Ready(Ok(argument)))
            }
            State::Later(argument) => argument.as_mut().poll(task),
        }
    }
}

impl<A> fmt::Debug for Decoded<A> {
    fn fmt(&self, output: &mut fmt::Formatter<'_>) -> fmt::Result {
        output.write_str("Decoded")
    }
}

/// The arguments of a handler: a list of any length, each in a pair with those that follow it.
///
/// The routes of an API write no code for this step, which is the same for all.
pub trait Arguments: Send + Sized {
    /// The arguments, decoded.
    type Decoded: Send + 'static;

    /// Resolves every argument in its order: an object is loaded, and its rule asked.
    fn resolve(decoded: Self::Decoded) -> impl Future<Output = Step<Self>> + Send;
}

impl Arguments for () {
    type Decoded = ();

    async fn resolve((): ()) -> Step<()> {
        Ok(())
    }
}

impl<A: Send + 'static, Others: Arguments> Arguments for (A, Others) {
    type Decoded = (Decoded<A>, Others::Decoded);

    async fn resolve((first, others): Self::Decoded) -> Step<Self> {
        Ok((first.await?, Others::resolve(others).await?))
    }
}
