//! 201 without a `Location`: what another answer shows of what was created, and is found at no address of its own.

use std::convert::Infallible;

use http::StatusCode;

use super::{Answer, Answered, Arms, Outcome, Shown, accepted::is_shown};
use crate::{
    route::{call::Context, facts::AnswerInfo},
    verb::Verb,
};

/// 201 with content and without a `Location`: several things were created at once, or one that is found at no address of its own.
///
/// `A` is an answer of 200 that is one resource, an [`Array`](crate::input::Array), a [`Map`](super::Map), [`FreeJson`](crate::input::FreeJson), a
/// [`Scalar`](super::Scalar) or a [`Text`](super::Text). It keeps its view. An object comes with the proof that its creator may
/// create it, as in [`Created`](super::Created), and so does each of an array: where one of them may not be created, nothing is
/// shown. What has an address of its own is `Created`, whose `Location` tells it.
///
/// ```
/// # mod app {
/// use secure_api::prelude::*;
/// # #[derive(Role)] pub enum Role { Member }
/// # #[derive(Version)] pub enum Version { V1 }
///
/// #[derive(Resource)]
/// #[view(SeatView, role = Role::Member, fields(row, number))]
/// pub struct Seat {
///     row: u8,
///     number: u8,
/// }
///
/// /// Adds a row of seats.
/// #[post("/rows", version = Version::V1.., role = Role::Member, view = SeatView)]
/// pub async fn add_row() -> CreatedWith<Array<Seat, 20>> {
///     CreatedWith(Array((1..=20).map(|number| Seat { row: 7, number }).collect()))
/// }
/// # }
/// ```
#[derive(Debug)]
pub struct CreatedWith<A>(pub A);

impl<A> Outcome for CreatedWith<A> {
    type Success = Self;
    type Error = Infallible;

    fn result(self) -> Result<Self, Infallible> {
        Ok(self)
    }
}

impl<A: Answer> Answer for CreatedWith<A> {
    type Inner = A::Inner;
    const INFO: AnswerInfo = AnswerInfo {
        name: if is_shown(&A::INFO) { "`CreatedWith`" } else { "`CreatedWith` around this" },
        // What has a meaning of its own, as a page or a file, is nothing that was created, whatever the verb.
        verbs: if is_shown(&A::INFO) { &[Verb::Post, Verb::Put] } else { &[] },
        status: 201,
        ..A::INFO
    };

    fn answer(self, context: &Context, arms: Arms<A::Inner>) -> Answered
    where
        A::Inner: Shown,
    {
        Ok(self.0.created(context, arms)?.with_status(StatusCode::CREATED))
    }
}
