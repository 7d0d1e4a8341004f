//! What a handler gives: each result checked against the verb by its type, then shown through the view that
//! fits the caller.

use std::{fmt, marker::PhantomData, sync::Arc};

use axum::{body::Body, response::Response};
use http::{HeaderValue, StatusCode, header};

use super::{Context, ViewUse, etag};
use crate::{
    error::{ApiError, Problem, ProblemType, problem},
    object::{Action, Authorized, Object, Page},
    role::RoleSet,
    token::Caller,
    verb::{AnswersNothing, AnswersResource, Performs, Reads},
    view::{Fields, Output, Resource, View, ViewOf},
};

mod location;

pub use location::{Accepted, AcceptedAt, Created};

/// What a handler of verb `V` may give.
pub trait Answer<V>: Sized {
    /// What the route's view has to be of.
    type Resource: 'static;

    /// What leaves without a proof that it may: an object here does not compile.
    type Bare;

    /// What the document says of it.
    const INFO: AnswerInfo;

    /// Makes the response.
    fn answer(self, reply: &Reply<'_, Self::Resource>) -> Result<Response, Problem>;
}

/// An answer as plain data, for documents and the inventory.
#[derive(Debug, Clone, Copy)]
pub struct AnswerInfo {
    /// The status of success.
    pub status: u16,
    /// What the content is.
    pub content: Content,
    /// Whether a `Location` comes with it.
    pub location: bool,
    /// The handler's own problems.
    pub problems: fn() -> Vec<&'static ProblemType>,
}

/// What the content of an answer is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Content {
    /// There is none.
    None,
    /// The resource, through the view.
    One,
    /// A page of them.
    Page,
}

/// In the place of a resource where nothing is returned.
#[derive(Debug)]
pub enum Nothing {}

/// In the place of what leaves without proof where a proof is there.
#[derive(Debug)]
pub enum Proven {}

/// Nothing is returned, so no view is needed.
#[diagnostic::on_unimplemented(
    message = "SA701: the route returns `{Self}` and states no view",
    label = "nothing says which of its fields leave",
    note = "write `view = …` with a view that is declared above `{Self}`"
)]
pub trait NoView {}

impl NoView for Nothing {}

/// A view and whom it is for, on one route.
pub struct Arm<R> {
    /// The same as plain data.
    pub used: ViewUse,
    project: fn(&R, &mut Fields<'_>),
}

impl<R> Arm<R> {
    /// A view of `R`, for those of whom the route admits that have one of these roles; `None` is all the rest.
    pub const fn of<V: ViewOf<R>>(admits: Option<RoleSet>) -> Self {
        Self { used: ViewUse { admits, view: <V as View>::INFO }, project: <V as View>::project }
    }
}

/// What an answer is made with: the request, and the route's views.
pub struct Reply<'a, R: 'static> {
    pub(crate) context: &'a Context,
    pub(crate) arms: &'static [Arm<R>],
    pub(crate) permits: fn(&Context, &R) -> bool,
}

impl<R> fmt::Debug for Reply<'_, R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Reply").finish_non_exhaustive()
    }
}

impl<R> Reply<'_, R> {
    fn one(&self, status: StatusCode, resource: &R) -> Result<Response, Problem> {
        let project = projection(self.context, self.arms)?;
        let mut output = Output::new(self.context.version_index, 256);
        let only = self.context.only.as_deref();
        Fields::object_of(&mut output, only, |fields| project(resource, fields));
        Ok(self.json(status, output))
    }

    /// What was read has an entity tag, and is not sent to whom it was sent before (RFC 9110, section 13).
    fn json(&self, status: StatusCode, output: Output) -> Response {
        let body = output.into_bytes();
        let tag = self.context.route.verb.is_safe().then(|| etag::of(&body));
        let known = tag.as_ref().is_some_and(|tag| etag::is_known(&self.context.headers, tag));
        let mut response = if known {
            empty(StatusCode::NOT_MODIFIED)
        } else {
            let mut response = Response::new(Body::from(body));
            *response.status_mut() = status;
            let json = HeaderValue::from_static("application/json");
            response.headers_mut().insert(header::CONTENT_TYPE, json);
            response
        };
        if let Some(tag) = tag {
            response.headers_mut().insert(header::ETAG, tag);
        }
        response
    }
}

/// How this caller sees the resource. The first arm that fits wins; none does only if nobody was asked.
pub(super) fn projection<R>(
    context: &Context,
    arms: &'static [Arm<R>],
) -> Result<fn(&R, &mut Fields<'_>), Problem> {
    let roles = context.identity.as_ref().map_or(0, |identity| identity.roles());
    let fits = |arm: &&Arm<R>| arm.used.admits.is_none_or(|admitted| admitted.admits(roles));
    let arm = arms.iter().find(fits);
    arm.map(|arm| arm.project)
        .ok_or_else(|| Problem::new(&problem::FORBIDDEN).because("no view fits the caller"))
}

fn empty(status: StatusCode) -> Response {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = status;
    response
}

const fn info(status: u16, content: Content) -> AnswerInfo {
    AnswerInfo { status, content, location: false, problems: Vec::new }
}

/// Makes the response of a handler's result. Called by generated code.
pub fn answer<V, A: Answer<V>>(
    context: &Context,
    arms: &'static [Arm<A::Resource>],
    permits: fn(&Context, &A::Resource) -> bool,
    result: A,
) -> Result<Response, Problem> {
    result.answer(&Reply { context, arms, permits })
}

