//! A map of resources, each under a name of its own: a whole answer.

use std::{collections::BTreeMap, convert::Infallible};

use super::{
    Answer, Answered, Arms, Outcome, Shown, form::EACH, reply::AnswerContext, shown::uncreated,
};
use crate::route::{
    call::Context,
    facts::{AnswerInfo, Content},
};

/// A map of at most `MOST` resources, each under a name that is known of no other one, as an id: the whole of an answer.
///
/// Each value leaves through the view; of objects it holds their proofs. An answer of more than `MOST` is a mistake of the app: the
/// caller is told 500, and the log why. Of what may not leave the name is left out, too.
///
/// ```
/// # mod app {
/// use secure_api::prelude::*;
/// # #[derive(Role)] pub enum Role { Member }
/// # #[derive(Version)] pub enum Version { V1 }
///
/// #[derive(Resource)]
/// #[view(RateView, role = Role::Member, fields(rate))]
/// pub struct Rate {
///     rate: f64,
/// }
///
/// /// Lists rates, by their currency.
/// #[get("/rates", version = Version::V1.., role = Role::Member, view = RateView)]
/// pub async fn list_rates() -> Map<Rate, 200> {
///     [("CHF".to_owned(), Rate { rate: 0.93 })].into_iter().collect()
/// }
/// # }
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Map<T, const MOST: usize>(pub BTreeMap<String, T>);

impl<T, const MOST: usize> FromIterator<(String, T)> for Map<T, MOST> {
    fn from_iter<I: IntoIterator<Item = (String, T)>>(entries: I) -> Self {
        Self(entries.into_iter().collect())
    }
}

impl<S, const MOST: usize> Outcome for Map<S, MOST> {
    type Success = Self;
    type Error = Infallible;

    fn result(self) -> Result<Self, Infallible> {
        Ok(self)
    }
}

impl<S, const MOST: usize> Answer for Map<S, MOST> {
    type Inner = S;
    const INFO: AnswerInfo = AnswerInfo::new("`Map`", &EACH, 200, Content::Map(MOST));

    fn answer(self, context: &Context, arms: Arms<S>) -> Answered
    where
        S: Shown,
    {
        let viewer = context.identity.as_ref();
        let shown = self.0.iter().map(|(name, value)| (name, value.read(viewer)));
        AnswerContext::new(context, arms).map(shown, MOST)
    }

    fn created(self, context: &Context, arms: Arms<S>) -> Answered
    where
        S: Shown,
    {
        let viewer = context.identity.as_ref();
        let shown = self.0.iter().map(|(name, value)| Some((name, Some(value.created(viewer)?))));
        let shown: Option<Vec<_>> = shown.collect();
        let shown = shown.ok_or_else(uncreated)?.into_iter();
        AnswerContext::new(context, arms).map(shown, MOST)
    }
}
