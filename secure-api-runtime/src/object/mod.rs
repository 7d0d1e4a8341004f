//! Objects with an owner, loaded and permitted before a handler sees them.
//!
//! An object leaves only with its proof, [`Authorized`], or as something just created that its creator may
//! see. "Not yours" and "does not exist" are the same answer.

use std::{any::type_name, fmt, future::Future, marker::PhantomData, ops::Deref, sync::Arc};

use crate::{
    error::{ApiError, Problem, ProblemType, problem},
    observe::RequestId,
    role::Roles,
    token::{Caller, CallerId, Identity},
    verb::Verb,
};

mod cursor;
pub(crate) mod filled;
mod inside;
pub(crate) mod key;
mod loading;
mod page;
mod parent;
mod permit;
mod reference;
mod store;
pub(crate) mod unstated;

pub(crate) use cursor::{CursorKey, LONGEST as LONGEST_CURSOR, SHORTEST_SECRET};
pub use filled::{Owned, OwnerField, TenantField};
pub use key::ObjectKey;
pub use loading::{Loading, Unchecked};
pub(crate) use page::{CURSOR, SIZE, Sealing, USUAL};
pub use page::{Page, Paging, Position};
pub use parent::{BelongsTo, Below, Nearest, Nobodys};
pub(crate) use permit::{Refused, may, owns};
pub use reference::{Ref, to};
pub(crate) use store::unregistered;
pub use store::{Reader, Store, StoreError, Writer, Writing};

/// An action on an object.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Action {
    /// Look at it.
    Read,
    /// Make it.
    Create,
    /// Change it, or act on it.
    Update,
    /// Remove it.
    Delete,
}

impl Action {
    /// Returns the action of a verb on the object that its whole path names, which ends with the object's parameter.
    /// POST acts on an object that exists, so it updates.
    pub const fn of(verb: Verb) -> Self {
        match verb {
            Verb::Get => Self::Read,
            Verb::Post | Verb::Put | Verb::Patch => Self::Update,
            Verb::Delete => Self::Delete,
        }
    }

    /// Returns its name in lower case: `read`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Create => "create",
            Self::Update => "update",
            Self::Delete => "delete",
        }
    }

    /// Returns the action of a verb on an object that is only on the way: `cart` in `/carts/{cart}/items` and in
    /// `/carts/{cart}/items/{item}`. What changes something below it updates it: an item is added to a cart, changed in
    /// it or removed from it by whoever may update the cart.
    pub const fn above(verb: Verb) -> Self {
        if verb.is_safe() { Self::Read } else { Self::Update }
    }
}

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

    /// Returns the rows that this caller may list: of several tenants, no more than those of [`Caller::tenant`].
    fn scope(caller: &Caller<Self::Roles>) -> Self::Scope;
}

/// An object that was loaded and that the caller is permitted to act on: the proof a result needs.
///
/// It cannot be made by hand: a handler gets one for a path parameter, or a page of them from [`Scoped`].
#[derive(Debug)]
pub struct Authorized<T> {
    object: T,
    identity: Arc<Identity>,
    action: Action,
    permits: fn(&T, &Arc<Identity>, Action) -> bool,
    replaced: bool,
}

impl<T: Object> Authorized<T> {
    /// Proves that the caller may act on an object, if the rule permits.
    pub(crate) fn prove(
        object: T,
        identity: &Arc<Identity>,
        action: Action,
    ) -> Result<Self, Refused> {
        may(&object, identity, action)?;
        let permits: fn(&T, &Arc<Identity>, Action) -> bool =
            |object, identity, action| may(object, identity, action).is_ok();
        Ok(Self { object, identity: Arc::clone(identity), action, permits, replaced: false })
    }

