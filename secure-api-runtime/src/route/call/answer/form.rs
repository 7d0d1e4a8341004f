//! The forms of an answer that are returned as they are, and the verbs that each is for.

use std::convert::Infallible;

use http::StatusCode;

use super::{Accepted, AcceptedAt, Answer, AnswerForm, Created, Nothing, Outcome};
use crate::{
    error::problem,
    input::{Array, FreeJson, FreeObject},
    object::{Authorized, Page, Ref},
    route::facts::{AnswerInfo, Content},
    verb::Verb,
};

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

/// A bare list. Of what may not leave something is left out, so no least of an answer can be promised.
impl<S, const MOST: usize> Outcome for Array<S, MOST> {
    type Success = Self;
    type Error = Infallible;

    fn result(self) -> Result<Self, Infallible> {
        Ok(self)
    }
}

impl<S, const MOST: usize> Answer for Array<S, MOST> {
    type Inner = S;
    const INFO: AnswerInfo = AnswerInfo::new("`Array`", &EACH, 200, Content::Array(MOST));

    fn form(self) -> AnswerForm<S> {
        AnswerForm::Array(self.0, MOST)
    }
}

impl<const BYTES: usize, const DEPTH: usize, const MEMBERS: usize> Outcome
    for FreeJson<BYTES, DEPTH, MEMBERS>
{
    type Success = Self;
    type Error = Infallible;

    fn result(self) -> Result<Self, Infallible> {
        Ok(self)
    }
}

/// Free JSON has no views: it is no entity.
impl<const BYTES: usize, const DEPTH: usize, const MEMBERS: usize> Answer
    for FreeJson<BYTES, DEPTH, MEMBERS>
{
    type Inner = Nothing;
    const INFO: AnswerInfo = AnswerInfo::new("`FreeJson`", &EACH, 200, Content::Free(Self::BOUNDS));

    fn form(self) -> AnswerForm<Nothing> {
        AnswerForm::Free(self.as_text().into(), self.depth())
    }
}

impl<const BYTES: usize, const DEPTH: usize, const MEMBERS: usize> Outcome
    for FreeObject<BYTES, DEPTH, MEMBERS>
{
    type Success = Self;
    type Error = Infallible;

    fn result(self) -> Result<Self, Infallible> {
        Ok(self)
    }
}

impl<const BYTES: usize, const DEPTH: usize, const MEMBERS: usize> Answer
    for FreeObject<BYTES, DEPTH, MEMBERS>
{
    type Inner = Nothing;
    const INFO: AnswerInfo =
        AnswerInfo::new("`FreeObject`", &EACH, 200, Content::Free(Self::BOUNDS));

    fn form(self) -> AnswerForm<Nothing> {
        AnswerForm::Free(self.as_text().into(), self.depth())
    }
}

const FOUND: AnswerInfo = AnswerInfo {
    own_problems: &[&problem::NOT_FOUND],
    ..AnswerInfo::new("`Option`", &[Verb::Get, Verb::Query], 200, Content::One)
};
const PAGE: AnswerInfo = AnswerInfo::new("`Page`", &[Verb::Get, Verb::Query], 200, Content::Page);
const CREATED: AnswerInfo = AnswerInfo {
    location: true,
    ..AnswerInfo::new("`Created`", &[Verb::Post, Verb::Put], 201, Content::One)
};
const PERFORMED: AnswerInfo =
    AnswerInfo::new("`Performed`", &[Verb::Post, Verb::Delete], 200, Content::One);
const ACCEPTED: AnswerInfo = AnswerInfo::new("`Accepted`", &CHANGES, 202, Content::None);
const ACCEPTED_AT: AnswerInfo = AnswerInfo { location: true, ..ACCEPTED };
const NO_CONTENT: AnswerInfo = AnswerInfo::new("`NoContent`", &CHANGES, 204, Content::None);

/// The verbs that are answered with what is no resource: 200, whatever was done.
const EACH: [Verb; 5] = [Verb::Get, Verb::Post, Verb::Put, Verb::Patch, Verb::Delete];

/// The verbs that change something.
const CHANGES: [Verb; 4] = [Verb::Post, Verb::Put, Verb::Patch, Verb::Delete];

/// 200: a POST performed something and created nothing, or a DELETE shows what it removed. It shows a resource.
#[derive(Debug)]
pub struct Performed<T>(pub T);

/// 204: it was done, and there is nothing to show.
#[derive(Debug, Clone, Copy)]
pub struct NoContent;
