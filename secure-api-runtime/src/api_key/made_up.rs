//! API keys that a verification makes up, with what no caller was asked for.

use futures_util::future::BoxFuture;

use super::{ApiKeyRecord, ApiKeyStore, ApiKeys, Made};
use crate::{
    identity::{CallerId, Principal},
    object::StoreError,
};

/// A function that keeps a key of a principal, and gives its text and its id.
pub(crate) type MakeUp =
    Box<dyn Fn(Principal, i64) -> BoxFuture<'static, Result<(String, String), StoreError>>>;

impl<S: ApiKeyStore> ApiKeys<S> {
    /// Returns the function that makes keys up. A key ends with its principal.
    pub(crate) fn into_made_up(self) -> MakeUp {
        Box::new(move |principal, now| {
            let keys = self.clone();
            Box::pin(async move {
                let Principal { issuer, subject, tenant, roles, scopes, .. } = principal;
                let owner = CallerId::checked(&issuer, tenant.as_deref(), &subject);
                let record = ApiKeyRecord {
                    id: String::new(),
                    digest: [0; 32],
                    name: "verification".to_owned(),
                    owner: owner.ok_or("nobody is called so")?,
                    roles,
                    scopes,
                    created_at: now,
                    expires_at: principal.expires_at.unwrap_or(i64::MAX),
                    last_used_at: None,
                };
                let Made { key, record } = keys.keep(record).await?;
                Ok((key.expose().clone(), record.id))
            })
        })
    }
}
