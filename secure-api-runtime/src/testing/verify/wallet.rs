//! Credentials of each kind, as a made-up caller has them: tokens with and without a proof, API keys, sessions. Certificates and
//! kinds of an app's own are given.

mod carried;

use super::{
    draft::{By, Persona},
    world::World,
};
use crate::{
    identity::{API_KEY, Credential, Principal},
    inventory::{AccessModel, CredentialModel, Operation},
    session::Session,
};

/// The seconds for which a key or a session is used that was made up.
const LIFETIME: i64 = 600;

/// A key or a session that was made up.
#[derive(Clone)]
pub(super) struct Coin {
    pub(super) text: String,
    pub(super) id: String,
    /// The second in which it ends.
    until: i64,
}

impl CredentialModel {
    /// Returns `true` for API keys.
    pub(super) fn is_api_key(&self) -> bool {
        self.name == API_KEY
    }

    /// Returns `true` for sessions.
    pub(super) fn is_session(&self) -> bool {
        *self == Self::from(&Session::KIND)
    }

    /// Returns `true` for what browsers send by themselves.
    pub(super) fn is_cookie(&self) -> bool {
        self.cookie.is_some()
    }

    /// Returns `true` for what a request has without its sender's doing.
    pub(super) fn is_ambient(&self) -> bool {
        self.cookie.is_some() || self.certificate
    }
}

impl World {
    /// Returns `true` if credentials of this kind are made up, for anybody.
    pub(super) fn makes(&self, kind: &CredentialModel) -> bool {
        let shared = &self.client.shared;
        let has_issuer = !shared.issuers.is_empty();
        (kind.is_bearer() && has_issuer)
            || (kind.is_dpop() && has_issuer && shared.url.is_some())
            || (kind.is_api_key() && self.tested.makes_keys.is_some())
            || (kind.is_session() && self.sessions.is_some())
            || self.mints(kind)
    }

    pub(super) fn is_given(&self, kind: &CredentialModel) -> bool {
        self.given.holders.iter().any(|(name, ..)| *name == kind.name)
    }

    /// Returns the kinds of credentials by which a caller comes in: those of the first alternative that are made up, or given. None
    /// where there are no such credentials.
    pub(super) fn ways(&self, operation: &Operation) -> Option<Vec<CredentialModel>> {
        let sets = self.model.alternatives_of(operation);
        let has = |kind: &CredentialModel| self.makes(kind) || self.is_given(kind);
        let made = sets.iter().find(|kinds| kinds.iter().all(|kind| self.makes(kind)));
        made.or(sets.iter().find(|kinds| kinds.iter().all(has))).cloned()
    }

    /// Returns `true` if callers of a route can be made up, with any role.
    pub(super) fn takes(&self, operation: &Operation) -> bool {
        let ways = self.ways(operation);
        ways.is_some_and(|ways| ways.first().is_some_and(|kind| self.makes(kind)))
    }

    /// Returns `true` if there is somebody whom a route admits.
    pub(super) fn holds(&self, operation: &Operation) -> bool {
        self.takes(operation) || self.holder_of(operation).is_some()
    }

    /// Returns `true` if access tokens alone let somebody into a route.
    pub(super) fn takes_tokens(&self, operation: &Operation) -> bool {
        self.admits_alone(operation, CredentialModel::is_bearer).is_some()
    }

    /// Returns the kind of credentials that is such a one and lets somebody into a route by itself.
    pub(super) fn admits_alone(
        &self,
        operation: &Operation,
        is: impl Fn(&CredentialModel) -> bool,
    ) -> Option<CredentialModel> {
        let alone = self.model.alternatives_of(operation).into_iter().filter(|set| set.len() == 1);
        alone.flatten().find(|kind| is(kind))
    }

    /// Returns somebody with given credentials whom a route admits.
    pub(super) fn holder_of(&self, operation: &Operation) -> Option<Persona> {
        let AccessModel::Roles(least) = &operation.access else { return None };
        let kinds = self.ways(operation)?;
        let kind = kinds.first()?;
        let mut holders = self.given.holders.iter().enumerate();
        let found = holders.find(|(_, (name, principal, _))| {
            let has = |scope: &String| principal.scopes.contains(scope);
            *name == kind.name
                && principal.roles.iter().any(|role| self.model.admits(least, role))
                && operation.scopes.iter().all(has)
        });
        found.map(|(place, _)| self.holder(place))
    }

    /// Returns the tenant of given credentials that a route demands beside others: those are made up for the same one.
    pub(super) fn tenant_given(&self, operation: &Operation) -> Option<&str> {
        let kinds = self.ways(operation).filter(|kinds| kinds.len() > 1)?;
        let mut holders = self.given.holders.iter();
        holders.find_map(|(name, principal, _)| {
            let is_asked = kinds.iter().any(|kind| kind.name == *name && !self.makes(kind));
            principal.tenant.as_deref().filter(|_| is_asked)
        })
    }

