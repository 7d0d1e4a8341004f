//! The forms of an answer that are returned as they are, and the verbs that each is for.

use std::convert::Infallible;

use http::StatusCode;

use super::{
    Accepted, AcceptedAt, Answer, Answered, Arms, Created, Nothing, Outcome, Shown, one,
    reply::AnswerContext,
    shown::{one_created, uncreated},
};
use crate::{
    error::{Problem, problem},
    input::{Array, FreeJson, FreeObject},
    object::{Authorized, Page, Ref},
    rendered::Rendered,
    route::{
        call::Context,
        facts::{AnswerInfo, Content},
    },
    verb::Verb,
};

/// Answers that are returned as they are: each is its own success, and has no error.
macro_rules! answers {
    ($([$($inner:ident)?] $type:ty: $shows:ty, $info:expr, $answer:expr $(, $created:expr)?;)*) => {$(
        impl$(<$inner>)? Outcome for $type {
            type Success = Self;
            type Error = Infallible;

            fn result(self) -> Result<Self, Infallible> {
                Ok(self)
            }
        }

        impl$(<$inner>)? Answer for $type {
            type Inner = $shows;
            const INFO: AnswerInfo = $info;

            fn answer(self, context: &Context, arms: Arms<$shows>) -> Answered
            where
                $shows: Shown,
            {
                $answer(self, context, arms)
            }
            $(
                fn created(self, context: &Context, arms: Arms<$shows>) -> Answered
                where
                    $shows: Shown,
                {
                    $created(self, context, arms)
                }
            )?
        }
    )*};
}

answers! {
    [T] Authorized<T>: Self, AnswerInfo::RESOURCE, |this, context, arms| one(&this, context, arms),
        |this, context, arms| one_created(&this, context, arms);
    [T] Ref<T>: Self, AnswerInfo::RESOURCE, |this, context, arms| one(&this, context, arms),
        |this, context, arms| one_created(&this, context, arms);
    [S] Option<S>: S, FOUND, found;
    [S] Page<S>: S, PAGE, page;
    [S] Created<S>: S, CREATED, Created::shown;
    [S] Performed<S>: S, PERFORMED, |this: Self, context, arms| one(&this.0, context, arms),
        |this: Self, context, arms| one_created(&this.0, context, arms);
    [] Accepted: Nothing, ACCEPTED, |_, _, _| Ok(Rendered::empty(StatusCode::ACCEPTED));
    [] AcceptedAt: Nothing, ACCEPTED_AT, |this: Self, context, _| {
        this.place.of(context, Rendered::empty(StatusCode::ACCEPTED))
    };
    [] NoContent: Nothing, NO_CONTENT, |_, _, _| Ok(Rendered::empty(StatusCode::NO_CONTENT));
}

fn found<S: Shown>(this: Option<S>, context: &Context, arms: Arms<S>) -> Answered {
    let nothing = || Problem::new(&problem::NOT_FOUND).because("the handler found nothing");
    one(&this.ok_or_else(nothing)?, context, arms)
}

fn page<S: Shown>(this: Page<S>, context: &Context, arms: Arms<S>) -> Answered {
    let viewer = context.identity.as_ref();
    let (next, number) = (this.next.cursor()?, this.next.number());
    let shown = this.items.iter().filter_map(|item| item.read(viewer));
    AnswerContext::new(context, arms).page(shown, (next, number), this.total)
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

    fn answer(self, context: &Context, arms: Arms<S>) -> Answered
    where
        S: Shown,
    {
        let viewer = context.identity.as_ref();
        let shown = self.0.iter().map(|item| item.read(viewer));
        AnswerContext::new(context, arms).array(shown, MOST)
    }

    fn created(self, context: &Context, arms: Arms<S>) -> Answered
    where
        S: Shown,
    {
        let viewer = context.identity.as_ref();
        let shown: Option<Vec<_>> = self.0.iter().map(|item| item.created(viewer)).collect();
        let shown = shown.ok_or_else(uncreated)?.into_iter().map(Some);
        AnswerContext::new(context, arms).array(shown, MOST)
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

    fn answer(self, context: &Context, arms: Arms<Nothing>) -> Answered {
        AnswerContext::new(context, arms).free(self.as_text(), self.depth())
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

    fn answer(self, context: &Context, arms: Arms<Nothing>) -> Answered {
        AnswerContext::new(context, arms).free(self.as_text(), self.depth())
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
pub(super) const EACH: [Verb; 5] = [Verb::Get, Verb::Post, Verb::Put, Verb::Patch, Verb::Delete];

/// The verbs that change something.
pub(super) const CHANGES: [Verb; 4] = [Verb::Post, Verb::Put, Verb::Patch, Verb::Delete];

/// 200: a POST performed something and created nothing, or a DELETE shows what it removed. It shows a resource.
#[derive(Debug)]
pub struct Performed<T>(pub T);

/// 204: it was done, and there is nothing to show.
#[derive(Debug, Clone, Copy)]
pub struct NoContent;
