//! The types that show a resource: the resource itself, or an object with its proof.

use http::StatusCode;

use super::{AnswerForm, Answered, Nothing, Projection, Proven, reply::AnswerContext};
use crate::{
    error::{Problem, problem},
    object::{Authorized, Ref, Viewer},
    rendered::Rendered,
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

    /// Makes the response of an answer that shows this.
    #[doc(hidden)]
    fn answer(
        form: AnswerForm<Self>,
        context: &Context,
        arms: &'static [Projection<Self::Resource>],
    ) -> Answered {
        let reply = AnswerContext::new(context, arms);
        let viewer = context.identity.as_ref();
        match form {
            AnswerForm::One(one) | AnswerForm::Maybe(Some(one)) => {
                reply.one(StatusCode::OK, one.read(viewer).ok_or_else(denied)?)
            }
            AnswerForm::Maybe(None) => {
                Err(Problem::new(&problem::NOT_FOUND).because("the handler found nothing"))
            }
            AnswerForm::Page(page) => {
                let next = page.next.cursor()?;
                let shown = page.items.iter().filter_map(|item| item.read(viewer));
                reply.page(shown, next, page.total)
            }
            AnswerForm::Free(text, depth) => reply.free(&text, depth),
            AnswerForm::Array(items, most) => {
                reply.array(items.iter().map(|item| item.read(viewer)), most)
            }
            AnswerForm::Scalar(scalar) => scalar.answer(&reply),
            AnswerForm::Created(created) => created.answer(context, &reply),
            AnswerForm::File(file) => file.answer(context),
            AnswerForm::Text(text) => text.answer(context),
            AnswerForm::Events(events) => events.answer(context, arms),
            AnswerForm::Stream(stream) => stream.answer(context),
            AnswerForm::Rows(rows) => rows.answer(context, arms),
            AnswerForm::Nothing(status) => Ok(Rendered::empty(status)),
            AnswerForm::Redirect(redirect) => redirect.answer(context),
            AnswerForm::With(form, fields) => fields.add_to(Self::answer(*form, context, arms)?),
            AnswerForm::Exists(exists) => exists.answer(context),
            AnswerForm::Place(place) => place.of(context, Rendered::empty(StatusCode::ACCEPTED)),
            AnswerForm::Accepted(form) => {
                let rendered = Self::answer(*form, context, arms)?;
                Ok(rendered.with_status(StatusCode::ACCEPTED))
            }
        }
    }
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
