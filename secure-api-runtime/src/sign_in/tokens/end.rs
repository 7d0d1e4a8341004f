//! The end of sign-ins: by their refresh token, by an access token, all of a subject.

use super::{
    Inner, MOST_FAMILIES, TokenGrant, Tokens,
    family::{Family, RefreshText, family_of},
};
use crate::{identity::Caller, input::Secret, ledger::Record, role::Roles, sign_in::SignInError};

/// The times that an end is tried again, where somebody changed the record in between.
const TRIES: usize = 16;

impl Tokens {
    /// Ends the sign-in of a refresh token, with its access tokens: signing out. A text that is no refresh token ends nothing,
    /// and is no error (RFC 7009, section 2.2).
    ///
    /// # Errors
    ///
    /// [`SignInError::Unavailable`].
    pub async fn end(&self, refresh_token: &Secret<String>) -> Result<(), SignInError> {
        match RefreshText::read(refresh_token, &self.0.ledger) {
            Some(text) => self.end_family(text.family(), "authn_token_revoked").await,
            None => Ok(()),
        }
    }

    /// Ends the sign-in that the caller's access token belongs to, and that token itself, also where it belongs to none.
    ///
    /// # Errors
    ///
    /// [`SignInError::Unavailable`].
    pub async fn sign_out<R: Roles>(&self, caller: &Caller<R>) -> Result<(), SignInError> {
        let identity = caller.identity();
        let ours = identity.token_id().filter(|_| identity.issuer() == self.issuer());
        if let Some(family) = ours.and_then(family_of) {
            self.end_family(family, "authn_token_revoked").await?;
        }
        // A token of no sign-in is revoked by nothing else. Those of one were revoked with it, this one among them: whoever was cut
        // off in between ends the rest by the refresh token.
        self.1.revoke(caller).await?;
        Ok(())
    }

    /// Ends all sign-ins of a subject, in whichever tenant, and refuses whatever else it was given under the app's issuer until
    /// now, this second included: sessions, API keys, tokens of a [`Signer`](crate::token::Signer). After a change of the password,
    /// or where the account is removed. Who signs in again within the same second is let in by that, and by nothing older.
    /// Change the password, or remove the account, before: a sign-in that is under way in another request is refused when it
    /// comes to its tokens.
    ///
    /// # Errors
    ///
    /// [`SignInError::Unavailable`].
    pub async fn end_all(&self, subject: &str) -> Result<(), SignInError> {
        let Self(inner, revocations) = self;
        let Inner { ledger, clock, .. } = &**inner;
        // First, so that a sign-in which is under way is refused or seen below, and one that begins now states a time after this.
        revocations.revoke_all(self.issuer(), subject, clock.unix_seconds()).await?;
        for (_, kept) in ledger.group(self.group(subject)).await? {
            let family = Family::read(&kept.value)?;
            if let Some((token, _)) = family.live.last()
                && let Some(id) = family_of(token)
            {
                self.end_family(id, "authn_token_revoked").await?;
            }
        }
        Ok(())
    }

    /// Ends all tokens of a family at once. What is left of it says that it has ended until its access tokens have.
    pub(super) async fn end_family(
        &self,
        id: &str,
        event: &'static str,
    ) -> Result<(), SignInError> {
        let Self(inner, revocations) = self;
        let Inner { ledger, ends, named, clock, .. } = &**inner;
        let name = self.name(id);
        for _ in 0..TRIES {
            let Some(kept) = ledger.get(name).await? else { return Ok(()) };
            let mut family = Family::read(&kept.value)?;
            if !family.ended {
                family.ended = true;
                let until = clock.unix_seconds().saturating_add(ends.lifetime);
                let group = Some(self.group(&family.subject));
                let record = Record { value: family.write()?, until, group, holder: None };
                if !ledger.replace(name, kept.version, record).await? {
                    continue;
                }
                self.tell(event, &family.subject);
            }
            // Also of one that had ended: whoever ended it may have been cut off before this.
            for (token, end) in &family.live {
                revocations.revoke_token(&named.issuer, token, *end).await?;
            }
            return Ok(());
        }
        // Somebody renews it over and over; what is not there nobody renews.
        ledger.remove(name).await?;
        Err(SignInError::unavailable("a sign-in was changed too often to be ended in order"))
    }

    /// Ends the sign-ins of a caller that end first, where there are too many for another one. Whoever is called the same in
    /// another tenant has a number of their own.
    pub(super) async fn make_room(&self, grant: &TokenGrant) -> Result<(), SignInError> {
        let mut families = Vec::new();
        for (_, kept) in self.0.ledger.group(self.group(&grant.subject)).await? {
            let family = Family::read(&kept.value)?;
            if family.tenant == grant.tenant {
                families.push((kept.until, family));
            }
        }
        if families.len() < MOST_FAMILIES {
            return Ok(());
        }
        families.sort_by_key(|(until, _)| *until);
        for (_, family) in families.drain(..=families.len() - MOST_FAMILIES) {
            match family.live.last().and_then(|(token, _)| family_of(token)) {
                Some(id) if !family.ended => self.end_family(id, "authn_token_revoked").await?,
                _ => {}
            }
        }
        Ok(())
    }
}
