//! Accounts, in narrow routes: the user name is one, contact details are another, and nothing gives all.

use secure_api::prelude::*;

use crate::{
    account::{
        Account, AccountContact, AccountFound, AccountName, AccountQuery, ContactChange,
        NewContact, NewUserName,
    },
    db::Db,
    error::UserNameError,
    event::{self, Kind},
    limit::{ACCOUNT, BROWSE},
    role::Role,
    user_name,
    version::Version,
};

/// Finds accounts by the beginning of their user name.
#[get("/accounts", version = Version::V1.., role = Role::Support, limit = ACCOUNT, view = AccountFound)]
pub async fn find_accounts(
    Query(query): Query<AccountQuery>,
    accounts: Scoped<Account>,
    db: Reader<Db>,
) -> Result<Page<Authorized<Account>>, StoreError> {
    Ok(accounts.page(Account::search(&db, &accounts.scope(), &query).await?))
}

/// Shows the caller's own account.
#[get("/me", version = Version::V2.., role = Role::Customer, limit = BROWSE, view = AccountName)]
pub async fn get_me(
    caller: Caller<Role>,
    accounts: Scoped<Account>,
    db: Reader<Db>,
) -> Result<Option<Authorized<Account>>, StoreError> {
    Ok(accounts.one(Account::of(&*db, caller.id()).await?))
}

/// Shows an account: its owner the contact details, support who it is.
#[get("/accounts/{account}", version = Version::V2.., role = Role::Customer, limit = BROWSE,
      view(mine => AccountContact, Role::Support => AccountFound, _ => AccountName))]
pub async fn get_account(account: Authorized<Account>) -> Authorized<Account> {
    account
}

/// Shows the user name of an account.
#[get("/accounts/{account}/user-name", version = Version::V1.., role = Role::Customer, limit = BROWSE,
      view = AccountName)]
pub async fn get_user_name(account: Authorized<Account>) -> Authorized<Account> {
    account
}

/// Changes the user name of an account.
#[put("/accounts/{account}/user-name", version = Version::V1.., role = Role::Customer, limit = ACCOUNT,
      view = AccountName)]
pub async fn set_user_name(
    account: Authorized<Account>,
    caller: Caller<Role>,
    db: Writer<Db>,
    clock: Clock,
    Json(body): Json<NewUserName>,
) -> Result<Authorized<Account>, UserNameError> {
    if user_name::is_reserved(&body.user_name) {
        return Err(UserNameError::UserNameTaken);
    }
    let mut change = db.begin().await?;
    if !account.set_user_name(&mut change, &body.user_name).await? {
        return Err(UserNameError::UserNameTaken);
    }
    event::record(&mut change, &clock, Some(caller.subject()), Kind::UserNameChanged, &account.id)
        .await?;
    change.commit().await?;
    Ok(account.map(|account| Account { user_name: body.user_name, ..account }))
}

/// Shows the contact details of an account.
#[get("/accounts/{account}/contact", version = Version::V1.., role = Role::Customer, limit = BROWSE,
      view = AccountContact)]
pub async fn get_contact(account: Authorized<Account>) -> Authorized<Account> {
    account
}

/// Replaces the contact details of an account.
#[put("/accounts/{account}/contact", version = Version::V1.., role = Role::Customer, limit = ACCOUNT)]
pub async fn set_contact(
    account: Authorized<Account>,
    caller: Caller<Role>,
    db: Writer<Db>,
    clock: Clock,
    Json(body): Json<NewContact>,
) -> Result<NoContent, StoreError> {
    let mut change = db.begin().await?;
    account.set_contact(&mut change, &body.email, body.phone.as_ref()).await?;
    event::record(&mut change, &clock, Some(caller.subject()), Kind::ContactChanged, &account.id)
        .await?;
    change.commit().await?;
    Ok(NoContent)
}

/// Changes some of the contact details of an account: what is left out stays, and `null` removes the number.
#[patch("/accounts/{account}/contact", version = Version::V2.., role = Role::Customer, limit = ACCOUNT,
        view = AccountContact, if_match = get_contact)]
pub async fn change_contact(
    account: Authorized<Account>,
    caller: Caller<Role>,
    db: Writer<Db>,
    clock: Clock,
    Patch(body): Patch<ContactChange>,
) -> Result<Authorized<Account>, StoreError> {
    let email = body.email.unwrap_or_else(|| account.email.clone());
    let phone = match body.phone {
        Patched::Kept => account.phone.clone(),
        Patched::Removed => None,
        Patched::Set(phone) => Some(phone),
    };
    let mut change = db.begin().await?;
    account.set_contact(&mut change, &email, phone.as_ref()).await?;
    event::record(&mut change, &clock, Some(caller.subject()), Kind::ContactChanged, &account.id)
        .await?;
    change.commit().await?;
    Ok(account.map(|account| Account { email, phone, ..account }))
}
