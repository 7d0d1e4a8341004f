//! One-time codes: six digits, good for five minutes, five tries and one use, and a hundred failed tries a day.
//!
//! A code is kept as a salted hash. Six digits can still be tried out by whoever has the database, so what
//! protects them is that they are dead by then.

use secure_api::prelude::*;
use sha2::{Digest, Sha256};
use sqlx::Row;
use subtle::ConstantTimeEq;

use crate::{
    account::{Account, UserName},
    db::Change,
};

/// The lifetime of a code in seconds.
const LIFETIME: i64 = 300;

/// The pause before another code is sent to the same account, in seconds. It keeps a stranger from filling somebody's
/// mailbox.
const PAUSE: i64 = 60;

/// The number of times that a code may be tried.
const TRIES: i64 = 5;

/// The number of tries that fail within a day before no code of the account is right: NIST SP 800-63B, section 3.2.2, has a
/// hundred at most. Without it who asks for a code each minute, from many addresses, has seven thousand.
const MOST_FAILED: i64 = 100;

/// The time in seconds for which failed tries are counted.
const DAY: i64 = 86_400;

/// Makes a new code for the account in place of the one before. `None` if that one was sent a moment ago, or too many tries
/// have failed that day.
pub async fn issue(
    change: &mut Change,
    clock: &Clock,
    account: &Account,
) -> Result<Option<Secret<String>>, StoreError> {
    // 122 bits from the operating system's generator; what the division favours is beyond measuring.
    let code = Secret::new(format!("{:06}", Uuid::new_v4().as_u128() % 1_000_000));
    let salt = Uuid::new_v4();
    let now = clock.unix_seconds();
    let done = sqlx::query(
        "INSERT INTO one_time_codes (account, salt, hash, sent_at, expires_at, tries_left, since)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?4)
         ON CONFLICT (account) DO UPDATE
         SET salt = ?2, hash = ?3, sent_at = ?4, expires_at = ?5, tries_left = ?6,
             failed = CASE WHEN since > ?4 - ?9 THEN failed ELSE 0 END,
             since = CASE WHEN since > ?4 - ?9 THEN since ELSE ?4 END
         WHERE sent_at <= ?4 - ?7 AND (failed < ?8 OR since <= ?4 - ?9)",
    )
    .bind(&account.id)
    .bind(salt)
    .bind(hash(salt.as_bytes(), &code))
    .bind(now)
    .bind(now + LIFETIME)
    .bind(TRIES)
    .bind(PAUSE)
    .bind(MOST_FAILED)
    .bind(DAY)
    .execute(&mut **change)
    .await?;
    Ok((done.rows_affected() == 1).then_some(code))
}

/// Returns the account of this user name, if the code is its right one. The code is used up by that, and a try is by a
/// wrong one, so commit the change either way.
pub async fn redeem(
    change: &mut Change,
    clock: &Clock,
    user_name: &UserName,
    code: &Secret<String>,
) -> Result<Option<Account>, StoreError> {
    let row = sqlx::query(
        "UPDATE one_time_codes SET tries_left = tries_left - 1, failed = failed + 1
         WHERE account = (SELECT id FROM accounts WHERE user_name = ?1)
           AND expires_at > ?2 AND tries_left > 0 AND failed < ?3
         RETURNING salt, hash",
    )
    .bind(user_name)
    .bind(clock.unix_seconds())
    .bind(MOST_FAILED)
    .fetch_optional(&mut **change)
    .await?;
    // Where there is no code, the one given is compared with nothing, which takes as long.
    let (salt, kept) = match &row {
        Some(row) => (row.try_get("salt")?, row.try_get("hash")?),
        None => (vec![0; 16], vec![0; 32]),
    };
    let right: bool = hash(&salt, code).ct_eq(&kept).into();
    if !right || row.is_none() {
        return Ok(None);
    }
    let account = Account::named(&mut **change, user_name).await?;
    if let Some(account) = &account {
        sqlx::query("DELETE FROM one_time_codes WHERE account = ?")
            .bind(&account.id)
            .execute(&mut **change)
            .await?;
    }
    Ok(account)
}

fn hash(salt: &[u8], code: &Secret<String>) -> Vec<u8> {
    Sha256::new().chain_update(salt).chain_update(code.expose()).finalize().to_vec()
}
