//! The hook that knows accounts, as the app states it.

use std::{fmt, future::Future, time::Duration};

use futures_util::{FutureExt, future::BoxFuture};

use crate::{
    error::StartProblem,
    identity::{CallerId, Identity, Kind},
};

/// Five seconds: a page that sends twenty requests costs one question, and who is locked out is out before a second page is
/// read.
const REMEMBERED: Duration = Duration::from_secs(5);
/// The longest time for which an answer may be remembered: beyond it the end of a short token comes sooner.
const LONGEST: Duration = Duration::from_secs(300);

/// A hook whose type is forgotten. Its errors are texts for the log.
pub(super) type Hook =
    Box<dyn Fn(Holder) -> BoxFuture<'static, Result<AccountStatus, String>> + Send + Sync>;

/// The register of an app's accounts: a hook that is asked who is still there, and in which roles.
///
/// Credentials say what was so when they were issued. An account that was deleted since, or lost a role, keeps what they say
/// until they end, unless its credentials are [revoked](crate::identity::Revocations) one by one. This asks the app's own data
/// instead: of each caller once in a few seconds, whatever kind of credentials it brings, after revocation and before role and
/// scope.
///
/// ```
/// use secure_api::{app::AppBuilder, identity::{AccountStatus, Holder, Standing}};
///
/// # #[derive(Clone)] struct Accounts;
/// # impl Accounts { async fn role(&self, _: &str) -> Result<Option<String>, std::io::Error> { Ok(None) } }
/// fn app(begun: AppBuilder, accounts: Accounts) -> AppBuilder {
///     begun.standing(Standing::new(move |holder: Holder| {
///         let accounts = accounts.clone();
///         async move {
///             Ok::<_, std::io::Error>(match accounts.role(&holder.id().subject()).await? {
///                 Some(role) => AccountStatus::roles([role]),
///                 None => AccountStatus::Gone,
///             })
///         }
///     }))
/// }
/// ```
pub struct Standing {
    pub(super) hook: Hook,
    pub(crate) remembered: Duration,
}

/// The status of an account, as the app's hook knows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AccountStatus {
    /// An account that is not there any more, or locked: its credentials are refused as revoked ones are, by 401.
    Gone,
    /// An account that may do what its credentials say: the answer for callers who have none here, too, as those of another
    /// issuer.
    Unchanged,
    /// An account in these roles, by their names. Its caller has those that the credentials say as well, with what both
    /// include; a role that the API does not know gives nothing.
    Roles(Vec<String>),
}

impl AccountStatus {
    /// Creates the status of an account that has these roles.
    pub fn roles<N: Into<String>>(names: impl IntoIterator<Item = N>) -> Self {
        Self::Roles(names.into_iter().map(Into::into).collect())
    }
}

/// The holder of credentials, of whom a hook is asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Holder {
    id: CallerId,
    kind: Kind,
    client_id: Option<String>,
}

impl Holder {
    pub(super) fn of(identity: &Identity) -> Self {
        Self {
            id: identity.id().clone(),
            kind: *identity.kind(),
            client_id: identity.client_id().map(str::to_owned),
        }
    }

    /// Returns the caller's id: issuer, tenant and subject.
    pub fn id(&self) -> &CallerId {
        &self.id
    }

    /// Returns the kind of credentials that proved it.
    pub fn kind(&self) -> &Kind {
        &self.kind
    }

    /// Returns the OAuth client that acts for it.
    pub fn client_id(&self) -> Option<&str> {
        self.client_id.as_deref()
    }
}

impl Standing {
    /// Creates it by the hook that knows accounts. Whatever it fails with goes to the log; the caller gets 503, and nobody is
    /// let in. So does one that takes longer than five seconds.
    pub fn new<F, A, E>(hook: F) -> Self
    where
        F: Fn(Holder) -> A + Send + Sync + 'static,
        A: Future<Output = Result<AccountStatus, E>> + Send + 'static,
        E: fmt::Display,
    {
        let hook = Box::new(move |holder| {
            hook(holder).map(|told| told.map_err(|why| why.to_string())).boxed()
        });
        Self { hook, remembered: REMEMBERED }
    }

    /// Sets the time for which an answer counts, up to five minutes. By default five seconds. Of zero none is kept: a request asks
    /// anew, or waits for the answer to a question about the same account that is under way.
    #[must_use]
    pub fn remembered(mut self, time: Duration) -> Self {
        self.remembered = time;
        self
    }

    /// Returns what keeps the app from starting.
    pub(crate) fn problem(&self) -> Option<StartProblem> {
        (self.remembered > LONGEST).then(|| StartProblem {
            code: "SA126",
            text: "the standing of an account is remembered for more than five minutes".to_owned(),
            help: "leave `.remembered(…)` out, or give it seconds: until they are over, who is gone is let in",
        })
    }
}

impl fmt::Debug for Standing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Standing").field("remembered", &self.remembered).finish_non_exhaustive()
    }
}
