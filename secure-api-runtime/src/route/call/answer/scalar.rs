//! One scalar as a whole answer: a value with its bounds, and nothing around it.

use std::{convert::Infallible, fmt};

use http::StatusCode;

use super::{Answer, Answered, Arms, Nothing, Outcome, reply::json};
use crate::{
    input::{Decode, Leaf, Needs},
    route::{
        call::Context,
        facts::{AnswerInfo, Content},
    },
    verb::Verb,
    view::{Exposed, Output},
};

/// 200 with one scalar of JSON: a `bool`, a number, a text with its bounds, a name of an enum, or `null` where there is none.
///
/// It is for contracts that others wrote. To an object a member can be added later, and to a scalar nothing. Text is an own newtype by
/// `#[derive(Value)]`, with its bounds; a `String` does not compile. What is read has an entity tag.
///
/// A scalar has no view: whoever may call the route may read it. What only some may know is a field of a resource.
///
/// ```
/// # mod app {
/// use secure_api::prelude::*;
/// # #[derive(Role)] pub enum Role { Member }
/// # #[derive(Version)] pub enum Version { V1 }
///
/// /// Counts the seats that are free.
/// #[get("/seats/free", version = Version::V1.., role = Role::Member)]
/// pub async fn free_seats() -> Scalar<u32> {
///     Scalar(12)
/// }
/// # }
/// ```
pub struct Scalar<T>(pub T);

/// A value that is one scalar of JSON, or `null`.
#[diagnostic::on_unimplemented(
    message = "SA786: `{Self}` is no scalar",
    label = "neither a `bool`, a number nor a value",
    note = "show it through a view: write `#[view(…)]` above it and return it itself; what is one text or number has `#[derive(Value)]`"
)]
pub trait ScalarValue: Exposed {
    /// `true` of text that has no bound of its own.
    #[doc(hidden)]
    const UNBOUNDED: bool;
}

impl<T: Leaf> ScalarValue for T {
    const UNBOUNDED: bool = matches!(<T as Decode>::TYPE.needs, Needs::Text);
}

impl<T: Leaf> ScalarValue for Option<T> {
    const UNBOUNDED: bool = <T as ScalarValue>::UNBOUNDED;
}

/// The verbs that are answered with a scalar: each, since contracts have it for each.
const VERBS: &[Verb] = &Verb::ALL;

impl<T> Outcome for Scalar<T> {
    type Success = Self;
    type Error = Infallible;

    fn result(self) -> Result<Self, Infallible> {
        Ok(self)
    }
}

impl<T: ScalarValue> Answer for Scalar<T> {
    type Inner = Nothing;
    const INFO: AnswerInfo = AnswerInfo {
        shape: Some(<T as Exposed>::shape),
        ..AnswerInfo::new("`Scalar`", VERBS, 200, Content::Scalar { unbounded: T::UNBOUNDED })
    };

    fn answer(self, context: &Context, _: Arms<Nothing>) -> Answered {
        // A scalar is the same in each version, and for each of its callers.
        let mut output = Output::new(0, None, 64);
        Exposed::write(&self.0, &mut output);
        json(context, StatusCode::OK, output)
    }
}

impl<T> fmt::Debug for Scalar<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // What it is is not for logs.
        f.debug_struct("Scalar").finish_non_exhaustive()
    }
}
