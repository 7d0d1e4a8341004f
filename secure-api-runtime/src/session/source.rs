//! The source that knows sessions.

use std::sync::Arc;

use super::{Keeper, Session, text};
use crate::identity::{Head, Principal, Refused, Source};

/// The source of identity that knows the sessions of an app.
pub(crate) struct SessionSource(pub(crate) Arc<Keeper>);

impl Source for SessionSource {
    type Kind = Session;

    async fn identify(&self, presented: &[u8], _: &Head<'_>) -> Result<Principal, Refused> {
        let text = text::read(presented).ok_or_else(|| Refused::invalid("this is no session"))?;
        let found = self.0.used(text).await.map_err(Refused::unavailable)?;
        found.ok_or_else(|| Refused::invalid("there is no such session, or it has ended"))
    }

    async fn still(&self, presented: &[u8], _: &Head<'_>) -> Result<(), Refused> {
        let text = text::read(presented).ok_or_else(|| Refused::invalid("this is no session"))?;
        match self.0.is_open(text).await.map_err(Refused::unavailable)? {
            true => Ok(()),
            false => Err(Refused::invalid("the session ended while the content arrived")),
        }
    }
}
