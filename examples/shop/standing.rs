//! The standing of accounts: whoever was deleted, or lost a role, is out within seconds, whatever their tokens say.

use secure_api::{
    identity::{AccountStatus, Holder, Standing},
    prelude::*,
};

use crate::{
    db::Db,
    token::{DEVELOPMENT, ISSUER},
};

/// Returns what knows the accounts of this database.
pub fn of(db: &Db) -> Standing {
    let (read, _) = db.halves();
    Standing::new(move |holder: Holder| {
        let read = read.clone();
        async move {
            // Nobody of another issuer has an account, and whoever signs tokens by the shop's command may be anybody.
            if holder.id().issuer() != ISSUER || holder.client_id() == Some(DEVELOPMENT) {
                return Ok(AccountStatus::Unchanged);
            }
            let role = sqlx::query_scalar("SELECT role FROM accounts WHERE id = ?")
                .bind(holder.id().subject());
            let role: Option<String> = role.fetch_optional(&read).await?;
            Ok::<_, StoreError>(match role {
                Some(role) => AccountStatus::roles([role]),
                None => AccountStatus::Gone,
            })
        }
    })
}
