//! An account: who somebody is, cut into views so narrow that no route gives all of it.

use secure_api::{object::Owned, prelude::*};
use sqlx::{Row, SqliteExecutor, SqlitePool, sqlite::SqliteRow};

use crate::{
    db::{Change, Db},
    role::Role,
    token,
};

/// The id of an account: the subject of its access tokens, which the shop issues itself. It never changes.
#[derive(Value, Debug, Clone, PartialEq, Eq)]
#[value(key, pattern = "^[a-z0-9-]{1,40}$")]
pub struct AccountId(String);

/// The name that somebody signs in with. It can be changed.
#[derive(Value, Debug, Clone, PartialEq, Eq)]
#[value(
    pattern = "^[a-z][a-z0-9-]{2,29}$",
    unowned = "whether a user name is free is asked before there is an account"
)]
pub struct UserName(String);

/// An account.
#[derive(Resource)]
#[view(AccountName, role = Role::Customer, fields(user_name))]
#[view(AccountContact, role = Role::Customer, fields(email, phone))]
#[view(AccountFound, role = Role::Support, fields(id, user_name))]
pub struct Account {
    /// Its id.
    pub id: AccountId,
    /// The caller that signs in to it. Nobody of another issuer does, whatever they are called there.
    pub owner: CallerId,
    /// The name that its owner signs in with.
    pub user_name: UserName,
    /// The address for its owner's mail.
    pub email: Email,
    /// The number that its owner can be called at.
    pub phone: Option<PhoneNumber>,
    /// The role of its owner, for new tokens. It is in no view, and no input names it.
    pub role: Role,
}

/// A new user name.
#[derive(Input)]
pub struct NewUserName {
    /// The name to sign in with from now on.
    pub user_name: UserName,
}

/// New contact details. They replace the old ones.
#[derive(Input)]
pub struct NewContact {
    /// The address for mail.
    pub email: Email,
    /// The number to call, if any.
    pub phone: Option<PhoneNumber>,
}

/// A change of the contact details, and of nothing else.
#[derive(Input)]
pub struct ContactChange {
    /// The address for mail.
    pub email: Option<Email>,
    /// The number to call: `null` removes it.
    pub phone: Patched<PhoneNumber>,
}

/// A search for accounts.
#[derive(Input)]
pub struct AccountQuery {
    /// The beginning of the user name: at least three characters, so that nobody leafs through all accounts.
    #[input(pattern = "^[a-z][a-z0-9-]{2,29}$")]
    pub user_name: String,
}

/// An account is its owner's. Support reads what a view shows of it.
#[object(key = AccountId, store = Db, roles = Role, owner = owner, read = Role::Support)]
impl Object for Account {
    async fn load(
        db: &Reader<Db>,
        key: AccountId,
        _: &Loading<Role>,
    ) -> Result<Option<Self>, StoreError> {
        let row = sqlx::query("SELECT * FROM accounts WHERE id = ?")
            .bind(key)
            .fetch_optional(&**db)
            .await?;
        row.map(Self::read).transpose()
    }
}

impl Account {
    /// Finds the account of this user name; inside of a change too.
    pub async fn named(
        db: impl SqliteExecutor<'_>,
        user_name: &UserName,
    ) -> Result<Option<Self>, StoreError> {
        let row = sqlx::query("SELECT * FROM accounts WHERE user_name = ?")
            .bind(user_name)
            .fetch_optional(db)
            .await?;
        row.map(Self::read).transpose()
    }

    /// Finds the account of this caller, if it has one here.
    pub async fn of(
        db: impl SqliteExecutor<'_>,
        caller: &CallerId,
    ) -> Result<Option<Self>, StoreError> {
        let row = sqlx::query("SELECT * FROM accounts WHERE id = ? AND ? = ?")
            .bind(caller.subject())
            .bind(caller.issuer())
            .bind(token::ISSUER)
            .fetch_optional(db)
            .await?;
        row.map(Self::read).transpose()
    }

    /// Finds the first ten accounts whose user name begins so.
    pub async fn search(
        db: &SqlitePool,
        scope: &Owned,
        query: &AccountQuery,
    ) -> Result<Vec<Self>, StoreError> {
        let owner = match scope {
            Owned::By(owner) if owner.issuer() == token::ISSUER => Some(owner.subject()),
            // Nobody of another issuer has an account.
            Owned::By(_) => return Ok(Vec::new()),
            Owned::ByAnyone => None,
        };
        let rows = sqlx::query(
            "SELECT * FROM accounts
             WHERE substr(user_name, 1, length(?1)) = ?1 AND (?2 IS NULL OR id = ?2)
             ORDER BY user_name LIMIT 10",
        )
        .bind(&query.user_name)
        .bind(owner.as_deref())
        .fetch_all(db)
        .await?;
        rows.into_iter().map(Self::read).collect()
    }

    /// Changes the user name, if nobody else has it; says whether it did.
    pub async fn set_user_name(
        &self,
        change: &mut Change,
        user_name: &UserName,
    ) -> Result<bool, StoreError> {
        let done = sqlx::query("UPDATE OR IGNORE accounts SET user_name = ? WHERE id = ?")
            .bind(user_name)
            .bind(&self.id)
            .execute(&mut **change)
            .await?;
        Ok(done.rows_affected() == 1)
    }

    /// Replaces the contact details.
    pub async fn set_contact(
        &self,
        change: &mut Change,
        email: &Email,
        phone: Option<&PhoneNumber>,
    ) -> Result<(), StoreError> {
        sqlx::query("UPDATE accounts SET email = ?, phone = ? WHERE id = ?")
            .bind(email)
            .bind(phone)
            .bind(&self.id)
            .execute(&mut **change)
            .await?;
        Ok(())
    }

    fn read(row: SqliteRow) -> Result<Self, StoreError> {
        let id: AccountId = row.try_get("id")?;
        Ok(Self {
            owner: CallerId::new(token::ISSUER, None, id.as_str())?,
            id,
            user_name: row.try_get("user_name")?,
            email: row.try_get("email")?,
            phone: row.try_get("phone")?,
            role: Role::named(row.try_get("role")?).ok_or("an account has a role that is none")?,
        })
    }
}
