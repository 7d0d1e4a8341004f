//! Tokens for those who signed in: short access tokens, and refresh tokens that rotate.

mod claims;
mod end;
mod family;
mod grant;

#[cfg(test)]
mod tests;

use std::{fmt, sync::Arc};

pub(super) use self::claims::can_carry_tenants;
use self::claims::claims;
use self::family::{Family, MOST_LIVE, RefreshText, random_id, token_id};
pub use self::grant::TokenGrant;
use super::SignInError;
use crate::{
    clock::Clock,
    identity::Revocations,
    input::Secret,
    ledger::{AppLedger, Begun, Name, Record},
    observe::{Audited, Event},
    token::OwnKeys,
};

/// The most sign-ins of one subject in one tenant: beyond it the one that ends first is ended, so that whoever signs in over and
/// over does not fill the ledger.
const MOST_FAMILIES: usize = 64;

/// The tokens of those who signed in: issues, renews and ends them. A handler takes it as an argument, where the app has
/// [`sign_in`](crate::app::AppBuilder::sign_in). Clones are the same.
///
/// An access token is a JWT of the profile RFC 9068, which the app accepts as that of any issuer. A refresh token is a random
/// text of 256 bits, of which a keyed hash is kept. It is good for one renewal, which gives another one: so of a token that was
/// stolen and its original the second to be used is noticed, and then *all* tokens of that sign-in end at once, access tokens
/// included. There is no grace for an answer that was lost or for two uses at once: nobody could tell them from a theft. So a
/// client renews one request at a time, and signs in again where it lost an answer.
#[derive(Clone)]
pub struct Tokens(Arc<Inner>, Revocations);

struct Inner {
    named: Named,
    ends: Ends,
    keys: Arc<OwnKeys>,
    ledger: AppLedger,
    clock: Clock,
    audited: Audited,
}

/// The names in all tokens of an app.
pub(super) struct Named {
    pub(super) issuer: String,
    pub(super) audience: String,
    pub(super) tenant_claim: Option<String>,
}

/// The ends of tokens, in seconds after they were issued.
pub(super) struct Ends {
    pub(super) lifetime: i64,
    pub(super) idle: i64,
    pub(super) absolute: i64,
}

/// Tokens that were issued just now.
#[derive(Debug)]
pub struct Issued {
    /// The access token, to be sent as `Authorization: Bearer`.
    pub access_token: Secret<String>,
    /// The refresh token, good for one renewal.
    pub refresh_token: Secret<String>,
    /// The seconds until the access token ends.
    pub expires_in: u64,
}

/// A refresh token that counts, which the app may renew.
#[derive(Debug)]
pub struct Renewal {
    id: String,
    name: Name,
    version: u64,
    family: Family,
}

impl Renewal {
    /// Returns the subject whose tokens are to be renewed: the app looks up if the account is still there, and which roles it has.
    pub fn subject(&self) -> &str {
        &self.family.subject
    }

    /// Returns the client that the tokens were issued to.
    pub fn client(&self) -> &str {
        &self.family.client
    }

    /// Returns the tenant.
    pub fn tenant(&self) -> Option<&str> {
        self.family.tenant.as_deref()
    }
}

impl Tokens {
    pub(super) fn new(
        named: Named,
        ends: Ends,
        keys: Arc<OwnKeys>,
        ledger: AppLedger,
        clock: Clock,
        audited: Audited,
    ) -> Self {
        let revocations = Revocations::new(ledger.clone());
        let inner = Inner { named, ends, keys, ledger, clock, audited };
        Self(Arc::new(inner), revocations)
    }

    /// Returns the tokens of a request.
    pub(crate) fn of(self, begun: &Begun) -> Self {
        let revocations = self.1.of(begun);
        Self(self.0, revocations)
    }

    /// Returns the name of the issuer, the `iss` of its tokens: a part of the [`CallerId`](crate::identity::CallerId) that the
    /// app's accounts are owned by.
    pub fn issuer(&self) -> &str {
        &self.0.named.issuer
    }

    /// Issues tokens to somebody who has just proved who they are.
    ///
    /// # Errors
    ///
    /// [`SignInError::Grant`] and [`SignInError::Unavailable`]; [`SignInError::Refused`] where another request has
    /// [ended all](Self::end_all) of this subject since this one began: what it was proved by may be an old password.
    pub async fn issue(&self, grant: TokenGrant) -> Result<Issued, SignInError> {
        let Self(inner, revocations) = self;
        let Inner { named, ledger, ends, clock, .. } = &**inner;
        grant.check(named)?;
        let now = clock.unix_seconds();
        let since = revocations.issuing_time(&named.issuer, &grant.subject, now).await?;
        self.make_room(&grant).await?;
        let id = random_id()?;
        let refresh = RefreshText::random(&id, ledger)?;
        let mut family = Family {
            subject: grant.subject.clone(),
            client: grant.client.clone(),
            tenant: grant.tenant.clone(),
            methods: grant.methods.clone(),
            class: grant.class.clone(),
            since,
            until: now.saturating_add(ends.absolute),
            token: *refresh.hash(ledger).as_bytes(),
            live: Vec::new(),
            ended: false,
        };
        let access = self.access(&id, &mut family, &grant, now).await?;
        if !ledger.insert(self.name(&id), self.record(&family, now)?).await? {
            return Err(SignInError::unavailable("a sign-in of this id is there already"));
        }
        if revocations.ended_meanwhile(&named.issuer, &grant.subject).await? {
            self.end_family(&id, "authn_token_revoked").await?;
            return Err(SignInError::Refused("all sign-ins of the subject were ended meanwhile"));
        }
        self.tell("authn_token_created", &grant.subject);
        Ok(self.issued(access, refresh))
    }

