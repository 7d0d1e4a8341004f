//! The answer of a handler: checked against the verb by its type, then shown through the view that fits the caller.

use std::{convert::Infallible, fmt, future::Future, marker::PhantomData};

use bytes::Bytes;
use http::{HeaderValue, StatusCode, header};

use super::{Context, etag};
use crate::route::facts::{AnswerInfo, ArgumentFacts, Content, ObjectFacts, ShownTo, ViewUse};
use crate::{
    error::{Problem, problem},
    object::{Authorized, Object, Page, Ref, owns},
    rendered::Rendered,
    role::{RoleSet, Roles},
    token::{CallerId, Identity},
    verb::Verb,
    view::{Fields, Output, Resource, View, ViewOf},
};

mod location;

pub use location::{Accepted, AcceptedAt, Created, Place};

/// The answer, or the problem that takes its place.
pub type Answered = Result<Rendered, Problem>;

/// The return type of a handler: an answer, or a `Result` of an answer and an error.
///
/// None of the traits that a result is taken apart by has a condition on what is inside. So what is inside is
/// asked by itself, and what is wrong with it is one error.
#[diagnostic::on_unimplemented(
    message = "SA702: `{Self}` cannot leave: it has no views",
    label = "not an answer",
    note = "return a type with `#[derive(Resource)]` and `#[view(…)]`, a `Page` of one, or `NoContent`"
)]
pub trait Outcome: Sized {
    /// The answer.
    type Success;
    /// The error.
    type Error;

    /// Converts it into a `Result`.
    fn result(self) -> Result<Self::Success, Self::Error>;
}

impl<A, E> Outcome for Result<A, E> {
    type Success = A;
    type Error = E;

    fn result(self) -> Self {
        self
    }
}

/// A form of answer, around what it shows. Each resource is one too, by `#[derive(Resource)]`.
#[diagnostic::on_unimplemented(
    message = "SA702: `{Self}` cannot leave: it has no views",
    label = "not an answer",
    note = "return a type with `#[derive(Resource)]` and `#[view(…)]`, a `Page` of one, or `NoContent`"
)]
pub trait Answer: Sized {
    /// The type that is shown.
    type Inner;

    /// The facts for documents and checks.
    const INFO: AnswerInfo;

    /// Returns the answer as one of a few.
    fn form(self) -> AnswerForm<Self::Inner>;
}

/// The forms of an answer.
#[derive(Debug)]
pub enum AnswerForm<S> {
    /// 200 with the resource.
    One(S),
    /// The same, or 404.
    Maybe(Option<S>),
    /// 200 with a page.
    Page(Page<S>),
    /// 201 with what was created, and where it can be found.
    Created(Created<S>),
    /// No content.
    Nothing(StatusCode),
    /// 202, and where to ask how far it is.
    Place(Place),
}

/// The placeholder for a resource where nothing is returned.
#[derive(Debug)]
pub enum Nothing {}

/// The placeholder for the value that leaves without proof, where a proof is there.
#[derive(Debug)]
pub enum Proven {}

/// Nothing is returned, so no view is needed.
#[diagnostic::on_unimplemented(
    message = "SA701: the route returns `{Self}` and states no view",
    label = "nothing says which of its fields leave",
    note = "write `view = …` with a view that is declared above `{Self}`"
)]
pub trait NoView {
    /// Asks for it.
    const IS_NEEDED: () = ();
}

#[diagnostic::do_not_recommend]
impl NoView for Nothing {}

/// A view and whom it is for, on one route.
pub struct Projection<R> {
    /// The same as plain data.
    pub used: ViewUse,
    /// The owner, for an arm `mine`.
    owner: OwnerOf<R>,
    project: fn(&R, &mut Fields<'_>),
}

/// The function that says who owns an object, where there is one.
type OwnerOf<R> = Option<fn(&R) -> Option<&CallerId>>;

impl<R> Projection<R> {
    /// Creates a view of `R`, for those of whom the route admits that have one of these roles; `None` is all the rest.
    pub const fn of<V: ViewOf<R>>(admits: Option<RoleSet>) -> Self {
        let to = match admits {
            Some(roles) => ShownTo::Roles(roles),
            None => ShownTo::Rest,
        };
        let used = ViewUse { to, view: <V as View>::INFO };
        Self { used, owner: None, project: <V as View>::project }
    }

    /// Creates a view of `R`, for the caller that owns it.
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

/// The context that an answer is made with: the request, and the route's views.
pub struct AnswerContext<'a, R: 'static> {
    pub(crate) context: &'a Context,
    pub(crate) arms: &'static [Projection<R>],
}

impl<R> fmt::Debug for AnswerContext<'_, R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AnswerContext").finish_non_exhaustive()
    }
}

impl<'a, R> AnswerContext<'a, R> {
    /// Creates the context of the answer to this request.
    pub fn new(context: &'a Context, arms: &'static [Projection<R>]) -> Self {
        Self { context, arms }
    }

