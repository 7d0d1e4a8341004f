//! The leave to load objects: the framework's own, and the hatch of a handler that has a reason.

use std::{fmt, marker::PhantomData, sync::Arc};

use super::{Object, Reader, StoreError};
use crate::{
    identity::{Caller, Identity},
    role::Roles,
};

/// The leave to load an object, given by the framework to [`Object::load`] and to nobody else.
///
/// It cannot be made, copied or kept, so no handler loads an object past its rule: a handler takes [`Authorized`],
/// [`Scoped`] or, with a reason, [`Unchecked`]. An object's `load` may hand it on to the `load` of another object of the
/// same roles. Tests make one by `testing::loading!(&alice)`.
///
/// [`Authorized`]: super::Authorized
/// [`Scoped`]: super::Scoped
pub struct Loading<R> {
    caller: Caller<R>,
}

impl<R: Roles> Loading<R> {
    pub(crate) fn new(caller: Caller<R>) -> Self {
        Self { caller }
    }

    /// Returns the caller for whom the object is loaded. A key that is unique only among the objects of one owner or
    /// one tenant (`/me/addresses/{name}`) is looked up together with it.
    pub fn caller(&self) -> &Caller<R> {
        &self.caller
    }
}

impl<R> fmt::Debug for Loading<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Loading")
    }
}

/// The leave of a handler to load objects without their rule.
///
/// For what no rule can say, as the account of somebody else that money is sent to. The route has to say why:
/// `allow(unchecked, reason = "…")`, and the inventory lists it. What is loaded comes without a proof, so it cannot be
/// returned. It needs a caller, so a public route cannot take it.
///
/// ```
/// # mod app {
/// # use secure_api::prelude::*;
/// # #[derive(Role)] pub enum Role { Member }
/// # #[derive(Version)] pub enum Version { V1 }
/// # #[derive(Value, Clone, Copy, PartialEq)] #[value(key)] pub struct AccountId(uuid::Uuid);
/// # pub struct Db;
/// # impl Store for Db {
/// #     type Read = Self; type Write = Self;
/// #     fn reader(&self) -> &Self { self }
/// #     fn writer(&self, _: &Writing) -> &Self { self }
/// # }
/// # impl Db { fn transfer(&self, _: &Account, _: &Account, _: u32) -> Result<(), StoreError> { Ok(()) } }
/// # pub struct Account { owner: CallerId, closed: bool }
/// # impl Object for Account {
/// #     type Key = AccountId; type Store = Db; type Roles = Role; type Scope = ();
/// #     async fn load(_: &Reader<Db>, _: AccountId, _: &Loading<Role>) -> Result<Option<Self>, StoreError> { Ok(None) }
/// #     fn permits(&self, caller: &Caller<Role>, _: Action) -> bool { self.owner == *caller.id() }
/// #     fn scope(_: &Caller<Role>) {}
/// # }
/// # #[derive(Input)] pub struct Transfer {
/// #     #[input(key = "whoever sends money may send it to anybody's account")] to: AccountId,
/// #     #[input(range = 1..=10_000)] amount: u32,
/// # }
/// # #[derive(ApiError)] pub enum TransferError {
/// #     #[problem(status = 422, title = "There is no such account")] NoSuchAccount,
/// #     #[problem(transparent)] Store(StoreError),
/// # }
/// use secure_api::object::Unchecked;
///
/// /// Sends money to any account.
/// #[post("/accounts/{account}/transfers", version = Version::V1.., role = Role::Member,
///        allow(unchecked, reason = "whoever sends money may send it to anybody's account"))]
/// pub async fn send(
///     db: Writer<Db>,
///     account: Authorized<Account>,
///     accounts: Unchecked<Account>,
///     Json(body): Json<Transfer>,
/// ) -> Result<Accepted, TransferError> {
///     let Some(to) = accounts.load(&db.to_reader(), body.to).await? else {
///         return Err(TransferError::NoSuchAccount);
///     };
///     db.transfer(&account, &to, body.amount)?;
///     Ok(Accepted)
/// }
/// # }
/// ```
pub struct Unchecked<T> {
    identity: Arc<Identity>,
    object: PhantomData<fn() -> T>,
}

impl<T: Object> Unchecked<T> {
    pub(crate) fn new(identity: &Arc<Identity>) -> Self {
        Self { identity: Arc::clone(identity), object: PhantomData }
    }

    /// Loads the object without asking its rule or its tenant.
    ///
    /// # Errors
    ///
    /// Where the store does not answer.
    pub async fn load(
        &self,
        store: &Reader<T::Store>,
        key: T::Key,
    ) -> Result<Option<T>, StoreError> {
        let loading = Loading::new(Caller::new(Arc::clone(&self.identity)));
        T::load(store, key, &loading).await
    }
}

impl<T> fmt::Debug for Unchecked<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Unchecked")
    }
}
