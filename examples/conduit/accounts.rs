//! Signing up, signing in, and one's own account.

use secure_api::{identity::Principal, prelude::*, sign_in::SignInError};

use crate::{
    account::{Account, Change, Registration, SignIn, SignedIn, UserAnswer},
    error::AccountError,
    limit::{READ, SIGN_IN, WRITE},
    role::{Role, Version},
    store::State,
    token::{ISSUER, LIFETIME, TokenKey},
};

/// Begins a sign-in of an account, and returns what its owner is answered.
fn begin(state: &mut State, key: &TokenKey, clock: &Clock, account: &Account) -> SignedIn {
    let now = clock.unix_seconds();
    let principal = Principal::new(ISSUER, account.id.subject())
        .roles([Role::Member.name()])
        .authenticated_at(now)
        .amr(["pwd"]);
    let session = state.begin(&account.id, principal, now, now + LIFETIME);
    account.shown(key.token(session))
}

/// Returns the id of the caller's sign-in, which its source stated.
fn session_of(caller: &Caller<Role>) -> Result<Uuid, AccountError> {
    let id = caller.identity().token_id().and_then(|id| id.parse().ok());
    Ok(id.ok_or(StoreError::from("a sign-in has no id"))?)
}

/// Signs up.
#[post("/users", version = Version::V1.., public = "who signs up has no account yet", limit = SIGN_IN, credential,
       view = UserAnswer)]
pub(crate) async fn sign_up(
    db: Writer<crate::store::Db>,
    key: Service<TokenKey>,
    clock: Clock,
    passwords: Passwords,
    Json(body): Json<Registration>,
) -> Result<Performed<SignedIn>, AccountError> {
    let new = body.user;
    // The cost of the hash is paid in either case.
    let password_hash = passwords.hash(&new.password).await?;
    let id = CallerId::new(ISSUER, None, &Uuid::new_v4().to_string())?;
    let (username, email) = (new.username, new.email);
    let account = Account { id, username, email, bio: None, image: None, password_hash };
    db.with(|state| {
        state.sign_up(account.clone())?;
        Ok(Performed(begin(state, &key, &clock, &account)))
    })?
}

/// Signs in.
#[post("/users/login", version = Version::V1.., public = "who signs in has no token yet", limit = SIGN_IN, credential,
       view = UserAnswer)]
pub(crate) async fn sign_in(
    db: Writer<crate::store::Db>,
    key: Service<TokenKey>,
    clock: Clock,
    passwords: Passwords,
    Json(body): Json<SignIn>,
) -> Result<Performed<SignedIn>, AccountError> {
    let account = db.with(|state| state.with_email(&body.user.email).cloned())?;
    // Asked also where there is no account: that takes as long, and the answer is no.
    let hash = account.as_ref().map(|account| &*account.password_hash);
    let right = passwords.verify(&body.user.password, hash).await?;
    let Some(account) = account.filter(|_| right) else {
        return Err(SignInError::Refused("the address or the password is wrong").into());
    };
    db.with(|state| Ok(Performed(begin(state, &key, &clock, &account))))?
}

/// Shows the caller's account.
#[get("/user", version = Version::V1.., role = Role::Member, limit = READ, view = UserAnswer)]
pub(crate) async fn get_user(
    db: Reader<crate::store::Db>,
    key: Service<TokenKey>,
    caller: Caller<Role>,
) -> Result<SignedIn, AccountError> {
    let token = key.token(session_of(&caller)?);
    let account = db.with(|state| state.account(caller.id()).cloned())?;
    Ok(account.ok_or(StoreError::from("a caller has no account"))?.shown(token))
}

/// Changes the caller's account. A new password ends all other sign-ins.
#[put("/user", version = Version::V1.., role = Role::Member, limit = WRITE, view = UserAnswer)]
pub(crate) async fn change_user(
    db: Writer<crate::store::Db>,
    key: Service<TokenKey>,
    caller: Caller<Role>,
    passwords: Passwords,
    Json(body): Json<Change>,
) -> Result<SignedIn, AccountError> {
    let (change, session) = (body.user, session_of(&caller)?);
    let password_hash = match &change.password {
        Some(password) => Some(passwords.hash(password).await?),
        None => None,
    };
    db.with(|state| {
        let account = state.account(caller.id()).cloned();
        let old = account.ok_or(StoreError::from("a caller has no account"))?;
        let is_new = password_hash.is_some();
        let account = Account {
            id: old.id,
            username: change.username.unwrap_or(old.username),
            email: change.email.unwrap_or(old.email),
            bio: patched(change.bio, old.bio),
            image: patched(change.image, old.image),
            password_hash: password_hash.unwrap_or(old.password_hash),
        };
        state.change(account.clone())?;
        if is_new {
            state.end_others(&account.id, session);
        }
        Ok(account.shown(key.token(session)))
    })?
}

fn patched<T>(change: Patched<T>, old: Option<T>) -> Option<T> {
    match change {
        Patched::Kept => old,
        Patched::Removed => None,
        Patched::Set(value) => Some(value),
    }
}
