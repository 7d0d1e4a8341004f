//! Objects with an owner, loaded and permitted before a handler sees them.
//!
//! An object leaves only with its proof, [`Authorized`], or as something just created that its creator may
//! see. "Not yours" and "does not exist" are the same answer.

use std::future::Future;

use crate::{
    identity::{Caller, CallerId},
    role::Roles,
};

mod action;
pub(crate) mod authorized;
mod cursor;
mod described;
pub(crate) mod filled;
mod inside;
pub(crate) mod key;
mod loading;
mod next;
mod page;
mod parent;
mod permit;
mod reference;
mod scoped;
mod store;
pub(crate) mod unstated;

pub use action::Action;
pub(crate) use authorized::Viewer;
pub use authorized::{Authorized, Denied};
pub(crate) use cursor::{CursorKey, LONGEST as LONGEST_CURSOR};
pub(crate) use described::describe;
pub use filled::{Owned, OwnerField, TenantField};
pub use key::ObjectKey;
pub use loading::{Loading, Unchecked};
pub(crate) use page::{CURSOR, SIZE, Sealing, USUAL};
pub use page::{Page, Paging, Position};
pub use parent::{BelongsTo, Below, Nearest, Nobodys};
pub(crate) use permit::{Refused, may, owns};
pub use reference::{Ref, to};
pub use scoped::Scoped;
pub(crate) use store::unregistered;
pub use store::{Reader, Store, StoreError, Writer, Writing};

/// Something that belongs to somebody, found by a key and guarded by a rule.
///
/// The rule is asked before the handler runs, on every route whose path names the object.
#[diagnostic::on_unimplemented(
    message = "SA111: `{Self}` has no owner's rule",
    label = "not an object",
    note = "implement `Object` for it: how it is loaded, and what `permits` a caller"
)]
pub trait Object: Sized + Send + Sync + 'static {
    /// The key that finds it: a newtype with `#[value(key)]`, never a bare number or text.
    type Key: ObjectKey;
    /// The store that holds it.
    type Store: Store;
    /// The API's roles.
    type Roles: Roles;
    /// The rows that a caller may list, for the query that lists.
    type Scope: Send + Sync;

    /// The tenant that the object belongs to, in an API that serves several tenants who may know nothing of each other.
    /// It is asked before [`permits`](Self::permits), whose answer then does not matter: an object of another tenant
    /// than the caller's is 404, left out of a page, and cannot be created.
    ///
    /// Nothing unless stated. Each object that an API with `tenants` guards states it, or the route says why it is
    /// shared between tenants: `allow(untenanted, reason = "…")`. Where it is stated, it is asked on every route.
    ///
    /// ```
    /// # use secure_api::prelude::*;
    /// # #[derive(Role)] enum Role { Member }
    /// # #[derive(Value)] #[value(key)] struct InvoiceId(uuid::Uuid);
    /// # struct Db;
    /// # impl Store for Db {
    /// #     type Read = Self; type Write = Self;
    /// #     fn reader(&self) -> &Self { self }
    /// #     fn writer(&self, _: &Writing) -> &Self { self }
    /// # }
    /// struct Invoice {
    ///     tenant: String,
    /// }
    ///
    /// impl Object for Invoice {
    ///     const TENANT: Option<fn(&Self) -> &str> = Some(|invoice| &invoice.tenant);
    /// #   type Key = InvoiceId; type Store = Db; type Roles = Role; type Scope = ();
    /// #   async fn load(_: &Reader<Db>, _: InvoiceId, _: &Loading<Role>) -> Result<Option<Self>, StoreError> { Ok(None) }
    /// #   fn scope(_: &Caller<Role>) {}
    ///     // …
    ///     fn permits(&self, _: &Caller<Role>, _: Action) -> bool {
    ///         true // everybody in the tenant
    ///     }
    /// }
    /// ```
    const TENANT: Option<fn(&Self) -> &str> = None;

    /// The owner, for views by relation: a route's `view(mine => NoteOwn, _ => NoteLine)` shows the first view to the
    /// caller that this names, and the second to everybody else. The ids are compared in constant time.
    ///
    /// Nothing unless stated, and then `mine` does not compile. An object of which the function says `None` is nobody's.
    /// It grants nothing: who may do what to an object is for [`permits`](Self::permits) to say.
    ///
    /// ```
    /// # use secure_api::prelude::*;
    /// # #[derive(Role)] enum Role { Member }
    /// # #[derive(Value)] #[value(key)] struct NoteId(uuid::Uuid);
    /// # struct Db;
    /// # impl Store for Db {
    /// #     type Read = Self; type Write = Self;
    /// #     fn reader(&self) -> &Self { self }
    /// #     fn writer(&self, _: &Writing) -> &Self { self }
    /// # }
    /// struct Note {
    ///     owner: CallerId,
    /// }
    ///
    /// impl Object for Note {
    ///     const OWNER: Option<fn(&Self) -> Option<&CallerId>> = Some(|note| Some(&note.owner));
    /// #   type Key = NoteId; type Store = Db; type Roles = Role; type Scope = ();
    /// #   async fn load(_: &Reader<Db>, _: NoteId, _: &Loading<Role>) -> Result<Option<Self>, StoreError> { Ok(None) }
    /// #   fn scope(_: &Caller<Role>) {}
    ///     // …
    ///     fn permits(&self, caller: &Caller<Role>, action: Action) -> bool {
    ///         action == Action::Read || self.owner == *caller.id()
    ///     }
    /// }
    /// ```
    const OWNER: Option<fn(&Self) -> Option<&CallerId>> = None;

    /// Loads the object of a key; `None` if there is none. Only the framework can call it, since only the framework
    /// makes a [`Loading`], which also tells who is calling.
    ///
    /// # Errors
    ///
    /// An error is a denial: the caller gets 503, the log the reason.
    fn load(
        store: &Reader<Self::Store>,
        key: Self::Key,
        loading: &Loading<Self::Roles>,
    ) -> impl Future<Output = Result<Option<Self>, StoreError>> + Send;

    /// Returns `true` if this caller may perform this action on the object.
    fn permits(&self, caller: &Caller<Self::Roles>, action: Action) -> bool;

    /// Returns `true` if this caller's roles are enough for an action, whoever owns the object; `None` where the rule is written by
    /// hand, so that only the object itself can be asked. Made by `#[object]`, for [`permits`](Self::permits) and the inventory.
    #[doc(hidden)]
    fn grants(_: &Caller<Self::Roles>, _: Action) -> Option<bool> {
        None
    }

    /// Returns the rows that this caller may list: of several tenants, no more than those of [`Caller::tenant`].
    fn scope(caller: &Caller<Self::Roles>) -> Self::Scope;
}

/// A path parameter that names nothing owned, such as a currency or a public product. Its type says why by
/// `#[value(unowned = "reason")]`.
#[derive(Debug, Clone)]
pub struct Unowned<K>(pub K);
