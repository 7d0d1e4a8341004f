//! The clients of other services, whose calls are made for a request, and what they sign of one.

use std::any::{TypeId, type_name};

use super::{Argument, Decoded};
use crate::{
    client::{Origin, SafeClient, Subject, Webhook, WebhookReceiver},
    error::Problem,
    ledger::AppLedger,
    route::{
        call::{Apart, Context},
        facts::{ArgumentFacts, ArgumentInfo},
    },
};

impl<V, T: 'static> Argument<V> for SafeClient<T> {
    fn describe() -> ArgumentInfo {
        ArgumentInfo::Upstream(TypeId::of::<Apart<Self>>(), type_name::<Self>())
    }

    fn decode(context: &mut Context) -> Result<Decoded<Self>, Problem> {
        let identity = context.identity.as_deref();
        let subject = identity.and_then(|identity| Subject::of(identity, &context.headers));
        let origin = Origin { subject, until: context.until, trace: Some(context.trace.clone()) };
        Ok(Decoded::now(context.argument::<Self>()?.for_request(origin)))
    }
}

impl<V, S: 'static> Argument<V> for Webhook<S> {
    const FACTS: ArgumentFacts = ArgumentFacts { proves_body: true, ..ArgumentFacts::PLAIN };

    fn describe() -> ArgumentInfo {
        ArgumentInfo::Webhook(TypeId::of::<WebhookReceiver<S>>(), type_name::<WebhookReceiver<S>>())
    }

    fn decode(context: &mut Context) -> Result<Decoded<Self>, Problem> {
        let receiver = context.service::<WebhookReceiver<S>>()?;
        let ledger = context.service::<AppLedger>()?;
        let now = context.state.clock().unix_seconds();
        let signed: Self = receiver.check(&context.headers, &context.body, now)?;
        let attempt = context.attempt.clone().unwrap_or_default();
        Ok(Decoded::later(async move { signed.first(&attempt, &ledger).await }))
    }
}