    /// Returns what a refresh token renews, if it counts and was issued to this client. The token is used by
    /// [`renew`](Self::renew) only: where the app fails in between, it still counts.
    ///
    /// # Errors
    ///
    /// [`SignInError::Refused`] for what does not count, [`SignInError::Reused`] for what was used before or was issued to
    /// another client, which ends the sign-in; and [`SignInError::Unavailable`].
    pub async fn presented(
        &self,
        refresh_token: &Secret<String>,
        client: &str,
    ) -> Result<Renewal, SignInError> {
        let Self(inner, revocations) = self;
        let Inner { named, ledger, .. } = &**inner;
        let unknown = SignInError::Refused("the refresh token is none, or has ended");
        let Some(text) = RefreshText::read(refresh_token, ledger) else { return Err(unknown) };
        let name = self.name(text.family());
        let Some(kept) = ledger.get(name).await? else { return Err(unknown) };
        let family = Family::read(&kept.value)?;
        if family.ended || !family.has(text.hash(ledger)) || family.client != client {
            self.end_family(text.family(), "authn_token_reuse").await?;
            return Err(SignInError::Reused);
        }
        // Also one that began while all of its subject were ended, and was seen by nobody.
        if revocations.supersede(&named.issuer, &family.subject, family.since).await? {
            return Err(unknown);
        }
        let id = text.family().to_owned();
        Ok(Renewal { id, name, version: kept.version, family })
    }

    /// Issues new tokens in the place of the refresh token that was presented, which is used up by that.
    ///
    /// The grant is made anew, for the same subject, client and tenant.
    ///
    /// # Errors
    ///
    /// [`SignInError::Reused`] where the token was used in between: of two uses at once one gets tokens, and the other ends them.
    /// [`SignInError::Refused`] where what was issued to the subject was revoked in between, [`SignInError::Grant`] and [`SignInError::Unavailable`].
    pub async fn renew(&self, renewal: Renewal, grant: TokenGrant) -> Result<Issued, SignInError> {
        grant.check(&self.0.named)?;
        let Renewal { id, name, version, mut family } = renewal;
        if (&grant.subject, &grant.client, &grant.tenant)
            != (&family.subject, &family.client, &family.tenant)
        {
            return Err(SignInError::Grant("a renewal is for the same subject, client and tenant"));
        }
        let Self(inner, revocations) = self;
        let Inner { named, ledger, clock, .. } = &**inner;
        let now = clock.unix_seconds();
        let refresh = RefreshText::random(&id, ledger)?;
        family.token = *refresh.hash(ledger).as_bytes();
        let access = self.access(&id, &mut family, &grant, now).await?;
        if !ledger.replace(name, version, self.record(&family, now)?).await? {
            self.end_family(&id, "authn_token_reuse").await?;
            return Err(SignInError::Reused);
        }
        // Whoever revokes it from here on finds it renewed; before, the time in its tokens may be later than what was revoked.
        let (issuer, subject) = (&*named.issuer, &*family.subject);
        if revocations.supersede(issuer, subject, family.since).await?
            || revocations.ended_meanwhile(issuer, subject).await?
        {
            self.end_family(&id, "authn_token_revoked").await?;
            return Err(SignInError::Refused("it was revoked while it was renewed"));
        }
        Ok(self.issued(access, refresh))
    }

    /// Signs an access token of a family, and notes that it lives.
    async fn access(
        &self,
        id: &str,
        family: &mut Family,
        grant: &TokenGrant,
        now: i64,
    ) -> Result<Secret<String>, SignInError> {
        let Inner { named, ends, keys, .. } = &*self.0;
        let (token_id, expires_at) = (token_id(id)?, now.saturating_add(ends.lifetime));
        let claims = claims(named, family, grant, (&token_id, now, expires_at))?;
        let access = Secret::new(keys.sign(&claims).await?);
        family.live.retain(|(_, end)| now < *end);
        if family.live.len() >= MOST_LIVE {
            let (oldest, end) = family.live.remove(0);
            self.1.revoke_token(&named.issuer, &oldest, end).await?;
        }
        family.live.push((token_id, expires_at));
        Ok(access)
    }

    fn record(&self, family: &Family, now: i64) -> Result<Record, SignInError> {
        let until = family.until.min(now.saturating_add(self.0.ends.idle));
        Ok(Record {
            value: family.write()?,
            until,
            group: Some(self.group(&family.subject)),
            holder: None,
        })
    }

    fn issued(&self, access_token: Secret<String>, refresh: RefreshText) -> Issued {
        let expires_in = u64::try_from(self.0.ends.lifetime).unwrap_or_default();
        Issued { access_token, refresh_token: refresh.whole, expires_in }
    }

    fn name(&self, family: &str) -> Name {
        self.0.ledger.name(&["sign-in", &self.0.named.issuer, family])
    }

    fn group(&self, subject: &str) -> Name {
        self.0.ledger.name(&["sign-ins of a subject", &self.0.named.issuer, subject])
    }

    /// Tells the log and the audit stream of an event, in OWASP's vocabulary, and of whom by a keyed hash.
    fn tell(&self, event: &'static str, subject: &str) {
        let subject = self.0.ledger.subject_in_log(&self.0.named.issuer, subject);
        let what = match event {
            "authn_token_created" => "signed in",
            "authn_token_reuse" => "a refresh token came a second time, and its sign-in ended",
            _ => "a sign-in ended",
        };
        tracing::info!(target: "secure_api::security", event, %subject, "{what}");
        let subject = Some(subject.to_string()).filter(|_| self.0.audited.is_kept());
        self.0.audited.tell(&Event { event, description: what, subject, ..Event::default() });
    }
}

impl fmt::Debug for Tokens {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Tokens").field("issuer", &self.0.named.issuer).finish_non_exhaustive()
    }
}
