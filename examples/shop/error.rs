//! What can go wrong in the shop, and what a caller is told of it.

use secure_api::{prelude::*, token::SignError};

/// The shop's own problems. A caller reads the title; what caused it is for the log.
#[derive(ApiError, Debug)]
pub enum ShopError {
    /// The path names a SKU that the catalogue does not have.
    #[problem(status = 404, title = "There is no such product")]
    NoProduct,
    /// An order names a SKU that the catalogue does not have.
    #[problem(status = 422, title = "An item is not in the catalogue")]
    NotInCatalogue,
    /// An order names a product that is sold out.
    #[problem(status = 409, title = "An item is out of stock")]
    OutOfStock,
    /// Only an order that was not checked out can be changed.
    #[problem(status = 409, title = "The order is checked out already")]
    CheckedOut,
    /// Payment comes after checkout, and once.
    #[problem(status = 409, title = "The order is not waiting for payment")]
    NotPayable,
    /// The amount is not what the order comes to.
    #[problem(status = 409, title = "The amount is not the total of the order")]
    WrongAmount,
    /// Somebody has the user name, or nobody may.
    #[problem(status = 409, title = "The user name is not available")]
    UserNameTaken,
    /// One answer for a wrong code, a late one, and a user name that nobody has.
    #[problem(status = 403, title = "The user name or the code is not right")]
    WrongCode,
    /// The database did not answer: 503.
    #[problem(transparent)]
    Store(StoreError),
    /// A token could not be signed: 500.
    #[problem(internal)]
    Token(SignError),
}

impl From<sqlx::Error> for ShopError {
    fn from(error: sqlx::Error) -> Self {
        Self::Store(error.into())
    }
}
