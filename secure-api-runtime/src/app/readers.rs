//! The readers of the documents, where these are for a role.

use std::pin::pin;

use http::request::Parts;

use super::{
    AppBuilder,
    admission::{certificate, head},
    deadline::{Deadline, too_late},
    record::Record,
    shared::Shared,
};
use crate::{
    error::{Problem, StartProblem, problem},
    identity::{Admits, Kind, Refusal},
    role::RoleSet,
    weakened,
};

/// The callers who may read the documents: those with one of these roles, by the credentials that operations admit which state
/// none.
pub(super) struct Readers {
    roles: RoleSet,
    admits: Admits,
}

impl Readers {
    /// Returns the readers of an app's documents, where these are not for everybody.
    pub(super) fn of(shared: &Shared) -> Option<Self> {
        let roles = shared.settings.docs.readers()?;
        Some(Self { roles, admits: shared.sources.admits(shared.api.by, false) })
    }

    /// Refuses whoever is none of them, as an operation refuses its callers.
    ///
    /// # Errors
    ///
    /// 401 without credentials that count, 403 without the role, 503 where nobody can tell.
    pub(super) async fn admit(
        &self,
        shared: &Shared,
        parts: &Parts,
        record: &mut Record<'_>,
        deadline: &mut Deadline,
    ) -> Result<(), Problem> {
        let identity = {
            let certificate = certificate(shared, parts, record.client)?;
            let head = head(shared, parts, record, certificate.as_ref());
            let identified = pin!(shared.sources.identify(&head, &self.admits));
            let most = shared.settings.deadline;
            deadline.within(most, identified).await.unwrap_or_else(too_late)?
        };
        record.watched.is(identity.as_ref());
        match identity {
            None if weakened::is("credentials") => Ok(()),
            None => Err(self.admits.missing(Refusal::Missing)),
            Some(identity) if self.roles.admits(identity.roles()) || weakened::is("role") => Ok(()),
            Some(_) => Err(Problem::new(&problem::FORBIDDEN)
                .because("the caller has none of the roles that the documents are for")),
        }
    }
}

/// Returns the problem of an app whose documents are for a role, where nobody can have credentials that they admit.
pub(super) fn unreadable(builder: &AppBuilder, kinds: &[Kind]) -> Option<StartProblem> {
    builder.settings.docs.readers()?;
    let known = |kind: &Kind| kinds.iter().any(|known| known.is(kind));
    let readable = match builder.api.by.sets() {
        None => !kinds.is_empty(),
        Some(sets) => sets.iter().any(|set| set.iter().all(known)),
    };
    (!readable).then(|| StartProblem {
        code: "SA149",
        text: "`Docs::for_role` asks for a role, and the app takes no credentials that it admits".to_owned(),
        help: "add them before `.build()`: `.tokens(Issuer::new(…))`, `.sessions(…)`, `.api_keys(…)` or `.source(…)`",
    })
}
