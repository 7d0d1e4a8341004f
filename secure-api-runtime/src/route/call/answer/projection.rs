//! The projection of a resource for one caller: through the first view of the route that fits.

use crate::{
    error::{Problem, problem},
    identity::{CallerId, Identity},
    object::owns,
    role::RoleSet,
    route::{
        call::Context,
        facts::{ShownTo, ViewUse},
    },
    view::{Fields, View, ViewOf},
};

/// A view and whom it is for, on one route.
pub struct Projection<R> {
    /// The same as plain data.
    #[doc(hidden)]
    pub used: ViewUse,
    /// The owner, for an arm `mine`.
    owner: OwnerOf<R>,
    pub(super) project: fn(&R, &mut Fields<'_>),
}

/// The function that says who owns an object, where there is one.
pub(super) type OwnerOf<R> = Option<fn(&R) -> Option<&CallerId>>;

impl<R> Projection<R> {
    /// Creates a view of `R`, for those of whom the route admits that have one of these roles; `None` is all the rest.
    #[doc(hidden)]
    pub const fn of<V: ViewOf<R>>(admits: Option<RoleSet>) -> Self {
        let to = match admits {
            Some(roles) => ShownTo::Roles(roles),
            None => ShownTo::Rest,
        };
        let used = ViewUse { to, view: <V as View>::INFO };
        Self { used, owner: None, project: <V as View>::project }
    }

    /// Creates a view of `R`, for the caller that owns it.
    #[doc(hidden)]
    pub const fn mine<V: ViewOf<R>>(owner: OwnerOf<R>) -> Self {
        let used = ViewUse { to: ShownTo::Owner, view: <V as View>::INFO };
        Self { used, owner, project: <V as View>::project }
    }

    /// Returns true where it is for this caller, shown this resource.
    fn fits(&self, resource: &R, identity: Option<&Identity>) -> bool {
        let roles = identity.map_or(0, Identity::roles);
        let owner = owns(self.owner, resource, identity);
        self.used.to.admits(roles, owner)
    }
}

/// Returns the projection of this very resource for this caller. The first arm that fits wins; none does only if nobody
/// was asked.
pub(in crate::route::call) fn projection<R>(
    context: &Context,
    arms: &'static [Projection<R>],
    resource: &R,
) -> Result<fn(&R, &mut Fields<'_>), Problem> {
    fitting(context, arms, resource).map(|arm| arm.project)
}

pub(super) fn fitting<R>(
    context: &Context,
    arms: &'static [Projection<R>],
    resource: &R,
) -> Result<&'static Projection<R>, Problem> {
    fitting_of(context.identity.as_deref(), arms, resource)
}

/// Returns the same for this caller.
pub(super) fn fitting_of<R>(
    identity: Option<&Identity>,
    arms: &'static [Projection<R>],
    resource: &R,
) -> Result<&'static Projection<R>, Problem> {
    let arm = arms.iter().find(|arm| arm.fits(resource, identity) || crate::weakened::is("view"));
    arm.ok_or_else(|| Problem::new(&problem::FORBIDDEN).because("no view fits the caller"))
}