    /// Returns the holder of the given credentials at this place.
    pub(super) fn holder(&self, place: usize) -> Persona {
        let (_, principal, _) = &self.given.holders[place];
        Persona {
            subject: principal.subject.clone(),
            roles: principal.roles.clone(),
            scopes: principal.scopes.clone(),
            tenant: principal.tenant.clone(),
            given: Some(place),
            ..Persona::default()
        }
    }

    /// Returns a caller of a route who comes by this kind of credentials.
    pub(super) fn by_kind(&self, operation: &Operation, kind: &CredentialModel) -> Persona {
        let persona = Persona { subject: self.somebody(), ..Persona::default() };
        let persona = match &operation.access {
            AccessModel::Roles(roles) => {
                persona.only(&roles.first().map_or(vec![], |role| vec![&**role]))
            }
            AccessModel::Public(_) => persona,
        };
        Persona { by: vec![kind.clone()], ..self.equipped(operation, persona) }
    }

    /// Returns `true` if a page of one's own sends it: by a session, or to a route that begins and ends some.
    pub(super) fn is_of_page(&self, operation: &Operation, by: &By) -> bool {
        let by_cookie = match by {
            By::Caller(persona) => {
                self.kinds_of(operation, persona).iter().any(|kind| kind.cookie.is_some())
            }
            By::Nobody | By::Token(_) => false,
        };
        by_cookie || operation.sets_session() || operation.changes_by_cookies()
    }

    /// Returns the kinds of credentials that a persona brings to an operation.
    pub(super) fn kinds_of(
        &self,
        operation: &Operation,
        persona: &Persona,
    ) -> Vec<CredentialModel> {
        match &persona.by[..] {
            [] => self.ways(operation).unwrap_or_else(|| self.model.credentials_of(operation)),
            stated => stated.to_vec(),
        }
    }

    /// Returns the token of a persona that is bound to the key by which proofs are made.
    pub(super) fn bound_token(&self, persona: &Persona) -> String {
        let persona = persona.clone().claim("cnf", self.prover.confirmation());
        self.actor(&persona).token().to_owned()
    }

    /// Returns a key or a session of a persona, the one that it had before, if that has not ended.
    pub(super) async fn coin(&self, kind: &CredentialModel, persona: &Persona) -> Option<Coin> {
        let name = format!("{} {:?}", kind.name, self.principal(persona, 0));
        let now = self.client.clock().unix_seconds();
        let known = self.purse.borrow().get(&name).filter(|coin| now < coin.until - 1).cloned();
        if known.is_some() {
            return known;
        }
        let coin = self.made(kind, persona, LIFETIME).await?;
        self.purse.borrow_mut().insert(name, coin.clone());
        Some(coin)
    }

    /// Makes a key or a session that ends in so many seconds, or has ended.
    pub(super) async fn made(
        &self,
        kind: &CredentialModel,
        persona: &Persona,
        lasts: i64,
    ) -> Option<Coin> {
        let now = self.client.clock().unix_seconds();
        let principal = self.principal(persona, now + lasts);
        if let Some((text, id)) = self.minted(kind, persona, &principal) {
            return Some(Coin { text, id, until: now + lasts });
        }
        let made = match (&self.sessions, &self.tested.makes_keys) {
            (Some(sessions), _) if kind.is_session() => sessions.make_up(principal).await,
            (_, Some(makes)) if kind.is_api_key() => makes(principal, now).await,
            _ => return None,
        };
        made.ok().map(|(text, id)| Coin { text, id, until: now + lasts })
    }

    /// Returns the issuer that vouches for those who are made up.
    pub(super) fn issuer(&self) -> String {
        let issuer = self.client.shared.issuers.first();
        issuer.cloned().unwrap_or_else(|| "https://testing.invalid".to_owned())
    }

    /// Returns the principal that a persona is.
    fn principal(&self, persona: &Persona, ends: i64) -> Principal {
        let mut principal = Principal::new(self.issuer(), &persona.subject)
            .roles(persona.roles.clone())
            .scopes(persona.scopes.clone())
            .expires_at(ends);
        if let Some(tenant) = &persona.tenant {
            principal = principal.tenant(tenant);
        }
        for (name, value) in &persona.claims {
            let text = value.as_str().unwrap_or_default();
            let texts = || value.as_array().into_iter().flatten().filter_map(|one| one.as_str());
            principal = match (*name, value.as_i64()) {
                ("acr", _) => principal.acr(text),
                ("amr", _) => principal.amr(texts().map(str::to_owned)),
                ("auth_time", Some(at)) => principal.authenticated_at(at),
                ("client_id", _) => principal.client_id(text),
                _ => principal,
            };
        }
        principal
    }
}
