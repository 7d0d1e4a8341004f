//! 202 with content: what another answer shows of work that is done later.

use std::convert::Infallible;

use http::StatusCode;

use super::{Answer, Answered, Arms, Outcome, Shown, form::CHANGES};
use crate::route::{
    call::Context,
    facts::{AnswerInfo, Content},
};

/// 202 with content: the work was taken on and is done later, and the answer shows how far it is, or what it will make.
///
/// `A` is an answer of 200 that is one resource, an [`Array`](crate::input::Array), a [`Map`](super::Map), [`FreeJson`](crate::input::FreeJson), a
/// [`Scalar`](super::Scalar) or a [`Text`](super::Text). It keeps its view and its proof. A `Location` does not come with it:
/// [`Accepted::at`](super::Accepted::at) tells an address, and shows nothing.
///
/// ```
/// # mod app {
/// use secure_api::prelude::*;
/// # #[derive(Role)] pub enum Role { Member }
/// # #[derive(Version)] pub enum Version { V1 }
///
/// #[derive(Resource)]
/// #[view(ExportView, role = Role::Member, fields(id, done))]
/// pub struct Export {
///     id: Uuid,
///     done: bool,
/// }
///
/// /// Begins an export.
/// #[post("/exports", version = Version::V1.., role = Role::Member, view = ExportView)]
/// pub async fn export() -> AcceptedWith<Export> {
///     AcceptedWith(Export { id: Uuid::new_v4(), done: false })
/// }
/// # }
/// ```
#[derive(Debug)]
pub struct AcceptedWith<A>(pub A);

impl<A> Outcome for AcceptedWith<A> {
    type Success = Self;
    type Error = Infallible;

    fn result(self) -> Result<Self, Infallible> {
        Ok(self)
    }
}

impl<A: Answer> Answer for AcceptedWith<A> {
    type Inner = A::Inner;
    const INFO: AnswerInfo = AnswerInfo {
        name: if is_shown(&A::INFO) { "`AcceptedWith`" } else { "`AcceptedWith` around this" },
        // What has a meaning of its own, as a page or a file, is no state of work, whatever the verb.
        verbs: if is_shown(&A::INFO) { &CHANGES } else { &[] },
        status: 202,
        ..A::INFO
    };

    fn answer(self, context: &Context, arms: Arms<A::Inner>) -> Answered
    where
        A::Inner: Shown,
    {
        Ok(self.0.answer(context, arms)?.with_status(StatusCode::ACCEPTED))
    }
}

/// Returns `true` for an answer that shows something and says nothing more by its form.
pub(super) const fn is_shown(answer: &AnswerInfo) -> bool {
    let shows = matches!(
        answer.content,
        Content::One
            | Content::Array(_)
            | Content::Map(_)
            | Content::Free(_)
            | Content::Scalar { .. }
            | Content::Text(_)
    );
    shows && answer.status == 200 && !answer.location && answer.own_problems.is_empty()
}
