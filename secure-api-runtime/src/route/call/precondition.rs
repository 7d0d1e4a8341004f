//! `if_match`: a change is made only to the state that its caller has seen (RFC 9110, section 13.1.1).

use super::{Context, Nothing, Projection, answer, etag};
use crate::{
    error::{Problem, problem},
    object::{Action, Authorized},
    route::facts::{Endpoint, Route},
    view::{Fields, Output},
};

/// The fallback for a route that shows nothing, in scope where a route is named that shows something. A route has a
/// constant of this name of its own, which wins over this one; of any other type the compiler says what [`Endpoint`]
/// says.
pub trait NotShown {
    /// One route, and its views.
    const _SECURE_API_SHOWN: (&'static Route, &'static [Projection<Nothing>]);
}

impl<E: Endpoint> NotShown for E {
    const _SECURE_API_SHOWN: (&'static Route, &'static [Projection<Nothing>]) = (E::ROUTE, &[]);
}

/// A type that is shown through views of `R`, so that its tag can be compared with the caller's.
#[diagnostic::on_unimplemented(
    message = "SA804: `if_match` names a route that shows `{R}`, and this is about `{Self}`",
    label = "no representation of what is changed",
    note = "name the `#[get]` route that shows the object of the path, which is taken as `Authorized<…>`"
)]
pub trait ShownAs<R> {
    /// Returns the shown value, if the caller may read it.
    fn seen(&self) -> Option<&R>;
}

impl<T> ShownAs<T> for Authorized<T> {
    fn seen(&self) -> Option<&T> {
        self.allows(Action::Read).then_some(&**self)
    }
}

/// Refuses a request whose `If-Match` does not name what the caller would read now. Called by generated code.
///
/// # Errors
///
/// 428 without the header, 412 where it names another state. Who may not read the object has no tag of it.
pub fn if_match<R, A: ShownAs<R>>(
    (_, arms): (&'static Route, &'static [Projection<R>]),
    object: &A,
    context: &Context,
) -> Result<(), Problem> {
    let changed = |why: &'static str| Problem::new(&problem::PRECONDITION_FAILED).because(why);
    let unread = || changed("the caller may not read the object, so it has no tag of it");
    let object = object.seen().ok_or_else(unread)?;
    let project = answer::projection(context, arms, object)?;
    let mut output = Output::new(context.version_index, 256);
    Fields::object(&mut output, |fields| project(object, fields));
    match etag::is_matched(&context.headers, &etag::of(&output.into_bytes()?)) {
        Some(true) => Ok(()),
        Some(false) => Err(changed("the object is not in the state that If-Match names")),
        None => Err(Problem::new(&problem::PRECONDITION_REQUIRED)),
    }
}
