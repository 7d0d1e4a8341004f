//! The types that show a resource: the resource itself, or an object with its proof.

use http::StatusCode;

use super::{Answered, Arms, Nothing, Proven, reply::AnswerContext};
use crate::{
    error::{Problem, problem, stage},
    object::{Authorized, Ref, Viewer},
    route::call::Context,
    view::Resource,
};

/// Something that shows one resource: the resource itself, by `#[derive(Resource)]`, or an object with its proof.
#[diagnostic::on_unimplemented(
    message = "SA702: `{Self}` cannot leave: it has no views",
    label = "not a resource",
    note = "return a type with `#[derive(Resource)]` and `#[view(…)]`, `Page<…>` in place of `Vec<…>`, or `NoContent`",
    note = "return `Book` in place of `Json<Book>`, `Page<Book>` in place of `Vec<Book>`, and `NoContent` in place of `Option<NoContent>` and `()`",
    note = "text and numbers are fields of a resource, bytes a `Download`, a status that of `Created`, `Accepted`, `NoContent`, `Redirect` or of an error; pages for people are served beside the API"
)]
pub trait Shown: Sized + 'static {
    /// The resource that is shown.
    #[doc(hidden)]
    type Resource: 'static;
    /// The type that comes without proof: an object here does not compile.
    #[doc(hidden)]
    type Bare;

    /// Returns these views. What is shown is asked here by its name alone, so that what is no resource is one error, in the words of
    /// this trait.
    #[doc(hidden)]
    fn arms(arms: Arms<Self>) -> Arms<Self> {
        arms
    }

    /// Returns the resource, if it may still leave to this viewer.
    #[doc(hidden)]
    fn shown(&self, viewer: Viewer<'_>) -> Option<&Self::Resource>;

    /// Returns the same, where it is not said to be new.
    #[doc(hidden)]
    fn read(&self, viewer: Viewer<'_>) -> Option<&Self::Resource> {
        self.shown(viewer)
    }

    /// Returns the same, where it is said to be new.
    #[doc(hidden)]
    fn created(&self, viewer: Viewer<'_>) -> Option<&Self::Resource> {
        self.shown(viewer)
    }
}

/// Answers with one resource, as it may be read.
///
/// # Errors
///
/// 404 where its proof no longer holds.
pub fn one<S: Shown>(shown: &S, context: &Context, arms: Arms<S>) -> Answered {
    let resource = shown.read(context.identity.as_ref()).ok_or_else(denied)?;
    AnswerContext::new(context, arms).one(StatusCode::OK, resource)
}

/// Answers with one resource that was created.
///
/// # Errors
///
/// 403 where its rule denies the caller to create it.
pub(super) fn one_created<S: Shown>(shown: &S, context: &Context, arms: Arms<S>) -> Answered {
    let resource = shown.created(context.identity.as_ref()).ok_or_else(uncreated)?;
    AnswerContext::new(context, arms).one(StatusCode::CREATED, resource)
}

/// Refuses what its caller may not create.
pub(super) fn uncreated() -> Problem {
    Problem::new(&problem::FORBIDDEN)
        .at(stage::OBJECTS)
        .because("the object's rule denies the caller to create it")
}

/// Refuses a proof that no longer holds, as if nothing were there.
pub(super) fn denied() -> Problem {
    Problem::new(&problem::NOT_FOUND).event("authz_fail").because(
        "the object's rule denies it to the caller as it is now, or another caller has its proof",
    )
}

#[diagnostic::do_not_recommend]
impl<T: Resource> Shown for Authorized<T> {
    type Resource = T;
    type Bare = Proven;

    fn shown(&self, viewer: Viewer<'_>) -> Option<&T> {
        self.still_permitted(viewer).then_some(&**self)
    }

    fn read(&self, viewer: Viewer<'_>) -> Option<&T> {
        self.may_be_read(viewer).then_some(&**self)
    }

    fn created(&self, viewer: Viewer<'_>) -> Option<&T> {
        self.may_be_created(viewer).then_some(&**self)
    }
}

#[diagnostic::do_not_recommend]
impl<T: Resource, A: 'static> Shown for Ref<T, A> {
    type Resource = T;
    type Bare = Proven;

    fn shown(&self, viewer: Viewer<'_>) -> Option<&T> {
        Authorized::shown(self, viewer)
    }

    fn read(&self, viewer: Viewer<'_>) -> Option<&T> {
        Authorized::read(self, viewer)
    }

    fn created(&self, viewer: Viewer<'_>) -> Option<&T> {
        Authorized::created(self, viewer)
    }
}

#[diagnostic::do_not_recommend]
impl Shown for Nothing {
    type Resource = Self;
    type Bare = Proven;

    fn shown(&self, _: Viewer<'_>) -> Option<&Self> {
        None
    }
}
