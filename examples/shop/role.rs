//! The callers of the shop.

use secure_api::prelude::*;

/// The role of a caller.
#[derive(Role)]
pub enum Role {
    /// Orders and pays for themselves.
    Customer,
    /// Looks at everybody's orders, and changes none.
    #[role(includes(Customer))]
    Support,
    /// Says what is in stock, and sees no customers.
    Warehouse,
    /// Sees and changes everything that is sold.
    #[role(includes(Support, Warehouse))]
    Admin,
}

/// The rows that a caller may list.
pub enum Scope {
    /// The caller's own.
    Mine(CallerId),
    /// Everybody's.
    All,
}

impl Scope {
    /// Returns everything to support and above, and to others what is theirs.
    pub fn of(caller: &Caller<Role>) -> Self {
        if caller.has(Role::Support) { Self::All } else { Self::Mine(caller.id().clone()) }
    }
}
