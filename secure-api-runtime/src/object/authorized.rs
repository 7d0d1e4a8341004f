//! The proof that a caller may act on an object, and the denial of it.

use std::{any::type_name, fmt, ops::Deref, sync::Arc};

use super::{Action, Object, Refused, may};
use crate::{
    error::{ApiError, Problem, ProblemType, problem, stage},
    identity::{Caller, Identity},
};

/// The caller that an answer goes to. There is none where nobody had to say who is calling.
pub type Viewer<'a> = Option<&'a Arc<Identity>>;

/// An object that was loaded and that the caller is permitted to act on: the proof a result needs. It proves nothing to
/// another caller, whose answer does not show it.
///
/// It cannot be made by hand: a handler gets one for a path parameter, or a page of them from [`Scoped`](super::Scoped).
#[derive(Debug)]
pub struct Authorized<T> {
    object: T,
    identity: Arc<Identity>,
    action: Action,
    permits: fn(&T, &Arc<Identity>, Action) -> bool,
    replaced: bool,
}

impl<T: Object> Authorized<T> {
    /// Proves that the caller may act on an object, if the rule permits.
    pub(crate) fn prove(
        object: T,
        identity: &Arc<Identity>,
        action: Action,
    ) -> Result<Self, Refused> {
        may(&object, identity, action)?;
        let permits: fn(&T, &Arc<Identity>, Action) -> bool =
            |object, identity, action| may(object, identity, action).is_ok();
        Ok(Self { object, identity: Arc::clone(identity), action, permits, replaced: false })
    }

    /// Returns a new object with the proof that its caller may create it. It is called before the object is stored, and is
    /// the only way to [`Created`](crate::route::Created) of an object.
    ///
    /// # Errors
    ///
    /// Where the object's rule denies it, or it is of another tenant than the caller: 403, and an event in the security log.
    ///
    /// ```
    /// # use secure_api::prelude::*;
    /// fn checked<T: Object>(new: T, caller: &Caller<T::Roles>) -> Result<Authorized<T>, Denied> {
    ///     Authorized::create(new, caller)
    /// }
    /// ```
    pub fn create(object: T, caller: &Caller<T::Roles>) -> Result<Self, Denied> {
        Self::prove(object, caller.shared_identity(), Action::Create)
            .map_err(|_refused| Denied { object: type_name::<T>(), action: Action::Create })
    }

    /// Returns the action that its rule permitted, by the verb of the route and the parameter's place in the path.
    pub fn action(&self) -> Action {
        self.action
    }

    /// Asks for another action: a function that changes what it is given does not rely on the route that called it, which
    /// may have been a GET. The rule is asked as the object is now, unless it has permitted just that.
    ///
    /// # Errors
    ///
    /// Where the object's rule denies it: 403.
    ///
    /// ```
    /// # use secure_api::prelude::*;
    /// fn cancel<T: Object>(order: &Authorized<T>) -> Result<(), Denied> {
    ///     order.require(Action::Update)?;
    ///     // …
    ///     Ok(())
    /// }
    /// ```
    pub fn require(&self, action: Action) -> Result<(), Denied> {
        if (action == self.action && !self.replaced) || self.allows(action) {
            return Ok(());
        }
        Err(Denied { object: type_name::<T>(), action })
    }

    /// Returns the object without its proof, to take it apart. It cannot be returned any more.
    pub fn into_inner(self) -> T {
        self.object
    }

    /// Returns the object in its new state, to answer with after a change. The rule is asked again before it leaves, so
    /// another's object cannot be put in its place.
    #[must_use]
    pub fn replace(self, object: T) -> Self {
        Self { object, replaced: true, ..self }
    }

    /// Returns the object in a new state made from the old one, to answer with after a change. The rule is asked again
    /// before it leaves.
    #[must_use]
    pub fn map(self, change: impl FnOnce(T) -> T) -> Self {
        Self { object: change(self.object), replaced: true, ..self }
    }
}

impl<T> Authorized<T> {
    /// Returns `true` if the object's rule permits another action to the caller.
    pub(crate) fn allows(&self, action: Action) -> bool {
        (self.permits)(&self.object, &self.identity, action)
    }

    /// Returns `true` if this is the proof of an object to be created.
    fn is_created(&self) -> bool {
        self.action == Action::Create
    }

    /// Returns `true` if it may leave to a viewer where it is said to be new: an object that was loaded for something else
    /// is asked once more.
    pub(crate) fn may_be_created(&self, viewer: Viewer<'_>) -> bool {
        self.still_permitted(viewer) && (self.is_created() || self.allows(Action::Create))
    }

    /// Returns `true` if the object may be shown to a viewer by an answer that does not say it is new. Who may create
    /// something need not be allowed to read it, and whatever was loaded can be called new.
    pub(crate) fn may_be_read(&self, viewer: Viewer<'_>) -> bool {
        self.still_permitted(viewer) && (!self.is_created() || self.allows(Action::Read))
    }

    /// Returns `true` if the viewer is the one that it was proven for, and the object is still permitted as it is now. A
    /// handler can put a proof away where the handler of another caller finds it. The proof brings the rule along, so a
    /// result needs no bound for it.
    pub(crate) fn still_permitted(&self, viewer: Viewer<'_>) -> bool {
        viewer.is_some_and(|viewer| Arc::ptr_eq(viewer, &self.identity))
            && (!self.replaced || (self.permits)(&self.object, &self.identity, self.action))
    }
}

impl<T> Deref for Authorized<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.object
    }
}

/// A denial of an object's rule to its caller, by [`Authorized::create`] or [`Authorized::require`]. As an error it is 403;
/// the log has the object's type and the action.
///
/// It is no `std::error::Error`: `?` would turn any of those into a [`StoreError`](super::StoreError), which is 503. A
/// handler's error has a variant for it: `#[problem(transparent)] Denied(Denied)`.
#[derive(Debug, Clone, Copy)]
pub struct Denied {
    object: &'static str,
    action: Action,
}

impl fmt::Display for Denied {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { object, action } = self;
        write!(f, "the rule of {object} denies the caller to {} it", action.as_str())
    }
}

#[diagnostic::do_not_recommend]
impl ApiError for Denied {
    fn problems() -> Vec<&'static ProblemType> {
        vec![&problem::FORBIDDEN]
    }

    fn into_problem(self) -> Problem {
        Problem::new(&problem::FORBIDDEN).at(stage::OBJECTS).because(self.to_string())
    }
}
