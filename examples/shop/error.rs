//! The errors of the shop, each with a title for the caller and a cause for the log.
//!
//! Each noun has errors of its own, so that a route's document lists what that route can answer. A route that
//! only reads has none: it returns `StoreError`, which is 503.

use secure_api::{api_key::ApiKeyError, prelude::*, sign_in};

/// The failures of a change of the catalogue.
#[derive(ApiError, Debug)]
pub enum ProductError {
    /// The path names a SKU that the catalogue does not have.
    #[problem(status = 404, title = "There is no such product")]
    NoProduct,
    /// The database did not answer.
    #[problem(transparent)]
    Store(StoreError),
}

/// The failures of showing a picture.
#[derive(ApiError, Debug)]
pub enum PictureError {
    /// The product has none, or there is no such product.
    #[problem(status = 404, title = "There is no picture of this product")]
    NoPicture,
    /// The database or the disk did not answer.
    #[problem(transparent)]
    Store(StoreError),
}

/// The failures of making an API key.
#[derive(ApiError, Debug)]
pub enum ApiKeyIssueError {
    /// The caller has no such key, or it has ended.
    #[problem(status = 404, title = "There is no such API key")]
    NoKey,
    /// The label is no name.
    #[problem(status = 422, title = "The label is not acceptable")]
    Label,
    /// The database did not answer.
    #[problem(transparent)]
    Store(StoreError),
}

impl From<ApiKeyError> for ApiKeyIssueError {
    fn from(error: ApiKeyError) -> Self {
        match error {
            ApiKeyError::Name => Self::Label,
            ApiKeyError::Store(error) => Self::Store(error),
            // A new key has what its maker has, so this is one with a role that its owner has lost: it can be ended alone.
            ApiKeyError::NotHeld => Self::NoKey,
            error => Self::Store(error.into()),
        }
    }
}

/// The failures of placing an order.
#[derive(ApiError, Debug)]
pub enum NewOrderError {
    /// An item names a SKU that the catalogue does not have.
    #[problem(status = 422, title = "An item is not in the catalogue")]
    NotInCatalogue,
    /// An item names a product that is sold out.
    #[problem(status = 409, title = "An item is out of stock")]
    OutOfStock,
    /// The order would be somebody else's.
    #[problem(transparent)]
    Denied(Denied),
    /// The database did not answer.
    #[problem(transparent)]
    Store(StoreError),
}

/// The failures of changing or withdrawing an order.
#[derive(ApiError, Debug)]
pub enum OrderError {
    /// An order that is not checked out, where it has to be.
    #[problem(status = 409, title = "The order is checked out already")]
    CheckedOut,
    /// The database did not answer.
    #[problem(transparent)]
    Store(StoreError),
}

/// The failures of giving an order to somebody else.
#[derive(ApiError, Debug)]
pub enum GiftError {
    /// The order is checked out, and can no longer be given.
    #[problem(status = 409, title = "The order is checked out already")]
    CheckedOut,
    /// The body names an account that there is not.
    #[problem(status = 422, title = "There is no such account")]
    NoAccount,
    /// The database did not answer.
    #[problem(transparent)]
    Store(StoreError),
}

/// The failures of a checkout.
#[derive(ApiError, Debug)]
pub enum CheckoutError {
    /// An order is paid once.
    #[problem(status = 409, title = "The order is paid already")]
    Paid,
    /// The database did not answer.
    #[problem(transparent)]
    Store(StoreError),
}

/// The failures of a payment.
#[derive(ApiError, Debug)]
pub enum PaymentError {
    /// Payment comes after checkout, and once: the database holds this also after a restart.
    #[problem(status = 409, title = "The order is not waiting for payment")]
    NotPayable,
    /// The amount is not what the order comes to.
    #[problem(status = 409, title = "The amount is not the total of the order")]
    WrongAmount,
    /// The payment would be somebody else's.
    #[problem(transparent)]
    Denied(Denied),
    /// The database did not answer.
    #[problem(transparent)]
    Store(StoreError),
}

/// The failures of changing a user name.
#[derive(ApiError, Debug)]
pub enum UserNameError {
    /// Somebody has the user name, or nobody may.
    #[problem(status = 409, title = "The user name is not available")]
    UserNameTaken,
    /// The database did not answer.
    #[problem(transparent)]
    Store(StoreError),
}

/// The failures of signing in.
#[derive(ApiError, Debug)]
pub enum SignInError {
    /// One answer for a wrong code, a late one, and a user name that nobody has.
    #[problem(status = 403, title = "The user name or the code is not right")]
    WrongCode,
    /// The database did not answer.
    #[problem(transparent)]
    Store(StoreError),
    /// A token could not be issued, or a refresh token does not count.
    #[problem(transparent)]
    Tokens(sign_in::SignInError),
}
