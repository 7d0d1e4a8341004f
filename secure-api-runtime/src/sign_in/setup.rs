//! The settings of signing in, stated once for an app.

use std::{fmt, sync::Arc, time::Duration};

use super::{
    Codes, Passwords, SignInError, Tokens,
    passwords::Rules,
    tokens::{Ends, Named, can_carry_tenants},
};
use crate::{
    clock::Clock,
    error::StartProblem,
    input::Secret,
    ledger::AppLedger,
    observe::Audited,
    token::{Issuer, Key, LONGEST, OwnKeys},
};

/// Ten minutes: a token that was stolen is soon worthless, and a client renews it often enough to learn of a change of roles.
const LIFETIME: Duration = Duration::from_secs(600);
/// Two weeks: whoever comes each week stays signed in.
const IDLE: Duration = Duration::from_secs(14 * 24 * 3600);
/// Thirty days, after which NIST SP 800-63B asks everybody to prove who they are again.
const ABSOLUTE: Duration = Duration::from_secs(30 * 24 * 3600);

/// Signing in by the app itself: it issues access tokens under keys of its own, which change each day, with refresh tokens
/// that rotate.
///
/// The keys are made when they are needed and kept in the app's [`ledger`](crate::app::AppBuilder::ledger), sealed by its
/// [`secret`](crate::app::AppBuilder::secret): all machines that share both sign by the same, and their public halves are at
/// `/.well-known/jwks.json`. Without a ledger of its own an app that starts anew has new keys, and everybody signs in again.
///
/// ```
/// use secure_api::{app::AppBuilder, sign_in::SignIn};
///
/// fn app(begun: AppBuilder) -> AppBuilder {
///     begun.base_url("https://notes.example").sign_in(SignIn::new("notes-api"))
/// }
/// ```
pub struct SignIn {
    pub(crate) issuer: Option<String>,
    pub(crate) audience: String,
    pub(crate) tenant_claim: Option<String>,
    keys: Vec<Key>,
    lifetime: Duration,
    idle: Duration,
    absolute: Duration,
    rules: Rules,
}

/// The parts of signing in, once it is set up.
pub(crate) struct SetUp {
    pub(crate) issuer: Issuer,
    pub(crate) keys: Arc<OwnKeys>,
    pub(crate) tokens: Tokens,
    pub(crate) passwords: Passwords,
    pub(crate) codes: Codes,
}

impl SignIn {
    /// Creates it by this API's name in the tokens that it issues to itself, their `aud`.
    pub fn new(audience: impl Into<String>) -> Self {
        Self {
            issuer: None,
            audience: audience.into(),
            tenant_claim: None,
            keys: Vec::new(),
            lifetime: LIFETIME,
            idle: IDLE,
            absolute: ABSOLUTE,
            rules: Rules::default(),
        }
    }

    /// Sets the name of the issuer in tokens, their `iss`. By default it is the app's
    /// [`base_url`](crate::app::AppBuilder::base_url), and of an app without one it is stated here. It is a part of the id of
    /// each caller, so it never changes.
    #[must_use]
    pub fn issuer(mut self, name: impl Into<String>) -> Self {
        self.issuer = Some(name.into());
        self
    }

    /// Adds a key, with an id, by which tokens of this issuer are signed elsewhere: that of a
    /// [`Signer`](crate::token::Signer) in a command of the operator's. Such tokens belong to no sign-in that could be ended.
    #[must_use]
    pub fn key(mut self, key: Key) -> Self {
        self.keys.push(key);
        self
    }

    /// Sets the claim that holds a caller's tenant, as [`Issuer::tenant_claim`] has it; of an API with `tenants` it is stated
    /// (SA162). It is one that tokens have for nothing else, or the app does not start (SA187).
    #[must_use]
    pub fn tenant_claim(mut self, claim: impl Into<String>) -> Self {
        self.tenant_claim = Some(claim.into());
        self
    }

    /// Sets the lifetime of access tokens, up to an hour. By default ten minutes.
    #[must_use]
    pub fn access_lifetime(mut self, lifetime: Duration) -> Self {
        self.lifetime = lifetime;
        self
    }

    /// Sets the ends of refresh tokens: after `idle` without a renewal, and in any case `absolute` after the sign-in. By
    /// default two weeks and thirty days.
    #[must_use]
    pub fn refresh_lifetime(mut self, idle: Duration, absolute: Duration) -> Self {
        (self.idle, self.absolute) = (idle, absolute);
        self
    }