/// Something that shows one resource: the resource itself, or an object with its proof.
pub trait Shown {
    /// What it shows.
    type Resource: Resource;
    /// What of it comes without proof.
    type Bare;

    /// The resource, if it may still leave.
    fn shown(&self) -> Option<&Self::Resource>;

    /// Whether the caller was already permitted to create it.
    fn is_created(&self) -> bool {
        false
    }
}

impl<T: Resource> Shown for T {
    type Resource = T;
    type Bare = T;

    fn shown(&self) -> Option<&T> {
        Some(self)
    }
}

impl<T: Object + Resource> Shown for Authorized<T> {
    type Resource = T;
    type Bare = Proven;

    fn shown(&self) -> Option<&T> {
        self.still_permitted().then_some(&**self)
    }

    fn is_created(&self) -> bool {
        self.action() == Action::Create
    }
}

/// A proof that no longer holds is an answer as if nothing were there.
fn no_longer_permitted() -> Problem {
    Problem::new(&problem::NOT_FOUND).because("the object's rule denies the caller its new state")
}

impl<V: AnswersResource, S: Shown> Answer<V> for S {
    type Resource = S::Resource;
    type Bare = S::Bare;
    const INFO: AnswerInfo = info(200, Content::One);

    fn answer(self, reply: &Reply<'_, S::Resource>) -> Result<Response, Problem> {
        reply.one(StatusCode::OK, self.shown().ok_or_else(no_longer_permitted)?)
    }
}

impl<V, A: Answer<V>, E: ApiError> Answer<V> for Result<A, E> {
    type Resource = A::Resource;
    type Bare = A::Bare;
    const INFO: AnswerInfo = AnswerInfo { problems: E::problems, ..A::INFO };

    fn answer(self, reply: &Reply<'_, A::Resource>) -> Result<Response, Problem> {
        self.map_err(ApiError::into_problem)?.answer(reply)
    }
}

impl<V: Reads, S: Shown> Answer<V> for Option<S> {
    type Resource = S::Resource;
    type Bare = S::Bare;
    const INFO: AnswerInfo =
        AnswerInfo { problems: || vec![&problem::NOT_FOUND], ..info(200, Content::One) };

    fn answer(self, reply: &Reply<'_, S::Resource>) -> Result<Response, Problem> {
        let nothing = || Problem::new(&problem::NOT_FOUND).because("the handler found nothing");
        let found = self.ok_or_else(nothing)?;
        reply.one(StatusCode::OK, found.shown().ok_or_else(no_longer_permitted)?)
    }
}

impl<V: Reads, S: Shown> Answer<V> for Page<S> {
    type Resource = S::Resource;
    type Bare = S::Bare;
    const INFO: AnswerInfo = info(200, Content::Page);

    fn answer(self, reply: &Reply<'_, S::Resource>) -> Result<Response, Problem> {
        let project = projection(reply.context, reply.arms)?;
        let only = reply.context.only.as_deref();
        let mut output = Output::new(reply.context.version_index, 64 + 256 * self.items.len());
        output.push("{\"items\":[");
        let mut first = true;
        for resource in self.items.iter().filter_map(Shown::shown) {
            if !first {
                output.push(",");
            }
            first = false;
            Fields::object_of(&mut output, only, |fields| project(resource, fields));
        }
        output.push("]");
        if let Some(next) = &self.next {
            // A cursor has nothing to escape: it is base64url.
            output.push(",\"next\":\"");
            output.push(next);
            output.push("\"");
        }
        output.push("}");
        Ok(reply.json(StatusCode::OK, output))
    }
}

/// 200: a POST performed something and created nothing. It shows a resource.
#[derive(Debug)]
pub struct Performed<T>(pub T);

impl<V: Performs, S: Shown> Answer<V> for Performed<S> {
    type Resource = S::Resource;
    type Bare = S::Bare;
    const INFO: AnswerInfo = info(200, Content::One);

    fn answer(self, reply: &Reply<'_, S::Resource>) -> Result<Response, Problem> {
        reply.one(StatusCode::OK, self.0.shown().ok_or_else(no_longer_permitted)?)
    }
}

/// 204: it was done, and there is nothing to show.
#[derive(Debug, Clone, Copy)]
pub struct NoContent;

impl<V: AnswersNothing> Answer<V> for NoContent {
    type Resource = Nothing;
    type Bare = Proven;
    const INFO: AnswerInfo = info(204, Content::None);

    fn answer(self, _reply: &Reply<'_, Nothing>) -> Result<Response, Problem> {
        Ok(empty(StatusCode::NO_CONTENT))
    }
}

/// Asks of a concrete type whether it is an [`Object`]: the inherent constants are there only if it is, and
/// win over those of [`Unproven`].
#[derive(Debug)]
pub struct Probe<T>(PhantomData<T>);

impl<T: Object> Probe<T> {
    /// It belongs to somebody.
    pub const OWNED: bool = true;
    /// Its rule for who may create it.
    pub const PERMITS: fn(&Context, &T) -> bool = |context, object| {
        context.identity.as_ref().is_some_and(|identity| {
            object.permits(&Caller::new(Arc::clone(identity)), Action::Create)
        })
    };
}

/// What [`Probe`] answers for a type that is no object.
pub trait Unproven<T> {
    /// It belongs to nobody.
    const OWNED: bool = false;
    /// Nobody has to be asked.
    const PERMITS: fn(&Context, &T) -> bool = |_, _| true;
}

impl<T> Unproven<T> for Probe<T> {}
