//! The callers of the shop.

use secure_api::prelude::*;

/// The role of a caller.
#[derive(Role, Clone, Copy)]
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
