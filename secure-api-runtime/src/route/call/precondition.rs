//! `if_match`: a change is made only to the state that its caller has seen (RFC 9110, section 13.1.1).

use super::{Context, Nothing, Projection, answer, condition::Selected, etag};
use crate::{
    error::{Problem, problem},
    object::{Action, Authorized},
    route::facts::{Endpoint, Route},
    view::Fields,
};

/// The fallback for a route that shows nothing, in scope where a route is named that shows something. A route has a
/// constant of this name of its own, which wins over this one; of any other type the compiler says what [`Endpoint`]
/// says.
pub trait NotShown {
    /// One route, and its views.
    const _SECURE_API_SHOWN: Showing<Nothing>;
}

impl<E: Endpoint> NotShown for E {
    const _SECURE_API_SHOWN: Showing<Nothing> = Showing::new(E::ROUTE, &[]);
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

/// A route, and the views that it shows an `R` through.
pub struct Showing<R: 'static> {
    route: &'static Route,
    arms: &'static [Projection<R>],
}

/// The same of a route whose declaration has mistakes: nobody knows what it shows, so it fits everything.
pub struct ShowingUnknown;

impl<R> Showing<R> {
    /// Joins a route and its views.
    pub const fn new(route: &'static Route, arms: &'static [Projection<R>]) -> Self {
        Self { route, arms }
    }

    /// Returns the route.
    pub const fn route(&self) -> &'static Route {
        self.route
    }

    /// Refuses a request whose conditions do not hold for what the caller would read now. Called by generated code.
    ///
    /// # Errors
    ///
    /// 412 where `If-Match` names another state. Who may not read the object has no tag of it.
    pub fn if_match<A: ShownAs<R>>(&self, object: &A, context: &Context) -> Result<(), Problem> {
        let selected = match object.seen() {
            Some(object) => {
                let project = answer::projection(context, self.arms, object)?;
                let mut output = context.output(256);
                Fields::object(&mut output, |fields| project(object, fields));
                Selected::Tagged(etag::of(&output.into_bytes()?))
            }
            None => Selected::Unknown,
        };
        context.conditions.of_change(&context.headers, &selected)
    }
}

impl ShowingUnknown {
    /// Returns a route of which nothing is known.
    pub const fn route(&self) -> &'static Route {
        &Route::UNSTATED
    }

    /// Refuses every request. A program with such a route does not compile.
    pub fn if_match<A>(&self, _: &A, _: &Context) -> Result<(), Problem> {
        Err(Problem::new(&problem::INTERNAL).because("the route has mistakes"))
    }
}