    /// Returns a new object with the proof that its caller may create it. It is called before the object is stored, and is
    /// the only way to [`Created`](crate::route::Created) of an object.
    ///
    /// # Errors
    ///
    /// Where the object's rule denies it, or it is of another tenant than the caller: 403, and an event in the security log.
    ///
    /// ```
    /// # use secure_api::prelude::*;
    /// fn checked<T: Object>(new: T, caller: &Caller<T::Roles>) -> Result<Authorized<T>, Denied> {
    ///     Authorized::create(new, caller)
    /// }
    /// ```
    pub fn create(object: T, caller: &Caller<T::Roles>) -> Result<Self, Denied> {
        Self::prove(object, caller.shared_identity(), Action::Create)
            .map_err(|_refused| Denied { object: type_name::<T>(), action: Action::Create })
    }

    /// Returns the action that its rule permitted, by the verb of the route and the parameter's place in the path.
    pub fn action(&self) -> Action {
        self.action
    }

    /// Asks for another action: a function that changes what it is given does not rely on the route that called it, which
    /// may have been a GET. The rule is asked as the object is now, unless it has permitted just that.
    ///
    /// # Errors
    ///
    /// Where the object's rule denies it: 403.
    ///
    /// ```
    /// # use secure_api::prelude::*;
    /// fn cancel<T: Object>(order: &Authorized<T>) -> Result<(), Denied> {
    ///     order.require(Action::Update)?;
    ///     // …
    ///     Ok(())
    /// }
    /// ```
    pub fn require(&self, action: Action) -> Result<(), Denied> {
        if (action == self.action && !self.replaced) || self.allows(action) {
            return Ok(());
        }
        Err(Denied { object: type_name::<T>(), action })
    }

    /// Returns the object without its proof, to take it apart. It cannot be returned any more.
    pub fn into_inner(self) -> T {
        self.object
    }

    /// Returns the object in its new state, to answer with after a change. The rule is asked again before it leaves, so
    /// another's object cannot be put in its place.
    #[must_use]
    pub fn replace(self, object: T) -> Self {
        Self { object, replaced: true, ..self }
    }

    /// Returns the object in a new state made from the old one, to answer with after a change. The rule is asked again
    /// before it leaves.
    #[must_use]
    pub fn map(self, change: impl FnOnce(T) -> T) -> Self {
        Self { object: change(self.object), replaced: true, ..self }
    }
}

impl<T> Authorized<T> {
    /// Returns `true` if the object's rule permits another action to the caller.
    pub(crate) fn allows(&self, action: Action) -> bool {
        (self.permits)(&self.object, &self.identity, action)
    }

    /// Returns `true` if this is the proof of an object to be created.
    fn is_created(&self) -> bool {
        self.action == Action::Create
    }

    /// Tells if it may leave where it is said to be new: an object that was loaded for something else is asked once more.
    pub(crate) fn may_be_created(&self) -> bool {
        self.still_permitted() && (self.is_created() || self.allows(Action::Create))
    }

    /// Returns `true` if the object may be shown by an answer that does not say it is new. Who may create something
    /// need not be allowed to read it, and whatever was loaded can be called new.
    pub(crate) fn may_be_read(&self) -> bool {
        self.still_permitted() && (!self.is_created() || self.allows(Action::Read))
    }

    /// Returns `true` if the object is still permitted as it is now. The proof brings the rule along, so a result needs
    /// no bound for it.
    pub(crate) fn still_permitted(&self) -> bool {
        !self.replaced || (self.permits)(&self.object, &self.identity, self.action)
    }
}

/// A denial of an object's rule to its caller, by [`Authorized::create`] or [`Authorized::require`]. As an error it is 403;
/// the log has the object's type and the action.
///
/// It is no `std::error::Error`: `?` would turn any of those into a [`StoreError`], which is 503. A handler's error has a
/// variant for it: `#[problem(transparent)] Denied(Denied)`.
#[derive(Debug, Clone, Copy)]
pub struct Denied {
    object: &'static str,
    action: Action,
}

impl fmt::Display for Denied {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { object, action } = self;
        write!(f, "the rule of {object} denies the caller to {} it", action.as_str())
    }
}