    /// Sets the fewest characters of a new password. By default 15, as NIST SP 800-63B asks where the password is all that
    /// somebody signs in by; where there is a second factor 8 are enough, and fewer never are.
    #[must_use]
    pub fn shortest_password(mut self, characters: usize) -> Self {
        self.rules.shortest = characters;
        self
    }

    /// Sets the list of passwords that everybody knows, as a function that returns `true` for one that nobody may take. It is
    /// asked on an async thread, so what it looks in is in memory.
    #[must_use]
    pub fn blocklist(mut self, is_known: impl Fn(&str) -> bool + Send + Sync + 'static) -> Self {
        self.rules.blocklist = Some(Arc::new(is_known));
        self
    }

    /// Hashes a password by the rules stated here, as [`Passwords`] does in a handler: for a command that makes the first account.
    /// It takes 19 MiB and the thread for some tens of milliseconds.
    ///
    /// # Errors
    ///
    /// [`SignInError::Password`] where nobody may take it, and [`SignInError::Unavailable`].
    ///
    /// ```
    /// # use secure_api::{prelude::*, sign_in::{SignIn, SignInError}};
    /// # fn main() -> Result<(), SignInError> {
    /// let password = Secret::new("a phrase that nobody has".to_owned());
    /// let hash = SignIn::new("notes-api").hash_password(&password)?;
    /// assert!(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"));
    /// # Ok(()) }
    /// ```
    pub fn hash_password(&self, password: &Secret<String>) -> Result<String, SignInError> {
        self.rules.hash(password)
    }

    /// Makes the issuer that the app accepts tokens of, and what its handlers sign in with. What is wrong goes to `problems`.
    pub(crate) fn set_up(
        &mut self,
        base_url: Option<String>,
        ledger: &AppLedger,
        (clock, audited): (&Clock, &Audited),
        problems: &mut Vec<StartProblem>,
    ) -> Option<SetUp> {
        let [lifetime, idle, absolute] = [self.lifetime, self.idle, self.absolute]
            .map(|time| i64::try_from(time.as_secs()).unwrap_or(i64::MAX));
        if !(1..=LONGEST).contains(&lifetime) || idle < lifetime || absolute < idle {
            problems.push(StartProblem {
                code: "SA132",
                text: "the lifetimes of tokens that the app issues do not fit".to_owned(),
                help: "give access tokens an hour at most, refresh tokens longer, and their absolute end after their idle one",
            });
        }
        let Some(name) = self.issuer.clone().or(base_url) else {
            problems.push(StartProblem {
                code: "SA131",
                text: "the app signs its users in, and nothing says by which name".to_owned(),
                help: "add `.base_url(\"https://…\")` to the app, or `.issuer(\"https://…\")` to its `SignIn`",
            });
            return None;
        };
        let own = Arc::new(OwnKeys::new(name.clone(), ledger.clone(), clock.clone()));
        let issuer = Issuer::new(name.clone()).audience(&*self.audience).own(Arc::clone(&own));
        let issuer = self.keys.drain(..).fold(issuer, Issuer::key);
        let issuer = match &self.tenant_claim {
            Some(claim) => issuer.tenant_claim(&**claim),
            None => issuer,
        };
        let ends = Ends { lifetime, idle, absolute };
        let (audience, tenant_claim) = (self.audience.clone(), self.tenant_claim.clone());
        let named = Named { issuer: name, audience, tenant_claim };
        if !can_carry_tenants(&named) {
            let claim = named.tenant_claim.as_deref().unwrap_or_default();
            problems.push(StartProblem {
                code: "SA187",
                text: format!(
                    "the tokens that the app issues cannot carry a tenant in the claim `{claim}`"
                ),
                help: "name one that tokens have for nothing else, as `.tenant_claim(\"org_id\")`",
            });
        }
        Some(SetUp {
            issuer,
            tokens: Tokens::new(
                named,
                ends,
                Arc::clone(&own),
                ledger.clone(),
                clock.clone(),
                audited.clone(),
            ),
            keys: own,
            passwords: Passwords::new(self.rules.clone()),
            codes: Codes::new(ledger.clone(), clock.clone()),
        })
    }
}

impl fmt::Debug for SignIn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SignIn")
            .field("issuer", &self.issuer)
            .field("audience", &self.audience)
            .finish_non_exhaustive()
    }
}