    /// Returns the projection of a resource that leaves. What is shown to its owner leaves once: no repetition shows it.
    fn leaves(&self, resource: &R) -> Result<fn(&R, &mut Fields<'_>), Problem> {
        let arm = fitting(self.context, self.arms, resource)?;
        if let (ShownTo::Owner, Some(passage)) = (arm.used.to, &self.context.passage) {
            passage.shows_the_owner();
        }
        Ok(arm.project)
    }

    fn one(&self, status: StatusCode, resource: &R) -> Answered {
        let project = self.leaves(resource)?;
        let mut output = Output::new(self.context.version_index, 256);
        let only = self.context.only.as_deref();
        Fields::object_of(&mut output, only, |fields| project(resource, fields));
        self.json(status, output)
    }

    fn page<'r>(&self, resources: impl Iterator<Item = &'r R>, next: Option<&str>) -> Answered {
        let only = self.context.only.as_deref();
        let mut output = Output::new(self.context.version_index, 1024);
        output.push("{\"items\":[");
        let mut first = true;
        for resource in resources {
            if !first {
                output.push(",");
            }
            first = false;
            let project = self.leaves(resource)?;
            Fields::object_of(&mut output, only, |fields| project(resource, fields));
        }
        output.push("]");
        if let Some(next) = next {
            // A cursor has nothing to escape: it is base64url.
            output.push(",\"next\":\"");
            output.push(next);
            output.push("\"");
        }
        output.push("}");
        self.json(StatusCode::OK, output)
    }

    /// Renders JSON. A read has an entity tag, and a caller that has the representation gets 304 (RFC 9110, section
    /// 13).
    fn json(&self, status: StatusCode, output: Output) -> Answered {
        let body = output.into_bytes()?;
        let tag = self.context.route.verb.is_safe().then(|| etag::of(&body));
        let known = tag.as_ref().is_some_and(|tag| etag::is_known(&self.context.headers, tag));
        let mut rendered = if known {
            Rendered::empty(StatusCode::NOT_MODIFIED)
        } else {
            let json = HeaderValue::from_static("application/json");
            Rendered::of(status, json, Bytes::from(body))
        };
        if let Some(tag) = tag {
            rendered.field(header::ETAG, tag);
        }
        Ok(rendered)
    }
}

/// Returns the projection of this very resource for this caller. The first arm that fits wins; none does only if nobody
/// was asked.
pub(super) fn projection<R>(
    context: &Context,
    arms: &'static [Projection<R>],
    resource: &R,
) -> Result<fn(&R, &mut Fields<'_>), Problem> {
    fitting(context, arms, resource).map(|arm| arm.project)
}

fn fitting<R>(
    context: &Context,
    arms: &'static [Projection<R>],
    resource: &R,
) -> Result<&'static Projection<R>, Problem> {
    let identity = context.identity.as_deref();
    let arm = arms.iter().find(|arm| arm.fits(resource, identity));
    arm.ok_or_else(|| Problem::new(&problem::FORBIDDEN).because("no view fits the caller"))
}

/// Runs a handler. That it may move between threads is asked here, so that the answer stands at its name.
pub fn handled<T>(handler: impl Future<Output = T> + Send) -> impl Future<Output = T> + Send {
    handler
}

/// Something that shows one resource: the resource itself, by `#[derive(Resource)]`, or an object with its proof.
#[diagnostic::on_unimplemented(
    message = "SA702: `{Self}` cannot leave: it has no views",
    label = "not a resource",
    note = "return a type with `#[derive(Resource)]` and `#[view(…)]`, a `Page` of one, or `NoContent`"
)]
pub trait Shown: Sized {
    /// The resource that is shown.
    type Resource: 'static;
    /// The type that comes without proof: an object here does not compile.
    type Bare;

    /// Returns the resource, if it may still leave.
    fn shown(&self) -> Option<&Self::Resource>;

    /// Returns the same, where it is not said to be new.
    fn read(&self) -> Option<&Self::Resource> {
        self.shown()
    }

    /// Returns the same, where it is said to be new.
    fn created(&self) -> Option<&Self::Resource> {
        self.shown()
    }

    /// Makes the response of an answer that shows this.
    fn answer(form: AnswerForm<Self>, reply: &AnswerContext<'_, Self::Resource>) -> Answered {
        match form {
            AnswerForm::One(one) | AnswerForm::Maybe(Some(one)) => {
                reply.one(StatusCode::OK, one.read().ok_or_else(denied)?)
            }
            AnswerForm::Maybe(None) => {
                Err(Problem::new(&problem::NOT_FOUND).because("the handler found nothing"))
            }
            AnswerForm::Page(page) => {
                reply.page(page.items.iter().filter_map(Self::read), page.next.as_deref())
            }
            AnswerForm::Created(created) => created.answer(reply),
            AnswerForm::Nothing(status) => Ok(Rendered::empty(status)),
            AnswerForm::Place(place) => {
                place.of(reply.context, Rendered::empty(StatusCode::ACCEPTED))
            }
        }
    }
}

/// Refuses a proof that no longer holds, as if nothing were there.
fn denied() -> Problem {
    Problem::new(&problem::NOT_FOUND)
        .because("the object's rule denies it to the caller as it is now")
}

