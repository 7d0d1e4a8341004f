//! Arguments between their two steps: decoded, and not resolved.

use std::{
    fmt,
    future::Future,
    pin::Pin,
    task::{Context, Poll, ready},
};

use crate::{
    error::{Problem, problem},
    route::call::Step,
};

/// An argument `A` that was decoded from its request. Resolving it asks a store for an object, and its rule of the caller.
///
/// It names `A` and nothing that depends on what `A` is. So a route can name and resolve it without asking once more
/// whether `A` is an argument: the compiler reports each place that asks, and a mistake is to be one error. An argument
/// that is there at once allocates nothing.
pub struct Decoded<A>(State<A>);

enum State<A> {
    Now(A),
    Later(Pin<Box<dyn Future<Output = Step<A>> + Send>>),
}

impl<A> Decoded<A> {
    /// Creates an argument that nothing has to be looked up for.
    pub(crate) fn now(argument: A) -> Self {
        Self(State::Now(argument))
    }

    /// Creates an argument that is looked up when it is resolved, and not before.
    pub(crate) fn later(argument: impl Future<Output = Step<A>> + Send + 'static) -> Self {
        Self(State::Later(Box::pin(argument)))
    }

    /// Resolves the argument in its place.
    fn poll(&mut self, task: &mut Context<'_>) -> Poll<Step<()>> {
        if let State::Later(argument) = &mut self.0 {
            *self = Self::now(ready!(argument.as_mut().poll(task))?);
        }
        Poll::Ready(Ok(()))
    }

    /// Takes the argument, which was resolved.
    fn taken(self) -> Step<A> {
        match self.0 {
            State::Now(argument) => Ok(argument),
            State::Later(_) => {
                Err(Problem::new(&problem::INTERNAL).because("an argument was not resolved"))
            }
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
/// The routes of an API write no code for this step, which is the same for all. Arguments are resolved where they lie: a future for
/// each pair would hold every argument several times, and be moved with them.
pub trait Arguments: Send + Sized {
    /// The arguments, decoded.
    type Decoded: Send + 'static;

    /// Resolves every argument in its order: an object is loaded, and its rule asked.
    fn poll(decoded: &mut Self::Decoded, task: &mut Context<'_>) -> Poll<Step<()>>;

    /// Takes the arguments, once all are resolved.
    fn taken(decoded: Self::Decoded) -> Step<Self>;
}

impl Arguments for () {
    type Decoded = ();

    fn poll((): &mut (), _: &mut Context<'_>) -> Poll<Step<()>> {
        Poll::Ready(Ok(()))
    }

    fn taken((): ()) -> Step<()> {
        Ok(())
    }
}

impl<A: Send + 'static, Others: Arguments> Arguments for (A, Others) {
    type Decoded = (Decoded<A>, Others::Decoded);

    fn poll((first, others): &mut Self::Decoded, task: &mut Context<'_>) -> Poll<Step<()>> {
        ready!(first.poll(task))?;
        Others::poll(others, task)
    }

    fn taken((first, others): Self::Decoded) -> Step<Self> {
        Ok((first.taken()?, Others::taken(others)?))
    }
}
