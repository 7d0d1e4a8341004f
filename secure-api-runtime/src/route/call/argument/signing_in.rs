//! The arguments that handlers sign the app's own users in with. An app without it does not start where a route takes it.

use std::any::{TypeId, type_name};

use super::{Argument, Decoded};
use crate::{
    error::Problem,
    route::{
        call::{Apart, Context},
        facts::ArgumentInfo,
    },
    sign_in::{Codes, Passwords, Tokens},
    verb::SignsIn,
};

/// The app's tokens, for handlers that sign somebody in or out.
impl<V: SignsIn> Argument<V> for Tokens {
    fn describe() -> ArgumentInfo {
        ArgumentInfo::Tokens
    }

    fn decode(context: &mut Context) -> Result<Decoded<Self>, Problem> {
        Ok(Decoded::now(context.argument::<Self>()?.of(&context.begun)))
    }
}

/// The app's passwords, for handlers that set one or sign somebody in by one.
impl<V: SignsIn> Argument<V> for Passwords {
    fn describe() -> ArgumentInfo {
        ArgumentInfo::Service(TypeId::of::<Apart<Self>>(), type_name::<Self>())
    }

    fn decode(context: &mut Context) -> Result<Decoded<Self>, Problem> {
        Ok(Decoded::now(context.argument()?))
    }
}

/// The app's one-time codes, for handlers that make or redeem one.
impl<V: SignsIn> Argument<V> for Codes {
    fn describe() -> ArgumentInfo {
        ArgumentInfo::Service(TypeId::of::<Apart<Self>>(), type_name::<Self>())
    }

    fn decode(context: &mut Context) -> Result<Decoded<Self>, Problem> {
        Ok(Decoded::now(context.argument::<Self>()?.noting(context.tried.clone())))
    }
}
