//! The parts of an object that `#[object]` fills in: its owner and its tenant from a field, and what a caller may list.

use super::Object;
use crate::identity::{Caller, CallerId};

/// A field that says whose an object is: `#[object(owner = field)]`.
#[diagnostic::on_unimplemented(
    message = "SA245: `{Self}` names no owner",
    label = "no `CallerId`",
    note = "write `CallerId` in place of `{Self}`, filled by `caller.id().clone()`, or `Option<CallerId>` where an object may be \
            nobody's; for anything else there is the constant `OWNER`"
)]
pub trait OwnerField {
    /// Returns the owner; `None` where there is none.
    #[doc(hidden)]
    fn owner(&self) -> Option<&CallerId>;
}

impl OwnerField for CallerId {
    fn owner(&self) -> Option<&CallerId> {
        Some(self)
    }
}

impl OwnerField for Option<CallerId> {
    fn owner(&self) -> Option<&CallerId> {
        self.as_ref()
    }
}

/// A field that says of which tenant an object is: `#[object(tenant = field)]`.
#[diagnostic::on_unimplemented(
    message = "SA246: `{Self}` names no tenant",
    label = "no text",
    note = "write `String` in place of `{Self}`: the tenant's name in tokens; for anything else there is the constant \
            `TENANT`"
)]
pub trait TenantField {
    /// Returns the tenant's name.
    #[doc(hidden)]
    fn tenant(&self) -> &str;
}

#[diagnostic::do_not_recommend]
impl<T: AsRef<str>> TenantField for T {
    fn tenant(&self) -> &str {
        self.as_ref()
    }
}

/// Returns `true` if the caller owns the object, by its constant `OWNER`. Ids are compared in constant time.
pub fn is_owner<T: Object>(object: &T, caller: &Caller<T::Roles>) -> bool {
    super::owns(T::OWNER, object, Some(caller.identity()))
}

/// The rows that a caller may list, by their owner: the [`Scope`](Object::Scope) of an object with `#[object(owner = …)]`. A key
/// `read` adds roles that list those of all, and changes nothing of the query.
///
/// ```
/// # use secure_api::prelude::*;
/// # struct Order { customer: CallerId }
/// // In memory:
/// fn listed<'a>(orders: &'a [Order], scope: &Owned) -> Vec<&'a Order> {
///     orders.iter().filter(|order| scope.includes(&order.customer)).collect()
/// }
///
/// // In a database, `?1` being `scope.owner()`:
/// const QUERY: &str = "SELECT * FROM orders WHERE ?1 IS NULL OR customer = ?1";
/// # assert_eq!(Owned::ByAnyone.owner(), None);
/// # assert!(listed(&[], &Owned::ByAnyone).is_empty() && !QUERY.is_empty());
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Owned {
    /// The rows of this owner.
    By(CallerId),
    /// The rows of all owners.
    ByAnyone,
}

impl Owned {
    /// Returns the scope of the caller's own rows, unless it may read all of them.
    ///
    /// ```
    /// # use secure_api::prelude::*;
    /// # #[derive(Role)] enum Role { Customer, #[role(includes(Customer))] Support }
    /// use secure_api::object::Owned;
    ///
    /// fn scope(caller: &Caller<Role>) -> Owned {
    ///     Owned::unless(caller.has(Role::Support), caller)
    /// }
    /// ```
    pub fn unless<R: crate::role::Roles>(reads_all: bool, caller: &Caller<R>) -> Self {
        if reads_all { Self::ByAnyone } else { Self::By(caller.id().clone()) }
    }

    /// Returns `true` if rows of this owner are in it. Ids are compared in constant time.
    pub fn includes(&self, owner: &CallerId) -> bool {
        match self {
            Self::By(own) => own == owner,
            Self::ByAnyone => true,
        }
    }

    /// Returns the one owner whose rows are in it, `None` where those of all are: what a statement binds.
    pub fn owner(&self) -> Option<&CallerId> {
        match self {
            Self::By(owner) => Some(owner),
            Self::ByAnyone => None,
        }
    }
}
