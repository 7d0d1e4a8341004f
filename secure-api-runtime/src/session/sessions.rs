//! The sessions of an app, as handlers begin, list and end them.

use std::{
    fmt,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
};

use http::HeaderValue;

use super::{COOKIE, Keeper, OpenSession, SessionError, kept::Kept, text};
use crate::{
    identity::{Caller, CallerId, Principal, Revocations},
    ledger::{LedgerError, Name},
    role::Roles,
};

/// The place where what a handler did waits for its answer.
pub(crate) type CookieSlot = Arc<Mutex<Option<Set>>>;

/// The part of an answer that a browser's session is begun or ended by.
pub(crate) struct Set {
    /// The value of `Set-Cookie`.
    pub(crate) cookie: HeaderValue,
    /// The value of `Clear-Site-Data`, where somebody signs out.
    pub(crate) clear: Option<HeaderValue>,
}

/// The value by which a browser forgets what it keeps of the origin's answers, and what pages have stored. Its cookies are those of the whole
/// site, of other hosts too, and so not for one app to take; the session's own is taken back by itself.
const CLEAR: HeaderValue = HeaderValue::from_static("\"cache\", \"storage\"");

/// The sessions of an app, as an argument of the handlers that sign people in and out. It is there where the app has
/// [`sessions`](crate::app::AppBuilder::sessions).
///
/// What it begins or ends is in the answer's `Set-Cookie`, where the handler succeeds. The cookie is `__Host-session`: `Secure`,
/// `HttpOnly`, `SameSite=Strict`, without an end of its own, 256 random bits, of which the ledger keeps a keyed hash. A route
/// that takes this admits a browser's request from one's own pages only, as does each that a session may call and that
/// changes something; `allow(cross_site, reason = "…")` excepts one.
///
/// ```
/// use secure_api::{identity::Principal, prelude::*, session::{SessionError, Sessions}};
///
/// # #[derive(Role)] enum Role { Member }
/// # #[derive(Version)] enum Version { V1 }
/// # #[derive(Input)]
/// # pub struct Credentials { #[input(max_len = 64)] name: String, #[input(max_len = 64)] password: Secret<String> }
/// # fn account_of(_: &Credentials) -> Option<Uuid> { Some(Uuid::now_v7()) }
/// #[derive(Debug, ApiError)]
/// pub enum LoginError {
///     /// The name or the password is not right.
///     #[problem(status = 422, title = "The name or the password is not right")]
///     Unknown,
///     #[problem(transparent, from(SessionError))]
///     Store(StoreError),
/// }
///
/// /// Signs in.
/// #[put("/session", version = Version::V1.., public = "who signs in is not known yet", credential, limit = LOGINS)]
/// async fn sign_in(Json(input): Json<Credentials>, sessions: Sessions) -> Result<NoContent, LoginError> {
///     let id = account_of(&input).ok_or(LoginError::Unknown)?;
///     let account = Principal::new("https://shop.example", id.to_string()).roles(["member"]);
///     sessions.begin(account).await?;
///     Ok(NoContent)
/// }
///
/// const LOGINS: Limit = Limit::per_address(5).per_minute();
/// # fn main() {}
/// ```
pub struct Sessions {
    open: OpenSessions,
    cookie: CookieSlot,
    revocations: Revocations,
    /// `true` while the session that the request came with is what its caller was admitted by.
    by_session: AtomicBool,
}

/// The open sessions of callers, as an argument of handlers that list them, those of GET too.
pub struct OpenSessions {
    keeper: Arc<Keeper>,
    /// The text of the session that the request came with, whether it holds or not.
    presented: Option<Box<str>>,
}

impl Sessions {
    pub(crate) fn new(
        open: OpenSessions,
        cookie: CookieSlot,
        revocations: Revocations,
        by_session: bool,
    ) -> Self {
        Self { open, cookie, revocations, by_session: AtomicBool::new(by_session) }
    }

    /// Begins a session of this principal, and ends the one that the request came with: what a browser had before a sign-in
    /// opens nothing after it. It is begun anew when rights change, too, as after a second factor. A principal that does not
    /// say when it [proved itself](Principal::authenticated_at) did so now: where nobody was asked to, hand on the time that the
    /// caller's identity has.
    ///
    /// # Errors
    ///
    /// [`SessionError::Principal`] where it could be nobody's; [`SessionError::Ended`] where another request has
    /// [ended all](Self::end_others) of the principal's since this one began, or the session that its caller was admitted by; and
    /// [`SessionError::Ledger`].
    pub async fn begin(&self, principal: Principal) -> Result<OpenSession, SessionError> {
        self.begin_as(principal, None).await
    }

    /// Begins a session under a name that its owner will know it by, as of a browser; at most 80 characters of it are kept.
    ///
    /// # Errors
    ///
    /// Those of [`begin`](Self::begin).
    pub async fn begin_named(
        &self,
        principal: Principal,
        label: &str,
    ) -> Result<OpenSession, SessionError> {
        let label = label.chars().filter(|letter| !letter.is_control()).take(80).collect();
        self.begin_as(principal, Some(label)).await
    }

