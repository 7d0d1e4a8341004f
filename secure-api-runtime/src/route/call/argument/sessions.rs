//! The sessions of browsers, for the handlers that begin, list and end them.

use std::sync::Arc;

use super::{Argument, Decoded};
use crate::{
    error::Problem,
    identity::{Revocations, cookie},
    route::{call::Context, facts::ArgumentInfo},
    session::{COOKIE, CookieSlot, Keeper, OpenSessions, Sessions},
    verb::BeginsSessions,
};

impl<V: BeginsSessions> Argument<V> for Sessions {
    fn describe() -> ArgumentInfo {
        ArgumentInfo::Sessions
    }

    fn decode(context: &mut Context) -> Result<Decoded<Self>, Problem> {
        let open = OpenSessions::of(context)?;
        let slot: CookieSlot = context.cookie.clone().unwrap_or_default();
        let revocations = context.argument::<Revocations>()?.of(&context.begun);
        Ok(Decoded::now(Self::new(open, slot, revocations, context.is_by_session())))
    }
}

impl<V> Argument<V> for OpenSessions {
    fn describe() -> ArgumentInfo {
        ArgumentInfo::OpenSessions
    }

    fn decode(context: &mut Context) -> Result<Decoded<Self>, Problem> {
        Ok(Decoded::now(Self::of(context)?))
    }
}

impl OpenSessions {
    fn of(context: &Context) -> Result<Self, Problem> {
        let keeper: Arc<Keeper> = context.service()?;
        // Of two cookies of one name neither is the session that the request came with.
        let presented = cookie::value(&context.headers, COOKIE).ok().flatten();
        let presented = presented.and_then(|text| std::str::from_utf8(text).ok());
        Ok(Self::new(keeper, presented))
    }
}
