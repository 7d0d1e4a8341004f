//! Signing one's own users in, for an API without an authorization server: passwords, one-time codes, tokens that are short and
//! refresh tokens that rotate.
//!
//! [`SignIn`] is what an app states once. What handlers take is [`Passwords`], [`Codes`] and [`Tokens`]. The handlers are
//! ordinary ones, with `credential`, `public` and `limit` as any others: what they answer is theirs.

mod codes;
mod error;
mod passwords;
mod setup;
mod tokens;

pub use self::{
    codes::{Codes, OneTimeCode},
    error::SignInError,
    passwords::Passwords,
    setup::SignIn,
    tokens::{Issued, Renewal, TokenGrant, Tokens},
};
