//! `if_match`: a change is made only to the state that its caller has seen (RFC 9110, section 13.1.1).

use super::{Arm, Context, answer, etag};
use crate::{
    error::{Problem, problem},
    object::{Action, Authorized},
    view::{Fields, Output},
};

/// A route that shows a resource of type `R`, with the views it shows it through. Each `#[get]` is one.
#[diagnostic::on_unimplemented(
    message = "SA804: `{Self}` does not show a `{R}`",
    label = "no representation of what is changed",
    note = "name the `#[get]` route that shows this object: `if_match = get_order`"
)]
pub trait Represents<R: 'static>: Shows<Resource = R> {}

/// What a route shows. Apart from [`Represents`], so that a result that has no views is one error and not two.
pub trait Shows {
    /// The resource.
    type Resource: 'static;

    /// Its views.
    const ARMS: &'static [Arm<Self::Resource>];
}

/// An object that the route `E` shows, so that its tag can be compared with the one that the caller has.
#[diagnostic::on_unimplemented(
    message = "SA806: `{Self}` is nothing that can have changed since it was read",
    label = "nothing to compare a tag with",
    note = "take the object that the path names as `Authorized<…>`"
)]
pub trait RepresentedBy<E> {
    /// Refuses a request whose `If-Match` does not name what the caller would read now.
    ///
    /// # Errors
    ///
    /// 428 without the header, 412 where it names another state. Who may not read the object has no tag of it.
    fn check_if_match(&self, context: &Context) -> Result<(), Problem>;
}

impl<T: 'static, E: Represents<T>> RepresentedBy<E> for Authorized<T> {
    fn check_if_match(&self, context: &Context) -> Result<(), Problem> {
        let changed = |why: &'static str| Problem::new(&problem::PRECONDITION_FAILED).because(why);
        if !self.allows(Action::Read) {
            return Err(changed("the caller may not read the object, so it has no tag of it"));
        }
        let project = answer::projection(context, E::ARMS)?;
        let mut output = Output::new(context.version_index, 256);
        Fields::object(&mut output, |fields| project(self, fields));
        match etag::is_matched(&context.headers, &etag::of(&output.into_bytes())) {
            Some(true) => Ok(()),
            Some(false) => Err(changed("the object is not in the state that If-Match names")),
            None => Err(Problem::new(&problem::PRECONDITION_REQUIRED)),
        }
    }
}
