//! The answer to a repetition of what created something: that is loaded and permitted again, and shown through the view that fits the
//! caller by now.

use std::{future::Future, pin::Pin, sync::Arc};

use http::StatusCode;

use super::{Answered, Projection, reply::AnswerContext};
use crate::{
    error::{Problem, problem},
    input::Leaf,
    object::{Action, Authorized, Object, Reader},
    route::call::{Context, argument::loaded},
};

/// A future that is forgotten but for its output.
type Later<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// A function that loads an object by the text of its key, if its rule permits the caller to read it.
pub type Load<T> = for<'a> fn(&'a Context, &'a str) -> Later<'a, Result<Authorized<T>, Problem>>;

/// An answer that is made again.
pub type Again<'a> = Later<'a, Answered>;

pub(super) fn load<'a, T: Object>(
    context: &'a Context,
    key: &'a str,
) -> Later<'a, Result<Authorized<T>, Problem>> {
    Box::pin(async move {
        let unread = || Problem::new(&problem::IDEMPOTENCY_DONE).because("its key is none by now");
        let key = <T::Key as Leaf>::restored(key).map_err(|_| unread())?;
        let identity = Arc::clone(context.identity()?);
        let store = Reader::new(context.store::<T::Store>()?);
        loaded(&store, key, &identity, Action::Read).await
    })
}

/// Answers with what was created by an earlier request, as the caller may see it now.
///
/// # Errors
///
/// 404 where it is gone, or its rule denies it to the caller; 409 where it cannot be loaded by a key.
pub fn again<'a, R: 'static>(
    load: Option<Load<R>>,
    context: &'a Context,
    key: &'a str,
    arms: &'static [Projection<R>],
) -> Again<'a>
where
    Authorized<R>: Send,
{
    Box::pin(async move {
        let Some(load) = load else { return Err(unrepeated()) };
        let object = load(context, key).await?;
        AnswerContext::new(context, arms).one(StatusCode::CREATED, &object)
    })
}

/// Refuses a repetition of what nobody can load again.
pub(in crate::route::call) fn unrepeated() -> Problem {
    Problem::new(&problem::IDEMPOTENCY_DONE).because("what was created cannot be loaded again")
}