    async fn begin_as(
        &self,
        principal: Principal,
        label: Option<String>,
    ) -> Result<OpenSession, SessionError> {
        let Keeper { ledger, settings, clock } = &*self.open.keeper;
        let randomness = |_| SessionError::Principal("the system gives no randomness");
        let (text, id) =
            (text::random().map_err(randomness)?, text::random_id().map_err(randomness)?);
        let now = clock.unix_seconds();
        let latest_end = now.saturating_add(settings.absolute_seconds());
        let revocations = &self.revocations;
        let began_at = revocations.issuing_time(&principal.issuer, &principal.subject, now).await?;
        let kept = Kept { label, began_at, ..Kept::new(id, principal, now, latest_end) };
        let owner = kept.owner();
        let owner = owner.ok_or(SessionError::Principal("nobody is called so"))?;
        let until = self.open.keeper.end(&kept, now);
        if until <= now {
            return Err(SessionError::Principal("the principal has ended"));
        }
        // Of those that take the place of one session, one does, and none where it was ended meanwhile.
        let was_open = self.open.end_presented().await?;
        if self.by_session.swap(false, Ordering::AcqRel) && !was_open {
            return Err(SessionError::Ended);
        }
        // Room is made before, so that nobody has more than they may.
        for (name, ..) in self.open.keeper.of(&owner).await?.into_iter().skip(settings.most - 1) {
            ledger.remove(name).await?;
        }
        let record = self.open.keeper.record(&kept, &owner, until);
        if !ledger.insert(self.open.keeper.name(&text), record).await? {
            return Err(SessionError::Principal("two sessions had one text"));
        }
        if revocations.ended_meanwhile(&kept.issuer, &kept.subject).await? {
            ledger.remove(self.open.keeper.name(&text)).await?;
            return Err(SessionError::Ended);
        }
        self.set(&format!("{COOKIE}={text}; Path=/; Secure; HttpOnly; SameSite=Strict"), None);
        Ok(kept.shown(until, true))
    }

    /// Ends the session that the request came with, and has the browser forget its cookie: signing out. `false` if it came
    /// with none that is open. By `Clear-Site-Data` the browser forgets as well what it keeps of the origin's answers, and what pages
    /// have stored there, unless the [settings](super::SessionSettings::keep_site_data) say otherwise.
    ///
    /// # Errors
    ///
    /// Those of the ledger.
    pub async fn end(&self) -> Result<bool, LedgerError> {
        let ended = self.open.end_presented().await?;
        if ended {
            // Who ends it and then begins another has done both.
            self.by_session.store(false, Ordering::Release);
        }
        let clear = (!self.open.keeper.settings.keeps_site_data).then_some(CLEAR);
        self.set(
            &format!("{COOKIE}=; Path=/; Secure; HttpOnly; SameSite=Strict; Max-Age=0"),
            clear,
        );
        Ok(ended)
    }

    /// Ends one of the caller's sessions by its public id. `false` if the caller has none of it.
    ///
    /// # Errors
    ///
    /// Those of the ledger.
    pub async fn end_one<R: Roles>(
        &self,
        caller: &Caller<R>,
        id: &str,
    ) -> Result<bool, LedgerError> {
        let all = self.open.keeper.of(caller.id()).await?;
        match all.into_iter().find(|(_, kept, _)| kept.id == id) {
            Some((name, ..)) => self.open.keeper.ledger.remove(name).await,
            None => Ok(false),
        }
    }

    /// Ends all sessions of somebody but the one that the request came with, and returns how many: after a change of the
    /// password, or where somebody lost a machine. Change the password first: a session that another request begins by the old one
    /// is refused from then on. So it is where [`Tokens::end_all`](crate::sign_in::Tokens::end_all) ends all of a subject.
    ///
    /// # Errors
    ///
    /// Those of the ledger.
    pub async fn end_others(&self, owner: &CallerId) -> Result<usize, LedgerError> {
        self.revocations.note_end(&owner.issuer(), &owner.subject()).await?;
        let mut ended = 0;
        let current = self.open.current();
        for (name, ..) in self.open.keeper.of(owner).await? {
            if Some(name) != current && self.open.keeper.ledger.remove(name).await? {
                ended += 1;
            }
        }
        Ok(ended)
    }

    fn set(&self, cookie: &str, clear: Option<HeaderValue>) {
        // Base64 and constant texts are always a value.
        let cookie = match crate::weakened::is("cookie") {
            true => cookie.replace("; HttpOnly", ""),
            false => cookie.to_owned(),
        };
        let set = HeaderValue::from_str(&cookie).ok().map(|mut cookie| {
            cookie.set_sensitive(true);
            Set { cookie, clear }
        });
        *self.cookie.lock().unwrap_or_else(PoisonError::into_inner) = set;
    }
}

impl OpenSessions {
    pub(crate) fn new(keeper: Arc<Keeper>, presented: Option<&str>) -> Self {
        Self { keeper, presented: presented.map(Box::from) }
    }

    /// Returns the caller's open sessions, the one that was used last first.
    ///
    /// # Errors
    ///
    /// Those of the ledger.
    pub async fn list<R: Roles>(
        &self,
        caller: &Caller<R>,
    ) -> Result<Vec<OpenSession>, LedgerError> {
        let (all, current) = (self.keeper.of(caller.id()).await?, self.current());
        Ok(all
            .into_iter()
            .map(|(name, kept, until)| kept.shown(until, Some(name) == current))
            .collect())
    }

    /// Returns the name of the session that the request came with.
    fn current(&self) -> Option<Name> {
        let text = text::read(self.presented.as_deref()?.as_bytes())?;
        Some(self.keeper.name(text))
    }

    async fn end_presented(&self) -> Result<bool, LedgerError> {
        match self.current() {
            Some(_) if crate::weakened::is("sign-out") => Ok(true),
            Some(name) => self.keeper.ledger.remove(name).await,
            None => Ok(false),
        }
    }
}

impl fmt::Debug for Sessions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sessions").finish_non_exhaustive()
    }
}

impl fmt::Debug for OpenSessions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OpenSessions").finish_non_exhaustive()
    }
}
