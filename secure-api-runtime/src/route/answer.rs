//! What a handler gives: each result checked against the verb by its type, then shown through the view that
//! fits the caller.

use std::{fmt, marker::PhantomData, sync::Arc};

use axum::{body::Body, response::Response};
use http::{HeaderValue, StatusCode, header};
use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};

use super::{Context, Endpoint, PathKey, Route, ViewUse};
use crate::{
    error::{ApiError, Problem, ProblemType, problem},
    object::{Action, Authorized, Object, Page},
    role::RoleSet,
    token::Caller,
    verb::{Accepts, AnswersNothing, AnswersResource, Creates, Performs, Reads},
    view::{Fields, Resource, View, ViewOf},
};

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
    /// How this caller sees the resource. The first arm that fits wins; none does only if nobody was asked.
    fn projection(&self) -> Result<fn(&R, &mut Fields<'_>), Problem> {
        let roles = self.context.identity.as_ref().map_or(0, |identity| identity.roles());
        let fits = |arm: &&Arm<R>| arm.used.admits.is_none_or(|admitted| admitted.admits(roles));
        let arm = self.arms.iter().find(fits);
        arm.map(|arm| arm.project)
            .ok_or_else(|| Problem::new(&problem::FORBIDDEN).because("no view fits the caller"))
    }

    fn one(&self, status: StatusCode, resource: &R) -> Result<Response, Problem> {
        let project = self.projection()?;
        let mut body = Vec::with_capacity(256);
        Fields::object(&mut body, |fields| project(resource, fields));
        Ok(json(status, body))
    }
}

fn json(status: StatusCode, body: Vec<u8>) -> Response {
    let mut response = Response::new(Body::from(body));
    *response.status_mut() = status;
    let json = HeaderValue::from_static("application/json");
    response.headers_mut().insert(header::CONTENT_TYPE, json);
    response
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
        let project = reply.projection()?;
        let mut body = Vec::with_capacity(64 + 256 * self.items.len());
        body.extend_from_slice(b"{\"items\":[");
        let mut first = true;
        for resource in self.items.iter().filter_map(Shown::shown) {
            if !first {
                body.push(b',');
            }
            first = false;
            Fields::object(&mut body, |fields| project(resource, fields));
        }
        body.extend_from_slice(b"]}");
        Ok(json(StatusCode::OK, body))
    }
}

/// 201: something was created, and can be found at its `Location`, which is built from a route.
///
/// A created object leaves only if its rule permits its creator to create it; otherwise the answer is 403.
#[derive(Debug)]
pub struct Created<T> {
    resource: T,
    route: &'static Route,
    segments: Vec<String>,
}

impl<T> Created<T> {
    /// What was created, to be found at the route `E` under `key`: `Created::at::<get_order>(id, order)`.
    pub fn at<E: Endpoint>(key: E::Key, resource: T) -> Self {
        Self { resource, route: E::ROUTE, segments: key.segments() }
    }
}

/// What may stand in a path segment as it is (RFC 3986, section 3.3: unreserved characters).
const SEGMENT: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'%')
    .add(b'/')
    .add(b'<')
    .add(b'>')
    .add(b'?')
    .add(b'[')
    .add(b'\\')
    .add(b']')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}')
    .add(b';')
    .add(b'=')
    .add(b'&')
    .add(b'+')
    .add(b',')
    .add(b'$')
    .add(b'@')
    .add(b':')
    .add(b'!')
    .add(b'\'')
    .add(b'(')
    .add(b')')
    .add(b'*');

/// The path of a route with its parameters filled in, in the caller's version if the route is in it.
fn location(context: &Context, route: &Route, segments: &[String]) -> String {
    let newest = route.versions.newest().map_or(context.version, |(_, version)| version);
    let version =
        if route.versions.contains(context.version_index) { context.version } else { newest };
    let mut path = format!("/{}", version.segment);
    let mut values = segments.iter();
    for segment in route.path.split('/').skip(1) {
        path.push('/');
        if segment.starts_with('{') {
            path.extend(
                values.next().into_iter().flat_map(|value| utf8_percent_encode(value, SEGMENT)),
            );
        } else {
            path.push_str(segment);
        }
    }
    path
}

impl<V: Creates, S: Shown> Answer<V> for Created<S> {
    type Resource = S::Resource;
    type Bare = Proven;
    const INFO: AnswerInfo = AnswerInfo { location: true, ..info(201, Content::One) };

    fn answer(self, reply: &Reply<'_, S::Resource>) -> Result<Response, Problem> {
        let resource = self.resource.shown().ok_or_else(no_longer_permitted)?;
        if !(reply.permits)(reply.context, resource) {
            return Err(Problem::new(&problem::FORBIDDEN)
                .because("the object's rule denies the caller to create it"));
        }
        let mut response = reply.one(StatusCode::CREATED, resource)?;
        let path = location(reply.context, self.route, &self.segments);
        let path = HeaderValue::from_str(&path)
            .map_err(|error| Problem::new(&problem::INTERNAL).because(error))?;
        response.headers_mut().insert(header::LOCATION, path);
        Ok(response)
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

/// 202: the work was taken on and is done later.
#[derive(Debug, Clone, Copy)]
pub struct Accepted;

impl<V: Accepts> Answer<V> for Accepted {
    type Resource = Nothing;
    type Bare = Proven;
    const INFO: AnswerInfo = info(202, Content::None);

    fn answer(self, _reply: &Reply<'_, Nothing>) -> Result<Response, Problem> {
        Ok(empty(StatusCode::ACCEPTED))
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