#[diagnostic::do_not_recommend]
impl ApiError for Denied {
    fn problems() -> Vec<&'static ProblemType> {
        vec![&problem::FORBIDDEN]
    }

    fn into_problem(self) -> Problem {
        Problem::new(&problem::FORBIDDEN).because(self.to_string())
    }
}

impl<T> Deref for Authorized<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.object
    }
}

/// The rows of `T` that this caller may list, as the argument of a handler that lists.
///
/// [`scope`](Self::scope) goes into the query; [`page`](Self::page) asks the rule of each row again.
pub struct Scoped<T> {
    identity: Arc<Identity>,
    /// The operation's name, for the log.
    operation: &'static str,
    request_id: RequestId,
    // A bound on the type itself would be an error at every place that names it, and not just at the argument.
    object: PhantomData<fn() -> T>,
}

impl<T> fmt::Debug for Scoped<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Scoped")
    }
}

impl<T: Object> Scoped<T> {
    pub(crate) fn new(
        identity: &Arc<Identity>,
        operation: &'static str,
        request_id: RequestId,
    ) -> Self {
        let identity = Arc::clone(identity);
        Self { identity, operation, request_id, object: PhantomData }
    }

    /// Returns the rows that may be listed, from [`Object::scope`].
    pub fn scope(&self) -> T::Scope {
        T::scope(&Caller::new(Arc::clone(&self.identity)))
    }

    /// Returns a page of rows that leaves, at most [`Page::MOST`] of them. A row that the rule denies is left out and
    /// the log is told, since the query should not have found it.
    pub fn page(&self, mut rows: Vec<T>) -> Page<Authorized<T>> {
        rows.truncate(Page::<T>::MOST);
        Page { items: self.prove(rows), next: None }
    }

    /// Returns the same, and where the next page begins: see [`Paging`]. `position` says of the last row that is shown
    /// where it stands.
    pub fn paged<K: Position>(
        &self,
        paging: &Paging<K>,
        mut rows: Vec<T>,
        position: impl FnOnce(&T) -> K,
    ) -> Page<Authorized<T>> {
        let next = paging.cut(&mut rows, position);
        Page { items: self.prove(rows), next }
    }

    /// Returns the one row that a page of the caller's own things shows, such as `GET /me`, with its proof. A handler
    /// returns it as it is: `None`, and a row that the rule denies, are the same 404. Nothing is logged as a denial: to
    /// ask for one row by the caller's own id is no query that should have known better.
    ///
    /// ```
    /// # use secure_api::prelude::*;
    /// fn mine<T: Object>(scoped: &Scoped<T>, found: Option<T>) -> Option<Authorized<T>> {
    ///     scoped.one(found)
    /// }
    /// ```
    pub fn one(&self, row: Option<T>) -> Option<Authorized<T>> {
        Authorized::prove(row?, &self.identity, Action::Read).ok()
    }

    /// Returns the rows that the caller may read, each with its proof, for an answer that has other things in it too: a
    /// field that shows an object is `Authorized<…>`, or the resource is an object itself. As on a page, a row that the
    /// rule denies is left out, and the log is told.
    pub fn prove(&self, rows: Vec<T>) -> Vec<Authorized<T>> {
        let found = rows.len();
        let prove = |row| Authorized::prove(row, &self.identity, Action::Read).ok();
        let items: Vec<_> = rows.into_iter().filter_map(prove).collect();
        if items.len() < found {
            tracing::error!(
                target: "secure_api::security",
                event = "authz_fail",
                request_id = self.request_id.as_str(),
                operation = self.operation,
                object = std::any::type_name::<T>(),
                rows = found - items.len(),
                "a scoped query found rows that its caller may not read; they were left out"
            );
        }
        items
    }
}

/// A path parameter that names nothing owned, such as a currency or a public product. Its type says why by
/// `#[value(unowned = "reason")]`.
#[derive(Debug, Clone)]
pub struct Unowned<K>(pub K);