#[diagnostic::do_not_recommend]
impl<T: Resource> Shown for Authorized<T> {
    type Resource = T;
    type Bare = Proven;

    fn shown(&self) -> Option<&T> {
        self.still_permitted().then_some(&**self)
    }

    fn read(&self) -> Option<&T> {
        self.may_be_read().then_some(&**self)
    }

    fn created(&self) -> Option<&T> {
        self.may_be_created().then_some(&**self)
    }
}

#[diagnostic::do_not_recommend]
impl<T: Resource, A> Shown for Ref<T, A> {
    type Resource = T;
    type Bare = Proven;

    fn shown(&self) -> Option<&T> {
        Authorized::shown(self)
    }

    fn read(&self) -> Option<&T> {
        Authorized::read(self)
    }

    fn created(&self) -> Option<&T> {
        Authorized::created(self)
    }
}

#[diagnostic::do_not_recommend]
impl Shown for Nothing {
    type Resource = Self;
    type Bare = Proven;

    fn shown(&self) -> Option<&Self> {
        None
    }
}

/// Answers that are returned as they are: each is its own success, and has no error.
macro_rules! answers {
    ($([$($inner:ident)?] $answer:ty: $shows:ty, $info:expr, $form:expr;)*) => {$(
        impl$(<$inner>)? Outcome for $answer {
            type Success = Self;
            type Error = Infallible;

            fn result(self) -> Result<Self, Infallible> {
                Ok(self)
            }
        }

        impl$(<$inner>)? Answer for $answer {
            type Inner = $shows;
            const INFO: AnswerInfo = $info;

            fn form(self) -> AnswerForm<$shows> {
                $form(self)
            }
        }
    )*};
}

answers! {
    [T] Authorized<T>: Self, AnswerInfo::RESOURCE, AnswerForm::One;
    [T] Ref<T>: Self, AnswerInfo::RESOURCE, AnswerForm::One;
    [S] Option<S>: S, FOUND, AnswerForm::Maybe;
    [S] Page<S>: S, PAGE, AnswerForm::Page;
    [S] Created<S>: S, CREATED, AnswerForm::Created;
    [S] Performed<S>: S, PERFORMED, |performed: Self| AnswerForm::One(performed.0);
    [] Accepted: Nothing, ACCEPTED, |_| AnswerForm::Nothing(StatusCode::ACCEPTED);
    [] AcceptedAt: Nothing, ACCEPTED_AT, |accepted: Self| AnswerForm::Place(accepted.place);
    [] NoContent: Nothing, NO_CONTENT, |_| AnswerForm::Nothing(StatusCode::NO_CONTENT);
}

const FOUND: AnswerInfo = AnswerInfo {
    own_problems: &[&problem::NOT_FOUND],
    ..AnswerInfo::new("`Option`", &[Verb::Get], 200, Content::One)
};
const PAGE: AnswerInfo = AnswerInfo::new("`Page`", &[Verb::Get], 200, Content::Page);
const CREATED: AnswerInfo = AnswerInfo {
    location: true,
    ..AnswerInfo::new("`Created`", &[Verb::Post, Verb::Put], 201, Content::One)
};
const PERFORMED: AnswerInfo = AnswerInfo::new("`Performed`", &[Verb::Post], 200, Content::One);
const ACCEPTED: AnswerInfo =
    AnswerInfo::new("`Accepted`", &[Verb::Post, Verb::Delete], 202, Content::None);
const ACCEPTED_AT: AnswerInfo = AnswerInfo { location: true, ..ACCEPTED };
const NO_CONTENT: AnswerInfo =
    AnswerInfo::new("`NoContent`", &[Verb::Put, Verb::Patch, Verb::Delete], 204, Content::None);

/// 200: a POST performed something and created nothing. It shows a resource.
#[derive(Debug)]
pub struct Performed<T>(pub T);

/// 204: it was done, and there is nothing to show.
#[derive(Debug, Clone, Copy)]
pub struct NoContent;

/// Asks of a concrete type whether it is an [`Object`]: the inherent constants are there only if it is, and
/// win over those of [`Unproven`].
#[derive(Debug)]
pub struct Probe<T>(PhantomData<T>);

impl<T: Object> Probe<T> {
    /// The function that says who owns it, if it has one.
    pub const OWNER: OwnerOf<T> = T::OWNER;
    /// `true`: it belongs to somebody.
    pub const OWNED: bool = true;
    /// The facts that the compiler checks.
    pub const FACTS: ArgumentFacts = ArgumentFacts {
        roles: Some(T::Roles::TABLE),
        object: Some(ObjectFacts::of::<T>(false)),
        ..ArgumentFacts::PLAIN
    };
}

/// The answer of [`Probe`] for a type that is no object.
pub trait Unproven<T> {
    /// Nobody owns it.
    const OWNER: Option<fn(&T) -> Option<&CallerId>> = None;
    /// `false`: it belongs to nobody.
    const OWNED: bool = false;
    /// The facts of a type without a rule.
    const FACTS: ArgumentFacts = ArgumentFacts::PLAIN;
}

impl<T> Unproven<T> for Probe<T> {}
