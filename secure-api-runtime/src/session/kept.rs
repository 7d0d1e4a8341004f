//! A session as it is kept in the ledger, and as its owner sees it.

use serde::{Deserialize, Serialize};

use crate::identity::{CallerId, Principal};

/// A session, without what opens it: as its owner sees it in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenSession {
    /// Its public id, by which it can be ended.
    pub id: String,
    /// The name that its beginning gave it, as of a browser.
    pub label: Option<String>,
    /// The time at which it began, in seconds since 1970.
    pub began_at: i64,
    /// The time at which it was last used, in seconds since 1970, to the minute.
    pub used_at: i64,
    /// The time at which it ends if it is not used any more, in seconds since 1970.
    pub ends_at: i64,
    /// `true` if it is the one that the request came with.
    pub is_current: bool,
}

/// The content of a session's record.
#[derive(Clone, Serialize, Deserialize)]
pub(super) struct Kept {
    pub(super) id: String,
    pub(super) label: Option<String>,
    pub(super) issuer: String,
    pub(super) subject: String,
    pub(super) tenant: Option<String>,
    pub(super) roles: Vec<String>,
    pub(super) scopes: Vec<String>,
    pub(super) client_id: Option<String>,
    pub(super) authenticated_at: Option<i64>,
    pub(super) acr: Option<String>,
    pub(super) amr: Vec<String>,
    pub(super) began_at: i64,
    pub(super) used_at: i64,
    /// The time at which it ends whatever happens.
    pub(super) latest_end: i64,
}

impl Kept {
    /// Creates the record of a principal that proved itself now, if nothing else is stated.
    pub(super) fn new(id: String, principal: Principal, now: i64, latest_end: i64) -> Self {
        Self {
            id,
            label: None,
            issuer: principal.issuer,
            subject: principal.subject,
            tenant: principal.tenant,
            roles: principal.roles,
            scopes: principal.scopes,
            client_id: principal.client_id,
            authenticated_at: principal.authenticated_at.or(Some(now)),
            acr: principal.acr,
            amr: principal.amr,
            began_at: now,
            used_at: now,
            // One that ends sooner by itself, as what it was begun by, does so here.
            latest_end: principal.expires_at.map_or(latest_end, |end| latest_end.min(end)),
        }
    }

    pub(super) fn read(value: &[u8]) -> Option<Self> {
        serde_json::from_slice(value).ok()
    }

    pub(super) fn written(&self) -> Vec<u8> {
        // Texts and numbers are always JSON.
        serde_json::to_vec(self).unwrap_or_default()
    }

    /// Returns the caller that it is of, if the parts make one.
    pub(super) fn owner(&self) -> Option<CallerId> {
        CallerId::checked(&self.issuer, self.tenant.as_deref(), &self.subject)
    }

    /// Returns the principal that it speaks for. It ends when the session does in any case: whoever is revoked by that may go
    /// on using the cookie, which keeps the record, and nothing is to be forgotten before it is.
    pub(super) fn principal(self) -> Principal {
        Principal {
            issuer: self.issuer,
            subject: self.subject,
            tenant: self.tenant,
            roles: self.roles,
            scopes: self.scopes,
            client_id: self.client_id,
            credential_id: Some(self.id),
            issued_at: Some(self.began_at),
            expires_at: Some(self.latest_end),
            authenticated_at: self.authenticated_at,
            acr: self.acr,
            amr: self.amr,
        }
    }

    /// Returns what its owner sees.
    pub(super) fn shown(self, ends_at: i64, is_current: bool) -> OpenSession {
        let Self { id, label, began_at, used_at, .. } = self;
        OpenSession { id, label, began_at, used_at, ends_at, is_current }
    }
}
